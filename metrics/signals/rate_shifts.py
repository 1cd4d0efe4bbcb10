"""Signals on rates over several weeks: branches against their own past, hazards closed suspiciously on the very day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import bdtrc, ndtr

from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK
from metrics.compare.weekly_counts import Series, series
from metrics.compare.weeks import LONG_BASELINE, WAVE, Plan
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import RATE_NOW_FROM, USUAL_RATE_FROM
from metrics.methods import many_tests
from metrics.signals.findings import LEVEL, NOTHING, Family, corrected
from metrics.signals.series_shifts import ORDINARY_SHIFT
from metrics.signals.shifts import BranchRate, BranchShift, DeadlineDay
from warehouse import Build

BRANCH = ("ticket_on_time_rate", "hazard_on_time_rate")
BRANCH_WEEKS = 8


@dataclass(frozen=True)
class Rate:
    """Part and whole, summed over weeks."""

    part: float
    whole: float

    @property
    def value(self) -> float:
        return self.part / self.whole


Look = tuple[Metric, str, Rate, Rate]  # metric, branch, its rate, the rate to compare with


def branches(build: Build, plans: dict[str, Plan], only: Selection, scope: Scope) -> Family:
    """Each branch's last eight weeks against its own weeks of the same phase before: arcsine difference, both
    directions."""
    looks: list[Look] = []
    for key in BRANCH:
        metric = catalogue.get(key)
        plan = plans.get(metric.table)
        if plan is None or len(plan.long_baseline) < 2 * BRANCH_WEEKS:
            continue
        weekly, start = series(build, key, "branch", only, scope), plan.week - WEEK * (BRANCH_WEEKS - 1)
        late = rates(weekly, [start + WEEK * number for number in range(BRANCH_WEEKS)])
        early = rates(weekly, [week for week in plan.long_baseline if week < start])
        looks += [
            (metric, name, late[name], early[name])
            for name in late
            if min(late[name].whole, early[name].whole) >= USUAL_RATE_FROM
        ]
    return judged(BranchShift, looks, BRANCH_WEEKS)


def rates(weekly: Series, weeks: Iterable[date]) -> dict[str, Rate]:
    """Every member's rate over some weeks."""
    rows = weekly.rows(weeks)
    part, whole = weekly.part[rows].sum(0), weekly.whole[rows].sum(0)
    return {name: Rate(float(part[number]), float(whole[number])) for number, name in enumerate(weekly.names)}


def judged(kind: type[BranchRate], looks: list[Look], weeks: int) -> Family:
    """Findings among the looks, corrected together."""
    if not looks:
        return NOTHING
    p = np.array([difference(now, past) for _, _, now, past in looks])
    correct = many_tests.adjusted(p)
    findings = [
        kind(
            metric,
            {"branch": branch},
            now.value,
            past.value,
            float(chance),
            float(adjusted),
            weeks,
            part=now.part,
            whole=now.whole,
        )
        for (metric, branch, now, past), chance, adjusted in zip(looks, p, correct, strict=True)
        if adjusted <= LEVEL
    ]
    return corrected(findings, len(looks))


def difference(now: Rate, past: Rate) -> float:
    """Two-sided chance of two rates as far apart, on the arcsine scale, ordinary wandering allowed for."""
    angle = [np.arcsin(np.sqrt(rate.value)) for rate in (now, past)]
    error = np.sqrt(1 / (4 * now.whole) + 1 / (4 * past.whole) + ORDINARY_SHIFT**2)
    return float(2 * ndtr(-abs(angle[0] - angle[1]) / error))


def deadline_day(build: Build, plan: Plan, only: Selection, scope: Scope) -> Family:
    """Hazards of four weeks closed on the very day of their deadline far more often than in the year before. Whole
    weeks only."""
    metric = catalogue.get("hazard_deadline_day_rate")
    weekly = series(build, metric.key, None, only, scope)
    if plan.days < 7 or plan.week not in weekly.position:
        return NOTHING
    now = rates(weekly, plan.recent)[""]
    past = rates(weekly, [plan.recent[-1] - WEEK * back for back in range(1, LONG_BASELINE + 1)])[""]
    if now.whole < RATE_NOW_FROM or past.whole < USUAL_RATE_FROM:
        return NOTHING
    usual = (past.part + 1) / (past.whole + 2)
    p = float(bdtrc(int(now.part) - 1, int(now.whole), min(usual * (1 + ORDINARY_SHIFT * 10), 0.99)))
    neat = DeadlineDay(metric, {}, now.value, usual, p, p, WAVE, part=now.part, whole=now.whole)
    return Family([neat] if p <= LEVEL / 4 and now.value > 2 * usual else [], 1, LEVEL / 4)
