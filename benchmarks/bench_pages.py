"""Server time of every page: the time Streamlit's script needs for one run, in this process, without browser and
network.

Prints per page the first run (caches empty) and the median of the following ones, and each as a ratio to the plainest
question a page can ask, one count over the tickets, so that figures from two machines can be compared.
"""

import logging
import statistics
import time
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

import warehouse
from ui.frame.menu import FILES

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 10


def page_times(file: str) -> tuple[float, float]:
    """Seconds of the first run with empty caches and the median of REPEATS runs after it."""
    st.cache_data.clear()
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    times = [timed(lambda: app.switch_page(file).run())]
    times += [timed(app.run) for _ in range(REPEATS)]
    if failed := [*app.exception, *app.error]:
        raise RuntimeError(f"{file}: {failed[0].value}")
    return times[0], statistics.median(times[1:])


def timed(function) -> float:
    """Seconds one call takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def bare_query() -> float:
    """Median seconds of one count over all tickets of the current build."""
    build = warehouse.current()
    return statistics.median(
        timed(lambda: build.query("SELECT count(*) FROM tickets WHERE is_ticket")) for _ in range(20)
    )


def main() -> None:
    """Print the table for the current build."""
    logging.disable(logging.WARNING)  # Streamlit warns that no browser is there
    base = bare_query()
    print(f"{'page':<12}{'first run':>12}{'again':>10}{'first / bare count':>22}{'again / bare count':>22}")
    for key, file in FILES.items():
        first, again = page_times(file)
        print(f"{key:<12}{first * 1000:>9.0f} ms{again * 1000:>7.0f} ms{first / base:>22.0f}{again / base:>22.0f}")


if __name__ == "__main__":
    main()
