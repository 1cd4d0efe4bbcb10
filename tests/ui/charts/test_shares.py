"""Outcomes by group and means with intervals, from drawn frames."""

import math

import pandas as pd

from ui.charts import means as charts_means
from ui.charts import shares as charts_shares

OUTCOMES = (charts_shares.Ending("done", "办成", "#12436D"), charts_shares.Ending("undone", "没办成", "#F46A25"))
ROWS = pd.DataFrame(
    {
        "key": ["a", "b", "c"],
        "name": ["甲", "<b>乙</b>", "丙"],
        "whole": [10, 200, 0],
        "done": [9, 199, 0],
        "undone": [1, 1, 0],
    }
)


def test_every_piece_is_a_share_of_its_own_whole_and_hands_on_the_key():
    figure = charts_shares.shares(ROWS, OUTCOMES, title="题", subtitle="副题")
    done, undone = figure.data
    assert list(done.x) == [0.9, 0.995, 0] and list(undone.x) == [0.1, 0.005, 0]
    assert [keys[0] for keys in done.customdata] == ["a", "b", "c"]


def test_a_piece_too_narrow_for_its_number_keeps_it_for_the_hover():
    undone = charts_shares.shares(ROWS, OUTCOMES, title="题", subtitle="副题").data[1]
    assert list(undone.text) == ["1", "", ""]
    assert undone.hovertext[1] == "〈b〉乙〈/b〉<br>没办成 1 / 200（0.5％）"


def test_wholes_stand_at_the_end_and_an_empty_one_is_a_dash():
    texts = [note.text for note in charts_shares.shares(ROWS, OUTCOMES, title="题", subtitle="副题").layout.annotations]
    assert texts[:3] == ["10", "200", "—"] and "办成" in texts[3] and "没办成" in texts[3]


def test_nothing_at_all_is_said():
    assert (
        "没有可以比较"
        in charts_shares.shares(ROWS.iloc[2:], OUTCOMES, title="题", subtitle="副题").layout.annotations[0].text
    )


MEANS = pd.DataFrame({
    "key": ["安全", "夜间"], "name": ["安全", "夜间"], "value": [4.2, 3.5],
    "low": [4.1, math.nan], "high": [4.3, math.nan], "whole": [300, 1],
    "was": [4.0, math.nan],
})  # fmt: skip


def test_an_interval_is_drawn_where_there_is_one_and_the_point_before_is_hollow():
    figure = charts_means.means(MEANS, None, title="题", subtitle="副题", before="上一次")
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    hollow, points = (trace for trace in figure.data if trace.mode == "markers")
    assert [list(line.x) for line in lines] == [[4.1, 4.3]]
    assert hollow.marker.symbol == "circle-open" and hollow.x[0] == 4.0
    assert (
        list(points.x) == [4.2, 3.5]
        and "95 ％ 区间 4.10–4.30" in points.hovertext[0]
        and "区间" not in points.hovertext[1]
    )
    assert figure.layout.xaxis.range[0] >= 1 and figure.layout.xaxis.range[1] <= 5
