"""The rows behind a number, paging, searching, one record."""

import json
from datetime import date, datetime

import pytest

from metrics.ask.records import history, record, records
from metrics.ask.selection import Scope
from metrics.ask.window import Window
from metrics.define.errors import UnknownName
from tests.metrics.conftest import hazard, ticket

NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
START = datetime(2026, 11, 2, 9)


@pytest.fixture
def build(draw):
    rows = [
        ticket(n, START.replace(day=n), description=text, building_id=place)
        for n, text, place in ((2, "漏水100%", "D03"), (3, "漏水 很急", "D10"), (4, "a_b", None), (5, None, "D03"))
    ]
    states = [
        {
            "table_name": "tickets",
            "record_id": "T0002",
            "seen_at": START,
            "file_id": "a",
            "sheet": "表1",
            "row_number": 3,
            "status_text": "处理中",
            "changes": "{}",
            "sequence": 1,
        },
        {
            "table_name": "tickets",
            "record_id": "T0002",
            "seen_at": START.replace(day=9),
            "file_id": "b",
            "sheet": "表1",
            "row_number": 4,
            "status_text": "已办结",
            "changes": json.dumps({"状态": ["处理中", "已办结"]}),
            "sequence": 2,
        },
    ]
    files = [{"file_id": "a", "name": "一.xlsx"}, {"file_id": "b", "name": "二.xlsx"}]
    return draw(tickets=rows, hazards=[hazard(1, START)], record_states=states, files=files)


def ids(found) -> list[str]:
    return found[0].iloc[:, 0].tolist()


def test_a_plain_table_newest_first_page_by_page(build):
    first, second = records(build, "tickets", None, limit=3), records(build, "tickets", None, limit=3, offset=3)
    assert ids(first) == ["T0005", "T0004", "T0003"] and first[1] == 4
    assert ids(second) == ["T0002"] and second[1] == 4
    assert ids(records(build, "tickets", None, offset=30)) == [] and records(build, "tickets", None, offset=30)[1] == 4


@pytest.mark.parametrize(("order", "first"), [("ticket_id", "T0002"), ("-ticket_id", "T0005"), ("place_text", "T0002")])
def test_order(build, order, first):
    assert ids(records(build, "tickets", None, order=order))[0] == first


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("漏水", ["T0003", "T0002"]),
        ("100%", ["T0002"]),
        ("%", ["T0002"]),
        ("a_b", ["T0004"]),
        ("a.b", []),
        ("漏水 很急", ["T0003"]),
        ("t0004", ["T0004"]),
        ("\\", []),
        ("' OR 1=1", []),
    ],
)
def test_search_takes_signs_literally(build, text, found):
    assert ids(records(build, "tickets", None, text=text)) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"order": "1; DROP TABLE tickets"},
        {"columns": ("password",)},
        {"which": "some"},
        {"by_values": {"x": 1}},
        {"by_values": {"weekday": "八"}},
        {"by_values": {"week": "gone"}},
    ],
)
def test_names_are_checked(build, asked):
    with pytest.raises(UnknownName):
        records(build, "tickets", None, **asked)


def test_a_cell_of_a_week_and_a_place(build):
    cell = {"week": date(2026, 11, 2), "building": "D03", "weekday": "周一", "hour": 9}
    assert ids(records(build, "ticket_count", NOVEMBER, by_values=cell)) == ["T0002"]
    assert ids(records(build, "ticket_count", NOVEMBER, by_values={"building": "未识别"})) == ["T0004"]


def test_one_record_with_every_declared_column(build):
    found = record(build, "tickets", "T0002")
    assert found["description"] == "漏水100%" and found["is_open"] is True and found["closed_at"] is None


def test_history_in_the_order_of_the_exports(build):
    found = history(build, "tickets", "T0002")
    assert found["status_text"].tolist() == ["处理中", "已办结"]
    assert found["changes"].tolist() == [{}, {"状态": ["处理中", "已办结"]}]
    assert found["file_name"].tolist() == ["一.xlsx", "二.xlsx"]
    assert history(build, "hazards", "H0001").empty


def test_what_may_not_be_seen_does_not_exist(build):
    scope = Scope(buildings=("D10",))
    for question in (record, history):
        with pytest.raises(UnknownName, match="没有编号为「T0002」的服务工单记录"):
            question(build, "tickets", "T0002", scope)
    assert record(build, "tickets", "T0003", scope)["ticket_id"] == "T0003"
    assert ids(records(build, "tickets", None, scope=scope)) == ["T0003"]


@pytest.mark.parametrize("order", ["opened_at", "-opened_at", "description", "-description", "building_id"])
def test_pages_from_both_ends_make_up_the_whole_list(draw, order):
    rows = [
        ticket(
            n, START.replace(hour=n % 5), description=(None, "乙", "甲")[n % 3], building_id=("D03", "D10", None)[n % 3]
        )
        for n in range(23)
    ]
    build = draw(tickets=rows)
    whole = ids(records(build, "tickets", None, order=order, limit=None))
    pages = [ids(records(build, "tickets", None, order=order, limit=4, offset=offset)) for offset in range(0, 24, 4)]
    assert sum(pages, []) == whole and len(set(whole)) == 23
    searched = [
        ids(records(build, "tickets", None, order=order, limit=4, offset=offset, text="T"))
        for offset in range(0, 24, 4)
    ]
    assert sum(searched, []) == whole


def test_the_same_value_in_a_column_and_nothing_written(build):
    assert ids(records(build, "tickets", None, same={"building_id": "D03"})) == ["T0005", "T0002"]
    assert ids(records(build, "tickets", None, same={"building_id": ""})) == ["T0004"]
    with pytest.raises(UnknownName):
        records(build, "tickets", None, same={"x": "1"})
