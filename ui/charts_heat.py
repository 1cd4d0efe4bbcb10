"""Heatmaps: places or kinds against time or one another, each cell a door to its records. Pure.

Plotly does not report clicks on heatmap cells: transparent square markers lie over them and carry the keys.
"""

import math
from dataclasses import dataclass, field

import plotly.graph_objects as go

from ui.charts_style import (
    BLUES,
    CELL_INK,
    DIVERGING,
    FAINT,
    INK,
    NEUTRAL,
    PAPER,
    SIZE,
    blend,
    framed,
    nothing,
    scale_of,
    text_on,
)

CELL, TOP, LABEL = 30, 104, 26
_DOT = "•"


@dataclass(frozen=True)
class Matrix:
    """A table of cells, rows top to bottom. Every list of lists is rows × columns.

    values: what colours the cell, NaN where there is no data (which is not zero); texts: what stands in it;
    hovers: its words; marks: significance dots; keys: what a click hands on (row key, column key);
    totals: words at each row's end; diverging: values are signed around 0 (excess over expected).
    """

    rows: list[str]
    columns: list[str]
    values: list[list[float]]
    texts: list[list[str]]
    hovers: list[list[str]]
    keys: list[list[tuple[str, str]]]
    marks: list[list[bool]] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    totals_title: str = "合计"
    diverging: bool = False


def known(matrix: Matrix) -> list[float]:
    """All values that exist."""
    return [value for row in matrix.values for value in row if value is not None and math.isfinite(value)]


def colour_range(matrix: Matrix) -> tuple[float, float]:
    """From zero to the largest value; symmetric around zero when diverging."""
    values = known(matrix)
    if matrix.diverging:
        largest = max((abs(value) for value in values), default=1.0) or 1.0
        return -largest, largest
    low = min(0.0, *values) if values else 0.0
    return low, max(values, default=1.0) if max(values, default=1.0) > low else low + 1.0


def cell_colour(matrix: Matrix, value: float) -> str:
    """The colour behind one value."""
    low, high = colour_range(matrix)
    return blend(DIVERGING if matrix.diverging else BLUES, (value - low) / (high - low))


def _layer(matrix: Matrix, ink: str) -> go.Heatmap:
    """The cells whose text is written in `ink`: two layers make every number readable on its own colour."""
    low, high = colour_range(matrix)
    marks = matrix.marks or [[False] * len(matrix.columns) for _ in matrix.rows]
    values, texts = [], []
    for numbers, words, dots in zip(matrix.values, matrix.texts, marks, strict=True):
        ours = [math.isfinite(value) and text_on(cell_colour(matrix, value)) == ink for value in numbers]
        values.append([value if mine else None for value, mine in zip(numbers, ours, strict=True)])
        texts.append([(f"<b>{word}</b>{_DOT}" if dot else word) if mine else ""
                      for word, dot, mine in zip(words, dots, ours, strict=True)])
    return go.Heatmap(z=values, text=texts, texttemplate="%{text}", textfont={"color": ink, "size": SIZE}, zmin=low,
                      zmax=high, colorscale=scale_of(DIVERGING if matrix.diverging else BLUES), showscale=False,
                      xgap=2, ygap=2, hoverinfo="skip", hoverongaps=False)


def _hatching(matrix: Matrix) -> str:
    """One path of diagonal strokes over the cells without data, so that empty never reads as zero."""
    strokes = []
    for y, row in enumerate(matrix.values):
        for x, value in enumerate(row):
            if not math.isfinite(value):
                strokes += [f"M{x - 0.4:.2f},{y + 0.35:.2f} L{x + 0.0:.2f},{y - 0.35:.2f}",
                            f"M{x - 0.1:.2f},{y + 0.35:.2f} L{x + 0.3:.2f},{y - 0.35:.2f}"]
    return " ".join(strokes)


def _doors(matrix: Matrix) -> go.Scatter:
    """The invisible markers: hover words, and keys for the click. hoverdistance makes the nearest one own the cell."""
    wide = range(len(matrix.columns))
    spots = [(x, y) for y in range(len(matrix.rows)) for x in wide]
    return go.Scatter(
        x=[x for x, _ in spots], y=[y for _, y in spots], mode="markers",
        marker={"symbol": "square", "size": CELL - 6, "color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[list(matrix.keys[y][x]) for x, y in spots], hovertext=[matrix.hovers[y][x] for x, y in spots],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 0}}, selected={"marker": {"color": "rgba(0,0,0,0)"}})


def heatmap(matrix: Matrix, *, title: str, subtitle: str) -> go.Figure:
    """Cells from light to dark blue, or around white when diverging; totals at the row's end."""
    if not matrix.rows or not matrix.columns:
        return nothing("这段时间、这个范围内没有记录", title, subtitle)
    figure = go.Figure([_layer(matrix, PAPER), _layer(matrix, CELL_INK), _doors(matrix)])
    framed(figure, title, subtitle, TOP + CELL * len(matrix.rows) + 12)
    figure.update_layout(hoverdistance=CELL * 4, clickmode="event+select", margin={"t": TOP, "r": 72 if matrix.totals else 12})
    figure.update_xaxes(side="top", tickmode="array", tickvals=list(range(len(matrix.columns))), ticktext=matrix.columns,
                        range=[-0.5, len(matrix.columns) - 0.5], linewidth=0, ticks="", autotickangles=[0, 60, 90])
    figure.update_yaxes(tickmode="array", tickvals=list(range(len(matrix.rows))), ticktext=matrix.rows, showgrid=False,
                        range=[len(matrix.rows) - 0.5, -0.5], tickfont={"color": INK})
    hatching = _hatching(matrix)
    if hatching:
        figure.add_shape(type="path", path=hatching, line={"color": FAINT, "width": 1}, layer="below")
    for y, total in enumerate(matrix.totals):
        figure.add_annotation(x=1, xref="paper", xanchor="left", y=y, text=total, showarrow=False, xshift=8,
                              font={"size": SIZE, "color": INK})
    if matrix.totals:
        figure.add_annotation(x=1, xref="paper", xanchor="left", y=-0.5, yanchor="bottom", xshift=8, yshift=5, showarrow=False,
                              text=matrix.totals_title, font={"size": SIZE, "color": NEUTRAL})
    return figure
