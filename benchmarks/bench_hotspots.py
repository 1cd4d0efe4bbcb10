"""Does a dark cell mean something? Planted hot spots must be the top window; tables in which nothing is the matter
must show none.

`python -m benchmarks.bench_hotspots`. Tables of 70 buildings × 12 weeks, about 3,000 cases, with buildings and weeks
as unlike each other as the demonstration's. The exit code says whether both promises were kept: every planted one on
top, none in at least 95 % of shuffled tables (with the room chance has: three standard deviations of so many runs).
"""

import argparse
import math
import sys
import time

import numpy as np

from metrics.places.hot_spots import LEVEL, scan
from metrics.places.near_repeat import pairs

BUILDINGS, WEEKS, CASES, DAYS = 70, 12, 3_000, 84
# a planted window gets so many times what its totals make likely: weaker ones raise their own row and need more
# weeks to tell
TIMES = 10
MORE = 24  # and at least so many cases more


def campus(random: np.random.Generator, columns: int = WEEKS) -> np.ndarray:
    """A table in which nothing is the matter: a building's share × a week's share, and chance."""
    places, weeks = random.lognormal(0.0, 0.7, BUILDINGS), random.lognormal(0.0, 0.25, columns)
    return random.poisson(CASES * np.outer(places / places.sum(), weeks / weeks.sum()))


def planted(random: np.random.Generator) -> tuple[np.ndarray, int, int, int]:
    """The same with one window of one to three weeks in one building: table, row, first and last column."""
    table, row, length = campus(random), int(random.integers(BUILDINGS)), int(random.integers(1, 4))
    first = int(random.integers(WEEKS - length + 1))
    should = table[row].sum() * table[:, first : first + length].sum() / table.sum()
    more = max(math.ceil(should * (TIMES - 1)), MORE)
    table[row, first : first + length] += random.multinomial(more, np.full(length, 1 / length))
    return table, row, first, first + length - 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_hotspots")
    parser.add_argument("--runs", type=int, default=200, help="shuffled tables")
    parser.add_argument("--planted", type=int, default=60, help="tables with one planted hot spot")
    options = parser.parse_args(arguments)
    random, start = np.random.default_rng(1), time.perf_counter()
    false = sum(scan(campus(random))[0].significant for _ in range(options.runs))
    each = (time.perf_counter() - start) / max(options.runs, 1)
    top = exact = 0
    for _ in range(options.planted):
        table, row, first, last = planted(random)
        window = scan(table)[0]
        hit = window.significant and window.row == row and window.first <= last and window.last >= first
        top, exact = top + hit, exact + (hit and (window.first, window.last) == (first, last))
    echoes = sum(
        pairs(campus(random, DAYS), np.eye(BUILDINGS, dtype=bool)).significant for _ in range(options.runs // 4)
    )
    print(
        f"shuffled tables without a hot spot: {options.runs - false} of {options.runs} "
        f"({(options.runs - false) / options.runs:.1%}; promised {1 - LEVEL:.0%})"
    )
    print(f"planted hot spots on top: {top} of {options.planted}, with exactly the planted weeks {exact}")
    print(f"shuffled tables with near-repeats said to be more than chance: {echoes} of {options.runs // 4}")
    print(f"one scan of {BUILDINGS} × {WEEKS}, 999 shuffles: {each * 1000:.0f} ms")
    room = LEVEL * options.runs + 3 * math.sqrt(LEVEL * (1 - LEVEL) * options.runs)
    return 0 if top == options.planted and false <= room else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
