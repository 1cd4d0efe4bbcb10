"""A free query's answer as bars or a line: the first column that can name points, the first that can be measured.
Pure."""

import pandas as pd
import plotly.graph_objects as go

from ui.charts.colours import INK, SERIES
from ui.charts.style import SIZE, TOP, Sheet, plain_label

MOST = 40


def axes_of(frame: pd.DataFrame) -> tuple[str, str] | None:
    """(column that names, column that measures), or None where the answer has no such pair or too many points."""
    numbers = [
        name
        for name in frame
        if pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
    ]
    names = [name for name in frame if name not in numbers] or numbers[:-1]
    if not numbers or not names or not 1 < len(frame) <= MOST * (10 if _is_time(frame[names[0]]) else 1):
        return None
    return names[0], numbers[-1] if names[0] == numbers[0] else numbers[0]


def drawn(frame: pd.DataFrame) -> go.Figure:
    """Bars, or a line where the names are days. Raises ValueError for a frame without a pair of axes_of."""
    axes = axes_of(frame)
    if axes is None:
        raise ValueError("no pair of columns to draw: ask axes_of first")
    name, measure = axes
    sheet = Sheet()
    if _is_time(frame[name]):
        rows = frame.dropna(subset=[name]).sort_values(name)
        sheet.points(
            rows[name].tolist(), rows[measure].tolist(), mode="lines+markers", line={"color": SERIES[0], "width": 2}
        )
        return sheet.figure(plain_label(measure, 40), f"{plain_label(measure, 40)} · 按{plain_label(name, 40)}", 320)
    labels = [plain_label("—" if pd.isna(value) else value, 16) for value in frame[name]]
    values = frame[measure].astype(float).fillna(0).tolist()
    sheet.traces.append(
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(frame))),
            "x": values,
            "text": [f"{value:,.10g}" for value in values],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": SERIES[0]},
            "textfont": {"size": SIZE, "color": INK},
            "hoverinfo": "skip",
        }
    )
    sheet.axis("xaxis", visible=False)
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=labels,
        range=[len(labels) - 0.5, -0.5],
        showgrid=False,
    )
    return sheet.figure(
        plain_label(measure, 40),
        f"{plain_label(measure, 40)} · 按{plain_label(name, 40)}",
        TOP + 14 + 26 * len(labels),
        margin={"r": 96},
    )


def _is_time(column: pd.Series) -> bool:
    return pd.api.types.is_datetime64_any_dtype(column)
