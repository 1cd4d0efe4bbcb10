"""What buildings move of themselves: none found in chance alone, the planted spread found, intervals widened and never
narrowed."""

from math import exp, inf, log

import numpy as np
import pytest

from benchmarks import bench_review
from metrics.campaigns import variation


@pytest.mark.parametrize(("spread", "low", "high"), [(0.0, 0.0, 0.01), (0.3, 0.06, 0.13)])
def test_the_spread_planted_is_the_spread_found(spread, low, high):
    random = np.random.default_rng(4)
    level = random.uniform(5, 40, 40)[:, None] * np.exp(random.normal(0, spread, (40, 12)))
    assert low <= variation.between_spans(random.poisson(level)) <= high


@pytest.mark.parametrize("counts", [np.zeros((0, 0)), np.zeros((3, 4)), np.array([[3, 4, 5]]), np.array([[1], [2]])])
def test_too_little_to_tell_is_no_spread(counts):
    assert variation.between_spans(counts) == 0.0


def test_the_interval_grows_by_the_variance_on_both_sides():
    low, high = variation.widened(0.5, 0.25, 1.0, 0.04)
    assert log(0.5 / low) == pytest.approx((log(2) ** 2 + (1.959964 * 0.2) ** 2) ** 0.5) and high == pytest.approx(
        0.25 / low
    )
    assert variation.widened(0.5, 0.25, 1.0, 0.0) == (0.25, 1.0)


def test_nothing_seen_keeps_its_open_ends():
    assert variation.widened(0.0, 0.0, 2.0, 0.04) == (0.0, pytest.approx(2.0 * exp(1.959964 * 0.2)))
    assert variation.widened(inf, 3.0, inf, 0.04)[1] == inf
    assert variation.widened(2.0, 0.0, inf, 0.04) == (0.0, inf)


def test_one_place_carries_more_of_its_own_than_many():
    alone, many = np.array([10.0]), np.full(20, 10.0)
    assert variation.of_change(0.09, alone, many) == pytest.approx(2 * 0.09 * (1 + 1 / 20))
    assert variation.of_change(0.09, alone, np.array([])) == pytest.approx(0.18)


@pytest.mark.parametrize("design", [(35, 60, 0.0), (35, 60, 0.2), (100, 400, 0.3)])
def test_the_true_effect_is_inside_with_buildings_that_move_of_themselves(design):
    random = np.random.default_rng(11)
    assert np.mean([bench_review.campaign(random, *design)[0] for _ in range(60)]) >= bench_review.INSIDE_AT_LEAST
