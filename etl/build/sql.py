"""What every step of a build writes its SQL with: names, literals, and rows of plain values as a table."""

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa


def quoted(name: str) -> str:
    """An identifier for SQL; names come from checked declarations."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A string literal for SQL, where a parameter cannot be bound."""
    return "'" + value.replace("'", "''") + "'"


def store(
    connection: duckdb.DuckDBPyConnection, name: str, kinds: dict[str, pa.DataType], rows: Iterable[Sequence | dict]
) -> None:
    """A table that is only needed meanwhile (memory.main.<name>).
    A row is a sequence in the order of `kinds`, or a dict: what it lacks is NULL."""
    values = [[row.get(field) for field in kinds] if isinstance(row, dict) else row for row in rows]
    columns = zip(*values, strict=True) if values else ([] for _ in kinds)
    table = pa.table(
        {field: pa.array(column, kind) for (field, kind), column in zip(kinds.items(), columns, strict=True)}
    )
    connection.register("arrow_rows", table)
    connection.execute(f"CREATE TABLE memory.main.{quoted(name)} AS SELECT * FROM arrow_rows")
    connection.unregister("arrow_rows")
