"""A file that has not come yet is no zero: of what no export tells nothing is counted, compared or shown, whatever the
export's rhythm."""

from datetime import date, datetime

import pytest

from metrics.ask.measure import measure, total
from metrics.ask.reading import answerable
from metrics.ask.window import Window
from metrics.compare import compare, tiles
from metrics.define import catalogue
from tests.metrics.compare.test_half_loaded import HAZARDS, source
from tests.metrics.conftest import hazard, ticket

OCTOBER, NOVEMBER = Window.month(date(2026, 10, 1)), Window.month(date(2026, 11, 1))
EXPORTED = datetime(2026, 11, 1, 9)


@pytest.fixture
def campus(draw):
    """Hazards by file of the rhythm asked for, last exported in the morning of 1 November."""

    def build(every: int, exported: datetime = EXPORTED):
        found = [hazard(n, datetime(2026, 9 + n % 2, 1 + n % 28), None, datetime(2026, 10, 20)) for n in range(80)]
        return draw(
            tickets=[ticket(1, datetime(2025, 9, 1))],
            hazards=[hazard(900, datetime(2025, 9, 1), None, datetime(2025, 9, 20)), *found],
            sources=[
                source("hazards", HAZARDS, exported, every),
                source("tickets", "工单", datetime(2026, 11, 22, 8)),
            ],
        )

    return build


@pytest.mark.parametrize("every", [1, 7, 14, 31, 60, 180])
def test_a_month_no_file_tells_of_is_no_zero(campus, every):
    build = campus(every)
    row = total(build, "hazard_count", NOVEMBER)
    assert row["value"] != row["value"] and not row["complete"]
    found = compare.previous(build, "hazard_count", NOVEMBER)
    assert not found.comparable and found.change is None
    assert found.sentence == "隐患数 —；还没有收到（隐患台账只导出到 2026-11-01），不作比较。"
    assert total(build, "hazard_count", OCTOBER)["value"] == 40 and total(build, "hazard_count", OCTOBER)["complete"]
    assert compare.previous(build, "hazard_count", OCTOBER).comparable


@pytest.mark.parametrize("every", [7, 31, 60])
def test_a_month_half_told_is_shown_and_not_compared(campus, every):
    build = campus(every, datetime(2026, 10, 20, 9))
    row = total(build, "hazard_count", OCTOBER)
    assert row["value"] == 40 and not row["complete"]
    found = compare.previous(build, "hazard_count", OCTOBER)
    assert found.sentence == "隐患数 40 条；隐患台账只导出到 2026-10-20，不作比较。"


def test_the_weeks_after_the_last_file_have_no_value_and_are_not_whole(campus):
    weeks = measure(campus(31), "hazard_count", Window(date(2026, 10, 19), date(2026, 11, 16)), every="week")
    assert weeks["complete"].tolist() == [True, False, False, False], "26 October ends on the day of the export"
    assert weeks["value"].isna().tolist() == [False, False, True, True]


def test_a_tile_says_that_it_waits(campus):
    tile = tiles.tile(campus(31), "hazard_count", date(2026, 11, 9))
    assert (tile.value, tile.verdict, tile.tone) == ("—", "还没有收到", "")
    assert tile.changes == ("还没有收到（隐患台账只导出到 2026-11-01）",)


def test_what_stands_is_told_as_last_heard_of_and_good_until_its_next_file_is_due(campus):
    week = Window(date(2026, 11, 9), date(2026, 11, 16))
    for every, is_good in ((7, False), (31, True)):
        found = compare.previous(campus(every), "hazard_overdue_open", week)
        assert found.now == 80 + 1 and found.comparable is is_good


def test_what_comes_when_there_is_something_to_send_is_good_until_it_is_due(campus):
    assert compare.previous(campus(400), "hazard_count", Window(date(2026, 11, 9), date(2026, 11, 16))).comparable


def test_a_summary_is_known_up_to_the_end_of_its_last_period(draw):
    """Made on 2 November, it tells of October: not of the first day of November either."""
    rows = [
        {"summary_id": f"s{n}", "period_start": datetime(2026, n, 1), "period_end": last,
         "events": 40, "unit": "后勤处",
         "is_summary": True}
        for n, last in ((9, datetime(2026, 9, 30, 23, 59, 59)), (10, datetime(2026, 10, 31, 23, 59, 59)))
    ]  # fmt: skip
    build = draw(
        hotline_summaries=rows,
        sources=[source("hotline_summaries", "热线办理汇总", datetime(2026, 11, 2, 9), 31)],
    )
    assert total(build, "hotline_events", OCTOBER)["value"] == 40
    assert compare.previous(build, "hotline_events", NOVEMBER).sentence == (
        "热线事件数 —；还没有收到（热线办理汇总只统计到 2026-10-31），不作比较。"
    )
    assert total(build, "hotline_events", NOVEMBER)["value"] != total(build, "hotline_events", NOVEMBER)["value"]
    hotline = catalogue.get("hotline_events")
    assert answerable.why_not(build, hotline, ("week",)) == "热线办理汇总按月汇总，不能按周看"
    assert measure(build, hotline, OCTOBER, every="week")["value"].isna().all(), "no noughts beside the month's last"
    assert measure(build, hotline, Window(date(2026, 9, 1), date(2026, 11, 1)), every="month")["value"].tolist() == [
        40,
        40,
    ]
    weeks = Window(date(2026, 9, 28), date(2026, 10, 26))  # hold September's summary; the weeks before hold none
    assert "按月汇总，只有整月才能比" in compare.previous(build, "hotline_events", weeks).sentence
