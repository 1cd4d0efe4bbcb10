"""A campaign's weeks: cases a week at its places and at the places it is compared with, each with its own limits.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from metrics.define import numbers
from ui.charts.colours import FAINT, INK, NEUTRAL, PAPER, SERIES, SHADE, WARNING
from ui.charts.style import TOP, Sheet, nothing, panel, plain_label

TALL, GAP = 190, 0.14


@dataclass(frozen=True)
class Line:
    """Whole weeks by their Mondays with their counts; mean and limits (NaN where not told); the weeks that stand
    out."""

    name: str
    weeks: Sequence[date]
    counts: Sequence[float]
    mean: float
    lower: float
    upper: float
    special: frozenset[date] = frozenset()


def weeks(lines: Sequence[Line], first: date, last: date, unit: str, *, title: str, subtitle: str) -> go.Figure:
    """One panel a line below another, on one time axis; the days of the campaign (`first` to `last`) are shaded."""
    drawn = [line for line in lines if len(line.weeks) > 1]
    if not drawn:
        return nothing("周数太少，画不出走势", title, subtitle, height=160)
    sheet = Sheet()
    tall = (1 - GAP * (len(drawn) - 1)) / len(drawn)
    for number, line in enumerate(drawn, start=1):
        top = 1 - (number - 1) * (tall + GAP)
        _panel(sheet, line, panel(number), number == len(drawn), [max(0.0, top - tall), top], unit)
        _shade(sheet, first, last, panel(number))
        sheet.note(
            f"<b>{plain_label(line.name, 20)}</b>",
            0,
            top,
            INK,
            14,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            yshift=2,
        )
    middle = first + (last - first) / 2
    sheet.note("行动期间", middle.isoformat(), 1, NEUTRAL, xref="x", yref="paper", yanchor="bottom", yshift=2)
    return sheet.figure(title, subtitle, TOP + 40 + TALL * len(drawn), margin={"r": 88, "t": TOP + 16, "b": 20})


def _panel(sheet: Sheet, line: Line, at: str, is_lowest: bool, domain: list[float], unit: str) -> None:
    days, counts = [day.isoformat() for day in line.weeks], list(line.counts)
    joined = _broken(line)
    where = {"xaxis": f"x{at}", "yaxis": f"y{at}"}
    odd = [day in line.special for day in line.weeks]
    colours = [WARNING if special else SERIES[0] for special in odd]
    sheet.points(
        [day for day, _ in joined],
        [count for _, count in joined],
        mode="lines",
        line={"color": SERIES[0], "width": 2},
        hoverinfo="skip",
        **where,
    )
    sheet.points(
        days,
        counts,
        mode="markers",
        cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[day] for day in days],
        hovertext=[
            f"{plain_label(line.name, 20)}<br>{day} 当周<br><b>{numbers.exact_number(count)} {plain_label(unit, 8)}</b>"
            for day, count in zip(days, counts, strict=True)
        ],
        marker={
            "color": colours,
            "size": [10 if special else 6 for special in odd],
            "line": {"color": PAPER, "width": 1},
        },
        **where,
    )
    _limits(sheet, line, at, max([*counts, line.upper if line.upper == line.upper else 0]))
    most = max([*counts, line.upper if line.upper == line.upper else 0, 1])
    sheet.axis(f"yaxis{at}", domain=domain, anchor=f"x{at}", range=[0, most * 1.15], nticks=4, tickformat=",~g")
    sheet.axis(
        f"xaxis{at}",
        type="date",
        anchor=f"y{at}",
        tickformat="%Y-%m-%d",
        nticks=6,
        showticklabels=is_lowest,
        **({"matches": "x"} if at else {}),
    )


def _broken(line: Line) -> list[tuple[str, float | None]]:
    """The line's points with a gap where weeks are left out: a holiday is no slope."""
    points: list[tuple[str, float | None]] = []
    for at, (day, count) in enumerate(zip(line.weeks, line.counts, strict=True)):
        if at and (day - line.weeks[at - 1]).days > 7:
            points.append((day.isoformat(), None))
        points.append((day.isoformat(), count))
    return points


def _limits(sheet: Sheet, line: Line, at: str, most: float) -> None:
    """Mean and limits as thin grey lines, named at their end when there is room between them."""
    placed: list[float] = []
    for name, level, dash in (("均值", line.mean, "solid"), ("上限", line.upper, "dot"), ("下限", line.lower, "dot")):
        if level != level or (name == "下限" and level <= 0):
            continue
        sheet.line((0, 1), (level, level), FAINT, dash, xref=f"x{at} domain", yref=f"y{at}")
        if all(abs(level - other) > most * 0.12 for other in placed):
            sheet.note(
                f"{name} {numbers.decimal(level)}", 1, level, xref="paper", yref=f"y{at}", xanchor="left", xshift=4
            )
            placed.append(level)


def _shade(sheet: Sheet, first: date, last: date, at: str) -> None:
    sheet.shapes.append(
        {
            "type": "rect",
            "x0": first.isoformat(),
            "x1": (last + timedelta(days=1)).isoformat(),
            "y0": 0,
            "y1": 1,
            "xref": f"x{at}",
            "yref": f"y{at} domain",
            "fillcolor": SHADE,
            "line": {"width": 0},
            "layer": "below",
        }
    )
