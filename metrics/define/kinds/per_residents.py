"""per_residents: rows ÷ the people living or working there, told for a thousand of them."""

import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import Kind


class PerResidents(Kind):
    """`whole` of an answer is the people; the whole of the catalogue only says which rows count."""

    name = "per_residents"
    words = "按人数折算的数量"
    is_per_resident = counts_cases = has_expected_cells = is_testable = True
    has_misses = False
    peers = "rate"
    cell_digits = 1

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        return super().value(answer, per) * per

    def apart(self, excess: float, whole: float, per: float) -> float:
        return excess / whole * per if whole else float("nan")

    def show(self, value: float, unit: str) -> str:
        """「2.9 条/千人」"""
        return f"{numbers.decimal(value)} {unit}" if abs(value) < 10_000 else super().show(value, unit)
