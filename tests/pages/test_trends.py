"""The trend page on the drawn build: ten tickets a week, eight on time."""

import json

import pytest

from metrics.ask.selection import DIMENSIONS
from tests.pages.conftest import words
from tests.pages.sampled import METRICS


def points(at, number: int = 0) -> list:
    """y values of the trace that can be clicked in one chart."""
    data = json.loads(at.get("plotly_chart")[number].proto.spec)["data"]
    return next(trace for trace in data if trace.get("customdata"))


def test_a_steady_series_is_said_to_be_steady(open_at):
    at = open_at("trends")
    assert "工单量：第11教学周（2026-11-09 起）10 单，正常波动（以往几乎总是同一个数，没有界限可比）" in words(
        at
    ).replace("\\", "")
    assert len(points(at)["x"]) == 12


def test_rare_cases_go_to_the_days_between_them_by_themselves(open_at):
    at = open_at("trends", metric="drill_count")
    said = words(at).replace("\\", "")
    assert not at.exception and "次数少，按相邻两次之间隔的天数判断" in said
    drawn = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert drawn["data"] == [] and "次数太少" in drawn["layout"]["annotations"][0]["text"]  # fewer than four drills


def test_the_table_below_has_part_and_whole(open_at):
    at = open_at("trends", metric="ticket_on_time_rate")
    table = at.dataframe[0].value
    row = table[table["时段"].str.startswith("第11教学周")].iloc[0]
    assert (row["分子"], row["分母"]) == (8, 10) and row["按时办结率（%）"] == pytest.approx(80)


def test_by_month_and_split_are_in_the_address(open_at):
    at = open_at("trends", metric="ticket_count", every="month", by="category", period="近26周")
    assert at.selectbox(key="choice_by").value == "category"
    assert "2 个类别最近一期都没有超出自身的正常波动" in words(at)
    assert set(at.dataframe[0].value["类别"]) == {"水电", "门锁"}


def test_a_choice_goes_into_the_address_and_the_default_leaves_it(open_at):
    at = open_at("trends")
    at.selectbox(key="choice_metric").select("ticket_reopen_rate").run()
    assert at.query_params["metric"] == "ticket_reopen_rate"
    at.selectbox(key="choice_metric").select("ticket_count").run()
    assert "metric" not in at.query_params


def test_a_number_is_found_by_what_it_is_about(open_at):
    at = open_at("trends")
    at.selectbox(key="choice_about").select("hazards").run()
    assert at.query_params["metric"] == "hazard_count" and "隐患数：" in words(at)
    assert "工单量" not in at.selectbox(key="choice_metric").options
    at.selectbox(key="choice_about").select("tickets").run()
    assert "metric" not in at.query_params


@pytest.mark.parametrize("metric", ["zero_streak", "grid_visit_silence", "question_meeting_gap", "freshmen_hours"])
def test_what_has_no_week_is_not_offered(open_at, metric):
    at = open_at("trends", metric=metric)
    assert not at.exception and "工单量：" in words(at)


@pytest.mark.parametrize("metric", [metric.key for metric in METRICS])
def test_every_metric_draws(open_at, metric):
    at = open_at("trends", metric=metric, by="building")
    assert not at.exception and not at.error


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_split_draws(open_at, by):
    at = open_at("trends", metric="ticket_on_time_rate", by=by)
    assert not at.exception and not at.error


def test_nothing_in_the_period_is_said(open_at):
    at = open_at("trends", metric="ticket_on_time_rate", from_="2026-01-01", to="2026-01-31")
    assert "没有可以计算的数据" in words(at)
    assert not at.get("plotly_chart")


def test_nonsense_in_the_address_falls_back(open_at):
    at = open_at("trends", metric="<b>", every="century", by="drop table")
    assert not at.exception and "工单量" in words(at)
