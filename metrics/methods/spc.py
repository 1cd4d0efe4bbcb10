"""XmR charts: does a series of weeks say more than noise? (Wheeler; rules as NHS England's Making Data Count draws
them)

Limits are mean ± 2.66 × mean moving range; moving ranges of 3.267 × their mean and above are screened once before the
mean is taken again (the series' own mean keeps every point). Two of three beyond two thirds of a limit count only with
all three on one side of the mean, and only those beyond are marked, so the newest point is odd by this rule only when
it lies beyond itself (NHS England, Making Data Count, as its NHSRplotthedots 0.2.2 of September 2025 has it; before,
points on opposite sides could set it off). Limits of no width judge nothing: a series that hardly ever leaves one value
has no moving range to be judged by.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.methods import verdict as verdicts
from metrics.methods.verdict import CLEAR, FEW, HEIGHT, NORMAL, Verdict

Series = Sequence[float] | np.ndarray
SCALE = 2.66  # 3 / d2 for n = 2, as printed in the NHS tables; 3 / 1.128 in Montgomery's
RANGE_SCALE = 3.267
RUN = 7
PROVISIONAL_BELOW = 12
VERDICT_FROM = 8

BEYOND, RUN_RULE, TREND_RULE, TWO_OF_THREE = "超出控制限", "连续7点在均值同侧", "连续7点同向变化", "3点中2点接近控制限"


@dataclass(frozen=True)
class Xmr:
    """Limits of a series. `special` has the rule each point breaks, or None; every point of a run is marked.

    `last_rule` is what the newest point itself completes; `direction` its side (1 up, −1 down, 0). Limits are clipped
    to what is possible (`floor`, `ceiling`) for drawing. NaN limits when there are fewer than two points. `flat`: the
    limits have no width, and so judge nothing and are not drawn.
    """

    n: int
    mean: float
    lower: float
    upper: float
    special: list[str | None]
    provisional: bool
    verdict: Verdict
    last_rule: str | None = None
    direction: int = 0
    flat: bool = False


def xmr(
    values: Series,
    better: str = "none",
    baseline: int | None = None,
    floor: float | None = None,
    ceiling: float | None = None,
    screen: bool = True,
    scale: float = SCALE,
    sides: tuple[str, str] = HEIGHT,
    least: float = 0.0,
) -> Xmr:
    """XmR of a series, oldest first; NaN points are left out of everything and marked None.

    `baseline`: take the limits from the first so many present points. `better`: up, down or none, for the words;
    `sides`: what above and below are called. `least`: half the width of the limits where the series itself gives none.
    """
    series = np.asarray(values, dtype=float)
    here = np.flatnonzero(np.isfinite(series))
    points = series[here]
    if len(points) < 2:
        mean = float(points.mean()) if len(points) else float("nan")
        return Xmr(len(points), mean, *verdicts.UNKNOWN, [None] * len(series), True, _few(points, sides))
    mean, spread = _centre(points if baseline is None else points[:baseline], screen)
    half = scale * spread or least
    flat = half <= 1e-9 * max(abs(mean), 1.0)
    close = np.abs(points - mean) <= 1e-9 * max(abs(mean), 1.0)  # 0.8 every week is not 7 below 0.8…02
    points = np.where(close, mean, points)
    rules = [] if flat else _rules(points, mean, half)
    special: list[str | None] = [None] * len(series)
    for broken, signs, reach in reversed(rules):
        for last in np.flatnonzero(signs):
            for index in range(max(last - reach + 1, 0), last + 1):
                if broken != TWO_OF_THREE or abs(points[index] - mean) > half * 2 / 3:
                    special[here[index]] = broken
    rule, direction = _last(rules, bool(abs(points[-1] - mean) > half * 2 / 3))
    limits = (_clipped(mean - half, floor, ceiling), _clipped(mean + half, floor, ceiling))
    told = _verdict(len(points), rule, direction, better, sides, limits)
    return Xmr(
        len(points),
        mean,
        *limits,
        special,
        len(points if baseline is None else points[:baseline]) < PROVISIONAL_BELOW,
        _few(points, sides) if flat and not close[-1] else told,
        rule,
        direction,
        flat,
    )


def _few(points: np.ndarray, sides: tuple[str, str]) -> Verdict:
    return Verdict(FEW, sides=sides, n=len(points))


def _last(rules: list[tuple[str, np.ndarray, int]], beyond: bool) -> tuple[str | None, int]:
    """The strongest rule that the newest point completes, and its side; `beyond`: it lies beyond two thirds itself."""
    completed = ((rule, int(signs[-1])) for rule, signs, _ in rules if signs[-1] and (beyond or rule != TWO_OF_THREE))
    return next(completed, (None, 0))


def _centre(points: np.ndarray, screen: bool) -> tuple[float, float]:
    ranges = np.abs(np.diff(points))
    spread = float(ranges.mean()) if len(ranges) else 0.0
    if screen and spread > 0:
        kept = ranges[ranges < RANGE_SCALE * spread]
        spread = float(kept.mean()) if len(kept) else spread
    return float(points.mean()), spread


def _rules(points: np.ndarray, mean: float, half: float) -> list[tuple[str, np.ndarray, int]]:
    """(rule, +1/−1/0 at the point that completes it, how many points it spans), strongest first."""
    tiny = 1e-9 * max(abs(mean), 1.0)
    beyond = np.where(points > mean + half + tiny, 1, np.where(points < mean - half - tiny, -1, 0))
    return [
        (BEYOND, beyond, 1),
        (TWO_OF_THREE, two_of_three(points, mean, half), 3),
        (RUN_RULE, one_side(np.sign(points - mean)), RUN),
        (TREND_RULE, trend(points), RUN),
    ]


def one_side(sides: Series) -> np.ndarray:
    """±1 at every point that ends seven or more in a row on one side of the mean. `sides`: sign of value − mean."""
    return _run_of(np.asarray(sides, float), RUN)


def trend(values: Series) -> np.ndarray:
    """±1 at every point that ends seven rising or falling points (six steps)."""
    return np.concatenate([[0], _run_of(np.sign(np.diff(np.asarray(values, float))), RUN - 1)]).astype(int)


def _run_of(signs: np.ndarray, length: int) -> np.ndarray:
    ends, run = np.zeros(len(signs), dtype=int), 0
    for index, sign in enumerate(signs):
        run = run + 1 if index and sign == signs[index - 1] else 1
        if sign and run >= length:
            ends[index] = int(sign)
    return ends


def two_of_three(points: Series, mean: float, half: float) -> np.ndarray:
    """±1 at a point ending three on one side of the mean of which two lie beyond two thirds of the limit."""
    away = np.asarray(points, float) - mean
    signs = np.zeros(len(away), dtype=int)
    for index in range(2, len(away)):
        three = away[index - 2 : index + 1]
        if abs(np.sign(three).sum()) == 3 and (np.abs(three) > half * 2 / 3).sum() >= 2:
            signs[index] = int(np.sign(three[0]))
    return signs


def _clipped(value: float, floor: float | None, ceiling: float | None) -> float:
    value = value if floor is None else max(value, floor)
    return value if ceiling is None else min(value, ceiling)


def _verdict(
    count: int, rule: str | None, direction: int, better: str, sides: tuple[str, str], limits: tuple[float, float]
) -> Verdict:
    if count < VERDICT_FROM:
        return Verdict(FEW, sides=sides, n=count, outer=limits)
    if rule is None:
        return Verdict(NORMAL, sides=sides, n=count, outer=limits)
    named = ""
    if rule in (RUN_RULE, TREND_RULE) and better in ("up", "down"):
        named = verdicts.BETTER if (direction > 0) == (better == "up") else verdicts.WORSE
    return Verdict(CLEAR, direction, sides, n=count, outer=limits, named=named)
