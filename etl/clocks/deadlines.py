"""By when the school's own limits wanted each record done: table deadlines, and what is said of it: deadline_clocks.

Where the school gives no limit for a table the export's own deadline is the measure, and only a stop moves it. Stops
are what exports attest: from the first sight of a stopped state to the first sight of another, each by its 更新时间 or
else its export, never beyond the end of the case or the data date. What was seen in one state only may have stood
still unseen: that is said (is_stop_unknown), and nothing is taken out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from etl.clocks import service
from etl.clocks.clock import ALWAYS
from etl.clocks.limits import Limits

OTHERS = "一般"  # the class whose limit and clock hold for every class without its own
MICROSECONDS = {"hours": 3_600_000_000, "minutes": 60_000_000}


@dataclass(frozen=True)
class Kept:
    """A table whose records have deadlines, by its columns: `begins` starts them, the first of `ends` ends the work,
    `answered` what is wanted sooner; `own` is the export's own deadline, where the school's limit is not the first."""

    table: str
    begins: str
    ends: tuple[str, ...]
    limits: dict[str, str]  # a limit's name → its unit
    answered: str = ""
    own: str = ""


KEPT = (
    Kept("tickets", "opened_at", ("closed_at",), {"due": "hours", "response": "minutes"}, "responded_at"),
    Kept("hazards", "found_at", ("rectified_at", "closed_at"), {"due": "hours"}, own="due_at"),
    Kept("incidents", "received_at", ("closed_at",), {"arrival": "minutes"}, "arrived_at"),
    Kept("wishes", "wished_at", ("fulfilled_at",), {"due": "hours"}, own="promised_at"),
    Kept("questions", "raised_at", ("resolved_at",), {"due": "hours"}, own="due_at"),
    Kept("assignments", "assigned_at", ("closed_at",), {"due": "hours"}, own="due_at"),
)


@dataclass(frozen=True)
class Declared:
    """What one class of cases is allowed: microseconds, None where only the export's deadline counts."""

    table: str
    limit: str
    of_class: str
    allowed: int | None
    clock: str


def declared(limits: Limits) -> list[Declared]:
    """Every class of every limit, in the order of limits.toml, what holds for all others last."""
    return [
        rule for kept in KEPT for name, unit in kept.limits.items() for rule in _classes(limits, kept.table, name, unit)
    ]


def _classes(limits: Limits, table: str, limit: str, unit: str) -> Iterator[Declared]:
    numbers, clocks = (f"{table}.{limit}_{what}." for what in (unit, "clock"))
    paths = (path for path in (*limits.numbers, *limits.clocks.of) if path.startswith((numbers, clocks)))
    named = dict.fromkeys(path.split(".", 2)[2] for path in paths) | {OTHERS: None}
    for name in sorted(named, key=OTHERS.__eq__):
        allowed = limits.numbers.get(numbers + name, limits.numbers.get(numbers + OTHERS))
        clock = limits.clocks.of.get(clocks + name, limits.clocks.of.get(clocks + OTHERS, ALWAYS))
        yield Declared(table, limit, name, None if allowed is None else round(allowed * MICROSECONDS[unit]), clock)


def deadlines(connection: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Table deadlines(table_name, limit_name, record_id, due_at, is_stop_unknown) from states_<table> and the calendar;
    the build's table deadline_clocks."""
    service.keep(connection, limits.clocks)
    _note(connection, declared(limits))
    told = " UNION ALL ".join(_told(connection, kept) for kept in KEPT)
    stops = {table: list(words) for table, words in limits.clocks.stops.items()}
    connection.execute(HISTORY.format(told=told), [stops])
    for statement in (CASES, STOPS, f"CREATE TABLE memory.main.found_deadlines AS {service.DEADLINES}", FOUND):
        connection.execute(statement)
    _say(connection, limits)


# every state of every record with what came after it; $1: table → the states that stop its clock
HISTORY = """
    CREATE TABLE memory.main.deadline_history AS
    WITH told AS (
        SELECT *, map_extract_value($1::MAP(VARCHAR, VARCHAR[]), table_name) AS stops,
            coalesce(list_contains(stops, status), false) AS is_stopped
        FROM ({told})
    )
    SELECT *, lead(seen_at) OVER later AS next_seen_at, lead(ended) OVER later AS next_ended,
        lead(answered) OVER later AS next_answered, lead(sequence) OVER later IS NULL AS is_last,
        stops IS NOT NULL
            AND (row_number() OVER later = 1 OR first_value(is_stopped AND NOT is_dated) OVER later) AS is_stop_unknown,
        first_value(own IGNORE NULLS) OVER later AS first_own
    FROM told WINDOW later AS (PARTITION BY table_name, record_id ORDER BY sequence)
"""
CASES = f"""
    CREATE TABLE memory.main.deadline_cases AS
    SELECT row_number() OVER () AS case_id, table_name, limit_name, record_id, class, clock, began AS moment, allowed,
        least(first_own, own) AS own_due_at, is_stop_unknown
    FROM deadline_history JOIN noted_limits USING (table_name)
    WHERE is_last AND coalesce(allowed IS NOT NULL OR first_own IS NOT NULL, false)
        AND class = if(list_contains(classes, level), level, '{OTHERS}')
"""
STOPS = """
    CREATE TABLE memory.main.deadline_stops AS
    SELECT case_id, greatest(seen_at, began) AS begins_at, greatest(seen_at, began, least(
        coalesce(next_seen_at, data_date()), if(limit_name = 'due', next_ended, next_answered))) AS ends_at
    FROM deadline_history JOIN deadline_cases USING (table_name, record_id) WHERE is_stopped
"""
FOUND = """
    CREATE TABLE memory.main.deadlines AS
    SELECT table_name, limit_name, record_id, due_at, is_stop_unknown
    FROM found_deadlines JOIN deadline_cases USING (case_id)
"""


def _note(connection: duckdb.DuckDBPyConnection, rules: list[Declared]) -> None:
    connection.execute("""
        CREATE TABLE memory.main.noted_limits (table_name VARCHAR, limit_name VARCHAR, class VARCHAR, allowed BIGINT,
            clock VARCHAR, classes VARCHAR[], position INTEGER)
    """)
    for position, rule in enumerate(rules, 1):
        classes = [other.of_class for other in rules if (other.table, other.limit) == (rule.table, rule.limit)]
        values = [rule.table, rule.limit, rule.of_class, rule.allowed, rule.clock, classes, position]
        connection.execute("INSERT INTO memory.main.noted_limits VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def _told(connection: duckdb.DuckDBPyConnection, kept: Kept) -> str:
    """The states of one table in the columns of all. What an open case says of its end is an earlier one."""
    columns = {name for name, *_ in connection.execute(f"DESCRIBE states_{kept.table}").fetchall()}
    status = ", ".join(name for name in ("status_text", "status") if name in columns)
    return f"""
        SELECT '{kept.table}' AS table_name, record_id, sequence, {"level" if "level" in columns else "NULL"} AS level,
            {kept.begins} AS began, {kept.own or "NULL::TIMESTAMP"} AS own,
            if(status IS DISTINCT FROM 'open', least({", ".join(kept.ends)}), NULL) AS ended,
            {kept.answered or "NULL::TIMESTAMP"} AS answered, least(updated_at, export_time) AS seen_at,
            updated_at IS NOT NULL AS is_dated, trim(coalesce({status})) AS status
        FROM states_{kept.table}
    """


def _say(connection: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """deadline_clocks: one row a class of a limit, in words, and the years it met without a registered calendar."""
    words = {rule.clock: limits.clocks.words_of(rule.clock) for rule in declared(limits)}
    stops = {table: "、".join(states) for table, states in limits.clocks.stops.items()}
    connection.execute(
        """CREATE TABLE deadline_clocks AS
        WITH registered AS (SELECT unnest([year(from_day), year(to_day)]) AS year FROM latest_holidays),
        met AS (
            SELECT DISTINCT table_name, limit_name, class, unnest([year(moment), year(due_at)]) AS year
            FROM deadline_cases JOIN deadlines USING (table_name, limit_name, record_id)
            WHERE clock IN (SELECT clock FROM noted_clocks WHERE on_workdays)
        ),
        strange AS (
            SELECT table_name, limit_name, class, string_agg(year::VARCHAR, '、' ORDER BY year) AS unregistered_years
            FROM met ANTI JOIN registered USING (year) WHERE year IS NOT NULL GROUP BY ALL
        )
        SELECT table_name, limit_name, class, allowed / 3600000000 AS allowed_hours, clock,
            coalesce(map_extract_value($1::MAP(VARCHAR, VARCHAR), clock), clock) AS clock_words,
            map_extract_value($2::MAP(VARCHAR, VARCHAR), table_name) AS stops, unregistered_years
        FROM noted_limits LEFT JOIN strange USING (table_name, limit_name, class) ORDER BY position""",
        [words, stops],
    )
