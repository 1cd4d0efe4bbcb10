"""Branches compared fairly: expected by kind of place, nobody ranked among equals, nobody judged on nothing."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import bench_review
from metrics.branches import adjusted
from metrics.methods import shrink


def cells(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["branch", "kind", "part", "whole"])


def test_each_kind_of_place_is_expected_to_do_as_it_does_over_the_campus():
    """宿舍 170 of 200, 教学楼 50 of 100: A with 100 and 50 should have 85 + 25, B 85 + 25."""
    found = expected(("A", "宿舍", 90, 100), ("A", "教学楼", 30, 50), ("B", "宿舍", 80, 100), ("B", "教学楼", 20, 50))
    assert found == {"A": pytest.approx(110), "B": pytest.approx(110)}


def test_a_kind_looked_after_by_one_branch_alone_is_expected_to_do_as_the_campus():
    """Over the campus 240 of 300: the only laboratory should have 80 of 100, not its own 70."""
    found = expected(("A", "宿舍", 90, 100), ("B", "宿舍", 80, 100), ("C", "实验楼", 70, 100))
    assert found["C"] == pytest.approx(80) and found["A"] == pytest.approx(85)


def expected(*rows: tuple) -> dict[str, float]:
    return adjusted.judged(cells(*rows), "up").set_index("branch")["expected"].to_dict()


def hard_places(hard_branch_only: bool) -> pd.DataFrame:
    """Kinds of 95 % and 60 %; every branch does as its places do, but D has mostly the hard ones."""
    rows = [(name, "宿舍", 285, 300) for name in "ABC"] + [("D", "宿舍", 57, 60), ("D", "实验楼", 180, 300)]
    return cells(*rows, *([] if hard_branch_only else [("A", "实验楼", 60, 100), ("B", "实验楼", 60, 100)]))


def test_a_branch_of_hard_places_is_not_called_low():
    frame = hard_places(hard_branch_only=False)
    found = adjusted.judged(frame, "up").set_index("branch")
    assert all(one.is_normal for one in found["verdict"]) and found["rank"].isna().all()
    raw = adjusted.judged(frame.assign(kind="一类"), "up").set_index("branch")
    assert raw.at["D", "verdict"].word == "明显偏低" and raw.at["D", "rank"] == 1, "without the adjustment it would be"


def test_where_kinds_differ_a_branch_with_a_kind_of_its_own_is_compared_with_nobody():
    found = adjusted.judged(hard_places(hard_branch_only=True), "up").set_index("branch")
    assert found.at["D", "verdict"].word == adjusted.NOT_ALIKE and found.at["D", "word"] == adjusted.NOT_COMPARED
    assert found.at["D", "rank"] is None and found.at["D", "value"] == pytest.approx(237 / 360)


def test_looking_after_nothing_is_never_the_best():
    found = adjusted.judged(cells(*((name, "宿舍", 90, 100) for name in "ABC"), ("D", "宿舍", 0, 0)), "up").set_index(
        "branch"
    )
    assert np.isnan(found.loc["D", ["value", "expected"]].astype(float)).all()
    assert (found.at["D", "verdict"].word, found.at["D", "rank"], found.at["D", "word"]) == (
        "没有数据",
        None,
        shrink.TOO_SMALL,
    )


@pytest.mark.parametrize(("better", "worst"), [("up", "A"), ("down", "D")])
def test_the_worse_end_is_the_metrics_own(better, worst):
    found = adjusted.judged(
        cells(("A", "宿舍", 40, 200), ("B", "宿舍", 100, 200), ("C", "宿舍", 100, 200), ("D", "宿舍", 160, 200)), better
    )
    assert found.set_index("branch")["rank"].dropna().to_dict() == {worst: 1}
    for row in found.itertuples():
        low, high = row.verdict.outer
        assert low < row.expected / row.whole < high and row.verdict.is_clear == (not low <= row.value <= high)


def test_all_of_three_cases_is_nothing_unusual_and_the_word_follows_the_printed_limits():
    """87 of 116 where 85 % are expected (an exact tail of 0.002) lies between the 95 % and the 99.8 % limit."""
    rows = [(name, "宿舍", 103, 120) for name in "BCDEFG"]
    found = adjusted.judged(cells(("A", "宿舍", 87, 116), ("H", "宿舍", 3, 3), *rows), "up").set_index("branch")
    assert found.at["H", "verdict"].is_normal and found.at["H", "verdict"].outer[1] == 1
    low = found.at["A", "verdict"]
    assert low.told == "比预期偏低，尚不足以定论" and low.outer[0] < 87 / 116 < low.inner[0]


def test_two_branches_are_not_ranked():
    found = adjusted.judged(cells(("A", "宿舍", 10, 100), ("B", "宿舍", 90, 100)), "up")
    assert found["rank"].isna().all() and {one.word for one in found["verdict"]} == {"样本太小，不判断"}


def test_people_share_out_a_count_by_residents_and_open_days():
    counts = pd.DataFrame({"branch": ["A", "B", "C"], "part": [10.0, 20.0, 5.0]})
    exposure = pd.DataFrame({"branch": ["A", "A", "B"], "exposure": [100.0, 100.0, 500.0]})
    found = adjusted.people_expected(counts, exposure)
    assert found["A"] == pytest.approx(10) and found["B"] == pytest.approx(25) and np.isnan(found["C"])


@pytest.mark.slow
def test_equal_branches_are_ranked_in_at_most_one_review_of_twenty():
    """Eight outcomes at once, kinds of place that differ, branches that do not; the benchmark does it with 500."""
    random = np.random.default_rng(1)
    assert sum(bench_review.quiet(random)[0] for _ in range(20)) <= 1


def test_the_planted_laggard_is_ranked_and_the_planted_improver_found():
    random = np.random.default_rng(2)
    assert sum(bench_review.laggard(random, 300)[0] for _ in range(20)) >= 15
    assert sum(bench_review.improver(random, 120)[0] for _ in range(5)) >= 4
