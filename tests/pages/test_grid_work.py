"""Duties by grid: what was done, what was not, and grids of which nothing is known."""

import json
import math

from tests.pages.conftest import words


def test_the_sentence_counts_only_grids_that_sent_something(open_written):
    said = words(open_written("grid_work")).replace("\\", "")
    assert "有走访记录的 2 个网格做到 9 / 14 项职责（64.3 %）" in said
    assert "第3网格、第4网格、第5网格 等 13 个网格没有发来走访记录" in said
    assert "第1网格已 33 天没有走访" in said


def matrix(at) -> tuple[list[list[str]], dict]:
    """(what stands in the cells, the figure)"""
    drawn = json.loads(at.get("plotly_chart")[0].proto.spec)
    return [
        [a or b for a, b in zip(*rows, strict=True)]
        for rows in zip(*(layer["text"] for layer in drawn["data"][:2]), strict=True)
    ], drawn


def test_empty_is_not_zero(open_written):
    texts, drawn = matrix(open_written("grid_work"))
    assert texts[0] == ["2", "1", "0", "0", "0", "0", "0"] and texts[1] == ["1"] * 7 and texts[2] == [""] * 7
    assert drawn["layout"]["shapes"], "what sent nothing is hatched"


def test_more_or_fewer_than_the_totals_make_likely(open_written):
    """Three and seven of ten visits, three of them 安全教育: 0.9 and 2.1 are to be expected, two and one were made."""
    texts, drawn = matrix(open_written("grid_work", show="excess"))
    assert (texts[0][0], texts[1][0], texts[0][1]) == ("+1", "−1", "0") and texts[2] == [""] * 7
    hovers = [words for layer in drawn["data"] for words in layer.get("hovertext", [])]
    assert any("2 次</b><br>预期约 0.9，正常波动" in one for one in hovers)


def test_load_and_silence_by_grid(open_written):
    rows = open_written("grid_work").dataframe[0].value.set_index("网格")
    first = rows.loc["第1网格"]
    assert (first["做到的职责"], first["走访（次）"], first["工单与隐患（件）"]) == ("2 / 7", 3, 28)
    assert first["每个网格员承担（件）"] == 3.9 and first["距最近走访（天）"] == 33  # 31 of 8
    assert rows.loc["第3网格", "做到的职责"] == "没有记录" and math.isnan(rows.loc["第3网格", "距最近走访（天）"])


def test_without_visits_the_page_says_which_export_to_provide(open_at):
    assert "还没有收到网格走访的导出" in words(open_at("grid_work"))
