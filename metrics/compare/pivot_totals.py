"""Cells added up where adding is right, and what stands where nothing was found."""

import numpy as np
import pandas as pd

from metrics.ask.measure import SIZES
from metrics.define.catalogue import Metric


def nothing(metric: Metric, keys: dict[str, list]) -> pd.DataFrame:
    """Rows in which nothing was found: 0 where rows are counted, otherwise no value at all."""
    is_nought = metric.kind.is_plain
    return pd.DataFrame({**keys, **dict.fromkeys(SIZES, 0.0), "value": 0.0 if is_nought else np.nan})


def value_of(metric: Metric, part: pd.Series, whole: pd.Series, is_known: pd.Series) -> pd.Series:
    """Σ part, or Σ part ÷ Σ whole; NaN where nothing was known, or there is nothing to divide by."""
    if metric.kind.is_plain:
        return part.where(is_known)
    return part / whole.where(whole > 0)


def total(metric: Metric, frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Cells added up by `keys`, in the order in which they first appear."""
    frame = frame.assign(known=frame["value"].notna())
    grouped = frame.groupby(keys, sort=False) if keys else frame.groupby(np.zeros(len(frame), int))
    totals = grouped.agg(part=("part", "sum"), whole=("whole", "sum"), known=("known", "any")).reset_index(
        drop=not keys
    )
    if not len(totals) and not keys:
        totals = pd.DataFrame({"part": [0.0], "whole": [0.0], "known": [True]})
    return totals.assign(value=value_of(metric, totals["part"], totals["whole"], totals["known"])).drop(columns="known")


def weight(metric: Metric, frame: pd.DataFrame) -> pd.Series:
    """What makes a row large: the number itself, of a quotient its whole."""
    return frame[metric.kind.weighed_by]
