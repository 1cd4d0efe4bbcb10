"""Teaching weeks, terms, and the same week a year earlier."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from metrics.ask import terms
from metrics.ask.window import Window


@pytest.fixture
def build(draw):
    return draw()


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 11, 22), "第12教学周"),
        (date(2026, 8, 31), "第1教学周"),
        (date(2026, 8, 10), "暑假"),
        (date(2026, 2, 2), "寒假"),
        (date(2031, 1, 1), "2030-12-30 当周"),
    ],
)
def test_every_week_has_a_name(build, day, label):
    assert terms.week_label(build, day) == label


def test_the_same_teaching_week_is_not_the_same_calendar_week(build):
    assert terms.same_teaching_week(build, date(2026, 11, 16)) == date(2025, 11, 17)
    assert terms.same_teaching_week(build, date(2025, 11, 17)) == date(2024, 11, 18)
    assert terms.same_teaching_week(build, date(2024, 11, 18)) is None
    assert terms.same_teaching_week(build, date(2026, 8, 10)) is None
    assert terms.past_weeks_alike(build, date(2026, 11, 16)) == [date(2025, 11, 17), date(2024, 11, 18)]


def test_terms_and_the_holidays_between_them(build):
    spans = terms.term_periods(build, Window(date(2025, 12, 1), date(2026, 9, 10)))
    assert [terms.term_label(build, one.start) for one in spans] == [
        "2025-2026学年第一学期",
        "寒假",
        "2025-2026学年第二学期",
        "暑假",
        "2026-2027学年第一学期",
    ]
    assert terms.term_window(build, "2026-1") == Window(date(2026, 8, 31), date(2027, 1, 18))
    assert terms.current_term(build) == "2026-1"
    assert terms.term_window(build, "1999-1") is None


def test_what_had_ended_by_the_data_date(build):
    assert terms.last_whole_day(build) == date(2026, 11, 21)
    assert terms.last_whole_week(build) == Window(date(2026, 11, 9), date(2026, 11, 16))


def test_weeks_of_an_axis(build):
    found = terms.weeks(build, Window(date(2026, 9, 28), date(2026, 10, 12)))
    assert [(one.number, one.holidays) for one in found] == [(5, ("国庆",)), (6, ("国庆",))]


def test_a_week_s_numbers_stand_at_its_end_or_at_the_data_date(build):
    """The data date is Sunday 2026-11-22 08:00: the week from the 16th runs."""
    assert terms.newest_week(build) == Window(date(2026, 11, 16), date(2026, 11, 23))
    assert terms.is_running(build, date(2026, 11, 18)) and not terms.is_running(build, date(2026, 11, 9))
    assert terms.as_of(build, date(2026, 11, 9)) == datetime(2026, 11, 16)
    assert terms.as_of(build, date(2026, 11, 16)) == build.data_date
    assert terms.as_of_words(build, build.data_date) == ""
    assert terms.as_of_words(build, datetime(2026, 11, 16)) == "截至 11-15"
    assert terms.as_of_words(build, datetime(2025, 12, 29)) == "截至 2025-12-28"


def test_a_week_of_which_nothing_has_passed_is_not_the_newest(build):
    early = replace(build, data_date=datetime(2026, 11, 16))
    assert terms.newest_week(early).start == date(2026, 11, 9) and not terms.is_running(early, date(2026, 11, 9))


def test_a_day_off_moves_on_to_the_next_working_day(build):
    """10-01 to 10-07 is free; which Saturday is worked for it is the calendar's to say (is_workday)."""
    asked = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 5), date(2026, 10, 10), date(2040, 1, 1)]
    assert [terms.next_workday(build, day) for day in asked] == [
        date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 8), date(2026, 10, 12), date(2040, 1, 1),
    ]  # fmt: skip
