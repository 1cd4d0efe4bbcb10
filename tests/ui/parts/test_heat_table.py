"""Measured cells as a matrix with words, and the sentence about what stands out."""

import math
from datetime import date

import pandas as pd

from metrics.define import catalogue
from metrics.methods.verdict import AMOUNT, CLEAR, HEIGHT, NORMAL, Verdict
from metrics.places.hot_spots import HotSpot, PlacedHotSpot
from ui.charts.heat import heatmap
from ui.parts.heat import table as heat_table
from ui.parts.heat.table import Axes

COUNT, RATE = catalogue.get("ticket_count"), catalogue.get("ticket_on_time_rate")
AXES = Axes(
    "building",
    "category",
    {"D03": "3号楼", "D10": "10号楼"},
    {"电动车": "电动车", "门锁": "门锁"},
    {"电动车": "电动车", "门锁": "门锁"},
)


def cells(**changed) -> pd.DataFrame:
    frame = pd.DataFrame({
        "building": ["D03", "D03", "D10", "D10"], "category": ["电动车", "门锁"] * 2,
        "part": [22.0, 6, 0, 5], "whole": [22.0, 6, 0, 5],
        "value": [22.0, 6, 0, 5], "expected": [9.6, 6.1, 1.0, 5.0],
        "excess": [12.4, -0.1, -1.0, 0.0], "significant": [True, False, False, False],
    })  # fmt: skip
    frame = frame.assign(**changed)
    return frame.assign(
        verdict=[said(sure, more) for sure, more in zip(frame["significant"], frame["excess"], strict=True)]
    )


def said(sure: bool, more: float, sides: tuple[str, str] = AMOUNT) -> Verdict:
    return Verdict(CLEAR if sure else NORMAL, 1 if more > 0 else -1, sides, "自己过去一年的水平")


NOBODY = pd.DataFrame({"building": [], "excess": [], "verdict": []})


def test_a_place_that_left_its_own_past_comes_first():
    past = pd.DataFrame(
        {"building": ["D03", "D10"], "observed": [92.0, 12], "expected": [53.6, 40.2], "excess": [38.4, -28.2],
         "verdict": [said(True, 38.4), said(True, -28.2)]}
    )  # fmt: skip
    calm = cells(significant=False)
    assert heat_table.headline(past, calm, AXES, COUNT) == (
        "工单量：3号楼 92 单，自己过去一年的水平约 54，明显偏多；"
        "10号楼 12 单，自己过去一年的水平约 40，明显偏少（也可能是没有上报）；逐格看都是正常波动"
    )
    assert heat_table.headline(past.head(1), cells(), AXES, COUNT).endswith(
        "3号楼电动车 22 单，预期约 10，明显偏多，其余 3 格正常波动"
    )


def test_the_headline_names_the_cell_with_its_number_and_its_expectation():
    assert (
        heat_table.headline(NOBODY, cells(), AXES, COUNT)
        == "工单量：3号楼电动车 22 单，预期约 10，明显偏多，其余 3 格正常波动"
    )


def test_nothing_standing_out_is_a_result():
    calm = cells(significant=False)
    assert heat_table.headline(NOBODY, calm, AXES, COUNT) == "工单量：4 格都是正常波动"
    assert heat_table.finding(calm) == "各格都是正常波动"


def test_a_rate_is_named_with_part_and_whole():
    rate = cells(
        part=[2.0, 6, 0, 5],
        whole=[22.0, 8, 0, 5],
        value=[2 / 22, 0.75, math.nan, 1.0],
        excess=[-12.0, 0, math.nan, 0],
        expected=[14, 6, math.nan, 5],
    )
    rate["verdict"] = [said(sure, -1, HEIGHT) for sure in rate["significant"]]
    assert (
        heat_table.headline(NOBODY, rate, AXES, RATE)
        == "按时办结率：3号楼电动车 9.1 %（2 / 22），明显偏低，其余 2 格正常波动"
    )
    assert heat_table.finding(rate) == "1 格明显偏低"


def test_no_denominator_is_no_number_and_few_cases_have_no_colour():
    rate = cells(part=[2.0, 3, 0, 5], whole=[22.0, 4, 0, 5], value=[2 / 22, 0.75, math.nan, 1.0])
    table = heat_table.matrix(rate, {"D03": "80.0"}, AXES, RATE, excess=False)
    assert math.isnan(table.values[1][0]) and table.texts[1][0] == ""
    assert table.faint == [[False, True], [False, False]] and table.texts[0][1] == "75"
    assert table.totals == ["80.0", "—"]
    assert "没有数据" in table.hovers[1][0] and "2 / 22" in table.hovers[0][0]


def test_excess_is_signed_and_zero_is_plain():
    table = heat_table.matrix(cells(), {}, AXES, COUNT, excess=True)
    assert table.texts == [["+12", "0"], ["−1", "0"]] and table.diverging
    assert table.marks == [[True, False], [False, False]]


def test_keys_are_ids_and_days():
    assert heat_table.matrix(cells(), {}, AXES, COUNT, excess=False).keys[0][0] == ("D03", "电动车")
    assert heat_table.key_of(pd.Timestamp("2026-11-16")) == "2026-11-16"


def test_hot_spots_are_framed_where_their_row_is_shown_and_said_first():
    weeks = [pd.Timestamp("2026-11-02"), pd.Timestamp("2026-11-09"), pd.Timestamp("2026-11-16")]
    axes = Axes(
        "building", "week", {"D10": "10号楼", "D03": "3号楼"}, dict.fromkeys(weeks, "周"), dict.fromkeys(weeks, "周")
    )
    frame = pd.DataFrame(
        {
            "building": "D03",
            "week": weeks,
            "part": 4.0,
            "whole": 4.0,
            "value": 4.0,
            "expected": 2.0,
            "excess": 2.0,
            "significant": True,
            "verdict": [said(True, 2.0)] * 3,
        }
    )
    spots = tuple(
        PlacedHotSpot(place, date(2026, 11, 9), date(2026, 11, 16), HotSpot(0, 1, 2, 8, 4.0, 0.01))
        for place in ("D03", "D99")
    )
    table = heat_table.matrix(frame, {}, axes, COUNT, False, spots)
    assert table.frames == [(1, 1, 2)]
    shapes = heatmap(table, title="发现", subtitle="工单量").to_dict()["layout"]["shapes"]
    assert [(one["x0"], one["x1"], one["y0"], one["y1"]) for one in shapes if one["type"] == "rect"] == [
        (0.5, 2.5, 0.5, 1.5)
    ]
    assert heat_table.headline(NOBODY, frame, axes, COUNT, "热点：3号楼两周 8 单") == "工单量：热点：3号楼两周 8 单"
