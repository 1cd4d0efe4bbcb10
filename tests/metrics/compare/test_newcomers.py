"""Patrols logged since this summer are no rise over last year: they are named, and the rest is compared."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.selection import Selection
from metrics.ask.window import Window
from metrics.compare import compare
from metrics.compare.weeks import plan
from metrics.define import catalogue
from tests.metrics.conftest import ticket

WINDOW, BASE = Window(date(2026, 9, 7), date(2026, 10, 5)), Window(date(2025, 9, 8), date(2025, 10, 6))
SAME = ("同比", "上年同教学周")


def shifts(kind: str, first: datetime, days: int, branch: str = "B1") -> list[dict]:
    return [
        {"shift_id": f"{kind}{branch}{n}", "category": kind, "branch_id": branch,
         "starts_at": first + timedelta(days=n),
         "present": 2, "planned": 2, "is_shift": True, "has_present": True, "is_held": True}
        for n in range(days)
    ]  # fmt: skip


@pytest.fixture
def build(draw):
    gate = shifts("校门值守", datetime(2025, 9, 1, 7), 440)
    return draw(duty_shifts=[*gate, *shifts("夜间巡查", datetime(2026, 8, 14, 22), 95, "B2")])


def test_a_kind_logged_since_this_year_is_named_and_left_out(build):
    found = compare.same_teaching_week(build, "duty_person_times", WINDOW)
    assert found.sentence == (
        "夜间巡查今年新增，不作同比，只比其余：值守人次 56 人次，较上年同教学周持平（上年同教学周 56 人次）。"
    )
    assert found.short == "同比 0.0 %（不含今年新增的夜间巡查）" and found.now == found.base == 56


def test_every_row_says_whether_it_can_be_compared(build):
    by_kind = compare.each(build, "duty_person_times", WINDOW, BASE, *SAME, by="category")
    assert by_kind["夜间巡查"].sentence == "值守人次 56 人次；夜间巡查今年新增，不作同比。"
    assert by_kind["校门值守"].sentence == "值守人次 56 人次，较上年同教学周持平（上年同教学周 56 人次）。"
    by_branch = compare.each(build, "duty_person_times", WINDOW, BASE, *SAME, by="branch")
    assert by_branch["B1"].comparable and "只比其余" in by_branch["B1"].sentence


def test_nothing_but_a_newcomer_is_not_compared(build):
    only = Selection(categories=("夜间巡查",))
    metric = catalogue.get("duty_person_times")
    found = compare.against(build, metric, WINDOW, BASE, *SAME, only)
    assert not found.comparable and found.sentence == "值守人次 56 人次；夜间巡查今年新增，不作同比。"


def test_what_is_rare_is_not_new(draw):
    """A first flood patrol this autumn, two in all: it may as well have been one of those years without any."""
    rare = shifts("防汛值守", datetime(2026, 9, 10, 7), 2, "B2")
    found = compare.same_teaching_week(
        draw(duty_shifts=[*shifts("校门值守", datetime(2025, 9, 1, 7), 440), *rare]), "duty_person_times", WINDOW
    )
    assert "新增" not in found.sentence and found.now == 60


def tickets(first: int, start: datetime, days: int, file: str) -> list[dict]:
    return [ticket(first + n, start + timedelta(days=n), file_id=file) for n in range(days)]


def systems(**titles: str) -> dict[str, list[dict]]:
    return {
        "files": [{"file_id": name[0], "name": f"{name}.csv", "source": name} for name in titles],
        "sources": [{"source": name, "title": title, "feeds": "tickets"} for name, title in titles.items()],
    }


def test_a_system_nobody_had_a_year_ago_leaves_the_comparison_on_both_sides(draw):
    build = draw(
        tickets=[
            *tickets(0, datetime(2025, 9, 1, 9), 440, "t"),
            *tickets(1000, datetime(2026, 6, 1, 9), 170, "w"),
        ],
        **systems(tickets="工单", wechat="小程序报修"),
    )
    found = compare.same_teaching_week(build, "ticket_count", WINDOW)
    assert found.sentence == ("小程序报修今年新增，不作同比，只比其余：工单量 28 单，较上年同教学周持平。")
    by = compare.each(build, "ticket_count", WINDOW, BASE, *SAME, by="category")["水电"]
    assert (by.now, by.base) == (28, 28) and "小程序报修今年新增" in by.sentence
    week, first = date(2026, 9, 28), date(2025, 9, 1)
    assert plan(build, week, first).years and not plan(build, week, first, "tickets").years, "last year lacks a system"
    after = compare.previous(build, "ticket_count", Window(date(2026, 11, 2), date(2026, 11, 16)))
    assert "新" not in after.sentence, "both had it"


def test_a_system_that_takes_over_from_another_is_not_new(draw):
    build = draw(
        tickets=[
            *tickets(0, datetime(2025, 9, 1, 9), 300, "t"),
            *tickets(1000, datetime(2026, 7, 20, 9), 120, "w"),
        ],
        **systems(tickets="工单", wechat="小程序报修"),
    )
    found = compare.same_teaching_week(build, "ticket_count", WINDOW)
    assert found.comparable and "新增" not in found.sentence and found.now == found.base == 28
