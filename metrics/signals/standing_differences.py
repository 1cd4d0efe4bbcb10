"""What has always been different: a branch below the others, a building busier than its people explain. News once, then
known.

Judged over the last half year. A difference seen in any month of the year before is no news: it is listed apart.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import numpy as np

from metrics.ask.measure import measure
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.compare.weekly_counts import Counts, Series, series
from metrics.compare.weeks import Plan
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import (
    LASTING_EXPECTED_FROM,
    LASTING_PEERS_FROM,
    LASTING_WEEKS_FROM,
    SPREAD_FROM,
    USUAL_RATE_FROM,
)
from metrics.methods import many_tests
from metrics.methods.funnel import overdispersion
from metrics.signals import rate_shifts
from metrics.signals.finding import Finding
from metrics.signals.findings import LEVEL, NOTHING, Family, corrected
from metrics.signals.shifts import BusyBuilding, LastingDifference
from warehouse import Build

HALF_YEAR = 26
EARLIER = range(4, 53, 4)
# buildings of one kind differ per resident without any matter (coefficient of variation): where unknown, and at least
ASSUMED, LEAST = 0.3, 0.05
ALREADY = 0.05  # the level at which the older half of the weeks must show it too
HALF_MORE = 1.5  # and they are only named from half as many again


def branches(build: Build, plans: dict[str, Plan], only: Selection, scope: Scope) -> Family:
    """Branches whose rate of half a year differs from that of all the others together."""
    weekly = [
        (catalogue.get(key), series(build, key, "branch", only, scope))
        for key in rate_shifts.BRANCH
        if catalogue.get(key).table in plans
    ]
    return _news(next(iter(plans.values())).week, lambda week: _branches(weekly, week))


def buildings(build: Build, counts: Counts, wanted: Plan, only: Selection, scope: Scope) -> Family:
    """Buildings with more cases of half a year per resident than the others of their kind."""
    if wanted.days < 7:
        return NOTHING
    people = _people(build, only, scope)
    return _news(wanted.week, lambda week: _buildings(counts, week, people))


def _news(week: date, judge: Callable[[date], Family]) -> Family:
    family = judge(week)
    if not family.findings:
        return family
    earlier = {_difference(finding) for back in EARLIER for finding in judge(week - WEEK * back).findings}
    fresh = [finding for finding in family.findings if _difference(finding) not in earlier]
    return corrected(fresh, family.tested, [finding for finding in family.findings if _difference(finding) in earlier])


def _difference(finding: Finding) -> tuple:
    """What is different: where, of which number, up or down."""
    return (*finding.where.items(), finding.metric.key, finding.is_more)


def _weeks(position: dict[date, int], week: date) -> list[date]:
    """The last half year, as far as there are records; empty where it is too short."""
    weeks = [start for back in range(HALF_YEAR) if (start := week - WEEK * back) in position]
    return weeks if len(weeks) >= LASTING_WEEKS_FROM and week in position else []


def _branches(series_of: list[tuple[Metric, Series]], week: date) -> Family:
    looks, length = [], 0
    for metric, every in series_of:
        weeks = _weeks(every.position, week)
        length = max(length, len(weeks))
        rates = {name: rate for name, rate in rate_shifts.rates(every, weeks).items() if rate.whole >= USUAL_RATE_FROM}
        apart = [
            name
            for name in rates
            if (rest := _rest(rates, {name})).whole and rate_shifts.difference(rates[name], rest) <= 0.05
        ]
        apart = apart if len(apart) < len(rates) / 2 else []  # one who differs would make all the others look different
        rests = {name: _rest(rates, {name, *apart}) for name in rates}
        looks += [(metric, name, rates[name], rests[name]) for name in rates if rests[name].whole >= USUAL_RATE_FROM]
    return rate_shifts.judged(LastingDifference, looks, length)


def _rest(rates: dict[str, rate_shifts.Rate], without: set[str]) -> rate_shifts.Rate:
    kept = [rate for name, rate in rates.items() if name not in without]
    return rate_shifts.Rate(sum(rate.part for rate in kept), sum(rate.whole for rate in kept))


@lru_cache(maxsize=16)
def _people(build: Build, only: Selection, scope: Scope) -> dict[str, tuple[float, str]]:
    """building → residents (of those the viewer may see) and kind."""
    seen = measure(
        build, "ticket_rate_per_1000", Window.week(build.data_date.date()), "building", only=only, scope=scope
    )
    living = dict(zip(seen["building"], seen["whole"], strict=True))
    rows = build.rows("SELECT building_id, coalesce(kind, '') FROM buildings ORDER BY building_id")
    return {name: (float(living[name]), kind) for name, kind in rows if living.get(name, 0) > 0}


def _buildings(counts: Counts, week: date, people: dict[str, tuple[float, str]]) -> Family:
    weeks = _weeks(counts.position, week)
    judgeable = [b for b, name in enumerate(counts.buildings) if weeks and name in people]
    if not judgeable:
        return NOTHING
    names = [counts.buildings[b] for b in judgeable]
    living, kinds = np.array([people[name][0] for name in names]), np.array([people[name][1] for name in names])
    seen, rest_seen, expected = _against_kind(counts, weeks, judgeable, living, kinds)
    before, rest_before, usual = _against_kind(counts, weeks[len(weeks) // 2 :], judgeable, living, kinds)
    judged = np.isfinite(expected) & (rest_seen >= LASTING_PEERS_FROM) & (expected >= LASTING_EXPECTED_FROM)
    between = _between(seen[judged], expected[judged], rest_seen[judged])
    p = np.where(judged, _more(seen, np.where(judged, expected, 1.0), between, rest_seen), np.nan)
    lasts = (
        _more(before, np.nan_to_num(usual, nan=1.0), between, rest_before) <= ALREADY
    )  # what began lately is no lasting difference
    correct = np.nan_to_num(many_tests.adjusted(p), nan=1.0)
    metric = catalogue.get({"tickets": "ticket_rate_per_1000", "hazards": "hazard_reporting_rate"}[counts.table])
    busy = [
        BusyBuilding(
            metric,
            {"building": names[n]},
            float(seen[n]),
            float(expected[n]),
            float(p[n]),
            float(correct[n]),
            len(weeks),
        )
        for n in np.flatnonzero((correct <= LEVEL) & lasts & (seen >= HALF_MORE * np.nan_to_num(expected)))
    ]
    return corrected(busy, int(judged.sum()))


def _against_kind(
    counts: Counts, weeks: list[date], chosen: list[int], living: np.ndarray, kinds: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(cases, cases of the others of its kind, cases their rate per resident would give; NaN without others) of each
    building."""
    seen = counts.cells[counts.rows(tuple(weeks))].sum((0, 2))[chosen]
    rest_seen = np.array([seen[kinds == kind].sum() for kind in kinds]) - seen
    rest_living = np.array([living[kinds == kind].sum() for kind in kinds]) - living
    return seen, rest_seen, np.where(rest_living > 0, rest_seen / np.maximum(rest_living, 1e-9) * living, np.nan)


def _more(seen: np.ndarray, expected: np.ndarray, between: float, rest: np.ndarray) -> np.ndarray:
    """P(as many or more) where the rate is known from `rest` cases and differs between buildings anyhow."""
    return many_tests.negative_binomial_more(seen, expected, 1 / (between**2 + 1 / np.maximum(rest, 1)))


def _between(seen: np.ndarray, expected: np.ndarray, rest: np.ndarray) -> float:
    """By how much buildings differ anyhow: the spread of their log ratios beyond chance, the extremes drawn in
    (Spiegelhalter 2005), so that the one in question does not hide itself."""
    if len(seen) < SPREAD_FROM:
        return ASSUMED
    variance = 1 / expected + 1 / rest
    _, spread = overdispersion(np.log((seen + 0.5) / (expected + 0.5)) / np.sqrt(variance), variance)
    return max(LEAST, float(np.sqrt(spread)))
