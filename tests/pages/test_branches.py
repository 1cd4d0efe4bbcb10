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


def test_a_task_without_evidence_is_not_done_and_says_so(open_written):
    at = open_written("branches", brand="缺佐证与逾期")
    assert at.dataframe[0].value[["党支部", "任务名称", "佐证材料"]].values.tolist() == [["第一党支部", "任务乙", "待补"]]
    assert "没有佐证的任务（不算完成）" in words(at).replace("\\", "")


def test_the_newest_plan_of_a_branch_whatever_the_period(open_written):
    at = open_written("branches", brand="品牌计划", period="近4周")
    assert at.dataframe[0].value[["名称", "内涵", "载体", "成效"]].values.tolist() == [["明灯守夜", "夜里有灯", "夜巡队", "响应更快"]]


def test_honours_are_evidence_and_in_no_rate(open_written):
    at = open_written("branches", brand="荣誉（作为依据）")
    assert at.dataframe[0].value["荣誉级别"].tolist() == ["校级"]
    assert "不进任何比率" in words(at)
