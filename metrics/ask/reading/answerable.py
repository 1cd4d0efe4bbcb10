"""Which questions a table can answer at all: one that it cannot is refused in words, never answered with 0.

A table whose times carry no clock knows no hour, and one whose records last for hours knows only when they began; one
that never says a building (a level, a channel …) cannot be cut or filtered by it; where much of it does not say its
place, a place that no record names may well have had some; days since the last event know only the categories that
such an event ever had.
"""

from functools import lru_cache

import pandas as pd

from metrics.ask import sql
from metrics.ask.reading import known
from metrics.ask.selection import DIMENSIONS, NOT_FILLED, UNRECOGNISED, Selection
from metrics.ask.window import WEEK
from metrics.define import tables
from metrics.define.catalogue import Metric
from warehouse import Build

SUMMED = ("period_end", "week_at")  # times that close a span and are no moment of anything
LASTING = {"duty_shifts": "ends_at"}  # until when a record lasts that is dated by its beginning
LASTS = 0.05  # of the records reach into another hour: their hours are not those they began in
PARTLY, PARTLY_FROM = 0.2, 30  # of the records, and so many, do not say their place: nobody named is not nothing
CLOCKLESS = 0.95  # of the times stand at a day's first or last second: those of the others were typed in by hand
ABSENT = (UNRECOGNISED, NOT_FILLED)


def why_not(build: Build, metric: Metric, by: tuple[str, ...] = (), only: Selection | None = None) -> str:
    """「隐患台账只有日期，没有时刻，不能按时段看」; '' where the question can be answered."""
    title = tables.get(metric.table).title
    if why := _too_coarse(build, metric.table, by):
        return f"{title}{why}"
    if "hour" in by and not has_clock(build, metric.table, metric.time):
        return f"{title}只有日期，没有时刻，不能按时段看"
    if "hour" in by and lasts(build, metric.table):
        return f"{title}一条跨几个时段，只知道从几点开始，不能按时段看"
    asked = [name for name in DIMENSIONS if name in by or (only and _named(only.values(name)))]
    if lacking := [name for name in asked if name in never_said(build, metric.table)]:
        return f"{title}没有登记{'、'.join(DIMENSIONS[name].label for name in lacking)}，不能这样分"
    for name in asked:
        if (
            only
            and _named(only.values(name))
            and (why := _unnamed(build, metric.table, name, _named(only.values(name))))
        ):
            return f"{title}{why}，不能这样筛选"
    wanted = _named(only.categories) if only else ()
    if metric.kind.counts_days and wanted and not set(wanted) & known_categories(build, metric):
        return f"{metric.label}不包括「{'、'.join(wanted)}」这一类，不能这样筛选"
    return ""


def _too_coarse(build: Build, table: str, by: tuple[str, ...]) -> str:
    """Why records that sum up weeks or months have no shorter time in them: it would hold all of one or nothing."""
    time, days = tables.get(table).time, known.summed_up(build, table)
    if days <= WEEK.days and time not in SUMMED:
        return ""
    finer = {"hour": "时段", "weekday": "星期", "day": "天"} | ({"week": "周"} if days > WEEK.days else {})
    lost = [word for name, word in finer.items() if name in by]
    return f"按{'月' if days > WEEK.days else '周'}汇总，不能按{'、'.join(lost)}看" if lost else ""


def _named(values: tuple[str, ...]) -> tuple[str, ...]:
    """Without the words for what is missing: those find what no column says."""
    return tuple(value for value in values if value not in ABSENT)


@lru_cache(maxsize=256)
def has_clock(build: Build, table: str, time: str) -> bool:
    """Whether the times of a column say the hour; True where there are none at all."""
    if table not in build.tables:
        return True
    moment = f"{sql.column(table, time)}::TIMESTAMP"
    share = build.query(
        f"""SELECT avg((epoch({moment}) % 86400 IN (0, 86399))::INT) AS share {sql.source(table, False)}
            WHERE {moment} IS NOT NULL"""
    )["share"].iloc[0]
    return bool(pd.isna(share) or share < CLOCKLESS)


@lru_cache(maxsize=64)
def lasts(build: Build, table: str) -> bool:
    """Whether records reach from one hour into another."""
    if table not in LASTING or table not in build.tables:
        return False
    begin, end = sql.column(table, tables.get(table).time), sql.column(table, LASTING[table])
    hours = f"date_trunc('hour', {end} - INTERVAL 1 SECOND) > date_trunc('hour', {begin})"
    share = build.query(f"SELECT avg(({hours})::INT) AS share {sql.source(table, False)}")["share"].iloc[0]
    return bool(share > LASTS)


@lru_cache(maxsize=64)
def _counted(build: Build, table: str) -> dict[str, int]:
    """How many records say each dimension; '' : how many there are."""
    if table not in build.tables:
        return dict.fromkeys(("", *DIMENSIONS), 0)
    said = ", ".join(f"count({sql.place(name)}) AS {name}" for name in DIMENSIONS)
    counted = build.query(f"SELECT count(*) AS every, {said} {sql.source(table, True)}").iloc[0]
    return {"": int(counted["every"]), **{name: int(counted[name]) for name in DIMENSIONS}}


def never_said(build: Build, table: str) -> frozenset[str]:
    """The dimensions of which no record of the table says anything; none for an empty table."""
    counted = _counted(build, table)
    return frozenset(name for name in DIMENSIONS if counted[""] and not counted[name])


@lru_cache(maxsize=256)
def named(build: Build, table: str, name: str) -> frozenset[str]:
    """The values of a dimension that a record of the table ever had."""
    rows = build.rows(f"SELECT DISTINCT {sql.place(name)} {sql.source(table, name == 'kind')}")
    return frozenset(value for (value,) in rows if value is not None)


def is_partly_said(build: Build, table: str, name: str) -> bool:
    """Whether so many records do not say the place that one nobody names may have had some."""
    counted = _counted(build, table)
    lost = counted[""] - counted[name]
    return DIMENSIONS[name].is_place and lost >= PARTLY_FROM and lost > PARTLY * counted[""]


def _unnamed(build: Build, table: str, name: str, wanted: tuple[str, ...]) -> str:
    """Why a filter finds nothing that could be nothing: no record ever had one of the values."""
    counted, dimension = _counted(build, table), DIMENSIONS[name]
    if not counted[""] or set(wanted) & named(build, table, name):
        return ""
    if not dimension.is_place:
        return f"里没有出现过「{'、'.join(wanted)}」这样的{dimension.label}"
    lost = counted[""] - counted[name]
    return (
        f"没有一条写明是所选的{dimension.label}，另有 {lost:,} 条认不出" if is_partly_said(build, table, name) else ""
    )


@lru_cache(maxsize=64)
def known_categories(build: Build, metric: Metric) -> frozenset[str]:
    """The categories of the events a streak counts the days since."""
    if metric.table not in build.tables:
        return frozenset()
    part, kind = sql.column(metric.table, metric.part), sql.column(metric.table, "category")
    rows = build.query(f"SELECT DISTINCT {kind} AS kind {sql.source(metric.table, False)} WHERE {part}")["kind"]
    return frozenset(rows.dropna())


def unanswered(build: Build, metric: Metric, by: tuple[str, ...], only: Selection, answer: pd.DataFrame) -> pd.Series:
    """Rows of an answer that the table cannot give: their value is not known, which is not 0. `by`: dimensions and the
    length of its periods."""
    if why_not(build, metric, tuple(name for name in by if name not in DIMENSIONS), only):
        return pd.Series(True, answer.index)
    lost = pd.Series(False, answer.index)
    for name in by:
        if name in DIMENSIONS and (
            name in never_said(build, metric.table) or is_partly_said(build, metric.table, name)
        ):
            lost |= ~answer[name].isin((*ABSENT, *named(build, metric.table, name)))
    if metric.kind.counts_days and "category" in by:
        lost |= ~answer["category"].isin(known_categories(build, metric))
    return lost
