"""Fair comparison of units of different size: rates pulled towards the common one, ranks only where they can be known.

Empirical Bayes with the between-unit variance by moments, clamped at 0 (Marshall 1991; DerSimonian & Laird 1986). A
unit is placed only when P(it is among the worst third) > 0.8 *and* it is worse than the common rate beyond chance: its
own exact tail, times the number of units (Bonferroni), below `level`. Without the second condition the noisy estimate
of the variance alone would place one of ten equal units in 12 % of terms. The exact tail of each unit rather than one
χ² of them all: it keeps its word for units of three cases, finds one laggard among many sooner, and does not place the
next worst along with him.
"""

from dataclasses import dataclass

import numpy as np

PLACE_ABOVE = 0.8
DIFFERENT_BELOW = 0.02
TOO_SMALL = "样本太小，不排名"
DRAWS = 4000
SEED = 20260901


@dataclass(frozen=True)
class Shrunk:
    """Per unit, in the order given: posterior mean and 95 % interval, P(worst third), place (1 = worst) or None.

    `common`: the pooled rate; `variance`: between units; `differs`: whether one common rate is refuted (either side).
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p_worst_third: np.ndarray
    rank: list[int | None]
    common: float
    variance: float
    differs: bool

    def word(self, index: int) -> str:
        """「第 1（最需关注）」 … or 「样本太小，不排名」."""
        place = self.rank[index]
        return TOO_SMALL if place is None else f"最需关注的第 {place} 位"


def gamma_poisson(
    counts: np.ndarray, exposure: np.ndarray, worse: str = "high", level: float = DIFFERENT_BELOW
) -> Shrunk:
    """Rates of events per exposure (>0). `worse`: which end is bad, 'high' or 'low'. NaN for units without exposure.

    `level`: chance that anybody is placed though all units are equal, at most; smaller where several outcomes are
    looked at together."""
    from scipy.stats import gamma, poisson  # slow to load

    seen, size = np.asarray(counts, float), np.asarray(exposure, float)
    usable = size > 0
    if usable.sum() < 2 or seen[usable].sum() == 0:
        return _unknown(len(seen), seen[usable].sum() / size[usable].sum() if usable.any() else float("nan"))
    o, e = seen[usable], size[usable]
    common = o.sum() / e.sum()
    spread = float((e * (o / e - common) ** 2).sum())
    variance = _clamped(spread - (len(o) - 1) * common, e)
    if variance == 0:
        pooled = gamma(o.sum(), scale=1 / e.sum())
        return _equal(usable, common, *pooled.ppf([0.025, 0.975]))
    shape, rate = common**2 / variance, common / variance
    law = gamma(shape + o, scale=1 / (rate + e))
    tails = poisson.sf(o - 1, e * common), poisson.cdf(o, e * common)
    return _placed(usable, law, common, variance, tails, worse, level)


def beta_binomial(part: np.ndarray, whole: np.ndarray, worse: str = "low", level: float = DIFFERENT_BELOW) -> Shrunk:
    """Proportions part ÷ whole. As gamma_poisson."""
    from scipy.stats import beta, binom

    seen, size = np.asarray(part, float), np.asarray(whole, float)
    usable = size > 0
    common = seen[usable].sum() / size[usable].sum() if usable.any() else float("nan")
    if usable.sum() < 2 or common in (0.0, 1.0):
        return _unknown(len(seen), common)
    y, n = seen[usable], size[usable]
    noise = common * (1 - common)
    spread = float((n * (y / n - common) ** 2).sum())
    variance = min(_clamped(spread - (len(y) - 1) * noise, n), 0.99 * noise)
    if variance == 0:
        pooled = beta(y.sum() + 0.5, n.sum() - y.sum() + 0.5)
        return _equal(usable, common, *pooled.ppf([0.025, 0.975]))
    strength = noise / variance - 1
    law = beta(common * strength + y, (1 - common) * strength + n - y)
    tails = binom.sf(y - 1, n, common), binom.cdf(y, n, common)
    return _placed(usable, law, common, variance, tails, worse, level)


def _clamped(excess: float, size: np.ndarray) -> float:
    room = size.sum() - (size**2).sum() / size.sum()
    return max(0.0, excess / room) if room > 0 else 0.0


def _placed(usable: np.ndarray, law, common: float, variance: float, tails: tuple, worse: str, level: float) -> Shrunk:
    """`tails`: per unit P(as many or more), P(as few or fewer) if every unit had the common rate."""
    count = int(usable.sum())
    draws = law.rvs((DRAWS, count), random_state=np.random.default_rng(SEED))
    order = np.argsort(-draws if worse == "high" else draws, axis=1)
    worst = np.zeros(count)
    np.add.at(worst, order[:, : max(count // 3, 1)].ravel(), 1)
    mean, chance = law.mean(), worst / DRAWS
    place = np.argsort(np.argsort(-mean if worse == "high" else mean)) + 1
    differs = bool(2 * count * np.minimum(*tails).min() < level)
    beyond = count * tails[0 if worse == "high" else 1] < level
    places = iter(
        [int(at) if sure and p > PLACE_ABOVE else None for at, p, sure in zip(place, chance, beyond, strict=True)]
    )
    rank = [next(places) if one else None for one in usable]
    low, high = law.ppf(0.025), law.ppf(0.975)
    mean, low, high, chance = (_spread(usable, values) for values in (mean, low, high, chance))
    return Shrunk(mean, low, high, chance, rank, common, float(variance), differs)


def _equal(usable: np.ndarray, common: float, low: float, high: float) -> Shrunk:
    """Nothing but chance between the units: the pooled rate and its interval for everyone."""
    count = int(usable.sum())
    means, lows, highs, chances = (
        _spread(usable, np.full(count, value)) for value in (common, low, high, max(count // 3, 1) / count)
    )
    return Shrunk(means, lows, highs, chances, [None] * len(usable), common, 0.0, False)


def _unknown(count: int, common: float) -> Shrunk:
    nothing = np.full(count, np.nan)
    return Shrunk(nothing, nothing, nothing, nothing, [None] * count, float(common), 0.0, False)


def _spread(usable: np.ndarray, values: np.ndarray) -> np.ndarray:
    spread = np.full(len(usable), np.nan)
    spread[usable] = values
    return spread
