"""Many looks at once: p-values corrected for how many there were (Benjamini & Hochberg 1995)."""

import numpy as np


def adjusted(p_values: np.ndarray) -> np.ndarray:
    """BH-adjusted p-values, same shape; NaN stays NaN and does not count as a look."""
    flat = np.asarray(p_values, float).ravel()
    found = np.full(len(flat), np.nan)
    looked = np.flatnonzero(np.isfinite(flat))
    if len(looked):
        order = looked[np.argsort(flat[looked], kind="stable")]
        scaled = flat[order] * len(looked) / np.arange(1, len(looked) + 1)
        found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found.reshape(np.shape(p_values))


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
