"""What became of every file and row: record_states, files, rejects, warnings, sources, manifest."""

import duckdb
import pyarrow as pa

from etl.build.feeds import feeds_of
from etl.build.health import health_warnings
from etl.build.inputs import VERSION, Inputs, record_time, sql_columns
from etl.build.sql import quoted, store, text
from etl.form.model import Source
from etl.form.systems import systems
from etl.landing.export import Export

REJECTS = {
    "file_id": pa.string(),
    "file_name": pa.string(),
    "source": pa.string(),
    "sheet": pa.string(),
    "row_number": pa.int64(),
    "column_label": pa.string(),
    "value_masked": pa.string(),
    "code": pa.string(),
    "reason": pa.string(),
    "remedy": pa.string(),
    "is_whole_row": pa.bool_(),
}
WARNINGS = {
    "file_id": pa.string(),
    "file_name": pa.string(),
    "source": pa.string(),
    "sheet": pa.string(),
    "row_number": pa.int64(),
    "column_label": pa.string(),
    "code": pa.string(),
    "message": pa.string(),
    "remedy": pa.string(),
    "occurrences": pa.int64(),
}
FILES = {
    "file_id": pa.string(),
    "name": pa.string(),
    "source": pa.string(),
    "export_time": pa.timestamp("us"),
    "bytes": pa.int64(),
    "rows_read": pa.int64(),
    "rows_rejected": pa.int64(),
    "cells_rejected": pa.int64(),
    "note": pa.string(),
}
SAID_ONCE = ("new_header", "unseen_value")  # the same words in every weekly export are one thing to mend


def account_for(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """All other provenance tables; the clean tables exist already."""
    store(connection, "noted_files", FILES, [_file(export) for export in inputs.exports])
    store(connection, "noted_rejects", REJECTS, [row for export in inputs.exports for row in _rows(export, "rejects")])
    connection.execute("CREATE TABLE rejects AS FROM noted_rejects ORDER BY ALL")
    _sources(connection, inputs)
    _files(connection, inputs)
    noted = [row for export in inputs.exports for row in _rows(export, "warnings")]
    store(connection, "noted_warnings", WARNINGS, [*_said_once(noted), *map(_refused, inputs.refused)])
    health_warnings(connection)
    connection.execute("""
        CREATE TABLE warnings AS
        SELECT * FROM noted_warnings ORDER BY ALL""")
    connection.execute("""
        CREATE TABLE files AS
        SELECT counted.* REPLACE (coalesce(said.warnings, 0)::BIGINT AS warnings)
        FROM counted_files AS counted
        LEFT JOIN (SELECT file_id, source, sum(occurrences) AS warnings FROM noted_warnings GROUP BY ALL) AS said USING (file_id, source)
        ORDER BY export_time, name, file_id, source""")
    _manifest(connection, inputs)


def _rows(export: Export, what: str) -> list[dict]:
    known = {"file_id": export.file_id, "file_name": export.name, "source": export.source}
    return [known | row for row in export.account[what]]


def _file(export: Export) -> dict:
    account = export.account
    at = export.times[-1] if account.get("origin") != "school" else None
    note = f"同样的内容导出过 {len(export.times)} 次" if len(export.times) > 1 else None
    return {
        "file_id": export.file_id,
        "name": export.name,
        "source": export.source,
        "export_time": at,
        "bytes": export.bytes,
        "rows_read": account["rows_read"],
        "rows_rejected": account["rows_rejected"],
        "cells_rejected": sum(not reject["is_whole_row"] for reject in account["rejects"]),
        "note": note,
    }


def _refused(entry: dict) -> dict:
    return {
        "file_id": entry["file_id"],
        "file_name": entry["name"],
        "code": entry["code"],
        "message": entry["sentence"],
        "remedy": "处理后重新放进来再装载",
        "occurrences": 1,
    }


def _said_once(rows: list[dict]) -> list[dict]:
    """Of words that every later export repeats, the first file that brought them, with the number of all occurrences."""
    kept: list[dict] = []
    first: dict[tuple, dict] = {}
    for row in rows:
        if row["code"] not in SAID_ONCE:
            kept.append(row)
            continue
        key = (row["source"], row["code"], row["column_label"], row["message"])
        if key in first:
            first[key]["occurrences"] += row["occurrences"]
        else:
            first[key] = dict(row)
            kept.append(first[key])
    return kept


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
    parts += [
        _later_states(feed, source) for feed, source in keyed if source.name in changed
    ]  # comparing every column is dear: only where there is something
    nothing = (
        "SELECT NULL::VARCHAR AS table_name, NULL::VARCHAR AS record_id, NULL::TIMESTAMP AS seen_at, NULL::VARCHAR AS file_id, "
        "NULL::VARCHAR AS sheet, NULL::INTEGER AS row_number, NULL::VARCHAR AS status_text, '{}' AS changes, 0 AS sequence WHERE false"
    )
    union = " UNION ALL ".join(parts) or nothing
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
        pairs.append(
            f"CASE WHEN now.{name} IS DISTINCT FROM before.{name} THEN {label} || ':[' || {old} || ',' || {new} || ']' END"
        )
    return (
        _states(feed, source, f"'{{' || concat_ws(',', {', '.join(pairs)}) || '}}'")
        + f" JOIN {quoted('states_of_' + source.name)} AS before ON before.record_id = now.record_id AND before.sequence = now.sequence - 1"
    )


def _files(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """rows_read = rows_accepted (their record's latest row) + rows_rejected + rows_superseded (an older state or a repeat)."""
    parts = [f"SELECT file_id, source FROM {quoted('latest_' + name)}" for name in sorted(inputs.busy)]
    latest = " UNION ALL ".join(parts) or "SELECT NULL::VARCHAR AS file_id, NULL::VARCHAR AS source WHERE false"
    connection.execute(f"""
        CREATE TABLE memory.main.counted_files AS
        SELECT noted.file_id, name, noted.source, export_time, bytes, rows_read, coalesce(accepted, 0)::BIGINT AS rows_accepted,
            rows_rejected, cells_rejected, 0::BIGINT AS warnings,
            (rows_read - rows_rejected - coalesce(accepted, 0))::BIGINT AS rows_superseded, note
        FROM noted_files AS noted
        LEFT JOIN (SELECT file_id, source, count(*) AS accepted FROM ({latest}) GROUP BY ALL) AS kept USING (file_id, source)
    """)


def _sources(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """One row a declared source: how much came, how fresh it is. Days are counted from the last export to the data date."""
    rows = []
    for source in inputs.sources.values():
        exports = [export for export in inputs.exports if export.source == source.name]
        landed = [export.times[-1] for export in exports if export.account.get("origin") != "school"]
        time = record_time(source)
        newest = (
            f"max({quoted(time)}::TIMESTAMP) FILTER ({quoted(time)}::TIMESTAMP <= data_date())"
            if time
            else "NULL::TIMESTAMP"
        )
        query = f"SELECT count(*), {newest} FROM {quoted('latest_' + source.name)}"
        count, last_record = connection.execute(query).fetchall()[0] if exports else (0, None)
        silent = (inputs.data_date.date() - max(landed).date()).days if landed else None
        rows.append(
            {
                "source": source.name,
                "title": source.title,
                "system": source.system,
                "system_title": _system(source),
                "feeds": source.feeds,
                "files": len(exports),
                "rows": count,
                "last_export": max(landed, default=None),
                "last_record": last_record if source.kind == "facts" else None,
                "expected_every_days": source.expected_every_days,
                "days_silent": silent,
                "is_stale": bool(
                    source.expected_every_days and silent is not None and silent > source.expected_every_days
                ),
                "is_missing": not exports,
            }
        )
    kinds = [
        pa.string(),
        pa.string(),
        pa.int32(),
        pa.string(),
        pa.string(),
        pa.int32(),
        pa.int64(),
        pa.timestamp("us"),
        pa.timestamp("us"),
        pa.int32(),
        pa.int32(),
        pa.bool_(),
        pa.bool_(),
    ]
    store(connection, "noted_sources", dict(zip(rows[0], kinds, strict=True)), rows)
    connection.execute("CREATE TABLE sources AS FROM noted_sources ORDER BY source")


def _system(source: Source) -> str | None:
    """「4 微心愿」; None for what the school itself keeps and what it added."""
    known = systems().get(source.system or 0)
    return f"{known.number} {known.title}" if known else None


def _manifest(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    entries = {
        "data_date": inputs.data_date.isoformat(),
        "digest": inputs.digest,
        "origin": inputs.origin,
        "declarations_digest": inputs.declarations_digest,
        "school_digest": inputs.school_digest,
        "version": VERSION,
    }
    store(
        connection,
        "noted_manifest",
        {"key": pa.string(), "value": pa.string()},
        [{"key": key, "value": value} for key, value in entries.items()],
    )
    connection.execute("CREATE TABLE manifest AS FROM noted_manifest ORDER BY key")
