"""From a point or a cell to the records behind it, in one click.

The filters stay as they are and the cell travels beside them (cell=grid:G04&cell=week:2026-10-05), so that the way back
shows the same page, and the next page is not narrowed to one cell by accident. What the page itself keeps in the
address stays too: Streamlit leaves one entry of the old page with the new query in the browser's history.
"""

import streamlit as st

from ui.frame.menu import FILES

OWN = ("cell", "metric", "table", "which", "page", "order", "q", "record")


def address(current: dict[str, list[str]], metric_key: str, cell: dict[str, str]) -> dict[str, list[str]]:
    """The query of one cell's records: everything in `current` that is not the list's own, the metric, the cell."""
    kept = {key: values for key, values in current.items() if key not in OWN}
    return {**kept, "metric": [metric_key], "cell": [f"{name}:{value}" for name, value in cell.items()]}


def open_records(metric_key: str, cell: dict[str, str]) -> None:
    """Go to the records of one cell (dimension → value, 'week' and 'month' by their first day); call it from a
    callback."""
    current = {key: st.query_params.get_all(key) for key in st.query_params}
    st.switch_page(FILES["records"], query_params=address(current, metric_key, cell))
