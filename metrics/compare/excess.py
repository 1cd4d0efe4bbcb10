"""How many would be expected in each cell, how far the observed number lies above or below, and whether that is
noise."""

from datetime import timedelta
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from metrics.ask import terms
from metrics.ask.first_day import first_whole_week
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, DIMENSIONS, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.errors import unknown
from metrics.define.small_numbers import CLUSTER_FROM
from metrics.methods import many_tests
from metrics.methods import verdict as verdicts
from metrics.methods.verdict import Verdict
from warehouse import Build

BASIS = ("table", "past")
LEVEL = verdicts.LEVEL
OWN_PAST, BY_TOTALS, COMMON, BY_PEOPLE = "自己过去一年的水平", "按合计推算的预期", "共同的比率", "按人数分摊的预期"
ROUNDS = 12


def expected(
    build: Build,
    metric: str | Metric,
    window: Window,
    by: str | tuple[str, ...],
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    basis: str = "table",
    past: Window | None = None,
) -> pd.DataFrame:
    """Observed against expected for every cell of `by`.

    Columns: the dimensions of `by`, observed (the part), expected, excess, ratio, p (two-sided), p_adjusted
    (Benjamini–Hochberg over the cells), verdict (one or two cases too many are too few to judge), significant: whether
    it is clear. For a rate the expected part is whole × common rate. For a count `table` takes row total × column total
    ÷ grand total (one place dimension: its residents' share); `past` takes the cell's own rate in `past` (default: the
    year before) over days of the same phase, wider than Poisson because that rate is only known from a count. Raises
    UnknownName for other bases.
    """
    if basis not in BASIS:
        raise unknown("期望的算法", basis, BASIS)
    metric = catalogue.get(metric)
    names = [by] if isinstance(by, str) else list(by)
    cells = measure(build, metric, window, tuple(names), only=only, scope=scope)
    shape = None
    if metric.kind.expects_by_whole:
        should = cells["whole"] * _quotient(cells["part"].sum(), cells["whole"].sum())
    elif basis == "past":
        should, shape = _from_past(build, metric, window, names, only, scope, past, cells)
    else:
        should = _from_table(build, metric, window, names, only, scope, cells)
    judged = cells[names].assign(observed=cells["part"], expected=should)
    return _judged(judged, shape, against(metric, names, basis), verdicts.sides(metric.kind.is_level))


def against(metric: Metric, names: list[str], basis: str = "table") -> str:
    """What the cells are held against, in words."""
    if metric.kind.expects_by_whole:
        return COMMON
    is_place = len(names) == 1 and bool(DIMENSIONS.get(names[0])) and DIMENSIONS[names[0]].is_place
    return OWN_PAST if basis == "past" else BY_PEOPLE if is_place else BY_TOTALS


def _judged(cells: pd.DataFrame, shape: np.ndarray | None, held: str, sides: tuple[str, str]) -> pd.DataFrame:
    observed, should = cells["observed"].to_numpy(float), cells["expected"].to_numpy(float)
    if shape is None:
        more, fewer = many_tests.poisson_more(observed, should), many_tests.poisson_fewer(observed, should)
    else:
        more = many_tests.negative_binomial_more(observed, should, shape)
        fewer = many_tests.negative_binomial_fewer(observed, should, shape)
    p = np.where(should > 0, np.minimum(2 * np.minimum(more, fewer), 1.0), np.nan)
    correct = many_tests.adjusted(p)
    ratio = np.divide(observed, should, out=np.full(len(cells), np.nan), where=should > 0)
    few, looks = (observed < CLUSTER_FROM) & (observed >= should), int(np.isfinite(p).sum())
    alike = lru_cache(partial(Verdict, sides=sides, against=held, n=float(observed.sum()), looks=looks))
    told = [  # one object for all cells of a kind: they are kept and handed on by the thousand
        alike(degree, 1 if seen > due else -1)
        for degree, seen, due in zip(verdicts.degrees(p, correct, few), observed, should, strict=True)
    ]
    sure = [one.is_clear for one in told]
    return cells.assign(excess=observed - should, ratio=ratio, p=p, p_adjusted=correct, verdict=told, significant=sure)


def _quotient(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan


def _from_table(build, metric, window, names, only, scope, cells) -> np.ndarray:
    grand = cells["part"].sum()
    if len(names) > 1:
        return _independent(cells, names)
    if DIMENSIONS.get(names[0]) and DIMENSIONS[names[0]].is_place:
        people = _residents(build, metric, window, names[0], only, scope)
        living = cells[names[0]].map(people).fillna(0).to_numpy(float)
        placed = cells["part"].to_numpy()[living > 0].sum()
        return living / living.sum() * placed if living.sum() > 0 else np.full(len(cells), np.nan)
    return np.full(len(cells), grand / max(len(cells), 1))


def _independent(cells: pd.DataFrame, names: list[str]) -> np.ndarray:
    """Row total × column total ÷ grand total; a cell that stands out is then left out of the totals it inflates
    (quasi-independence), or its whole row and column would look too quiet."""
    observed = cells["part"].to_numpy(float)
    counted, outside = observed, np.zeros(len(cells), dtype=bool)
    places = [pd.factorize(cells[name])[0] for name in names]
    for _ in range(ROUNDS):
        should = np.full(len(cells), max(counted.sum(), 1e-9) ** (1 - len(names)))
        for place in places:
            should = should * np.bincount(place, weights=counted)[place]
        chance = np.where(should > 0, many_tests.poisson_more(observed, should), np.nan)
        high = (np.nan_to_num(many_tests.adjusted(chance), nan=1.0) <= LEVEL) & (observed >= CLUSTER_FROM)
        settled = np.array_equal(outside | high, outside) and np.allclose(counted[outside], should[outside], rtol=0.01)
        if settled:
            break
        outside = outside | high
        counted = np.where(outside, should, observed)
    return should


def _residents(build, metric, window, name, only, scope) -> pd.Series:
    per_head = next(
        one
        for one in catalogue.all()
        if one.kind.is_per_resident and one.kind.counts_cases and one.key.startswith(metric.table[:-1])
    )
    return measure(build, per_head, window, name, only=only, scope=scope).set_index(name)["whole"]


def _from_past(build, metric, window, names, only, scope, past, cells) -> tuple[np.ndarray, np.ndarray]:
    past = past or Window(window.start - timedelta(days=364), window.start)
    phases = {one.phase for one in terms.weeks(build, window)}
    since = max(past.start, first_whole_week(build, metric.table))
    alike = [one.start for one in terms.weeks(build, past) if one.phase in phases and one.start >= since]
    before = measure(build, metric, past, tuple(names), every="week", only=only, scope=scope)
    before = before[before["period"].isin([pd.Timestamp(start) for start in alike])]
    counts = cells[names].merge(before.groupby(names, as_index=False)["part"].sum(), on=names, how="left")["part"]
    seen = counts.fillna(0).to_numpy(float)
    total, cells_seen = seen.sum(), max(len(cells), 1)
    weeks = max(len(alike), 1)
    prior = total / cells_seen / weeks  # one week of the average cell, so that no cell expects exactly nothing
    return (seen + prior) / (weeks + 1) * window.days / 7, seen + max(prior, 0.5)
