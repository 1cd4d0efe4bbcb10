"""Rows of records as they are shown and taken away: names for ids, words for yes and no, where a search matched."""

import pandas as pd

from metrics.ask import record_search
from metrics.define import tables
from ui.frame import data
from ui.frame.page import Page
from ui.parts.records.request import ListRequest
from ui.widgets import tables as drawn

PLACES = ("building_id", "grid_id", "branch_id")
MATCH = "_match"  # a column of our own making


def fetch(page: Page, request: ListRequest, limit: int, offset: int) -> tuple[pd.DataFrame, int]:
    """Rows and their total, with the very filters the number had; beside the columns asked for what cards and matches
    need."""
    table = tables.get(request.table)
    beside = (*(table.searched if request.text else ()), *(("description",) if "description" in table.columns else ()))
    wanted = tuple(dict.fromkeys((table.id, *request.columns, *beside)))
    rows, total = data.listed(
        page.build,
        request.what,
        page.window,
        page.selection,
        request.which if request.has_parts else "whole",
        request.cell,
        limit,
        offset,
        request.order,
        request.text,
        wanted,
        page.scope,
        request.same,
    )
    if request.text:
        rows[MATCH] = [record_search.place(table, row, request.text) for row in rows.to_dict("records")]
    return _named(rows, page), total


def _named(rows: pd.DataFrame, page: Page) -> pd.DataFrame:
    """Ids of places as names, truth values as words."""
    for column in rows:
        if column in PLACES:
            rows[column] = [page.names.get(value, value) for value in rows[column]]
        elif rows[column].dtype == bool:
            rows[column] = rows[column].map({True: "是", False: "否"})
    return rows


def columns(request: ListRequest, rows: pd.DataFrame) -> list[drawn.Column]:
    """What to draw of them, in the reader's order."""
    table = tables.get(request.table)
    return [drawn.Column(name, table.label(name), _kind(name, rows[name])) for name in request.columns]


def _kind(name: str, values: pd.Series) -> str:
    """How a column is drawn: by its name, numbers by what they are."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return "count" if (values.dropna() % 1 == 0).all() else "decimal"
    return "moment" if name.endswith("_at") else "day" if name.endswith(("_start", "_on", "_day")) else "text"


def matched(match: record_search.Match | None) -> str:
    """「描述：…卫生间【漏水】，流到走廊…」"""
    return f"{match.label}：{match.before}【{match.hit}】{match.after}" if match else ""


def text_of(value: object) -> str:
    """One cell in words for a card; '' for what is missing."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
