"""零报告: days and previous best by hand, the suspected one named, no proud streak without records."""

from datetime import date
from pathlib import Path

import pytest

import warehouse
from metrics.ask.measure import total
from metrics.ask.records import records
from metrics.ask.window import Window
from metrics.duties import streaks
from tests.pages import written_safety
from tests.pages.conftest import loaded, words


@pytest.fixture(scope="session")
def safety_home(tmp_path_factory) -> Path:
    """A home into which the files of tests/pages/written_safety.py were loaded."""
    return loaded(tmp_path_factory.mktemp("safety"), written_safety.load)


@pytest.fixture
def safety_build(safety_home, monkeypatch) -> warehouse.Build:
    monkeypatch.setenv("CAMPUS_DATA", str(safety_home))
    return warehouse.current()


@pytest.fixture
def open_safety(open_at, safety_home, monkeypatch):
    """open_at on these files."""
    monkeypatch.setenv("CAMPUS_DATA", str(safety_home))
    return open_at


def test_fires_are_counted_from_files_to_page(open_safety):
    said = words(open_safety("zero_report")).replace("\\", "")
    assert "9 类近 28 天都未发生，距最近一次火灾 40 天" in said and "1 起疑似待核对" in said
    assert "以往最长 225 天（到 2026-10-13）" in said and "另有 1 起疑似" in said  # 2 March to 13 October
    assert (
        "记录从 2025-11-01 起" in said and "零发生、上报正常" not in said
    )  # a month of tickets proves nothing: 无法判断


def test_every_kind_stands_in_the_table_with_its_basis(open_safety):
    table = open_safety("zero_report").dataframe[-1].value.set_index("类型")
    assert len(table) == 9 and table["依据"].notna().all()
    fire = table.loc["火灾"]
    assert (fire["连续天数"], fire["以往最长（天）"], fire["有记录以来（起）"], fire["疑似待核对（起）"]) == (
        40,
        225,
        2,
        1,
    )
    assert table.loc["非正常死亡", "连续天数"] == (date(2026, 11, 22) - date(2025, 11, 1)).days == 386


def test_the_records_behind_a_kind_open_by_its_name(safety_build):
    window = Window(date(2025, 11, 1), date(2026, 11, 23))
    rows, count = records(
        safety_build, "zero_event_count", window, by_values={"category": "火灾"}, columns=("incident_id",)
    )
    assert count == 2 and set(rows["incident_id"]) == {"I4", "I7"}
    rows, _ = records(
        safety_build, "zero_suspected_count", window, by_values={"category": "火灾"}, columns=("incident_id",)
    )
    assert rows["incident_id"].tolist() == ["I9"]
    streak = total(safety_build, "zero_streak", Window(date(2026, 11, 16), date(2026, 11, 23)))
    assert (streak["value"], streak["whole"]) == (40, 386)


def test_days_count_whole_dates(safety_build):
    assert [one.days for one in streaks.streaks(safety_build) if one.label == "火灾"] == [40]


def test_a_build_without_the_list_says_so(open_at):
    said = words(open_at("zero_report"))
    assert "还没有零报告类型的清单" in said and "zero_types" in said
