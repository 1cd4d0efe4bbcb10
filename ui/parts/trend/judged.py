"""How a series on the trend page is judged, the same way as the tiles of the weekly page: weeks against weeks of
their own phase (a holiday is not a quiet week), a stock by its changes (what is left over depends on the week
before)."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.compare.recent import Recent, is_rare, newest
from metrics.define.catalogue import Metric
from metrics.methods import spc
from metrics.methods.verdict import FEW, NORMAL, WORDS, Verdict, sides
from ui.charts.limits import Limits
from ui.charts.time_axis import Calendar

NOT_JUDGED, USUAL = "不作判断", WORDS[NORMAL]


@dataclass(frozen=True)
class Judged:
    """`finding` as spc gives it; `words`: what is said of each period that was judged; `limits` to draw, None for a
    stock."""

    finding: spc.Xmr
    words: dict[pd.Timestamp, str]
    limits: Limits | None
    of_changes: bool

    @property
    def special(self) -> list[pd.Timestamp]:
        """Periods that are more than noise, in order."""
        return [day for day, word in self.words.items() if word != USUAL]

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
        if not self.finding.verdict.is_judged:
            return self.finding.verdict.word
        return self.words.get(period, NOT_JUDGED)


def by_recent(recent: Recent) -> Judged:
    """A week against the weeks it may be judged by, exactly as its tile says."""
    weeks = [pd.Timestamp(week) for week in recent.weeks]
    return _judged(weeks, recent.limits, recent.of_changes)


def by_weeks(series: pd.DataFrame, metric: Metric) -> Judged:
    """The last of comparable weeks against those before it, which alone make the limits, as metrics.compare.recent
    does for a tile."""
    xmr = newest(series, metric)
    if is_rare(series["value"].to_numpy(float)[:-1], metric):
        xmr = _unjudged(xmr)
    return _judged(list(series["period"]), xmr, metric.is_standing)


def _unjudged(xmr: spc.Xmr) -> spc.Xmr:
    """No limits for what comes so seldom: the days between it would have to be judged, not its number."""
    return replace(xmr, verdict=Verdict(FEW, n=xmr.n), special=[None] * len(xmr.special), last_rule=None, flat=True)


def by_itself(series: pd.DataFrame, metric: Metric, every: str, calendar: Calendar) -> Judged:
    """A series against its own complete periods; weeks only against weeks of the phase the last one lies in."""
    rows = series[series["complete"].astype(bool)]
    if every == "week" and len(rows):
        phases = dict(zip(pd.to_datetime(calendar.weeks["week_start"]), calendar.weeks["phase"], strict=True))
        rows = rows[[phases.get(day) == phases.get(rows["period"].iloc[-1]) for day in rows["period"]]]
    stock = metric.is_standing
    values = rows["value"].to_numpy(float)
    judged = np.diff(values) if stock else values
    lowest, highest = None if stock else 0.0, 1.0 if metric.is_rate else None
    xmr = spc.xmr(judged, metric.better, floor=lowest, ceiling=highest, sides=sides(metric.kind.is_level))
    if is_rare(values, metric):
        xmr = _unjudged(xmr)
    return _judged(list(rows["period"]), xmr, stock)


def _judged(periods: list[pd.Timestamp], xmr: spc.Xmr, stock: bool) -> Judged:
    words = {day: why or USUAL for day, why in zip(periods[1 if stock else 0 :], xmr.special, strict=False)}
    special = {day: word for day, word in words.items() if word != USUAL}
    drawn = not stock and not xmr.flat and xmr.n >= spc.VERDICT_FROM and np.isfinite(xmr.lower)
    limits = Limits(xmr.mean, xmr.lower, xmr.upper, special, xmr.provisional, frozenset(words)) if drawn else None
    return Judged(xmr, words, limits, stock)
