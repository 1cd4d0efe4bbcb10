"""XmR: gaps, words, provisional limits, whole runs marked."""

import numpy as np
import pytest

from metrics.methods import spc
from metrics.methods.verdict import CLEAR, LEANING, NORMAL, Verdict
from tests.every import every

STEADY = [10, 12, 9, 11, 10, 12, 11, 9, 10, 11, 12, 10]


def test_missing_weeks_are_left_out_and_not_marked():
    with_gap = [10, float("nan"), *STEADY[1:], 40]
    found = spc.xmr(with_gap)
    assert found.n == 13 and found.special[1] is None and found.special[-1] == spc.BEYOND
    assert found.mean == pytest.approx(np.nanmean(with_gap))


@every(
    ("values", "better", "verdict"),
    [
        (STEADY, "up", "正常波动"),
        ([*STEADY, 30], "up", "明显偏高"),
        ([*STEADY, 0], "up", "明显偏低"),
        ([10, 11] * 10 + [11.5] * 7, "up", "持续改善"),
        ([10, 11] * 10 + [11.5] * 7, "down", "持续恶化"),
        ([10, 11] * 10 + [11.5] * 7, "none", "明显偏高"),
        ([10, 12, 11, 9], "up", "样本太小，不判断"),
        ([], "up", "样本太小，不判断"),
        ([5] * 20, "up", "正常波动"),
        ([0] * 20, "down", "正常波动"),
        ([0] * 20 + [1], "down", "样本太小，不判断"),
        ([0] * 9 + [1] + [0] * 11, "down", "样本太小，不判断"),
    ],
)
def test_the_verdict_judges_the_newest_point_in_words(values, better, verdict):
    assert spc.xmr(values, better).verdict.word == verdict


def test_under_twelve_points_the_limits_are_provisional():
    assert spc.xmr(STEADY[:11]).provisional and not spc.xmr(STEADY).provisional


def test_limits_are_clipped_to_what_is_possible():
    found = spc.xmr([0.95, 1.0, 0.9, 1.0, 0.97], floor=0.0, ceiling=1.0)
    assert found.upper == 1.0 and found.lower > 0


def test_two_of_three_near_the_limit():
    assert spc.two_of_three([0, 2.5, 2.5, 0.5, -3], 0, 3).tolist() == [0, 0, 0, 1, 0]


def test_of_two_in_three_only_those_beyond_are_marked_and_all_three_lie_on_one_side():
    """As NHSRplotthedots 0.2.2 flags them: (close, side) 1 0 1 / 0 1 1 / 1 1 0 on one side, none across the mean."""
    for close in ((1, 0, 1), (0, 1, 1), (1, 1, 0)):
        points = [10 + (2.5 if one else 0.5) for one in close]
        one_side = spc.xmr([*[11.3, 8.7] * 10, *points], baseline=20, screen=False, scale=3 / 2.6)
        assert (one_side.upper - one_side.mean) == pytest.approx(3)
        assert [rule == spc.TWO_OF_THREE for rule in one_side.special[-3:]] == [bool(one) for one in close]
        assert (one_side.last_rule == spc.TWO_OF_THREE) is bool(close[-1])
        across = [point if one else 9.5 for one, point in zip(close, points, strict=True)]
        assert (
            spc.xmr([*[11.3, 8.7] * 10, *across], baseline=20, screen=False, scale=3 / 2.6).special[-3:] == [None] * 3
        )


def test_limits_of_no_width_judge_nothing_unless_counting_gives_them_one():
    always = [1.0] * 20
    assert spc.xmr([*always, 0.5]).flat and spc.xmr([*always, 0.5]).special == [None] * 21
    counted = spc.xmr([*always, 0.5], "up", 20, 0.0, 1.0, least=0.1)
    assert counted.verdict.word == "明显偏低" and counted.lower == pytest.approx(0.9)


def test_all_points_of_a_run_are_marked():
    found = spc.xmr([10, 11] * 10 + [11.5] * 7)
    assert found.special[-7:] == [spc.RUN_RULE] * 7


@every(
    ("degree", "side", "better", "good"),
    [
        (CLEAR, 1, "up", True),
        (CLEAR, 1, "down", False),
        (CLEAR, -1, "none", None),
        (CLEAR, -1, "up", False),
        (LEANING, -1, "up", None),
        (NORMAL, 0, "up", None),
    ],
)
def test_whether_it_is_good_news(degree, side, better, good):
    assert Verdict(degree, side).good(better) is good
