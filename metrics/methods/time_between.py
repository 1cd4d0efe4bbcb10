"""Rare events: the time between them, not their number a week (t and g charts; Montgomery 7.6, Nelson 1994, Benneyan 2001)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.methods.spc import xmr

POWER = 3.6  # Nelson: waiting times to the power 1/3.6 are nearly normal
MONTGOMERY = 3 / 1.128


@dataclass(frozen=True)
class Gaps:
    """Limits for the time between events, in the unit of the gaps; `verdict` judges the newest one."""

    centre: float
    lower: float
    upper: float
    n: int


def t_chart(gaps: Sequence[float]) -> Gaps:
    """Times between events: XmR on gaps^(1/3.6), limits carried back. Negative gaps are refused (ValueError)."""
    values = np.asarray(gaps, float)
    if (values < 0).any():
        raise ValueError("gaps between events cannot be negative")
    found = xmr(values ** (1 / POWER), screen=False, scale=MONTGOMERY)
    return Gaps(found.mean**POWER, max(found.lower, 0.0) ** POWER, max(found.upper, 0.0) ** POWER, len(values))


def g_chart(between: Sequence[float]) -> Gaps:
    """Number of chances (days, visits) between events, geometric: mean ± 3 √(mean (mean + 1)), never below 0."""
    values = np.asarray(between, float)
    mean = float(values.mean()) if len(values) else float("nan")
    half = 3 * np.sqrt(mean * (mean + 1))
    return Gaps(mean, max(mean - half, 0.0), mean + half, len(values))


def days_between(days: Sequence[date]) -> list[int]:
    """Days from each event to the next, in order of time; events on one day are 0 apart."""
    ordered = sorted(days)
    return [(later - earlier).days for earlier, later in zip(ordered, ordered[1:], strict=False)]


def too_soon(gaps: Sequence[float], level: float = 0.05) -> float:
    """Chance of a gap as short as the newest one under an exponential with the mean of the earlier ones; NaN under 3 gaps."""
    values = np.asarray(gaps, float)
    if len(values) < 3 or values[:-1].mean() == 0:
        return float("nan")
    return float(1 - np.exp(-values[-1] / values[:-1].mean()))
