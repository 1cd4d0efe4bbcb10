"""The tests behind the weekly signals: arrays in, findings out. Each family is corrected for its own number of looks."""

from dataclasses import dataclass, field

import numpy as np

from metrics import discovery
from metrics.weekly import WAVE, Counts, Plan

LEVEL = 0.05
ORDINARY = 0.15  # weeks and years differ by about so much (coefficient of variation) without anything being the matter
AT_LEAST = 3  # one or two cases are never a cluster
SILENT_FROM = 3.0  # a week in which fewer are expected may well be empty


@dataclass(frozen=True)
class Finding:
    """One test that came out: where (dimension → id), observed against expected, p before and after correction."""

    kind: str
    table: str
    where: dict[str, str]
    observed: float
    expected: float
    p: float
    p_adjusted: float
    weeks: int = 1
    more: dict = field(default_factory=dict)

    @property
    def excess(self) -> float:
        return self.observed - self.expected


@dataclass(frozen=True)
class Family:
    """Findings of one kind of test, and how many tests it took."""

    findings: list[Finding]
    tested: int


def _widened(shape: np.ndarray) -> np.ndarray:
    """Shape of the predictive law once ordinary variation between weeks is added to not knowing the rate."""
    return 1 / (1 / np.maximum(shape, 1e-6) + ORDINARY**2)


def _usual(past: np.ndarray, weeks: int, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(expected a week, shape): the own past with one week of the prior added, so that nothing expects exactly 0."""
    return (past + prior) / (weeks + 1), _widened(past + prior)


def _busier(now: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """How much busier everybody else is this week: nothing is a signal because the whole campus is. Never below 1."""
    rest_now, rest_usual = now.sum(0) - now, usual.sum(0) - usual
    return np.maximum((rest_now + 1) / (rest_usual + 1), 1.0)


def cells(counts: Counts, plan: Plan) -> Family:
    """Building × category: more this week than its own past same-phase weeks foretell."""
    if len(plan.baseline) < 4 or not counts.cells.size:
        return Family([], 0)
    past, now = counts.cells[counts.rows(plan.baseline)].sum(0), counts.cells[counts.position[plan.week]]
    weeks = len(plan.baseline)
    prior = past.sum(1, keepdims=True) * past.sum(0, keepdims=True) / max(past.sum(), 1) / weeks
    prior = np.maximum(prior, past.sum() / past.size / weeks * 0.1)
    expected, shape = _usual(past, weeks, prior)
    expected = expected * _busier(now, expected)
    p = np.where((past > 0) | (now > 0), discovery.negative_binomial_more(now, expected, shape), np.nan)
    correct = discovery.adjusted(p)
    hits = np.argwhere((np.nan_to_num(correct, nan=1.0) <= LEVEL) & (now >= AT_LEAST))
    found = [
        Finding(
            "cell", counts.table, {"building": counts.buildings[b], "category": counts.categories[c]},
            float(now[b, c]), float(expected[b, c]), float(p[b, c]), float(correct[b, c]),
        )
        for b, c in hits
    ]  # fmt: skip
    return Family(found, int(np.isfinite(p).sum()))


def grids(counts: Counts, plan: Plan) -> Family:
    """Grids: more this week than their own past same-phase weeks foretell."""
    if len(plan.baseline) < 4 or not counts.by_grid.size:
        return Family([], 0)
    past, now = counts.by_grid[counts.rows(plan.baseline)].sum(0), counts.by_grid[counts.position[plan.week]]
    expected, shape = _usual(past, len(plan.baseline), np.full(len(past), past.mean() / len(plan.baseline)))
    expected = expected * _busier(now, expected)
    p = discovery.negative_binomial_more(now, expected, shape)
    correct = discovery.adjusted(p)
    found = [
        Finding(
            "grid",
            counts.table,
            {"grid": counts.grids[g]},
            float(now[g]),
            float(expected[g]),
            float(p[g]),
            float(correct[g]),
        )
        for g in np.flatnonzero((correct <= LEVEL) & (now >= AT_LEAST))
    ]
    return Family(found, len(p))


def silence(counts: Counts, plan: Plan, same_phase: bool) -> Family:
    """Grids with nothing for four weeks and more where at least three a week are usual: silent, not safe."""
    if not same_phase or len(plan.long_baseline) < 8 or not counts.by_grid.size:
        return Family([], 0)
    past = counts.by_grid[counts.rows(plan.long_baseline)].sum(0)
    weekly = past / len(plan.long_baseline)
    looked = weekly >= SILENT_FROM
    recent = counts.by_grid[counts.rows(plan.recent)]
    foreseen = weekly * WAVE
    p = np.where(looked, discovery.negative_binomial_fewer(recent.sum(0), foreseen, _widened(past)), np.nan)
    correct = discovery.adjusted(p)
    found = []
    for g in np.flatnonzero((np.nan_to_num(correct, nan=1.0) <= LEVEL) & (recent.sum(0) == 0)):
        found.append(
            Finding(
                "silent",
                counts.table,
                {"grid": counts.grids[g]},
                0.0,
                float(weekly[g]),
                float(p[g]),
                float(correct[g]),
                WAVE,
            )
        )
    return Family(found, int(looked.sum()))


def waves(counts: Counts, plan: Plan) -> Family:
    """Categories whose last four weeks exceed the same teaching weeks of earlier years, allowing for overall growth."""
    recent = counts.by_category[counts.rows(plan.recent)].sum(0)
    if plan.years:
        years = np.array([counts.by_category[counts.rows(year)].sum(0) for year in plan.years])
        seen, usual = years.sum(0), years.mean(0)
        rest_now, rest_usual = recent.sum() - recent, usual.sum() - usual
        expected = np.maximum(usual, 0.5) * (rest_now + 1) / (rest_usual + 1)
    elif len(plan.long_baseline) >= 8:
        seen = counts.by_category[counts.rows(plan.long_baseline)].sum(0)
        expected = np.maximum(seen, 0.5) / len(plan.long_baseline) * WAVE
        expected = expected * _busier(recent, expected)
    else:
        return Family([], 0)
    if not len(recent):
        return Family([], 0)
    p = discovery.negative_binomial_more(recent, expected, _widened(np.maximum(seen, 0.5)))
    correct = discovery.adjusted(p)
    found = [
        Finding(
            "wave", counts.table, {"category": counts.categories[c]}, float(recent[c]), float(expected[c]),
            float(p[c]), float(correct[c]), WAVE, {"years": len(plan.years)},
        )
        for c in np.flatnonzero((correct <= LEVEL) & (recent >= 2 * AT_LEAST))
    ]  # fmt: skip
    return Family(found, len(p))
