"""Units beside one another: the funnel that says who really differs, and plain bars. Pure."""

import math

import pandas as pd
import plotly.graph_objects as go

from ui.charts.style import (
    INK,
    NEUTRAL,
    PAPER,
    RULE,
    SERIES,
    SHADE,
    SIZE,
    TOP,
    Sheet,
    colour_of_change,
    nothing,
    plain_label,
    value_axis,
)


def funnel_chart(
    frame: pd.DataFrame, curve: pd.DataFrame, metric, *, target: float, title: str, subtitle: str, height: int = 420
) -> go.Figure:
    """Units by size and value inside the bands where chance alone would put 95 % and 99.8 % of them.

    frame: key, name, part, whole, value, outside (bool); curve (Funnel.curve): size, low95, high95, low998, high998 by rising size.
    Only units outside the bands carry their name; a click hands on the key.
    """
    rows = frame[frame["value"].notna()].rename(columns={"name": "name_"})
    if not len(rows):
        return nothing("没有可以比较的数据", title, subtitle)
    sheet, sizes = Sheet(), curve["size"].tolist()
    for low, high, colour in (("low998", "high998", SHADE), ("low95", "high95", "#E4E9F0")):
        edge = {"mode": "lines", "line": {"width": 1, "color": RULE}, "hoverinfo": "skip"}
        sheet.points(sizes, curve[high].tolist(), **edge)
        sheet.points(sizes, curve[low].tolist(), **edge, fill="tonexty", fillcolor=colour)
    sheet.line((0, 1), (target, target), NEUTRAL, xref="paper")
    colours = [
        colour_of_change(metric.better, row.value > target) if row.outside else SERIES[0] for row in rows.itertuples()
    ]
    sheet.points(
        rows["whole"].tolist(),
        rows["value"].tolist(),
        mode="markers+text",
        cliponaxis=False,
        textposition="top center",
        text=[plain_label(row.name_, 12) if row.outside else "" for row in rows.itertuples()],
        textfont={"size": 14, "color": colours},
        hovertext=[_hover(row, metric) for row in rows.itertuples()],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[str(key)] for key in rows["key"]],
        marker={
            "size": [13 if odd else 10 for odd in rows["outside"]],
            "color": colours,
            "opacity": 1,
            "line": {"color": PAPER, "width": 1},
        },
    )
    seen = [*rows["value"], *curve["low95"], *curve["high95"]]
    sheet.axis("yaxis", **value_axis(metric.unit, seen, metric.unit != "%"))
    sheet.axis("xaxis", tickformat=",~g", title={"text": "分母（样本多少）", "font": {"size": SIZE, "color": NEUTRAL}})
    _band_names(sheet, curve, target, metric)
    return sheet.figure(title, subtitle, height, margin={"r": 92, "t": TOP + 10})


def _hover(row, metric) -> str:
    return f"{plain_label(row.name_, 40)}<br><b>{plain_label(metric.show(row.value), 40)}</b><br>{metric.show_part_whole(row.part, row.whole)}"


def _band_names(sheet: Sheet, curve: pd.DataFrame, target: float, metric) -> None:
    """Each line says at its end what it is; the target's own label always stands."""
    last = curve.iloc[-1]
    ends = (
        (last["high998"], "99.8 ％", 12),
        (last["high95"], "95 ％", 0),
        (target, f"总体 {plain_label(metric.show(target), 12)}", -6),
    )
    for level, words, shift in ends:
        if math.isfinite(level):
            sheet.note(words, 1, level, xref="paper", xanchor="left", xshift=4, yshift=shift)


def bar_chart(frame: pd.DataFrame, metric, *, title: str, subtitle: str, most: int = 20) -> go.Figure:
    """Horizontal bars in the frame's order with the number at the bar's end.

    frame: key, name, part, whole, value. A missing value has no bar and says 「—」.
    """
    if not len(frame):
        return nothing("没有可以比较的数据", title, subtitle)
    rows = frame.head(most).rename(columns={"name": "name_"})
    spots = list(range(len(rows)))
    texts = [
        plain_label(metric.show(row.value), 20)
        + (f"　{metric.show_part_whole(row.part, row.whole)}" if metric.kind.has_parts else "")
        for row in rows.itertuples()
    ]
    sheet = Sheet()
    sheet.traces.append(
        {
            "type": "bar",
            "y": spots,
            "x": rows["value"].fillna(0).tolist(),
            "orientation": "h",
            "text": texts,
            "textposition": "outside",
            "cliponaxis": False,
            "textfont": {"size": SIZE, "color": INK},
            "marker": {"color": SERIES[0]},
            "customdata": [[str(key)] for key in rows["key"]],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "hovertext": [
                f"{plain_label(row.name_, 40)}<br>{text}" for row, text in zip(rows.itertuples(), texts, strict=True)
            ],
        }
    )
    sheet.axis("xaxis", visible=False, rangemode="tozero")
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=spots,
        ticktext=[plain_label(name, 14) for name in rows["name_"]],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": SIZE, "color": INK},
    )
    return sheet.figure(title, subtitle, TOP + 16 + 32 * len(rows), margin={"r": 140}, bargap=0.35)
