"""Campaigns: the exact intervals against published answers and by a sum of one's own; spans, comparison places,
words."""

from datetime import date, datetime, timedelta
from math import comb, inf

import duckdb
import numpy as np
import pandas as pd
import pytest

from metrics.ask.window import Window
from metrics.campaigns import effect
from metrics.campaigns import words as campaign_words
from metrics.campaigns.campaign import campaigns
from metrics.campaigns.effect import LESS, NO_EFFECT, TOO_FEW, Phase, compared, detectable, odds_ratio, rate_ratio
from tests.metrics.conftest import ticket

WEEK = Window(date(2026, 10, 12), date(2026, 10, 19))


def phase(here: float, elsewhere: float, days: int = 7) -> Phase:
    return Phase("", Window(WEEK.start, WEEK.start + timedelta(days=days)), here, elsewhere, 1.0)


def test_the_odds_ratio_is_fishers():
    """R's fisher.test on Fisher's tea tasting (3, 1; 1, 3) prints 0.2117329 to 621.9337505; its root finder is coarse
    high up."""
    ratio, low, high = odds_ratio(3, 1, 1, 3)
    assert ratio == 9.0
    assert low == pytest.approx(0.2117329, rel=1e-4) and high == pytest.approx(621.9337505, rel=1e-2)


def test_the_rate_ratio_is_that_of_r():
    """R's example of poisson.test: 11 cases in 800 against 21 in 3011; ratio 1.971488, interval 0.8584264 to
    4.2772659."""
    assert rate_ratio(11, 21, 800, 3011) == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-5)


def tails(table: tuple[int, int, int, int], odds: float) -> tuple[float, float]:
    """(P(at most what was seen), P(at least it)) of the noncentral hypergeometric, added up term by term."""
    a, b, c, d = table
    first, second, column = a + b, c + d, a + c
    terms = {
        x: comb(first, x) * comb(second, column - x) * odds**x
        for x in range(max(0, column - second), min(first, column) + 1)
    }
    total = sum(terms.values())
    return sum(v for x, v in terms.items() if x <= a) / total, sum(v for x, v in terms.items() if x >= a) / total


@pytest.mark.parametrize("table", [(18, 25, 45, 45), (1, 14, 14, 14), (0, 9, 5, 6), (12, 3, 30, 31)])
def test_at_each_bound_one_tail_is_a_fortieth(table):
    _, low, high = odds_ratio(*table)
    assert tails(table, high)[0] == pytest.approx(0.025, abs=1e-4)
    assert low == 0 or tails(table, low)[1] == pytest.approx(0.025, abs=1e-4)


@pytest.mark.slow
def test_the_true_change_lies_inside_in_at_least_93_of_100_simulations():
    """Rates like the planted campaign's: 45 fewer of 100 at the places, the other places unchanged while all double."""
    random, inside = np.random.default_rng(5), 0
    for _ in range(400):
        before, now, others_before, others_now = random.poisson([35, 35 * 2 * 0.55, 50, 100])
        _, low, high = odds_ratio(now, before, others_now, others_before)
        inside += low <= 0.55 <= high
    assert inside / 400 >= 0.93


def test_no_effect_is_an_answer_and_too_few_is_another():
    assert compared(phase(25, 45), phase(18, 45)).verdict == NO_EFFECT
    assert compared(phase(40, 45), phase(9, 45)).verdict == LESS
    assert compared(phase(3, 45), phase(1, 45)).verdict == TOO_FEW
    assert compared(phase(40, 0), phase(9, 0)).verdict == LESS, "nothing to compare with: against itself alone"
    assert compared(phase(40, 0, 28), phase(10, 0, 7)).ratio == 1.0, "a rate a day, not a count"
    assert compared(phase(20, 20), Phase("", None, 0, 0, inf)).verdict == TOO_FEW


def test_how_few_it_takes_to_be_seen():
    before, now = phase(25, 45), phase(18, 45)
    most = detectable(before, now)
    assert (
        compared(before, phase(most, 45)).verdict == LESS and compared(before, phase(most + 1, 45)).verdict == NO_EFFECT
    )
    assert detectable(phase(4, 45), phase(3, 45)) is None


@pytest.fixture
def drawn(draw):
    """Two dormitories; a campaign of a week at one of them, theft halved there."""
    days = {"D03": (8, 2), "D10": (6, 6)}
    rows = []
    for building, (before, during) in days.items():
        for number in range(before + during):
            opened = datetime(2026, 10, 5, 9, number) + timedelta(days=7 * (number >= before))
            rows.append(ticket(len(rows), opened, opened, building_id=building, category="自行车被盗"))
    rows.append(ticket(99, datetime(2026, 10, 13), building_id="D03", category="水电"))
    rows.append(ticket(100, datetime(2026, 9, 1), building_id="T01", category="自行车被盗"))

    def build(extra=()):
        campaign = {
            "title": "停车落锁",
            "category": "自行车被盗",
            "starts_at": datetime(2026, 10, 12),
            "ends_at": datetime(2026, 10, 18, 23, 59, 59),
            "unit": None,
        }
        named = [{"campaign_id": "X1", **campaign}, *({**campaign, **one} for one in extra)]
        places = [
            {"campaign_id": "X1", "building_id": "D03", "place_text": "3号楼"},
            {"campaign_id": "X1", "building_id": None, "place_text": "树林"},
        ]
        places += [{"campaign_id": one["campaign_id"], "building_id": "D10", "place_text": "10号楼"} for one in extra]
        made = draw(tickets=rows)
        with duckdb.connect(str(made.path)) as connection:
            listed = pd.DataFrame(named).assign(counted="工单", is_campaign=True, unit=None)  # noqa: F841
            spots = pd.DataFrame(places)  # noqa: F841
            connection.execute(
                "CREATE OR REPLACE TABLE campaigns AS SELECT * REPLACE (unit::VARCHAR AS unit) FROM listed"
            )
            connection.execute("CREATE OR REPLACE TABLE campaign_places AS SELECT * FROM spots")
        return made

    return build


def test_before_during_and_after_are_counted_here_and_at_places_alike(drawn):
    (campaign,) = campaigns(drawn())
    assert (campaign.places, campaign.others, campaign.unknown) == (("D03",), ("D10",), ("树林",))
    found = effect.evaluate(drawn(), campaign)
    assert [(one.here, one.elsewhere, one.days) for one in found.phases] == [(8, 6, 7), (2, 6, 7), (0, 0, 7)]
    assert found.during.ratio == 0.25 and found.during.verdict == NO_EFFECT and not found.is_running
    said = campaign_words.sentence(found)
    assert "自行车被盗在行动楼宇 8 → 2 单；扣除同类楼宇的同期变化，看不出效果" in said
    assert "看不出效果（减少 75 %" in campaign_words.effect(found.during, True)


def test_a_place_of_another_campaign_is_not_compared_with(drawn):
    made = drawn(extra=[{"campaign_id": "X2", "starts_at": datetime(2026, 10, 17), "ends_at": datetime(2026, 10, 25)}])
    by_id = {one.campaign_id: one for one in campaigns(made)}
    assert by_id["X1"].others == () and by_id["X2"].others == ()
    assert "没有同类楼宇可比" in campaign_words.effect(effect.evaluate(made, by_id["X1"]).during, False)


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(0.55, "减少 45 %"), (1.2, "增加 20 %"), (1.0, "没有变化"), (inf, "增加（上限不定）"), (0.0, "减少 100 %")],
)
def test_a_ratio_in_words(ratio, said):
    assert campaign_words.change(ratio) == said
