"""One metric's week against the weeks it may be judged by: what a tile and the brief say about it, and nothing else
says otherwise.

The weeks and the limits are those of signals.weekly (same phase, no mixing of holidays with term, limits from the past
weeks only), so a tile never contradicts the headline above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from metrics.ask.first_day import first_day, first_whole_week
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare.weeks import plan
from metrics.define import catalogue, targets
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import RARE_BELOW
from metrics.methods import spc, time_between, verdict
from metrics.methods.verdict import NOTHING, Verdict
from warehouse import Build

ONE_IN_740 = 0.00135
USUAL = "平常"
SAME_DAY = 0.5  # days between two cases of one day, whose hours are not compared
RELIABLY, NEVER, SOMETIMES = "稳定达标", "稳定不达标", "尚不稳定"
TOO_NEW = f"新目标满 {spc.PROVISIONAL_BELOW} 周再看是否稳定"


@dataclass(frozen=True)
class Recent:
    """`weeks` (Mondays, oldest first, the judged one last) and their `values`; part, whole and value of the judged
    week.

    `limits` are of the values, except for a stock (`of_changes`): what is left over from week to week depends on the
    week before, so its changes are judged, not its level. Of rare cases the verdict is of the days between them, and
    the limits are not drawn. `metric` has the target of the week's last day; `held` are the limits of the weeks since
    that target stepped, None where it did not step among them.
    """

    metric: Metric
    weeks: tuple[date, ...]
    values: tuple[float, ...]
    part: float
    whole: float
    value: float
    limits: spc.Xmr
    of_changes: bool
    whole_week: bool
    held: spc.Xmr | None = None

    @property
    def good(self) -> bool | None:
        return self.limits.verdict.good(self.metric.better)


@dataclass(frozen=True)
class Between:
    """Cases that come too seldom for weeks: the `days` of them, `gaps` in comparable days from each to the next,
    `waited` since the last, how many of the gaps are `fresh` (end in the judged week), and the verdict on those."""

    days: tuple[date, ...]
    gaps: tuple[float, ...]
    waited: float
    fresh: int
    verdict: Verdict


def recent(build: Build, metric: str | Metric, week: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> Recent:
    """The week that begins on the Monday of `week`. An unfinished week has its value so far and no verdict."""
    week = monday(week)
    metric = catalogue.get(metric).at(Window.week(week).last_day)
    wanted = _weeks(build, metric, week)
    series = measure(build, metric, Window(wanted[0], week + WEEK), every="week", only=only, scope=scope)
    series = series[series["period"].isin([pd.Timestamp(start) for start in wanted])]
    now, stock = series.iloc[-1], metric.is_standing
    finished = bool(now["complete"])
    values = series["value"].to_numpy(float, copy=True)
    limits = newest(series if finished else series.iloc[:0], metric)
    if finished and is_rare(series["value"].to_numpy(float)[:-1], metric):
        limits = replace(limits, verdict=between(build, metric, wanted, only, scope).verdict, flat=True)
    if week + WEEK <= first_day(build, metric.table):  # before the first record: nothing is known, which is not zero
        values[-1] = np.nan
    if np.isnan(values[-1]):
        limits = _empty(limits)
    return Recent(
        metric,
        tuple(wanted),
        tuple(values),
        now["part"],
        now["whole"],
        float(values[-1]),
        limits,
        stock,
        finished,
        _since_step(series, metric, week) if finished else None,
    )


def _since_step(series: pd.DataFrame, metric: Metric, week: date) -> spc.Xmr | None:
    """Limits of the weeks held against the target of `week` alone; None where all of them were."""
    first = targets.since(metric.targets, Window.week(week).last_day)
    if first is None or series["period"].iloc[0] >= pd.Timestamp(monday(first)):
        return None
    return newest(series[series["period"] >= pd.Timestamp(monday(first))], metric)


def newest(series: pd.DataFrame, metric: Metric) -> spc.Xmr:
    """The last of comparable periods (part, whole, value, oldest first) against those before it, which alone make the
    limits: its level, of what stands at a moment its change. An empty last period has no verdict but that it is empty.
    """
    stock = metric.is_standing
    values = series["value"].to_numpy(float)
    judged = np.diff(values) if stock else values
    judged = judged if len(judged) > 1 else judged[:0]
    before = int(np.isfinite(judged[:-1]).sum())
    sides = verdict.sides(metric.kind.is_level)
    lowest, highest = (None, None) if stock else (0.0, 1.0 if metric.is_rate else None)
    limits = spc.xmr(judged, metric.better, before, lowest, highest, sides=sides, least=_counting(series, metric))
    if len(judged) and not np.isfinite(judged[-1]):
        return _empty(limits)
    return limits


def _empty(limits: spc.Xmr) -> spc.Xmr:
    return replace(limits, verdict=Verdict(NOTHING), last_rule=None, direction=0)


def _counting(series: pd.DataFrame, metric: Metric) -> float:
    """Half the width that counting alone gives the newest share where it hardly ever moved before (always 100 %): to
    the count that chance would undercut once in 740 weeks, as beyond three standard deviations."""
    values = series["value"].to_numpy(float)
    if not metric.kind.is_share_of_cases or metric.is_standing or len(values) < 3 or not np.isfinite(values[-1]):
        return 0.0
    moved = np.abs(np.diff(values[:-1][np.isfinite(values[:-1])]))
    if not len(moved) or np.median(moved) > 0:
        return 0.0
    from scipy.stats import binom  # slow to load

    past, size = series.iloc[:-1][["part", "whole"]].sum(), float(series["whole"].iloc[-1])
    share = (past["part"] + 1) / (past["whole"] + 2)
    common = max(share, 1 - share)
    return float(common - (binom.ppf(ONE_IN_740, size, common) - 0.5) / size)


def is_rare(past: np.ndarray, metric: Metric) -> bool:
    """Whether cases come so seldom that the days between them say more than their number a week."""
    known = past[np.isfinite(past)]
    return metric.kind.counts_rows and metric.is_amount and len(known) > 0 and 0 < known.mean() < RARE_BELOW


def between(
    build: Build, metric: str | Metric, weeks: Sequence[date], only: Selection = ALL, scope: Scope = EVERYTHING
) -> Between:
    """The days between cases, counted over the comparable weeks alone; the last week's are judged by those before."""
    metric = catalogue.get(metric)
    daily = measure(build, metric, Window(weeks[0], weeks[-1] + WEEK), every="day", only=only, scope=scope)
    daily = daily[[monday(day.date()) in set(weeks) for day in daily["period"]]]
    at = np.repeat(np.arange(len(daily)), daily["value"].fillna(0).astype(int))
    fresh = min(int((at >= len(daily) - 7).sum()), max(len(at) - 1, 0))
    gaps = tuple(float(gap) for gap in np.maximum(np.diff(at), SAME_DAY))
    waited = float(len(daily) - at[-1]) if len(at) else float(len(daily))
    days = tuple(daily["period"].iloc[one].date() for one in at)
    return Between(days, gaps, waited, fresh, time_between.judged(gaps, waited, USUAL, fresh))


def _weeks(build: Build, metric: Metric, week: date) -> list[date]:
    first = first_whole_week(build, metric.table)
    if week < first:
        return [week]
    return sorted([*plan(build, week, first).baseline, week])


def assurance(judged: Recent) -> str:
    """Whether the process can be relied on to meet the target: 稳定达标, 尚不稳定, 稳定不达标; '' where nobody can say
    yet. After a step of the target only by the weeks since (TOO_NEW while they are few)."""
    metric, limits = judged.metric, judged.held or judged.limits
    if metric.target is None or judged.of_changes:
        return ""
    if judged.held and limits.provisional:
        return TOO_NEW
    if limits.provisional or np.isnan(limits.lower):
        return ""
    if metric.better == "down":
        worst, best, goal = -limits.upper, -limits.lower, -metric.target
    else:
        worst, best, goal = limits.lower, limits.upper, metric.target
    return RELIABLY if worst >= goal else NEVER if best < goal else SOMETIMES


def target_met(judged: Recent) -> bool | None:
    """None without a target or a value; NaN never counts as met."""
    metric = judged.metric
    if metric.target is None or np.isnan(judged.value):
        return None
    return bool(judged.value <= metric.target if metric.better == "down" else judged.value >= metric.target)
