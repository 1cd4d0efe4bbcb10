"""The ladder as a flow: a bar a level, what was closed there, what still lies there, what had to go up. Pure;
readable in grey."""

from collections.abc import Sequence

import plotly.graph_objects as go

from metrics.define import numbers
from metrics.duties.ladder import Level
from ui.charts.colours import BLUES, INK, NEUTRAL, PAPER, SERIES
from ui.charts.style import SIZE, TOP, Sheet, nothing, plain_label

CLOSED, LIES, UP = SERIES[0], SERIES[3], BLUES[1]
_TALL = 108  # pixels a level
_KEY = "　".join(
    f'<span style="color:{colour}">■</span> {name}'
    for colour, name in ((CLOSED, "在这一级办结"), (LIES, "还停在这一级"), (UP, "上交"))
)


def flow(levels: Sequence[Level], *, title: str, subtitle: str) -> go.Figure:
    """Levels from the lowest down the page; above each bar its counts and shares, between bars what goes up. A click
    hands on (level, piece)."""
    if not levels or not any(level.needed for level in levels):
        return nothing("这段时间没有可以画的事项", title, subtitle)
    sheet, most = Sheet(), max(level.needed for level in levels)
    spots = list(range(len(levels)))
    for name, colour in (("closed", CLOSED), ("open", LIES), ("passed_on", UP)):
        counts = [getattr(level, name) for level in levels]
        sheet.traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": spots,
                "x": counts,
                "width": 0.3,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "marker": {"color": colour, "line": {"color": PAPER, "width": 0.5}},
                "customdata": [[level.name, name] for level in levels],
                "hovertext": [_hover(level) for level in levels],
            }
        )
    for spot, level in zip(spots, levels, strict=True):
        sheet.note(
            _words(level), 0, spot, INK, SIZE, xref="paper", xanchor="left", yanchor="bottom", yshift=17, align="left"
        )
        if spot + 1 < len(levels):
            sheet.note(
                f"↓ 上交 {numbers.exact_number(level.passed_on)} 件",
                0,
                spot,
                NEUTRAL,
                SIZE,
                xref="paper",
                xanchor="left",
                yanchor="top",
                yshift=-16,
            )
    sheet.note(_KEY, 0, 1, INK, SIZE, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=4)
    sheet.axis("xaxis", visible=False, range=[0, most * 1.02])
    sheet.axis("yaxis", visible=False, range=[len(levels) - 0.5, -0.75])
    return sheet.figure(
        title,
        subtitle,
        TOP + 40 + _TALL * len(levels),
        margin={"l": 4, "r": 8, "t": TOP + 26, "b": 4},
        barmode="stack",
        bargap=0,
    )


def _words(level: Level) -> str:
    """「<b>网格</b>　10,749 件要这一级解决」 over 「办结 4,933（45.9 %） · 其中重办 326（6.6 %）」."""
    if not level.needed:
        return f"<b>{plain_label(level.name)}</b>　0 件"
    lies = f" · 还在 {numbers.exact_number(level.open)}" if level.open else ""
    again = f"，又重办 {numbers.exact_number(level.reopened)}（{_share(level.reopen_rate)}）" if level.closed else ""
    return (
        f"<b>{plain_label(level.name)}</b>　到这一级或更高 {numbers.exact_number(level.needed)} 件{lies}<br>"
        f"在此办结 {numbers.exact_number(level.closed)}（{_share(level.closed_share)}）{again}"
    )


def _share(value: float) -> str:
    return numbers.percent(value).replace("%", "％")


def _hover(level: Level) -> str:
    lasted = f"<br>一般停 {numbers.hours(level.hours)}" if level.hours == level.hours else ""
    return (
        f"<b>{plain_label(level.name)}</b><br>办结 {numbers.exact_number(level.closed)} · 还在 "
        f"{numbers.exact_number(level.open)} · 上交 {numbers.exact_number(level.passed_on)}"
        f"<br>从这一级发现 {numbers.exact_number(level.raised)}{lasted}"
    )
