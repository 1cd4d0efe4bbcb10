"""Two means told by their own interval and size: how far apart they are, and whether chance alone would part them so
far."""

import pandas as pd

SURE = 0.01  # several questions are looked at together, so one in twenty would be too many


def differ(now: pd.Series, before: pd.Series) -> tuple[float, bool]:
    """(difference, whether it is more than chance): Welch's t-test from part, whole, value, low, high as measure()
    gives them.

    NaN and False where either side has fewer than two rows.
    """
    if min(now["whole"], before["whole"]) < 2:
        return float("nan"), False
    spread = [_deviation(one) for one in (now, before)]
    difference = float(now["value"] - before["value"])
    if not any(spread):
        return difference, False
    from scipy import stats  # slow to load

    test = stats.ttest_ind_from_stats(
        now["value"], spread[0], now["whole"], before["value"], spread[1], before["whole"], equal_var=False
    )
    return difference, bool(test.pvalue < SURE)


def _deviation(row: pd.Series) -> float:
    """The sample's standard deviation, out of its 95 % t-interval."""
    from scipy import stats

    half = (float(row["high"]) - float(row["low"])) / 2
    return half / float(stats.t.ppf(0.975, row["whole"] - 1)) * float(row["whole"]) ** 0.5
