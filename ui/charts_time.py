"""The time axis: teaching weeks, shaded holidays, events as small flags with words. Pure."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from ui.charts_style import NEUTRAL, RULE, SHADE, SIZE, plain

HOLIDAYS = ("寒假", "暑假")
_MOST_LABELS = 9


@dataclass(frozen=True)
class Calendar:
    """What the axis must know of the school's calendar.

    weeks: week_start, term_id, teaching_week (NULL outside term), phase (学期, 寒假, 暑假), one row a week.
    events: name, from_day, to_day.
    """

    weeks: pd.DataFrame
    events: pd.DataFrame


def _between(frame: pd.DataFrame, column: str, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    day = pd.to_datetime(frame[column])
    return frame.assign(**{column: day})[(day >= first) & (day <= last)].sort_values(column)


def period_label(period: object, every: str, weeks: pd.DataFrame | None = None) -> str:
    """One period in words: 「第12教学周（11-16 起）」, 「2026-11」, 「2026-11-16」."""
    day = pd.Timestamp(period)
    if every == "month":
        return f"{day:%Y-%m}"
    if every != "week":
        return f"{day:%Y-%m-%d}"
    found = weeks[pd.to_datetime(weeks["week_start"]) == day] if weeks is not None else []
    if not len(found):
        return f"{day:%Y-%m-%d} 当周"
    row = found.iloc[0]
    name = f"第{int(row.teaching_week)}教学周" if pd.notna(row.teaching_week) else str(row.phase)
    return f"{name}（{day:%Y-%m-%d} 起）"


def week_ticks(weeks: pd.DataFrame, most: int = _MOST_LABELS) -> tuple[list, list[str]]:
    """Where labels stand and what they say: 第1周 … 第18周, the month below the first one of each term."""
    taught = weeks[weeks["teaching_week"].notna()]
    step = next((s for s in (1, 2, 4, 6, 9) if len(taught) / s <= most), 18)
    chosen = taught[(taught["teaching_week"].astype(int) - 1) % step == 0]
    labels, term = [], None
    for row in chosen.itertuples():
        labels.append(f"第{int(row.teaching_week)}周" + (f"<br>{row.week_start:%Y-%m}" if row.term_id != term else ""))
        term = row.term_id
    return list(chosen["week_start"]), labels


def holiday_spans(weeks: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp, str]]:
    """Unbroken runs of holiday weeks: first Monday, the Monday after, name."""
    spans: list[tuple[pd.Timestamp, pd.Timestamp, str]] = []
    week = pd.Timedelta(days=7)
    for row in weeks[weeks["phase"].isin(HOLIDAYS)].itertuples():
        if spans and spans[-1][2] == row.phase and spans[-1][1] == row.week_start:
            spans[-1] = (spans[-1][0], row.week_start + week, row.phase)
        else:
            spans.append((row.week_start, row.week_start + week, row.phase))
    return spans


def draw_time(figure: go.Figure, periods: pd.Series, every: str, calendar: Calendar | None, **where) -> None:
    """Labels, holidays and events of a time axis, in place. `where` names the subplot (row, col)."""
    days = pd.to_datetime(periods)
    first, last = days.min(), days.max()
    half = {"week": 3.5, "month": 15, "day": 0.5}.get(every, 3.5)
    room = pd.Timedelta(days=half)
    figure.update_xaxes(range=[first - room, last + room], type="date", autotickangles=[0, 45, 90], **where)
    if every == "week" and calendar is not None and len(calendar.weeks):
        weeks = _between(calendar.weeks, "week_start", first, last)
        values, labels = week_ticks(weeks, 5 if where else _MOST_LABELS)
        if values:
            figure.update_xaxes(tickmode="array", tickvals=values, ticktext=labels, **where)
        for start, end, name in holiday_spans(weeks):
            _shade(figure, max(start - room, first - room), min(end - room, last + room), name, where)
    else:
        spread = pd.Series(days.unique()).sort_values()
        few = list(spread)[:: max(1, -(-len(spread) // (4 if where else 12)))]
        figure.update_xaxes(tickmode="array", tickvals=few, ticktext=[_short(day, every) for day in few], **where)
    if calendar is not None and len(calendar.events) and not where:
        _flags(figure, calendar.events, first - room, last + room)


def _short(day: pd.Timestamp, every: str) -> str:
    return f"{day:%Y-%m}" if every in {"month", "term"} else f"{day:%m-%d}"


def _shade(figure: go.Figure, start: pd.Timestamp, end: pd.Timestamp, name: str, where: dict) -> None:
    figure.add_vrect(x0=start, x1=end, fillcolor=SHADE, line_width=0, layer="below", **where)
    if not where:
        figure.add_annotation(x=start + (end - start) / 2, y=0, yref="paper", yanchor="bottom", text=name, showarrow=False,
                              font={"size": SIZE, "color": NEUTRAL})


def _flags(figure: go.Figure, events: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, most: int = 6) -> None:
    """Events as thin lines with their names above the plot, on several heights so that neighbours do not collide."""
    shown = _between(events, "from_day", first, last).tail(most)
    levels = max(1, min(3, len(shown)))
    for number, row in enumerate(shown.itertuples()):
        figure.add_vline(x=row.from_day, line={"color": RULE, "width": 1, "dash": "dot"}, layer="below")
        right = (row.from_day - first) > (last - first) * 0.8
        figure.add_annotation(x=row.from_day, y=1, yref="paper", yanchor="bottom", xanchor="right" if right else "left",
                              yshift=2 + 17 * (number % levels), showarrow=False, font={"size": SIZE, "color": NEUTRAL},
                              text=("" if right else "▸") + plain(row.name, 12) + ("◂" if right else ""))
