"""From exported files to a published build, against DuckDB alone reading the same rows as text. Prints both and their
ratio.

Timed for us: the whole process `python -m etl load FOLDER`, started anew in an empty home: interpreter, imports,
children, reading the exports as they are (mostly xlsx), masking, landing, typing, every table, the gate, publication,
the printed summary. Timed for DuckDB: a whole process too, from the interpreter on, that reads UTF-8 CSV copies (one
for each exported sheet, the very rows our reader found, title rows and totals gone) with all_varchar into one
in-memory table for each source, sniffing as it does by itself. Columns differ between years, hence union_by_name. Also
printed: one statement a file, and with dialect and columns told beforehand. Writing the exports and the copies is not
timed. Both sides take turns; the smallest of the repeats counts.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from etl.declare.load import load_sources
from etl.demo import generate
from etl.form.headers import match_source, wanted_headers
from etl.reading.read import Wanted, read
from warehouse import paths

LIMIT = 3.0
ALONE = """
import collections, glob, sys, duckdb
folder, way = sys.argv[1:]
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
by_source = collections.defaultdict(list)
for path in sorted(glob.glob(folder + "/*.csv")):
    by_source[path.rsplit("/", 1)[1].split("__")[0]].append(path)
for source, files in by_source.items():
    if way == "union":
        read = f"read_csv({files}, all_varchar = true, union_by_name = true)"
        connection.execute(f"CREATE TABLE {source} AS SELECT * FROM {read}")
    for number, path in enumerate(files if way != "union" else ()):
        told = ""
        if way == "told":
            with open(path, encoding="utf-8", newline="") as file:
                header = next(__import__("csv").reader(file))
            columns = ", ".join(f"'{name}': 'VARCHAR'" for name in header)
            told = f", auto_detect = false, header = true, delim = ',', quote = '\\"', escape = '\\"'"
            told += f", columns = {{{columns}}}"
        read = f"read_csv('{path}', all_varchar = true{told})"
        connection.execute(f"CREATE TABLE {source}_{number} AS SELECT * FROM {read}")
print(connection.execute("SELECT sum(estimated_size)::BIGINT FROM duckdb_tables()").fetchall()[0][0])
"""
WAYS = {
    "union": "one statement a source, sniffing",
    "each": "one statement a file, sniffing",
    "told": "one statement a file, dialect and columns told",
}


def copy_rows(exports: Path, copies: Path) -> int:
    """The rows of every export as UTF-8 CSV; returns how many."""
    sources, rows = load_sources(), 0
    wanted = Wanted(wanted_headers(sources))
    for path in sorted(path for path in exports.iterdir() if path.suffix in (".csv", ".xlsx")):
        for number, table in enumerate(read(path, wanted)):
            source = match_source(path.name, table.header, sources)
            with (copies / f"{source.name}__{path.stem}_{number}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(table.header)
                writer.writerows(zip(*table.columns, strict=True))
            rows += len(table)
    return rows


def seconds(command: list[str], **more) -> tuple[float, str]:
    """Wall time of a process and what it printed; raises when it fails."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=paths.REPOSITORY, **more)
    return time.perf_counter() - started, done.stdout


def ours(exports: Path, work: Path) -> float:
    """One cold load of all exports into a home of its own."""
    home = work / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copytree(paths.REPOSITORY / "data" / "school", home / "school")
    environment = {**os.environ, "CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(work / "key")}
    return seconds([sys.executable, "-m", "etl", "load", str(exports)], env=environment)[0]


def alone(copies: Path, way: str, rows: int) -> float:
    """DuckDB by itself; it must have read every row."""
    spent, said = seconds([sys.executable, "-c", ALONE, str(copies), way])
    if int(said) != rows:
        raise RuntimeError(f"DuckDB read {said.strip()} rows of {rows}")
    return spent


def main(arguments: list[str] | None = None) -> float:
    """Print the times; returns the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=float, default=4.0)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="campus-bench-") as folder:
        work = Path(folder)
        exports, copies = work / "exports", work / "copies"
        copies.mkdir()
        generate(exports, years=options.years, scale=options.scale)
        (exports / "truth.toml").unlink()
        rows = copy_rows(exports, copies)
        mine, theirs = [], {way: [] for way in WAYS}
        for _ in range(options.repeats):
            mine.append(ours(exports, work))
            for way in WAYS:
                theirs[way].append(alone(copies, way, rows))
        files = len(list(exports.iterdir()))
    print(
        f"files to published build: {min(mine):.2f} s ({files} files, {rows:,} rows, cold process, everything included)"
    )
    for way, words in WAYS.items():
        print(f"DuckDB alone, {words}: {min(theirs[way]):.2f} s; ratio {min(mine) / min(theirs[way]):.2f}")
    ratio = min(mine) / min(theirs["union"])
    print(f"ratio {ratio:.2f} (must be below {LIMIT:g}): {'met' if ratio < LIMIT else 'NOT met'}")
    return ratio


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) < LIMIT else 1)
