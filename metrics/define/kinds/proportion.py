"""proportion: rows that are part ÷ rows that count."""

from metrics.define.kinds.rate import Rate


class Proportion(Rate):
    name = "proportion"
    words = "比率：分子 ÷ 分母"
    is_share_of_cases = has_expected_cells = is_testable = True
    peers = "proportion"

    def adds_up(self, over_time: bool) -> bool:
        return True
