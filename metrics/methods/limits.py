"""Shewhart limits for counts and proportions (c, u, p charts) and Anhøj's rules for runs. Montgomery, ch. 7; qicharts2."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Limits:
    """Centre and three-sigma limits; lower and upper have one value a point, never below 0 (nor above 1 for p)."""

    centre: float
    lower: np.ndarray
    upper: np.ndarray


def c_chart(counts: Sequence[float], exclude: Sequence[int] = (), freeze: int | None = None) -> Limits:
    """Counts in equal spans. `exclude`: positions (from 0) left out of the centre; `freeze`: centre from the first so many."""
    values = np.asarray(counts, float)
    centre = float(values[_base(len(values), exclude, freeze)].mean())
    half = 3 * np.sqrt(centre)
    return Limits(centre, np.full(len(values), max(centre - half, 0.0)), np.full(len(values), centre + half))


def u_chart(
    counts: Sequence[float], exposure: Sequence[float], exclude: Sequence[int] = (), freeze: int | None = None
) -> Limits:
    """Counts per unit of exposure, exposure may vary."""
    values, size = np.asarray(counts, float), np.asarray(exposure, float)
    base = _base(len(values), exclude, freeze)
    centre = float(values[base].sum() / size[base].sum())
    half = 3 * np.sqrt(centre / size)
    return Limits(centre, np.maximum(centre - half, 0), centre + half)


def p_chart(
    part: Sequence[float], whole: Sequence[float], exclude: Sequence[int] = (), freeze: int | None = None
) -> Limits:
    """Proportions part ÷ whole, wholes may vary."""
    values, size = np.asarray(part, float), np.asarray(whole, float)
    base = _base(len(values), exclude, freeze)
    centre = float(values[base].sum() / size[base].sum())
    half = 3 * np.sqrt(centre * (1 - centre) / size)
    return Limits(centre, np.maximum(centre - half, 0), np.minimum(centre + half, 1))


def _base(count: int, exclude: Sequence[int], freeze: int | None) -> np.ndarray:
    kept = np.arange(count) < (count if freeze is None else freeze)
    kept[list(exclude)] = False
    return kept


@dataclass(frozen=True)
class Runs:
    """Longest run on one side of the centre and how often it is crossed, against what chance allows."""

    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int

    @property
    def signal(self) -> bool:
        return self.longest > self.longest_allowed or self.crossings < self.crossings_needed


def runs(values: Sequence[float], centre: float) -> Runs:
    """Anhøj & Olesen 2014: longest run > round(log2 n) + 3, or crossings below the 5 % point of binomial(n − 1, ½).

    Points on the centre are no use and are left out."""
    from scipy.stats import binom

    sides = np.sign(np.asarray(values, float) - centre)
    sides = sides[sides != 0]
    if len(sides) < 2:
        return Runs(len(sides), len(sides), 3, 0, 0)
    changes = np.flatnonzero(np.diff(sides))
    edges = np.concatenate([[-1], changes, [len(sides) - 1]])
    return Runs(
        len(sides),
        int(np.diff(edges).max()),
        int(round(np.log2(len(sides))) + 3),
        len(changes),
        int(binom.ppf(0.05, len(sides) - 1, 0.5)),
    )
