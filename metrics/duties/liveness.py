"""Whether a zero is a good one: in the same weeks, did reports, patrols, inspections and calls come in as they usually
do?

The last four whole weeks a stream's exports cover are compared with what the past of this season would bring: the mean
of the same weeks of the term or holiday in earlier years, raised where the weeks before brought more than in those
years, or, without earlier years, of the last weeks of the same phase. A stream is
silent when it brought less than half of that and a Poisson count of that mean would be so low less than once in a
hundred times. An export that stopped proves nothing and counts as silent too.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
from scipy import stats

from metrics.ask import arrivals, sql, terms
from metrics.ask.first_day import first_whole_week
from metrics.ask.selection import EVERYTHING, Scope
from metrics.ask.window import WEEK, monday
from metrics.define import numbers, tables
from metrics.define.small_numbers import LIVELY_WEEKS_FROM
from warehouse import Build

WEEKS, YEARS, EARLIER, LEVEL_WEEKS = 4, 4, 12, 6
LEVEL, SHARE = 0.01, 0.5
ALIVE, SILENT, STOPPED, UNKNOWN, MISSING = "照常", "沉默", "导出停了", "无从比较", "没有数据"
HOW = "近 4 个整周收到的不到往年同期平均的一半，并且单凭偶然少成这样的机会不到 1 %，才叫沉默。"
# What shows that somebody looks: name → the tables it is counted from.
STREAMS = {
    "上报": ("tickets", "hazards"),
    "巡查": ("duty_shifts",),
    "检查": ("inspections",),
    "接警": ("incidents",),
}


@dataclass(frozen=True)
class Evidence:
    """One stream in its last weeks: what came (part) of what was to be expected (whole, NaN where unknown).

    `until` is the Monday its weeks end before; `rests_on` how many earlier years the expectation has (0: the last
    weeks).
    """

    label: str
    table: str
    observed: float
    expected: float
    p: float
    state: str
    until: date | None = None
    rests_on: int = 0

    @property
    def as_of(self) -> datetime | None:
        """The moment the count stands at: the end of the last whole week its exports cover."""
        return datetime.combine(self.until, datetime.min.time()) if self.until else None

    @property
    def is_silent(self) -> bool:
        return self.state in (SILENT, STOPPED)

    @property
    def is_judged(self) -> bool:
        return self.state in (ALIVE, SILENT, STOPPED)

    @property
    def words(self) -> str:
        """「上报 412 / 预期 398」, 「巡查没有数据」"""
        if self.state == MISSING:
            return f"{self.label}没有数据"
        if self.state == STOPPED:
            return f"{self.label}只导出到 {self.until}"
        seen = numbers.exact_number(self.observed)
        return (
            f"{self.label} {seen}（无从比较）"
            if self.state == UNKNOWN
            else f"{self.label} {seen} / 预期 {numbers.exact_number(self.expected)}"
        )


def evidence(build: Build, at: datetime, scope: Scope = EVERYTHING) -> tuple[Evidence, ...]:
    """Every stream as of a moment, in the order of STREAMS."""
    return tuple(_stream(build, label, names, at, scope) for label, names in STREAMS.items())


def last_export(build: Build, table: str) -> datetime | None:
    """When the newest export that feeds a table was made; None when the build does not say."""
    sources = arrivals.sources(build)
    newest = sources.loc[sources["feeds"] == arrivals.fact(table), "last_export"].max()
    return None if pd.isna(newest) else pd.Timestamp(newest).to_pydatetime()


def has_stopped(build: Build, table: str, at: datetime) -> bool:
    """Whether the newest export is older than twice what its rhythm allows."""
    sources = arrivals.sources(build)
    every, newest = (
        sources.loc[sources["feeds"] == arrivals.fact(table), "expected_every_days"].max(),
        last_export(build, table),
    )
    return newest is not None and not pd.isna(every) and at - newest > timedelta(days=2 * int(every))


def _stream(build: Build, label: str, names: tuple[str, ...], at: datetime, scope: Scope) -> Evidence:
    here = [
        name for name in names if name in tables.all() and name in build.tables and not arrivals.missing(build, name)
    ]
    nothing = float("nan")
    if not here:
        return Evidence(label, names[0], nothing, nothing, nothing, MISSING)
    stopped = [name for name in here if has_stopped(build, name, at)]
    if len(stopped) == len(here):
        newest = max(exported for name in here if (exported := last_export(build, name)))
        return Evidence(label, here[0], nothing, nothing, nothing, STOPPED, newest.date())
    alive = [name for name in here if name not in stopped]
    until = min(monday(min(at, last_export(build, name) or at)) for name in alive)
    first = max(first_whole_week(build, name) for name in alive)
    counts = [_weekly(build, name, until, scope) for name in alive]
    seen = {week: float(sum(one.get(week, 0) for one in counts)) for week in _mondays(first, until)}
    return _judged(build, label, here[0], seen, until)


def _judged(build: Build, label: str, table: str, seen: dict[date, float], until: date) -> Evidence:
    recent = [until - WEEK * back for back in range(WEEKS, 0, -1)]
    nothing = float("nan")
    if any(week not in seen for week in recent):
        return Evidence(label, table, sum(seen.get(week, 0.0) for week in recent), nothing, nothing, UNKNOWN, until)
    observed, (expected, years) = sum(seen[week] for week in recent), _expected(build, seen, recent)
    if (
        not np.isfinite(expected) or stats.poisson.cdf(0, expected) >= LEVEL
    ):  # so few that even none would prove nothing
        return Evidence(label, table, observed, expected, nothing, UNKNOWN, until, years)
    p = float(stats.poisson.cdf(observed, expected))
    state = SILENT if p < LEVEL and observed < SHARE * expected else ALIVE
    return Evidence(label, table, observed, expected, p, state, until, years)


def _expected(build: Build, seen: dict[date, float], recent: list[date]) -> tuple[float, int]:
    """(sum over the recent weeks of what each would bring, years it rests on); NaN where nothing alike is known."""
    seasons = {week: terms.season(build, week) for week in seen}
    alike = {
        week: [one for one in seen if one < recent[0] and seasons[one] == seasons[week]][-YEARS:] for week in recent
    }
    phases = {seasons[week][0] for week in recent}
    before = [one for one in sorted(seen) if one < recent[0] and seasons[one][0] in phases][-EARLIER:]
    if years := min(len(weeks) for weeks in alike.values()):
        usual = sum(np.mean([seen[one] for one in weeks]) for weeks in alike.values())
        return float(usual) * _growth(seen, seasons, before), years
    return (
        (float(np.mean([seen[one] for one in before])) * len(recent), 0)
        if len(before) >= LIVELY_WEEKS_FROM
        else (float("nan"), 0)
    )


def _growth(seen: dict[date, float], seasons: dict[date, tuple[str, int]], before: list[date]) -> float:
    """How the weeks before compare with the same weeks of earlier years; never below 1, or a slow death would become
    the rule."""
    now, usual, weeks = 0.0, 0.0, 0
    for week in before[-LEVEL_WEEKS:]:
        if same := [seen[one] for one in seen if one < week and seasons[one] == seasons[week]][-YEARS:]:
            now, usual, weeks = now + seen[week], usual + float(np.mean(same)), weeks + 1
    return max(now / usual, 1.0) if weeks >= LIVELY_WEEKS_FROM and usual > 0 else 1.0


def _mondays(first: date, until: date) -> list[date]:
    return [first + WEEK * number for number in range(max((until - first) // WEEK, 0))]


def _weekly(build: Build, table: str, until: date, scope: Scope) -> dict[date, int]:
    """Rows of a table by the Monday of their week, before `until`."""
    fact, bound = tables.get(table), sql.Bound()
    time = sql.column(table, fact.time)
    conditions = [f"{time} < {bound(datetime.combine(until, datetime.min.time()))}", *sql.visible(scope, bound)]
    conditions += [sql.column(table, fact.cohort)] if fact.cohort else []
    return dict(
        build.rows(
            f"SELECT date_trunc('week', {time})::DATE, count(*) {sql.source(table, False)} {sql.where(conditions)} "
            "GROUP BY 1",
            bound.values,
        )
    )
