"""A branch's outcomes over the periods of one kind: small panels, each on its own scale, the last value written out. Pure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from metrics.branches.periods import MONTH, TERM, Period
from metrics.branches.portrait import Past
from metrics.define.small_numbers import GREYED_BELOW
from ui.charts.style import FAINT, INK, PAPER, SERIES, TOP, Sheet, nothing, panel, plain_label, value_axis

ABREAST, TALL = 3, 190


def past(found: Sequence[Past], *, title: str, subtitle: str) -> go.Figure:
    """One panel an outcome, oldest period first; a click hands on the metric's key and the period's."""
    shown = [one for one in found if any(point.value == point.value for point in one.points)]
    if not shown:
        return nothing("还没有可以画的数据", title, subtitle, height=160)
    sheet, rows = Sheet(), -(-len(shown) // ABREAST)
    for number, one in enumerate(shown, start=1):
        row, column = divmod(number - 1, ABREAST)
        top, tall, left = 1 - row / rows, 1 / rows, column / ABREAST
        _panel(sheet, one, panel(number))
        periods = [point.period for point in one.points]
        step = max(1, -(-len(periods) // 4))
        spots = list(range(len(periods)))[::-1][::step][::-1]
        sheet.axis(
            f"xaxis{panel(number)}",
            domain=[left, left + 0.9 / ABREAST],
            anchor=f"y{panel(number)}",
            tickmode="array",
            tickvals=spots,
            ticktext=[short(periods[at]) for at in spots],
            range=[-0.4, max(len(periods) - 0.6, 0.6)],
        )
        metric, values = one.metric, [point.value for point in one.points]
        sheet.axis(
            f"yaxis{panel(number)}",
            domain=[top - 0.78 * tall, top - 0.2 * tall],
            anchor=f"x{panel(number)}",
            **{**value_axis(metric.unit, values, metric.unit != "%"), "nticks": 3},
        )
        last = next((value for value in reversed(values) if value == value), float("nan"))
        sheet.note(
            f"<b>{plain_label(metric.label, 14)}</b>　{plain_label(metric.show(last), 16)}",
            left,
            top,
            INK,
            14,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
        )
    return sheet.figure(title, subtitle, TOP + 16 + rows * TALL, margin={"r": 8, "b": 8})


def _panel(sheet: Sheet, one: Past, at: str) -> None:
    values = [point.value if point.value == point.value else None for point in one.points]
    spots, where = list(range(len(values))), {"xaxis": f"x{at}", "yaxis": f"y{at}"}
    few = [one.metric.is_rate and point.whole < GREYED_BELOW for point in one.points]
    sheet.points(spots, values, mode="lines", line={"color": FAINT, "width": 1.5}, hoverinfo="skip", **where)
    sheet.points(
        spots,
        values,
        mode="markers",
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[one.metric.key, point.period.key] for point in one.points],
        hovertext=[_hover(one, point) for point in one.points],
        marker={
            "size": 8,
            "color": [PAPER if small else SERIES[0] for small in few],
            "line": {"color": SERIES[0], "width": 1.5},
        },
        **where,
    )


def _hover(one: Past, point) -> str:
    ending = "" if point.period.is_over else "（未结束）"
    pair = f"<br>{plain_label(one.metric.show_part_whole(point.part, point.whole), 30)}" if one.metric.is_rate else ""
    return f"{plain_label(point.period.label + ending, 40)}<br><b>{plain_label(one.metric.show(point.value), 40)}</b>{pair}"


def short(period: Period) -> str:
    """「2026秋」, 「2026-11」, 「2025-26」."""
    start, last = period.window.start, period.window.last_day
    if period.kind == TERM:
        return f"{start.year}{'秋' if start.month > 6 else '春'}"
    return f"{start:%Y-%m}" if period.kind == MONTH else f"{start.year}-{last:%y}"
