"""From a point or a cell to the records behind it: the same filters, narrowed to what was clicked, in the address."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from metrics import Window, periods
from ui import links
from ui.filters import Filters
from ui.menu import FILES

# Dimensions that are filters on every page; the others narrow one list only and travel under their own name.
FILTERED = {"building": "buildings", "grid": "grids", "branch": "branches", "category": "categories"}


def narrowed(filters: Filters, window: Window, cell: dict[str, str]) -> tuple[Filters, dict[str, str]]:
    """Filters and extra query keys of one cell: dimension → value; 'week' and 'month' take their first day."""
    extra = {}
    for name, value in cell.items():
        if name in ("week", "month", "term"):
            window = _inside(window, pd.Timestamp(value).date(), name)
        elif name in FILTERED:
            filters = replace(filters, **{FILTERED[name]: (value,)})
        else:
            extra[name] = value
    return replace(filters, first_day=window.start, last_day=window.last_day), extra


def _inside(window: Window, first: date, every: str) -> Window:
    """The part of one period that lies inside the window."""
    period = periods(Window(first, first + timedelta(days=1)), every)[0]
    return Window(max(window.start, period.start), min(window.end, period.end))


def open_records(page, metric_key: str, cell: dict[str, str], **extra: str) -> None:
    """Go to the records of one cell; call it from a callback."""
    filters, more = narrowed(page.filters, page.window, cell)
    st.switch_page(FILES["records"], query_params=links.query(filters, metric=metric_key, **more, **extra))
