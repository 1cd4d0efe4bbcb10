"""The overview on the drawn build (the first branch has all tickets, the second all hazards)
and on the written files.
"""

import re

import pytest

from tests.pages.conftest import words
from ui.parts.branches import period as branch_period

TERM = {branch_period.KEY: "2026-1"}


def grid(at) -> str:
    """The table as HTML."""
    return next(element.proto.body for element in at.get("html") if 'class="review"' in element.proto.body)


def test_every_number_stands_with_part_and_whole_and_opens_its_records(open_at):
    found = re.findall(
        r'<a href="(records[^"]*)">([\d.]+)</a>(?:(?!</td>).)*?<small>([\d,]+ / [\d,]+)</small>',
        grid(open_at("branches", **TERM)),
    )
    by_metric = {re.search(r"metric=(\w+)", address)[1]: (number, pair, address) for address, number, pair in found}
    number, pair, address = by_metric["ticket_on_time_rate"]
    assert (number, pair) == ("80.0", "88 / 110")  # ten a week, eight of them in time, since 2026-09-01
    assert "cell=branch%3AB1" in address and "since=2026-08-31" in address


def test_each_branch_leads_to_its_portrait_over_the_same_period(open_at):
    assert re.findall(r'href="branch\?branch=(\w+)&amp;review=2026-1">([^<]+)<', grid(open_at("branches", **TERM))) == [
        ("B1", "第一党支部"),
        ("B2", "第二党支部"),
    ]


def test_two_branches_are_not_compared_and_it_says_so(open_at):
    said = words(open_at("branches", **TERM))
    assert "高于预期" not in re.sub(r"写高于.*?；", "", said) and "上报隐患多不扣分" in said


@pytest.mark.parametrize("key", ["M2026-10", "2026-1", "Y2026", "P2026"])
def test_every_kind_of_period_is_kept_in_the_address(open_at, key):
    at = open_at("branches", **{branch_period.KEY: key})
    assert not at.exception and not at.error
    assert at.selectbox(key="choice_review").value == key


def test_nonsense_in_the_address_falls_back_to_the_current_term(open_at):
    at = open_at("branches", **{branch_period.KEY: "'; DROP TABLE branches", "kind": "decade", "metric": "x"})
    assert not at.exception and at.selectbox(key="choice_review").value == "2026-1"


def test_another_kind_of_period_begins_with_its_newest(open_at):
    at = open_at("branches", **{branch_period.KEY: "M2026-10"})
    at.segmented_control(key="choice_kind").set_value("school_year").run()
    assert at.selectbox(key="choice_review").value == "Y2026"


def test_a_task_without_evidence_is_not_done_and_says_so(open_written):
    at = open_written("branches", brand="缺佐证与逾期")
    assert at.dataframe[0].value[["党支部", "任务名称", "佐证材料"]].values.tolist() == [
        ["第一党支部", "任务乙", "待补"]
    ]
    assert "没有佐证的任务（不算完成）" in words(at).replace("\\", "")


def test_the_newest_plan_of_a_branch_whatever_the_period(open_written):
    at = open_written("branches", brand="品牌计划", **{branch_period.KEY: "M2026-11"})
    assert at.dataframe[0].value[["名称", "内涵", "载体", "成效"]].values.tolist() == [
        ["明灯守夜", "夜里有灯", "夜巡队", "响应更快"]
    ]


def test_honours_are_evidence_and_in_no_rate(open_written):
    at = open_written("branches", brand="荣誉（作为依据）")
    assert at.dataframe[0].value["荣誉级别"].tolist() == ["校级"]
    assert "不进任何比率" in words(at)
