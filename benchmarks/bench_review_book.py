"""Seconds and peak memory of `python -m reports review` for a term of twelve branches, as shares of what is promised
(20 s, 500 MB).

The demonstration campus has eight branches. Twelve are drawn out of it: every third building of the eight goes to four
more, registered in a copy of data/school, and the same exports are loaded with that school. The four have records and
no plan.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.bench_brief import ROOT, run, told

SECONDS, MEGABYTES = 20.0, 500.0
MORE = {"B9": "第九党支部", "B10": "第十党支部", "B11": "第十一党支部", "B12": "第十二党支部"}
EVERY = 3


def campus(home: Path, exports: Path | None) -> None:
    """A data folder of twelve branches, from the demonstration's exports (made anew where none are given)."""
    shutil.copytree(ROOT / "data" / "school", home / "school")
    if exports is None:
        _etl(home, "demo")
        exports = home / "demo" / "exports"
    _split(home / "school")
    files = [str(path) for path in sorted(exports.iterdir()) if path.suffix != ".toml"]
    _etl(home, "load", *files)


def _etl(home: Path, *command: str) -> None:
    environment = os.environ | {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
    done = subprocess.run(
        [sys.executable, "-m", "etl", *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode not in (0, 3):
        raise SystemExit("the campus of twelve branches was not built")


def _split(school: Path) -> None:
    """Every third building goes to one of four more branches."""
    branches, buildings = school / "branches.csv", school / "buildings.csv"
    with branches.open("a", encoding="utf-8") as file:
        file.writelines(f"{key},{name},,20,{number}\n" for number, (key, name) in enumerate(MORE.items(), start=9))
    with buildings.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows[::EVERY]):
        row["党支部编号"] = list(MORE)[number % len(MORE)]
    with buildings.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: list[str] | None = None) -> float:
    """Print the table; returns the larger of the two worst ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exports", type=Path, help="a folder of the demonstration's exports, to spare making them")
    parser.add_argument("--home", type=Path, help="keep the campus here and use it again")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="campus-book-") as folder:
        home = options.home or Path(folder) / "home"
        if not home.exists():
            campus(home, options.exports)
        out = Path(folder) / "out"
        return told(
            [run("review", "--out", str(out), home=str(home)) for _ in range(options.repeats)], SECONDS, MEGABYTES
        )


if __name__ == "__main__":
    sys.exit(0 if main() <= 1 else 1)
