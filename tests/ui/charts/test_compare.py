"""Funnel and bars from drawn frames."""

import math
from types import SimpleNamespace

import pandas as pd

from metrics.define import kinds
from ui.charts import colours
from ui.charts.compare import bar_chart, funnel_chart

RATE = SimpleNamespace(label="按时办结率", kind=kinds.BY_NAME["proportion"], unit="%", better="up",
                       show=lambda value: "—" if value != value else f"{value * 100:.1f} %",
                       show_part_whole=lambda part, whole: "—" if not whole else f"{part:g} / {whole:g}")  # fmt: skip
UNITS = pd.DataFrame({
    "key": ["B1", "B2", "B3", "B4"], "name": ["第一党支部", "第二党支部", "第三党支部", "第四党支部"],
    "part": [80, 30, 99, 0], "whole": [100, 100, 100, 0],
    "value": [0.8, 0.3, 0.99, math.nan], "outside": [False, True, True, False],
})  # fmt: skip
CURVE = pd.DataFrame(
    {"size": [50, 100], "low95": [0.68, 0.72], "high95": [0.92, 0.88], "low998": [0.6, 0.65], "high998": [1, 0.95]}
)


def drawn():
    return funnel_chart(UNITS, CURVE, RATE, target=0.8, title="第二党支部低于预期", subtitle="按时办结率 · %")


def test_only_units_outside_the_bands_carry_their_name():
    points = drawn().data[-1]
    assert list(points.text) == ["", "第二党支部", "第三党支部"]


def test_worse_is_red_better_is_green_and_ordinary_is_neither():
    assert list(drawn().data[-1].marker.color) == [colours.SERIES[0], colours.BAD, colours.GOOD]


def test_a_unit_with_nothing_to_divide_by_is_not_drawn():
    assert "B4" not in [keys[0] for keys in drawn().data[-1].customdata]


def test_both_bands_are_drawn_and_named():
    figure = drawn()
    assert sum(trace.fill == "tonexty" for trace in figure.data) == 2
    texts = {note.text for note in figure.layout.annotations}
    assert {"99.8 ％", "95 ％"} <= texts and any("总体 80.0" in text for text in texts)


def test_bars_end_with_the_number_and_its_parts_and_a_missing_value_says_so():
    figure = bar_chart(UNITS, RATE, title="各支部", subtitle="%")
    assert list(figure.data[0].text) == ["80.0 ％　80 / 100", "30.0 ％　30 / 100", "99.0 ％　99 / 100", "—　—"]
    assert figure.data[0].x[3] == 0


def test_no_units_is_said():
    empty = UNITS.head(0)
    for figure in (
        funnel_chart(empty, CURVE, RATE, target=0.8, title="", subtitle=""),
        bar_chart(empty, RATE, title="", subtitle=""),
    ):
        assert "没有可以比较的数据" in figure.layout.annotations[0].text
