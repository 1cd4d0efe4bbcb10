"""Where and when cases really cluster: a scan over places × consecutive periods, judged by shuffled tables.

Kulldorff's space–time permutation scan (Kulldorff et al. 2005, PLoS Medicine 2:e59) with single places as zones: what a
window should hold is its row total × its column totals ÷ the grand total; the likelihood ratio of every window of one
to LONGEST consecutive periods is compared with the largest one of each of 999 tables with the same totals. So p already
allows for all windows looked at: of tables in which nothing is the matter, five in a hundred show a hot spot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.ask import members, terms
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import CLUSTER_FROM, SILENCE_FROM
from warehouse import Build

SILENT = "（此后一直没有记录，也可能是没有上报）"

LEVEL, ROUNDS, SEED = 0.05, 999, 2005
LONGEST = 4  # periods
SLACK = 1e-9  # equal scores may differ by so much
_CHUNK, _AT_ONCE = 400_000, 100  # cells of shuffled tables, and tables, held at a time


def not_significant(rounds: int) -> int:
    """How many of so many shuffles must reach what was seen for it to be no more than chance, whatever the others
    show."""
    return max(int(LEVEL * (rounds + 1)), 1)


@dataclass(frozen=True)
class HotSpot:
    """One window: row, columns first … last (positions), what it holds, what its totals make likely, p over all
    windows."""

    row: int
    first: int
    last: int
    observed: int
    expected: float
    p: float

    @property
    def significant(self) -> bool:
        return self.p <= LEVEL


@dataclass(frozen=True)
class PlacedHotSpot:
    """A hot spot of a metric: its place (id), the first days of its first and last period, and the window itself.

    silent_after: nothing at all was recorded there since, where something should have been: it may be the silence that
    is odd.
    """

    place: str
    since: date
    until: date
    spot: HotSpot
    silent_after: bool = False


def hot_spots(
    build: Build,
    metric: str | Metric,
    window: Window,
    by: str = "building",
    every: str = "week",
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> tuple[PlacedHotSpot, ...]:
    """The significant hot spots of a counted metric over places × weeks (or months), strongest first; empty for other
    kinds."""
    metric = catalogue.get(metric)
    if not metric.kind.counts_cases:
        return ()
    cells = measure(build, metric, window, (by, every), only=only, scope=scope)
    table = cells[cells[by] != UNRECOGNISED].pivot(index=by, columns=every, values="part")
    return tuple(
        PlacedHotSpot(
            str(table.index[one.row]),
            table.columns[one.first].date(),
            table.columns[one.last].date(),
            one,
            _silent(table.to_numpy(), one),
        )
        for one in scan(table.to_numpy())
        if one.significant
    )


def _silent(table: np.ndarray, spot: HotSpot) -> bool:
    """Whether its row is empty from two periods after it to the end, where the columns' totals make SILENCE_FROM or
    more likely."""
    later = slice(spot.last + 2, None)
    likely = table[spot.row].sum() * table[:, later].sum() / table.sum()
    return bool(likely >= SILENCE_FROM and table[spot.row, later].sum() == 0)


def marked(cells: pd.DataFrame, spots: tuple[PlacedHotSpot, ...], by: str, every: str) -> np.ndarray:
    """Which rows of `cells` (by, every, part, expected) lie in a hot spot and hold more than expected."""
    inside = np.zeros(len(cells), dtype=bool)
    for spot in spots:
        inside |= (
            (cells[by] == spot.place)
            & (cells[every] >= pd.Timestamp(spot.since))
            & (cells[every] <= pd.Timestamp(spot.until))
        )
    return inside & (cells["part"] > cells["expected"]).to_numpy()


def sentence(build: Build, metric: Metric, placed: PlacedHotSpot, every: str = "week", by: str = "building") -> str:
    """「3号楼第9至第12教学周 54 单，比正常多近一倍（正常约 29）」"""
    spot, unit = placed.spot, metric.unit.split("/")[0]
    first, last = (_period(build, day, every) for day in (placed.since, placed.until))
    numbered = first.endswith("教学周") and last.endswith("教学周")
    when = first if first == last else f"{first.removesuffix('教学周') if numbered else first}至{last}"
    should = numbers.whole_number(spot.expected) if spot.expected >= 10 else numbers.decimal(spot.expected)
    where = members.name(build, by, placed.place) + (" " if when[0].isdigit() else "") + when
    more = numbers.times(spot.observed, spot.expected)
    return f"{where} {spot.observed:,} {unit}，{more}（正常约 {should}）" + (SILENT if placed.silent_after else "")


def _period(build: Build, day: date, every: str) -> str:
    return f"{day:%Y-%m}" if every == "month" else terms.week_label(build, day)


def scan(counts: np.ndarray, longest: int = LONGEST, rounds: int = ROUNDS, seed: int = SEED) -> list[HotSpot]:
    """The strongest window of `counts` (rows × periods, whole numbers), then every other significant one that overlaps
    none before it.

    The first is there even when it is not significant; empty when no window holds more than its totals make likely. The
    same table gives the same answer each time.
    """
    table = np.asarray(counts, dtype=np.int64)
    live = np.flatnonzero(table.sum(axis=1)) if table.ndim == 2 and table.size else np.array([], dtype=int)
    if len(live) < 2 or (table.sum(axis=0) > 0).sum() < 2:
        return []
    table = table[live]
    windows = _windows(table, min(longest, table.shape[1] - 1))
    if not windows:
        return []
    highest = _highest(table, min(longest, table.shape[1] - 1), rounds, seed, windows[0][0])
    taken = np.zeros(table.shape, dtype=bool)
    kept: list[HotSpot] = []
    for score, row, first, last, observed, expected in windows:
        p = (1 + int((highest >= score - SLACK).sum())) / (len(highest) + 1)
        if kept and p > LEVEL:
            break
        if not taken[row, first : last + 1].any():
            taken[row, first : last + 1] = True
            kept.append(HotSpot(int(live[row]), first, last, observed, expected, p))
    return kept


def _sums(cells: np.ndarray, length: int) -> np.ndarray:
    """Sums over `length` neighbours along the last axis."""
    run = np.cumsum(cells, axis=-1)
    out = run[..., length - 1 :].copy()
    out[..., 1:] -= run[..., :-length]
    return out


def _ratio(seen: np.ndarray, should: np.ndarray, grand: int) -> np.ndarray:
    """Log likelihood ratio of a window against everything outside it; 0 where it holds no more than it should or too
    few.

    c ln(c/e) + (N − c) ln((N − c)/(N − e)), the logarithms of counts looked up and those of what should be taken once.
    """
    counts = np.arange(grand + 1, dtype=float)
    rest = grand - counts
    own = counts * np.log(np.maximum(counts, 1)) + rest * np.log(np.maximum(rest, 1))
    inner, outer = np.log(np.maximum(should, 1e-12)), np.log(np.maximum(grand - should, 1e-12))
    score = own[seen] - seen * (inner - outer) - grand * outer
    return np.where((seen > should) & (seen >= CLUSTER_FROM), score, 0.0)


def _expected(table: np.ndarray, length: int) -> np.ndarray:
    return np.outer(table.sum(axis=1), _sums(table.sum(axis=0), length)) / table.sum()


def _windows(table: np.ndarray, longest: int) -> list[tuple]:
    """(score, row, first, last, observed, expected) of every window that holds more than it should, strongest first."""
    windows = []
    for length in range(1, longest + 1):
        seen, should = _sums(table, length), _expected(table, length)
        score = _ratio(seen, should, int(table.sum()))
        windows += [
            (float(score[row, at]), int(row), int(at), int(at) + length - 1, int(seen[row, at]), float(should[row, at]))
            for row, at in np.argwhere(score > 0)
        ]
    return sorted(windows, key=lambda window: (-window[0], window[1:3]))


def shuffles(table: np.ndarray, rounds: int, seed: int) -> Iterator[np.ndarray]:
    """`rounds` tables with the totals of `table`, some at a time: tables × rows × columns."""
    from scipy.stats import random_table  # slow to load

    law, random = random_table(table.sum(axis=1), table.sum(axis=0)), np.random.default_rng(seed)
    size = min(max(_CHUNK // table.size, 1), _AT_ONCE)
    for start in range(0, rounds, size):
        yield law.rvs(size=min(size, rounds - start), random_state=random).astype(np.int64).reshape(-1, *table.shape)


def _highest(table: np.ndarray, longest: int, rounds: int, seed: int, strongest: float) -> np.ndarray:
    """The largest score of each of `rounds` tables with the same totals; fewer once so many reach the strongest that it
    can no longer be significant (Besag & Clifford 1991), which decides nothing otherwise than all of them would."""
    grand, best, reached = int(table.sum()), [], 0
    for tables in shuffles(table, rounds, seed):
        top = np.zeros(len(tables))
        for length in range(1, longest + 1):
            score = _ratio(_sums(tables, length), _expected(table, length), grand)
            top = np.maximum(top, score.reshape(len(tables), -1).max(axis=1))
        best.append(top)
        reached += int((top >= strongest - SLACK).sum())
        if reached >= not_significant(rounds):
            break
    return np.concatenate(best)
