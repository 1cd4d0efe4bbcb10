"""ratio: one number of each row added up ÷ another; never a mean of ratios."""

import pandas as pd

from metrics.define.kinds.kind import Cases, Rows
from metrics.define.kinds.rate import Rate


class Ratio(Rate):
    name = "ratio"
    words = "比率：总和 ÷ 总和"

    def read(self, rows: Rows) -> pd.DataFrame:
        return rows.dated(f"sum({rows.part})::DOUBLE AS part", f"sum({rows.whole})::DOUBLE AS whole")

    def cases(self, rows: Rows, instant: str) -> Cases:
        part, whole = self.case_of(rows.part, rows.whole)
        return Cases((whole,), part)

    def case_of(self, part: str, whole: str) -> tuple[str, str]:
        """Every row was summed; one whose part reaches its whole holds all of it."""
        return f"({part} >= {whole})", "true"

    def adds_up(self, over_time: bool) -> bool:
        return True
