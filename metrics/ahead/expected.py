"""How many to expect next week: teaching-week seasonality times the recent level, and how often that held in the past.

A week's usual count is the mean of the same week of the term (or of the holiday) in earlier years, days off allowed
for, times how the last weeks of the phase compare with theirs; without earlier years it is the mean of the last weeks.
The interval is the middle 80 % of a negative binomial whose spread is that of the forecasts' own earlier misses. Every
past week is forecast from the weeks before it alone, so the hit rate printed is that of real forecasts.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.ask import arrivals, terms
from metrics.ask.first_day import first_whole_week
from metrics.ask.measure import measure
from metrics.ask.reading.known import whole_until
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.define import catalogue
from metrics.define.small_numbers import FORECAST_WEEKS_FROM
from metrics.methods import many_tests
from warehouse import Build

NOMINAL = 0.80
TRIED = 26  # weeks of the back-test
RECENT = 6
YEARS = 4
CALM = 0.05  # no series is steadier than this from week to week, whatever few misses say
FIRST_SPREAD = 0.15


@dataclass(frozen=True)
class Expected:
    """Next week's count of one metric: the middle, the interval, and in how many of `tried` past weeks it held.

    `years` are the earlier years it rests on (0: only the last weeks). low and high are NaN where nothing can be
    foretold; `sentence` then says why.
    """

    metric: str
    label: str
    unit: str
    middle: float
    low: float
    high: float
    hits: int
    tried: int
    years: int
    sentence: str


def expected(build: Build, metric_key: str, week: date, until: date, only: Selection, scope: Scope) -> Expected:
    """The range for the week that begins on the Monday `week`, from whole weeks that ended by `until`."""
    metric = catalogue.get(metric_key)
    series = _Series(build, metric_key, week, until, only, scope)
    middle, low, high, years = series.interval(week)
    if not np.isfinite(middle):
        reason = arrivals.never(build, metric.table) if arrivals.missing(build, metric.table) else "同类的历史周数太少"
        return Expected(
            metric.key,
            metric.label,
            metric.unit,
            middle,
            low,
            high,
            0,
            0,
            0,
            f"下周{metric.label}：{reason}，不作预计。",
        )
    past = [start for start in series.weeks if np.isfinite(series.middle(start)[0])][-TRIED:]
    held = [(series.seen[start], series.interval(start)) for start in past]
    hits = sum(low <= seen <= high for seen, (_, low, high, _) in held)
    rests = f"按{'往年同教学周和' if years else ''}近 {len(series.recent(week))} 周的水平"
    tried = f"过去 {len(past)} 周有 {hits} 周落在这样的区间里" if past else "还没有可以回看的周"
    sentence = (
        f"下周{metric.label}预计 {span(low, high)} {metric.unit}（{rests}；区间按 {NOMINAL:.0%} 的把握给出，{tried}）。"
    ).replace("80%", "80 %")
    return Expected(metric.key, metric.label, metric.unit, middle, low, high, hits, len(past), years, sentence)


def span(low: float, high: float) -> str:
    """「241–295」, 「0」."""
    return f"{low:,.0f}–{high:,.0f}" if high > low else f"{low:,.0f}"


class _Series:
    """Whole weeks of one count, and the forecast of any week from those before it."""

    def __init__(self, build: Build, metric_key: str, week: date, until: date, only: Selection, scope: Scope):
        table = catalogue.get(metric_key).table
        first = first_whole_week(build, table)
        self.seen: dict[date, float] = {}
        self._intervals: dict[date, tuple[float, float, float, int]] = {}
        self._middles: dict[date, tuple[float, int]] = {}
        last = min(until, week, whole_until(build, table))
        if first <= last - WEEK:
            weekly = measure(
                build,
                metric_key,
                Window(first, first + ((last - first) // WEEK) * WEEK),
                every="week",
                only=only,
                scope=scope,
            )
            starts = [first + WEEK * number for number in range(len(weekly))]
            self.seen = {start: float(value) for start, value in zip(starts, weekly["value"], strict=True)}
        self.weeks = sorted(self.seen)
        self.key = {start: terms.season(build, start) for start in [*self.weeks, week]}
        in_term = {start for start in self.key if terms.week(build, start).number is not None}
        self.free = {start: terms.days_off(build, start) if start in in_term else 0 for start in self.key}
        self.same = {key: [start for start in self.weeks if self.key[start] == key] for key in set(self.key.values())}
        self.phase = {
            name: [start for start in self.weeks if self.key[start][0] == name] for name, _ in self.key.values()
        }
        self.cuts = self._cuts([*self.weeks, week])

    def interval(self, week: date) -> tuple[float, float, float, int]:
        """(middle, low, high, years it rests on); NaN where there is too little."""
        if week not in self._intervals:
            self._intervals[week] = self._interval(week)
        return self._intervals[week]

    def _interval(self, week: date) -> tuple[float, float, float, int]:
        middle, years = self.middle(week)
        if not np.isfinite(middle):
            return middle, np.nan, np.nan, 0
        earlier = [start for start in self.weeks if start < week]
        pairs = [(self.seen[start], self.middle(start)[0]) for start in earlier[-2 * TRIED :]]
        return middle, *_bounds(middle, _spread([pair for pair in pairs if np.isfinite(pair[1])])), years

    def middle(self, week: date) -> tuple[float, int]:
        """The forecast of one week from the weeks before it, and how many earlier years it rests on."""
        if week not in self._middles:
            self._middles[week] = self._foretold(week)
        return self._middles[week]

    def _foretold(self, week: date) -> tuple[float, int]:
        recent = self.recent(week)
        years, off = self._years(week, week), 1 - self.cuts[week] * self.free[week] / 7
        if years:
            return float(np.mean(self._plain(years, week))) * self._growth(week, recent) * off, len(years)
        return (
            float(np.mean(self._plain(recent, week))) * off if len(recent) >= FORECAST_WEEKS_FROM else float("nan")
        ), 0

    def recent(self, week: date) -> list[date]:
        """The last weeks of the same phase before it."""
        return [start for start in self.phase[self.key[week][0]] if start < week][-RECENT:]

    def _years(self, start: date, before: date) -> list[date]:
        """The same week of earlier years, newest last."""
        return [one for one in self.same[self.key[start]] if one < min(start, before)][-YEARS:]

    def _plain(self, starts: list[date], week: date) -> list[float]:
        """What they would have been without days off, by what was known of days off before `week`."""
        return [self.seen[start] / (1 - self.cuts[week] * self.free[start] / 7) for start in starts]

    def _growth(self, week: date, recent: list[date]) -> float:
        """How the last weeks compare with the same weeks of earlier years; 1 where they cannot be."""
        now = usual = 0.0
        for start in recent:
            if same := self._years(start, week):
                now, usual = now + self._plain([start], week)[0], usual + float(np.mean(self._plain(same, week)))
        return float(np.clip((now + 1) / (usual + 1), 0.5, 2.0))

    def _cuts(self, weeks: list[date]) -> dict[date, float]:
        """For every week the share of a day's cases a day off takes away, as the weeks before it showed."""
        top, bottom, cuts = 0.0, 0.0, {}
        for number, start in enumerate(weeks):
            cuts[start] = float(np.clip(top / bottom, 0.0, 0.9)) if bottom else 0.0
            before = [
                one
                for one in weeks[max(number - 3, 0) : number]
                if self.key[one][0] == self.key[start][0] and not self.free[one]
            ]
            if (
                start in self.seen
                and self.free[start]
                and before
                and (level := float(np.mean([self.seen[one] for one in before]))) > 0
            ):
                share = self.free[start] / 7
                top, bottom = top + (1 - self.seen[start] / level) * share, bottom + share * share
        return cuts


def _spread(pairs: list[tuple[float, float]]) -> float:
    """How far forecasts missed beyond Poisson chance, as a coefficient of variation; the largest tenth of misses is
    tempered."""
    if len(pairs) < 2 * FORECAST_WEEKS_FROM:
        return FIRST_SPREAD
    seen, foretold = np.array(pairs).T
    foretold = np.maximum(foretold, 0.5)
    beyond = (seen - foretold) ** 2
    ceiling = np.quantile(beyond / foretold**2, 0.95) * foretold**2
    return float(max(np.sqrt(max(np.mean((np.minimum(beyond, ceiling) - foretold) / foretold**2), 0.0)), CALM))


def _bounds(middle: float, spread: float) -> tuple[float, float]:
    """The middle 80 % of a negative binomial: the smallest range of counts outside which lie at most 10 % on each
    side."""
    counts = np.arange(0, int(middle * 4 + 40))
    tail = (1 - NOMINAL) / 2
    reached = many_tests.negative_binomial_more(
        counts, np.full(len(counts), max(middle, 0.01)), np.full(len(counts), 1 / spread**2)
    )
    return float(counts[1 - reached <= tail].max()), float(counts[reached > tail].max())
