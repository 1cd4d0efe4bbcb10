"""案事件与反诈: every number of the sentence by hand, and what is missing said."""

from datetime import date

import pytest

from metrics.ask.measure import measure, total
from metrics.ask.window import Window
from tests.pages.conftest import words
from tests.pages.test_zero_report import open_safety, safety_build, safety_home  # noqa: F401

WINDOW = Window(date(2026, 8, 31), date(2026, 11, 23))


def test_the_sentence_by_hand(open_safety):  # noqa: F811
    said = words(open_safety("incidents")).replace("\\", "")
    assert "案事件 6 起，及时到场 2 / 4（50.0 %）" in said
    assert "受骗 3 起，损失 4,000 元，劝住 2 / 5 人次" in said  # what was only attempted is no case
    assert "没有算出来" not in said


@pytest.mark.parametrize(("key", "part", "whole", "value"), [
    ("incident_count", 6, 6, 6), ("incident_severe_rate", 0, 6, 0),
    ("incident_arrival_on_time_rate", 2, 4, 0.5), ("fraud_case_count", 3, 3, 3),
    ("fraud_case_rate", 3, 23_000, 3 / 2.3), ("fraud_loss", 4000, 2, 4000),
    ("fraud_loss_rate", 4000, 23_000, 4000 / 2.3), ("fraud_dissuaded_count", 2, 2, 2),
    ("fraud_dissuaded_rate", 2, 5, 0.4), ("fraud_outreach_people", 100, 1, 100),
])  # fmt: skip
def test_every_number_by_hand(safety_build, key, part, whole, value):  # noqa: F811
    found = total(safety_build, key, WINDOW)
    assert (found["part"], found["whole"], found["value"]) == (part, whole, pytest.approx(value))


def test_the_median_waits_for_who_never_came(safety_build):  # noqa: F811
    found = total(safety_build, "incident_time_to_arrival", WINDOW)
    assert found["value"] * 60 == pytest.approx(6) and (found["part"], found["whole"]) == (
        3,
        4,
    )  # 4, 6, 15 minutes and never: half within 6


def test_levels_stand_in_their_own_order(safety_build):  # noqa: F811
    assert measure(safety_build, "incident_count", WINDOW, "level")["level"].tolist() == ["一般", "轻微"]


@pytest.mark.parametrize("tab", ["案事件", "到场", "受骗案件", "劝阻与宣传"])
def test_every_tab_opens(open_safety, tab):  # noqa: F811
    at = open_safety("incidents", tab=tab)
    assert not at.exception and "没有算出来" not in words(at)


def test_without_exports_the_page_says_which_to_provide(open_at):
    said = words(open_at("incidents"))
    assert "案事件没有数据，还没有收到" in said and "诈骗没有数据，还没有收到" in said
