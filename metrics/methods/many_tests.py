"""Many looks at once: p-values corrected for how many there were (Benjamini & Hochberg 1995)."""

import numpy as np

ORDINARY = 0.15  # weeks and years differ by about so much (coefficient of variation) without anything being the matter


def adjusted(p_values: np.ndarray) -> np.ndarray:
    """BH-adjusted p-values, same shape; NaN stays NaN and does not count as a look."""
    flat = np.asarray(p_values, float).ravel()
    corrected = np.full(len(flat), np.nan)
    looked = np.flatnonzero(np.isfinite(flat))
    if len(looked):
        order = looked[np.argsort(flat[looked], kind="stable")]
        scaled = flat[order] * len(looked) / np.arange(1, len(looked) + 1)
        corrected[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return corrected.reshape(np.shape(p_values))


def poisson_more(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """P(as many or more | expected); 1 where nothing is observed, 0 expected with something observed gives 0."""
    from scipy.special import gammainc

    seen, mean = np.asarray(observed, float), np.asarray(expected, float)
    return np.where(seen <= 0, 1.0, gammainc(np.maximum(seen, 1), np.maximum(mean, 0)))


def poisson_fewer(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """P(as few or fewer | expected)."""
    from scipy.special import gammaincc

    return gammaincc(np.asarray(observed, float) + 1, np.maximum(np.asarray(expected, float), 0))


def negative_binomial_more(observed: np.ndarray, expected: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """P(as many or more) when the mean itself is only known as Gamma(shape, mean = expected): wider than Poisson."""
    from scipy.special import betainc

    seen, mean, k = (np.asarray(value, float) for value in (observed, expected, shape))
    return np.where(seen <= 0, 1.0, betainc(np.maximum(seen, 1), k, mean / (mean + k)))


def negative_binomial_fewer(observed: np.ndarray, expected: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """P(as few or fewer) under the same wider law."""
    return 1 - negative_binomial_more(np.asarray(observed, float) + 1, expected, shape)


def false_discoveries(looks: int, level: float) -> float:
    """How many of `looks` independent tests BH at `level` rejects on average when nothing at all is the matter.

    Exactly Σ k · (1 − q) · C(m, k) · (k q / m)^k · (1 − k q / m)^(m − k − 1) over k (Finner & Roters 2002, after
    Dempster 1959), a little above `level` because one rejection makes the next easier. Discrete counts reject less
    often.
    """
    from scipy.special import gammaln

    if looks < 1:
        return 0.0
    k = np.arange(1, min(looks, 60) + 1)
    k = k[k * level < looks]
    share = k * level / looks
    ways = gammaln(looks + 1) - gammaln(k + 1) - gammaln(looks - k + 1)
    chance = (1 - level) * np.exp(ways + k * np.log(share) + (looks - k - 1) * np.log1p(-share))
    return float((k * chance).sum())
