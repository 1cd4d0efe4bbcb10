"""Seconds and peak memory of `python -m reports brief` for one week, as shares of what is promised (10 s, 500 MB).

Runs the real command over the current build a few times, each in a process of its own, and prints the median and the
worst.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 10.0, 500.0


def run(*arguments: str, home: str | None = None) -> tuple[float, float, float]:
    """(seconds by the clock, peak megabytes of its largest process, processor seconds of all its processes) of one
    command of reports."""
    command, environment = (
        [sys.executable, "-m", "reports", *arguments],
        os.environ | ({"CAMPUS_DATA": home} if home else {}),
    )
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in (0, 3):  # 3: a section without its source, said in the document
        raise SystemExit("the document was not written; is there a build? python -m etl demo")
    return seconds, used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024), used.ru_utime + used.ru_stime


def main(arguments: list[str] | None = None) -> float:
    """Print the table; returns the larger of the two worst ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--week")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="campus-brief-") as folder:
        week = ["--week", options.week] if options.week else []
        return told([run("brief", "--out", folder, *week) for _ in range(options.repeats)], SECONDS, MEGABYTES)


def told(runs: list[tuple[float, float, float]], seconds: float, megabytes: float) -> float:
    """Print what several runs took against what is promised; returns the larger of the two worst ratios."""
    ratios = []
    print(f"{'':<10}{'median':>10}{'worst':>10}{'promised':>10}{'worst ÷ promised':>20}")
    for name, unit, values, limit in (
        ("time", "s", [one[0] for one in runs], seconds),
        ("memory", "MB", [one[1] for one in runs], megabytes),
    ):
        ratios.append(max(values) / limit)
        print(
            f"{name:<10}{statistics.median(values):>7.1f} {unit:<2}{max(values):>7.1f} {unit:<2}{limit:>7.0f} "
            f"{unit:<2}{ratios[-1]:>20.2f}"
        )
    print(
        f"processor {statistics.median(one[2] for one in runs):>7.1f} s  on a busy machine the clock says "
        "more than the work took"
    )
    return max(ratios)


if __name__ == "__main__":
    sys.exit(0 if main() <= 1 else 1)
