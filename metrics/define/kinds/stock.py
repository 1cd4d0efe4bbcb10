"""stock: rows open at a moment (whole), and of those the ones past due by then (part), which is the number shown."""

import pandas as pd

from metrics.define.kinds.kind import INSTANT, Cases, Kind, Rows


class Stock(Kind):
    """A record may stand at many moments. Now it stands if `whole` says so, earlier if it ended after the moment."""

    name = "stock"
    words = "到某一时刻为止还没有了结的数量"
    is_level = False
    is_standing = is_backlog = is_plain = is_undivided = counts_rows = needs_end = True
    has_expected_cells = expects_by_whole = is_testable = True

    def cases(self, rows: Rows, instant: str) -> Cases:
        still = f"({rows.whole} OR ({rows.end} > {instant} AND {instant} < {rows.now}))"
        return Cases((f"({rows.time} <= {instant}) IS NOT FALSE", still), f"coalesce({rows.due} <= {instant}, false)")

    def read(self, rows: Rows) -> pd.DataFrame:
        cases = self.cases(rows, INSTANT)
        return rows.standing((f"count(*) FILTER (WHERE {cases.part}) AS part", "count(*) AS whole"), cases.whole)

    def case_of(self, part: str, whole: str) -> tuple[str, str]:
        """Only the moment decides."""
        return "true", "true"

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        return answer["part"]

    def adds_up(self, over_time: bool) -> bool:
        return not over_time
