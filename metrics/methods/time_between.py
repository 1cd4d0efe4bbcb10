"""Rare events: the time between them, not their number a week (t chart; Montgomery 7.6, Nelson 1994)."""

from dataclasses import dataclass

import numpy as np

from metrics.methods.spc import Series, xmr

POWER = 3.6  # Nelson: waiting times to the power 1/3.6 are nearly normal
MONTGOMERY = 3 / 1.128


@dataclass(frozen=True)
class Gaps:
    """Limits for the time between events, in the unit of the gaps; `verdict` judges the newest one."""

    centre: float
    lower: float
    upper: float
    n: int


def t_chart(gaps: Series) -> Gaps:
    """Times between events: XmR on gaps^(1/3.6), limits carried back. Negative gaps are refused (ValueError)."""
    values = np.asarray(gaps, float)
    if (values < 0).any():
        raise ValueError("gaps between events cannot be negative")
    chart = xmr(values ** (1 / POWER), screen=False, scale=MONTGOMERY)
    return Gaps(chart.mean**POWER, max(chart.lower, 0.0) ** POWER, max(chart.upper, 0.0) ** POWER, len(values))
