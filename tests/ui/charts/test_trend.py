"""Figures from drawn frames: what is drawn, what is said, and what a name from a record may not do."""

import math
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest

from metrics.define import catalogue, kinds
from metrics.define.targets import Target
from tests.every import every
from ui.charts import colours
from ui.charts import style as charts_style
from ui.charts.limits import Limits
from ui.charts.style import plain_label, without_words, words_of
from ui.charts.time_axis import Calendar
from ui.charts.trend import trend_chart, trend_panels


def metric(**changed):
    """A stand-in with the four things a chart asks of a metric."""
    shown = {
        "kind": kinds.BY_NAME["count"],
        "unit": "单",
        "better": "down",
        "show": lambda value: "—" if value != value else f"{value:g} 单",
    }
    return SimpleNamespace(
        label="工单量", show_part_whole=lambda part, whole: f"{part:g} / {whole:g}", **{**shown, **changed}
    )


RATE = {
    "kind": kinds.BY_NAME["proportion"],
    "unit": "%",
    "better": "up",
    "show": lambda value: "—" if value != value else f"{value * 100:.1f} %",
}
WEEKS = pd.date_range("2026-06-01", periods=12, freq="7D")
CALENDAR = Calendar(
    pd.DataFrame({
        "week_start": WEEKS, "term_id": ["2025-2"] * 5 + [None] * 4 + ["2026-1"] * 3,
        "teaching_week": [14, 15, 16, 17, 18, None, None, None, None, 1, 2, 3],
        "phase": ["学期"] * 5 + ["暑假"] * 4 + ["学期"] * 3,
    }),
    pd.DataFrame({"name": ["新生入学", "早已过去"], "from_day": ["2026-08-05", "2020-01-01"],
                  "to_day": ["2026-08-06", "2020-01-02"]}),
)  # fmt: skip


def series(values, name=None) -> pd.DataFrame:
    frame = pd.DataFrame({"period": WEEKS[: len(values)], "part": 1, "whole": 2, "value": values})
    frame["complete"] = [True] * (len(values) - 1) + [False]
    return frame if name is None else frame.assign(group=name)


def doors(figure: go.Figure) -> go.Scatter:
    return next(trace for trace in figure.data if trace.customdata is not None)


def drawn_trend(values, limits=None, **changed) -> go.Figure:
    return trend_chart(
        series(values), metric(**changed), title="发现", subtitle="工单量 · 单", calendar=CALENDAR, limits=limits
    )


def test_a_trend_carries_its_finding_and_what_it_measures():
    assert words_of(drawn_trend([3.0, 4.0, 5.0])) == ("发现", "工单量 · 单")


def test_the_period_that_is_not_over_is_hollow_and_the_others_are_filled():
    fills = doors(drawn_trend([3.0, 4.0, 5.0])).marker.color
    assert fills[2] == colours.PAPER
    assert fills[0] == fills[1] == colours.SERIES[0]


@every(("better", "value", "expected"), [
    ("down", 20.0, "BAD"), ("down", 0.0, "GOOD"), ("up", 20.0, "GOOD"), ("up", 0.0, "BAD"), ("none", 20.0, "WARNING"),
])  # fmt: skip
def test_a_special_point_is_good_or_bad_by_what_the_metric_wants(better, value, expected):
    figure = drawn_trend([5.0, value, 5.0], Limits(5, 1, 9, {WEEKS[1]: "超出上限"}), better=better)
    assert doors(figure).marker.color[1] == getattr(colours, expected)
    assert "超出上限" in doors(figure).hovertext[1]
    assert doors(figure).marker.color[0] == colours.SERIES[0]


def test_mean_and_limits_stand_as_lines_with_words():
    figure = drawn_trend([5.0, 6.0, 5.0], Limits(5.5, 2, 9))
    assert {shape.y0 for shape in figure.layout.shapes if shape.y0 == shape.y1} == {5.5, 2, 9}
    assert "上限 9 单" in [note.text for note in figure.layout.annotations]


def test_the_axis_says_teaching_weeks_and_shades_the_holiday_once():
    figure = drawn_trend([1.0] * 12)
    assert list(figure.layout.xaxis.ticktext) == [
        "第14周<br>2026-06",
        *[f"第{n}周" for n in (15, 16, 17, 18)],
        "第1周<br>2026-08",
        "第2周",
        "第3周",
    ]
    shades = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(pd.Timestamp(s.x0), pd.Timestamp(s.x1)) for s in shades] == [
        (WEEKS[5] - pd.Timedelta(days=3.5), WEEKS[9] - pd.Timedelta(days=3.5))
    ]
    assert "暑假" in [note.text for note in figure.layout.annotations]


def test_events_inside_the_time_shown_fly_a_flag_and_others_do_not():
    texts = [note.text for note in drawn_trend([1.0] * 12).layout.annotations]
    assert any("新生入学" in text for text in texts)
    assert not any("早已过去" in text for text in texts)


def test_a_click_on_a_point_hands_on_the_first_day_of_its_period():
    assert [keys[0] for keys in doors(drawn_trend([1.0, 2.0])).customdata] == ["2026-06-01", "2026-06-08"]


def test_a_rate_shows_part_and_whole_and_a_percent_axis():
    figure = drawn_trend([0.5, 0.75], **RATE)
    assert "1 / 2" in doors(figure).hovertext[0]
    assert figure.layout.yaxis.tickformat.endswith("%")
    assert figure.layout.yaxis.range[1] <= 1.02


@every("values", [[], [math.nan, math.nan]])
def test_nothing_to_draw_is_said(values):
    figure = drawn_trend(values)
    assert "没有可以计算的数据" in figure.layout.annotations[0].text


def test_a_single_period_and_a_flat_series_still_draw():
    assert len(doors(drawn_trend([7.0])).x) == 1
    low, high = drawn_trend([0.0, 0.0, 0.0]).layout.yaxis.range
    assert low < high


def test_up_to_four_groups_are_lines_with_their_names_at_the_end():
    frame = pd.concat([series([1.0, 2.0, value], name) for name, value in (("甲", 3.0), ("乙", 3.0))])
    figure, left = trend_panels(frame, metric(), "group", title="发现", subtitle="单")
    labels = {note.text: note.y for note in figure.layout.annotations}
    assert {"<b>甲</b>", "<b>乙</b>"} <= set(labels)
    assert labels["<b>甲</b>"] != labels["<b>乙</b>"], "names that end at the same height may not cover one another"
    assert left == ""


def test_more_groups_are_panels_of_one_figure_and_the_rest_is_said():
    frame = pd.concat([series([1.0, 2.0, 3.0], f"第{number}网格") for number in range(1, 16)])
    figure, left = trend_panels(frame, metric(), "group", title="发现", subtitle="单")
    titles = [note.text for note in figure.layout.annotations]
    assert "<b>第12网格</b>" in titles and "<b>第13网格</b>" not in titles
    assert "另有 3 组" in left


def test_panels_share_one_scale_and_have_their_own_limits_and_holidays():
    frame = pd.concat([series([float(number)] * 12, f"第{number}网格") for number in range(1, 7)])
    limits = {"第6网格": Limits(6, 3, 9)}
    figure, _ = trend_panels(frame, metric(), "group", title="发现", subtitle="单", calendar=CALENDAR, limits=limits)
    layout = figure.to_dict()["layout"]
    assert len({tuple(layout[f"yaxis{number}"]["range"]) for number in ("", 2, 3, 4, 5, 6)}) == 1
    assert {(shape["yref"], shape["y0"]) for shape in layout["shapes"] if shape["type"] == "line"} == {
        ("y6", 6),
        ("y6", 3),
        ("y6", 9),
    }
    assert sum(shape["type"] == "rect" for shape in layout["shapes"]) == 6


@every("name", ["<a href='http://x'>点我</a>", "<img src=x>", "&lt;b&gt;", "$x^2$", "%{x}", "甲\u202e乙\n丙\x00"])
def test_a_name_from_a_record_is_only_ever_a_name(name):
    safe = plain_label(name)
    assert not set(safe) & set("<>&${}%\n\x00\u202e")
    frame = pd.concat([series([1.0, 2.0], name), series([2.0, 1.0], "乙")])
    figure, _ = trend_panels(frame, metric(), "group", title="发现", subtitle="单")
    for text in [*doors(figure).hovertext, *(note.text for note in figure.layout.annotations)]:
        assert not re.search(r"<(?!/?b>|br>)|&|%\{|\$", text)


def test_long_names_are_cut_with_a_mark():
    assert plain_label("很" * 50, 10) == "很" * 9 + "…"


def test_every_font_is_large_enough_to_read_from_the_back_row():
    frame = pd.concat([series([1.0, 2.0], f"第{number}网格") for number in range(9)])
    figures = [
        drawn_trend([1.0, 2.0], Limits(1, 0, 2)),
        trend_panels(frame, metric(), "group", title="发现", subtitle="单")[0],
    ]

    def sizes(node):
        if isinstance(node, dict):
            yield from (
                [node["size"]]
                if "size" in node and ("family" in node or "color" in node) and "line" not in node
                else []
            )
            for child in node.values():
                yield from sizes(child)
        elif isinstance(node, list | tuple):
            for child in node:
                yield from sizes(child)

    for figure in figures:
        assert min(size for size in sizes(figure.layout.to_plotly_json()) if isinstance(size, int | float)) >= 13


@every(("colour", "expected"), [("#FFFFFF", 1.0), ("#000000", 0.0), ("#FF0000", 0.2126), ("#808080", 0.2159)])
def test_luminance_is_that_of_wcag(colour, expected):
    assert charts_style.luminance(colour) == pytest.approx(expected, abs=1e-4)


def test_a_screen_that_prints_the_words_itself_gets_a_figure_without_them():
    figure = drawn_trend([1.0, 2.0])
    height = figure.layout.height
    bare = without_words(figure)
    assert bare.layout.title.text is None and bare.layout.height < height


def test_limits_stand_only_over_the_periods_they_speak_of():
    weeks = [pd.Timestamp("2026-06-01") + pd.Timedelta(days=7 * n) for n in range(5)]
    figure = drawn_trend([5.0, 6.0, 30.0, 5.0, 6.0], Limits(5.5, 2, 9, over=frozenset([weeks[0], weeks[1], weeks[3]])))
    upper = [(pd.Timestamp(s.x0), pd.Timestamp(s.x1)) for s in figure.layout.shapes if s.y0 == s.y1 == 9]
    half = pd.Timedelta(days=3.5)
    assert upper == [(weeks[0] - half, weeks[1] + half), (weeks[3] - half, weeks[3] + half)]
    assert doors(figure).marker.color[2] == colours.FAINT and doors(figure).marker.color[0] == colours.SERIES[0]
    assert "不判断" in doors(figure).hovertext[2]


def test_a_mean_carries_its_interval_and_the_axis_has_room_for_it():
    days = pd.date_range("2026-03-02", periods=3, freq="7D")
    frame = pd.DataFrame({"period": days, "part": 8.0, "whole": 2.0,
                          "value": [4.0, float("nan"), 4.1], "low": [3.0, float("nan"), 3.9],
                          "high": [5.0, float("nan"), 4.3], "complete": True})  # fmt: skip
    figure = trend_chart(frame, catalogue.get("survey_safety"), title="", subtitle="")
    bars = next(trace.error_y for trace in figure.data if trace.customdata is not None)
    assert bars.array[0] == 1.0 and bars.arrayminus[2] == pytest.approx(0.2) and bars.array[1] is None
    low, high = figure.layout.yaxis.range
    assert 0 < low < 3.0 and high > 5.0


def test_a_target_with_dates_is_drawn_as_a_step():
    """Two terms, two targets: a line each over the periods held against it, an upright where it changed."""
    aims = (
        Target(0.8, date(2026, 3, 2), date(2026, 7, 5), "例会", "1 号"),
        Target(0.9, date(2026, 7, 6), None, "例会", "2 号"),
    )
    metric = replace(catalogue.get("ticket_on_time_rate"), targets=aims, target=0.9)
    figure = trend_chart(series([0.95] * 12), metric, title="甲", subtitle="乙")
    spans = [(line.x0, line.x1, line.y0, line.y1) for line in figure.layout.shapes if line.line.dash == "longdash"]
    edge = "2026-07-02T12:00:00"  # half a week before the first week that ends under the new one
    assert spans == [
        ("2026-05-28T12:00:00", edge, 0.8, 0.8),
        (edge, "2026-08-20T12:00:00", 0.9, 0.9),
        (edge, edge, 0.8, 0.9),
    ]
    words = [note.text for note in figure.layout.annotations if note.text.startswith("目标")]
    assert words == ["目标 80.0 ％", "目标 90.0 ％"]
    low, high = figure.layout.yaxis.range
    assert low < 0.8 and high > 0.95
