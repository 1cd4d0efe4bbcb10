"""What was drawn of incidents, frauds and the ladder is what the tables hold, counted without the product."""

from datetime import date

import pytest

from metrics.ask.measure import measure, total
from metrics.ask.window import Window
from metrics.duties import streaks
from metrics.duties.ladder import ladder

EVER = Window(date(2022, 8, 1), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("key", "part", "whole"),
    [
        ("incident_arrival_on_time_rate", "incidents_arrived_on_time", "incidents_arrival_due"),
        ("fraud_case_count", "fraud_cases_real", "fraud_cases_real"),
        ("fraud_loss", "fraud_loss", None),
        ("fraud_dissuaded_count", "fraud_dissuaded", "fraud_dissuaded"),
        ("fraud_outreach_people", "fraud_publicity_people", None),
        ("dispute_relapse_rate", "disputes_relapsed", "disputes_closed"),
    ],
)
def test_numbers_are_the_drawn_ones(campus, truth, key, part, whole):
    found, totals = total(campus, key, EVER), truth["totals"]
    assert found["part"] == totals[part] and (whole is None or found["whole"] == totals[whole])


def test_rows_are_the_drawn_ones(campus, truth):
    totals = truth["totals"]
    wanted = {
        "incidents": totals["incidents"],
        "fraud_cases": totals["fraud_cases"],
        "fraud_outreach": totals["fraud_outreach"],
        "disputes": totals["disputes"],
    }
    assert {name: campus.rows(f"SELECT count(*) FROM {name}")[0][0] for name in wanted} == wanted
    assert (
        campus.rows("SELECT count(*) FROM ladder_steps WHERE is_of_ticket AND NOT has_left AND level <> '网格'")[0][0]
        <= totals["ticket_transfers_open"]
    )
    grid = campus.rows(
        "SELECT count(*) FILTER (is_raised_in_grid), count(*) FILTER (is_resolved_in_grid) FROM ladder_cases "
        "WHERE origin = '矛盾纠纷'"
    )
    assert grid == [(totals["disputes_raised_in_grid"], totals["disputes_closed_in_grid"])]


def test_planted_events_end_the_streaks_they_should(campus, truth):
    found = {one.label: one for one in streaks.streaks(campus)}
    for label, key in (
        ("火灾", "fire"),
        ("实验室安全事故", "laboratory"),
        ("群体性事件", "crowd"),
        ("重大公共安全事件", "public"),
    ):
        assert found[label].days == truth["totals"][f"zero_days_{key}"], label
    assert (
        found["实验室安全事故"].start == date(2023, 9, 1) and found["实验室安全事故"].events == 1
    )  # the one of March 2023 lies before
    assert found["火灾"].suspected == 1 and found["国安政治稳定事件"].previous_best is None


def test_the_wave_of_september_is_seen(campus, truth):
    """Four weeks of three times the usual: each comparison with the same teaching weeks a year before shows it."""
    term = Window(date(2026, 8, 31), date(2026, 9, 28))
    wave, before = (
        total(campus, "fraud_case_count", term)["value"],
        total(campus, "fraud_case_count", Window(date(2025, 9, 1), date(2025, 9, 29)))["value"],
    )
    assert wave == truth["totals"]["fraud_cases_wave"] and wave > 1.8 * max(before, 1)
    weeks = measure(campus, "fraud_case_count", Window(date(2025, 12, 1), date(2026, 11, 16)), every="week")
    assert weeks.loc[weeks["value"].idxmax(), "period"].date() in {
        date(2026, 8, 31),
        date(2026, 9, 7),
        date(2026, 9, 14),
        date(2026, 9, 21),
    }


def test_the_ladder_adds_up_over_four_years(campus):
    found = ladder(campus, EVER)
    assert sum(one.closed + one.open for one in found.levels) == found.placed == found.cases - found.unknown
    assert found.levels[0].closed == total(campus, "ladder_grid_rate", EVER)["part"]
