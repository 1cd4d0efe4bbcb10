"""A week half loaded is compared nowhere; a term's first week is no growth over the holiday; and each says why, in
whole sentences."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.window import Window
from metrics.compare import compare, tiles
from metrics.signals import headline, signals
from tests.metrics.conftest import hazard, ticket

WEEK = Window(date(2026, 11, 9), date(2026, 11, 16))
OLD = datetime(2025, 9, 1, 9)
TICKETS, HAZARDS = "校园守护码工单", "隐患台账"


def source(name: str, title: str, exported: datetime | None, every: int = 7) -> dict:
    return {
        "source": name,
        "title": title,
        "feeds": name,
        "expected_every_days": every,
        "last_export": exported,
        "days_silent": 0,
        "is_stale": False,
        "is_missing": exported is None,
    }


def spread(first: int, count: int, start: datetime) -> list[dict]:
    return [ticket(first + n, start + timedelta(days=n % 7, minutes=n)) for n in range(count)]


def rows(
    tickets_until: datetime = datetime(2026, 11, 22, 8), hazards_until: datetime = datetime(2026, 11, 22, 8)
) -> dict:
    at = datetime(2026, 11, 1, 9)
    return {
        "tickets": [*spread(1, 40, datetime(2026, 11, 2)), *spread(100, 50, datetime(2026, 11, 9, 9))],
        "hazards": [
            hazard(0, OLD, OLD, OLD),
            hazard(1, at, None, datetime(2026, 11, 4)),
            hazard(2, at, datetime(2026, 11, 11), datetime(2026, 11, 4)),
        ],
        "sources": [source("tickets", TICKETS, tickets_until), source("hazards", HAZARDS, hazards_until)],
    }


def test_an_export_that_stops_inside_the_week_is_named_and_not_compared(draw):
    build = draw(**rows(tickets_until=datetime(2026, 11, 12, 8)))
    found = compare.previous(build, "ticket_count", WEEK)
    assert not found.comparable and found.change is None and found.short == "环比 —"
    assert found.sentence == "工单量 50 单；校园守护码工单只导出到 2026-11-12，不作比较。"
    assert compare.previous(build, "hazard_overdue_open", WEEK).comparable, "the other source is whole"
    assert not compare.same_teaching_week(build, "ticket_count", WEEK).comparable


def test_a_base_period_that_is_not_whole_is_no_base(draw):
    build = draw(**rows(tickets_until=datetime(2026, 11, 5, 8)))
    assert (
        "还没有收到（校园守护码工单只导出到 2026-11-05），不作比较"
        in compare.previous(build, "ticket_count", WEEK).sentence
    )


@pytest.mark.parametrize("until", [datetime(2026, 11, 16, 0), datetime(2026, 11, 22, 8)])
def test_an_export_made_after_the_week_is_whole(draw, until):
    assert (
        compare.previous(draw(**rows(tickets_until=until)), "ticket_count", WEEK).sentence
        == "工单量 50 单，较上周增加 25.0 %（上周 40 单）。"
    )


@pytest.mark.parametrize("every", [31, 60, 180])
def test_a_source_of_any_rhythm_stops_a_week(draw, every):
    drawn = rows()
    drawn["sources"][0] = source("tickets", TICKETS, datetime(2026, 11, 12), every)
    assert "只导出到 2026-11-12，不作比较" in compare.previous(draw(**drawn), "ticket_count", WEEK).sentence


def test_an_unfinished_week_is_compared_day_for_day_while_its_export_is_fresh(draw):
    window = Window(date(2026, 11, 16), date(2026, 11, 23))
    drawn = rows()
    drawn["tickets"] += spread(300, 40, datetime(2026, 11, 16, 9))
    assert compare.previous(draw(**drawn), "ticket_count", window).sentence.startswith(
        "本期未满，只到周六，与上周同样 6 天相比："
    )
    late = rows(tickets_until=datetime(2026, 11, 19, 8))
    late["tickets"] = drawn["tickets"]
    assert "只导出到 2026-11-19，不作比较" in compare.previous(draw(**late), "ticket_count", window).sentence


def test_a_term_is_not_compared_with_a_holiday(draw):
    drawn = [ticket(9999, OLD), *spread(1, 40, datetime(2026, 8, 24, 9)), *spread(100, 90, datetime(2026, 8, 31, 9))]
    build = draw(tickets=drawn)
    found = compare.previous(build, "ticket_count", Window(date(2026, 8, 31), date(2026, 9, 7)))
    assert not found.comparable and found.short == "环比 —（上周是暑假）"
    assert found.sentence == "工单量 90 单；上周是暑假，不作比较。"
    back = compare.previous(build, "ticket_count", Window(date(2026, 7, 6), date(2026, 7, 13)))
    assert back.short == "环比 —（上周是学期）"


def test_a_stock_is_carried_over_the_holiday(draw):
    drawn = rows()
    assert compare.previous(
        draw(**drawn), "hazard_overdue_open", Window(date(2026, 8, 31), date(2026, 9, 7))
    ).comparable


QUIET = "本周无明显变化（正常波动）"


def sentence(build, week=WEEK.start) -> str:
    return signals.weekly(build, week).sentence


def test_the_headline_says_what_is_half_loaded(draw):
    assert sentence(draw(**rows())) == QUIET + "；逾期隐患 1 条，较上周减少 1 条。"
    assert (
        sentence(draw(**rows(hazards_until=datetime(2026, 11, 12)))) == QUIET + "；逾期隐患 1 条（本周未满，不比较）。"
    )
    assert sentence(draw(**rows(tickets_until=datetime(2026, 11, 12)))) == (
        QUIET + "；校园守护码工单只导出到 2026-11-12，本周未满；逾期隐患 1 条，较上周减少 1 条。"
    )


def test_the_first_week_ever_and_a_week_before_it_read_sensibly(draw):
    build = draw(
        tickets=spread(1, 40, datetime(2026, 11, 9, 9)),
        hazards=[hazard(1, datetime(2026, 11, 9), None, datetime(2026, 11, 10))],
    )
    assert sentence(build) == "数据不足，还不能判断有没有异常；逾期隐患 1 条。"
    assert sentence(build, date(2026, 9, 7)) == "数据不足，还不能判断有没有异常；这一周之前还没有隐患数据。"
    assert sentence(draw()) == "数据不足，还不能判断有没有异常；没有收到隐患的导出。"
    assert (
        sentence(draw(tickets=[ticket(1, datetime(2026, 11, 10))]))
        == "数据不足，还不能判断有没有异常；没有收到隐患的导出。"
    )


def test_the_answer_is_the_week_s_own_sentence(draw):
    build = draw(**rows())
    found = signals.weekly(build, WEEK.start)
    assert headline.answer(build, WEEK.start, found) == found.sentence


def test_the_tile_of_the_week_that_runs_compares_the_days_that_are_over_and_judges_nothing(draw):
    """The data date is Sunday 2026-11-22 08:00, so Monday to Saturday are over."""
    more = spread(200, 35, datetime(2026, 11, 16, 9))
    build = draw(**{**rows(), "tickets": [*rows()["tickets"], *more]})
    tile = tiles.tile(build, "ticket_count", date(2026, 11, 16))
    assert tile.verdict == "未满一周" and tile.tone == "" and tile.recent.limits.mean != tile.recent.limits.mean
    assert tile.changes[-1] == "本周未满，只比到周六" and tile.changes[0].startswith("环比 −")
    assert tile.changes[0] == compare.previous(build, "ticket_count", Window.week(date(2026, 11, 16))).short
    stopped = draw(**rows(tickets_until=datetime(2026, 11, 19, 8)))
    assert tiles.tile(stopped, "ticket_count", date(2026, 11, 16)).changes == ("本周未满，不比较",)
