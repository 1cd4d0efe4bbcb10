"""Means with their intervals, one line a question, and where the same question stood before. Pure."""

import pandas as pd
import plotly.graph_objects as go

from ui.charts.colours import HAIRLINE, INK, NEUTRAL, SERIES
from ui.charts.style import SIZE, TOP, Sheet, nothing, plain_label


def means(
    frame: pd.DataFrame, metric, *, title: str, subtitle: str, before: str = "", bounds: tuple[float, float] = (1, 5)
) -> go.Figure:
    """A point and its 95 % interval per row, in the frame's order; a hollow point where it stood before.

    frame: key, name, value, low, high, whole and was (NaN where there was nothing before). before: what the hollow
    points are called.
    """
    rows = frame[frame["value"].notna()].reset_index(drop=True).rename(columns={"name": "name_"})
    if not len(rows):
        return nothing("没有可以比较的数据", title, subtitle)
    sheet, spots = Sheet(), list(range(len(rows)))
    for spot, row in zip(spots, rows.itertuples(), strict=True):
        if row.low == row.low:
            sheet.points(
                [row.low, row.high], [spot, spot], mode="lines", line={"width": 3, "color": SERIES[0]}, hoverinfo="skip"
            )
        sheet.note(f"<b>{row.value:.2f}</b>", 1, spot, INK, SIZE, xref="x domain", xanchor="left", xshift=6)
    sheet.points(
        rows["was"].tolist(),
        spots,
        mode="markers",
        hoverinfo="skip",
        marker={"size": 10, "symbol": "circle-open", "color": NEUTRAL, "line": {"width": 2}},
    )
    sheet.points(
        rows["value"].tolist(),
        spots,
        mode="markers",
        marker={"size": 11, "color": SERIES[0]},
        customdata=[[str(key)] for key in rows["key"]],
        hovertext=[_hover(row) for row in rows.itertuples()],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    ends = [*rows["low"].fillna(rows["value"]), *rows["high"].fillna(rows["value"]), *rows["was"].dropna()]
    low, high = max(bounds[0], min(ends) - 0.15), min(bounds[1], max(ends) + 0.15)
    sheet.axis("xaxis", range=[low, high], nticks=6, tickformat=".1f", showgrid=True, gridcolor=HAIRLINE)
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=spots,
        ticktext=[plain_label(name, 14) for name in rows["name_"]],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": SIZE, "color": INK},
    )
    words = "● 本次与 95 ％ 区间" + (
        f"　<span style='color:{NEUTRAL}'>○ {plain_label(before, 12)}</span>"
        if before and rows["was"].notna().any()
        else ""
    )
    sheet.note(
        words,
        1,
        1,
        SERIES[0],
        SIZE,
        xref="x domain",
        yref="paper",
        xanchor="right",
        xshift=44,
        yanchor="bottom",
        yshift=4,
    )
    return sheet.figure(title, subtitle, TOP + 50 + 40 * len(rows), margin={"r": 52, "t": TOP + 26, "b": 24})


def _hover(row) -> str:
    between = f"<br>95 ％ 区间 {row.low:.2f}–{row.high:.2f}" if row.low == row.low else ""
    return f"{plain_label(row.name_, 40)}<br><b>{row.value:.2f} 分</b>（{row.whole:,.0f} 份）{between}"
