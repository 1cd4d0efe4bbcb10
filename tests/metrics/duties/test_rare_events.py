"""Days between rare events: gaps by hand, Montgomery's limits, the wait that still runs."""

from datetime import datetime, timedelta

import pytest
from scipy import stats

from metrics.ask.selection import Scope
from metrics.duties import rare_events
from metrics.methods import time_between
from tests.metrics.conftest import NOW
from tests.metrics.methods.test_published_answers import FAILURES


def calls(gaps, last: datetime, category: str = "火灾", **more) -> list[dict]:
    """Incidents with these days between them, the last one at `last`."""
    moments = [last]
    for gap in reversed(gaps):
        moments.append(moments[-1] - timedelta(days=float(gap)))
    return [
        {"incident_id": f"{category}{n}", "received_at": at, "category": category, "is_incident": True, **more}
        for n, at in enumerate(reversed(moments))
    ]


def test_gaps_and_the_running_wait_by_hand(draw):
    build = draw(incidents=calls([10, 20.5, 3], datetime(2026, 11, 12, 8)))
    found = rare_events.between(build, "火灾")
    assert found.gaps == (10, 20.5, 3) and found.waited == 10 and len(found.days) == 4
    assert found.verdict.word == "样本太小，不判断" and "共 4 起，平均隔 11.2 天" in found.sentence


def test_limits_are_montgomerys(draw):
    """Time between failures of a valve (Introduction to Statistical Quality Control, table 7.10), here as days."""
    build = draw(incidents=calls([hours / 24 for hours in FAILURES], NOW - timedelta(days=1)))
    found = rare_events.between(build, "火灾")
    assert (found.limits.centre * 24, found.limits.upper * 24, found.limits.lower) == pytest.approx(
        (430.04095, 6937.93349, 0.0), rel=1e-5
    )
    assert found.verdict.told == "与平常比，正常波动" and not any(found.special)


def test_closer_and_closer_is_told(draw):
    build = draw(incidents=calls([30, 42, 35, 28, 40, 33, 38, 31, 2, 1, 2, 1, 2, 1, 1], NOW - timedelta(days=1)))
    assert rare_events.between(build, "火灾").verdict.told == "比平常明显偏多"


def test_a_long_wait_is_told(draw):
    build = draw(incidents=calls([9, 11, 10, 8, 12, 10, 9, 11, 10], NOW - timedelta(days=200)))
    found = rare_events.between(build, "火灾")
    assert found.waited == 200 and "已经久过平常的上限；比平常明显偏少" in found.sentence


def test_only_rare_categories_are_offered_and_void_ones_never_count(draw):
    often = calls([1] * 300, NOW - timedelta(days=1), "求助")
    void = calls([5] * 6, NOW, "误报", is_incident=False)
    build = draw(incidents=[*often, *void, *calls([60, 60, 60], NOW), *calls([60], NOW, "群体性事件")])
    assert rare_events.categories(build) == {"火灾": 4}
    assert rare_events.between(build, "误报") is None and rare_events.between(build, "火灾", scope=Scope()) is None


def test_waits_that_are_together_too_short_are_told_at_once():
    """Two mean waits of exponential gaps: F with 2 × 2 and 2 × 8 degrees of freedom."""
    assert time_between.denser([10.0] * 8 + [1, 1], 2) == pytest.approx(stats.f.cdf(0.1, 4, 16))
    usual = [3.0, 26, 9, 15, 31, 6, 18, 12, 20]
    assert time_between.judged([*usual, 15, 1, 1, 1, 1], 1, "平常", fresh=5).told == "比平常明显偏多"
    assert time_between.judged([*usual, 15, 0.5], 3, "平常", fresh=2).is_normal, "two on one day may be chance"
    assert time_between.judged(usual, 400, "平常", fresh=0).told == "比平常明显偏少"
