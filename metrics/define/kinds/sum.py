"""sum: a number of each row added up, over the rows that carry one."""

import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import Cases, Kind, Rows


def rows_with_a_number(rows: Rows) -> str:
    """SQL: the row counts and its number is known."""
    return f"({rows.whole} AND {rows.part} IS NOT NULL)"


class Sum(Kind):
    name = "sum"
    words = "总量：把每条记录的数加起来"
    is_level = False
    is_amount = is_plain = is_undivided = adds_numbers = True

    def read(self, rows: Rows) -> pd.DataFrame:
        counted = f"FILTER (WHERE {rows_with_a_number(rows)})"
        return rows.dated(f"sum({rows.part}) {counted}::DOUBLE AS part", f"count(*) {counted} AS whole")

    def cases(self, rows: Rows, instant: str) -> Cases:
        return Cases((rows_with_a_number(rows),), "true")

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        return answer["part"]

    def adds_up(self, over_time: bool) -> bool:
        return True

    def show(self, value: float, unit: str) -> str:
        """Half an hour is said: 「46.5 小时」, as long as the number is small enough for it to matter."""
        if abs(value) >= 1000 or round(value, 1) == round(value):
            return super().show(value, unit)
        return f"{numbers.decimal(value)} {unit}"

    def show_part_whole(self, part: float | None, whole: float, noun: str) -> str:
        """「1,234 次」: the rows it is made of."""
        return f"{numbers.exact_number(whole)} {noun}"
