"""record_states: what every record was from export to export."""

import duckdb

from etl.build.feeds import feeds_of
from etl.build.inputs import Inputs, sql_columns
from etl.build.sql import quoted, text
from etl.form.model import Source

NOTHING = """
    SELECT NULL::VARCHAR AS table_name, NULL::VARCHAR AS record_id, NULL::TIMESTAMP AS seen_at,
        NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::INTEGER AS row_number,
        NULL::VARCHAR AS status_text, '{}' AS changes, 0 AS sequence
    WHERE false
"""


def record_states(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Every distinct state of every keyed fact in order; `changes` maps a label to its value before and after."""
    keyed = [
        (feed, source)
        for feed, sources in feeds_of(inputs, "facts").items()
        for source in sources
        if source.key and source.name in inputs.busy
    ]
    again = " UNION ALL ".join(
        f"(SELECT {text(source.name)} FROM {quoted('ranked_' + source.name)} WHERE sequence > 1 LIMIT 1)"
        for _, source in keyed
    )
    changed = {name for (name,) in connection.execute(again).fetchall()} if keyed else set()
    parts = [_first_states(feed, source) for feed, source in keyed]
    # comparing every column is dear: only where there is something
    parts += [_later_states(feed, source) for feed, source in keyed if source.name in changed]
    union = " UNION ALL ".join(parts) or NOTHING
    connection.execute(f"CREATE TABLE record_states AS {union} ORDER BY table_name, record_id, sequence")


def _states(feed: str, source: Source, changes: str) -> str:
    names = sql_columns(source)
    known = [f"now.{name}" for name in ("status_text", "status") if name in names]
    status = f"coalesce({', '.join(known)})" if known else "NULL::VARCHAR"
    return f"""
        SELECT {text(feed)} AS table_name, now.record_id, now.export_time AS seen_at, now.file_id, now.sheet,
            now.row_number::INTEGER AS row_number, {status} AS status_text, {changes} AS changes, now.sequence
        FROM {quoted("states_of_" + source.name)} AS now"""


def _first_states(feed: str, source: Source) -> str:
    return f"{_states(feed, source, text('{}'))} WHERE now.sequence = 1"


def _later_states(feed: str, source: Source) -> str:
    pairs = []
    for column in source.columns:
        name = quoted(column.text_name if column.keep_text else column.name)
        if column.name in source.order_by or column.name in source.key:
            continue
        label = "to_json(" + text(column.label) + ")::VARCHAR"
        old, new = (f"coalesce(to_json({side}.{name}::VARCHAR)::VARCHAR, 'null')" for side in ("before", "now"))
        pair = f"{label} || ':[' || {old} || ',' || {new} || ']'"
        pairs.append(f"CASE WHEN now.{name} IS DISTINCT FROM before.{name} THEN {pair} END")
    return f"""{_states(feed, source, f"'{{' || concat_ws(',', {', '.join(pairs)}) || '}}'")}
        JOIN {quoted("states_of_" + source.name)} AS before
            ON before.record_id = now.record_id AND before.sequence = now.sequence - 1"""
