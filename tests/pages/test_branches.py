"""The branches page on the drawn build: the first branch has all tickets, the second all hazards."""

import pytest

from tests.pages.conftest import words
from ui.branches import RATES


def test_every_number_stands_with_part_and_whole(open_at):
    said = words(open_at("branches"))
    assert "第一党支部" in said and "守护码上行" in said
    assert "88 / 110" in said and "80.0" in said


def test_one_branch_with_data_is_not_ranked(open_at):
    assert "1 个支部的差异都在正常波动内，不排名" in words(open_at("branches"))


@pytest.mark.parametrize("metric", RATES)
def test_every_rate_can_be_compared(open_at, metric):
    at = open_at("branches", metric=metric)
    assert not at.exception and not at.error


def test_nothing_to_compare_is_said(open_at):
    at = open_at("branches", from_="2030-01-01", to="2030-02-01")
    assert "没有可以比较的数据" in words(at) and not at.get("plotly_chart")


def test_each_branch_leads_to_its_records(open_at):
    at = open_at("branches")
    assert [link.proto.label for link in at.get("page_link") if "党支部" in link.proto.label] == ["第一党支部", "第二党支部"]
