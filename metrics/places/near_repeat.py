"""Does one case bring the next? Pairs in the same place, or nearby, within two weeks, against shuffled days.

The near-repeat form of Knox's test (Knox 1964; Johnson et al. 2007): places and days keep their totals, days are dealt
out anew. What chance makes likely is exact (pairs close in place × pairs close in time ÷ all pairs); only the p-values
are simulated.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import NEAR_REPEAT_FROM
from metrics.places.hot_spots import LEVEL, SEED, not_significant, shuffles
from warehouse import Build

DAYS, METRES = 14, 100.0
ROUNDS = 199
MOST_DAYS = 182  # half a year: over years a place's own drift looks like repetition
LEAST_MORE = 1.1  # fewer more is of no use to anybody, however sure: holidays empty dormitories and offices differently


@dataclass(frozen=True)
class Pairs:
    """Pairs of cases close in time and place, observed and expected by chance, and the share of shuffles with as
    many."""

    observed: int
    expected: float
    p: float

    @property
    def significant(self) -> bool:
        return self.p <= LEVEL and self.observed >= LEAST_MORE * self.expected


@dataclass(frozen=True)
class Repeats:
    """same: in one place; near: in different places within METRES (None without a map); cases: how many; window: their
    days."""

    cases: int
    window: Window
    same: Pairs
    near: Pairs | None


def pairs(counts: np.ndarray, close: np.ndarray, days: int = DAYS, rounds: int = ROUNDS, seed: int = SEED) -> Pairs:
    """`counts`: places × days; `close`: places × places, symmetric, true for the pairs of places looked at (a true
    diagonal: one place)."""
    table = np.asarray(counts, dtype=np.int64)
    live = table.sum(axis=1) > 0
    table, close = table[live], np.asarray(close)[np.ix_(live, live)].astype(np.int64)
    own = np.diag(close).astype(bool)
    totals, all_cases = table.sum(axis=1), int(table.sum())
    if all_cases < 2 or not close.any():
        return Pairs(0, 0.0, 1.0)
    in_place = (float(totals @ close @ totals) - totals[own].sum()) / 2
    in_time = (float((table.sum(axis=0) * _around(table.sum(axis=0), days)).sum()) - all_cases) / 2
    expected = in_place * in_time / (all_cases * (all_cases - 1) / 2)
    observed = int(_close_pairs(table[None], close, own, days)[0])
    as_many = done = 0
    for shuffled in shuffles(table, rounds, seed):
        as_many, done = (
            as_many + int((_close_pairs(shuffled, close, own, days) >= observed).sum()),
            done + len(shuffled),
        )
        if as_many >= not_significant(rounds):
            break
    return Pairs(observed, expected, (1 + as_many) / (done + 1))


def _around(cells: np.ndarray, days: int) -> np.ndarray:
    """Sum over the days up to `days` before and after, along the last axis."""
    run = np.concatenate([np.zeros((*cells.shape[:-1], 1), dtype=cells.dtype), np.cumsum(cells, axis=-1)], axis=-1)
    at = np.arange(cells.shape[-1])
    return run[..., np.minimum(at + days + 1, cells.shape[-1])] - run[..., np.maximum(at - days, 0)]


def _close_pairs(tables: np.ndarray, close: np.ndarray, own: np.ndarray, days: int) -> np.ndarray:
    """Per table: pairs close in place and time; in one place a case is no pair with itself."""
    neighbours = (
        tables
        if own.all() and close.sum() == len(close)
        else (close.astype(float) @ tables.astype(float)).astype(np.int64)
    )
    return ((neighbours * _around(tables, days)).sum(axis=(1, 2)) - tables[:, own].sum(axis=(1, 2))) // 2


def repeats(
    build: Build,
    metric: str | Metric,
    window: Window,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    places: pd.DataFrame | None = None,
) -> Repeats | None:
    """Over the buildings, in the last half year of `window`. None for what is not a count of cases, and for too few of
    them.

    places: building_id, x, y in metres, of the buildings on the map (default: the build's own; none without a map).
    """
    metric = catalogue.get(metric)
    if not metric.kind.counts_cases:
        return None
    last = min(window.end, build.data_date.date() + timedelta(days=1))
    if last <= window.start:
        return None
    span = Window(max(window.start, last - timedelta(days=MOST_DAYS)), last)
    cells = measure(build, metric, span, "building", every="day", only=only, scope=scope)
    table = cells[cells["building"] != UNRECOGNISED].pivot(index="building", columns="period", values="part")
    counts = table.to_numpy()
    if counts.sum() < NEAR_REPEAT_FROM:
        return None
    near = close_by(list(table.index), centres(build) if places is None else places)
    return Repeats(
        int(counts.sum()),
        span,
        pairs(counts, np.eye(len(counts), dtype=bool)),
        pairs(counts, near) if near.any() else None,
    )


def centres(build: Build) -> pd.DataFrame:
    """building_id, x, y of every building on the school's map, one row a shape; empty for a build without one."""
    if "map_shapes" not in build.tables:
        return pd.DataFrame({"building_id": [], "x": [], "y": []})
    return build.query("SELECT building_id, x, y FROM map_shapes WHERE building_id IS NOT NULL")


def close_by(buildings: list[str], places: pd.DataFrame, metres: float = METRES) -> np.ndarray:
    """Which two different buildings stand within `metres` of each other, centre to centre; a building off the map is
    near none."""
    at = places.groupby("building_id")[["x", "y"]].mean().reindex(buildings).to_numpy(float)
    with np.errstate(invalid="ignore"):
        apart = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
        return (apart <= metres) & ~np.eye(len(buildings), dtype=bool)


def sentence(repeats: Repeats | None, metric: Metric) -> str:
    """One sentence: whether a case is followed by others in the same place or nearby more often than chance makes
    likely."""
    if repeats is None:
        return ""
    same, near = repeats.same, repeats.near
    told = [
        _told("同一栋楼", same),
        *([_told(f"{METRES:.0f} 米内的别的楼", near)] if near and near.significant else []),
    ]
    sure = same.significant or (near is not None and near.significant)
    return (
        f"近重复：{metric.label}相隔 {DAYS} 天以内又发生在{'；'.join(told)}"
        f"{'；一处报过，两周内要回头看' if sure else ''}"
    )


def _told(place: str, pairs: Pairs) -> str:
    """「同一栋楼的 2,589 对，碰巧约 2,343 对，多 11 %，不像是偶然」"""
    seen = f"{place}的 {pairs.observed:,} 对，碰巧约 {pairs.expected:,.0f} 对"
    if pairs.significant:
        return f"{seen}，多 {(pairs.observed / pairs.expected - 1) * 100:.0f} %，不像是偶然"
    return f"{seen}，没有明显多出来"
