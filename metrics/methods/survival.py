"""Time to close with open cases kept in: Kaplan–Meier, its median's interval, and the log-rank test.

Kaplan & Meier 1958; Greenwood's variance; log(−log) interval of Kalbfleisch & Prentice; log-rank of Mantel 1966.
A quantile is the first time at which the share still open has fallen to 1 − q or below. A case censored at time 0 was
never watched and is not at risk even at time 0: it is counted, but says nothing about how long cases last.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

SLACK = 1e-9  # products of many fractions that should be exactly one half come out a hair above it


@dataclass(frozen=True)
class Survival:
    """`times` and `open_share` draw the step curve; median and p90 are NaN when the curve never falls that far."""

    n: int
    closed: int
    median: float
    p90: float
    median_low: float
    median_high: float
    times: np.ndarray
    open_share: np.ndarray


def kaplan_meier(durations: np.ndarray, closed: np.ndarray, confidence: float = 0.95) -> Survival:
    """Product-limit estimate for one group; `closed` False = censored. Durations in any unit, negatives count as 0."""
    lasting, ended = np.maximum(np.asarray(durations, float), 0), np.asarray(closed, bool)
    if len(lasting) == 0:
        unknown, nothing = float("nan"), np.array([])
        return Survival(0, 0, unknown, unknown, unknown, unknown, nothing, nothing)
    watched = ended | (lasting > 0)
    times, at_risk, events = _table(lasting[watched], ended[watched])
    share = np.cumprod(1 - events / at_risk)
    low, high = _median_interval(times, share, at_risk, events, confidence)
    return Survival(
        len(lasting),
        int(ended.sum()),
        _reached(times, share, 0.5),
        _reached(times, share, 0.1),
        low,
        high,
        times,
        share,
    )


def _table(durations: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    times, place = np.unique(durations, return_inverse=True)
    leaving = np.bincount(place, minlength=len(times))
    events = np.bincount(place, weights=closed, minlength=len(times))
    at_risk = len(durations) - np.concatenate([[0], np.cumsum(leaving)[:-1]])
    return times, at_risk, events


def _reached(times: np.ndarray, share: np.ndarray, level: float) -> float:
    below = np.flatnonzero(share <= level + SLACK)
    return float(times[below[0]]) if len(below) else float("nan")


def _median_interval(
    times: np.ndarray, share: np.ndarray, at_risk: np.ndarray, events: np.ndarray, confidence: float
) -> tuple[float, float]:
    inside = (share > 0) & (share < 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        width = NormalDist().inv_cdf(0.5 + confidence / 2) * np.sqrt(greenwood) / np.log(share)
        lower = np.where(inside, share ** np.exp(-width), share)
        upper = np.where(inside, share ** np.exp(width), share)
    return _reached(times, lower, 0.5), _reached(times, upper, 0.5)


def quantiles(durations: np.ndarray, closed: np.ndarray, groups: np.ndarray) -> pd.DataFrame:
    """Medians and 90th percentiles of many groups at once: rows 0…k−1 for group codes 0…k−1; part, whole, value, p90.

    Cases that come with the shortest first, of equal durations those that ended first, cost one stable sort by group.
    """
    later, same = np.diff(durations), durations[1:] == durations[:-1]
    if (later < 0).any() or (same & closed[1:] & ~closed[:-1]).any():
        order = np.lexsort((~closed, durations))
        durations, closed, groups = durations[order], closed[order], groups[order]
    part, whole = np.bincount(groups, weights=closed), np.bincount(groups).astype(float)
    groups = groups.astype(np.int16 if len(whole) < 2**15 else np.int32)  # 16 bits are sorted by counting
    watched = closed | (durations > 0)
    durations, closed, groups = durations[watched], closed[watched], groups[watched]
    order = np.argsort(groups, kind="stable")
    size = np.bincount(groups, minlength=len(whole))
    start = np.cumsum(size) - size
    at_risk = np.repeat(start + size, size) - np.arange(len(order))
    with np.errstate(divide="ignore"):
        steps = np.where(closed[order], -np.log1p(-1.0 / at_risk), 0.0)
    levels, places = -np.log([0.5, 0.1]) - SLACK, np.full((len(size), 2), -1)
    for group, (first, count) in enumerate(zip(start.tolist(), size.tolist(), strict=True)):
        reached = np.cumsum(steps[first : first + count]).searchsorted(levels)
        places[group] = np.where(reached < count, first + reached, -1)
    lasting = np.append(durations[order], np.nan)
    return pd.DataFrame({"part": part, "whole": whole, "value": lasting[places[:, 0]], "p90": lasting[places[:, 1]]})


def logrank(durations: np.ndarray, closed: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """(chi-square, p) for the hypothesis that all groups close at the same pace; k−1 degrees of freedom.

    NaN for fewer than two groups.
    """
    from scipy.special import chdtrc

    lasting, ended = np.asarray(durations, float), np.asarray(closed, bool)
    labels, code = np.unique(groups, return_inverse=True)
    times, count = np.unique(lasting[ended]), len(labels)
    if count < 2 or not len(times):
        return float("nan"), float("nan")
    risk, events = np.empty((len(times), count)), np.empty((len(times), count))
    for group in range(count):
        own = np.sort(lasting[code == group])
        risk[:, group] = len(own) - np.searchsorted(own, times)
        ends = np.sort(lasting[(code == group) & ended])
        events[:, group] = np.searchsorted(ends, times, side="right") - np.searchsorted(ends, times)
    total, died = risk.sum(1), events.sum(1)
    share = risk / total[:, None]
    difference = (events - died[:, None] * share).sum(0)
    weight = np.where(total > 1, died * (total - died) / np.maximum(total - 1, 1), 0.0)
    covariance = np.diag((weight[:, None] * share).sum(0)) - np.einsum("t,ti,tj->ij", weight, share, share)
    kept = slice(0, count - 1)
    statistic = float(difference[kept] @ np.linalg.pinv(covariance[kept, kept]) @ difference[kept])
    return statistic, float(chdtrc(count - 1, statistic))
