"""The time axis: teaching weeks, shaded holidays, events as small flags with words. Pure."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ui.charts.colours import RULE, SHADE
from ui.charts.style import Sheet, panel, plain_label

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

    @cached_property
    def names(self) -> dict[pd.Timestamp, str]:
        """Monday → 「第12教学周」 or 「寒假」."""
        named = zip(
            pd.to_datetime(self.weeks["week_start"]), self.weeks["teaching_week"], self.weeks["phase"], strict=True
        )
        return {day: f"第{int(number)}教学周" if pd.notna(number) else str(phase) for day, number, phase in named}


def _between(frame: pd.DataFrame, column: str, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    day = pd.to_datetime(frame[column])
    return frame.assign(**{column: day})[(day >= first) & (day <= last)].sort_values(column)


def period_label(period: object, every: str, calendar: Calendar | None = None) -> str:
    """One period in words: 「第12教学周（11-16 起）」, 「2026-11」, 「2026-11-16」."""
    day = pd.Timestamp(period)
    if every == "month":
        return f"{day:%Y-%m}"
    if every != "week":
        return f"{day:%Y-%m-%d}"
    name = calendar.names.get(day) if calendar is not None else None
    return f"{name}（{day:%Y-%m-%d} 起）" if name else f"{day:%Y-%m-%d} 当周"


def week_ticks(weeks: pd.DataFrame, most: int = _MOST_LABELS, dated: bool = True) -> tuple[list, list[str]]:
    """Where labels stand and what they say: 第1周 … 第18周, the month below the first one of each term if `dated`."""
    taught = weeks[weeks["teaching_week"].notna()]
    step = next((s for s in (1, 2, 4, 6, 9) if len(taught) / s <= most), 18)
    chosen = taught[(taught["teaching_week"].astype(int) - 1) % step == 0]
    apart = pd.Timedelta(days=7 * len(weeks) / (most + 3))
    days: list[pd.Timestamp] = []
    labels: list[str] = []
    term = None
    for row in chosen.itertuples():
        if days and row.week_start - days[-1] < apart and row.term_id == term:
            continue
        if days and row.week_start - days[-1] < apart:
            del days[-1], labels[-1]  # the first week of a term matters more than the last of the one before
        month = f"<br>{row.week_start:%Y-%m}" if dated and row.term_id != term else ""
        days.append(row.week_start)
        labels.append(f"第{int(row.teaching_week)}周{month}")
        term = row.term_id
    return days, labels


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


def draw_time(sheet: Sheet, periods: pd.Series, every: str, calendar: Calendar | None, number: int = 0) -> int:
    """Labels, holidays and events of a time axis. `number`: which panel, 0 for a chart of one. Returns the rows of
    flags."""
    days, room = pd.to_datetime(periods), pd.Timedelta(days={"month": 15, "day": 0.5}.get(every, 3.5))
    first, last = days.min() - room, days.max() + room
    few = 3 if number else _MOST_LABELS
    values: list = []
    labels: list[str] = []
    weeks = None
    if every == "week" and calendar is not None and len(calendar.weeks):
        weeks = _between(calendar.weeks, "week_start", days.min(), days.max())
        values, labels = week_ticks(weeks, few, not number)
    if not values:
        values, labels = _plain_ticks(days, every, few)
    sheet.axis(
        f"xaxis{panel(number)}",
        type="date",
        range=[_iso(first), _iso(last)],
        autotickangles=[0, 45, 90],
        tickmode="array",
        tickvals=[_iso(value) for value in values],
        ticktext=labels,
    )
    for start, end, name in holiday_spans(weeks) if weeks is not None else []:
        _shade(sheet, max(start - room, first), min(end - room, last), name, number)
    return (
        _flags(sheet, calendar.events, first, last)
        if calendar is not None and len(calendar.events) and not number
        else 0
    )


def _iso(moment: pd.Timestamp) -> str:
    return pd.Timestamp(moment).isoformat()


def _plain_ticks(days: pd.Series, every: str, most: int) -> tuple[list, list[str]]:
    spread = sorted(days.unique())
    few = spread[:: max(1, -(-len(spread) // (most + 2)))]
    return few, [f"{day:%Y-%m}" if every in {"month", "term"} else f"{day:%m-%d}" for day in map(pd.Timestamp, few)]


def _shade(sheet: Sheet, start: pd.Timestamp, end: pd.Timestamp, name: str, number: int) -> None:
    x, y = f"x{panel(number)}", f"y{panel(number)} domain"
    sheet.shapes.append(
        {
            "type": "rect",
            "x0": _iso(start),
            "x1": _iso(end),
            "y0": 0,
            "y1": 1,
            "xref": x,
            "yref": y,
            "fillcolor": SHADE,
            "line": {"width": 0},
            "layer": "below",
        }
    )
    if not number:
        sheet.note(name, _iso(start + (end - start) / 2), 1, yref="paper", yanchor="top")


def _flags(sheet: Sheet, events: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, most: int = 6) -> int:
    """Events as thin lines with their names above the plot, each on the lowest of three heights where it has room."""
    shown = _between(events, "from_day", first, last).tail(most)
    reached: list[float] = []  # how far each height is written, as a share of the width
    for row in shown.itertuples():
        at = (row.from_day - first) / (last - first)
        right, wide = at > 0.8, 0.03 + 0.05 * min(len(str(row.name)), 12)
        start, end = (at - wide, at) if right else (at, at + wide)
        height = next((level for level, until in enumerate(reached) if until <= start), len(reached))
        sheet.line((_iso(row.from_day),) * 2, (0, 1), RULE, "dot", yref="paper")
        if height >= 3:
            continue  # the line still says that there was something; a pile of words would say nothing
        reached[height : height + 1] = [end]
        sheet.note(
            ("" if right else "▸") + plain_label(row.name, 12) + ("◂" if right else ""),
            _iso(row.from_day),
            1,
            yref="paper",
            yanchor="bottom",
            xanchor="right" if right else "left",
            yshift=2 + 17 * height,
        )
    return len(reached)
