"""Tiny drawn campuses: the contract's tables in a DuckDB file, a handful of rows,
true/false columns by the plain rules.
"""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd
import pytest

from metrics.define import catalogue
from metrics.define import tables as known_tables
from metrics.duties import red_rules
from tests.metrics.random_tables import random_table
from warehouse import Build

NOW = datetime(2026, 11, 22, 8, 0)
PLACE = (
    "place_text TEXT, building_id TEXT, room TEXT, grid_id TEXT, branch_id TEXT, category TEXT, level TEXT, "
    "channel TEXT, unit TEXT, description TEXT, file_id TEXT, sheet TEXT, row_number INT"
)
SCHEMA = {
    "branches": "branch_id TEXT, name TEXT, brand TEXT, members INT, sort_order INT",
    "grids": "grid_id TEXT, name TEXT, branch_id TEXT, members INT, sort_order INT",
    "buildings": (
        "building_id TEXT, name TEXT, kind TEXT, grid_id TEXT, branch_id TEXT, residents INT, floors INT, "
        "is_key_site BOOL, sort_order INT"
    ),
    "calendar": (
        "day DATE, week_start DATE, term_id TEXT, term_label TEXT, teaching_week INT, phase TEXT, holiday TEXT, "
        "is_workday BOOL"
    ),
    "tickets": (
        "ticket_id TEXT, title TEXT, reporter_key TEXT, handler_key TEXT, status_text TEXT, status TEXT, "
        "opened_at TIMESTAMP, responded_at TIMESTAMP, closed_at TIMESTAMP, response_due_at TIMESTAMP, "
        "due_at TIMESTAMP, rating_text TEXT, rated_by TEXT, reopened_count INT, closing_level TEXT, is_ticket BOOL, "
        "is_open BOOL, is_closed BOOL, is_response_due BOOL, is_response_on_time BOOL, is_due BOOL, "
        "service_due_at TIMESTAMP, service_response_due_at TIMESTAMP, is_service_response_due BOOL, "
        "is_service_response_on_time BOOL, is_service_due BOOL, is_service_on_time BOOL, is_stop_unknown BOOL, "
        "is_on_time BOOL, is_overdue_open BOOL, is_rated_by_person BOOL, is_satisfied BOOL, is_reopened BOOL, "
        "is_repeat BOOL, is_reopened_or_repeat BOOL, is_closed_before_opened BOOL, "
    )
    + PLACE,
    "hazards": (
        "hazard_id TEXT, campaign TEXT, reporter_key TEXT, owner_key TEXT, status_text TEXT, status TEXT, "
        "found_at TIMESTAMP, due_at TIMESTAMP, extended_due_at TIMESTAMP, rectified_at TIMESTAMP, "
        "closed_at TIMESTAMP, is_hazard BOOL, is_major BOOL, is_open BOOL, is_closed BOOL, is_due BOOL, "
        "service_due_at TIMESTAMP, is_service_due BOOL, is_service_on_time BOOL, is_stop_unknown BOOL, "
        "is_on_time BOOL, is_overdue_open BOOL, is_recurrence BOOL, is_on_deadline_day BOOL, is_extended BOOL, "
        "is_major_closed BOOL, "
    )
    + PLACE,
    "deadline_clocks": (
        "table_name TEXT, limit_name TEXT, class TEXT, allowed_hours DOUBLE, clock TEXT, clock_words TEXT, "
        "stops TEXT, unregistered_years TEXT"
    ),
    "drills": (
        "drill_id TEXT, title TEXT, held_at TIMESTAMP, expected INT, attended INT, evacuation_seconds INT, "
        "target_seconds INT, problems_found INT, problems_fixed INT, is_drill BOOL, has_attendance BOOL, "
        "has_target BOOL, is_on_target BOOL, "
    )
    + PLACE,
    "drill_obligations": (
        "obligation_id TEXT, building_id TEXT, grid_id TEXT, branch_id TEXT, category TEXT, place_text TEXT, "
        "room TEXT, level TEXT, channel TEXT, unit TEXT, rule_id TEXT, period_start DATE, due_at TIMESTAMP, "
        "drill_id TEXT, is_due BOOL, is_met BOOL"
    ),
    "record_states": (
        "table_name TEXT, record_id TEXT, seen_at TIMESTAMP, file_id TEXT, sheet TEXT, row_number INT, "
        "status_text TEXT, changes TEXT, sequence INT"
    ),
    "files": "file_id TEXT, name TEXT, source TEXT",
    "sources": (
        "source TEXT, title TEXT, feeds TEXT, expected_every_days INT, last_export TIMESTAMP, days_silent INT, "
        "is_stale BOOL, is_missing BOOL"
    ),
    "events": "event_id TEXT, name TEXT, kind TEXT, from_day DATE, to_day DATE, building_id TEXT",
    "red_lines": "rules TEXT",
    "zero_types": (
        "type_id TEXT, label TEXT, categories TEXT, words TEXT, least_level TEXT, since DATE, basis TEXT, "
        "sort_order INT"
    ),
}
RED_LINES = json.dumps(
    red_rules.read(Path(__file__).parents[2] / "data" / "school" / "red_lines.toml"), ensure_ascii=False, default=str
)
BUILDINGS = [
    ("D03", "3号楼", "宿舍", "G01", "B1", 400, 6, True, 3),
    ("D10", "10号楼", "宿舍", "G01", "B1", 600, 6, True, 10),
    ("T01", "教学楼A座", "教学楼", "G02", "B2", 0, 5, True, 60),
]
HOME = {row[0]: (row[3], row[4]) for row in BUILDINGS}


def calendar_rows() -> list[tuple]:
    """Autumn 2024, 2025, 2026 (week 1 from the Monday of 1 September, 20 weeks)
    and spring 2026; the rest is holiday.
    """
    rows, day = [], date(2024, 7, 1)
    while day < date(2027, 9, 1):
        start = day - timedelta(days=day.weekday())
        term = label = number = None
        for year, half, first, count in (
            (2024, 1, date(2024, 9, 2), 20),
            (2025, 1, date(2025, 9, 1), 20),
            (2025, 2, date(2026, 2, 23), 19),
            (2026, 1, date(2026, 8, 31), 20),
        ):
            if first <= day < first + timedelta(weeks=count):
                term, label = f"{year}-{half}", f"{year}-{year + 1}学年第{'一二'[half - 1]}学期"
                number = (day - first).days // 7 + 1
        phase = "学期" if term else "寒假" if day.month in (1, 2) else "暑假"
        holiday = "国庆" if (day.month, day.day) in {(10, n) for n in range(1, 8)} else None
        rows.append((day, start, term, label, number, phase, holiday, day.weekday() < 5 and not holiday))
        day += timedelta(days=1)
    return rows


def _placed(row: dict) -> dict:
    grid, branch = HOME.get(row.get("building_id"), (None, None))
    return {
        "grid_id": grid,
        "branch_id": branch,
        "file_id": "f" * 16,
        "sheet": "表1",
        "row_number": 3,
        "category": "水电",
        "unit": "后勤处",
        **row,
    }


def ticket(
    number: int,
    opened: datetime,
    closed: datetime | None = None,
    due: datetime | None = None,
    now: datetime = NOW,
    void: bool = False,
    **more,
) -> dict:
    """One ticket by the contract's rules. `satisfied`: the person's own answer, None when the system answered."""
    satisfied, reopened = more.pop("satisfied", None), more.pop("reopened", False)
    responded, response_due = more.get("responded_at"), more.get("response_due_at")
    is_ticket, is_closed = not void, closed is not None and not void
    is_due = is_ticket and due is not None and due <= now
    response_is_due = is_ticket and response_due is not None and response_due <= now
    return _placed(
        {
            "ticket_id": f"T{number:04}", "title": "示例",
            "description": "示例描述", "level": "一般", "channel": "电话",
            "status": "void" if void else "closed" if is_closed else "open",
            "status_text": "已办结" if is_closed else "处理中",
            "opened_at": opened, "closed_at": closed, "due_at": due,
            "is_ticket": is_ticket, "is_open": is_ticket and not is_closed,
            "is_closed": is_closed, "is_due": is_due, "is_on_time": is_due and is_closed and closed <= due,
            "is_overdue_open": is_due and not is_closed, "is_response_due": response_is_due,
            "is_response_on_time": response_is_due and responded is not None and responded <= response_due,
            "is_rated_by_person": is_closed and satisfied is not None, "is_satisfied": is_closed and bool(satisfied),
            "is_reopened": is_closed and reopened, "is_repeat": False, "is_reopened_or_repeat": is_closed and reopened,
            "is_closed_before_opened": is_closed and closed < opened,
            "service_due_at": due, "is_service_due": is_due, "is_stop_unknown": is_due and number % 2 == 0,
            "is_service_on_time": is_due and is_closed and closed <= due, "service_response_due_at": response_due,
            "is_service_response_due": response_is_due,
            "is_service_response_on_time": response_is_due and responded is not None and responded <= response_due,
            **more,
        }
    )  # fmt: skip


def hazard(
    number: int,
    found: datetime,
    closed: datetime | None = None,
    due: datetime | None = None,
    now: datetime = NOW,
    **more,
) -> dict:
    """One hazard by the contract's rules."""
    is_closed, major, recurs = closed is not None, more.get("level") == "重大", more.pop("recurs", False)
    is_due = due is not None and due <= now
    return _placed(
        {
            "hazard_id": f"H{number:04}", "description": "示例隐患", "level": "一般", "channel": "随手拍",
            "status": "closed" if is_closed else "open", "status_text": "已销号" if is_closed else "整改中",
            "found_at": found, "due_at": due, "rectified_at": closed,
            "closed_at": closed, "is_hazard": True, "is_major": major,
            "is_open": not is_closed, "is_closed": is_closed, "is_due": is_due,
            "is_on_time": is_due and is_closed and closed <= due,
            "is_overdue_open": is_due and not is_closed, "is_recurrence": is_closed and recurs,
            "is_on_deadline_day": is_closed and due is not None and closed.date() == due.date(), "is_extended": False,
            "is_major_closed": major and is_closed, "service_due_at": due, "is_service_due": is_due,
            "is_service_on_time": is_due and is_closed and closed <= due,
            "is_stop_unknown": is_due and number % 2 == 0, **more,
        }
    )  # fmt: skip


def drill(
    number: int,
    held: datetime,
    expected: int | None = 100,
    attended: int | None = 80,
    seconds: int | None = 200,
    **more,
) -> dict:
    has_attendance, has_target = None not in (expected, attended), seconds is not None
    return _placed(
        {
            "drill_id": f"DR{number:03}", "title": "疏散演练",
            "held_at": held, "expected": expected, "attended": attended,
            "evacuation_seconds": seconds, "target_seconds": 240, "problems_found": 2,
            "problems_fixed": 1, "is_drill": True, "has_attendance": has_attendance,
            "has_target": has_target, "is_on_target": has_target and seconds <= 240, **more,
        }
    )  # fmt: skip


def obligation(number: int, due: datetime, met: bool, now: datetime = NOW, **more) -> dict:
    row = {
        "obligation_id": f"O{number:03}",
        "rule_id": "r1",
        "due_at": due,
        "is_due": due <= now,
        "is_met": met and due <= now,
        **more,
    }
    return {name: value for name, value in _placed(row).items() if name not in ("file_id", "sheet", "row_number")}


def promised() -> dict[str, str]:
    """Every other table readers see, with the columns tables.toml promises;
    types by name and by how the catalogue uses them.
    """
    numeric = {
        (one.table, name)
        for one in catalogue.all()
        if one.kind.name in ("sum", "mean", "ratio", "sum_per_residents")
        for name in (one.part, one.whole)
    }
    numeric |= {("equipment_services", name) for name in ("devices", "faults", "replaced")}  # numbers of no metric
    dated = {(one.name, one.time) for one in known_tables.all().values()}
    dated |= {(one.table, name) for one in catalogue.all() for name in (one.time, one.end, one.due)}

    def kind(table: str, name: str) -> str:
        if name.startswith(("is_", "has_")):
            return "BOOL"
        return (
            "TIMESTAMP"
            if name.endswith("_at") or (table, name) in dated
            else "DOUBLE"
            if (table, name) in numeric or name == "row_number"
            else "TEXT"
        )

    return {
        name: ", ".join(
            f"{column} {kind(name, column)}"
            for column in dict.fromkeys([*table.columns, "file_id", "sheet", "row_number"])
        )
        for name, table in known_tables.all().items()
        if name not in SCHEMA
    }


@cache
def _blank() -> bytes:
    """The file of a campus into which nothing is drawn yet: every table, the calendar, branches, grids, red lines."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "blank.duckdb"
        with duckdb.connect(str(path)) as connection:
            for table, columns in (SCHEMA | promised()).items():
                connection.execute(f"CREATE TABLE {table} ({columns})")
            _insert(connection, "branches", [("B1", "第一党支部", "守护", 10, 1), ("B2", "第二党支部", "先锋", 10, 2)])
            _insert(connection, "grids", [("G01", "第1网格", "B1", 1, 1), ("G02", "第2网格", "B2", 1, 2)])
            _insert(connection, "calendar", calendar_rows())
            _insert(connection, "red_lines", [(RED_LINES,)])
        return path.read_bytes()


def _drawer(folder: Path):
    """draw(tickets=[ticket(1, …)], hazards=[…], …) → Build."""
    made = []

    def build(now: datetime = NOW, buildings: list[tuple] = BUILDINGS, **tables: list[dict]) -> Build:
        name = f"drawn-{len(made)}"
        path = folder / f"{name}.duckdb"
        made.append(path)
        path.write_bytes(_blank())
        with duckdb.connect(str(path)) as connection:
            _insert(connection, "buildings", buildings)
            for table, rows in tables.items():
                _insert_named(connection, table, rows)
        return Build(name, path, 1, now, "demo", "drawn")

    return build


@pytest.fixture
def draw(tmp_path: Path):
    """draw(tickets=[ticket(1, …)], hazards=[…], …) → Build."""
    return _drawer(tmp_path)


def _insert(connection, table: str, rows: list[tuple]) -> None:
    frame = pd.DataFrame(rows)  # noqa: F841 - DuckDB reads it by name
    connection.execute(f"INSERT INTO {table} SELECT * FROM frame")


def _insert_named(connection, table: str, rows: list[dict]) -> None:
    if rows:
        frame = pd.DataFrame(rows)  # noqa: F841 - DuckDB reads it by name
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame")


def random_rows(seed: int = 7, count: int = 400) -> dict[str, list[dict]]:
    """A few hundred rows of everything over the last 20 weeks: missing places, categories,
    times; void, open, overdue.
    """
    random = np.random.default_rng(seed)

    def one_of(*values):
        return values[random.integers(len(values))]

    def moment() -> datetime:
        return NOW - timedelta(minutes=int(random.integers(1, 20 * 7 * 24 * 60)))

    def place() -> dict:
        return {
            "building_id": one_of("D03", "D10", "T01", None),
            "category": one_of("水电", "火警", "门锁", None),
            "unit": one_of("后勤处", "保卫处", None),
            "channel": one_of("电话", "微信", None),
        }

    def later(start: datetime, days: float) -> datetime | None:
        end = start + timedelta(minutes=int(random.exponential(days * 1440)))
        return end if end < NOW and random.random() > 0.1 else None

    tickets, hazards, drills, duties = [], [], [], []
    for number in range(count):
        start = moment()
        closed = start - timedelta(hours=1) if number % 50 == 0 else later(start, 2)
        tickets.append(
            ticket(
                number,
                start,
                closed,
                start + timedelta(days=3) if number % 20 else None,
                void=number % 17 == 0,
                satisfied=one_of(True, False, None),
                reopened=bool(random.random() < 0.1),
                responded_at=later(start, 0.05),
                response_due_at=start + timedelta(hours=2),
                level=one_of("紧急", "一般"),
                closing_level=one_of("网格", "部门", None),
                **place(),
            )
        )
    for number in range(count // 2):
        start = moment()
        hazards.append(
            hazard(
                number,
                start,
                later(start, 5),
                start + timedelta(days=7),
                level=one_of("重大", "一般", "低"),
                recurs=bool(random.random() < 0.1),
                **place(),
            )
        )
    for number in range(40):
        drills.append(drill(number, moment(), one_of(100, 50, None), one_of(40, 30), one_of(200, 300, None), **place()))
        duties.append(
            obligation(
                number,
                NOW - timedelta(days=int(random.integers(-20, 100))),
                bool(random.random() < 0.7),
                building_id=one_of("D03", "D10", "T01"),
            )
        )
    return {"tickets": tickets, "hazards": hazards, "drills": drills, "drill_obligations": duties}


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Build:
    """Places and calendar, and not one record."""
    return _drawer(tmp_path_factory.mktemp("empty"))()


@pytest.fixture(scope="session")
def campus(tmp_path_factory) -> Build:
    """The random campus: for what must hold whatever the rows are."""
    kinds = {name: dict(column.split(" ") for column in columns.split(", ")) for name, columns in promised().items()}
    more = {name: random_table(name, columns, HOME, NOW) for name, columns in kinds.items()}
    return _drawer(tmp_path_factory.mktemp("campus"))(**random_rows(), **more)
