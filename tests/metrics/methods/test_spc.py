"""XmR: gaps, words, provisional limits, whole runs marked."""

import numpy as np
import pytest

from metrics.methods import spc

STEADY = [10, 12, 9, 11, 10, 12, 11, 9, 10, 11, 12, 10]


def test_missing_weeks_are_left_out_and_not_marked():
    with_gap = [10, float("nan"), *STEADY[1:], 40]
    found = spc.xmr(with_gap)
    assert found.n == 13 and found.special[1] is None and found.special[-1] == spc.BEYOND
    assert found.mean == pytest.approx(np.nanmean(with_gap))


@pytest.mark.parametrize(
    ("values", "better", "verdict"),
    [
        (STEADY, "up", "正常波动"),
        ([*STEADY, 30], "up", "异常上升"),
        ([*STEADY, 0], "up", "异常下降"),
        ([10, 11] * 10 + [11.5] * 7, "up", "持续改善"),
        ([10, 11] * 10 + [11.5] * 7, "down", "持续恶化"),
        ([10, 11] * 10 + [11.5] * 7, "none", "异常上升"),
        ([10, 12, 11, 9], "up", "数据不足"),
        ([], "up", "数据不足"),
        ([5] * 20, "up", "正常波动"),
        ([0] * 20, "down", "正常波动"),
    ],
)
def test_the_verdict_judges_the_newest_point_in_words(values, better, verdict):
    assert spc.xmr(values, better).verdict == verdict


def test_under_twelve_points_the_limits_are_provisional():
    assert spc.xmr(STEADY[:11]).provisional and not spc.xmr(STEADY).provisional


def test_limits_are_clipped_to_what_is_possible():
    found = spc.xmr([0.95, 1.0, 0.9, 1.0, 0.97], floor=0.0, ceiling=1.0)
    assert found.upper == 1.0 and found.lower > 0


def test_two_of_three_near_the_limit():
    assert spc.two_of_three([0, 2.5, 2.5, 0.5, -3], 0, 3).tolist() == [0, 0, 0, 1, 0]


def test_all_points_of_a_run_are_marked():
    found = spc.xmr([10, 11] * 10 + [11.5] * 7)
    assert found.special[-7:] == [spc.RUN_RULE] * 7


@pytest.mark.parametrize(
    ("verdict", "better", "good"),
    [
        ("异常上升", "up", True),
        ("异常上升", "down", False),
        ("异常下降", "none", None),
        ("持续恶化", "up", False),
        ("正常波动", "up", None),
    ],
)
def test_whether_it_is_good_news(verdict, better, good):
    assert spc.is_good(verdict, better) is good
