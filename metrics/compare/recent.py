"""One metric's week against the weeks it may be judged by: what a tile and the brief say about it, and nothing else
says otherwise.

The weeks and the limits are those of signals.weekly (same phase, no mixing of holidays with term, limits from the past
weeks only), so a tile never contradicts the headline above it.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from metrics.ask.first_day import first_day, first_whole_week
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare.weeks import plan
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import RARE_BELOW
from metrics.methods import spc, time_between, verdict
from metrics.methods.verdict import NOTHING, Verdict
from warehouse import Build

RELIABLY, NEVER, SOMETIMES = "稳定达标", "现状达不到", "尚不稳定"


@dataclass(frozen=True)
class Recent:
    """`weeks` (Mondays, oldest first, the judged one last) and their `values`; part, whole and value of the judged
    week.

    `limits` are of the values, except for a stock (`of_changes`): what is left over from week to week depends on the
    week before, so its changes are judged, not its level. Of rare cases the verdict is of the days between them, and
    the limits are not drawn.
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

    @property
    def good(self) -> bool | None:
        return self.limits.verdict.good(self.metric.better)


def recent(build: Build, metric: str | Metric, week: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> Recent:
    """The week that begins on the Monday of `week`. An unfinished week has its value so far and no verdict."""
    metric, week = catalogue.get(metric), monday(week)
    wanted = _weeks(build, metric, week)
    series = measure(build, metric, Window(wanted[0], week + WEEK), every="week", only=only, scope=scope)
    series = series[series["period"].isin([pd.Timestamp(start) for start in wanted])]
    now, stock = series.iloc[-1], metric.is_standing
    finished = bool(now["complete"])
    values = series["value"].to_numpy(float, copy=True)
    limits = newest(series if finished else series.iloc[:0], metric)
    if finished and is_rare(series["value"].to_numpy(float)[:-1], metric):
        limits = replace(limits, verdict=_between(build, metric, wanted, only, scope), flat=True)
    if week + WEEK <= first_day(build, metric.table):  # before the first record: nothing is known, which is not zero
        values[-1] = np.nan
    if np.isnan(values[-1]):
        limits = _empty(limits)
    return Recent(
        metric, tuple(wanted), tuple(values), now["part"], now["whole"], float(values[-1]), limits, stock, finished
    )


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
    """Half the width that counting alone gives the newest share where it was always the same before (always 100 %)."""
    if not metric.kind.is_share_of_cases or metric.is_standing or not len(series) or not series["whole"].iloc[-1] > 0:
        return 0.0
    past, size = series.iloc[:-1][["part", "whole"]].sum(), series["whole"].iloc[-1]
    share = (past["part"] + 1) / (past["whole"] + 2)
    return float(3 * np.sqrt(share * (1 - share) / size))


def is_rare(past: np.ndarray, metric: Metric) -> bool:
    """Whether cases come so seldom that the days between them say more than their number a week."""
    known = past[np.isfinite(past)]
    return metric.kind.counts_rows and metric.is_amount and len(known) > 0 and 0 < known.mean() < RARE_BELOW


def _between(build: Build, metric: Metric, weeks: list[date], only: Selection, scope: Scope) -> Verdict:
    """The days between cases, counted over the comparable weeks alone; the last week's are judged by those before."""
    daily = measure(build, metric, Window(weeks[0], weeks[-1] + WEEK), every="day", only=only, scope=scope)
    daily = daily[[monday(day.date()) in set(weeks) for day in daily["period"]]]
    at = np.repeat(np.arange(len(daily)), daily["value"].fillna(0).astype(int))
    fresh = int((at >= len(daily) - 7).sum())
    waited = float(len(daily) - at[-1]) if len(at) else float(len(daily))
    return time_between.judged(np.diff(at), waited, "平常", fresh)


def _weeks(build: Build, metric: Metric, week: date) -> list[date]:
    first = first_whole_week(build, metric.table)
    if week < first:
        return [week]
    return sorted([*plan(build, week, first).baseline, week])


def assurance(judged: Recent) -> str:
    """Whether the process can be relied on to meet the target: 稳定达标, 尚不稳定, 现状达不到; '' where nobody can say
    yet."""
    metric, limits = judged.metric, judged.limits
    if metric.target is None or judged.of_changes or limits.provisional or np.isnan(limits.lower):
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
