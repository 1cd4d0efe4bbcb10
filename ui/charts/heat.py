"""Heatmaps: places or kinds against time or one another, each cell a door to its records. Pure.

Plotly does not report clicks on heatmap cells: transparent square markers lie over them and carry the keys.
"""

import math
from dataclasses import dataclass, field

import plotly.graph_objects as go

from ui.charts.colours import BLUES, CELL_INK, DIVERGING, FAINT, INK, NEUTRAL, PAPER, SHADE, UNSEEN
from ui.charts.style import SIZE, Sheet, blend, nothing, scale_of, text_on

CELL, HEAD = 30, 104
LEAST_SPAN = 8.0  # cases more or fewer than expected that are coloured to the full
_DOT = "•"


@dataclass(frozen=True)
class Matrix:
    """A table of cells, rows top to bottom. Every list of lists is rows × columns.

    values: what colours the cell, NaN where there is no data (which is not zero); texts: what stands in it;
    hovers: its words; marks: significance dots; faint: too few cases to colour, only the words are shown, on grey;
    keys: what a click hands on (row key, column key);
    frames: (row, first column, last column) of runs of cells to draw a line round;
    totals: words at each row's end; diverging: values are signed around 0 (excess over expected); low: where the
    lightest blue begins when that is not 0; reverse: the lowest value is the darkest, for a rate that should be high.
    """

    rows: list[str]
    columns: list[str]
    values: list[list[float]]
    texts: list[list[str]]
    hovers: list[list[str]]
    keys: list[list[tuple[str, str]]]
    marks: list[list[bool]] = field(default_factory=list)
    faint: list[list[bool]] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    totals_title: str = "合计"
    diverging: bool = False
    low: float | None = 0.0
    reverse: bool = False
    frames: list[tuple[int, int, int]] = field(default_factory=list)


def existing(matrix: Matrix) -> list[float]:
    """All values that exist."""
    faint = _faint(matrix)
    return [
        value
        for y, row in enumerate(matrix.values)
        for x, value in enumerate(row)
        if math.isfinite(value) and not faint[y][x]
    ]


def _faint(matrix: Matrix) -> list[list[bool]]:
    return matrix.faint or [[False] * len(matrix.columns) for _ in matrix.rows]


def colour_range(matrix: Matrix) -> tuple[float, float]:
    """From `low` (or the smallest value) to the largest value; symmetric around zero when diverging, and never so
    narrow that one or two cases more look like much."""
    values = existing(matrix)
    if matrix.diverging:
        largest = max([LEAST_SPAN, *map(abs, values)])
        return -largest, largest
    low = min(values, default=0.0) if matrix.low is None else matrix.low
    high = max(values, default=1.0)
    return low, high if high > low else low + 1.0


def ramp(matrix: Matrix) -> tuple[str, ...]:
    """From the colour of the lowest value to that of the highest."""
    if matrix.diverging:
        return DIVERGING
    return BLUES[::-1] if matrix.reverse else BLUES


def cell_colour(matrix: Matrix, value: float, span: tuple[float, float] | None = None) -> str:
    """The colour behind one value; `span` is the matrix's colour_range where it is already known, for it reads every
    cell."""
    low, high = span or colour_range(matrix)
    return blend(ramp(matrix), (value - low) / (high - low))


def _layer(matrix: Matrix, ink: str) -> dict:
    """The cells whose text is written in `ink`: two layers make every number readable on its own colour."""
    low, high = colour_range(matrix)
    marks = matrix.marks or [[False] * len(matrix.columns) for _ in matrix.rows]
    values, texts = [], []
    for numbers, words, dots, pale in zip(matrix.values, matrix.texts, marks, _faint(matrix), strict=True):
        ours = [
            math.isfinite(value) and not grey and text_on(cell_colour(matrix, value, (low, high))) == ink
            for value, grey in zip(numbers, pale, strict=True)
        ]
        values.append([value if mine else None for value, mine in zip(numbers, ours, strict=True)])
        texts.append(
            [
                (f"<b>{word}</b>{_DOT}" if dot else word) if mine else ""
                for word, dot, mine in zip(words, dots, ours, strict=True)
            ]
        )
    return {
        "type": "heatmap",
        "z": values,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": ink, "size": SIZE},
        "zmin": low,
        "zmax": high,
        "colorscale": scale_of(ramp(matrix)),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
        "hoverongaps": False,
    }


def _pale(matrix: Matrix) -> dict:
    """The cells with too few cases for a colour: their words on light grey."""
    cells = [
        [0 if pale and math.isfinite(value) else None for value, pale in zip(numbers, row, strict=True)]
        for numbers, row in zip(matrix.values, _faint(matrix), strict=True)
    ]
    texts = [
        ["" if cell is None else word for cell, word in zip(*row, strict=True)]
        for row in zip(cells, matrix.texts, strict=True)
    ]
    return {
        "type": "heatmap",
        "z": cells,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": NEUTRAL, "size": SIZE},
        "colorscale": [[0, SHADE], [1, SHADE]],
        "zmin": 0,
        "zmax": 1,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
        "hoverongaps": False,
    }


def _hatching(matrix: Matrix) -> str:
    """One path of diagonal strokes over the cells without data, so that empty never reads as zero."""
    strokes = []
    for y, row in enumerate(matrix.values):
        for x, value in enumerate(row):
            if not math.isfinite(value):
                strokes += [
                    f"M{x - 0.4:.2f},{y + 0.35:.2f} L{x + 0.0:.2f},{y - 0.35:.2f}",
                    f"M{x - 0.1:.2f},{y + 0.35:.2f} L{x + 0.3:.2f},{y - 0.35:.2f}",
                ]
    return " ".join(strokes)


def _doors(sheet: Sheet, matrix: Matrix) -> None:
    """The invisible markers: hover words, and keys for the click. hoverdistance makes the nearest one own the cell."""
    spots = [(x, y) for y in range(len(matrix.rows)) for x in range(len(matrix.columns))]
    unseen = UNSEEN
    sheet.points(
        [x for x, _ in spots],
        [y for _, y in spots],
        mode="markers",
        customdata=[list(matrix.keys[y][x]) for x, y in spots],
        hovertext=[matrix.hovers[y][x] for x, y in spots],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": "square", "size": CELL - 6, "color": unseen, "line": {"width": 0}},
        unselected={"marker": {"opacity": 0}},
        selected={"marker": {"color": unseen}},
    )


def heatmap(matrix: Matrix, *, title: str, subtitle: str) -> go.Figure:
    """Cells from light to dark blue, or around white when diverging; totals at the row's end."""
    if not matrix.rows or not matrix.columns:
        return nothing("这段时间、这个范围内没有记录", title, subtitle)
    wide, tall, sheet = len(matrix.columns), len(matrix.rows), Sheet()
    sheet.traces += [_layer(matrix, PAPER), _layer(matrix, CELL_INK), *([_pale(matrix)] if matrix.faint else [])]
    _doors(sheet, matrix)
    sheet.axis(
        "xaxis",
        side="top",
        tickmode="array",
        tickvals=list(range(wide)),
        ticktext=matrix.columns,
        linewidth=0,
        ticks="",
        range=[-0.5, wide - 0.5],
        autotickangles=[0, 45, 90],
    )
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=list(range(tall)),
        ticktext=matrix.rows,
        showgrid=False,
        ticks="",
        range=[tall - 0.5, -0.5],
        tickfont={"size": SIZE, "color": INK},
    )
    hatching = _hatching(matrix)
    if hatching:
        sheet.shapes.append({"type": "path", "path": hatching, "line": {"color": FAINT, "width": 1}, "layer": "below"})
    for row, first, last in matrix.frames:
        sheet.shapes.append(
            {
                "type": "rect",
                "x0": first - 0.5,
                "x1": last + 0.5,
                "y0": row - 0.5,
                "y1": row + 0.5,
                "line": {"color": INK, "width": 2},
            }
        )
    for y, total in enumerate(matrix.totals):
        sheet.note(total, 1, y, INK, xref="paper", xanchor="left", xshift=8)
    if matrix.totals:
        sheet.note(matrix.totals_title, 1, -0.5, xref="paper", xanchor="left", yanchor="bottom", xshift=8, yshift=5)
    return sheet.figure(
        title,
        subtitle,
        HEAD + CELL * tall + 12,
        hoverdistance=CELL * 4,
        clickmode="event+select",
        margin={"t": HEAD, "r": 72 if matrix.totals else 12},
    )
