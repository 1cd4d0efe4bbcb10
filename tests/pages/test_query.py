"""查询: one SELECT from the field to the table, the audit log and the sentence; refusals are words."""

import time

from ledger import audit
from metrics.ask.selection import Scope
from tests.pages.conftest import words
from ui.export.audit import kept_in
from ui.frame import access


def ended(at):
    """The page once its query has ended."""
    for _ in range(100):
        if "query_running" not in at.session_state:
            return at
        time.sleep(0.1)
        at.run()
    raise AssertionError("the query did not end")


def test_a_query_is_answered_written_down_and_can_be_taken_away(open_at):
    at = open_at("query")
    at.text_area(key="query_text").set_value(
        "SELECT category AS 类别, count(*) AS 工单 FROM tickets GROUP BY ALL ORDER BY 工单 DESC, 类别"
    )
    at.button(key="run_query").click().run()
    ended(at)
    assert not at.exception and not at.error
    table = at.dataframe[0].value
    assert (
        list(table) == ["类别", "工单"]
        and table["工单"].is_monotonic_decreasing
        and f"查到 {len(table)} 行、2 列" in words(at)
    )
    (entry, *_) = audit.entries(default=kept_in())
    assert entry.kind == audit.QUERY and entry.what.startswith("SELECT category AS 类别")
    assert at.button(key="query_CSV").label == "导出 CSV"


def test_a_refusal_and_a_mistake_are_sentences(open_at):
    at = open_at("query")
    at.text_area(key="query_text").set_value("DELETE FROM tickets")
    at.button(key="run_query").click().run()
    assert at.error[0].value.startswith("一次只能运行一条 SELECT")
    at.text_area(key="query_text").set_value("SELECT nowhere FROM tickets")
    at.button(key="run_query").click().run()
    assert ended(at).error[0].value.startswith("没有叫「nowhere」的列")


def test_limited_rights_see_no_field(open_at, monkeypatch):
    monkeypatch.setattr(access, "scope", lambda: Scope(branches=("B2",)))
    at = open_at("query")
    assert "权限不受限" in at.error[0].value and not at.text_area
