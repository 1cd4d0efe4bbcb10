"""Keys: / to the search, ← → to the neighbouring week, ? for this list. A small script in the first HTML presses what
the page has drawn.

Hidden buttons do the work, so that a key does nothing a click could not, and the address stays the truth.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import streamlit as st

from metrics.ask.window import WEEK, Window
from ui.frame import links
from ui.frame.filters import Filters
from ui.frame.menu import FILES
from warehouse import Build

EARLIEST = date(2000, 1, 3)
FILE = Path(__file__).parents[1] / "assets" / "keys.js"
WORDS = {
    "title": "快捷键",
    "close": "知道了",
    "keys": [["/", "搜索记录"], ["←", "前一周"], ["→", "后一周"], ["?", "显示或收起这张表"], ["Esc", "收起"]],
}


def script() -> str:
    """The script as it stands in the page."""
    return FILE.read_text(encoding="utf-8").replace("__WORDS__", json.dumps(WORDS, ensure_ascii=False))


def draw_buttons(filters: Filters, build: Build, write: Callable[[Filters], None], has_period: bool) -> None:
    """What the keys press: the way to the search, and on a page with a period the same span a week earlier or later."""
    with st.container(key="keys"):
        st.page_link(FILES["records"], label="搜索", query_params=links.query(filters))
        for name, weeks in (("key_before", -1), ("key_after", 1)) if has_period else ():
            moved = shifted(filters, build, weeks)
            st.button(
                "前一周" if weeks < 0 else "后一周",
                key=name,
                on_click=write,
                args=(moved or filters,),
                disabled=moved is None,
            )


def shifted(filters: Filters, build: Build, weeks: int) -> Filters | None:
    """The same span so many weeks on; the preset again where it comes to lie on it; None beyond the week the data
    ends in."""
    now, preset = filters.window(build), replace(filters, first_day=None, last_day=None)
    moved = Window(now.start + weeks * WEEK, now.end + weeks * WEEK)
    if moved.end > Window.recent_weeks(build.data_date, 1).end or moved.start < EARLIEST:
        return None
    return (
        preset
        if moved == preset.window(build)
        else replace(filters, first_day=moved.start, last_day=moved.end - timedelta(days=1))
    )
