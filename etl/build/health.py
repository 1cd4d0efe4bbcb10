"""Warnings that only the whole shows: each models/health/*.sql selects rows for the warnings table.

A query gives source, file_id, sheet, row_number, column_label, code, message, remedy, occurrences, in any order; what
it names in `file_id` gets its file's name here. A school's own lie in data/school/models/health.
"""

from pathlib import Path

import duckdb

from etl.form.digest import ETL
from warehouse import paths

COLUMNS = ("source", "file_id", "sheet", "row_number", "column_label", "code", "message", "remedy", "occurrences")


def rules() -> dict[str, Path]:
    """Name → file; a school's own query of the same name replaces the product's."""
    folders = [ETL / "models" / "health", paths.school() / "models" / "health"]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.sql"))}


def health_warnings(connection: duckdb.DuckDBPyConnection) -> None:
    """Append every rule's rows to the temporary table noted_warnings, in one statement: the rules share little,
    but each statement has its price."""
    queries = [path.read_text(encoding="utf-8").rstrip().rstrip(";") for path in rules().values()]
    columns = ", ".join(COLUMNS)
    found = " UNION ALL ".join(f"SELECT {columns} FROM ({query}\n)" for query in queries)
    connection.execute(f"""
        INSERT INTO noted_warnings BY NAME
        SELECT found.*, noted_files.name AS file_name
        FROM ({found}) AS found
        LEFT JOIN noted_files ON noted_files.file_id = found.file_id AND noted_files.source = found.source
    """)
