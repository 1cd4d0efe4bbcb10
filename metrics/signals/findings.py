"""The tests on counts behind the weekly signals: arrays in, findings out. Each family is corrected for its own number
of looks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.compare.weekly_counts import Counts
from metrics.compare.weeks import Plan
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import CLUSTER_FROM, JUDGED_WEEKS_FROM, LONG_BASELINE_FROM, SILENCE_FROM
from metrics.methods import many_tests
from metrics.methods.many_tests import ORDINARY
from metrics.signals.bursts import BusyGrid, Cluster, Silence, Wave
from metrics.signals.finding import Finding

LEVEL = 0.02  # of every family: with a dozen families chance alone then brings a signal every third or fourth week
LONGEST_SILENCE = 16


@dataclass(frozen=True)
class Family:
    """Findings of one kind of test, how many tests it took, and how many findings chance alone brings on average.

    `standing` came out too, but are no news: they have been so for long.
    """

    findings: Sequence[Finding]
    tested: int
    expected_false: float = 0.0
    standing: Sequence[Finding] = ()


NOTHING = Family((), 0)
COUNT_OF = {"tickets": "ticket_count", "hazards": "hazard_count"}


def count_of(table: str) -> Metric:
    """The metric that counts a table's records."""
    return catalogue.get(COUNT_OF[table])


def corrected(findings: Sequence[Finding], looks: int, standing: Sequence[Finding] = ()) -> Family:
    """A family corrected by Benjamini–Hochberg at LEVEL."""
    return Family(findings, looks, many_tests.false_discoveries(looks, LEVEL), standing)


def widened(shape: np.ndarray) -> np.ndarray:
    """Shape of the predictive law once ordinary variation between weeks is added to not knowing the rate."""
    return 1 / (1 / np.maximum(shape, 1e-6) + ORDINARY**2)


def _usual(past: np.ndarray, weeks: int, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(expected a week, shape): the own past with one week of the prior added, so that nothing expects exactly 0."""
    return (past + prior) / (weeks + 1), widened(past + prior)


def _busier(now: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """How much busier everybody else is this week: nothing is a signal because the whole campus is. Never below 1."""
    rest_now, rest_usual = now.sum(0) - now, usual.sum(0) - usual
    return np.maximum((rest_now + 1) / (rest_usual + 1), 1.0)


def cells(counts: Counts, plan: Plan) -> Family:
    """Building × category: more this week than its own past same-phase weeks foretell."""
    if len(plan.baseline) < JUDGED_WEEKS_FROM or not counts.cells.size:
        return NOTHING
    past, now = counts.cells[counts.rows(plan.baseline)].sum(0), counts.cells[counts.position[plan.week]]
    weeks = len(plan.baseline)
    prior = past.sum(1, keepdims=True) * past.sum(0, keepdims=True) / max(past.sum(), 1) / weeks
    prior = np.maximum(prior, past.sum() / past.size / weeks * 0.1)
    expected, shape = _usual(past, weeks, prior)
    expected = expected * _busier(now, expected)
    p = np.where((past > 0) | (now > 0), many_tests.negative_binomial_more(now, expected, shape), np.nan)
    correct = many_tests.adjusted(p)
    hits = np.argwhere((np.nan_to_num(correct, nan=1.0) <= LEVEL) & (now >= CLUSTER_FROM))
    metric = count_of(counts.table)
    clusters = [
        Cluster(
            metric,
            {"building": counts.buildings[b], "category": counts.categories[c]},
            float(now[b, c]),
            float(expected[b, c]),
            float(p[b, c]),
            float(correct[b, c]),
        )
        for b, c in hits
    ]
    return corrected(clusters, int(np.isfinite(p).sum()))


def grids(counts: Counts, plan: Plan) -> Family:
    """Grids: more this week than their own past same-phase weeks foretell."""
    if len(plan.baseline) < JUDGED_WEEKS_FROM or not counts.by_grid.size:
        return NOTHING
    past, now = counts.by_grid[counts.rows(plan.baseline)].sum(0), counts.by_grid[counts.position[plan.week]]
    expected, shape = _usual(past, len(plan.baseline), np.full(len(past), past.mean() / len(plan.baseline)))
    expected = expected * _busier(now, expected)
    p = many_tests.negative_binomial_more(now, expected, shape)
    correct = many_tests.adjusted(p)
    metric = count_of(counts.table)
    busy = [
        BusyGrid(
            metric,
            {"grid": counts.grids[g]},
            float(now[g]),
            float(expected[g]),
            float(p[g]),
            float(correct[g]),
        )
        for g in np.flatnonzero((correct <= LEVEL) & (now >= CLUSTER_FROM))
    ]
    return corrected(busy, len(p))


def quiet(counts: Counts, plan: Plan) -> dict[str, int]:
    """Grid → for how many weeks of this stretch of the phase, going back from the plan's own, nothing came."""
    back = counts.by_grid[counts.rows(plan.stretch[:LONGEST_SILENCE])]
    return dict(zip(counts.grids, np.cumprod(back == 0, axis=0).sum(0).tolist(), strict=True))


def silence(counts: Counts, plan: Plan) -> Family:
    """Grids without a record for longer than chance allows where at least three a week are usual: silent, not safe.

    Looked at is the time since the last record, in whole weeks of the phase (a t chart of the gap still open); what was
    to be expected in it follows how quiet the rest of the campus was in the same weeks.
    """
    if plan.days < 7 or len(plan.long_baseline) < LONG_BASELINE_FROM or not counts.by_grid.size:
        return NOTHING
    past = counts.by_grid[counts.rows(plan.long_baseline)].sum(0)
    weekly = past / len(plan.long_baseline)
    looked = weekly >= SILENCE_FROM
    back = counts.by_grid[counts.rows(plan.stretch[:LONGEST_SILENCE])]
    rest = (back.sum(1, keepdims=True) - back) / np.maximum(weekly.sum() - weekly, 1e-9)
    nothing = np.cumprod(back == 0, axis=0)  # 1 as long as nothing came, going back from this week
    weeks, foreseen = nothing.sum(0), (nothing * np.minimum(rest, 1.0)).sum(0) * weekly
    p = np.where(
        looked,
        np.where(weeks > 0, many_tests.negative_binomial_fewer(np.zeros(len(past)), foreseen, widened(past)), 1.0),
        np.nan,
    )
    correct = many_tests.adjusted(p)
    metric = count_of(counts.table)
    silent = [
        Silence(
            metric,
            {"grid": counts.grids[g]},
            0.0,
            float(weekly[g]),
            float(p[g]),
            float(correct[g]),
            int(weeks[g]),
            silent_in=(counts.table,),
        )
        for g in np.flatnonzero(np.nan_to_num(correct, nan=1.0) <= LEVEL)
    ]
    return corrected(silent, int(looked.sum()))


def waves(counts: Counts, plan: Plan) -> Family:
    """Categories whose last weeks exceed the same teaching weeks of earlier years, allowing for overall growth."""
    recent, length = counts.by_category[counts.rows(plan.wave)].sum(0), len(plan.wave)
    if plan.years:
        years = np.array([counts.by_category[counts.rows(year)].sum(0) for year in plan.years])
        seen, usual = years.sum(0), years.mean(0)
        rest_now, rest_usual = recent.sum() - recent, usual.sum() - usual
        expected = np.maximum(usual, 0.5) * (rest_now + 1) / (rest_usual + 1)
    elif len(plan.long_baseline) >= LONG_BASELINE_FROM:
        seen = counts.by_category[counts.rows(plan.long_baseline)].sum(0)
        expected = np.maximum(seen, 0.5) / len(plan.long_baseline) * length
        expected = expected * _busier(recent, expected)
    else:
        return NOTHING
    if not len(recent):
        return NOTHING
    p = many_tests.negative_binomial_more(recent, expected, widened(np.maximum(seen, 0.5)))
    correct = many_tests.adjusted(p)
    metric = count_of(counts.table)
    rising = [
        Wave(
            metric,
            {"category": counts.categories[c]},
            float(recent[c]),
            float(expected[c]),
            float(p[c]),
            float(correct[c]),
            length,
            years=len(plan.years),
        )
        for c in np.flatnonzero((correct <= LEVEL) & (recent >= 2 * CLUSTER_FROM))
    ]
    return corrected(rising, len(p))
