"""Comparing units: funnel and shrinkage name those who differ and leave equal ones together."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from metrics.methods import funnel, shrink
from tests.every import every

TERMS = 120


def words(judged: funnel.Funnel) -> list[str]:
    return [one.word for one in judged.frame["verdict"]]


def clear(judged: funnel.Funnel) -> int:
    return sum(one.is_clear for one in judged.frame["verdict"])


def frame(part, whole) -> pd.DataFrame:
    return pd.DataFrame({"part": part, "whole": whole})


def test_a_funnel_names_the_one_that_differs():
    judged = funnel.funnel(frame([90, 88, 92, 60], [100, 100, 100, 100]), target=0.9, over=False)
    assert words(judged) == ["正常波动"] * 3 + ["明显偏低"]
    assert funnel.sentence(judged, ["甲", "乙", "丙", "丁"], "支部") == "4 个支部中，丁明显偏低；其余正常波动。"


def test_a_funnel_says_that_nobody_differs_and_keeps_empty_units():
    judged = funnel.funnel(frame([90, 88, 0], [100, 100, 0]))
    assert words(judged) == ["正常波动", "正常波动", "没有数据"]
    assert funnel.sentence(judged, ["甲", "乙", "丙"], "支部") == "2 个支部都在正常波动内。"
    assert np.isnan(judged.frame["value"].iloc[2])


def test_the_word_follows_the_limits_that_are_drawn():
    """15 of 20 against a common 85.4 % (exact tail 0.146 %): outside 95 %, inside 99.8 %, and neither hides it."""
    judged = funnel.funnel(frame([30, *range(20, 41)], [40] * 22), target=0.854, over=False)
    for row in judged.frame.itertuples():
        outside = [not low <= row.value <= high for low, high in (row.verdict.inner, row.verdict.outer)]
        assert (
            row.verdict.degree
            == {(False, False): "normal", (True, False): "leaning", (True, True): "clear"}[tuple(outside)]
        )
    chance = [stats.binom.cdf(part, 40, 0.854) for part in judged.frame["part"]]
    below = [one.is_clear and one.side < 0 for one in judged.frame["verdict"]]
    assert not any(odd and tail >= 0.001 for odd, tail in zip(below, chance, strict=True))
    drawn = judged.curve(np.array([39.7, 40.2])).iloc[0]
    assert (drawn["low998"], drawn["high95"]) == (judged.frame["low998"].iloc[0], judged.frame["high95"].iloc[0])
    assert funnel.funnel(frame([15], [20]), target=0.854, over=False).frame["verdict"].iloc[0].word == "正常波动"


def test_rates_are_compared_with_what_their_size_foretells():
    judged = funnel.funnel(frame([50, 100, 400], [1000, 2000, 2000]), "rate", over=False)
    assert judged.frame["expected"].tolist() == pytest.approx([110, 220, 220])
    assert judged.frame["value"].iloc[2] == pytest.approx(400 / 220)
    assert words(judged) == ["明显偏低", "明显偏低", "明显偏高"]


def test_zero_is_never_called_low_where_little_is_expected():
    assert words(funnel.funnel(frame([0, 30], [2.5, 30]), "rate", 1.0, over=False))[0] == "正常波动"


def test_overdispersion_by_hand():
    z, variance = np.array([-2.0, -1.0, 0.0, 1.0, 2.0] * 4), np.full(20, 0.25)
    phi, tau2 = funnel.overdispersion(z, variance, winsorise=0.0)
    assert phi == pytest.approx(2.0)
    assert tau2 == pytest.approx((20 * 2 - 19) / (80 - 80 / 20))
    assert funnel.overdispersion(np.zeros(20), variance)[1] == 0.0


def test_of_few_units_the_one_far_out_does_not_hide_itself():
    judged = funnel.funnel(frame([38, 36, 37, 39, 21, 35, 40, 36], [40] * 8))
    assert [one.is_clear for one in judged.frame["verdict"]] == [False] * 4 + [True] + [False] * 3


def test_overdispersed_units_widen_the_funnel_until_ordinary_spread_is_not_news():
    random = np.random.default_rng(3)
    part = random.binomial(400, np.clip(random.normal(0.8, 0.08, 30), 0, 1))
    narrow, wide = (funnel.funnel(frame(part, [400] * 30), over=over) for over in (False, True))
    assert wide.tau2 > 0 and clear(narrow) > 5
    assert clear(wide) < clear(narrow) / 3


@pytest.mark.slow
@every("size", [8, 40, 200])
def test_ten_equal_units_are_told_apart_in_at_most_one_term_of_twenty(size):
    random = np.random.default_rng(20260901)
    named = {"funnel rate": 0, "funnel share": 0, "rank rate": 0, "rank share": 0}
    for _ in range(TERMS):
        exposure = random.uniform(0.5, 1.5, 10) * size
        counts, whole = random.poisson(exposure), np.ceil(exposure).astype(int)
        good = random.binomial(whole, 0.9)
        named["funnel rate"] += clear(funnel.funnel(frame(counts, exposure), "rate")) > 0
        named["funnel share"] += clear(funnel.funnel(frame(good, whole))) > 0
        named["rank rate"] += any(shrink.gamma_poisson(counts, exposure).rank)
        named["rank share"] += any(shrink.beta_binomial(good, whole).rank)
    assert {name: count for name, count in named.items() if count > 0.05 * TERMS} == {}


def test_a_clear_laggard_is_placed():
    found = shrink.beta_binomial(np.array([360, 358, 362, 355, 361, 359, 280]), np.full(7, 400))
    assert found.differs and found.rank == [None] * 6 + [1]
    assert (
        found.p_worst_third[6] > 0.99 and found.word(6) == "最需关注的第 1 位" and found.word(0) == "样本太小，不排名"
    )


def test_small_units_are_pulled_to_the_common_rate():
    found = shrink.gamma_poisson(np.array([4, 300, 120, 40]), np.array([1.0, 100, 100, 100]))
    assert found.common == pytest.approx(464 / 301)
    raw = np.array([4, 3, 1.2, 0.4])
    assert abs(found.mean[0] - found.common) < abs(raw[0] - found.common) * 0.8
    assert abs(found.mean[1] - raw[1]) < 0.1
    assert (found.low < found.mean).all() and (found.mean < found.high).all()


def test_no_variance_left_means_one_rate_for_all():
    found = shrink.gamma_poisson(np.array([10, 10, 10]), np.array([1.0, 1.0, 1.0]))
    assert found.variance == 0 and found.mean.tolist() == [10, 10, 10] and found.rank == [None] * 3
    assert found.low[0] == pytest.approx(6.747, abs=1e-3)


@every("method", [shrink.gamma_poisson, shrink.beta_binomial])
def test_nothing_seen_ranks_nobody(method):
    found = method(np.zeros(4), np.array([10.0, 10, 0, 10]))
    assert found.rank == [None] * 4 and np.isnan(found.mean).all()


def test_the_same_numbers_give_the_same_chances():
    part, whole = np.array([30, 45, 38, 20]), np.full(4, 60)
    assert (
        shrink.beta_binomial(part, whole).p_worst_third.tolist()
        == shrink.beta_binomial(part, whole).p_worst_third.tolist()
    )
