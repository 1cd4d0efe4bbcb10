"""Which questions a table can answer at all: one that it cannot is refused in words, never answered with 0.

A table whose times carry no clock knows no hour; one that never says a building (a level, a channel …) cannot be cut or
filtered by it; days since the last event know only the categories that such an event ever had.
"""

from functools import lru_cache

import pandas as pd

from metrics.ask import sql
from metrics.ask.selection import DIMENSIONS, NOT_FILLED, UNRECOGNISED, Selection
from metrics.define import tables
from metrics.define.catalogue import Metric
from warehouse import Build

CLOCKLESS = 0.95  # of the times stand at a day's first or last second: those of the others were typed in by hand
ABSENT = (UNRECOGNISED, NOT_FILLED)


def why_not(build: Build, metric: Metric, by: tuple[str, ...] = (), only: Selection | None = None) -> str:
    """「隐患台账只有日期，没有时刻，不能按时段看」; '' where the question can be answered."""
    title = tables.get(metric.table).title
    if "hour" in by and not has_clock(build, metric.table, metric.time):
        return f"{title}只有日期，没有时刻，不能按时段看"
    asked = [name for name in DIMENSIONS if name in by or (only and _named(only.values(name)))]
    if lacking := [name for name in asked if name in never_said(build, metric.table)]:
        return f"{title}没有登记{'、'.join(DIMENSIONS[name].label for name in lacking)}，不能这样分"
    wanted = _named(only.categories) if only else ()
    if metric.kind.counts_days and wanted and not set(wanted) & known_categories(build, metric):
        return f"{metric.label}不包括「{'、'.join(wanted)}」这一类，不能这样筛选"
    return ""


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
def never_said(build: Build, table: str) -> frozenset[str]:
    """The dimensions of which no record of the table says anything; none for an empty table."""
    if table not in build.tables:
        return frozenset()
    plain = [name for name in DIMENSIONS if name != "kind"]
    said = ", ".join(f"count({sql.place(name)}) AS {name}" for name in plain)
    counted = build.query(f"SELECT count(*) AS every, {said} {sql.source(table, False)}").iloc[0]
    if not counted["every"]:
        return frozenset()
    lacking = {name for name in plain if not counted[name]}
    return frozenset(lacking | ({"kind"} if "building" in lacking else set()))


@lru_cache(maxsize=64)
def known_categories(build: Build, metric: Metric) -> frozenset[str]:
    """The categories of the events a streak counts the days since."""
    if metric.table not in build.tables:
        return frozenset()
    part, kind = sql.column(metric.table, metric.part), sql.column(metric.table, "category")
    rows = build.query(f"SELECT DISTINCT {kind} AS kind {sql.source(metric.table, False)} WHERE {part}")["kind"]
    return frozenset(rows.dropna())


def unanswered(build: Build, metric: Metric, by: tuple[str, ...], only: Selection, answer: pd.DataFrame) -> pd.Series:
    """Rows of an answer that the table cannot give: their value is not known, which is not 0."""
    if why_not(build, metric, tuple(name for name in by if name == "hour"), only):
        return pd.Series(True, answer.index)
    lost = pd.Series(False, answer.index)
    for name in by:
        if name in never_said(build, metric.table):
            lost |= ~answer[name].isin(ABSENT)
    if metric.kind.counts_days and "category" in by:
        lost |= ~answer["category"].isin(known_categories(build, metric))
    return lost
