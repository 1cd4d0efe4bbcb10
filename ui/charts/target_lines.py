"""What was aimed at, drawn: a line over the plot, or a step for every day on which the target changed. Pure."""

import pandas as pd

from ui.charts.colours import INK
from ui.charts.style import Sheet, plain_label

# The last day of a period from its first; terms are of unequal length, and four months is less than any.
LAST = {"week": pd.DateOffset(days=6), "month": pd.offsets.MonthEnd(0), "term": pd.DateOffset(months=4)}
Step = tuple[float | None, pd.Timestamp, pd.Timestamp]


def steps(metric, periods: pd.Series, every: str) -> list[Step]:
    """(target, start, end) of neighbouring periods held against the same target, half a period beyond the first and
    last point; a period is held against what holds on its last day. [] without dated targets."""
    if not getattr(metric, "targets", ()):
        return []
    half = periods.diff().min() / 2 if len(periods) > 1 else pd.Timedelta(days=3.5)
    runs: list[Step] = []
    for period in periods:
        value = metric.at((period + LAST.get(every, pd.DateOffset(days=0))).date()).target
        start = runs[-1][2] if runs else period - half
        if runs and runs[-1][0] == value:
            start = runs.pop()[1]
        runs.append((value, start, period + half))
    return runs


def levels(metric, periods: pd.Series, every: str) -> list[float]:
    """Every target drawn, for the room the axis needs."""
    dated = steps(metric, periods, every)
    plain = [] if getattr(metric, "targets", ()) else [getattr(metric, "target", None)]
    return [value for value in (plain or [step[0] for step in dated]) if value is not None]


def target_lines(sheet: Sheet, metric, periods: pd.Series, every: str) -> None:
    """One line over the whole plot, or a line a step joined by uprights, each with its words at its start."""
    if not getattr(metric, "targets", ()):
        for level in levels(metric, periods, every):
            _drawn(sheet, metric, level, (0, 1), "paper")
        return
    before: float | None = None
    for value, start, end in steps(metric, periods, every):
        if value is not None:
            _drawn(sheet, metric, value, (start.isoformat(), end.isoformat()), "x")
        if value is not None and before is not None:
            sheet.line((start.isoformat(),) * 2, (before, value), INK, "longdash")
        before = value


def _drawn(sheet: Sheet, metric, level: float, span: tuple, xref: str) -> None:
    sheet.line(span, (level, level), INK, "longdash", xref=xref)
    words = f"目标 {plain_label(metric.show(level), 20)}"
    sheet.note(words, span[0], level, INK, xref=xref, xanchor="left", yanchor="bottom")
