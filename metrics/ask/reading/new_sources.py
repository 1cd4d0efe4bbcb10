"""Exports that began since the base period: a system nobody had a year ago is no rise, so its records leave a
comparison, as new kinds of work do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from metrics.ask import arrivals, sql
from metrics.ask.first_day import first_day
from metrics.define import tables
from warehouse import Build

MISSED = 30  # so many would have come before the first, had it come at its own rate: it was not exported
TAKES_OVER = timedelta(days=92), timedelta(days=31)  # so long after the end of another, or before it: the same work


@dataclass(frozen=True)
class Begun:
    """What first came on `first`, last on `last`; `missed`: how many would have come before at the rate since."""

    first: date
    last: date
    missed: float
    kinds: frozenset[str] = frozenset()
    title: str = ""

    def is_new_after(self, start: date) -> bool:
        return self.first > start and self.missed >= MISSED


def begun(build: Build, table: str, first: datetime, last: datetime, count: int, **more) -> Begun:
    """Of `count` records between `first` and `last`, against the day the table begins."""
    since = max((build.data_date - first).days, 1)
    before = (first.date() - first_day(build, table)).days
    return Begun(first.date(), last.date(), count / since * max(before, 0), **more)


@lru_cache(maxsize=64)
def sources(build: Build, table: str) -> dict[str, Begun]:
    """Name → when its records begin and end, of every export behind a table that has several; those which took over
    from one that ended began when that one did."""
    known = arrivals.sources(build)
    own = known.loc[known["feeds"] == table, "source"].tolist()
    if len(own) == 1 or not (_has(build, table, "file_id") and _has(build, "files", "source")):
        return {}
    moment = sql.column(table, tables.get(table).time)
    rows = build.rows(
        f"""SELECT files.source, min({moment})::TIMESTAMP, max({moment})::TIMESTAMP, count(*),
                   list(DISTINCT category) FILTER (category IS NOT NULL)
            {sql.source(table, False)} JOIN files USING (file_id)
            WHERE {moment} <= TIMESTAMP '{build.data_date:%Y-%m-%d %H:%M:%S}' GROUP BY 1 ORDER BY 1"""
    )
    titles = dict(zip(known["source"], known["title"], strict=True))
    found = {
        name: begun(build, table, first, last, count, kinds=frozenset(kinds or ()), title=titles.get(name, name))
        for name, first, last, count, kinds in rows
        if not own or name in own
    }
    return {name: one for name, one in found.items() if not _took_over(one, found.values())}


def _took_over(one: Begun, every) -> bool:
    after, before = TAKES_OVER
    return any(
        other is not one and other.first < one.first and -before <= one.first - other.last <= after for other in every
    )


@lru_cache(maxsize=64)
def _has(build: Build, table: str, column: str) -> bool:
    return (column,) in build.rows("SELECT name FROM pragma_table_info(?)", [table])


def whole_since(build: Build, table: str) -> date:
    """The day from which every export behind the table has records: earlier years lack a system."""
    return max((one.first for one in sources(build, table).values() if one.missed >= MISSED), default=date.min)
