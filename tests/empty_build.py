"""The tables of a build of which no record ever came, made by the real models: a drawn campus is completed by them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from etl.build.inputs import Inputs
from etl.build.make import make
from etl.build.models import discover
from etl.build.settings import load_settings
from etl.declare.load import load_sources
from etl.form.digest import ETL
from warehouse import paths
from warehouse.publishing import close, create


@cache
def columns() -> dict[str, dict[str, str]]:
    """Table → its columns with their types, in order."""
    sources = load_sources([ETL / "sources"])
    settings = load_settings(paths.REPOSITORY / "data" / "school")
    inputs = Inputs(sources=sources, exports=(), refused=(), models=discover("models"), checks={}, settings=settings,
                    data_date=datetime(2026, 11, 16, 8), origin="demo", school_digest="", standard=sources)  # fmt: skip
    with TemporaryDirectory() as folder:
        connection = create(Path(folder) / "empty.duckdb")
        try:
            make(connection, inputs)
            rows = connection.execute(
                "SELECT table_name, column_name, data_type FROM duckdb_columns() "
                "WHERE database_name = 'build' AND schema_name = 'main' ORDER BY table_name, column_index"
            ).fetchall()
        finally:
            close(connection)
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def complete(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to a drawn campus every table and column it lacks: tables empty, columns NULL (false for a rule)."""
    there: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        there.setdefault(table, set()).add(column)
    for table, wanted in columns().items():
        if table not in there:
            connection.execute(
                f"CREATE TABLE {table} ({', '.join(f'{quoted(name)} {kind}' for name, kind in wanted.items())})"
            )
            continue
        for name, kind in wanted.items():
            if name not in there[table]:
                default = " DEFAULT false" if kind == "BOOLEAN" else ""
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {quoted(name)} {kind}{default}")


def quoted(name: str) -> str:
    return f'"{name}"'
