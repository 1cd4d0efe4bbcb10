"""环比 and 同比: every case in words, and none computed that must not be."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.window import Window
from metrics.compare import compare, grounds
from metrics.compare.comparison import Pair, worded
from metrics.compare.tiles import changes
from metrics.define import catalogue
from tests.metrics.compare.test_half_loaded import source
from tests.metrics.conftest import hazard, ticket

WEEK = Window(date(2026, 11, 9), date(2026, 11, 16))
OLD = datetime(2025, 9, 1, 9)


def spread(first: int, count: int, start: datetime, days: int = 7, **more) -> list[dict]:
    return [ticket(first + n, start + timedelta(days=n % days, minutes=n), **more) for n in range(count)]


def due(first: int, on_time: int, late: int, day: datetime) -> list[dict]:
    good = [ticket(first + n, day, day + timedelta(hours=1), day + timedelta(hours=9)) for n in range(on_time)]
    return good + [ticket(first + 500 + n, day, None, day + timedelta(hours=9)) for n in range(late)]


def test_counts_differ_by_per_cent(draw):
    build = draw(
        tickets=[
            ticket(9999, OLD),
            *spread(1, 40, datetime(2026, 11, 2, 9)),
            *spread(100, 50, datetime(2026, 11, 9, 9)),
        ]
    )
    found = compare.previous(build, "ticket_count", WEEK)
    assert (found.now, found.base, found.change, found.unit, found.comparable, found.good) == (
        50,
        40,
        25,
        "%",
        True,
        None,
    )
    assert found.sentence == "工单量 50 单，较上周增加 25.0 %（上周 40 单）。" and found.short == "环比 +25.0 %"


def test_rates_differ_by_percentage_points(draw):
    build = draw(
        tickets=[ticket(9999, OLD), *due(1, 36, 4, datetime(2026, 11, 3)), *due(100, 30, 10, datetime(2026, 11, 10))]
    )
    found = compare.previous(build, "ticket_on_time_rate", WEEK)
    assert (found.change, found.unit, found.good) == (pytest.approx(-15), "百分点", False)
    assert found.sentence == "按时办结率 75.0 %（30 / 40），较上周下降 15.0 百分点（上周 90.0 %（36 / 40））。"
    assert found.short == "环比 −15.0 百分点"


def test_fewer_than_thirty_show_counts_only(draw):
    build = draw(
        tickets=[ticket(9999, OLD), *due(1, 8, 1, datetime(2026, 11, 3)), *due(100, 40, 10, datetime(2026, 11, 10))]
    )
    found = compare.previous(build, "ticket_on_time_rate", WEEK)
    assert found.change is None and "本期 40 / 50，上周 8 / 9；不足 30，只看数量" in found.sentence
    few = draw(tickets=[ticket(9999, OLD), *spread(1, 5, datetime(2026, 11, 2)), *spread(50, 3, datetime(2026, 11, 9))])
    assert compare.previous(few, "ticket_count", WEEK).sentence == "工单量 3 单，较上周减少 2 单。"


def test_a_base_of_zero_is_not_divided_by(draw):
    found = compare.previous(
        draw(tickets=[ticket(9999, OLD), *spread(1, 40, datetime(2026, 11, 9))]), "ticket_count", WEEK
    )
    assert found.change is None and found.short == "环比 上期为 0，不计算"
    assert "上期为 0，不计算" in found.sentence


def test_nothing_to_divide_by_is_not_a_change(draw):
    found = compare.previous(
        draw(tickets=[ticket(9999, OLD), *due(1, 40, 0, datetime(2026, 11, 10))]), "ticket_on_time_rate", WEEK
    )
    assert not found.comparable and found.change is None and "上周没有可算的记录，不作比较" in found.sentence


def test_before_the_first_record_there_is_no_data_to_compare_with(draw):
    found = compare.previous(draw(tickets=spread(1, 40, datetime(2026, 11, 9))), "ticket_count", WEEK)
    assert not found.comparable and "上周还没有数据，不作比较" in found.sentence


def test_a_week_not_yet_full_is_compared_day_for_day_and_says_so(draw):
    rows = [
        ticket(9999, OLD),
        *spread(1, 70, datetime(2026, 11, 9, 1)),
        *spread(100, 66, datetime(2026, 11, 16, 1), days=6),
    ]
    found = compare.previous(draw(tickets=rows), "ticket_count", Window(date(2026, 11, 16), date(2026, 11, 23)))
    assert (found.now, found.base) == (66, 60)
    assert found.sentence.startswith("本期未满，只到周六，与上周同样 6 天相比：")


def test_a_week_without_a_whole_day_is_not_compared(draw):
    build = draw(now=datetime(2026, 11, 16, 8), tickets=[ticket(9999, OLD), *spread(1, 70, datetime(2026, 11, 9))])
    found = compare.previous(build, "ticket_count", Window(date(2026, 11, 16), date(2026, 11, 23)))
    assert not found.comparable and "还没有过完一整天" in found.sentence


def test_a_month_is_compared_with_the_month_before_whatever_its_length():
    assert grounds.previous_window(Window(date(2026, 3, 1), date(2026, 4, 1))) == Window(
        date(2026, 2, 1), date(2026, 3, 1)
    )
    assert grounds.previous_window(Window(date(2026, 1, 1), date(2026, 4, 1))) == Window(
        date(2025, 10, 1), date(2026, 1, 1)
    )
    assert grounds.previous_window(WEEK) == Window(date(2026, 11, 2), date(2026, 11, 9))


def test_a_stock_is_compared_with_the_end_of_the_period_before(draw):
    at = datetime(2026, 11, 1, 9)
    rows = [
        hazard(0, OLD, OLD, OLD),
        *(hazard(n, at, None, datetime(2026, 11, 4)) for n in range(1, 4)),
        *(hazard(10 + n, at, datetime(2026, 11, 11), datetime(2026, 11, 4)) for n in range(2)),
    ]
    found = compare.previous(draw(hazards=rows), "hazard_overdue_open", WEEK)
    assert (found.now, found.base) == (3, 5) and found.sentence == "逾期未整改隐患 3 条，较上周减少 2 条。"


def test_same_teaching_week_of_last_year(draw):
    rows = [
        ticket(9999, datetime(2025, 9, 1)),
        *spread(1, 40, datetime(2025, 11, 10)),
        *spread(100, 30, datetime(2026, 11, 9)),
    ]
    found = compare.same_teaching_week(draw(tickets=rows), "ticket_count", WEEK)
    assert found.base_window == Window(date(2025, 11, 10), date(2025, 11, 17))
    assert found.sentence == "工单量 30 单，较上年同教学周减少 25.0 %（上年同教学周 40 单）。"


def test_where_the_period_before_is_another_the_next_best_is_offered_in_words(draw):
    rows = [
        ticket(9999, datetime(2025, 1, 1)),
        *(ticket(n, datetime(2025, 9, 1, 9) + timedelta(days=n % 60)) for n in range(100)),
        *(ticket(1000 + n, datetime(2026, 8, 31, 9) + timedelta(days=n % 60)) for n in range(125)),
    ]
    build = draw(tickets=rows)
    end = date(2026, 11, 9)

    def said(first: date, last: date = end) -> tuple[str, ...]:
        return changes(compare.offered(build, "ticket_count", Window(first, last)))

    assert said(date(2026, 8, 31)) == ("上期是暑假，改与去年同期 10 周比：+25.0 %",)
    assert said(date(2026, 8, 17)) == ("上期是暑假，改与去年同期 10 周比：+25.0 %",), "of the term that it ends with"
    assert said(date(2026, 8, 31), date(2026, 9, 7)) == ("上周是暑假，改与去年同一教学周比：+5 单",)
    early = draw(
        tickets=rows,
        sources=[source("tickets", "工单", datetime(2026, 10, 28, 8))],
    )
    assert changes(compare.offered(early, "ticket_count", Window(date(2026, 8, 31), end))) == (
        "工单只导出到 2026-10-28，改与去年同期 8 周比：+21.9 %",
    ), "as far as is known"
    assert said(date(2026, 10, 5)) == ("环比 −33.3 %", "同比 +66.7 %"), "what can be made needs no words"
    assert said(date(2026, 8, 3), date(2026, 8, 10)) == ("环比 上期为 0，不计算",)
    assert said(date(2026, 7, 6), date(2026, 8, 31)) == (), "neither, and no next best: no room"


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(date(2026, 8, 3), date(2026, 8, 10)), "暑假不在教学周内，不作同比"),
        (Window(date(2026, 11, 3), date(2026, 11, 10)), "只有整周才能按教学周同比"),
        (Window(date(2024, 11, 4), date(2024, 11, 11)), "校历中没有上年的同一教学周，不作同比"),
    ],
)
def test_where_no_teaching_week_answers_it_says_why(draw, window, said):
    found = compare.same_teaching_week(draw(tickets=spread(1, 3, datetime(2026, 11, 9))), "ticket_count", window)
    assert not found.comparable and found.change is None and said in found.sentence


def test_a_mean_changes_in_its_own_unit(draw):
    metric = catalogue.get("survey_safety")
    rows = [
        (4.0, datetime(2026, 11, 3, 9)),
        (4.0, datetime(2026, 11, 4, 9)),
        (4.5, datetime(2026, 11, 10, 9)),
        (4.0, datetime(2026, 11, 11, 9)),
        (5.0, OLD),
    ]
    drawn = [{metric.time: at, metric.part: score, metric.whole: True} for score, at in rows for _ in range(20)]
    found = compare.previous(draw(survey_answers=drawn), metric, WEEK)
    assert (found.change, found.unit) == (pytest.approx(0.25), "分")
    assert (
        found.sentence == "总体安全感 4.25 分，较上周上升 0.25 分（上周 4.00 分）。" and found.short == "环比 +0.25 分"
    )
    few = compare.previous(draw(survey_answers=[one for number, one in enumerate(drawn) if number % 2]), metric, WEEK)
    assert few.change is None and few.short == "环比 样本不足 30"


def test_a_streak_over_a_holiday_is_compared_with_its_end_in_days(draw):
    """What stands at a moment does not ask whether the time before was term."""
    calls = [{"incident_id": "I1", "received_at": datetime(2026, 1, 5, 9), "is_incident": True, "is_zero_type": True}]
    found = compare.previous(draw(incidents=calls), "zero_streak", Window(date(2026, 9, 7), date(2026, 11, 16)))
    assert (found.change, found.unit, found.short) == (70, "天", "环比 +70 天")


def test_few_cases_per_people_differ_in_that_rate_and_never_in_cases():
    metric = catalogue.get("fraud_case_rate")
    here, there = {"part": 12.0, "whole": 20_000.0, "value": 6.0}, {"part": 9.0, "whole": 20_000.0, "value": 4.5}
    found = worded(Pair("环比", metric, Window(date(2026, 10, 1), date(2026, 11, 1)), None, here, there, "上月"))
    unit = metric.unit
    assert found.sentence == (
        f"{metric.label} 6.0 {unit}，较上月增加 1.5 {unit}（上月 4.5 {unit}）；只有 12 对 9，不足 30，不算百分比。"
    )
    assert found.short == f"环比 +1.5 {unit}"
