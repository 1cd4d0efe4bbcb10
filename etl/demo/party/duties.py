"""What units owe: the yearly safety pledge of every unit, and the ledger of what the weekly meeting assigned."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import stream
from etl.demo.form.truth import Tally
from etl.demo.party import wording
from warehouse.paths import school

NAMES = ("pledges", "assignments")
STRANGER = "示范物业公司"  # signs, but stands in no list of units


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Every file of the group with its source and the moment of its export."""
    yield "pledges", _pledges(range(autumns[0].year + 1, data_date.year + 1), data_date, seed, tally), data_date
    yield "assignments", _assignments(days, data_date, seed, tally), data_date


def _units() -> list[tuple[str, str]]:
    """(name, first other spelling) of every unit in data/school/units.csv, in its order."""
    lines = (school() / "units.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [(line.split(",")[1], line.split(",")[2].split("、")[0]) for line in lines if line.strip()]


def _pledges(years: range, data_date: datetime, seed: int, tally: Tally) -> Book:
    """Due at the end of March; one in eight late. This year the last two have not signed: one blank, one not listed at
    all."""
    random, units = stream(seed, "pledges"), _units()
    rows: list[list[object]] = []
    signers, _, _ = people(random, 400, 40)
    signed_now = on_time = due_count = 0
    for year in years:
        due = np.datetime64(f"{year}-03-31")
        for number, (unit, other) in enumerate(units):
            missing = year == data_date.year and number >= len(units) - 2
            day = due + (int(random.integers(2, 50)) if random.random() < 0.12 else -int(random.integers(0, 27)))
            signed = not missing and day < np.datetime64(data_date.date())
            due_count += int(due < np.datetime64(data_date.date()))
            signed_now += int(signed and year == data_date.year)
            on_time += int(signed and day <= due)
            if not (missing and number == len(units) - 1):
                shown = written(np.array([day]), "chinese")[0] if signed else ""
                rows.append(
                    [
                        f"{year}年度",
                        other if number % 4 == 1 else unit,
                        signers[len(rows) % 400],
                        f"{year}-03-31",
                        shown,
                        "",
                    ]
                )
        if due < np.datetime64(data_date.date()):
            rows.append([f"{year}年度", STRANGER, "", f"{year}-03-31", *written(np.array([due]), "chinese"), "外协"])
    tally.totals |= {
        "pledges_rows": len(rows),
        "pledges_required_this_year": len(units),
        "pledges_signed_this_year": signed_now,
        "pledges_due": int(due_count),
        "pledges_on_time": int(on_time),
    }
    header = ["责任年度", "签约单位", "签订人", "签订期限", "签订日期", "备注"]
    book = Book(f"安全责任状签订台账_{data_date:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title, book.footer = ["安全责任状签订情况一览表"], [["合计", f"共{len(rows)}份"]]
    return book


def _assignments(days: Days, data_date: datetime, seed: int, tally: Tally) -> Book:
    """Two matters a meeting, every Monday of term; five of six done in time."""
    random, units = stream(seed, "assignments"), _units()[:10]
    rows: list[list[object]] = []
    due_count = on_time = overdue = 0
    owners, _, _ = people(random, 900, 50)
    matters = [(kind, matter) for kind, listed in wording.MATTERS.items() for matter in listed]
    mondays = [
        day.astype(object)
        for day, weekday, week in zip(days.day, days.weekday, days.teaching_week, strict=True)
        if weekday == 0 and week > 0
    ]
    for monday in mondays:
        for _ in range(1 + int(random.integers(0, 3))):
            kind, matter = matters[int(random.integers(0, len(matters)))]
            due = monday + timedelta(days=int(random.choice([7, 14, 21])) - 1)
            late = int(random.exponential(45)) + 1
            done = due + timedelta(days=late if random.random() < 0.16 else -int(random.integers(0, 6)))
            is_done, is_due = done < data_date.date(), due < data_date.date()
            due_count, on_time = due_count + is_due, on_time + (is_due and is_done and done <= due)
            overdue += is_due and not is_done
            unit = units[int(random.integers(0, len(units)))]
            status = ("已完成", "已办结", "已落实")[len(rows) % 3] if is_done else ("推进中", "未完成")[len(rows) % 2]
            why = "" if is_done or not is_due else "需跨部门协调"
            rows.append(
                [
                    f"DB{len(rows) + 1:04d}",
                    f"{monday:%Y.%m.%d}",
                    matter,
                    kind,
                    unit[len(rows) % 5 == 2],
                    f"{unit[0]}负责人",
                    owners[len(rows) % 900],
                    f"{due:%Y.%m.%d}",
                    status,
                    f"{done:%Y.%m.%d}" if is_done else "/",
                    why,
                ]
            )
    tally.totals |= {
        "assignments": len(rows),
        "assignments_due": due_count,
        "assignments_on_time": on_time,
        "assignments_overdue_open": overdue,
    }
    header = [
        "编号",
        "交办日期",
        "事项",
        "类别",
        "责任单位",
        "责任岗位",
        "责任人",
        "期限",
        "完成情况",
        "完成时间",
        "原因",
    ]
    book = Book(f"例会督办台账_{data_date:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title, book.groups = ["每周安全稳定工作例会督办台账"], [*[""] * 4, *["责任"] * 3, *["办理"] * 4]
    return book
