"""Tables on the screen, and the way to take them away: Chinese headers, words never read as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from metrics.define import numbers
from ui.export import export
from ui.frame import states


@dataclass(frozen=True)
class Column:
    """One column of a table: name in the frame, what the header says, and how its cells read.

    kind: text, count (thin separators), decimal (one digit after the point), percent (fraction → 「80.6 %」), moment,
    day, bar (count with a bar in the cell), button:KEY (the cell is a button; st.session_state[KEY]["row"] says which
    was clicked).
    """

    name: str
    label: str
    kind: str = "text"
    width: int | Literal["small", "medium", "large"] | None = None
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
    """The columns asked for, under their Chinese labels, missing text as it is (drawn 「—」).

    Fractions are cut here as everywhere else: the browser, given more digits, would round by a rule of its own.
    """
    shown = frame[[column.name for column in columns]].copy()
    shown.columns = [column.label for column in columns]
    for column in columns:
        if column.kind == "percent":
            shown[column.label] = [_cut(numbers.percent(value)) for value in shown[column.label]]
        if column.kind == "decimal":
            shown[column.label] = [_cut(numbers.decimal(value)) for value in shown[column.label]]
    return shown


def _cut(text: str) -> float:
    """The number that stands in a text; NaN for 「—」."""
    return float("nan") if text == numbers.NONE else float(text.removesuffix(" %").replace(",", ""))


def _setting(column: Column, shown: pd.DataFrame):
    width = column.width or {"moment": 150, "day": 120}.get(column.kind)
    config = st.column_config
    common: dict[str, Any] = {"width": width, "help": column.help or None}
    if column.kind == "right":  # numbers already in words
        return config.TextColumn(column.label, alignment="right", **common)
    if column.kind == "count":
        return config.NumberColumn(column.label, format=_counted(shown[column.label]), **common)
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
        return config.ProgressColumn(
            column.label,
            format=_counted(shown[column.label]),
            min_value=0,
            max_value=float(most) if most > 0 else 1.0,
            **common,
        )
    return config.TextColumn(column.label, **common)


def _counted(values: pd.Series) -> str:
    """How counts read: in whole numbers, unless one of them is none (hours added up); 「%,d」 would cut 46.5 to 46."""
    known = pd.to_numeric(values, errors="coerce").dropna()
    return "%,d" if (known == known.round()).all() else "%,.1f"


def downloads(frame: pd.DataFrame, columns: Sequence[Column], name: str, key: str) -> None:
    """The whole table as Excel, CSV or Parquet, written down in the audit log when clicked. `name` is the file's name
    without ending."""
    if not frame.empty:
        export.offer(
            key,
            name,
            export.of_page(name, len(frame)),
            lambda _most: frame[[column.name for column in columns]].set_axis(
                [column.label for column in columns], axis=1
            ),
        )
