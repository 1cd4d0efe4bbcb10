"""Months, terms, school years and two-year projects, and each one's own past."""

from datetime import date, datetime

import pytest

from metrics.ask.window import Window
from metrics.branches import periods as branch_periods
from metrics.define.errors import UnknownName
from tests.metrics.conftest import hazard


@pytest.fixture
def build(draw):
    plan = {"plan_id": "P1", "branch_id": "B1", "starts_at": datetime(2026, 1, 1), "is_plan": True}
    return draw(hazards=[hazard(1, datetime(2024, 9, 10))], brand_plans=[plan])


def test_the_current_term_is_reviewed_by_default(build):
    found = branch_periods.period(build)
    assert (found.key, found.label, found.is_over) == ("2026-1", "2026-2027学年第一学期", False)
    assert found.window == Window(date(2026, 8, 31), date(2027, 1, 18))


@pytest.mark.parametrize(
    ("key", "window", "past"),
    [
        ("2026-1", (date(2026, 8, 31), date(2027, 1, 18)), "2025-1"),
        ("M2026-11", (date(2026, 11, 1), date(2026, 12, 1)), "M2026-10"),
        ("M2026-01", (date(2026, 1, 1), date(2026, 2, 1)), "M2025-12"),
        ("Y2025", (date(2025, 9, 1), date(2026, 9, 1)), "Y2024"),
        ("P2026", (date(2026, 1, 1), date(2028, 1, 1)), "P2024"),
        ("2025-2", (date(2026, 2, 23), date(2026, 7, 6)), None),
        ("M2024-09", (date(2024, 9, 1), date(2024, 10, 1)), None),
    ],
)
def test_each_period_and_its_own_past(build, key, window, past):
    found = branch_periods.period(build, key)
    assert (found.window.start, found.window.end) == window
    before = branch_periods.earlier(build, found)
    assert (before and before.key) == past


def test_keys_never_collide_and_the_newest_of_a_kind_comes_first(build):
    every = branch_periods.periods(build)
    assert len({one.key for one in every}) == len(every)
    for kind in branch_periods.KINDS:
        starts = [one.window.start for one in every if one.kind == kind]
        assert starts == sorted(starts, reverse=True) and starts


def test_a_month_is_over_when_its_last_day_is(build):
    assert branch_periods.period(build, "M2026-10").is_over and not branch_periods.period(build, "M2026-11").is_over


def test_an_unknown_period_names_the_nearest(build):
    with pytest.raises(UnknownName, match="2026-1"):
        branch_periods.period(build, "2026-11")


def test_projects_begin_in_september_where_plans_are_of_school_years(draw):
    plan = {"plan_id": "P1", "branch_id": "B1", "starts_at": datetime(2025, 9, 1), "is_plan": True}
    build = draw(hazards=[hazard(1, datetime(2024, 9, 10))], brand_plans=[plan])
    assert branch_periods.period(build, "P2025").window == Window(date(2025, 9, 1), date(2027, 9, 1))


def test_without_a_record_there_is_still_a_current_term(empty):
    assert branch_periods.period(empty).key == "2026-1"
    assert branch_periods.earlier(empty, branch_periods.period(empty)) is None
