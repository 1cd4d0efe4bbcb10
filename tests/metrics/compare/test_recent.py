"""A tile's week against its weeks, on a build where every week is the same and can be counted by hand."""

import math
from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

import warehouse
from metrics.ask.selection import Selection
from metrics.compare.recent import NEVER, RELIABLY, SOMETIMES, TOO_NEW, Recent, assurance, newest, recent, target_met
from metrics.compare.tiles import Tile
from metrics.define import catalogue
from metrics.define.targets import Target
from metrics.methods import spc
from metrics.methods.verdict import NORMAL, Verdict
from metrics.signals import signals
from tests.metrics.conftest import hazard
from tests.pages import drawn

WEEK = date(2026, 11, 9)


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    home = tmp_path_factory.mktemp("recent")
    name = drawn.write(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(home))
        yield warehouse.get(name)


def test_weeks_are_of_one_phase_and_end_with_the_judged_one(build):
    found = recent(build, "ticket_count", WEEK)
    assert found.weeks[-1] == WEEK and found.values == (10.0,) * len(found.weeks)
    assert not any(
        date(2026, 7, 6) <= week < date(2026, 8, 31) for week in found.weeks
    )  # the summer holiday is left out


def test_the_same_every_week_is_ordinary_and_no_signal(build):
    assert recent(build, "ticket_on_time_rate", WEEK).limits.verdict.is_normal
    assert [signal for signal in signals.weekly(build, WEEK).items if signal.kind == "xmr"] == []


def test_a_tile_judges_by_the_limits_the_signals_use(build):
    found = recent(build, "ticket_count", WEEK, Selection(categories=("门锁",)))
    assert (found.limits.lower, found.limits.mean, found.limits.upper) == (5, 5, 5)
    assert (found.part, found.value) == (5, 5)


def test_an_unfinished_week_has_a_value_but_no_verdict(build):
    found = recent(build, "hazard_overdue_open", date(2026, 11, 16))
    assert found.value == 2 and not found.whole_week
    assert not found.limits.verdict.is_judged


def test_before_the_first_record_nothing_is_known(build):
    found = recent(build, "ticket_count", date(2025, 3, 3))
    assert math.isnan(found.value) and found.limits.verdict.word == "没有数据"
    assert target_met(found) is None


def test_a_stock_is_judged_by_its_changes(build):
    found = recent(build, "hazard_overdue_open", WEEK)
    assert found.of_changes and found.limits.n == len(found.weeks) - 1
    assert assurance(found) == ""


@pytest.mark.parametrize(
    ("better", "lower", "upper", "said"),
    [("up", 0.86, 0.95, RELIABLY), ("up", 0.80, 0.95, SOMETIMES), ("up", 0.70, 0.84, NEVER),
     ("down", 0.70, 0.84, RELIABLY), ("down", 0.80, 0.95, SOMETIMES), ("down", 0.86, 0.95, NEVER)],
)  # fmt: skip
def test_whether_a_target_can_be_relied_on(better, lower, upper, said):
    metric = replace(catalogue.get("ticket_satisfaction_rate"), better=better, target=0.85)
    limits = spc.Xmr(26, (lower + upper) / 2, lower, upper, [], False, Verdict(NORMAL))
    found = Recent(metric, (), (), 9, 10, 0.9, limits, False, True)
    assert assurance(found) == said
    assert target_met(found) is (better == "up")


def test_after_a_step_a_target_is_relied_on_by_the_weeks_since_alone(build):
    """The past under the old target says nothing of the new one; few weeks say so."""

    def stepped(day: date) -> Recent:
        aims = (
            Target(0.1, date(2020, 1, 6), day - timedelta(days=1), "例会", "1 号"),
            Target(0.99, day, None, "例会", "2 号"),
        )
        return recent(build, replace(catalogue.get("ticket_on_time_rate"), targets=aims, target=0.99), WEEK)

    weeks = recent(build, "ticket_on_time_rate", WEEK).weeks
    early, late, not_yet = stepped(weeks[-14]), stepped(weeks[-4]), stepped(WEEK + timedelta(days=7))
    assert early.held and early.held.n == 14 and not early.held.provisional
    assert assurance(late) == TOO_NEW and late.metric.target == 0.99
    assert not_yet.held is None and not_yet.metric.target == 0.1
    assert assurance(not_yet) == RELIABLY, "0.1 is met every week"
    early = replace(early, held=replace(early.held, lower=0.7, upper=0.9), limits=replace(early.limits, lower=0.995))
    assert assurance(early) == NEVER, "by the weeks since, whatever the limits of all weeks"
    assert Tile(late, "", ()).target == "目标 99.0 %：未达标 · 新目标满 12 周再看是否稳定"
    assert Tile(early, "", ()).target == "目标 99.0 %：未达标 · 稳定不达标"
    assert Tile(replace(early, value=1.0), "", ()).target == "目标 99.0 %：达标，此前稳定不达标"


def weeks_of(parts: list[float], wholes: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"part": parts, "whole": wholes}, dtype=float)
    return frame.assign(value=frame["part"] / frame["whole"].where(frame["whole"] > 0))


@pytest.mark.parametrize(
    ("key", "parts", "wholes", "word"),
    [
        ("hazard_overdue_open", [0.0] * 20 + [1], [1.0] * 21, "样本太小，不判断"),  # 0 → 1 has no colour
        ("hazard_overdue_open", [1.0] * 20 + [0], [1.0] * 21, "样本太小，不判断"),
        ("ticket_on_time_rate", [50.0] * 20 + [30], [50.0] * 21, "明显偏低"),  # always 100 %, then 60 % of fifty
        ("ticket_on_time_rate", [1.0] * 20 + [0], [1.0] * 21, "正常波动"),  # one of one missed says little
        ("ticket_on_time_rate", [9.0, 8.0] * 10 + [0], [10.0] * 20 + [0], "没有数据"),  # never the week before it
    ],
)
def test_limits_of_no_width_and_empty_weeks_judge_nothing(key, parts, wholes, word):
    found = newest(weeks_of(parts, wholes), catalogue.get(key))
    assert found.verdict.word == word
    assert found.verdict.good("up") is (False if word.startswith("明显") else None)


def test_rare_cases_are_judged_by_the_days_between_them(draw):
    """A hazard every fortnight or so: two in one week are nothing, seven on seven days are 明显偏多."""
    usual = [datetime(2025, 9, 1, 9)]
    while usual[-1] < datetime(2026, 10, 20):
        usual.append(usual[-1] + timedelta(days=(3, 26, 9, 15, 31, 6, 18, 12)[len(usual) % 8]))
    week = [datetime(2026, 11, 9, 10) + timedelta(days=day) for day in range(7)]

    def verdict(*more: datetime) -> Verdict:
        rows = [hazard(number, moment) for number, moment in enumerate([*usual, *more])]
        limits = recent(draw(hazards=rows), "hazard_count", WEEK).limits
        assert limits.flat, "its limits are not drawn"
        return limits.verdict

    assert verdict().told == "与平常比，正常波动" and verdict(*week[:2]).is_normal
    assert verdict(*week).told == "比平常明显偏多"
