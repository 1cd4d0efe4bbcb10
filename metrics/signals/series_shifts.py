"""Signals by XmR charts: the campus's own numbers, and every grid's and branch's, each against its past weeks of the
same phase."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.special import ndtr, stdtr

from metrics.ask.selection import Scope, Selection
from metrics.compare.recent import newest
from metrics.compare.weekly_counts import series
from metrics.compare.weeks import Plan
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import WEEKLY_SERIES_FROM
from metrics.methods import many_tests, spc
from metrics.methods.many_tests import ORDINARY
from metrics.signals.findings import LEVEL, NOTHING, Family, corrected
from metrics.signals.shifts import AreaShift, CampusShift, ChartShift
from warehouse import Build

CAMPUS = (
    "ticket_count",
    "ticket_response_rate",
    "ticket_on_time_rate",
    "ticket_satisfaction_rate",
    "hazard_count",
    "hazard_on_time_rate",
)
AREAS = {
    "grid": ("ticket_count", "hazard_count", "ticket_on_time_rate"),
    "branch": ("ticket_count", "hazard_count", "ticket_on_time_rate", "hazard_on_time_rate"),
}
ORDINARY_SHIFT = 0.03  # on the arcsine scale: rates wander by two or three 百分点 without anything being the matter
SURE = 0.02  # a rate of few cases must be away from its mean by more than its own counting noise, too
RULES = 3  # ways in which one chart can come out, for which its p-value pays
DRAWS = 20_000


def campus(build: Build, plans: dict[str, Plan], only: Selection, scope: Scope) -> Family:
    """XmR of campus metrics: limits from past weeks of the same phase, judged at this week by the four rules.

    `plans` of the tables whose week is whole; numbers of other tables are not judged.
    """
    shifts, chance = [], []
    for metric, _, weeks in _looks(build, plans, CAMPUS, None, only, scope):
        chart = _chart(metric, weeks)
        chance.append(false_alarm(len(weeks.value) - 1))
        if chart.last_rule and (
            chart.last_rule != spc.BEYOND or not metric.is_rate or _counted(metric, weeks, chart) <= SURE
        ):
            p = min(_chance(metric, weeks, chart, False), chance[-1])
            shifts.append(_shift(CampusShift, metric, {}, weeks, chart, p, p))
    return Family(shifts, len(chance), float(sum(chance)))


def areas(build: Build, plans: dict[str, Plan], dimension: str, only: Selection, scope: Scope) -> Family:
    """The same of every grid or branch: a chart's rule must also hold against how many charts there are."""
    looks = [
        (*look, _chart(look[0], look[2])) for look in _looks(build, plans, AREAS[dimension], dimension, only, scope)
    ]
    if not looks:
        return NOTHING
    p = np.array([_chance(metric, weeks, chart, True) for metric, _, weeks, chart in looks])
    correct = many_tests.adjusted(p)
    shifts = [
        _shift(AreaShift, metric, {dimension: area}, weeks, chart, float(chance), float(adjusted))
        for (metric, area, weeks, chart), chance, adjusted in zip(looks, p, correct, strict=True)
        if adjusted <= LEVEL
    ]
    return corrected(shifts, len(looks))


@dataclass(frozen=True)
class _Weeks:
    """One chart's weeks that have a value, oldest first, the judged one last."""

    part: np.ndarray
    whole: np.ndarray
    value: np.ndarray


def _looks(
    build: Build, plans: dict[str, Plan], keys: tuple[str, ...], by: str | None, only: Selection, scope: Scope
) -> Iterator[tuple]:
    """(metric, member, its weeks) of every chart that can be judged in the plans' week."""
    for key in keys:
        metric = catalogue.get(key)
        plan = plans.get(metric.table)
        if plan is None or not (plan.seasonal or metric.is_rate):  # a count follows the calendar, a rate hardly does
            continue
        weekly = series(build, key, by, only, scope)
        rows = weekly.rows(sorted([*plan.baseline, plan.week]))
        if plan.week not in weekly.position:
            continue
        cases = (weekly.whole if metric.is_rate else weekly.part)[rows].mean(0) if rows else np.zeros(len(weekly.names))
        for number, member in enumerate(weekly.names):
            kept = [row for row in rows if np.isfinite(weekly.value[row, number])]
            if len(kept) >= spc.VERDICT_FROM and kept[-1] == rows[-1] and cases[number] >= WEEKLY_SERIES_FROM:
                yield (
                    metric,
                    member,
                    _Weeks(*(array[kept, number] for array in (weekly.part, weekly.whole, weekly.value))),
                )


def _chart(metric: Metric, weeks: _Weeks) -> spc.Xmr:
    return newest(pd.DataFrame(vars(weeks)), metric)


def _shift(
    kind: type[ChartShift],
    metric: Metric,
    where: dict[str, str],
    weeks: _Weeks,
    chart: spc.Xmr,
    p: float,
    adjusted: float,
) -> ChartShift:
    part, whole, now = (float(values[-1]) for values in (weeks.part, weeks.whole, weeks.value))
    return kind(metric, where, now, chart.mean, p, adjusted, part=part, whole=whole, chart=chart)


def _chance(metric: Metric, weeks: _Weeks, chart: spc.Xmr, is_small: bool) -> float:
    """Chance of what the newest point shows under nothing but noise, paid for by the number of rules; 1 without a rule.

    Beyond the limits: by Student's t (the limits are only estimated: 0.62 degrees of freedom a moving range), and for a
    small series no less than by its own counting noise. A run of k on one side: 2^(1−k). k rising or falling: 2 / k!.
    """
    if chart.last_rule is None:
        return 1.0
    past, now = weeks.value[:-1], weeks.value[-1]
    sigma = max((chart.upper - chart.mean) / 3, (chart.mean - chart.lower) / 3, 1e-9)
    z = abs(now - chart.mean) / sigma / np.sqrt(1 + 1 / len(past))
    beyond = 2 * stdtr(0.62 * (len(past) - 1), -z)
    if is_small:
        beyond = max(beyond, _counted(metric, weeks, chart))
    length = _run(np.sign(weeks.value - chart.mean))
    return float(
        min(1.0, RULES * min(beyond, 2.0 ** (1 - length), 0.0004 if chart.last_rule == spc.TREND_RULE else 1.0))
    )


def _counted(metric: Metric, weeks: _Weeks, chart: spc.Xmr) -> float:
    """Two-sided chance by counting alone, ordinary variation between weeks allowed for."""
    if metric.is_rate:
        angle = [np.arcsin(np.sqrt(np.clip(rate, 0, 1))) for rate in (weeks.value[-1], chart.mean)]
        return float(2 * ndtr(-abs(angle[0] - angle[1]) / np.sqrt(1 / (4 * weeks.whole[-1]) + ORDINARY_SHIFT**2)))
    shape = 1 / (ORDINARY**2 + 1 / max(weeks.part[:-1].sum(), 1.0))
    judge = many_tests.negative_binomial_more if weeks.part[-1] > chart.mean else many_tests.negative_binomial_fewer
    return float(min(2 * judge(weeks.part[-1:], np.array([max(chart.mean, 1e-9)]), np.array([shape]))[0], 1.0))


def _run(signs: np.ndarray) -> int:
    other = np.flatnonzero(signs[::-1] != signs[-1])
    return int(other[0]) if len(other) else len(signs)


@lru_cache(maxsize=64)
def false_alarm(points: int) -> float:
    """Chance that a new point of a steady series breaks one of the four rules, its limits being estimated from `points`
    others.

    By drawing 20,000 normal series with a fixed seed: 0.03 for 26 points, more for fewer.
    """
    drawn = np.random.default_rng(20260901).standard_normal((DRAWS, points + 1))
    past, now = drawn[:, :-1], drawn[:, -1]
    ranges = np.abs(np.diff(past, axis=1))
    kept = np.where(ranges < spc.RANGE_SCALE * ranges.mean(1, keepdims=True), ranges, np.nan)
    mean, half = past.mean(1), spc.SCALE * np.nanmean(kept, axis=1)
    away = drawn - mean[:, None]
    last = away[:, -3:]
    sided = np.abs(np.sign(last).sum(1)) == 3
    close = np.abs(last) > half[:, None] * 2 / 3
    broken = (np.abs(now - mean) > half) | (sided & close[:, -1] & (close.sum(1) >= 2))
    if points + 1 >= spc.RUN:
        steps = np.sign(np.diff(drawn[:, -spc.RUN :], axis=1)).sum(1)
        broken |= (np.abs(np.sign(away[:, -spc.RUN :]).sum(1)) == spc.RUN) | (np.abs(steps) == spc.RUN - 1)
    return float(broken.mean())
