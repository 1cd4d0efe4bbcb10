"""What most pages are made of: tiles over the page's period, numbers per unit with part and whole, the latest records.

A number whose export never came is not drawn as nought: its tile says which export to provide and hands out the empty
table.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.ask.reading import answerable
from metrics.ask.selection import DIMENSIONS
from metrics.compare.tiles import changes, uncompared
from metrics.define import catalogue
from metrics.define import tables as known_tables
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from metrics.methods import funnel
from ui.charts import colours
from ui.frame import data, missing_exports, states
from ui.frame.page import Page
from ui.frame.words import escaped, unbroken
from ui.widgets import tables, unit_table


def tiles(page: Page, keys: Sequence[str], columns: int = 3) -> None:
    """One tile a metric, measured over the page's period and filters; one that fails says so and takes no other with
    it."""
    with st.grid(columns, min_column_width=250, gap="small"):
        for key in keys:
            metric = catalogue.get(key).at(page.window.last_day)
            with st.container(border=True, key=f"tile_{key}", gap="xxsmall", height="stretch"):
                try:
                    _tile(page, metric)
                except Exception as error:
                    states.failed(error, f"「{metric.label}」没有算出来，其他数字不受影响。")


def _tile(page: Page, metric: Metric) -> None:
    build = page.build
    if missing_exports.missing(build, metric.table):
        st.html(_inside(metric, "—", (f"还没有收到{missing_exports.title(build, metric.table)}的导出",), "没有数据"))
        with st.container(horizontal=True, gap="xsmall", key=f"tile_links_{metric.key}"):
            page.link("取空表", "quality", source=missing_exports.source(build, metric.table))
            page.link("怎么算", "glossary", metric=metric.key)
        return
    row, waits = page.measured(metric.key).iloc[0], missing_exports.waits(page, metric)
    compared = data.compared(build, metric.key, page.window, page.selection, page.scope)
    cannot = answerable.why_not(build, metric, (), page.selection)
    lines = (waits or cannot,) if waits or cannot else _lines(page, metric, row, changes(compared))
    verdict = missing_exports.NOT_RECEIVED if waits else _verdict(metric, row["value"])
    st.html(_inside(metric, metric.show(row["value"]), lines, verdict, uncompared(compared)))
    with st.container(horizontal=True, gap="xsmall", key=f"tile_links_{metric.key}"):
        page.link(
            "看记录", "records", metric=metric.key, which="part" if metric.kind.is_backlog else None
        )  # there the part is the number
        page.link("怎么算", "glossary", metric=metric.key)


def _lines(page: Page, metric: Metric, row: pd.Series, moved: tuple[str, ...]) -> tuple[str, ...]:
    """Part and whole with the metric it may not be shown without; interval; `moved` against the period before and a
    year ago; target."""
    parts = metric.show_part_whole(row["part"], row["whole"]) if metric.kind.has_parts else ""
    between = f"95 % 区间 {row['low']:.2f}–{row['high']:.2f}" if "low" in row and row["low"] == row["low"] else ""
    target = "" if metric.target is None else f"目标 {metric.show(metric.target)}"
    lines = [
        " · ".join(part for part in (parts, between, _beside(page, metric)) if part),
        " · ".join(moved),
        target,
    ]
    return tuple(line for line in lines if line)


def _beside(page: Page, metric: Metric) -> str:
    if not metric.beside:
        return ""
    other = catalogue.get(metric.beside)
    return f"{other.label} {other.show(page.measured(other.key).iloc[0]['value'])}"


def _verdict(metric: Metric, value: float) -> str:
    if metric.target is None or value != value or metric.better == "none":
        return ""
    met = value <= metric.target if metric.better == "down" else value >= metric.target
    return "达标" if met else "未达标"


def _inside(metric: Metric, shown: str, lines: Sequence[str], verdict: str, help_words: str = "") -> str:
    """`help_words`: told where the pointer rests, for they would only crowd the tile."""
    number, _, unit = shown.partition(" ")
    colour = {"达标": colours.GOOD, "未达标": colours.BAD}.get(verdict, colours.NEUTRAL)
    chip = (
        f'<span class="tile-verdict" style="color:{colour};border-color:{colour}">{escaped(verdict)}</span>'
        if verdict
        else ""
    )
    below = "".join(f'<div class="tile-line">{unbroken(line)}</div>' for line in lines)
    return (
        f'<div class="tile-top" title="{escaped(help_words)}"><span class="tile-label">{escaped(metric.label)}</span>'
        f"{chip}</div>"
        f'<div class="tile-middle"><span class="tile-number">{escaped(number)}<small> {escaped(unit)}</small>'
        f"</span></div>{below}"
    )


def value(page: Page, key: str) -> pd.Series | None:
    """part, whole, value of one metric over the page's period; None where no export tells of it or the records cannot
    be filtered so: unknown() says why. For sentences."""
    metric = catalogue.get(key)
    nothing = missing_exports.missing(page.build, metric.table) or missing_exports.waits(page, metric)
    cannot = nothing or answerable.why_not(page.build, metric, (), page.selection)
    return None if cannot else page.measured(key).iloc[0]


def unknown(page: Page, key: str) -> str:
    """「还没有收到微心愿的导出」, or why the records cannot be filtered so: instead of a number."""
    metric = catalogue.get(key)
    cannot = not missing_exports.missing(page.build, metric.table) and answerable.why_not(
        page.build, metric, (), page.selection
    )
    return cannot or f"还没有收到{missing_exports.title(page.build, metric.table)}的导出"


def funnel_of(page: Page, key: str, dimension: str) -> funnel.Funnel:
    """One proportion by units, with the bands chance allows; what has no unit is not one."""
    frame = page.measured(key, by=dimension)
    frame = frame[frame[dimension] != DIMENSIONS[dimension].missing]
    return funnel.funnel(frame.assign(name=[name(page, dimension, unit) for unit in frame[dimension]]))


def name(page: Page, dimension: str, unit: str) -> str:
    return members.name(page.build, dimension, unit)


def by(page: Page, keys: Sequence[str], dimension: str, title: str = "", note: str = "") -> None:
    """Units down, metrics across: number, part / whole, and the word of its verdict where it is not ordinary."""
    measured = [key for key in keys if not missing_exports.missing(page.build, catalogue.get(key).table)]
    columns = []
    for key in measured:
        metric, frame = catalogue.get(key), page.measured(key, by=dimension).set_index(dimension)
        told = (
            funnel_of(page, key, dimension).frame.set_index(dimension)["verdict"]
            if metric.kind.is_share_of_cases
            else None
        )
        columns.append(unit_table.Column(metric, frame, told))
    ids = list(dict.fromkeys(unit for column in columns for unit in column.frame.index))
    if not ids:
        states.empty("这段时间没有可以比较的数据。")
        return
    missing = DIMENSIONS[dimension].missing
    columns = [replace(column, frame=_with_noughts(column, ids)) for column in columns]
    heading = known_tables.get(catalogue.get(measured[0]).table).columns.get(
        DIMENSIONS[dimension].column, DIMENSIONS[dimension].label
    )
    rows = [unit_table.Row(unit, name(page, dimension, unit)) for unit in sorted(ids, key=lambda unit: unit == missing)]
    if title:
        st.markdown(f"**{title}**（大字是数值，小字是分子 / 分母）")
    st.html(unit_table.html(rows, columns, heading))
    st.caption(note or f"分母不足 {GREYED_BELOW} 的写成灰色。{unit_table.READING}")


def _with_noughts(column: unit_table.Column, ids: list[str]) -> pd.DataFrame:
    """A unit the answer does not name had nothing: a count of nought, but no rate."""
    frame = column.frame
    if not column.metric.is_amount or frame["value"].isna().any():  # of a period not told of yet nothing is nought
        return frame
    return frame.reindex(ids).fillna({"part": 0, "whole": 0, "value": 0})


def latest(
    page: Page,
    what: str,
    title: str,
    which: str = "whole",
    limit: int = 10,
    order: str | None = None,
    columns: tuple[str, ...] | None = None,
    nothing: str = "没有记录。",
) -> None:
    """The records of a metric or table, newest first unless told otherwise; a click on a row opens the record."""
    metric = next((each for each in catalogue.all() if each.key == what), None)
    table = known_tables.get(metric.table if metric else what)
    st.markdown(f"**{title}**")
    if missing_exports.missing(page.build, table.name):
        states.empty(missing_exports.sentence(page.build, table.name), remedy="")
        return
    rows, total = data.listed(
        page.build,
        what,
        page.window,
        page.selection,
        which=which,
        limit=limit,
        order=order,
        columns=columns,
        scope=page.scope,
    )
    shown = columns or table.listed
    rows = words_for(page, rows).assign(open="查看")
    listed = [tables.Column(each, table.label(each), kind_of(rows, each)) for each in shown]
    key = f"open_{what}_{which}"
    tables.draw(
        rows, [*listed, tables.Column("open", "记录", f"button:{key}")], key=f"latest_{what}_{which}", nothing=nothing
    )
    if clicked := st.session_state.get(key):
        page.open("records", record=f"{table.name}:{rows[table.id].iloc[clicked['row']]}")
    if total > len(rows):
        st.caption(f"共 {total:,} {table.noun}，列出 {len(rows):,} {table.noun}。")
    given = {"metric": what, "which": which} if metric else {"table": what}
    page.link("查看全部记录", "records", **given)


def words_for(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """Ids of places as names, truth values as words."""
    for column in rows:
        if column in ("building_id", "grid_id", "branch_id"):
            rows[column] = [page.names.get(value, value) for value in rows[column]]
        elif rows[column].dtype == bool:
            rows[column] = rows[column].map({True: "是", False: "否"})
    return rows


def kind_of(rows: pd.DataFrame, column: str) -> str:
    """How a column of records is drawn, by what it holds."""
    values = rows[column]
    if pd.api.types.is_datetime64_any_dtype(values):
        seconds = values.dt.hour * 3600 + values.dt.minute * 60 + values.dt.second
        return "day" if seconds.dropna().isin((0, 86399)).all() or column.endswith("due_at") else "moment"
    first = values.dropna().head(1)
    if len(first) and isinstance(first.iloc[0], date):
        return "day"
    return "count" if pd.api.types.is_integer_dtype(values) else "text"
