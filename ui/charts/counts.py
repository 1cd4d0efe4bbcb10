"""Counts and amounts per group as horizontal bars: pieces of a count side by side, and amounts against a wanted one.
Pure."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from ui.charts.colours import INK, NEUTRAL, PAPER, SERIES, WARNING
from ui.charts.style import SIZE, TOP, Sheet, nothing, plain_label, text_on


@dataclass(frozen=True)
class Piece:
    """One piece of every bar: the frame's column that counts it, its name, its colour."""

    column: str
    label: str
    colour: str


def stacked(frame: pd.DataFrame, pieces: tuple[Piece, ...], *, title: str, subtitle: str, most: int = 12) -> go.Figure:
    """Bars of whole counts, each piece with its number; frame: key, name and a column a piece. A click hands on (key,
    column)."""
    if not len(frame):
        return nothing("没有可以画的数据", title, subtitle)
    rows, sheet = frame.head(most).rename(columns={"name": "name_"}), Sheet()
    spots = list(range(len(rows)))
    for piece in pieces:
        counts = rows[piece.column].astype(int).tolist()
        sheet.traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": spots,
                "x": counts,
                "marker": {"color": piece.colour, "line": {"color": PAPER, "width": 1}},
                "text": [str(count) if count else "" for count in counts],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"size": SIZE, "color": text_on(piece.colour)},
                "customdata": [[str(key), piece.column] for key in rows["key"]],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "hovertext": [
                    f"{plain_label(row.name_, 40)}<br>{piece.label} {count}"
                    for row, count in zip(rows.itertuples(), counts, strict=True)
                ],
            }
        )
    named = [f'<span style="color:{piece.colour}">■</span> {piece.label}' for piece in pieces]
    legend = "<br>".join(
        "　".join(named[at : at + 2]) for at in range(0, len(named), 2)
    )  # two a line: a phone is narrow
    sheet.note(
        legend, 0, 1, INK, SIZE, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=4, align="left"
    )
    return _framed(sheet, rows["name_"].tolist(), title, subtitle, 10 + 18 * ((len(named) + 1) // 2), barmode="stack")


def against_wanted(
    frame: pd.DataFrame, metric, wanted: float, *, title: str, subtitle: str, most: int = 24
) -> go.Figure:
    """Bars against a wanted amount drawn as a line; what falls short has another colour.

    frame: key, name, value. A missing value has no bar and says 「—」.
    """
    if not len(frame):
        return nothing("没有可以画的数据", title, subtitle)
    rows, sheet = frame.head(most).rename(columns={"name": "name_"}), Sheet()
    values = rows["value"].fillna(0).tolist()
    short = [value < wanted for value in values]
    texts = [plain_label(metric.show(value).removesuffix(metric.unit).strip(), 16) for value in rows["value"]]
    sheet.traces.append(
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(rows))),
            "x": values,
            "text": texts,
            "textposition": "outside",
            "cliponaxis": False,
            "textfont": {"size": SIZE, "color": INK},
            "marker": {"color": [WARNING if less else SERIES[0] for less in short]},
            "customdata": [[str(key)] for key in rows["key"]],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "hovertext": [
                f"{plain_label(row.name_, 40)}<br>{plain_label(metric.show(row.value), 20)}"
                for row in rows.itertuples()
            ],
        }
    )
    sheet.line((wanted, wanted), (-0.5, len(rows) - 0.5), NEUTRAL)
    sheet.note(
        f"要求 {wanted:g} {plain_label(metric.unit, 8)}", wanted, 1, xref="x", yref="paper", yanchor="bottom", yshift=2
    )
    return _framed(sheet, rows["name_"].tolist(), title, subtitle, 22)


def _framed(sheet: Sheet, names: list[str], title: str, subtitle: str, above: int, **layout) -> go.Figure:
    sheet.axis("xaxis", visible=False, rangemode="tozero")
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[plain_label(name, 12) for name in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": SIZE, "color": INK},
    )
    return sheet.figure(
        title, subtitle, TOP + above + 14 + 30 * len(names), bargap=0.32, margin={"r": 96, "t": TOP + above}, **layout
    )
