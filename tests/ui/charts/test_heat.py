"""Heatmaps: empty is not zero, every number readable on its colour, every cell a door."""

import math

import pytest

from ui.charts import colours
from ui.charts import heat as charts_heat
from ui.charts import style as charts_style
from ui.charts.heat import Matrix, heatmap

NAN = math.nan


def matrix(values, **more) -> Matrix:
    rows, columns = [f"{n}号楼" for n in range(1, len(values) + 1)], [f"第{n}周" for n in range(1, len(values[0]) + 1)]
    texts = [["" if value != value else f"{value:g}" for value in row] for row in values]
    keys = [[(f"D{y}", f"W{x}") for x in range(len(columns))] for y in range(len(rows))]
    hovers = [[f"{row} {column}" for column in columns] for row in rows]
    return Matrix(rows, columns, values, texts, hovers, keys, **more)


def draw(values, **more):
    return heatmap(matrix(values, **more), title="发现", subtitle="工单量 · 单")


def cells(figure):
    """(row, column) → (text, ink) over both layers."""
    found = {}
    for trace in figure.data:
        if trace.type == "heatmap":
            for y, row in enumerate(trace.z):
                for x, value in enumerate(row):
                    if value is not None:
                        assert (y, x) not in found, "a cell is drawn once"
                        found[y, x] = (trace.text[y][x], trace.textfont.color)
    return found


def test_zero_is_printed_and_a_cell_without_data_is_hatched():
    figure = draw([[0.0, NAN], [3.0, 4.0]])
    assert cells(figure)[0, 0][0] == "0"
    assert (0, 1) not in cells(figure)
    path = figure.layout.shapes[0].path
    assert path.count("M") == 2 and "M0.60" in path


def test_a_full_table_has_no_hatching():
    assert not draw([[0.0, 1.0]]).layout.shapes


@pytest.mark.parametrize("diverging", [False, True])
def test_text_contrasts_at_least_four_and_a_half_to_one(diverging):
    values = [[step / 20 * (1 if not diverging else 2) - (1 if diverging else 0) for step in range(21)]]
    table = matrix(values, diverging=diverging)
    for (y, x), (_, ink) in cells(heatmap(table, title="", subtitle="")).items():
        lighter, darker = sorted(
            (charts_style.luminance(ink), charts_style.luminance(charts_heat.cell_colour(table, values[y][x])))
        )[::-1]
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_more_is_darker_and_zero_excess_is_white():
    table = matrix([[0.0, 2.0, 9.0]])
    shades = [charts_style.luminance(charts_heat.cell_colour(table, value)) for value in (0.0, 2.0, 9.0)]
    assert shades == sorted(shades, reverse=True)
    assert charts_heat.cell_colour(matrix([[-3.0, 1.0]], diverging=True), 0.0) == "#FFFFFF"


def test_every_cell_is_a_door_with_its_keys_even_where_there_is_no_data():
    figure = draw([[0.0, NAN], [3.0, 4.0]])
    door = next(trace for trace in figure.data if trace.type == "scatter")
    assert [tuple(keys) for keys in door.customdata] == [("D0", "W0"), ("D0", "W1"), ("D1", "W0"), ("D1", "W1")]
    assert [(x, y) for x, y in zip(door.x, door.y, strict=True)] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert door.marker.symbol == "square" and door.marker.color == "rgba(0,0,0,0)"
    assert figure.layout.clickmode == "event+select"
    assert door.hoverinfo != "skip"


def test_rows_read_from_the_top_and_end_with_their_total():
    figure = draw([[1.0, 2.0], [3.0, 4.0]], totals=["3", "7"])
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert {note.text: note.y for note in figure.layout.annotations if note.text in "37"} == {"3": 0, "7": 1}


def test_a_significant_cell_has_a_dot_and_the_others_do_not():
    found = cells(draw([[1.0, 9.0]], marks=[[False, True]]))
    assert found[0, 1][0] == "<b>9</b>•" and found[0, 0][0] == "1"


def test_a_cell_with_too_few_cases_has_words_but_no_colour():
    figure = draw([[100.0, 50.0]], faint=[[True, False]])
    grey = next(trace for trace in figure.data if trace.type == "heatmap" and trace.textfont.color == colours.NEUTRAL)
    assert list(grey.z[0]) == [0, None] and list(grey.text[0]) == ["100", ""]
    assert charts_heat.colour_range(matrix([[100.0, 50.0]], faint=[[True, False]])) == (0.0, 50.0)


def test_a_rate_that_should_be_high_is_darkest_where_it_is_lowest():
    table = matrix([[0.6, 0.9, 1.0]], low=None, reverse=True)
    assert charts_heat.colour_range(table) == (0.6, 1.0)
    assert (
        charts_heat.cell_colour(table, 0.6) == colours.BLUES[-1]
        and charts_heat.cell_colour(table, 1.0) == colours.BLUES[0]
    )


@pytest.mark.parametrize("values", [[[0.0, 0.0]], [[NAN, NAN]], [[5.0]]])
def test_flat_and_empty_tables_draw(values):
    assert draw(values).layout.height > 0


def test_no_rows_is_said():
    figure = heatmap(Matrix([], [], [], [], [], []), title="发现", subtitle="")
    assert "没有记录" in figure.layout.annotations[0].text


def test_one_case_more_than_expected_never_looks_like_much():
    assert charts_heat.colour_range(matrix([[1.0, -2.0]], diverging=True)) == (
        -charts_heat.LEAST_SPAN,
        charts_heat.LEAST_SPAN,
    )
    assert charts_heat.colour_range(matrix([[31.0, -2.0]], diverging=True)) == (-31.0, 31.0)
