"""小事一格: the ladder from files to page by hand."""

from datetime import date

import pytest

from metrics.ask.measure import total
from metrics.ask.window import Window
from metrics.duties.ladder import ladder
from tests.pages.conftest import words
from tests.pages.test_zero_report import open_safety, safety_build, safety_home  # noqa: F401

WINDOW = Window(date(2026, 8, 31), date(2026, 11, 23))


def test_the_sentence_by_hand(open_safety):  # noqa: F811
    said = words(open_safety("ladder")).replace("\\", "")
    assert "到网格的 6 件，3 件在网格内办结（50.0 %），其中 1 件又重办；没有转到校外的，2 件未办结" in said
    assert "另有 1 件没有写明发现或办结的层级" in said and "没有算出来" not in said


def test_every_level_by_hand(safety_build):  # noqa: F811
    found = {
        one.name: (one.needed, one.closed, one.open, one.passed_on, one.reopened)
        for one in ladder(safety_build, WINDOW).levels
    }
    assert found == {
        "网格": (6, 3, 1, 2, 1),
        "楼栋/学院": (3, 0, 1, 2, 0),
        "部门": (2, 2, 0, 0, 1),
        "校级": (0, 0, 0, 0, 0),
        "校外": (0, 0, 0, 0, 0),
    }


@pytest.mark.parametrize(("key", "part", "whole"), [
    ("ladder_case_count", 8, 8), ("ladder_grid_rate", 3, 6), ("ladder_reopen_rate", 2, 6),
    ("ladder_on_campus_rate", 6, 8), ("ladder_time_at_level", 4, 5),
    ("dispute_resolved_rate", 2, 3), ("dispute_relapse_rate", 1, 2),
    ("dispute_time_at_level", 3, 4), ("grid_resolved_rate", 2, 4),
])  # fmt: skip
def test_every_number_by_hand(safety_build, key, part, whole):  # noqa: F811
    found = total(safety_build, key, WINDOW)
    assert (found["part"], found["whole"]) == (part, whole)


def test_the_table_pairs_closed_with_reopened(open_safety):  # noqa: F811
    table = open_safety("ladder").dataframe[0].value.set_index("层级")
    assert table.loc["网格", ["办结 / 到此级", "重办 / 办结"]].tolist() == ["3 / 6", "1 / 3"]
    assert table.loc["部门", "停留"] == "22.0 小时"  # 10:00 to 8:00 of the next day


@pytest.mark.parametrize("tab", ["各网格", "各类别", "还停着的", "矛盾纠纷"])
def test_every_tab_opens(open_safety, tab):  # noqa: F811
    at = open_safety("ladder", tab=tab)
    assert not at.exception and "没有算出来" not in words(at)
