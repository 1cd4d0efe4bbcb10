"""The rows behind a number, with exactly the filters that made it; one record and the states it went through."""

import json

import numpy as np
import pandas as pd

from metrics.ask import record_page, record_search, sql
from metrics.ask.question import Question
from metrics.ask.reading.rows import behind
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue, tables
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName, unknown
from metrics.define.tables import Table
from warehouse import Build

WHICH = ("whole", "part", "miss")


def records(
    build: Build,
    what: str | Metric | Table,
    window: Window | None,
    only: Selection = ALL,
    which: str = "whole",
    by_values: dict | None = None,
    limit: int | None = 100,
    offset: int = 0,
    order: str | None = None,
    text: str = "",
    columns: tuple[str, ...] | None = None,
    scope: Scope = EVERYTHING,
    same: dict[str, str] | None = None,
) -> tuple[pd.DataFrame, int]:
    """(one page of rows, how many there are) behind a metric, or of a plain table by name.

    For a metric, the total equals measure()'s whole or part for the same window, filters and cell (`by_values`:
    dimension → value, virtual ones too); `miss` is whole without part. For a ratio of sums it is the rows that were
    summed; for a rate per residents the rows counted. `order` is a column, "-column" for falling; `text` is looked for
    in the table's searched columns (metrics.ask.record_search); `same`: column → the value it must have ('' for none).
    Raises UnknownName for a name that does not exist.
    """
    table, conditions, bound, time = _asked(build, what, window, only, which, by_values or {}, scope)
    conditions += record_search.conditions(table, text, bound) + _alike(table, same or {}, bound)
    rows = sql.source(table.name, sql.needs_building(tuple(by_values or ()), only)) + " " + sql.where(conditions)
    source = record_page.Source(table, rows, bound.values, bool(text.split()))
    return source.page(build, _columns(table, columns), record_page.Order.of(table, order, time), limit, offset)


def _asked(build, what, window, only, which, by_values, scope):
    """Table, conditions, bound values and time column of a metric's or a table's rows."""
    if which not in WHICH:
        raise unknown("记录范围", which, WHICH)
    bound = sql.Bound()
    if isinstance(what, Table) or (isinstance(what, str) and what in tables.all()):
        table = tables.get(what) if isinstance(what, str) else what
        time = sql.column(table.name, table.time)
        conditions = sql.within(time, window, bound) + ([sql.column(table.name, table.cohort)] if table.cohort else [])
        conditions += sql.selected(only, bound) + sql.visible(scope, bound) + sql.at_cell(by_values, time, bound)
        return table, conditions, bound, table.time
    metric = catalogue.get(what)
    if metric.is_standing:
        window, by_values = _standing_cell(window, by_values)
    question = Question(build, metric, window, (), None, only, scope)
    conditions = question.conditions(bound, None if metric.is_standing else window)
    conditions += behind(question, which, bound) + sql.at_cell(by_values, question.time, bound)
    return tables.get(metric.table), conditions, bound, metric.time


def _standing_cell(window: Window, by_values: dict) -> tuple[Window, dict]:
    """A stock's cell of a week or month is counted at the end of that week or month."""
    for name in ("week", "month"):
        if name in by_values:
            day = sql.day(by_values[name])
            cell = Window.week(day) if name == "week" else Window.month(day)
            return Window(cell.start, min(cell.end, window.end)), {
                key: value for key, value in by_values.items() if key != name
            }
    return window, by_values


def _alike(table: Table, same: dict[str, str], bound: sql.Bound) -> list[str]:
    """A column must read exactly so; '' stands for nothing written."""
    return [
        f"{sql.column(table.name, name)}::VARCHAR = {bound(value)}"
        if value
        else f"{sql.column(table.name, name)} IS NULL"
        for name, value in same.items()
    ]


def _columns(table: Table, columns: tuple[str, ...] | None) -> list[str]:
    wanted = list(columns) if columns is not None else list(table.listed)
    for name in wanted:
        table.label(name)
    return wanted if table.id in wanted else [table.id, *wanted]


def record(build: Build, table: str, record_id: str, scope: Scope = EVERYTHING) -> dict[str, object]:
    """Every declared column of one record. Raises UnknownName when it does not exist or may not be seen."""
    facts, bound = tables.get(table), sql.Bound()
    conditions = [f"{sql.FACT}.{facts.id} = {bound(str(record_id))}", *sql.visible(scope, bound)]
    picked = ", ".join(f"{sql.column(table, name)} AS {name}" for name in facts.columns)
    rows = build.query(f"SELECT {picked} {sql.source(table, False)} {sql.where(conditions)}", bound.values)
    if rows.empty:
        raise UnknownName(f"没有编号为「{record_id}」的{facts.title}记录，或者不在可见范围内，请核对编号。")
    return {name: _plain(value) for name, value in rows.iloc[0].items()}


def _plain(value: object) -> object:
    """None for what is missing, Python's own types for numbers and truth values, Timestamps as they are."""
    return None if pd.isna(value) else value.item() if isinstance(value, np.generic) else value


def history(build: Build, table: str, record_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """States of one record in the order they were exported: sequence, seen_at, status_text, changes (label → [old,
    new]), file_name, sheet, row_number. Empty when the source keeps none; raises UnknownName as record() does."""
    record(build, table, record_id, scope)
    states = build.query(
        """SELECT state.sequence, state.seen_at, state.status_text, state.changes, files.name AS file_name,
                  state.sheet, state.row_number
           FROM record_states state LEFT JOIN files USING (file_id)
           WHERE state.table_name = $name AND state.record_id = $id ORDER BY state.sequence""",
        {"name": table, "id": str(record_id)},
    )
    states["changes"] = [json.loads(text) if isinstance(text, str) and text else {} for text in states["changes"]]
    return states
