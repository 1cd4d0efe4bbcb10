"""One rate by two clocks: both said where they differ, once where they agree, and how each is worked out."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.reading import clocks
from metrics.ask.window import Window
from metrics.compare.tiles import tile
from metrics.define import catalogue
from tests.metrics.conftest import ticket

WEEK = date(2026, 11, 9)
DUE = datetime(2026, 11, 10, 12)
METRIC = catalogue.get("ticket_on_time_rate")
WORDS = "工作时间（工作日 08:00–18:00）"
ROWS = [
    {"table_name": "tickets", "limit_name": "due", "class": of, "allowed_hours": hours, "clock": clock,
     "clock_words": words, "stops": "挂起、等待配件", "unregistered_years": years}
    for of, hours, clock, words, years in (
        ("紧急", 0.5, "全天", "全天", None), ("一般", 30, "工作时间", WORDS, "2020、2021"))
]  # fmt: skip


def drawn(number: int, late: bool, ours: datetime, unknown: bool = False) -> dict:
    closed = DUE + timedelta(hours=5 if late else -5)
    return ticket(
        number,
        DUE - timedelta(days=3),
        closed,
        DUE,
        service_due_at=ours,
        is_service_due=True,
        is_service_on_time=closed <= ours,
        is_stop_unknown=unknown,
    )


@pytest.fixture
def differing(draw):
    later = DUE + timedelta(days=1)
    return draw(tickets=[drawn(n, n < 4, later, unknown=n == 2) for n in range(1, 11)], deadline_clocks=ROWS)


def test_both_rates_with_part_and_whole_and_what_is_not_known(differing):
    said = clocks.both(differing, METRIC, Window.week(WEEK))
    assert said == "按系统期限 70.0 %（7 / 10），按服务时间 100.0 %（10 / 10），其中 1 单暂停时长未知"
    shown = tile(differing, METRIC, WEEK)
    assert shown.by_clock == said and shown.value == "70.0 %"


def test_nothing_is_said_twice_where_they_agree(draw, differing):
    same = draw(tickets=[drawn(n, n < 4, DUE) for n in range(1, 11)], deadline_clocks=ROWS)
    assert clocks.both(same, METRIC, Window.week(WEEK)) == tile(same, METRIC, WEEK).by_clock == ""
    assert clocks.both(differing, METRIC, Window.week(WEEK - timedelta(days=70))) == ""
    assert clocks.both(differing, catalogue.get("ticket_count"), Window.week(WEEK)) == ""


def test_how_the_clock_runs_in_words(differing, draw):
    assert clocks.words(differing, METRIC) == (
        f"紧急 30 分钟，全天；一般 30 小时，{WORDS}。导出里写明期限的，以导出的为准。状态是挂起、等待配件时停走；"
        "只见过一种状态的，暂停时长未知，按没有停过算。2020、2021 年没有登记节假日，按周一至周五算工作日。"
    )
    own = [
        {**ROWS[0], "table_name": "hazards", "class": of, "allowed_hours": None, "stops": None} for of in ("重大", "低")
    ]
    said = clocks.words(draw(deadline_clocks=own), catalogue.get("hazard_on_time_rate"))
    assert said == "以导出的期限为准，全天。没有声明停走的状态。"
    assert clocks.words(differing, catalogue.get("ticket_count")) == ""
