"""The review on drawn tables: own past first, honest words, nothing judged that must not be."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from metrics.ask.measure import measure
from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import own_past
from metrics.branches import periods as branch_periods
from metrics.branches import portrait as branch_portrait
from metrics.branches import review as branch_review
from metrics.branches.own_past import CHANCE, FELL, ROSE, UNTOLD, Earlier
from tests.metrics.conftest import BUILDINGS, hazard

MORE = [("D20", "20号楼", "宿舍", "G01", "B3", 300, 6, True, 20)]
THIRD = {"branch_id": "B3", "name": "第三党支部", "brand": "灯塔", "members": 8, "sort_order": 3}
FOURTH = {"branch_id": "B4", "name": "第四党支部", "brand": "守望", "members": 8, "sort_order": 4}
AT = {"B1": "D03", "B2": "T01", "B3": "D20"}
NOW, THEN = datetime(2026, 10, 5, 9), datetime(2025, 10, 6, 9)


def due(branch: str, on_time: int, late: int, day: datetime, first: int) -> list[dict]:
    """Hazards of a branch due nine hours after `day`: closed within the hour, or not at all."""
    place = {"building_id": AT[branch], "branch_id": branch}
    good = [hazard(first + n, day, day + timedelta(hours=1), day + timedelta(hours=9), **place) for n in range(on_time)]
    return good + [hazard(first + on_time + n, day, None, day + timedelta(hours=9), **place) for n in range(late)]


def reviewed(draw, hazards: list[dict], scope: Scope = EVERYTHING, key: str = "2026-1", **tables):
    build = draw(hazards=hazards, buildings=BUILDINGS + MORE, branches=[THIRD, FOURTH], **tables)
    return branch_review.review(build, branch_periods.period(build, key), scope)


def usual() -> list[dict]:
    """B1 improves from 40 of 80 to 76 of 80; B2 and B3 stay at 72 of 80; B4 looks after nothing. Records since autumn
    2024."""
    rows = [hazard(n, datetime(2024, 9, 3), datetime(2024, 9, 4), building_id="D03") for n in range(10)]
    for at, (branch, now, then) in enumerate((("B1", 76, 40), ("B2", 72, 72), ("B3", 72, 72))):
        rows += due(branch, now, 80 - now, NOW, 1000 + at * 200) + due(branch, then, 80 - then, THEN, 3000 + at * 200)
    return rows


@pytest.fixture
def found(draw):
    return reviewed(draw, usual())


def test_the_improver_is_found_against_its_own_past_and_nobody_else(found):
    own = {one.branch: one.earlier for one in found.outcome("hazard_on_time_rate").standings}
    assert (own["B1"].verdict, own["B1"].good, own["B1"].part, own["B1"].whole) == (ROSE, True, 40, 80)
    assert (
        "上年同学期 50.0 %（40 / 80）" in own["B1"].words
        and own["B1"].words.endswith("，明显偏高")
        and own["B1"].period.key == "2025-1"
    )
    assert (own["B2"].verdict, own["B2"].good) == (CHANCE, None) and own["B2"].words.endswith("，正常波动")
    assert "本期未满" in own["B2"].words, "a term half over is compared over as many days"
    assert found.headline.startswith(
        "2026-2027学年第一学期：与自己的过去比，第一党支部按期整改率好转（50.0 % → 95.0 %）"
    )


def test_a_branch_that_looks_after_nothing_shows_no_number(found):
    standing = found.outcome("hazard_on_time_rate").of("B4")
    assert (
        (standing.part, standing.whole, standing.rank) == (0, 0, None)
        and np.isnan(standing.value)
        and np.isnan(standing.expected_value)
    )
    assert found.outcome("hazard_on_time_rate").metric.show(standing.value) == "—"


def test_equal_branches_are_not_ranked_and_the_words_say_so(draw):
    rows = [row for at, branch in enumerate(AT) for row in due(branch, 70 + at, 10 - at, NOW, 1000 + at * 200)]
    outcome = reviewed(draw, rows).outcome("hazard_on_time_rate")
    assert all(one.verdict.is_normal for one in outcome.standings if one.whole)
    assert {one.word for one in outcome.standings} == {"样本太小，不排名"} and outcome.sentence.endswith(
        "与预期比都在正常波动内，不排名。"
    )


def test_reporting_more_hazards_never_lowers_a_branch(draw):
    """Three hundred more reports at B2, due after the data date: its rate, its band and everybody's rank stay as they
    are."""
    later = [hazard(9000 + n, NOW, None, datetime(2027, 1, 5), building_id="T01", branch_id="B2") for n in range(300)]
    before, after = (reviewed(draw, usual() + more) for more in ([], later))
    for key in ("hazard_on_time_rate", "hazard_recurrence_rate"):
        assert [(one.branch, one.part, one.whole, one.verdict, one.rank) for one in before.outcome(key).standings] == [
            (one.branch, one.part, one.whole, one.verdict, one.rank) for one in after.outcome(key).standings
        ]
    reporting = after.outcome("hazard_reporting_rate")
    assert not reporting.is_compared and {(one.is_judged, one.rank, one.word) for one in reporting.standings} == {
        (False, None, "")
    }
    assert "不拉低" in reporting.note


def test_a_source_that_never_came_says_so_and_is_not_compared(found):
    wishes = found.outcome("wish_fulfilled_rate")
    assert not wishes.is_compared and wishes.standings == () and "还没有收到" in wishes.note
    assert any("微心愿" in one for one in found.cautions)


def test_a_term_not_over_and_records_of_nobody_are_cautions(draw):
    lost = [{**row, "building_id": None, "branch_id": None} for row in due("B1", 5, 0, NOW, 8000)]
    said = reviewed(draw, usual() + lost).cautions
    assert any("还没有结束" in one for one in said) and any(
        "5 条记录的地点认不出归哪个支部" in one and "共 245 条" in one for one in said
    )


def test_fewer_than_thirty_are_counts_in_its_own_past_too(draw):
    rows = [hazard(1, datetime(2024, 9, 3), building_id="D03"), *due("B1", 8, 2, NOW, 100), *due("B1", 2, 8, THEN, 300)]
    own = reviewed(draw, rows).outcome("hazard_on_time_rate").of("B1").earlier
    assert (own.verdict, own.good) == (
        UNTOLD,
        None,
    ) and "本期 8 / 10，上年同学期 2 / 10；不足 30，只看数量" in own.words


def test_recurrence_is_not_compared_before_ninety_days_have_been_watched(found):
    assert "还没满 90 天" in found.outcome("hazard_recurrence_rate").of("B1").earlier.words


def test_before_the_records_there_is_no_past(draw):
    own = reviewed(draw, due("B1", 40, 0, NOW, 100)).outcome("hazard_on_time_rate").of("B1").earlier
    assert own.period is None and own.words == "没有更早的数据，不与自己的过去比"


def test_a_viewer_of_one_branch_sees_it_alone_and_compares_nothing(draw):
    found = reviewed(draw, usual(), Scope(branches=("B1",)))
    outcome = found.outcome("hazard_on_time_rate")
    assert (
        [one.branch for one in outcome.standings] == ["B1"] and not outcome.is_compared and "不足 3 个" in outcome.note
    )
    assert outcome.of("B1").earlier.verdict == ROSE


def test_fishers_test_is_that_of_r():
    """R's fisher.test on Fisher's tea tasting prints p = 0.4857; on Job satisfaction's 2 x 2 corner it is 1."""
    assert own_past.fisher(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)


def test_many_comparisons_are_corrected_together():
    """A p of 0.03 alone is a change; among ninety-nine of 0.5 it only leans."""
    one = Earlier(None, 1, 2, 0.5, "变了", FELL)
    assert own_past.judged([one], [0.03], ["up"])[0].good is False
    assert own_past.judged([one] * 100, [0.03] + [0.5] * 99, ["up"] * 100)[0].verdict == "偏低，尚不足以定论"
    assert own_past.judged([one], [float("nan")], ["up"]) == [one]


def test_without_a_record_nothing_is_said_of_anybody(empty):
    found = branch_review.review(empty, branch_periods.period(empty))
    assert found.headline == "2026-2027学年第一学期：还没有可以评议的记录"
    assert all(one.standings == () and one.note for one in found.outcomes)


def test_a_period_that_runs_is_counted_as_far_as_its_days_are_over_now_and_in_its_past(draw):
    """A ticket due on the morning of the data date is in none of the two: 79 of 81, not 80 of 82 beside them."""
    rows = [*usual(), *due("B1", 1, 0, datetime(2026, 11, 21, 23), 9000)]
    outcome = reviewed(draw, rows).outcome("hazard_on_time_rate")
    own = outcome.of("B1")
    assert (own.part, own.whole) == (76, 80) and f"{own.part:.0f} / {own.whole:.0f}" in own.earlier.words
    period = branch_periods.period(draw(hazards=rows))
    assert (period.counted.last_day, period.window.last_day > period.counted.last_day) == (period.until, True)


@pytest.mark.parametrize("key", ["2026-1", "M2026-10", "Y2026", "P2026"])
def test_whatever_the_records_are_the_numbers_are_those_of_the_measures(campus, key):
    period = branch_periods.period(campus, key)
    found = branch_review.review(campus, period)
    for outcome in found.outcomes:
        rows = measure(campus, outcome.metric, period.counted, "branch").set_index("branch")
        for one in outcome.standings:
            if one.branch in rows.index:
                assert (one.part, one.whole) == pytest.approx(
                    (rows.at[one.branch, "part"], rows.at[one.branch, "whole"])
                )
            assert one.rank is None and one.earlier.words, "two branches are never ranked"
    assert branch_portrait.portrait(campus, "B1", period).branch == "B1"
