"""What became of every file and row: files, rejects, warnings, sources, manifest."""

from datetime import datetime

import duckdb
import pyarrow as pa

from etl.build.health import health_warnings
from etl.build.inputs import VERSION, Inputs, record_time
from etl.build.sql import quoted, store
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
SOURCES = {
    "source": pa.string(),
    "title": pa.string(),
    "system": pa.int32(),
    "system_title": pa.string(),
    "feeds": pa.string(),
    "files": pa.int32(),
    "rows": pa.int64(),
    "last_export": pa.timestamp("us"),
    "last_record": pa.timestamp("us"),
    "expected_every_days": pa.int32(),
    "days_silent": pa.int32(),
    "is_stale": pa.bool_(),
    "is_missing": pa.bool_(),
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
    connection.execute("CREATE TABLE warnings AS FROM noted_warnings ORDER BY ALL")
    connection.execute("""
        CREATE TABLE files AS
        WITH warned AS (
            SELECT file_id, source, sum(occurrences) AS warnings FROM noted_warnings GROUP BY ALL
        )
        SELECT counted.* REPLACE (coalesce(warned.warnings, 0)::BIGINT AS warnings)
        FROM counted_files AS counted LEFT JOIN warned USING (file_id, source)
        ORDER BY export_time, name, file_id, source""")
    _manifest(connection, inputs)


def _rows(export: Export, what: str) -> list[dict]:
    file = {"file_id": export.file_id, "file_name": export.name, "source": export.source}
    return [file | row for row in export.account[what]]


def _file(export: Export) -> dict:
    account = export.account
    note = f"同样的内容导出过 {len(export.times)} 次" if len(export.times) > 1 else None
    return {
        "file_id": export.file_id,
        "name": export.name,
        "source": export.source,
        "export_time": export.exported_at,
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
    """Of words that every later export repeats, the first file that brought them,
    with the number of all occurrences."""
    kept: list[dict] = []
    first: dict[tuple, dict] = {}
    for row in rows:
        if row["code"] not in SAID_ONCE:
            kept.append(row)
            continue
        key = (row["source"], row["code"], row["column_label"], row["message"])
        if key in first:
            if row["code"] != "new_header":  # a column is one thing to declare, in however many files
                first[key]["occurrences"] += row["occurrences"]
        else:
            first[key] = dict(row)
            kept.append(first[key])
    return kept


def _files(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """rows_read = rows_accepted (their record's latest row) + rows_rejected + rows_superseded (older states,
    repeats)."""
    parts = [f"SELECT file_id, source FROM {quoted('latest_' + name)}" for name in sorted(inputs.busy)]
    latest = " UNION ALL ".join(parts) or "SELECT NULL::VARCHAR AS file_id, NULL::VARCHAR AS source WHERE false"
    connection.execute(f"""
        CREATE TABLE memory.main.counted_files AS
        WITH kept AS (SELECT file_id, source, count(*) AS accepted FROM ({latest}) GROUP BY ALL)
        SELECT noted.file_id, name, noted.source, export_time, bytes, rows_read,
            coalesce(accepted, 0)::BIGINT AS rows_accepted, rows_rejected, cells_rejected, 0::BIGINT AS warnings,
            (rows_read - rows_rejected - coalesce(accepted, 0))::BIGINT AS rows_superseded, note
        FROM noted_files AS noted LEFT JOIN kept USING (file_id, source)
    """)


def _sources(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """One row a declared source: how much came, how fresh it is."""
    rows = [_source(connection, source, inputs) for source in inputs.sources.values()]
    store(connection, "noted_sources", SOURCES, rows)
    connection.execute("CREATE TABLE sources AS FROM noted_sources ORDER BY source")


def _source(connection: duckdb.DuckDBPyConnection, source: Source, inputs: Inputs) -> dict:
    """Days are counted from the last export to the data date."""
    exports = [export for export in inputs.exports if export.source == source.name]
    landed = [at for export in exports if (at := export.exported_at) is not None]
    count, last_record = _counted(connection, source) if exports else (0, None)
    silent = (inputs.data_date.date() - max(landed).date()).days if landed else None
    return {
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
        "is_stale": bool(source.expected_every_days and silent is not None and silent > source.expected_every_days),
        "is_missing": not exports,
    }


def _counted(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[int, datetime | None]:
    """Records of a source, and when the newest of them was, up to the data date."""
    time = record_time(source)
    moment = f"{quoted(time)}::TIMESTAMP" if time else ""
    newest = f"max({moment}) FILTER ({moment} <= data_date())" if time else "NULL::TIMESTAMP"
    return connection.execute(f"SELECT count(*), {newest} FROM {quoted('latest_' + source.name)}").fetchall()[0]


def _system(source: Source) -> str | None:
    """「4 微心愿」; None for what the school itself keeps and what it added."""
    system = systems().get(source.system or 0)
    return f"{system.number} {system.title}" if system else None


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
