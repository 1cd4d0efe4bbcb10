"""The desk at a million tickets: the server time of each filter round trip, and its ratio to the bare SQL.

A round trip is one run of the page's script after the reader has changed a filter: every question is new (no cached
answer is right for it), everything that only depends on the build is known already, as after the first reader of the
day. Bare SQL is the least DuckDB must do for the same answer over the same connection: the page of rows and their
count, or the counts of one heatmap. Printed: median and 95th percentile of at least 20 trips, the bare median, the
ratio. Exit code 1 above 500 ms.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks import desk_tickets
from benchmarks.desk_trips import VIEWS, Trip

LIMIT = 0.5
ROOT = Path(__file__).resolve().parent.parent


def measure(page: str, trips: Iterator[Trip]) -> tuple[list[float], list[float]]:
    """Seconds of each round trip, and of its bare SQL."""
    from streamlit.testing.v1 import AppTest

    import warehouse
    from benchmarks.bench_pages import timed
    from ui.frame.menu import FILES

    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=300).run()
    app.switch_page(FILES[page]).run()  # what depends on the build alone is known from here on
    spent, bare, build = [], [], warehouse.current()
    for query, statements in trips:
        for key in list(app.query_params):
            del app.query_params[key]
        for key, value in query.items():
            app.query_params[key] = value
        spent.append(timed(app.run))
        if failed := [*app.exception, *app.error]:
            raise RuntimeError(f"{page} {query}: {failed[0].value}")
        bare.append(sum(timed(partial(build.query, statement)) for statement in statements))
    return spent, bare


def main(arguments: list[str] | None = None) -> int:
    """Print one line a view; 1 when a median is above the limit."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks desk", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=desk_tickets.ROWS)
    parser.add_argument("--only", default="", help="views whose name contains this")
    parser.add_argument("--keep", type=Path, help="folder in which the build is kept for the next time")
    chosen = parser.parse_args(arguments)
    logging.disable(logging.WARNING)  # Streamlit warns that no browser is there
    with tempfile.TemporaryDirectory(prefix="campus-desk-") as temporary:
        started = datetime.now()
        home = desk_tickets.home(chosen.keep or Path(temporary), chosen.rows)
        print(
            f"{chosen.rows:,} tickets of 20 columns: loaded or found in "
            f"{(datetime.now() - started).total_seconds():.0f} s"
        )
        os.environ |= {"CAMPUS_DATA": str(home), "CAMPUS_KEY_FILE": str(home / "key")}
        print(f"{'round trip':<26}{'median':>10}{'p95':>10}{'bare SQL':>11}{'ratio':>8}")
        slow = 0
        for name, (page, trips) in ((name, view) for name, view in VIEWS.items() if chosen.only in name):
            spent, bare = measure(page, trips())
            middle, least = statistics.median(spent), statistics.median(bare)
            late = sorted(spent)[int(0.95 * len(spent))]
            slow += middle > LIMIT
            print(
                f"{name:<26}{middle * 1000:>7.0f} ms{late * 1000:>7.0f} ms{least * 1000:>8.0f} "
                f"ms{middle / least:>8.1f}",
                flush=True,
            )
    print(f"medians below {LIMIT * 1000:.0f} ms: {'met' if not slow else f'NOT met by {slow}'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
