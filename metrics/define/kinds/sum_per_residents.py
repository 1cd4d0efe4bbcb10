"""sum_per_residents: a number of each row added up ÷ the people living or working there."""

import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import Cases, Kind, Rows
from metrics.define.kinds.sum import Sum


class SumPerResidents(Kind):
    """`whole` of an answer is the people."""

    name = "sum_per_residents"
    words = "按人数折算的总量"
    is_per_resident = adds_numbers = True

    def read(self, rows: Rows) -> pd.DataFrame:
        return Sum().read(rows)

    def cases(self, rows: Rows, instant: str) -> Cases:
        return Sum().cases(rows, instant)

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        return super().value(answer, per) * per

    def show(self, value: float, unit: str) -> str:
        return f"{numbers.decimal(value)} {unit}" if abs(value) < 10_000 else super().show(value, unit)
