"""When the records of a table begin: before that day there is no data, which is not the same as nothing happening."""

from datetime import date, timedelta
from functools import lru_cache

import pandas as pd

from metrics.ask import sql
from metrics.define import tables
from warehouse import Build

STRAYS = 0.005
APART = "7 DAY"


@lru_cache(maxsize=64)
def first_day(build: Build, table: str) -> date:
    """The day from which a table has records; date.max when it is empty.

    One record in two hundred may be a stray from long before (a wrong year, an old case carried over), known by the gap
    of more than a week that follows it: counted as the beginning, it would make years of nothing the usual, and
    everything since then unusual.
    """
    facts = tables.get(table)
    if table not in build.tables:
        return date.max
    statement = f"""
        WITH dated AS (SELECT {sql.column(table, facts.time)} AS moment {sql.source(table, False)}),
        head AS (
            SELECT moment, moment - lag(moment) OVER (ORDER BY moment) > INTERVAL {APART} AS is_apart
            FROM dated WHERE moment <= (SELECT quantile_disc(moment, {STRAYS}) FROM dated)
        )
        SELECT coalesce(max(moment) FILTER (is_apart), min(moment)) AS first FROM head
    """
    first = build.query(statement)["first"].iloc[0]
    return date.max if pd.isna(first) else pd.Timestamp(first).date()


def first_whole_week(build: Build, table: str) -> date:
    """Monday of the first week that can be whole; date.max for an empty table."""
    day = first_day(build, table)
    return day if day == date.max else day + timedelta(days=(7 - day.weekday()) % 7)
