"""The columns in which any metric stands in a table: its value under a header with the unit, part and whole beside it."""

import pandas as pd

from metrics.define import tables
from metrics.define.catalogue import Metric
from ui.widgets.tables import Column


def of(metric: Metric) -> list[Column]:
    """Value first; part and whole too, unless the metric is a plain count."""
    if not metric.kind.has_parts:
        return [Column("value", f"{metric.label}（{metric.unit}）", "bar")]
    if (
        metric.kind.adds_numbers and not metric.kind.is_per_resident
    ):  # the part is the sum itself; of a mean it is a sum of scores, which nobody asks for
        value = (
            Column("value", f"{metric.label}（{metric.unit}）", "bar")
            if metric.is_amount
            else Column("value", metric.label, "right")
        )
        return [value, Column("whole", f"记录（{tables.get(metric.table).noun}）", "count")]
    kind = "percent" if metric.is_rate else "count" if metric.kind.is_backlog else "right"
    value = Column("value", f"{metric.label}（{metric.unit}）" if kind != "right" else metric.label, kind)
    if metric.kind.is_backlog:  # the part is the value itself
        return [value, Column("whole", "期末未结总数", "count")]
    return [value, Column("part", "分子", "count"), Column("whole", "分母", "count")]


def ready(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """The frame as those columns need it: hours and rates per thousand in words, counts that are not known yet as 0."""
    if metric.is_amount:
        return frame.assign(value=frame["value"].fillna(0))
    if metric.is_rate or metric.kind.is_backlog:
        return frame
    return frame.assign(value=[metric.show(value) for value in frame["value"]])


def height(frame: pd.DataFrame) -> int:
    """Pixels: a table of up to thirteen rows stands whole; a longer one scrolls."""
    return 33 * min(len(frame) + 1, 14) + 3
