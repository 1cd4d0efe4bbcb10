"""What became of every group's whole: one bar a group, cut into its outcomes, each with its count. Pure."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from metrics.define import numbers
from ui.charts.colours import INK, PAPER
from ui.charts.style import SIZE, TOP, Sheet, nothing, plain_label, text_on

WIDE = 0.13  # a piece narrower than this share of the bar keeps its number for the hover


@dataclass(frozen=True)
class Ending:
    """One way a thing can end: the frame's column that counts it, its name, its colour."""

    column: str
    label: str
    colour: str


def shares(frame: pd.DataFrame, outcomes: tuple[Ending, ...], *, title: str, subtitle: str) -> go.Figure:
    """Horizontal bars of equal length in the frame's order; a click hands on the key.

    frame: key, name, whole and a count per outcome. A group without a whole says 「—」 instead of a bar.
    """
    if not len(frame) or frame["whole"].sum() == 0:
        return nothing("没有可以比较的数据", title, subtitle)
    rows, sheet = frame.reset_index(drop=True).rename(columns={"name": "name_"}), Sheet()
    spots = list(range(len(rows)))
    for outcome in outcomes:
        counts, wholes = rows[outcome.column].tolist(), rows["whole"].tolist()
        parts = [count / whole if whole else 0 for count, whole in zip(counts, wholes, strict=True)]
        sheet.traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": spots,
                "x": parts,
                "marker": {"color": outcome.colour, "line": {"color": PAPER, "width": 1}},
                "text": [
                    f"{count:,.0f}" if part >= WIDE / 2 else "" for count, part in zip(counts, parts, strict=True)
                ],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": SIZE, "color": text_on(outcome.colour)},
                "customdata": [[str(key)] for key in rows["key"]],
                "hovertext": [
                    (
                        f"{plain_label(row.name_, 40)}<br>{outcome.label} {count:,.0f} / {row.whole:,.0f}"
                        f"（{numbers.percent(part).replace(' ', '')}）"
                    ).replace("%", "％")
                    for row, count, part in zip(rows.itertuples(), counts, parts, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    for spot, row in zip(spots, rows.itertuples(), strict=True):
        sheet.note(f"{row.whole:,.0f}" if row.whole else "—", 1, spot, xanchor="left", xshift=6, colour=INK)
    _legend(sheet, outcomes)
    sheet.axis("xaxis", visible=False, range=[0, 1.0])
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=spots,
        ticktext=[plain_label(name, 10) for name in rows["name_"]],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": SIZE, "color": INK},
    )
    height = TOP + 44 + 46 * len(rows)
    return sheet.figure(title, subtitle, height, barmode="stack", bargap=0.35, margin={"r": 52, "t": TOP + 26})


def _legend(sheet: Sheet, outcomes: tuple[Ending, ...]) -> None:
    """The outcomes' names in their colours above the bars, in the bars' own order."""
    words = "　".join(f'<span style="color:{outcome.colour}">■</span> {outcome.label}' for outcome in outcomes)
    sheet.note(
        words, 1, 1, INK, SIZE, xref="x domain", yref="paper", xanchor="right", xshift=44, yanchor="bottom", yshift=4
    )
