"""Rare events: the time between them, not their number a week (t chart; Montgomery 7.6, Nelson 1994)."""

from dataclasses import dataclass, replace

import numpy as np

from metrics.methods.spc import VERDICT_FROM, Series, Xmr, xmr
from metrics.methods.verdict import AMOUNT, CLEAR, FEW, NORMAL, Verdict

POWER = 3.6  # Nelson: waiting times to the power 1/3.6 are nearly normal
MONTGOMERY = 3 / 1.128
TAIL = 0.00135  # of one side, as beyond three standard deviations


@dataclass(frozen=True)
class Gaps:
    """Limits for the time between events, in the unit of the gaps."""

    centre: float
    lower: float
    upper: float
    n: int


def t_chart(gaps: Series) -> Gaps:
    """Times between events: XmR on gaps^(1/3.6), limits carried back. Negative gaps are refused (ValueError)."""
    return carried_back(chart(gaps))


def chart(gaps: Series, baseline: int | None = None) -> Xmr:
    """The XmR itself, on the scale of gaps^(1/3.6). A longer gap is the better one."""
    values = np.asarray(gaps, float)
    if (values < 0).any():
        raise ValueError("gaps between events cannot be negative")
    return xmr(values ** (1 / POWER), "up", baseline, screen=False, scale=MONTGOMERY)


def denser(gaps: Series, last: int) -> float:
    """Chance that the newest `last` waits are together as short as they are where events come at random: the ratio of
    two mean waits is F with twice as many degrees of freedom as there are waits."""
    from scipy.special import fdtr  # slow to load

    waits = np.asarray(gaps, float)
    past = waits[:-last].mean()
    return float(fdtr(2 * last, 2 * (len(waits) - last), waits[-last:].mean() / past)) if past > 0 else 1.0


def carried_back(drawn: Xmr) -> Gaps:
    """The limits of a chart in the unit of the gaps."""
    return Gaps(drawn.mean**POWER, max(drawn.lower, 0.0) ** POWER, max(drawn.upper, 0.0) ** POWER, drawn.n)


def judged(gaps: Series, waited: float, against: str, fresh: int = 1) -> Verdict:
    """Whether events have become rarer (a wait beyond the upper limit, or the rules on the newest gap) or denser (the
    rules, or the fresh gaps taken together: the t_r chart of Xie, Goh & Ranjan 2002, which sees a burst at once).

    `gaps`: oldest first; `waited`: since the last event; `fresh`: how many of the newest gaps are judged, the others
    make the limits.
    """
    few = Verdict(FEW, sides=AMOUNT, against=against, n=len(gaps) + 1)
    if len(gaps) < VERDICT_FROM:
        return few
    drawn = chart(gaps, max(len(gaps) - fresh, 2) if 0 < fresh < len(gaps) else None)
    limits = carried_back(drawn)
    told = replace(few, degree=NORMAL, outer=(limits.lower, limits.upper))
    if np.isfinite(limits.upper) and not drawn.flat and waited > limits.upper:
        return replace(told, degree=CLEAR, side=-1)
    if 1 < fresh < len(gaps) and denser(gaps, fresh - 1) < TAIL:  # between the events of the period itself
        return replace(told, degree=CLEAR, side=1)
    if not fresh or not drawn.verdict.is_clear:
        return told
    return replace(told, degree=CLEAR, side=-drawn.direction)
