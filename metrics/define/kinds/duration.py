"""duration: Kaplan–Meier median and 90th percentile in hours; what is open is censored at the data date."""

import numpy as np
import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import Kind, Rows


class Duration(Kind):
    """Part: closed cases, whole: all."""

    name = "duration"
    words = "用时的中位数，未办结的一并考虑"
    is_duration = expects_by_whole = needs_end = True
    sized_by = weighed_by = "whole"
    change_verbs = ("延长", "缩短")
    extremes = ("最长的是", "最短的是")

    def read(self, rows: Rows) -> pd.DataFrame:
        return rows.lasting()

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        """As it was read: no quotient of part and whole."""
        return answer["value"] if "value" in answer else pd.Series(np.nan, index=answer.index)

    def show(self, value: float, unit: str) -> str:
        """「35 分钟」, 「38.2 小时」, 「4.9 天」"""
        return numbers.hours(value)
