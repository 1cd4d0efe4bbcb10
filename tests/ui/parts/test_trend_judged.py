"""A series is judged against its own kind of weeks; a stock by its changes."""

import pandas as pd
import pytest

from metrics.define import catalogue
from metrics.methods import spc
from ui.charts.time_axis import Calendar
from ui.parts.trend import judged as trend_judged

COUNT, STOCK = catalogue.get("ticket_count"), catalogue.get("hazard_overdue_open")
WEEKS = pd.date_range("2026-03-02", periods=30, freq="7D")
HOLIDAY = range(15, 23)
CALENDAR = Calendar(
    pd.DataFrame({"week_start": WEEKS, "term_id": "t", "teaching_week": 1,
                  "phase": ["暑假" if n in HOLIDAY else "学期" for n in range(30)]}),
    pd.DataFrame({"name": [], "from_day": [], "to_day": []}),
)  # fmt: skip


def series(values) -> pd.DataFrame:
    return pd.DataFrame({"period": WEEKS[: len(values)], "value": [float(v) for v in values], "complete": True})


def term(n: int) -> int:
    return 100 + n % 3 * 10


def test_an_empty_campus_is_not_a_signal():
    judged = trend_judged.by_itself(
        series([2 if n in HOLIDAY else term(n) for n in range(30)]), COUNT, "week", CALENDAR
    )
    assert judged.finding.verdict.is_normal and judged.special == []
    assert judged.limits.lower > 50
    assert judged.say(WEEKS[16], True) == trend_judged.NOT_JUDGED
    assert judged.say(WEEKS[29], True) == "正常波动"


def test_a_week_far_off_is_special_and_an_unfinished_one_is_not_judged():
    frame = series([220 if n == 28 else term(n) for n in range(30)])
    frame.loc[29, "complete"] = False
    frame.loc[29, "value"] = 1.0
    judged = trend_judged.by_itself(frame, COUNT, "week", CALENDAR)
    assert judged.special == [WEEKS[28]] and judged.say(WEEKS[28], True) == spc.BEYOND
    assert judged.say(WEEKS[29], False) == "本期未满"
    assert judged.limits.special == {WEEKS[28]: spc.BEYOND}


def test_a_stock_is_judged_by_its_changes_and_has_no_limits_of_level():
    judged = trend_judged.by_itself(series([n * 5 + n % 2 for n in range(14)]), STOCK, "month", CALENDAR)
    assert judged.of_changes and judged.limits is None
    assert judged.finding.mean == pytest.approx(5, abs=0.2)


def test_a_share_that_stands_is_judged_by_its_changes():
    """Three posts lose their certificate in one week: that week is special, not every week after it."""
    values = [0.99 + n % 2 * 0.001 for n in range(20)] + [0.97 + n % 2 * 0.001 for n in range(6)]
    judged = trend_judged.by_itself(series(values), catalogue.get("certified_rate"), "month", CALENDAR)
    assert judged.special == [WEEKS[20]] and judged.limits is None


@pytest.mark.parametrize("values", [[], [5], [5, 6, 7]])
def test_few_periods_are_no_ground_for_a_verdict(values):
    judged = trend_judged.by_itself(series(values), COUNT, "week", CALENDAR)
    assert not judged.finding.verdict.is_judged and judged.limits is None  # no lines where nothing is judged
    assert judged.say(WEEKS[0], True) == "样本太小，不判断"


def test_a_group_is_judged_by_the_weeks_before_the_last_alone():
    judged = trend_judged.by_weeks(series([*(term(n) for n in range(20)), 400]), COUNT)
    assert judged.finding.verdict.word == "明显偏多" and judged.finding.mean == pytest.approx(
        sum(term(n) for n in range(20)) / 20
    )
    shown = series([term(n) for n in range(24)]).assign(complete=[True] * 23 + [False])
    assert judged.apart(shown) == 2  # weeks 22 and 23 are whole and were not among the 21 judged


def test_a_group_with_hardly_a_case_a_week_is_not_judged_by_limits():
    judged = trend_judged.by_weeks(series([0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0, 1, 0, 0, 3]), COUNT)
    assert judged.finding.verdict.word == "样本太小，不判断" and judged.finding.last_rule is None
    assert judged.limits is None and judged.special == []
