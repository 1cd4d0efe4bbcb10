"""Grids, brands, pairings, pledges, assignments and campaigns of the demonstration, from exported files to answers."""

from datetime import date, timedelta

import pytest

from metrics.ask.measure import measure
from metrics.ask.window import Window
from metrics.campaigns import effect
from metrics.campaigns.campaign import campaigns
from metrics.campaigns.effect import LESS
from metrics.define import catalogue
from metrics.duties import grid_work

EVERYTHING = Window(date(2020, 1, 1), date(2027, 1, 1))
TABLES = (
    "grid_visits",
    "brand_plans",
    "brand_tasks",
    "activities",
    "pairings",
    "joint_actions",
    "assignments",
    "campaigns",
    "campaign_places",
    "honours",
    "points",
)


@pytest.mark.parametrize(
    ("metric", "part", "whole"),
    [
        ("grid_visit_count", "grid_visits", None),
        ("grid_visit_people", "grid_visits_people", None),
        ("brand_task_on_time_rate", "brand_tasks_on_time", "brand_tasks_due"),
        ("activity_count", "activities", None),
        ("activity_people", "activities_people", None),
        ("activity_reach", "activities_reach", None),
        ("joint_action_count", "joint_actions", None),
        ("pledge_signed_rate", "pledges_signed_this_year", "pledges_required_this_year"),
        ("pledge_on_time_rate", "pledges_on_time", "pledges_due"),
        ("assignment_on_time_rate", "assignments_on_time", "assignments_due"),
        ("assignment_overdue_open", "assignments_overdue_open", None),
    ],
)
def test_parts_and_wholes_are_those_written_down(campus, truth, metric, part, whole):
    row = measure(campus, catalogue.get(metric), EVERYTHING).iloc[0]
    assert row["part"] == truth["totals"][part]
    assert whole is None or row["whole"] == truth["totals"][whole]


def test_every_record_arrives_once(campus, truth):
    counts = {name: int(campus.query(f"SELECT count(*) AS n FROM {name}").n[0]) for name in TABLES}
    assert counts == {name: truth["totals"][name] for name in TABLES}
    assert campus.query("SELECT sum(points) AS n FROM points").n[0] == truth["totals"]["points_sum"]


def test_hours_pairs_and_tasks_without_evidence(campus, truth):
    totals = truth["totals"]
    assert measure(campus, "activity_hours", EVERYTHING)["part"][0] == totals["activities_hours_halved"] / 2
    pairs = measure(campus, "pairing_action_rate", EVERYTHING).iloc[0]
    assert (pairs["whole"], pairs["whole"] - pairs["part"]) == (
        totals["pairings_active"],
        totals["pairings_idle_this_term"],
    )
    evidence = measure(campus, "brand_task_evidence_rate", EVERYTHING).iloc[0]
    assert evidence["whole"] - evidence["part"] == totals["brand_tasks_without_evidence"]


def test_duties_of_twelve_weeks_and_the_grid_on_paper(campus, truth):
    rows = grid_work.grids(campus, Window.recent_weeks(campus.data_date, 12)).set_index("grid")
    assert rows["done"].sum() == truth["totals"]["grid_visits_pairs_of_12_weeks"]
    assert rows["visits"].sum() == truth["totals"]["grid_visits_of_12_weeks"]
    assert rows.index[rows["done"].isna()].tolist() == ["G12"]
    assert rows["silent_days"].idxmax() == truth["signal"]["silent_grid"]["where"][0]


def test_the_planted_campaign_is_found_within_its_interval_and_no_other_is(campus, truth):
    planted = truth["signal"]["bicycle_campaign"]
    every = [effect.evaluate(campus, one) for one in campaigns(campus)]
    (found,) = [one for one in every if one.campaign.places == tuple(planted["where"])]
    assert found.campaign.window == Window(planted["from_day"], planted["to_day"] + timedelta(days=1))
    assert found.during.low <= 1 - planted["size"] <= found.during.high
    assert found.during.verdict == LESS
    assert 0.9 * planted["counts"]["tickets"] - 1 <= found.phases[1].here <= planted["counts"]["tickets"]
    assert [one.campaign.title for one in every if one.during.verdict == LESS] == ["提示停车落锁行动"]


def test_planted_lies_are_told(campus):
    codes = set(campus.query("SELECT DISTINCT code FROM warnings").code)
    assert {"brand_due_day", "evidence_repeated", "unknown_unit"} <= codes
