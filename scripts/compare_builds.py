"""Whether two builds hold the same: python scripts/compare_builds.py BUILD_A BUILD_B (files *.duckdb).

Prints a line a table: its rows in A and in B, and how many rows only one of them has (EXCEPT ALL both ways).
Exit code 0: the same, 1: they differ, 2: wrong use.
Not compared: EXCEPTED, which say how and from what code a build was made.
"""

import sys
from pathlib import Path

import duckdb

EXCEPTED = {"manifest": "key NOT IN ('digest', 'declarations_digest')"}  # table → which of its rows are compared
TABLES = """
    SELECT table_name, list(column_name || ' ' || data_type ORDER BY column_index)
    FROM duckdb_columns() WHERE database_name = $1 AND schema_name = 'main' GROUP BY table_name ORDER BY table_name
"""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def tables(connection: duckdb.DuckDBPyConnection, side: str) -> dict[str, list[str]]:
    """Table → "column TYPE" in order."""
    return dict(connection.execute(TABLES, [side]).fetchall())


def differences(connection: duckdb.DuckDBPyConnection, name: str, columns: list[str]) -> tuple[int, int, int, int]:
    """Rows in A, rows in B, only in A, only in B."""
    plain = [column.split(" ")[0] for column in columns]
    named, only = ", ".join(map(quoted, plain)), EXCEPTED.get(name, "true")
    a, b = (f"SELECT {named} FROM {side}.main.{quoted(name)} WHERE {only}" for side in ("a", "b"))
    counts = [f"(SELECT count(*) FROM ({query}))" for query in (a, b, f"{a} EXCEPT ALL {b}", f"{b} EXCEPT ALL {a}")]
    return tuple(connection.execute(f"SELECT {', '.join(counts)}").fetchall()[0])


def compare(first: Path, second: Path) -> bool:
    """Prints the comparison; True when both hold the same."""
    connection = duckdb.connect()
    for side, path in (("a", first), ("b", second)):
        connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {side} (READ_ONLY)")
    ours, theirs = tables(connection, "a"), tables(connection, "b")
    same = True
    for name in sorted(ours | theirs):
        if ours.get(name) != theirs.get(name):
            same = False
            print(f"{name}: columns differ: {sorted(set(ours.get(name, ())) ^ set(theirs.get(name, ())))}")
            continue
        rows_a, rows_b, only_a, only_b = differences(connection, name, ours[name])
        same = same and not only_a and not only_b
        print(f"{name}: {rows_a:,} and {rows_b:,} rows; only in the first {only_a:,}, only in the second {only_b:,}")
    limits = ", ".join(f"{table}: only {rows}" for table, rows in EXCEPTED.items())
    print(f"{'the same' if same else 'DIFFERENT'} ({limits})")
    return same


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(0 if compare(Path(sys.argv[1]), Path(sys.argv[2])) else 1)
