"""A brief's chart on the screen: one line or set of bars with its limits, large enough to be read from the back row.
Pure."""

import plotly.graph_objects as go

from ui.charts.colours import BAD, INK, NEUTRAL, PAPER, SERIES
from ui.charts.style import Sheet, plain_label, value_axis

WORDS = 22  # pixels: 18 pt and up
LINE = 3


def figure(chart, height: int = 440) -> go.Figure:
    """`chart`: a reports.content.parts.Chart. Points outside chance are filled and larger; limits are thin grey
    lines."""
    sheet, spots = Sheet(), list(range(len(chart.labels)))
    for number, series in enumerate(chart.series):
        values = list(series.values)
        if chart.kind == "bar":
            sheet.traces.append(
                {"type": "bar", "x": spots, "y": values, "marker": {"color": SERIES[number]}, "hoverinfo": "skip"}
            )
            continue
        special = [at in chart.special for at in spots]
        marker = {
            "size": [16 if odd else 9 for odd in special],
            "color": [BAD if odd else SERIES[number] for odd in special],
            "line": {"color": PAPER, "width": 1},
        }
        sheet.points(
            spots,
            values,
            mode="lines+markers",
            line={"color": SERIES[number], "width": LINE},
            marker=marker,
            hoverinfo="skip",
            cliponaxis=False,
        )
    for name, dash in (("lower", "dot"), ("centre", "solid"), ("upper", "dot")):
        if limit := getattr(chart, name):
            sheet.points(
                spots, list(limit), mode="lines", line={"color": NEUTRAL, "width": 1.5, "dash": dash}, hoverinfo="skip"
            )
    seen = [value for series in chart.series for value in series.values] + [
        value for name in ("lower", "upper") for value in getattr(chart, name) or ()
    ]
    step = max(1, -(-len(spots) // 12))
    sheet.axis(
        "xaxis",
        tickmode="array",
        tickvals=spots[::step],
        ticktext=[plain_label(chart.labels[at], 12) for at in spots[::step]],
        tickfont={"size": WORDS, "color": INK},
    )
    sheet.axis(
        "yaxis", **{**value_axis(chart.unit, seen, chart.unit != "%"), "tickfont": {"size": WORDS, "color": INK}}
    )
    return sheet.figure(chart.title, chart.subtitle, height)
