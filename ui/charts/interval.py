"""Ratios with their intervals around 「没有变化」, on a scale on which half and double lie equally far. Pure."""

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.charts.colours import GOOD, HAIRLINE, INK, PAPER, WARNING
from ui.charts.style import SIZE, Sheet, nothing, plain_label

WIDEST = 8.0  # ratios beyond eightfold are cut at the edge
TICKS = {
    0.125: "减少 88 %",
    0.25: "减少 75 %",
    0.5: "减少 50 %",
    1.0: "没有变化",
    2.0: "增加 100 %",
    4.0: "增加 300 %",
    8.0: "增加 700 %",
}
ROW, HEAD = 54, 92


@dataclass(frozen=True)
class Interval:
    """One row: its name, the ratio with its bounds (NaN where not told), and its words."""

    name: str
    ratio: float
    low: float
    high: float
    words: str


def intervals(rows: list[Interval], *, title: str, subtitle: str) -> go.Figure:
    """A dot and a line a row, coloured only where the line does not touch 「没有变化」."""
    told = [row for row in rows if not math.isnan(row.low)]
    if not told:
        return nothing("数量太少，说不出变化", title, subtitle, height=160)
    sheet = Sheet()
    for ratio in TICKS:  # drawn here, since a grid line would cover the one that matters
        sheet.line((math.log2(ratio),) * 2, (0, 1), INK if ratio == 1 else HAIRLINE, yref="paper")
    for at, row in enumerate(told):
        colour = GOOD if row.high < 1 else WARNING if row.low > 1 else INK
        ends = [_place(row.low), _place(row.high)]
        hover = {
            "hovertext": f"{plain_label(row.name, 20)}：{plain_label(row.words, 60).replace('％', '%')}",
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        sheet.points(ends, [at, at], mode="lines", line={"color": colour, "width": 3}, **hover)
        if math.isfinite(row.ratio):
            sheet.points([_place(row.ratio)], [at], mode="markers", marker={"size": 13, "color": colour}, **hover)
        sheet.note(row.words, sum(ends) / 2, at, colour, SIZE, yshift=18, xanchor="center", bgcolor=PAPER)
    sheet.axis(
        "xaxis",
        tickmode="array",
        tickvals=[math.log2(one) for one in TICKS],
        ticktext=list(TICKS.values()),
        range=[-3.1, 3.1],
    )
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=list(range(len(told))),
        ticktext=[plain_label(row.name, 12) for row in told],
        showgrid=False,
        range=[len(told) - 0.4, -0.7],
        tickfont={"size": SIZE, "color": INK},
    )
    return sheet.figure(title, subtitle, HEAD + ROW * len(told) + 30)


def _place(ratio: float) -> float:
    """Where a ratio lies: its logarithm, held inside the edges."""
    return math.log2(min(max(ratio, 1 / WIDEST), WIDEST))
