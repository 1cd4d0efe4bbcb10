"""The heatmap of buildings on the drawn build."""

import json

import pytest

from tests.pages.conftest import words


def spec(at) -> dict:
    return json.loads(at.get("plotly_chart")[0].proto.spec)


def test_each_building_and_week_is_a_cell_with_its_keys(open_at):
    drawn = spec(open_at("buildings", sort="name"))
    assert drawn["layout"]["yaxis"]["ticktext"] == ["1号楼", "2号楼", "〈i〉教学楼〈/i〉"]
    assert drawn["layout"]["xaxis"]["ticktext"][:2] == ["第1周", "第2周"]
    doors = next(trace for trace in drawn["data"] if trace["type"] == "scatter")
    assert doors["customdata"][0] == ["D01", "2026-08-31"]
    assert len(doors["customdata"]) == 3 * 12


def test_a_building_with_no_tickets_shows_zero_and_not_a_gap(open_at):
    drawn = spec(open_at("buildings", sort="name"))
    texts = [layer["text"] for layer in drawn["data"] if layer["type"] == "heatmap"]
    assert any(layer[1][0] == "0" for layer in texts)
    assert any(layer[0][0] == "10" for layer in texts)


def test_a_rate_without_a_denominator_is_empty(open_at):
    drawn = spec(open_at("buildings", metric="ticket_on_time_rate", sort="name"))
    assert all(layer["z"][1][0] is None for layer in drawn["data"] if layer["type"] == "heatmap")
    assert any(shape["type"] == "path" for shape in drawn["layout"]["shapes"])


def test_weekday_and_hour_find_tuesday_at_nine(open_at):
    drawn = spec(open_at("buildings", across="clock"))
    texts = {(y, x): text for layer in drawn["data"] if layer["type"] == "heatmap"
             for y, row in enumerate(layer["text"]) for x, text in enumerate(row) if text}  # fmt: skip
    assert texts[1, 9] == "110"
    assert {text for place, text in texts.items() if place != (1, 9)} == {"0"}


def test_nothing_standing_out_is_said_in_the_headline(open_at):
    assert "格都是正常波动" in words(open_at("buildings"))


@pytest.mark.parametrize(("metric", "across", "show"), [
    ("ticket_count", "week", "excess"), ("ticket_count", "category", "value"),
    ("ticket_rate_per_1000", "week", "value"),
    ("ticket_rate_per_1000", "clock", "excess"),
    ("hazard_on_time_rate", "category", "excess"), ("hazard_on_time_rate", "clock", "value"),
    ("hazard_overdue_open", "week", "value"), ("hazard_overdue_open", "category", "excess"),
])  # fmt: skip
def test_measures_columns_and_views_combine(open_at, metric, across, show):
    at = open_at("buildings", metric=metric, across=across, show=show, all="1")
    assert not at.exception and not at.error


@pytest.mark.parametrize("period", ["近52周", "近208周"])
def test_long_periods_are_drawn_by_month(open_at, period):
    labels = spec(open_at("buildings", period=period))["layout"]["xaxis"]["ticktext"]
    assert labels[-1] == "26-11" and len(labels) <= 50


def test_an_empty_period_is_said(open_at):
    at = open_at("buildings", from_="2030-01-01", to="2030-02-01")
    assert "没有记录" in words(at) and not at.get("plotly_chart")
