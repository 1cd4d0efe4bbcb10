"""The rows behind a number on the drawn build, and one record."""

import re
from datetime import date

import pytest

import warehouse
from ledger.audit import entries
from metrics.ask.measure import measure
from metrics.ask.window import Window
from metrics.define import catalogue
from tests.pages.conftest import words
from tests.pages.sampled import METRICS

ROWS = 50


def listed(at) -> int:
    """The count the headline names."""
    return int(re.search(r"共 ([\d,]+)", words(at).replace("\\", ""))[1].replace(",", ""))


def test_by_default_all_tickets_of_the_period_are_listed(open_at):
    at = open_at("records")
    assert listed(at) == 110
    assert len(at.dataframe[0].value) == ROWS
    assert "第 1 / 3 页" in words(at)


@pytest.mark.parametrize(
    "metric", [metric.key for metric in METRICS if metric.kind.name in ("proportion", "count", "stock")]
)
def test_the_count_equals_the_number(open_at, metric):
    asked = catalogue.get(metric)
    build = warehouse.current()
    at = open_at("records", metric=metric, from_="2026-09-07", to="2026-11-15", which="part")
    number = measure(build, asked, Window(date(2026, 9, 7), date(2026, 11, 16)))
    wanted = number["part" if asked.kind != "count" else "whole"].iloc[0]
    assert listed(at) == wanted


@pytest.mark.parametrize(("which", "count"), [("whole", 10), ("part", 8), ("miss", 2)])
def test_whole_part_and_miss_of_one_cell(open_at, which, count):
    at = open_at("records", metric="ticket_on_time_rate", which=which, cell=["building:D01", "week:2026-11-09"])
    assert listed(at) == count
    assert "1号楼 · 第11教学周" in words(at).replace("\\", "")


def test_a_cell_of_the_clock(open_at):
    assert listed(open_at("records", metric="ticket_count", cell=["weekday:周二", "hour:9"])) == 110
    assert "没有符合条件的记录" in words(open_at("records", metric="ticket_count", cell=["weekday:周三"]))


def test_a_search_narrows_and_its_characters_mean_nothing(open_at):
    assert listed(open_at("records", q="T0-9")) == 1
    assert "没有符合条件的记录" in words(open_at("records", q="%_'\";--"))


def test_the_last_page_and_one_beyond_it(open_at):
    assert len(open_at("records", page="3").dataframe[0].value) == 10
    at = open_at("records", page="999999")
    assert "请回到第 1 页" in words(at) and not at.exception


def test_turning_the_page_goes_into_the_address(open_at):
    at = open_at("records")
    next(button for button in at.button if button.label == "下一页").click().run()
    assert at.query_params["page"] == "2"


def test_one_record_shows_its_fields_its_states_and_their_file(open_at):
    said = words(open_at("records", record="tickets:T0-9"))
    assert "服务工单 T0" in said and "报修时间" in said and "2026-11-10 09:00" in said
    assert "工单_20261116.xlsx" in said and "第 1 行" in said
    assert "&lt;script&gt;" in said and "<script>" not in said


@pytest.mark.parametrize(
    "record", ["tickets:none", "nothing:T1", "tickets:", ":", "<script>", "tickets:' OR 1=1 --", "files:f1"]
)
def test_a_record_that_does_not_exist_is_a_sentence(open_at, record):
    at = open_at("records", record=record)
    assert not at.exception
    assert "没有找到这条记录" in words(at)
    assert "<script>" not in words(at)


def test_back_to_the_list_keeps_the_question(open_at):
    at = open_at("records", record="tickets:T0-9", metric="ticket_on_time_rate", which="miss")
    at.button(key="back_to_list").click().run()
    assert "record" not in at.query_params and listed(at) == 22


@pytest.mark.parametrize("query", [
    {"metric": "no_such"}, {"table": "files"}, {"which": "all"}, {"page": "-1"},
    {"page": "x"}, {"cell": ["x", "week:never", "hour:99", "weekday:火曜日"]},
    {"cell": "building:' OR 1=1"}, {"q": "很" * 500}, {"order": ";drop"},
    {"table": "drill_obligations"}, {"table": "drills", "which": "miss"},
])  # fmt: skip
def test_any_address_draws(open_at, query):
    at = open_at("records", **query)
    assert not at.exception and not at.error


def test_a_number_is_found_by_what_it_is_about(open_at):
    at = open_at("records", cell="building:D01")
    at.selectbox(key="choice_about").select("hazards").run()
    assert at.query_params["table"] == "hazards" and "全部安全隐患" in words(at)
    at.selectbox(key="choice_what").select("hazard_count").run()
    assert at.query_params["metric"] == "hazard_count" and "table" not in at.query_params
    assert (
        at.selectbox(key="choice_about").value == "hazards" and "工单量" not in at.selectbox(key="choice_what").options
    )
    at.selectbox(key="choice_what").select("rows").run()
    assert at.query_params["table"] == "hazards" and "metric" not in at.query_params


def test_columns_and_order_come_from_the_address(open_at):
    at = open_at("records", cols="ticket_id,unit,no_such,closed_at", order="closed_at")
    assert list(at.dataframe[0].value.columns) == ["工单编号", "责任部门", "办结时间 ↑"]
    assert at.dataframe[0].value["办结时间 ↑"].is_monotonic_increasing and "有的列在这张表里没有" in words(at)
    at.multiselect(key="choice_columns").unselect("unit").run()
    assert at.query_params["cols"] == "ticket_id,closed_at"


def test_a_search_shows_where_it_matched_in_the_table_and_on_the_cards(open_at):
    at = open_at("records", q="ＳＣＲＩＰＴ")
    assert listed(at) == 110
    assert at.dataframe[0].value["匹配处"][0] == "描述：=1+1 <【script】>alert(1)</scr…"
    assert "&lt;<mark>script</mark>&gt;" in words(at)


def test_related_records_are_counts_that_open_their_lists(open_at):
    links = [link.proto.label for link in open_at("records", record="tickets:T0-9").get("page_link")]
    assert "同一房间（1号楼 101） 300 单" in links and "同类（门锁） 150 单" in links
    assert (
        listed(
            open_at(
                "records",
                table="tickets",
                same=["building_id:D01", "category:门锁"],
                from_="2026-09-07",
                to="2026-11-15",
            )
        )
        == 50
    )


def test_the_whole_list_can_be_taken_away_and_each_time_is_written_down(open_at, tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPUS_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    at = open_at("records", metric="ticket_on_time_rate", which="miss")
    assert "导出全部 22 行" in words(at)
    for label, ending in (("Excel", "xlsx"), ("CSV", "csv.zip"), ("Parquet", "parquet.zip")):
        next(button for button in at.button if button.label == f"导出 {label}").click().run()
        assert [one.proto.label for one in at.get("download_button")] == [f"保存 服务工单_20261116.{ending}"]
    found = entries()
    assert [(one.what, one.rows) for one in found] == [
        (f"服务工单记录（{label}）", 22) for label in ("Parquet", "CSV", "Excel")
    ]
    assert "按时办结率没达到的" in found[0].filters and found[0].build == warehouse.current().name
    assert not at.run().get("download_button")


def test_an_export_that_cannot_be_written_down_is_refused(open_at, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("CAMPUS_LEDGER_URL", f"sqlite:///{tmp_path / 'file' / 'ledger.sqlite'}")
    at = open_at("records")
    next(button for button in at.button if button.label == "导出 CSV").click().run()
    assert not at.get("download_button") and len(at.error) == 1 and at.error[0].value.startswith("没有导出")
