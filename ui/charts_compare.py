"""Units beside one another: the funnel that says who really differs, and plain bars. Pure."""

import math

import pandas as pd
import plotly.graph_objects as go

from ui.charts_style import (
    INK,
    NEUTRAL,
    PAPER,
    RULE,
    SERIES,
    SHADE,
    SIZE,
    colour_of_change,
    framed,
    nothing,
    plain,
    value_axis,
)  # fmt: skip


def funnel(
    frame: pd.DataFrame, curve: pd.DataFrame, metric, *, target: float, title: str, subtitle: str, height: int = 420
) -> go.Figure:
    """Units by size and value inside the bands where chance alone would put 95 % and 99.8 % of them.

    frame: key, name, part, whole, value, outside (bool); curve: whole, lower95, upper95, lower998, upper998 by rising whole.
    Only units outside the bands carry their name; a click hands on the key.
    """
    rows = frame[frame["value"].notna()]
    if not len(rows):
        return nothing("没有可以比较的数据", title, subtitle)
    figure = go.Figure()
    for low, high, colour in (("lower998", "upper998", SHADE), ("lower95", "upper95", "#E4E9F0")):
        figure.add_scatter(x=curve["whole"], y=curve[high], mode="lines", line={"width": 1, "color": RULE}, hoverinfo="skip")
        figure.add_scatter(x=curve["whole"], y=curve[low], mode="lines", line={"width": 1, "color": RULE}, hoverinfo="skip",
                           fill="tonexty", fillcolor=colour)
    figure.add_hline(y=target, line={"color": NEUTRAL, "width": 1})
    colours = [colour_of_change(metric.better, row.value > target) if row.outside else SERIES[0] for row in rows.itertuples()]
    names = [plain(row.name_, 12) if row.outside else "" for row in rows.rename(columns={"name": "name_"}).itertuples()]
    hovers = [f"{plain(row.name_, 40)}<br><b>{plain(metric.show(row.value), 40)}</b><br>{metric.show_part_whole(row.part, row.whole)}"
              for row in rows.rename(columns={"name": "name_"}).itertuples()]
    figure.add_scatter(x=rows["whole"], y=rows["value"], mode="markers+text", text=names, textposition="top center",
                       textfont={"size": 14, "color": colours}, hovertext=hovers, hovertemplate="%{hovertext}<extra></extra>",
                       customdata=[[str(key)] for key in rows["key"]], cliponaxis=False,
                       marker={"size": [13 if odd else 10 for odd in rows["outside"]], "color": colours,
                               "opacity": 1, "line": {"color": PAPER, "width": 1}})
    framed(figure, title, subtitle, height)
    seen = [*rows["value"], *curve["lower95"], *curve["upper95"]]
    figure.update_yaxes(**value_axis(metric.unit, seen, metric.unit != "%"))
    figure.update_xaxes(tickformat=",~g", title={"text": "分母（样本多少）", "font": {"size": SIZE, "color": NEUTRAL}})
    _band_names(figure, curve, target, metric)
    figure.update_layout(margin={"r": 92, "t": 84})
    return figure


def _band_names(figure: go.Figure, curve: pd.DataFrame, target: float, metric) -> None:
    """Each line says at its end what it is; the target's own label always stands."""
    last = curve.iloc[-1]
    ends = ((last["upper998"], "99.8 ％", 12), (last["upper95"], "95 ％", 0), (target, f"总体 {plain(metric.show(target), 12)}", -6))
    for level, words, shift in ends:
        if math.isfinite(level):
            figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=4, y=level, yshift=shift, text=words, showarrow=False,
                                  font={"size": SIZE, "color": NEUTRAL})


def bars(frame: pd.DataFrame, metric, *, title: str, subtitle: str, most: int = 20) -> go.Figure:
    """Horizontal bars in the frame's order with the number at the bar's end.

    frame: key, name, part, whole, value. A missing value has no bar and says 「—」.
    """
    if not len(frame):
        return nothing("没有可以比较的数据", title, subtitle)
    rows = frame.head(most).rename(columns={"name": "name_"})
    spots = list(range(len(rows)))
    texts = [plain(metric.show(row.value), 20) + ("" if metric.kind == "count" else f"　{metric.show_part_whole(row.part, row.whole)}")
             for row in rows.itertuples()]
    figure = go.Figure(go.Bar(
        y=spots, x=rows["value"].fillna(0), orientation="h", text=texts, textposition="outside", cliponaxis=False,
        textfont={"size": SIZE, "color": INK}, marker={"color": SERIES[0]}, customdata=[[str(key)] for key in rows["key"]],
        hovertext=[f"{plain(row.name_, 40)}<br>{text}" for row, text in zip(rows.itertuples(), texts, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>"))
    framed(figure, title, subtitle, 90 + 32 * len(rows))
    figure.update_xaxes(visible=False, rangemode="tozero")
    figure.update_yaxes(tickmode="array", tickvals=spots, ticktext=[plain(name, 14) for name in rows["name_"]],
                        range=[len(rows) - 0.5, -0.5], showgrid=False, tickfont={"color": INK})
    figure.update_layout(margin={"r": 140}, bargap=0.35)
    return figure
