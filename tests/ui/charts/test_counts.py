"""Stacked counts and bars against a wanted amount, from drawn frames."""

import math
from types import SimpleNamespace

import pandas as pd

from ui.charts import colours
from ui.charts import counts as charts_counts
from ui.charts.counts import Piece

PIECES = (Piece("gone", "已过期", "#B42318"), Piece("soon", "30 天内", "#12436D"), Piece("later", "60 天内", "#D3E2F0"))
POSTS = pd.DataFrame(
    {"key": ["电工", "<b>厨师"], "name": ["电工", "<b>厨师"], "gone": [1, 0], "soon": [2, 3], "later": [0, 1]}
)
HOURS = SimpleNamespace(
    label="人均学时", unit="学时", show=lambda value: "—" if value != value else f"{value:.2f} 学时"
)
COLLEGES = pd.DataFrame(
    {"key": ["甲", "乙", "丙"], "name": ["甲学院", "乙学院", "丙学院"], "value": [0.0, 4.0, math.nan]}
)


def test_every_piece_is_drawn_whole_and_nought_has_no_number():
    figure = charts_counts.stacked(POSTS, PIECES, title="标题", subtitle="岗")
    assert [list(trace.x) for trace in figure.data] == [[1, 0], [2, 3], [0, 1]]
    assert [list(trace.text) for trace in figure.data] == [["1", ""], ["2", "3"], ["", "1"]]
    assert figure.layout.barmode == "stack"


def test_a_click_hands_on_the_group_and_the_piece():
    figure = charts_counts.stacked(POSTS, PIECES, title="标题", subtitle="岗")
    assert [list(pair) for pair in figure.data[1].customdata] == [["电工", "soon"], ["<b>厨师", "soon"]]


def test_names_from_records_are_no_markup():
    figure = charts_counts.stacked(POSTS, PIECES, title="标题", subtitle="岗")
    assert "<" not in figure.layout.yaxis.ticktext[1] and "<b>" not in figure.data[0].hovertext[1]


def test_the_colours_are_named_above_the_bars_two_a_line():
    (legend,) = [note.text for note in charts_counts.stacked(POSTS, PIECES, title="", subtitle="").layout.annotations]
    assert legend.count("<br>") == 1 and all(piece.label in legend for piece in PIECES)


def test_what_falls_short_has_another_colour_and_exactly_enough_does_not():
    figure = charts_counts.against_wanted(COLLEGES, HOURS, 4, title="标题", subtitle="学时")
    assert list(figure.data[0].marker.color) == [colours.WARNING, colours.SERIES[0], colours.WARNING]
    assert list(figure.data[0].text) == ["0.00", "4.00", "—"]
    assert figure.layout.shapes[0].x0 == 4 and "要求 4 学时" in [note.text for note in figure.layout.annotations]


def test_nothing_to_draw_is_said():
    for figure in (
        charts_counts.stacked(POSTS[:0], PIECES, title="", subtitle=""),
        charts_counts.against_wanted(COLLEGES[:0], HOURS, 4, title="", subtitle=""),
    ):
        assert not figure.data and figure.layout.annotations[0].text == "没有可以画的数据"
