"""How long a command takes to begin, against the first commit of the wave: `python -m benchmarks startup [--base FOLDER]`.

Both checkouts run `python -m etl status` as whole processes on the same build, and here `import metrics` runs against
`import duckdb, pandas`; all take turns, so that a busy machine slows every one of them alike. Printed: best and median of
each, and the ratios of the best and of the medians. --base: a checkout of BASE with its own .venv; without it a worktree and
its environment are made in a temporary folder (minutes, needs pip).
"""

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from warehouse import paths

BASE = "dbcce1f"
STATUS_LIMIT, IMPORT_LIMIT = 0.6, 1.15
Command = tuple[list[str], Path]  # what is run, and where


@contextlib.contextmanager
def checkout(folder: Path | None) -> Iterator[Path]:
    """The given checkout of BASE, or one made for now."""
    if folder is not None:
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="campus-base-") as temporary:
        made = Path(temporary) / "base"
        worktree = ["git", "-C", str(paths.REPOSITORY), "worktree"]
        subprocess.run([*worktree, "add", "--detach", str(made), BASE], check=True, capture_output=True)
        try:
            subprocess.run(["sh", "scripts/environment.sh"], cwd=made, check=True)
            yield made
        finally:
            subprocess.run([*worktree, "remove", "--force", str(made)], check=False)


def python_of(folder: Path) -> str:
    inside = [folder / ".venv" / "bin" / "python", folder / ".venv" / "Scripts" / "python.exe"]
    return next(str(path) for path in inside if path.exists())


def seconds(command: Command, home: Path) -> float:
    """Wall time of one process; raises when it fails."""
    environment = os.environ | {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
    started = time.perf_counter()
    subprocess.run(command[0], cwd=command[1], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def campus(base: Path, home: Path) -> None:
    """A demonstration campus built by BASE; both sides read it."""
    shutil.copytree(base / "data" / "school", home / "school")
    seconds(([python_of(base), "-m", "etl", "demo"], base), home)


def timed(commands: dict[str, Command], home: Path, times: int) -> dict[str, list[float]]:
    """Name → seconds of each run; one round of all before the next, the first round thrown away."""
    rounds = [{name: seconds(command, home) for name, command in commands.items()} for _ in range(times + 1)]
    return {name: [spent[name] for spent in rounds[1:]] for name in commands}


def ratio(spent: dict[str, list[float]], ours: str, theirs: str, limit: float) -> bool:
    """Prints both ratios; True when the one of the best keeps the limit."""
    best = min(spent[ours]) / min(spent[theirs])
    median = statistics.median(spent[ours]) / statistics.median(spent[theirs])
    print(
        f"{ours} / {theirs}: best {best:.2f}, median {median:.2f} (at most {limit:g}): {'' if best <= limit else 'NOT '}met"
    )
    return best <= limit


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when both promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--home", type=Path, metavar="FOLDER", help="a data folder with a build; by default one is made"
    )
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args(arguments)
    here = paths.REPOSITORY
    with checkout(options.base) as base, tempfile.TemporaryDirectory(prefix="campus-startup-") as folder:
        home = options.home or Path(folder)
        if options.home is None:
            campus(base, home)
        commands: dict[str, Command] = {
            "status": ([sys.executable, "-m", "etl", "status"], here),
            f"status of {BASE}": ([python_of(base), "-m", "etl", "status"], base),
            "import metrics": ([sys.executable, "-c", "import metrics"], here),
            "import metrics.ask.measure": ([sys.executable, "-c", "import metrics.ask.measure"], here),
            "import duckdb, pandas": ([sys.executable, "-c", "import duckdb, pandas"], here),
        }
        spent = timed(commands, home, options.times)
    for name, runs in spent.items():
        print(f"{name}: best {min(runs) * 1000:.0f} ms, median {statistics.median(runs) * 1000:.0f} ms of {len(runs)}")
    kept = [
        ratio(spent, "status", f"status of {BASE}", STATUS_LIMIT),
        ratio(spent, "import metrics", "import duckdb, pandas", IMPORT_LIMIT),
        ratio(spent, "import metrics.ask.measure", "import duckdb, pandas", IMPORT_LIMIT),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
