"""Tables on the screen and the files they are taken away as: Chinese headers, words never read as markup or formula."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
import xlsxwriter

from ui import states

# A spreadsheet runs what begins with these (and with their full-width forms); an apostrophe makes it plain text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """One column of a table: name in the frame, what the header says, and how its cells read.

    kind: text, count (thin separators), decimal (one digit after the point), percent (fraction → 「80.6 %」), moment, day, bar (count with a bar in the cell),
    button:KEY (the cell is a button; st.session_state[KEY]["row"] says which was clicked).
    """

    name: str
    label: str
    kind: str = "text"
    width: str | int | None = None
    help: str = ""


def draw(frame: pd.DataFrame, columns: Sequence[Column], key: str, nothing: str = "没有记录。", **options):
    """A table of `columns` in that order; an empty frame is said in words. Further options go to st.dataframe."""
    if frame.empty:
        states.empty(nothing, remedy="")
        return None
    shown = readable(frame, columns)
    settings = {column.label: _setting(column, shown) for column in columns}
    return st.dataframe(shown, hide_index=True, column_config=settings, placeholder="—", key=key, **options)


def readable(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The columns asked for, under their Chinese labels, missing text as it is (drawn 「—」)."""
    shown = frame[[column.name for column in columns]].copy()
    shown.columns = [column.label for column in columns]
    for column in columns:
        if column.kind == "percent":
            shown[column.label] = shown[column.label] * 100
    return shown


def _setting(column: Column, shown: pd.DataFrame):
    width = column.width or {"moment": 150, "day": 120}.get(column.kind)
    config, common = st.column_config, {"width": width, "help": column.help or None}
    if column.kind == "right":  # numbers already in words
        return config.TextColumn(column.label, alignment="right", **common)
    if column.kind == "count":
        return config.NumberColumn(column.label, format="%,d", **common)
    if column.kind == "decimal":
        return config.NumberColumn(column.label, format="%,.1f", **common)
    if column.kind == "percent":
        return config.NumberColumn(column.label, format="%.1f %%", **common)
    if column.kind == "moment":
        return config.DatetimeColumn(column.label, format="YYYY-MM-DD HH:mm", **common)
    if column.kind == "day":
        return config.DateColumn(column.label, format="YYYY-MM-DD", **common)
    if column.kind.startswith("button:"):  # the rest is the key the click is kept under
        return config.ButtonColumn(column.label, type="tertiary", key=column.kind.partition(":")[2], **common)
    if column.kind == "bar":
        most = shown[column.label].max()
        return config.ProgressColumn(column.label, format="%,d", min_value=0, max_value=float(most) if most > 0 else 1.0, **common)
    return config.TextColumn(column.label, **common)


def guarded(value: object) -> object:
    """Text a spreadsheet would run as a formula, with an apostrophe before it; anything else unchanged."""
    if isinstance(value, str) and value.lstrip(" \u3000\u00a0\ufeff\u200b").startswith(DANGEROUS):
        return "'" + value
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def to_csv(frame: pd.DataFrame) -> bytes:
    """CSV that Excel opens in Chinese (UTF-8 with its mark), every text cell and header guarded."""
    safe = frame.map(guarded).rename(columns=guarded)
    return safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d %H:%M").encode("utf-8-sig")


def to_xlsx(frame: pd.DataFrame, sheet: str) -> bytes:
    """One sheet, header bold and frozen, text written as text: no formula, no link can come out of a cell."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(memory, options) as book:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31] or "表")
        bold = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, label in enumerate(frame.columns):
            page.write_string(0, place, str(label), bold)
            page.set_column(place, place, 16)
            for row, value in enumerate(frame.iloc[:, place], start=1):
                _write_cell(page, row, place, value, moment)
        page.freeze_panes(1, 0)
    return memory.getvalue()


def _write_cell(page, row: int, place: int, value: object, moment) -> None:
    if pd.isna(value):
        return
    if isinstance(value, bool):
        page.write_string(row, place, "是" if value else "否")
    elif isinstance(value, pd.Timestamp):
        page.write_datetime(row, place, value.to_pydatetime(), moment)
    elif isinstance(value, int | float):
        page.write_number(row, place, value)
    else:
        page.write_string(row, place, str(value)[:32000])


def downloads(frame: pd.DataFrame, columns: Sequence[Column], name: str, key: str) -> None:
    """Two buttons: the whole table as Excel and as CSV, made only when clicked. `name` is the file's name without ending."""
    if frame.empty:
        return
    table = frame[[column.name for column in columns]].set_axis([column.label for column in columns], axis=1)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "导出 Excel", lambda: to_xlsx(table, name), f"{name}.xlsx", icon=":material/download:", on_click="ignore", key=f"{key}_xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )  # fmt: skip
        st.download_button(
            "导出 CSV", lambda: to_csv(table), f"{name}.csv", icon=":material/download:", on_click="ignore", key=f"{key}_csv", mime="text/csv"
        )
