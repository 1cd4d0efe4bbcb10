"""Up to when the records of a table are known: after its last export nothing has been heard, which is not zero."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import pandas as pd

from metrics.ask import arrivals, sql
from metrics.define import tables
from metrics.define.catalogue import Metric
from warehouse import Build

WEEKLY = 7
NOT_RECEIVED = "还没有收到"
RARE = 183  # days: what comes less than twice a year is sent when there is something to send


@dataclass(frozen=True)
class Export:
    """One export behind a table: everything up to `until` is in it, nothing after. `words`: 「隐患台账只导出到
    2026-11-12」."""

    title: str
    until: datetime
    words: str


@lru_cache(maxsize=256)
def exports(build: Build, table: str, stands: bool = False) -> tuple[Export, ...]:
    """Every export with a rhythm that feeds the table.

    What happens is known up to the last export. What stands (`stands`: valid certificates, backlogs) and what comes
    less than twice a year is good until the next export is due; a weekly one never beyond its own moment. A summary of
    periods is known up to the end of the last period in it, however late it was made.
    """
    sources = arrivals.sources(build)
    mine = sources[
        (sources["feeds"] == arrivals.fact(table))
        & sources["last_export"].notna()
        & sources["expected_every_days"].notna()
    ]
    return tuple(_export(build, table, row, stands) for row in mine.itertuples())


def _export(build: Build, table: str, row, stands: bool) -> Export:
    made, every = pd.Timestamp(row.last_export).to_pydatetime(), int(row.expected_every_days)
    if tables.get(table).time == "period_end" and (covered := _covered(build, table)) is not None:
        return Export(row.title, min(made, covered), f"{row.title}只统计到 {covered - timedelta(days=1):%Y-%m-%d}")
    lasts = every if every > RARE or (stands and every > WEEKLY) else 0
    return Export(row.title, made + timedelta(days=lasts), f"{row.title}只导出到 {made:%Y-%m-%d}")


def _covered(build: Build, table: str) -> datetime | None:
    """The midnight after the last period of a table of summaries; None for an empty one."""
    last = build.query(f"SELECT max({sql.column(table, 'period_end')}) AS last {sql.source(table, False)}")[
        "last"
    ].iloc[0]
    return None if pd.isna(last) else datetime.combine(pd.Timestamp(last).date() + timedelta(days=1), time.min)


@lru_cache(maxsize=64)
def summed_up(build: Build, table: str) -> int:
    """How many days one record of a table of summaries covers as a rule; 0 where records are single events: weeks hold
    a summary or none, whatever happened in them."""
    facts = tables.get(table)
    if facts.time != "period_end" or table not in build.tables:
        return 0
    first, last = (f"TRY_CAST({sql.column(table, name)} AS DATE)" for name in ("period_start", "period_end"))
    days = f"date_diff('day', {first}, {last}) + 1"
    middle = build.query(f"SELECT median({days}) AS days {sql.source(table, False)}")["days"].iloc[0]
    return 0 if pd.isna(middle) else round(middle)


def whole_until(build: Build, table: str) -> date:
    """The day up to which (not including it) every export behind the table is whole: the data date's at the latest."""
    return min([build.data_date, *(one.until for one in exports(build, table))]).date()


def until(build: Build, metric: Metric) -> datetime:
    """The moment at which a period must have ended to be complete. What stands is told as last heard of."""
    behind = () if metric.is_standing else exports(build, metric.table)
    return min([build.data_date, *(one.until for one in behind)])


def nothing_from(build: Build, metric: Metric) -> date:
    """The day from which on no export has told anything; date.max where the newest reaches the data date."""
    behind = () if metric.is_standing else exports(build, metric.table)
    newest = max((one.until for one in behind), default=build.data_date).date()
    return newest if newest < build.data_date.date() else date.max


def stopped(build: Build, metric: Metric, end: date) -> str:
    """「隐患台账只导出到 2026-11-12」 of every export behind the metric that stops before `end`; '' where none does."""
    midnight = datetime.combine(end, time.min)
    behind = exports(build, metric.table, metric.is_standing)
    return "，".join(one.words for one in behind if one.until < midnight)


def not_received(build: Build, metric: Metric, start: date) -> str:
    """「还没有收到（热线办理汇总只统计到 2026-10-31）」 where nothing from `start` on has been told; '' otherwise."""
    if start < nothing_from(build, metric):
        return ""
    return f"{NOT_RECEIVED}（{stopped(build, metric, build.data_date.date())}）"
