"""The arithmetic of deadlines: how much of a clock's time is used at a moment, and the moment at which so much is used.

Both are lookups in one table, service_spans: every stretch of time that counts, clock by clock, with the time that
counted before it began. Times are wall-clock in microseconds and know no daylight saving (China kept it from 1986 to
1991): an hour on the wall is an hour.
"""

import duckdb

from etl.clocks.clock import ALWAYS, Clocks

SPANS = f"""
    CREATE TABLE memory.main.service_spans AS
    WITH spans AS (
        SELECT clock, day + to_seconds(begins) AS begins_at, day + to_seconds(ends) AS ends_at
        FROM calendar JOIN noted_clocks ON is_workday OR NOT on_workdays
        UNION ALL SELECT '{ALWAYS}', TIMESTAMP '0001-01-01', TIMESTAMP '9999-12-31'
    )
    SELECT *, coalesce(sum(epoch_us(ends_at) - epoch_us(begins_at)) OVER before, 0)::BIGINT AS used_before
    FROM spans
    WINDOW before AS (PARTITION BY clock ORDER BY begins_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
"""
# relation with columns clock, moment → the same with `used`; before the calendar begins nothing is used
USED_AT = """
    CREATE MACRO memory.main.used_at(moments) AS TABLE
    SELECT moments.*, coalesce(
        spans.used_before + epoch_us(least(moment, spans.ends_at)) - epoch_us(spans.begins_at), 0) AS used
    FROM query_table(moments) AS moments ASOF LEFT JOIN memory.main.service_spans AS spans
        ON moments.clock = spans.clock AND moment >= spans.begins_at
"""
# relation with columns clock, target → the same with `moment`, the first at which so much is used; NULL where the
# calendar ends before
USED_UP = """
    CREATE MACRO memory.main.used_up(targets) AS TABLE
    SELECT targets.*, CASE WHEN target - spans.used_before <= epoch_us(spans.ends_at) - epoch_us(spans.begins_at)
        THEN spans.begins_at + to_microseconds(target - spans.used_before) END AS moment
    FROM query_table(targets) AS targets ASOF LEFT JOIN memory.main.service_spans AS spans
        ON targets.clock = spans.clock AND target > spans.used_before
"""
# Tables deadline_cases(case_id, clock, moment, allowed, own_due_at) and deadline_stops(case_id, begins_at, ends_at)
# → case_id, due_at; `moment` is the start, `allowed` microseconds. A stop counts where it begins before the deadline
# that the stops before it have left. Without a limit the export's own deadline is the measure; only a stop moves it.
DEADLINES = f"""
    WITH stopping AS (SELECT DISTINCT case_id, true AS is_stopping FROM deadline_stops),
    plain AS (
        SELECT case_id, if(allowed IS NULL, own_due_at, moment + to_microseconds(allowed)) AS due_at
        FROM deadline_cases LEFT JOIN stopping USING (case_id)
        WHERE allowed = 0 OR (NOT coalesce(is_stopping, false) AND (allowed IS NULL OR clock = '{ALWAYS}'))
    ),
    remaining AS (FROM deadline_cases ANTI JOIN plain USING (case_id)),
    begun AS (FROM used_at('remaining')),
    owned AS (SELECT case_id, clock, own_due_at AS moment FROM remaining WHERE allowed IS NULL),
    measured AS (
        SELECT begun.*, coalesce(allowed, owned.used - begun.used) AS whole
        FROM begun LEFT JOIN used_at('owned') AS owned USING (case_id)
    ),
    halts AS (SELECT case_id, clock, begins_at AS moment, ends_at FROM deadline_stops JOIN remaining USING (case_id)),
    halted AS (SELECT case_id, clock, moment AS begins_at, used AS at_halt, ends_at AS moment FROM used_at('halts')),
    lasted AS (SELECT case_id, begins_at, at_halt, used - at_halt AS length FROM used_at('halted')),
    ordered AS (
        SELECT case_id, length, whole, at_halt - used - coalesce(sum(length) OVER before, 0) AS worked
        FROM lasted JOIN measured USING (case_id)
        WINDOW before AS (PARTITION BY case_id ORDER BY begins_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ),
    stood AS (SELECT case_id, sum(length)::BIGINT AS stopped FROM ordered WHERE worked < whole GROUP BY case_id),
    targets AS (
        SELECT case_id, clock, used + whole + coalesce(stopped, 0) AS target,
            if(allowed IS NULL AND stopped IS NULL, own_due_at, NULL) AS unmoved
        FROM measured LEFT JOIN stood USING (case_id)
    )
    SELECT case_id, coalesce(unmoved, moment) AS due_at FROM used_up('targets')
    UNION ALL FROM plain
"""


def keep(connection: duckdb.DuckDBPyConnection, clocks: Clocks) -> None:
    """Tables noted_clocks, a row per declared clock and stretch of the day in its seconds, and service_spans over the
    build's calendar; the macros used_at and used_up."""
    connection.execute(
        "CREATE TABLE memory.main.noted_clocks (clock VARCHAR, on_workdays BOOLEAN, begins BIGINT, ends BIGINT)"
    )
    for clock in clocks.named:
        for span in clock.spans:
            values = [clock.name, clock.on_workdays, *span]
            connection.execute("INSERT INTO memory.main.noted_clocks VALUES (?, ?, ?, ?)", values)
    for statement in (SPANS, USED_AT, USED_UP):
        connection.execute(statement)
