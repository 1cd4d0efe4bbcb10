"""How a series on the trend page is judged, the same way as the tiles of the weekly page: weeks against weeks of their own
phase (a holiday is not a quiet week), a stock by its changes (what is left over depends on the week before)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.compare.recent import Recent
from metrics.define.catalogue import Metric
from metrics.methods import spc
from ui.charts.time_axis import Calendar
from ui.charts.trend import Limits

NOT_JUDGED = "不作判断"


@dataclass(frozen=True)
class Judged:
    """`found` as spc gives it; `words`: what is said of each period that was judged; `limits` to draw, None for a stock."""

    found: spc.Xmr
    words: dict[pd.Timestamp, str]
    limits: Limits | None
    of_changes: bool

    @property
    def special(self) -> list[pd.Timestamp]:
        """Periods that are more than noise, in order."""
        return [day for day, said in self.words.items() if said != spc.NORMAL]

    def apart(self, frame: pd.DataFrame) -> int:
        """How many complete periods shown are not judged, being of another kind than the last one."""
        return sum(
            bool(full) and day not in self.words
            for day, full in zip(pd.to_datetime(frame["period"]), frame["complete"], strict=True)
        )

    def say(self, period: pd.Timestamp, complete: bool) -> str:
        """The word of one row of the table."""
        if not complete:
            return "本期未满"
        if self.found.verdict == spc.TOO_FEW:
            return spc.TOO_FEW
        return self.words.get(period, NOT_JUDGED)


def by_recent(found: Recent) -> Judged:
    """A week against the weeks it may be judged by, exactly as its tile says."""
    weeks = [pd.Timestamp(week) for week in found.weeks]
    return _judged(weeks, found.limits, found.of_changes)


def by_weeks(series: pd.DataFrame, metric: Metric) -> Judged:
    """The last of comparable weeks against those before it, which alone make the limits, as metrics.compare.recent does for a tile."""
    stock = metric.is_standing
    values = series["value"].to_numpy(float)
    judged = np.diff(values) if stock else values
    ceiling = 1.0 if metric.is_rate else None
    found = spc.xmr(judged, metric.better, max(len(judged) - 1, 0), None if stock else 0.0, None if stock else ceiling)
    return _judged(list(series["period"]), found, stock)


def by_itself(series: pd.DataFrame, metric: Metric, every: str, calendar: Calendar) -> Judged:
    """A series against its own complete periods; weeks only against weeks of the phase the last one lies in."""
    rows = series[series["complete"].astype(bool)]
    if every == "week" and len(rows):
        phases = dict(zip(pd.to_datetime(calendar.weeks["week_start"]), calendar.weeks["phase"], strict=True))
        rows = rows[[phases.get(day) == phases.get(rows["period"].iloc[-1]) for day in rows["period"]]]
    stock = metric.is_standing
    values = rows["value"].to_numpy(float)
    judged = np.diff(values) if stock else values
    found = spc.xmr(judged, metric.better, floor=None if stock else 0.0, ceiling=1.0 if metric.is_rate else None)
    return _judged(list(rows["period"]), found, stock)


def _judged(periods: list[pd.Timestamp], found: spc.Xmr, stock: bool) -> Judged:
    words = {day: why or spc.NORMAL for day, why in zip(periods[1 if stock else 0 :], found.special, strict=False)}
    special = {day: said for day, said in words.items() if said != spc.NORMAL}
    drawn = not stock and found.verdict != spc.TOO_FEW and np.isfinite(found.lower)
    limits = (
        Limits(found.mean, found.lower, found.upper, special, found.provisional, frozenset(words)) if drawn else None
    )
    return Judged(found, words, limits, stock)
