"""Rows of records as they are shown and taken away: names for ids, words for yes and no, where a search matched."""

import pandas as pd

from metrics.ask import record_search
from metrics.define import tables
from ui.frame import data
from ui.frame.page import Page
from ui.parts.records.request import Asked
from ui.widgets import tables as drawn

PLACES = ("building_id", "grid_id", "branch_id")
MATCH = "_match"  # a column of our own making


def fetch(page: Page, asked: Asked, limit: int, offset: int) -> tuple[pd.DataFrame, int]:
    """Rows and their total, with the very filters the number had; beside the columns asked for what cards and matches need."""
    table = tables.get(asked.table)
    beside = (*(table.searched if asked.text else ()), *(("description",) if "description" in table.columns else ()))
    wanted = tuple(dict.fromkeys((table.id, *asked.columns, *beside)))
    rows, total = data.listed(
        page.build,
        asked.what,
        page.window,
        page.selection,
        asked.which if asked.has_parts else "whole",
        asked.cell,
        limit,
        offset,
        asked.order,
        asked.text,
        wanted,
        page.scope,
        asked.same,
    )
    if asked.text:
        rows[MATCH] = [record_search.place(table, row, asked.text) for row in rows.to_dict("records")]
    return _named(rows, page), total


def _named(rows: pd.DataFrame, page: Page) -> pd.DataFrame:
    """Ids of places as names, truth values as words."""
    for column in rows:
        if column in PLACES:
            rows[column] = [page.names.get(value, value) for value in rows[column]]
        elif rows[column].dtype == bool:
            rows[column] = rows[column].map({True: "是", False: "否"})
    return rows


def columns(asked: Asked, rows: pd.DataFrame) -> list[drawn.Column]:
    """What to draw of them, in the reader's order."""
    known = tables.get(asked.table)
    return [drawn.Column(name, known.label(name), _kind(name, rows[name])) for name in asked.columns]


def _kind(name: str, values: pd.Series) -> str:
    """How a column is drawn: by its name, numbers by what they are."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return "count" if (values.dropna() % 1 == 0).all() else "decimal"
    return "moment" if name.endswith("_at") else "day" if name.endswith(("_start", "_on", "_day")) else "text"


def matched(match: record_search.Match | None) -> str:
    """「描述：…卫生间【漏水】，流到走廊…」"""
    return f"{match.label}：{match.before}【{match.hit}】{match.after}" if match else ""


def said(value: object) -> str:
    """One cell in words for a card; '' for what is missing."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
