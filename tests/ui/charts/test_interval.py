"""Intervals around 「没有变化」: coloured only where they do not touch it, held inside the edges, words harmless."""

import math

from ui.charts.colours import GOOD, INK, WARNING
from ui.charts.interval import Interval, intervals


def drawn(*rows: Interval) -> list[dict]:
    return [
        trace
        for trace in intervals(list(rows), title="题", subtitle="副题").to_dict()["data"]
        if trace["mode"] == "lines"
    ]


def test_only_what_does_not_touch_no_change_is_coloured():
    lines = drawn(
        Interval("少", 0.5, 0.3, 0.9, ""), Interval("多", 2.0, 1.2, 4.0, ""), Interval("平", 0.8, 0.5, 1.4, "")
    )
    assert [line["line"]["color"] for line in lines] == [GOOD, WARNING, INK]


def test_half_and_double_lie_equally_far_and_infinity_at_the_edge():
    (line,) = drawn(Interval("某", 1.0, 0.5, 2.0, ""))
    assert list(line["x"]) == [-1.0, 1.0]
    (line,) = drawn(Interval("某", math.inf, 0.0, math.inf, ""))
    assert list(line["x"]) == [-3.0, 3.0]


def test_what_cannot_be_told_is_left_out_and_said():
    assert drawn(Interval("无", math.nan, math.nan, math.nan, "")) == []
    figure = intervals([], title="", subtitle="")
    assert "说不出变化" in figure.layout.annotations[0].text


def test_names_are_never_markup():
    figure = intervals([Interval("<b>x</b>", 1.0, 0.5, 2.0, "没有变化")], title="", subtitle="")
    assert "<b>" not in figure.layout.yaxis.ticktext[0]
