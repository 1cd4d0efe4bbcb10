"""An export that never came, that begins later or stops early is said; nothing of it is a zero."""

from datetime import date

import pytest

import warehouse
from metrics.ask.reading import known
from metrics.ask.window import WEEK
from metrics.define import catalogue
from tests.pages import drawn
from ui.frame import missing_exports
from warehouse import Build


@pytest.fixture
def build(campus) -> Build:
    return warehouse.get(drawn.NAME)


def test_a_table_with_records_is_not_missing(build):
    assert not missing_exports.missing(build, "tickets") and not missing_exports.missing(build, "drill_obligations")


@pytest.mark.parametrize(
    ("week", "known"),
    [(date(2025, 3, 3), False), (date(2026, 4, 13), False), (date(2026, 4, 20), True), (date(2026, 11, 9), True)],
)
def test_the_first_week_with_a_ticket_is_the_first_one_known(build, week, known):
    assert (
        missing_exports.begun(build, "tickets", week) is known
    )  # 30 weeks of Tuesdays back from 2026-11-10: the first is 2026-04-21


@pytest.mark.parametrize(("table", "week", "stopped"), [
    ("hazards", date(2026, 9, 28), True), ("hazards", date(2026, 9, 21), False),
    ("tickets", date(2026, 11, 9), False), ("drills", date(2026, 11, 9), False),
])  # fmt: skip
def test_a_week_after_the_last_export_is_not_whole(build, table, week, stopped):
    assert (
        known.whole_until(build, table) < week + WEEK
    ) is stopped  # hazards were last exported on Thursday 2026-10-01


def test_what_is_missing_is_named_with_the_remedy_and_passed_over(build, monkeypatch):
    monkeypatch.setattr(
        missing_exports.arrivals.first_day,
        "first_day",
        lambda _build, table: date.max if table == "tickets" else date(2026, 9, 1),
    )
    assert missing_exports.sentence(build, "tickets").startswith(
        "还没有收到校园守护码工单的导出。"
    ) and "data/inbox" in missing_exports.sentence(build, "tickets")
    assert missing_exports.first_known(build, ["ticket_count", "hazard_count"]) == "hazard_count"
    assert catalogue.get("ticket_count").table == "tickets"
