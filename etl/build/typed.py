"""Typed rows of every landed file → per source: all rows (kept),
each record's distinct states, each record's latest row.

A record is its key; without a key it is its content and its ordinal among identical rows of one file, so that identical
rows inside one export are all real and of several exports the one with most copies decides.
Order of states: export time, the source's order_by columns, the file's turn among those of one export time (the one
landed later corrects), sheet, row. The last row wins.
Rows of one record in one file are states only where an order_by column says when; else they are details of one
document. A column a later file does not have keeps what earlier files said; an empty cell in a column it has is empty.
"""

import duckdb
import pyarrow as pa

from etl.build.inputs import Inputs, sql_columns
from etl.build.sql import quoted, store, text
from etl.form.model import Source
from etl.landing.export import Export


def load_exports(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """exports: which content was exported when; file_columns: which declared columns each file has."""
    connection.execute("CREATE SCHEMA typed")
    times = [(*place, turn) for place, turn in inputs.turns.items()]
    fields = {"source": pa.string(), "file_id": pa.string(), "export_time": pa.timestamp("us"), "turn": pa.int32()}
    store(connection, "exports", fields, times)
    connection.execute(
        "CREATE TABLE memory.main.corrections (source VARCHAR, file_id VARCHAR, record_id VARCHAR, row_number BIGINT)"
    )
    given = [(export.source, export.file_id, name) for export in inputs.exports for name in export.account["columns"]]
    store(connection, "file_columns", {"source": pa.string(), "file_id": pa.string(), "name": pa.string()}, given)


def load_silent(connection: duckdb.DuckDBPyConnection, sources: list[Source]) -> None:
    """typed.<source> and latest_<source> of sources of which nothing came, in one statement for all."""
    statements = []
    for source in sources:
        fields = ", ".join(f"{quoted(name)} {kind}" for name, kind in sql_columns(source).items())
        statements.append(
            f"CREATE TABLE typed.{quoted(source.name)} "
            f"(export_time TIMESTAMP, file_id VARCHAR, sheet VARCHAR, row_number BIGINT, {fields});"
            f"CREATE VIEW memory.main.{quoted('latest_' + source.name)} AS "
            "SELECT NULL::VARCHAR AS record_id, NULL::INTEGER AS sequence, "
            f"{text(source.name)} AS source, t.* FROM build.typed.{quoted(source.name)} AS t WHERE false;"
        )
    if statements:
        connection.execute("".join(statements))


def load_source(connection: duckdb.DuckDBPyConnection, source: Source, inputs: Inputs) -> None:
    """typed.<source>, ranked_<source>, latest_<source> and states_of_<source> of one source of which files came."""
    exports = [export for export in inputs.exports if export.source == source.name]
    _typed(connection, source, exports)
    if source.key and (lacking := _not_everywhere(source, exports)):
        _carry(connection, source, lacking)
    if sum(len(export.times) for export in exports) > 1 or not _ranked_once(connection, source):
        _ranked(connection, source)
    _latest(connection, source)
    if source.key and any(turn for (name, _, _), turn in inputs.turns.items() if name == source.name):
        _corrections(connection, source)


def _corrections(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Records that a file says otherwise than another of the same export time, told of the file that counts."""
    connection.execute(f"""
        INSERT INTO memory.main.corrections
        SELECT {text(source.name)}, file_id, record_id, row_number FROM (
            SELECT record_id, file_id, row_number,
                   lag(file_id) OVER w <> file_id AND lag(export_time) OVER w = export_time AS is_correction
            FROM memory.main.{quoted("ranked_" + source.name)} AS ranked
            JOIN build.typed.{quoted(source.name)} AS t ON t.rowid = ranked.row
            WHERE is_state WINDOW w AS (PARTITION BY record_id ORDER BY sequence)
        ) WHERE is_correction
    """)


def _typed(connection: duckdb.DuckDBPyConnection, source: Source, exports: list[Export]) -> None:
    columns = sql_columns(source)
    fields = ", ".join(f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" for name, kind in columns.items())
    files = ", ".join(text(str(export.typed)) for export in exports)
    connection.execute(
        f"CREATE TABLE typed.{quoted(source.name)} AS SELECT export_time, file_id, sheet, row_number, {fields} "
        f"FROM read_parquet([{files}]) JOIN (FROM exports WHERE source = {text(source.name)}) USING (file_id) "
        "ORDER BY export_time, turn, file_id, sheet, row_number"
    )


def _not_everywhere(source: Source, exports: list[Export]) -> list[str]:
    """Declared columns that some files have and others lack."""
    given = [set(export.account["columns"]) for export in exports]
    partial = set().union(*given) - set.intersection(*given) if given else set()
    return [column.name for column in source.columns if column.name in partial - {*source.key, *source.order_by}]


def _record(source: Source) -> str:
    return f"concat_ws('·', {', '.join(quoted(name) for name in source.key)})"


def _order(source: Source) -> str:
    """`row`: where it stands in typed.<source>, which is kept by export time, turn, sheet and row of the file."""
    return ", ".join(["export_time", *(f"{quoted(name)} NULLS FIRST" for name in source.order_by), "row"])


def _carry(connection: duckdb.DuckDBPyConnection, source: Source, lacking: list[str]) -> None:
    """Fill columns a file does not have with what the record's earlier files said.
    Only records seen in unlike files are looked at."""
    names = [name for column in lacking for name in (column, f"{column}_text") if name in sql_columns(source)]
    has = {
        name: f"list_contains(given, {text(name.removesuffix('_text') if name not in lacking else name)})"
        for name in names
    }
    carried = ", ".join(
        f"(last_value(CASE WHEN {has[name]} THEN struct_pack(cell := {quoted(name)}) END IGNORE NULLS) "
        f"OVER earlier).cell AS {quoted(name)}"
        for name in names
    )
    connection.execute(f"""
        CREATE TABLE memory.main.{quoted("carried_" + source.name)} AS
        WITH shapes AS (
            SELECT file_id, list(name ORDER BY name) AS given
            FROM file_columns WHERE source = {text(source.name)} GROUP BY file_id
        ),
        named AS (
            SELECT t.rowid AS row, {_record(source)} AS record_id, given, t.*
            FROM typed.{quoted(source.name)} AS t JOIN shapes USING (file_id)
        ),
        mixed AS (SELECT record_id FROM named GROUP BY record_id HAVING count(DISTINCT given) > 1)
        SELECT row, {carried} FROM named WHERE record_id IN (FROM mixed)
        WINDOW earlier AS (PARTITION BY record_id ORDER BY {_order(source)})
    """)
    filled = ", ".join(f"{quoted(name)} = carried.{quoted(name)}" for name in names)
    connection.execute(
        f"UPDATE typed.{quoted(source.name)} AS t SET {filled} "
        f"FROM memory.main.{quoted('carried_' + source.name)} AS carried WHERE t.rowid = carried.row"
    )


def _ranked_once(connection: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """_ranked() without its sorts, of one export whose records all differ: each row is its record's only state.
    False, and nothing is made, where a record has several rows; what has no key counts identical rows apart."""
    content, record = _identity(source)
    if source.key:
        table = f"typed.{quoted(source.name)}"
        (is_once,) = connection.execute(f"SELECT count(*) = count(DISTINCT {record}) FROM {table}").fetchall()[0]
        if not is_once:
            return False
    connection.execute(f"""
        CREATE TABLE memory.main.{quoted("ranked_" + source.name)} AS
        WITH hashed AS (SELECT *, rowid AS row, {content} AS content FROM typed.{quoted(source.name)})
        SELECT row, {record} AS record_id, true AS is_state, true AS is_latest, 1 AS sequence FROM hashed
    """)
    return True


def _identity(source: Source) -> tuple[str, str]:
    """SQL of what a row says, and of the record it belongs to (which may read the former as `content`)."""
    columns = [name for name in sql_columns(source) if name not in source.order_by]
    if source.key:
        return f"hash({', '.join(quoted(name) for name in columns)})", _record(source)
    content = f"md5(concat_ws(chr(31), {', '.join(f'coalesce({quoted(n)}::VARCHAR, chr(30))' for n in columns)}))"
    same = "PARTITION BY export_time, file_id, content ORDER BY sheet, row_number"
    return content, f"left(content, 16) || '-' || row_number() OVER ({same})"


def _ranked(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """One narrow row per typed row: its record, whether it is a new state, whether it is the latest."""
    content, record = _identity(source)
    dated = " OR ".join(f"{quoted(name)} IS NOT NULL" for name in source.order_by) or "false"
    connection.execute(f"""
        CREATE TABLE memory.main.{quoted("ranked_" + source.name)} AS
        WITH hashed AS (SELECT *, rowid AS row, {content} AS content FROM typed.{quoted(source.name)}),
        named AS (SELECT *, {record} AS record_id FROM hashed),
        told AS (
            SELECT * FROM named
            QUALIFY {dated}
                OR lead(row) OVER (PARTITION BY record_id, export_time, file_id ORDER BY sheet, row_number) IS NULL
        ),
        compared AS (
            SELECT row, record_id, content, row_number() OVER w AS position,
                   lag(content) OVER w IS DISTINCT FROM content AS is_state, lead(row) OVER w IS NULL AS is_latest
            FROM told WINDOW w AS (PARTITION BY record_id ORDER BY {_order(source)})
        )
        SELECT row, record_id, is_state, is_latest,
               sum(is_state::INTEGER) OVER (PARTITION BY record_id ORDER BY position)::INTEGER AS sequence
        FROM compared
    """)


def _latest(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """latest_<source>: the declared columns of each record's last row; states_… likewise of each distinct state."""
    for name, which in (("latest_", "is_latest"), ("states_of_", "is_state")):
        connection.execute(f"""
            CREATE VIEW memory.main.{quoted(name + source.name)} AS
            SELECT ranked.record_id, ranked.sequence, {text(source.name)} AS source, t.*
            FROM memory.main.{quoted("ranked_" + source.name)} AS ranked
            JOIN build.typed.{quoted(source.name)} AS t ON t.rowid = ranked.row
            WHERE ranked.{which}
        """)
