"""The ladder by hand: seven cases, who needed which level, what came back, how long it lay."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from metrics.ask.measure import measure, total
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.duties.ladder import LEVELS, ladder, sentence
from tests.metrics.conftest import NOW

WINDOW = Window(date(2026, 11, 2), date(2026, 11, 9))
AT = datetime(2026, 11, 3, 9)


def case(
    number: int,
    raised: str | None,
    closed_at_level: str | None = None,
    again: bool = False,
    is_open: bool = False,
    **more,
) -> dict:
    level = None if is_open else closed_at_level
    return {
        "case_id": f"工单/T{number}", "opened_at": AT, "closed_at": None if is_open else AT + timedelta(hours=5),
        "raised_level": raised, "level": level,
        "category": "水电", "building_id": "D03", "branch_id": "B1", "is_case": True, "is_open": is_open,
        "is_closed": not is_open, "is_levelled": level is not None,
        "is_raised_in_grid": raised == "网格", "is_resolved_in_grid": raised == level == "网格",
        "is_passed_on": raised != level and level is not None,
        "is_closed_on_campus": level not in (None, "校外"), "is_reopened": again, **more,
    }  # fmt: skip


def stay(number: int, case_number: int, level: str, hours: float | None, entered: datetime = AT, **more) -> dict:
    left = None if hours is None else entered + timedelta(hours=hours)
    return {
        "step_id": f"S{number}", "case_id": f"工单/T{case_number}", "step_number": number, "level": level,
        "entered_at": entered, "left_at": left,
        "hours": hours, "is_step": True, "is_of_ticket": True, "is_of_dispute": False, "has_left": left is not None,
        "building_id": "D03", "branch_id": "B1", **more,
    }  # fmt: skip


CASES = [
    case(1, "网格", "网格"), case(2, "网格", "网格", again=True), case(3, "网格", "部门"),
    case(4, "网格", "校外", again=True), case(5, "楼栋/学院", "楼栋/学院"),
    case(6, "网格", is_open=True), case(7, "网格", is_open=True), case(8, None, "部门"), case(9, "网格", None),
    case(10, "网格", "网格", opened_at=datetime(2026, 10, 1)),
]  # fmt: skip
STAYS = [
    stay(1, 1, "网格", 2),
    stay(2, 2, "网格", 4),
    stay(3, 3, "网格", 6),
    stay(4, 6, "网格", None),
    stay(5, 7, "网格", 3),
    stay(6, 7, "楼栋/学院", None),
]


@pytest.fixture
def found(draw):
    return ladder(draw(ladder_cases=CASES, ladder_steps=STAYS), WINDOW)


def test_who_needed_which_level_by_hand(found):
    told = {
        one.name: (one.raised, one.needed, one.closed, one.open, one.passed_on, one.reopened) for one in found.levels
    }
    # 1, 2 closed in the grid (2 came back); 3 at the department; 4 outside; 6 lies in the grid, 7 one step up; 5 began
    # one step up
    assert told == {
        "网格": (6, 6, 2, 1, 3, 1), "楼栋/学院": (1, 4, 1, 1, 2, 0), "部门": (0, 2, 1, 0, 1, 0),
        "校级": (0, 1, 0, 0, 1, 0), "校外": (0, 1, 1, 0, 0, 1),
    }  # fmt: skip
    assert (found.cases, found.placed, found.unknown, found.open, found.closed, found.reopened) == (9, 7, 2, 2, 7, 2)


def test_every_step_adds_up(found):
    for lower, upper in zip(found.levels, found.levels[1:], strict=False):
        assert lower.needed == lower.closed + lower.open + lower.passed_on
        assert upper.needed == lower.passed_on + upper.raised
    assert sum(one.closed + one.open for one in found.levels) == found.placed


def test_time_at_a_level_counts_what_still_lies_there(found):
    grid, college = found.levels[0], found.levels[1]
    assert (grid.hours, grid.left, grid.stays) == (
        4.0,
        4,
        5,
    )  # 2, 3, 4, 6 and one open: half are over after 4 hours (3/5 by then)
    assert np.isnan(college.hours) and (college.left, college.stays) == (0, 1)


def test_the_sentence_has_share_and_reopened_side_by_side(found):
    assert sentence(found) == "到网格的 6 件，2 件在网格内办结（33.3 %），其中 1 件又重办；1 件转到校外，2 件未办结"


def test_an_empty_window_and_one_without_levels_say_so(draw):
    build = draw(ladder_cases=[case(1, None, None)])
    assert "没有写明发现层级" in sentence(ladder(build, WINDOW))
    assert sentence(ladder(build, Window(date(2026, 1, 5), date(2026, 1, 12)))) == "这段时间没有工单和矛盾纠纷"


def test_filters_and_rights_hold(draw):
    build = draw(ladder_cases=[*CASES, case(11, "网格", "网格", building_id="T01", branch_id="B2")], ladder_steps=STAYS)
    assert ladder(build, WINDOW, Selection(buildings=("T01",))).levels[0].closed == 1
    assert (
        ladder(build, WINDOW, scope=Scope(branches=("B1",))).cases == 9
        and ladder(build, WINDOW, scope=Scope()).cases == 0
    )


def test_the_catalogue_agrees_with_the_ladder(draw, found):
    build = draw(ladder_cases=CASES, ladder_steps=STAYS)
    rate = total(build, "ladder_grid_rate", WINDOW)
    assert (rate["part"], rate["whole"]) == (2, 7)  # case 9 was raised in the grid too, closed nobody wrote where
    assert total(build, "ladder_case_count", WINDOW)["part"] == found.cases
    again = measure(build, "ladder_reopen_rate", WINDOW, "level").set_index("level")
    assert (again.loc["网格", "part"], again.loc["网格", "whole"]) == (
        1,
        3,
    )  # dated by closing: the old one was closed now too
    assert (
        list(again.index[:4]) == ["网格", "楼栋/学院", "部门", "校外"]
        and catalogue.get("grid_resolved_rate").table == "tickets"
    )
    assert NOW > AT and LEVELS[0] == "网格"
