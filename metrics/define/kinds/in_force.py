"""in_force: rows begun and not ended at a moment (whole), and of those the ones whose `due` had not come (part)."""

import pandas as pd

from metrics.define.kinds.kind import INSTANT, Cases, Rows
from metrics.define.kinds.rate import Rate


class InForce(Rate):
    name = "in_force"
    words = "某一时刻仍然有效的比例"
    is_standing = is_share_of_cases = is_testable = needs_end = True

    def cases(self, rows: Rows, instant: str) -> Cases:
        begun, not_ended = f"{rows.time} <= {instant}", f"coalesce({rows.end} > {instant}, true)"
        return Cases((begun, not_ended, rows.whole), f"coalesce({rows.due} > {instant}, true)")

    def read(self, rows: Rows) -> pd.DataFrame:
        cases = self.cases(rows, INSTANT)
        return rows.standing((f"count(*) FILTER (WHERE {cases.part}) AS part", "count(*) AS whole"), cases.whole)

    def adds_up(self, over_time: bool) -> bool:
        return not over_time
