"""A pivot over days of the week, hours or terms as lines, and two sides of a comparison as bars side by side. Pure."""

import pandas as pd
import plotly.graph_objects as go

from ui.charts.style import INK, SERIES, SIZE, TOP, Sheet, nothing, plain_label, value_axis

MOST_LINES = 4


def lines(frame: pd.DataFrame, metric, *, title: str, subtitle: str) -> go.Figure:
    """frame: key (in order) and x, its words, name, group, value, hover. A line a group, its name at the end; missing values leave a gap."""
    if not frame["value"].notna().any():
        return nothing("这段时间没有可以计算的数据", title, subtitle)
    sheet, spots = Sheet(), {key: at for at, key in enumerate(frame["key"].drop_duplicates())}
    ends: list[tuple[float, str, str]] = []
    for group, colour in zip(frame["group"].drop_duplicates(), SERIES, strict=False):
        own = frame[frame["group"] == group]
        sheet.points(
            [spots[key] for key in own["key"]],
            [None if value != value else value for value in own["value"]],
            mode="lines+markers",
            cliponaxis=False,
            line={"color": colour, "width": 2.5},
            marker={"size": 7},
            hovertext=own["hover"].tolist(),
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=own[["key", "group"]].astype(str).values.tolist(),
        )
        known = own[own["value"].notna()]
        if len(known) and frame["group"].nunique() > 1:
            ends.append((float(known["value"].iloc[-1]), plain_label(known["name"].iloc[-1], 8), colour))
    scale = value_axis(metric.unit, frame["value"].tolist(), metric.unit != "%" and metric.kind.starts_at_nought)
    sheet.axis("yaxis", **scale)
    words = frame.drop_duplicates("key")["x"]
    sheet.axis(
        "xaxis",
        tickmode="array",
        tickvals=list(spots.values()),
        ticktext=[plain_label(one, 12) for one in words],
        autotickangles=[0, 45, 90],
    )
    step, height = (scale["range"][1] - scale["range"][0]) * 0.09, float("-inf")
    for end, name, colour in sorted(ends):
        height = max(end, height + step)
        sheet.note(f"<b>{name}</b>", 1, height, colour, 14, xref="paper", xanchor="left", xshift=6)
    return sheet.figure(title, subtitle, 380, margin={"t": TOP + 4, "r": 120 if ends else 24})


def paired(frame: pd.DataFrame, sides: tuple[str, str], *, title: str, subtitle: str) -> go.Figure:
    """frame: key, name, left, right, left_words, right_words. Two bars a row, the left side dark; a missing side has no bar."""
    if not len(frame):
        return nothing("没有可以比较的数据", title, subtitle)
    sheet, rows = Sheet(), frame.rename(columns={"name": "name_"})
    spots = list(range(len(rows)))
    for side, word, colour in (("left", sides[0], SERIES[0]), ("right", sides[1], "#98A2B3")):
        sheet.traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": spots,
                "x": rows[side].fillna(0).tolist(),
                "text": rows[f"{side}_words"].tolist(),
                "textposition": "outside",
                "cliponaxis": False,
                "textfont": {"size": SIZE, "color": INK},
                "marker": {"color": colour},
                "customdata": [[str(key), side] for key in rows["key"]],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "hovertext": [
                    f"{plain_label(name, 40)}<br>{plain_label(word, 30)} {words}"
                    for name, words in zip(rows["name_"], rows[f"{side}_words"], strict=True)
                ],
            }
        )
    legend = f'<span style="color:{SERIES[0]}">■</span> {plain_label(sides[0], 24)}　<span style="color:#98A2B3">■</span> {plain_label(sides[1], 24)}'
    sheet.note(legend, 0, 1, INK, SIZE, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=4)
    sheet.axis("xaxis", visible=False, rangemode="tozero")
    sheet.axis(
        "yaxis",
        tickmode="array",
        tickvals=spots,
        ticktext=[plain_label(name, 12) for name in rows["name_"]],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": SIZE, "color": INK},
    )
    return sheet.figure(
        title, subtitle, TOP + 40 + 44 * len(rows), barmode="group", bargap=0.28, margin={"r": 150, "t": TOP + 28}
    )
