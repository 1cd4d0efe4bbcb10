"""Means against one another: the answer from intervals is the answer from the rows themselves."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from metrics.methods import means


def row(values: list[float]) -> pd.Series:
    sample = np.array(values, float)
    middle = sample.mean()
    half = (
        stats.t.ppf(0.975, len(sample) - 1) * sample.std(ddof=1) / np.sqrt(len(sample)) if len(sample) > 1 else np.nan
    )
    return pd.Series(
        {"part": sample.sum(), "whole": len(sample), "value": middle, "low": middle - half, "high": middle + half}
    )


A = [4.0] * 30 + [5.0] * 30 + [3.0] * 10


@pytest.mark.parametrize("other", [[3.0] * 40 + [4.0] * 30, [4.0] * 40 + [5.0] * 30, A, [1.0, 2.0, 5.0]])
def test_the_same_as_welch_on_the_rows(other):
    difference, sure = means.differ(row(A), row(other))
    assert difference == pytest.approx(np.mean(A) - np.mean(other))
    assert sure is bool(stats.ttest_ind(A, other, equal_var=False).pvalue < means.SURE)


def test_too_few_are_not_compared():
    difference, sure = means.differ(row(A), row([5.0]))
    assert np.isnan(difference) and not sure


def test_without_any_spread_nothing_is_sure():
    assert means.differ(row([4.0, 4.0]), row([3.0, 3.0])) == (1.0, False)
