"""streak: days from the last row with part true to a moment (part), and since the first row of all (whole)."""

import pandas as pd

from metrics.define import numbers
from metrics.define.kinds.kind import INSTANT, Cases, Kind, Rows


class Streak(Kind):
    """Where there was no such row, the streak is as old as the record itself."""

    name = "streak"
    words = "距最近一次的天数"
    is_standing = is_undivided = counts_days = True
    weighed_by = "whole"
    change_digits = 0
    change_verbs = ("上升", "下降")
    extremes = ("最长的是", "最短的是")

    def cases(self, rows: Rows, instant: str) -> Cases:
        """The rows before the moment, and those of them that ended a streak."""
        return Cases((f"{rows.time} <= {instant}",), f"coalesce({rows.part}, false)")

    def read(self, rows: Rows) -> pd.DataFrame:
        last = f"max({rows.time}) FILTER (WHERE {rows.part})"
        whole = f"date_diff('day', {rows.first}, any_value({INSTANT}))"
        days = f"coalesce(date_diff('day', {last}, any_value({INSTANT})), {whole})"
        return rows.standing((f"{days} AS part", f"{whole} AS whole"), self.cases(rows, INSTANT).whole)

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        """Before the first record of all nothing is known."""
        return answer["part"].where(answer["whole"] > 0)

    def show_part_whole(self, part: float | None, whole: float, noun: str) -> str:
        return f"有记录 {numbers.exact_number(whole)} 天"

    def change(self, now: float, before: float) -> float:
        return now - before

    def change_unit(self, unit: str) -> str:
        return unit
