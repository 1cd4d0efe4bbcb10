"""Curves of what is still open: a step line a unit, named at its end; everyone together in grey. Pure."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from metrics.compare.pace import Pace, Paces, open_share
from ui.charts.colours import BAD, FAINT, GOOD, INK, NEUTRAL
from ui.charts.style import SIZE, Sheet, nothing, plain_label

SIDES = {1: (BAD, "solid"), -1: (GOOD, "dash"), 0: (FAINT, "solid")}  # slower, faster, neither by more than chance
POINTS = 160


def curves(paces: Paces, *, title: str, subtitle: str) -> go.Figure:
    """Units that differ in colour and with their name, the others thin and grey. A click hands on the unit."""
    if not paces.everyone.n or not len(paces.everyone.times):
        return nothing("没有可以画的用时", title, subtitle)
    days, end = _span(paces)
    hours, sheet = np.linspace(0, end, POINTS), Sheet()
    for unit_pace in sorted(
        (unit_pace for unit_pace in paces.units if unit_pace.verdict.is_judged),
        key=lambda unit_pace: unit_pace.verdict.is_clear,
    ):
        _line(sheet, unit_pace, hours, days)
    share = open_share(paces.everyone, hours)
    sheet.points(
        (hours / days).tolist(),
        share.tolist(),
        mode="lines",
        line={"color": INK, "width": 2, "shape": "hv"},
        hoverinfo="skip",
    )
    sheet.note("全部", end / days, float(share[-1]), INK, xanchor="left", xshift=4)
    unit = "天" if days == 24 else "小时"
    sheet.axis("xaxis", title={"text": unit, "font": {"size": SIZE, "color": NEUTRAL}}, rangemode="tozero")
    sheet.axis("yaxis", tickformat=".0%", range=[0, 1.02])
    return sheet.figure(title, subtitle, 420, margin={"r": 130})


def _span(paces: Paces) -> tuple[int, float]:
    """(hours a unit of the axis, last hour drawn): as far as nine of ten are closed, at most to the last closing."""
    last = float(paces.everyone.times[-1])
    end = min(last, 1.6 * paces.everyone.p90) if paces.everyone.p90 == paces.everyone.p90 else last
    return (24 if end > 72 else 1), max(end, 1.0)


def _line(sheet: Sheet, pace: Pace, hours: np.ndarray, days: int) -> None:
    differs = pace.verdict.is_clear
    share, (colour, dash) = open_share(pace.curve, hours), SIDES[pace.verdict.side if differs else 0]
    sheet.points(
        (hours / days).tolist(),
        share.tolist(),
        mode="lines",
        customdata=[[pace.key]] * len(hours),
        hovertemplate="%{hovertext}<extra></extra>",
        hovertext=[f"{plain_label(pace.name, 40)}<br>{value:.0%} 未办结" for value in share],
        line={"color": colour, "width": 2 if differs else 1, "dash": dash, "shape": "hv"},
    )
    if differs:
        at, slower = (
            (len(hours) // 3, True) if pace.verdict.side > 0 else (len(hours) // 6, False)
        )  # above its line, or below it
        side: dict[str, Any] = (
            {"xanchor": "left", "xshift": 4, "yshift": 8}
            if slower
            else {"xanchor": "right", "xshift": -6, "yshift": -10}
        )
        sheet.note(plain_label(pace.name, 14), float(hours[at] / days), float(share[at]), colour, **side)
