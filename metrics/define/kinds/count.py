"""count: rows, however many."""

import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import Kind


class Count(Kind):
    name = "count"
    words = "数量"
    is_level = False
    is_amount = is_plain = is_undivided = counts_rows = counts_cases = has_expected_cells = is_testable = True
    has_parts = has_misses = False
    peers = "rate"

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        return answer["part"]

    def adds_up(self, over_time: bool) -> bool:
        return True

    def show_part_whole(self, part: float | None, whole: float, noun: str) -> str:
        """「1,234」: a plain count shows itself once."""
        return numbers.exact_number(whole)
