"""What an address asks to list, in words; nothing in it can be an error."""

import pytest

from ui.frame.open_records import address
from ui.parts.records.request import ListRequest, split_record


def test_an_empty_address_lists_tickets():
    asked = ListRequest.from_query({})
    assert (asked.what, asked.which, asked.page, asked.cell, asked.notes) == ("tickets", "whole", 1, (), ())


def test_a_metric_brings_its_own_table():
    asked = ListRequest.from_query({"metric": "hazard_on_time_rate", "which": "miss", "table": "drills"})
    assert (asked.what, asked.table, asked.which) == ("hazard_on_time_rate", "hazards", "miss")


@pytest.mark.parametrize(("which", "said"), [
    ("whole", "按时办结率全部（期限落在本期的工单）"), ("part", "按时办结率达到的（期限前办结的工单）"),
    ("miss", "按时办结率没达到的（期限落在本期的工单，去掉期限前办结的工单）"),
])  # fmt: skip
def test_the_sentence_says_which_part_with_the_words_of_the_formula(which, said):
    sentence = ListRequest.from_query({"metric": "ticket_on_time_rate", "which": which}).sentence(
        "3号楼 · 近 12 周", 1234
    )
    assert sentence == f"{said} · 3号楼 · 近 12 周，共 1,234 单"


def test_a_count_has_no_parts():
    assert not ListRequest.from_query({"metric": "ticket_count"}).has_parts
    assert not ListRequest.from_query({"table": "drills"}).has_parts


def test_a_cell_and_a_search_are_said():
    asked = ListRequest.from_query({"cell": ["building:D03", "hour:9"], "q": "  漏 水 "})
    assert asked.cell == (("building", "D03"), ("hour", "9"))
    assert (
        asked.sentence("近 12 周", 2, lambda name, value: {"building": "3号楼"}.get(name, f"{value} 时"))
        == "全部服务工单 · 近 12 周 · 3号楼 · 9 时 · 含“漏 水”，共 2 单"
    )


def test_beside_a_cell_nothing_is_called_all():
    asked = ListRequest.from_query({"cell": ["building:D03"]})
    assert asked.sentence("全部楼宇 · 近 12 周 · 全部类别", 3) == "全部服务工单 · 近 12 周 · D03，共 3 单"
    assert (
        ListRequest.from_query({}).sentence("全部楼宇 · 近 12 周", 3) == "全部服务工单 · 全部楼宇 · 近 12 周，共 3 单"
    )


def test_what_stands_is_named_after_what_it_is_counted_of():
    said = {
        which: ListRequest.from_query({"metric": "certificate_lacking", "which": which}).sentence("近 12 周", 3)
        for which in ("part", "whole")
    }
    assert said == {
        "part": "无有效证书的岗位 · 近 12 周，共 3 岗",
        "whole": "无有效证书的岗位：分母的全部持证岗位 · 近 12 周，共 3 岗",
    }


@pytest.mark.parametrize(
    "cell",
    [
        "week:soon",
        "week:0001-01-01",
        "hour:24",
        "hour:-1",
        "hour:٣",
        "weekday:Monday",
        "colour:red",
        "building:",
        "nothing",
    ],
)
def test_a_cell_that_makes_no_sense_is_left_out_and_said(cell):
    asked = ListRequest.from_query({"cell": [cell]})
    assert asked.cell == () and len(asked.notes) == 1


@pytest.mark.parametrize("query", [{"metric": "x"}, {"table": "files"}, {"metric": "<script>"}])
def test_unknown_names_fall_back_to_tickets_and_say_so(query):
    asked = ListRequest.from_query(query)
    assert asked.what == "tickets" and asked.notes


@pytest.mark.parametrize(
    ("text", "page"), [("3", 3), ("0", 1), ("-1", 1), ("1e3", 1), ("", 1), ("99999999", 1), ("２", 1)]
)
def test_page_numbers(text, page):
    assert ListRequest.from_query({"page": text}).page == page


@pytest.mark.parametrize(("text", "found"), [
    ("tickets:T1", ("tickets", "T1")), ("tickets:a:b", ("tickets", "a:b")),
    ("files:f", None), ("tickets:", None), ("T1", None), ("", None),
])  # fmt: skip
def test_the_name_of_a_record(text, found):
    assert split_record(text) == found


def test_a_door_keeps_the_filters_and_the_page_s_own_choices():
    current = {
        "building": ["D01", "D02"],
        "show": ["excess"],
        "metric": ["x"],
        "cell": ["week:2026-01-05"],
        "page": ["3"],
        "record": ["a:b"],
    }
    assert address(current, "ticket_count", {"grid": "G04", "week": "2026-10-05"}) == {
        "building": ["D01", "D02"], "show": ["excess"],
        "metric": ["ticket_count"], "cell": ["grid:G04", "week:2026-10-05"],
    }  # fmt: skip
