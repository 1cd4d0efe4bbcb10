"""Rare events: the days between them, one point an event, with centre and limits; the wait that still runs is hollow.
Pure."""

import math
from datetime import datetime, timedelta

import plotly.graph_objects as go

from metrics.define import numbers
from metrics.duties.rare_events import Rare
from ui.charts.colours import BAD, FAINT, GOOD, NEUTRAL, PAPER, SERIES
from ui.charts.style import SIZE, Sheet, nothing, plain_label


def days_between(rare: Rare | None, *, title: str, subtitle: str, height: int = 340) -> go.Figure:
    """Days since the event before, over the day of each event. A click hands on the event's day."""
    if rare is None or not rare.gaps:
        return nothing("次数太少，画不出间隔", title, subtitle)
    sheet, days = Sheet(), [datetime.combine(day, datetime.min.time()) for day in rare.days[1:]]
    centre = rare.limits.centre
    colours = [
        (GOOD if gap > centre else BAD) if odd else SERIES[0] for gap, odd in zip(rare.gaps, rare.special, strict=True)
    ]
    sheet.points(
        [day.isoformat() for day in days],
        list(rare.gaps),
        mode="lines",
        hoverinfo="skip",
        line={"color": SERIES[0], "width": 2},
    )
    sheet.points(
        [day.isoformat() for day in days],
        list(rare.gaps),
        mode="markers",
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[f"{day:%Y-%m-%d}"] for day in days],
        hovertext=[
            f"{day:%Y-%m-%d}<br><b>距上一起 {numbers.decimal(gap)} 天</b>"
            for day, gap in zip(days, rare.gaps, strict=True)
        ],
        marker={
            "color": colours,
            "size": [10 if odd else 6 for odd in rare.special],
            "line": {"color": colours, "width": 1},
        },
    )
    _waiting(sheet, rare, days[-1])
    for name, level in (("中线", centre), ("上限", rare.limits.upper), ("下限", rare.limits.lower)):
        if math.isfinite(level) and (name != "下限" or level > 0):
            sheet.line((0, 1), (level, level), FAINT, "solid" if name == "中线" else "dot", xref="paper")
            sheet.note(f"{name} {numbers.decimal(level)} 天", 1, level, xref="paper", xanchor="left", xshift=4)
    top = max([*rare.gaps, rare.waited, *([rare.limits.upper] if math.isfinite(rare.limits.upper) else [])])
    sheet.axis(
        "yaxis",
        range=[0, top * 1.12 or 1],
        tickformat=",~g",
        nticks=6,
        title={"text": "距上一起的天数", "font": {"size": SIZE, "color": NEUTRAL}},
    )
    sheet.axis(
        "xaxis",
        type="date",
        tickformat="%Y-%m",
        nticks=7,
        range=[(days[0] - timedelta(days=20)).isoformat(), (_end(rare) + timedelta(days=20)).isoformat()],
    )
    return sheet.figure(title, subtitle, height, margin={"r": 112})


def _end(rare: Rare) -> datetime:
    return datetime.combine(rare.until, datetime.min.time())


def _waiting(sheet: Sheet, rare: Rare, last: datetime) -> None:
    """The wait since the last event, not over yet."""
    end, gap = _end(rare).isoformat(), rare.gaps[-1]
    sheet.points(
        [last.isoformat(), end],
        [gap, rare.waited],
        mode="lines",
        hoverinfo="skip",
        line={"color": SERIES[0], "width": 1.5, "dash": "dot"},
    )
    sheet.points(
        [end],
        [rare.waited],
        mode="markers",
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
        hovertext=[f"{plain_label(rare.until)}<br><b>已 {rare.waited:.0f} 天没有</b>"],
        customdata=[[""]],
        marker={"color": PAPER, "size": 10, "line": {"color": SERIES[0], "width": 2}},
    )
