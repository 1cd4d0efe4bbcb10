"""One metric's week against the weeks it may be judged by: what a tile and the brief say about it, and nothing else
says otherwise.

The weeks and the limits are those of signals.weekly (same phase, no mixing of holidays with term, limits from the past
weeks only), so a tile never contradicts the headline above it.
"""

from dataclasses import dataclass
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
from metrics.methods import spc
from warehouse import Build

RELIABLY, NEVER, SOMETIMES = "稳定达标", "现状达不到", "尚不稳定"


@dataclass(frozen=True)
class Recent:
    """`weeks` (Mondays, oldest first, the judged one last) and their `values`; part, whole and value of the judged
    week.

    `limits` are of the values, except for a stock (`of_changes`): what is left over from week to week depends on the
    week before, so its changes are judged, not its level.
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
        return spc.is_good(self.limits.verdict, self.metric.better)


def recent(build: Build, metric: str | Metric, week: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> Recent:
    """The week that begins on the Monday of `week`. An unfinished week has its value so far and no verdict."""
    metric, week = catalogue.get(metric), monday(week)
    wanted = _weeks(build, metric, week)
    series = measure(build, metric, Window(wanted[0], week + WEEK), every="week", only=only, scope=scope)
    series = series[series["period"].isin([pd.Timestamp(start) for start in wanted])]
    now, stock = series.iloc[-1], metric.is_standing
    finished = bool(now["complete"])
    values = series["value"].to_numpy(float, copy=True)
    judged = np.diff(values) if stock else values
    if not finished or len(judged) < 2:
        judged = judged[:0]
    ceiling = 1.0 if metric.is_rate else None
    limits = spc.xmr(judged, metric.better, max(len(judged) - 1, 0), None if stock else 0.0, None if stock else ceiling)
    if week + WEEK <= first_day(build, metric.table):  # before the first record: nothing is known, which is not zero
        values[-1] = np.nan
    return Recent(
        metric, tuple(wanted), tuple(values), now["part"], now["whole"], float(values[-1]), limits, stock, finished
    )


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
