"""The scan over places × weeks and the near-repeat test, against planted clusters, shuffled tables and sums made by
hand."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from metrics.ask.window import Window
from metrics.define import catalogue, numbers
from metrics.places.hot_spots import LEVEL, hot_spots, marked, not_significant, scan, sentence
from metrics.places.near_repeat import Pairs, close_by, pairs, repeats
from metrics.places.near_repeat import sentence as repeats_sentence
from tests.metrics.conftest import NOW, ticket


def quiet(seed: int, rows: int = 20, columns: int = 12, mean: float = 3.0) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, (rows, columns))


def test_a_planted_hot_spot_is_the_top_window_and_the_same_each_time():
    table = quiet(3)
    table[7, 4:7] += 9
    first, again = scan(table, rounds=199), scan(table, rounds=199)
    assert first == again
    assert (first[0].row, first[0].first, first[0].last, first[0].p) == (7, 4, 6, 1 / 200)
    assert first[0].observed == table[7, 4:7].sum()
    assert first[0].expected == pytest.approx(table[7].sum() * table[:, 4:7].sum() / table.sum())


def test_shuffled_tables_show_a_hot_spot_in_about_one_of_twenty():
    """Forty tables in which nothing is the matter: at 5 % more than six would come out once in fifty runs of other
    seeds."""
    false = sum(bool(found) and found[0].significant for found in (scan(quiet(seed), rounds=99) for seed in range(40)))
    assert false <= 6


def test_two_clusters_are_both_found_and_do_not_overlap():
    table = quiet(5, rows=30)
    table[2, 1:3] += 14
    table[9, 8:11] += 10
    found = scan(table, rounds=199)
    assert {(one.row, one.first, one.last) for one in found} >= {(2, 1, 2), (9, 8, 10)}
    assert all(one.significant for one in found)


@pytest.mark.parametrize(
    "table", [np.zeros((3, 4)), np.zeros((0, 0)), np.ones((1, 5)), np.ones((5, 1)), np.eye(4), np.full((4, 4), 2)]
)
def test_nothing_to_find_is_nothing_or_not_significant(table):
    assert not any(one.significant for one in scan(table, rounds=99))


def test_a_place_that_is_always_large_is_no_hot_spot():
    table = quiet(11)
    table[4] = np.random.default_rng(12).poisson(30, 12)
    assert not any(one.significant for one in scan(table, rounds=199))


def test_of_a_build_with_words_and_marks(draw):
    weeks = [datetime(2026, 9, 7) + timedelta(days=7 * week) for week in range(10)]
    rows = [(place, week) for week in range(10) for place in ("D03", "D10", "T01") for _ in range(4)] + [
        ("D03", week) for week in (6, 7) for _ in range(12)
    ]
    build = draw(
        tickets=[ticket(number, weeks[week], building_id=place) for number, (place, week) in enumerate(rows)]
        + [ticket(999, weeks[0], building_id=None)]
    )
    window = Window(date(2026, 9, 7), date(2026, 11, 16))
    (one,) = hot_spots(build, "ticket_count", window)
    assert (one.place, one.since, one.until, one.spot.observed) == ("D03", date(2026, 10, 19), date(2026, 10, 26), 32)
    assert one.spot.expected == pytest.approx(64 * 48 / 144)
    words = sentence(build, catalogue.get("ticket_count"), one)
    assert "3号楼" in words and words.endswith("32 单，比正常多五成（正常约 21）")
    cells = pd.DataFrame(
        {
            "building": ["D03"] * 3,
            "week": pd.to_datetime(["2026-10-12", "2026-10-19", "2026-10-26"]),
            "part": [16, 16, 4],
            "expected": [10, 10, 10],
        }
    )
    assert marked(cells, (one,), "building", "week").tolist() == [False, True, False]
    assert hot_spots(build, "ticket_on_time_rate", window) == ()


@pytest.mark.parametrize(
    ("seen", "usual", "words"),
    [
        (54, 29, "比正常多近一倍"),
        (13, 10, "比正常多三成"),
        (20, 10, "比正常多一倍"),
        (21, 10, "比正常多一倍多"),
        (32, 10, "是正常的 3.2 倍"),
        (10, 10, "与正常相近"),
        (3, 0.0, "正常几乎没有"),
    ],
)
def test_a_ratio_in_words(seen, usual, words):
    assert numbers.times(seen, usual) == words


def by_hand(table: np.ndarray, close: np.ndarray, days: int) -> int:
    cases = [(place, day) for place, row in enumerate(table) for day, many in enumerate(row) for _ in range(many)]
    return sum(
        bool(close[a[0], b[0]]) and abs(a[1] - b[1]) <= days for at, a in enumerate(cases) for b in cases[at + 1 :]
    )


@pytest.mark.parametrize("days", [0, 2, 14])
def test_pairs_are_those_counted_one_by_one(days):
    table = np.random.default_rng(1).poisson(0.4, (4, 25))
    near = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=bool)
    for close in (np.eye(4, dtype=bool), near):
        assert pairs(table, close, days, rounds=9).observed == by_hand(table, close, days)


def test_expected_pairs_are_the_mean_of_shuffles():
    table = np.random.default_rng(2).poisson(0.3, (5, 30))
    places, days = (np.repeat(np.arange(size), table.sum(axis=axis)) for size, axis in ((5, 1), (30, 0)))
    random, seen = np.random.default_rng(3), []
    for _ in range(400):
        shuffled = np.zeros_like(table)
        np.add.at(shuffled, (places, random.permutation(days)), 1)
        seen.append(by_hand(shuffled, np.eye(5, dtype=bool), 3))
    assert pairs(table, np.eye(5, dtype=bool), 3, rounds=9).expected == pytest.approx(np.mean(seen), rel=0.03)


def test_cases_that_follow_one_another_are_found_and_shuffled_ones_are_not():
    quiet_days = np.random.default_rng(4).poisson(0.1, (12, 150))
    assert not pairs(quiet_days, np.eye(12, dtype=bool)).significant
    echo = quiet_days.copy()
    for place, day in np.argwhere(quiet_days):
        echo[place, min(day + 3, 149)] += 1
    found = pairs(echo, np.eye(12, dtype=bool))
    assert found.significant and found.p == 1 / 200


def test_nearness_is_from_centre_to_centre_and_off_the_map_is_near_none():
    centres = pd.DataFrame({"building_id": ["A", "B", "C", "B"], "x": [0, 60, 300, 100], "y": [0, 0, 0, 0]})
    near = close_by(["A", "B", "C", "Z"], centres)
    assert near[0, 1] and near[1, 0] and near.sum() == 2


def test_repeats_of_a_build(draw):
    days = [NOW - timedelta(days=day) for day in range(1, 80, 2)]
    build = draw(
        tickets=[ticket(number, at, building_id="D03" if number < 20 else "D10") for number, at in enumerate(days)]
    )
    window = Window(date(2026, 8, 31), NOW.date() + timedelta(days=7))
    found = repeats(
        build, "ticket_count", window, places=pd.DataFrame({"building_id": ["D03", "D10"], "x": [0, 50], "y": [0, 0]})
    )
    assert found.cases == len([at for at in days if at.date() >= window.start]) and found.near is not None
    assert "近重复：工单量相隔 14 天以内又发生在同一栋楼的" in repeats_sentence(found, catalogue.get("ticket_count"))
    assert repeats(build, "ticket_count", window).near is None  # no map
    assert repeats(build, "ticket_on_time_rate", window) is None


def test_a_difference_of_no_use_is_not_said_to_be_one():
    assert not Pairs(1_020, 1_000.0, 0.005).significant and Pairs(1_200, 1_000.0, 0.005).significant


def test_a_place_that_fell_silent_after_its_hot_spot_says_so(draw):
    weeks = [datetime(2026, 8, 31) + timedelta(days=7 * week) for week in range(11)]
    rows = [(place, week) for week in range(11) for place in ("D10", "T01") for _ in range(8)] + [
        ("D03", week) for week in (0, 1, 2) for _ in range(12)
    ]
    build = draw(tickets=[ticket(number, weeks[week], building_id=place) for number, (place, week) in enumerate(rows)])
    one = hot_spots(build, "ticket_count", Window(date(2026, 8, 31), date(2026, 11, 16)))[0]
    assert (
        one.place == "D03"
        and one.silent_after
        and "也可能是没有上报" in sentence(build, catalogue.get("ticket_count"), one)
    )


@pytest.mark.parametrize("rounds", [9, 19, 99, 199, 999])
def test_shuffling_stops_only_where_the_rest_could_change_nothing(rounds):
    enough = not_significant(rounds)
    assert (1 + enough) / (rounds + 1) > LEVEL  # even if none of the others reached it
    assert enough == 1 or enough / (rounds + 1) <= LEVEL  # one fewer, and it still could be
