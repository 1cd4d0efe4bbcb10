"""The tests behind the signals, each against something counted by hand, published, or drawn with nothing the matter."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from metrics.ask.selection import ALL, EVERYTHING
from metrics.ask.window import Window
from metrics.methods import many_tests
from metrics.signals import gaps, search, signals
from metrics.signals.rate_shifts import Rate, difference
from metrics.signals.series_shifts import false_alarm
from tests.metrics.conftest import hazard, ticket
from tests.metrics.signals.test_signals import WEEK, extra, ordinary


@pytest.fixture
def rows():
    return ordinary(np.random.default_rng(11))


def found(build, week: date = WEEK):
    return search.of_week(build, week, ALL, EVERYTHING)


@pytest.mark.parametrize(
    ("looks", "level", "expected"),
    [(1, 0.05, 0.05), (2, 0.05, 0.0525), (1000, 0.05, 0.0554), (1000, 0.02, 0.0208), (0, 0.05, 0.0)],
)
def test_false_discoveries_of_bh_under_the_complete_null(looks, level, expected):
    """One look: q. Two: q + q² by hand (2·(q/2)(1−q) of one, q² of two). Many: q / (1 − q)², the mean of Borel's
    law."""
    assert many_tests.false_discoveries(looks, level) == pytest.approx(expected, abs=5e-4)


def test_false_discoveries_are_those_of_a_simulation():
    random = np.random.default_rng(3)
    hits = [(many_tests.adjusted(random.random(40)) <= 0.1).sum() for _ in range(6000)]
    assert np.mean(hits) == pytest.approx(many_tests.false_discoveries(40, 0.1), abs=0.012)


def test_the_four_rules_alarm_about_once_in_thirty_or_forty_quiet_weeks():
    assert 0.02 < false_alarm(26) < 0.04 and 0.02 < false_alarm(8) < 0.08
    assert false_alarm(26) == false_alarm(26)


def test_two_rates_as_far_apart_as_chance_allows():
    assert difference(Rate(50, 100), Rate(500, 1000)) == pytest.approx(1.0)
    assert difference(Rate(65, 100), Rate(850, 1000)) < 0.001 < difference(Rate(80, 100), Rate(850, 1000))


def test_rare_cases_that_come_close_together_are_a_signal(draw, rows):
    days = [
        date(2025, 10, 6),
        date(2026, 1, 5),
        date(2026, 5, 11),
        *(date(2026, 10, 26) + timedelta(days=4 * n) for n in range(5)),
    ]
    for number, day in enumerate(days):
        rows["tickets"].append(
            ticket(
                90_000 + number,
                datetime.combine(day, datetime.min.time()) + timedelta(hours=9),
                building_id="D10",
                category="财物失窃",
            )
        )
    build = draw(**rows)
    close = [one for one in signals.weekly(build, WEEK).items if one.kind == "gap"]
    assert [(one.where, one.observed) for one in close] == [({"building": "D10", "category": "财物失窃"}, gaps.GAPS)]
    assert close[0].sentence.startswith("10号楼 财物失窃 最近 5 起（服务工单）集中在 17 天内，往常约 ") and close[
        0
    ].window == Window(date(2026, 10, 26), date(2026, 11, 12))
    assert [one.record_id for one in close[0].examples] == ["T90007", "T90006", "T90005"]
    assert not any(one.kind == "gap" for one in found(build, date(2026, 11, 2)).findings), "four cases are not yet five"


def test_rare_cases_far_apart_are_none(draw, rows):
    for number in range(8):
        at = datetime(2026, 11, 10, 9) - timedelta(days=45 * number)
        rows["tickets"].append(ticket(90_000 + number, at, building_id="D10", category="财物失窃"))
    assert [one for one in found(draw(**rows)).findings if one.kind == "gap"] == []


def test_a_grid_falls_silent_in_the_first_week_and_stays_so(draw, rows):
    for table, time in (("tickets", "opened_at"), ("hazards", "found_at")):
        rows[table] = [row for row in rows[table] if row["grid_id"] != "G02" or row[time] < datetime(2026, 11, 2)]
    build = draw(**rows)
    first, second = (
        next(one for one in signals.weekly(build, week).items if one.kind == "silent")
        for week in (date(2026, 11, 2), WEEK)
    )
    assert first.sentence.startswith("第2网格 本周没有服务工单、安全隐患，往常每周约 ") and first.since == "新出现"
    assert second.sentence.startswith("第2网格 已连续 2 周没有服务工单、安全隐患") and second.since == "连续第 2 周"
    assert second.examples and all(one.moment < datetime(2026, 11, 2) for one in second.examples), (
        "the last ones before it"
    )


def test_a_grid_that_reports_in_one_table_is_not_silent_at_once(draw, rows):
    rows["hazards"] = [
        row for row in rows["hazards"] if row["grid_id"] != "G02" or row["found_at"] < datetime(2026, 11, 2)
    ]
    build = draw(**rows)
    assert [one for one in found(build).findings if one.kind == "silent"] == []


def test_an_export_that_stops_is_no_silence(draw, rows):
    rows["hazards"] = [row for row in rows["hazards"] if row["found_at"] < datetime(2026, 11, 2)]
    source = {
        "source": "hazards",
        "title": "隐患台账",
        "feeds": "hazards",
        "expected_every_days": 7,
        "last_export": datetime(2026, 11, 1, 8),
    }
    build = draw(**rows, sources=[source])
    assert all(one.table != "hazards" for one in found(build).findings)


def test_a_wave_is_seen_in_a_term_s_first_week(draw, rows):
    start = date(2026, 8, 31)
    extra(rows, 24, start, category="诈骗", building_id=None)
    extra(rows, 3, date(2025, 9, 1), category="诈骗", building_id=None)
    waves = [one for one in signals.weekly(draw(**rows), start).items if one.kind == "wave"]
    assert [(one.what, one.observed, one.window.days) for one in waves] == [("诈骗", 24, 7)]
    assert waves[0].sentence == "全校 诈骗 本周服务工单 24 单，往年同教学周约 3.5 单。"


def lasting(rows: dict, branch: str, start: datetime) -> dict:
    """Every second hazard of one branch late from a day on."""
    for row in rows["hazards"]:
        if row["branch_id"] == branch and row["due_at"] >= start:
            row["is_on_time"] = row["is_due"] and int(row["hazard_id"][1:]) % 2 == 0
    return rows


def test_a_lasting_difference_is_news_once_and_then_known(draw, rows):
    build = draw(**lasting(rows, "B2", datetime(2025, 9, 1)))
    weeks = [date(2025, 10, 20) + timedelta(weeks=n) for n in range(50)]
    named = [
        week
        for week in weeks
        if any(one.kind == "lasting" and one.where == {"branch": "B2"} for one in found(build, week).findings)
    ]
    known = [week for week in weeks if any(one.where == {"branch": "B2"} for one in found(build, week).standing)]
    assert 1 <= len(named) <= 8 and len(known) > 20 and max(named) < known[-1]
    said = next(one for one in signals.weekly(build, named[0]).items if one.kind == "lasting")
    assert said.good is False and "一直低于其他支部" in said.sentence


def test_a_building_far_busier_than_its_people_explain_is_named(draw):
    rows = ordinary(np.random.default_rng(4), a_week=15, hazards=6)
    houses = [("D03", "3号楼", "宿舍", "G01", "B1", 500, 6, True, 3),
              ("D10", "10号楼", "宿舍", "G01", "B1", 500, 6, True, 10),
              ("T01", "教学楼A座", "宿舍", "G02", "B2", 500, 5, True, 60)]  # fmt: skip
    for number in range(900):
        at = datetime(2025, 9, 1) + timedelta(hours=11.7 * number)
        rows["tickets"].append(ticket(80_000 + number, at, building_id="D10", category="水电"))
    every = [
        one
        for week in range(12)
        for one in found(draw(buildings=houses, **rows), date(2025, 10, 20) + timedelta(weeks=week)).findings
    ]
    busy = [one for one in every if one.kind == "busy"]
    assert busy and {one.where["building"] for one in busy} == {"D10"}


def test_what_a_signal_is_made_of_names_the_place_with_its_numbers(draw, rows):
    for day in range(5):
        extra(
            rows,
            3,
            WEEK + timedelta(days=day),
            building_id=("D03", "D10", "T01")[day % 3],
            category=("水电", "门锁", "网络", "噪音")[day % 4],
        )
    extra(rows, 25, building_id="T01", category="停电", channel="电话")
    build = draw(**rows)
    count = next(one for one in signals.weekly(build, WEEK).items if one.kind in ("cell", "xmr"))
    assert len(count.examples) == 3 and all(example.record_id.startswith("T") for example in count.examples)
    xmr = next((one for one in signals.weekly(build, WEEK).items if one.kind == "xmr"), None)
    assert (
        xmr is not None
        and xmr.made_of.startswith("主要集中在 教学楼A座 停电：超出往常的 ")
        and "（25 / " in xmr.made_of
    )


def test_the_same_week_is_answered_the_same_whatever_was_asked_before(draw, rows):
    extra(rows, 9, building_id="D03", category="电动车充电")
    build = draw(**rows)
    first = signals.weekly(build, WEEK)
    for cache in (search.of_week, search.homes):
        cache.cache_clear()
    for back in range(5):
        signals.weekly(build, WEEK - timedelta(weeks=back))
    assert signals.weekly(build, WEEK) == first


def test_a_holiday_week_with_hardly_a_record_is_quiet(draw, rows):
    for table, time in (("tickets", "opened_at"), ("hazards", "found_at")):
        rows[table] = [row for row in rows[table] if not datetime(2026, 7, 6) <= row[time] < datetime(2026, 8, 31)]
    rows["hazards"].append(hazard(99_999, datetime(2026, 8, 4), datetime(2026, 8, 5), datetime(2026, 8, 11)))
    said = signals.weekly(draw(**rows), date(2026, 8, 3))
    assert said.items == () and said.sentence.startswith("本周无明显变化（正常波动）；逾期隐患 ")
