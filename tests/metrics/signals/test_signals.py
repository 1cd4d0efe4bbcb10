"""Weekly signals on a drawn campus: quiet weeks are quiet, planted things are found, words and links are right."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from metrics.ask import members
from metrics.ask.records import records
from metrics.ask.selection import EVERYTHING, Scope, Selection
from metrics.signals import signals
from tests.metrics.conftest import hazard, ticket

WEEK = date(2026, 11, 9)
FIRST = datetime(2025, 9, 1)
KINDS = ("水电", "门锁", "网络", "噪音")


def ordinary(
    random: np.random.Generator, weeks: int = 64, a_week: float = 60, hazards: float = 24
) -> dict[str, list[dict]]:
    """A Poisson campus from autumn 2025 up to the data date: equal buildings, equal kinds, nothing the matter."""
    tickets, found = [], []
    for week in range(weeks):
        start = FIRST + timedelta(weeks=week)
        for _ in range(random.poisson(a_week)):
            at = start + timedelta(minutes=int(random.integers(7 * 1440)))
            late = random.random() < 0.15
            row = {"building_id": ("D03", "D10", "T01")[random.integers(3)], "category": KINDS[random.integers(4)]}
            tickets.append(
                ticket(
                    len(tickets),
                    at,
                    at + timedelta(days=4 if late else 1),
                    at + timedelta(days=3),
                    satisfied=bool(random.random() < 0.9),
                    responded_at=at,
                    response_due_at=at + timedelta(hours=2),
                    **row,
                )
            )
        for _ in range(random.poisson(hazards)):
            at = start + timedelta(minutes=int(random.integers(7 * 1440)))
            closed = at + timedelta(days=9 if random.random() < 0.15 else float(random.uniform(0.5, 6)))
            found.append(
                hazard(
                    len(found),
                    at,
                    closed,
                    at + timedelta(days=7),
                    building_id=("D03", "T01")[random.integers(2)],
                    category=("消防器材", "用电")[random.integers(2)],
                )
            )
    return {"tickets": tickets, "hazards": found}


@pytest.fixture
def rows():
    return ordinary(np.random.default_rng(11))


def extra(rows: dict, count: int, week: date = WEEK, **more) -> None:
    start = datetime.combine(week, datetime.min.time())
    size = len(rows["tickets"])
    rows["tickets"] += [ticket(size + n, start + timedelta(hours=5 * n % 160), **more) for n in range(count)]


def test_a_quiet_week_says_so(draw, rows):
    found = signals.weekly(draw(**rows), WEEK)
    assert found.items == () and found.tested > 20
    assert found.sentence.startswith("本周无明显变化（正常波动）；逾期隐患 ")
    assert (
        f"共检验 {found.tested} 处，发现 0 项；即使一切正常，平均每周也会误报至多约 {found.expected_false:.1f} 项。"
        == found.note
    )


def test_a_cluster_is_found_named_and_opened(draw, rows):
    extra(rows, 9, building_id="D03", category="电动车充电", unit="保卫处")
    build = draw(**rows)
    top = signals.weekly(build, WEEK).items[0]
    assert (top.kind, top.where, top.place, top.what, top.observed) == (
        "cell",
        {"building": "D03", "category": "电动车充电"},
        "3号楼",
        "电动车充电",
        9,
    )
    assert top.sentence == "3号楼 电动车充电 本周服务工单 9 单，往常每周几乎没有。"
    assert top.responsible == "第1网格 · 第一党支部 · 保卫处" and top.good is False and top.severity == 3
    assert records(build, top.metric, top.window, top.only, top.which)[1] == 9
    assert signals.weekly(build, WEEK).sentence.startswith("本周 1 项异常，主要在 3号楼 电动车充电；")


def test_two_cases_are_never_a_cluster(draw, rows):
    extra(rows, 2, building_id="T01", category="从未见过")
    assert signals.weekly(draw(**rows), WEEK).items == ()


def test_a_busy_week_everywhere_is_one_signal_and_not_one_for_every_place(draw, rows):
    for place in ("D03", "D10", "T01"):
        for kind in KINDS:
            extra(rows, 6, building_id=place, category=kind)
    found = signals.weekly(draw(**rows), WEEK)
    assert [one.kind for one in found.items if one.kind in ("cell", "grid")] == []
    assert "ticket_count" in [one.metric for one in found.items if one.kind == "xmr"]


def test_a_silent_grid_is_silence_and_not_safety(draw, rows):
    quiet = datetime(2026, 10, 5)
    for table, time in (("tickets", "opened_at"), ("hazards", "found_at")):
        rows[table] = [row for row in rows[table] if row["grid_id"] != "G02" or row[time] < quiet]
    found = signals.weekly(draw(**rows), WEEK)
    silent = [one for one in found.items if one.kind == "silent"]
    assert [one.where for one in silent] == [{"grid": "G02"}]
    assert "第2网格 已连续 6 周没有服务工单、安全隐患" in silent[0].sentence and "可能是没人报" in silent[0].sentence
    assert silent[0].responsible.startswith("第2网格 · 第二党支部")


def test_a_wave_is_judged_by_the_same_teaching_weeks_of_earlier_years(draw, rows):
    for week in range(4):
        extra(rows, 14, WEEK - timedelta(weeks=week), category="诈骗", building_id=None)
        extra(rows, 4, date(2025, 11, 10) - timedelta(weeks=week), category="诈骗", building_id=None)
    waves = [one for one in signals.weekly(draw(**rows), WEEK).items if one.kind == "wave"]
    assert [(one.what, one.observed) for one in waves] == [("诈骗", 56)]
    assert "往年同教学周约" in waves[0].sentence


def test_the_same_wave_every_year_is_no_news(draw, rows):
    for week in range(4):
        for start in (WEEK, date(2025, 11, 10)):
            extra(rows, 14, start - timedelta(weeks=week), category="诈骗", building_id=None)
    assert [one for one in signals.weekly(draw(**rows), WEEK).items if one.kind == "wave"] == []


def test_a_rate_that_falls_opens_its_misses(draw, rows):
    for row in rows["tickets"]:
        if row["due_at"] and date(2026, 11, 9) <= row["due_at"].date() < date(2026, 11, 16):
            row |= {"closed_at": row["due_at"] + timedelta(hours=1), "is_on_time": False}
    build = draw(**rows)
    fallen = next(
        one for one in signals.weekly(build, WEEK).items if one.metric == "ticket_on_time_rate" and one.kind == "xmr"
    )
    assert fallen.verdict == "明显偏低" and fallen.good is False and fallen.which == "miss"
    missed = records(build, fallen.metric, fallen.window, fallen.only, fallen.which)[1]
    assert f"（0 / {missed}）" in fallen.sentence


def test_a_branch_that_improves_is_good_news(draw, rows):
    for row in rows["hazards"]:
        row["is_on_time"] = bool(
            row["is_due"]
            and (row["branch_id"] == "B1" or row["due_at"] > datetime(2026, 9, 14) or int(row["hazard_id"][1:]) % 2)
        )
    build = draw(**rows)
    found = [one for one in signals.weekly(build, date(2026, 10, 5)).items if one.kind == "branch"]
    assert [(one.where["branch"], one.metric, one.good) for one in found] == [("B2", "hazard_on_time_rate", True)]
    assert found[0].sentence.startswith("第二党支部 按期整改率近 8 周 ") and found[0].sentence.endswith("持续改善。")
    later = signals.weekly(build, WEEK)
    assert [one for one in later.items if one.kind == "branch"] == [], "news for four weeks, then known"
    assert any(one.startswith("第二党支部 按期整改率近 8 周 100.0 %") for one in later.standing)


def test_a_month_closed_on_the_very_day_is_suspicious(draw, rows):
    for row in rows["hazards"]:
        if row["closed_at"] and date(2026, 10, 19) <= row["closed_at"].date() < date(2026, 11, 16):
            row["is_on_deadline_day"] = True
    build = draw(**rows)
    neat = next(one for one in signals.weekly(build, WEEK).items if one.kind == "deadline")
    assert "恰好在期限当天销号" in neat.sentence and neat.which == "part"
    assert records(build, neat.metric, neat.window, neat.only, neat.which)[1] > 50


def test_an_unfinished_week_is_judged_by_the_days_that_are_over(draw, rows):
    extra(rows, 9, date(2026, 11, 16), building_id="D03", category="电动车充电")
    found = signals.weekly(draw(**rows), date(2026, 11, 18))
    assert [one.what for one in found.items] == ["电动车充电"]


def test_scope_and_filters_hold(draw, rows):
    extra(rows, 9, building_id="D03", category="电动车充电")
    build = draw(**rows)
    assert signals.weekly(build, WEEK, scope=Scope(branches=("B2",))).items == ()
    assert signals.weekly(build, WEEK, Selection(buildings=("T01",))).items == ()
    assert len(signals.weekly(build, WEEK, Selection(buildings=("D03",)), EVERYTHING).items) >= 1


def test_without_a_past_nothing_is_judged(draw):
    rows = {"tickets": [ticket(n, datetime(2026, 11, 9 + n % 6)) for n in range(50)]}
    for build in (draw(**rows), draw()):
        found = signals.weekly(build, WEEK)
        assert found.items == () and found.tested == 0
        assert found.sentence.startswith("数据不足，还不能判断有没有异常")
        assert found.note == "可用的历史周数太少，没有做检验。"


def test_a_holiday_week_is_judged_by_holiday_weeks(draw, rows):
    rows["tickets"] = [
        row
        for row in rows["tickets"]
        if not datetime(2026, 7, 6) <= row["opened_at"] < datetime(2026, 8, 31) or int(row["ticket_id"][1:]) % 10 == 0
    ]
    found = signals.weekly(draw(**rows), date(2026, 8, 24))
    assert [one.kind for one in found.items if one.kind == "silent"] == []


def test_false_alarms_stay_within_what_is_printed(draw):
    """Four quiet campuses, twelve weeks each: fewer signals than expected_false foretells, with room for chance."""
    found, foretold = 0, 0.0
    for seed in range(4):
        build = draw(**ordinary(np.random.default_rng(100 + seed)))
        for back in range(12):
            week = signals.weekly(build, WEEK - timedelta(weeks=back))
            found, foretold = found + week.total, foretold + week.expected_false
    assert found <= foretold + 2 * foretold**0.5


def test_names_sort_as_people_count():
    assert sorted(["10号楼", "3号楼", "教学楼A座"], key=members.natural) == ["3号楼", "10号楼", "教学楼A座"]
