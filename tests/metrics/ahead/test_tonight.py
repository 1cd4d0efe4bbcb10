"""What a night begins with, worked by hand: the evening before to the data date, the two days' deadlines, who is on
duty; nothing after the data date and nothing of the clock."""

from datetime import date, datetime

import pytest

from metrics.ahead.tonight import sentence, tonight
from metrics.ask.records import records
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from tests.metrics.conftest import _drawer, hazard, ticket

OLD = datetime(2026, 10, 1, 9)  # the data date is 2026-11-22 08:00
CHARGING = {"description": "在楼道给电动车充电", "category": "电动车充电", "building_id": "D03"}


def source(name: str, title: str, last: datetime, stale: bool = False) -> dict:
    silent = (date(2026, 11, 22) - last.date()).days
    return {"source": name, "title": title, "feeds": name, "expected_every_days": 7, "last_export": last,
            "days_silent": silent, "is_stale": stale, "is_missing": False}  # fmt: skip


def shift(number: int, starts: datetime, ends: datetime | None, planned: bool = True) -> dict:
    return {"shift_id": f"S{number}", "category": "门岗", "post": f"{number}号门", "starts_at": starts, "ends_at": ends,
            "planned": "2", "is_shift": not planned, "is_planned": planned}  # fmt: skip


@pytest.fixture(scope="module")
def night_build(tmp_path_factory):
    return _drawer(tmp_path_factory.mktemp("night"))(
        sources=[
            source("tickets", "工单", datetime(2026, 11, 22, 7, 40)),
            source("hazards", "隐患台账", datetime(2026, 11, 10, 8), stale=True),
        ],
        tickets=[
            ticket(1, datetime(2026, 11, 21, 17, 59)),
            ticket(2, datetime(2026, 11, 21, 18, 0), building_id="D03"),
            ticket(3, datetime(2026, 11, 22, 7, 0)),
            ticket(4, datetime(2026, 11, 22, 7, 0), void=True),
            ticket(5, datetime(2026, 11, 23, 7, 0)),  # after the data date: planned, or typed wrongly
            ticket(6, OLD, due=datetime(2026, 11, 22, 6)),  # overdue, since this morning
            ticket(7, OLD, due=datetime(2026, 11, 22, 20)),
            ticket(8, OLD, due=datetime(2026, 11, 24, 0)),  # the day after tomorrow
            ticket(9, OLD, datetime(2026, 11, 2), due=datetime(2026, 11, 23, 9)),  # done
        ],
        hazards=[
            hazard(1, datetime(2026, 11, 21), due=datetime(2026, 11, 23, 23, 59, 59)),
            hazard(2, datetime(2026, 11, 20), **CHARGING),
            hazard(3, OLD, due=datetime(2026, 11, 20, 23, 59, 59), **CHARGING),
        ],
        duty_shifts=[
            shift(1, datetime(2026, 11, 21, 22), datetime(2026, 11, 22, 6)),
            shift(2, datetime(2026, 11, 22, 6), datetime(2026, 11, 22, 14), planned=False),
            shift(3, datetime(2026, 11, 22, 22), datetime(2026, 11, 23, 6)),
            shift(4, datetime(2026, 11, 23, 8), datetime(2026, 11, 23, 16)),
            shift(5, datetime(2026, 11, 22, 19), None),
        ],
    )


def test_what_came_in_since_the_evening_before(night_build):
    night = tonight(night_build)
    assert (night.since, night.as_of) == (datetime(2026, 11, 21, 18), datetime(2026, 11, 22, 8))
    assert night.came["id"].tolist() == ["T0003", "T0002", "H0001"]  # days only: all of the evening's day
    told = {one.table: (one.count, one.until, one.days_only) for one in night.streams}
    assert told == {
        "tickets": (2, datetime(2026, 11, 22, 7, 40), False),
        "hazards": (1, datetime(2026, 11, 10, 8), True),
    }
    assert night.others == (("值守巡逻", None),)  # no export of it is in the build's table of sources


def test_what_falls_due_in_two_days_and_what_is_overdue_of_what_is_open(night_build):
    night = tonight(night_build)
    assert list(zip(night.due["id"], night.due["is_late"], strict=True)) == [
        ("T0006", True), ("T0007", False), ("H0001", False)]  # fmt: skip
    whole = sum(
        records(night_build, key, Window(date(2026, 11, 22), date(2026, 11, 23)))[1]
        for key in ("ticket_overdue_open", "hazard_overdue_open")
    )
    assert (night.overdue, night.open) == (2, whole)


def test_who_is_on_duty_until_the_morning(night_build):
    night = tonight(night_build)
    assert night.night_ends == datetime(2026, 11, 23, 8)
    assert night.duty["post"].tolist() == ["2号门", "5号门", "3号门"]


def test_a_late_source_comes_first_then_the_numbers(night_build):
    night = tonight(night_build)
    assert [(one.record_id, one.days) for one in night.red] == [("H0003", 52), ("H0002", 2)]
    assert sentence(night) == (
        "1 个来源迟到（隐患台账最近一次导出是 2026-11-10），以下可能不全；自 11-21 18:00 起新来 3 件（服务工单 2 单、"
        f"安全隐患 1 条）；红线未销号 2 起，最久 52 天；11-22、11-23 到期 3 件；已逾期 2 / {night.open} 件"
    )


def test_filters_and_rights_narrow_all_of_it(night_build):
    place = tonight(night_build, Selection(buildings=("D03",)))
    seen = tonight(night_build, scope=Scope(buildings=("D03",)))
    for night in (place, seen):
        assert night.came["id"].tolist() == ["T0002"]
        assert len(night.red) == 2 and len(night.due) == 0 and len(night.duty) == 0
        assert (night.overdue, night.open) == (1, 3)


def test_before_the_first_record_it_says_so(draw):
    night = tonight(draw())
    assert sentence(night) == "还没有收到案事件、工单和隐患的导出；没有未销号的红线；今明两天没有到期的"
    assert len(night.came) == len(night.due) == len(night.duty) == 0
