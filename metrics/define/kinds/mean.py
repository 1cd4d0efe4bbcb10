"""mean: the mean of a number of each row, with its 95 % t-interval."""

import numpy as np
import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import Cases, Kind, Rows
from metrics.define.kinds.sum import rows_with_a_number


class Mean(Kind):
    name = "mean"
    words = "平均分，附 95 % 区间"
    adds_numbers = has_interval = True
    starts_at_nought = False
    cell_digits = 2
    sized_by = weighed_by = "whole"
    change_digits = 2
    change_verbs = ("上升", "下降")

    def read(self, rows: Rows) -> pd.DataFrame:
        counted = f"FILTER (WHERE {rows_with_a_number(rows)})"
        answer = rows.dated(
            f"sum({rows.part}) {counted}::DOUBLE AS part",
            f"count(*) {counted} AS whole",
            f"stddev_samp({rows.part}) {counted}::DOUBLE AS spread",
        )
        return answer.drop(columns="spread").assign(**_interval(answer))

    def cases(self, rows: Rows, instant: str) -> Cases:
        return Cases((rows_with_a_number(rows),), "true")

    def show(self, value: float, unit: str) -> str:
        """「4.21 分」"""
        return f"{numbers.decimal(value, 2)} {unit}"

    def show_part_whole(self, part: float | None, whole: float, noun: str) -> str:
        """「1,234 份」: the rows it is made of; nobody asks for a sum of scores."""
        return f"{numbers.exact_number(whole)} {noun}"

    def change(self, now: float, before: float) -> float:
        """A score of 4.2 against 4.0 has risen by 0.2 分, not by 5 %."""
        return now - before

    def change_unit(self, unit: str) -> str:
        return unit


def _interval(answer: pd.DataFrame) -> dict[str, np.ndarray]:
    """low, high: mean ± t(0.975, n − 1) × s / √n; NaN below two rows."""
    from scipy.special import stdtrit  # slow to load, and only a mean needs it

    many = answer["whole"].where(answer["whole"] > 1).astype("float64")
    half = stdtrit(many - 1, 0.975) * answer["spread"].astype("float64") / np.sqrt(many)
    middle = answer["part"].astype("float64") / many
    return {"low": (middle - half).to_numpy(), "high": (middle + half).to_numpy()}
