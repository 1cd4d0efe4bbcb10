"""How an outcome is laid out: one word for all is said once, places that differ get a column; a past nobody knows is
no number."""

from dataclasses import replace

import pytest

from metrics.branches.own_past import Earlier
from metrics.branches.review import JudgedRate, Standing
from metrics.define import catalogue
from metrics.methods.verdict import CLEAR, NORMAL, Verdict
from reports.book.chapters import overview

SMALL, FIRST = "样本太小，不排名", "最需关注的第 1 位"
NAN = float("nan")
NOTHING = Earlier(None, NAN, NAN, NAN, "没有更早的数据")
ONE = Standing(
    "B1",
    "第一党支部",
    90,
    100,
    0.9,
    85.0,
    Verdict(NORMAL, against="预期", inner=(0.86, 0.9), outer=(0.84, 0.93)),
    0.1,
    None,
    SMALL,
    Earlier(None, 40, 80, 0.5, "", "上升", True),
)
OTHER = replace(
    ONE,
    branch="B2",
    name="第二党支部",
    part=60,
    value=0.6,
    verdict=replace(ONE.verdict, degree=CLEAR, side=-1),
    earlier=NOTHING,
)


def outcome(key: str = "ticket_on_time_rate", compared: bool = True, **other) -> JudgedRate:
    return JudgedRate(catalogue.get(key), (ONE, replace(OTHER, **other)), 0.8, "有差别。", "", compared, "")


def test_one_word_for_all_is_said_once_below_the_table():
    made = overview._outcome(outcome())
    assert made.tables[0].rows == (
        ("第一党支部", "90.0 %", "90 / 100", "50.0 %", "40 / 80", "好转", "85.0 %", "84.0–93.0", "正常波动"),
        ("第二党支部", "60.0 %", "60 / 100", "—", "—", "不作比较", "85.0 %", "84.0–93.0", "明显偏低"),
    )
    assert made.note == f"名次：2 个支部都是「{SMALL}」。"


def test_a_place_that_can_be_told_gets_a_column():
    table = overview._outcome(outcome(rank=1, word=FIRST)).tables[0]
    assert table.columns[-1] == "名次" and [row[-1] for row in table.rows] == [SMALL, FIRST]
    assert table.rows[0][1:3] == ("90.0 %\n90 / 100", "50.0 %\n40 / 80") and table.rows[1][2] == "—"


@pytest.mark.parametrize(("key", "compared"), [("activity_people", False), ("ticket_on_time_rate", False)])
def test_what_is_not_compared_has_neither_interval_nor_place(key, compared):
    made = overview._outcome(outcome(key, compared))
    assert made.tables[0].columns == overview.AMOUNTS and "名次" not in made.note
