"""The heatmap page of a place dimension: what is measured, against what, which rows; a click opens the records."""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.ask.selection import DIMENSIONS, UNRECOGNISED, Selection
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from ui.charts.heat import heatmap
from ui.charts.style import plain_label
from ui.charts.time_axis import Calendar, period_label
from ui.frame import choice, missing_exports, open_records, states
from ui.frame.page import Page
from ui.parts.heat import cells as heat_cells
from ui.parts.heat import hot_spots
from ui.parts.heat import table as heat_table
from ui.parts.heat.table import Axes
from ui.widgets import chart_show

MEASURES = (
    "ticket_count",
    "hazard_count",
    "ticket_rate_per_1000",
    "hazard_reporting_rate",
    "ticket_on_time_rate",
    "hazard_on_time_rate",
    "ticket_reopen_rate",
    "hazard_overdue_open",
)
SHOW = {"value": "数值", "excess": "与预期之差"}
ACROSS = {"week": "地点 × 周", "category": "地点 × 类别", "clock": "星期 × 时段"}
SORT = {"total": "重点在前", "name": "按编号"}
MOST_ROWS = 20
PAST_DAYS = 200  # a longer span is not compared with the year before it: little would be left to call its own past


@dataclass(frozen=True)
class View:
    """What the address asks to see."""

    metric: Metric
    show: str
    across: str
    sort: str
    everything: bool


def controls(page: Page, place: str) -> View:
    """Measure, value or excess, the columns, the order of rows: all in the address."""
    across = {key: words.replace("地点", DIMENSIONS[place].label) for key, words in ACROSS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="heat_controls"):
        key = choice.select(
            "看什么",
            "metric",
            {key: catalogue.get(key).label for key in MEASURES},
            missing_exports.first_known(page.build, MEASURES),
            width=200,
        )
        chosen = choice.switch("怎么排", "across", across, "week")
        shown = choice.switch("显示", "show", SHOW, "value")
        clock = chosen == "clock"
        order = "total" if clock else choice.switch("行的顺序", "sort", SORT, "total")
        everything = clock or choice.tick("显示全部", "all")
    return View(catalogue.get(key), shown, chosen, order, everything)


def draw(page: Page, place: str, view: View) -> None:
    """Headline, heatmap, how to read it."""
    if missing_exports.announced(page, view.metric):
        return
    row, column = ("weekday", "hour") if view.across == "clock" else (place, _column(page, view))
    if missing_exports.refused(page, view.metric, (row, column)):
        return
    cells, spots = heat_cells.judged(page, view.metric, row, column)
    if not len(cells) or cells["part"].sum() + cells["whole"].sum() == 0:
        page.headline(f"{view.metric.label}：这段时间、这个范围内没有记录")
        states.empty("这段时间、这个范围内没有记录。")
        return
    past = against_past(page, view.metric, row)
    axes, hidden = _axes(page, view, row, column, cells, [*past[row], *(one.place for one in spots)])
    every = Axes(
        row,
        column,
        {value: members.name(page.build, row, value) for value in cells[row].unique()},
        axes.columns,
        axes.hovers,
    )
    page.headline(
        heat_table.headline(past, cells, every, view.metric, hot_spots.sentence(page, view.metric, spots, place))
    )
    table = heat_table.matrix(
        cells, _totals(page, view.metric, row, past), axes, view.metric, view.show == "excess", spots
    )
    figure = heatmap(table, title=_title(view, row, column, cells), subtitle=_subtitle(page, view))
    chart_show.show(
        figure,
        "heat",
        lambda at, to: open_records.open_records(view.metric.key, {row: at, column: to}),
        narrowest=150 + (34 if len(axes.columns) <= heat_table.MOST_WRITTEN else 18) * len(axes.columns),
        hint="点一格看记录",
    )
    _reading(
        view, hidden, DIMENSIONS[place].label, len(past) > 0, bool(heat_cells.place_of(page, view.metric, row, column))
    )
    with st.container(horizontal=True, gap="small"):
        page.link("查看这个范围的全部记录", "records", metric=view.metric.key)
        page.link("这个指标怎么算", "glossary", metric=view.metric.key)


def block(page: Page, metric: Metric, row: str, column: str, key: str, show: str = "value") -> None:
    """One heatmap of counts without controls, for a page about one place; every cell opens its records."""
    view = View(metric, show, "clock", "name", True)
    cells, _ = heat_cells.judged(page, metric, row, column)
    axes, _ = _axes(page, view, row, column, cells, [])
    axes = replace(
        axes, columns={value: re.sub(r"^第(\d+)周$", r"\1", words) for value, words in axes.columns.items()}
    )  # narrow: the hover says it whole
    table = heat_table.matrix(
        cells, _totals(page, metric, row, pd.DataFrame({row: []})), axes, metric, show == "excess"
    )
    figure = heatmap(table, title=_title(view, row, column, cells), subtitle=_subtitle(page, view))
    chart_show.show(
        figure,
        key,
        lambda at, to: open_records.open_records(metric.key, {row: at, column: to}),
        narrowest=110 + 16 * len(axes.columns),
    )


def _column(page: Page, view: View) -> str:
    """Weeks, or months where so many weeks could not be read."""
    return "category" if view.across == "category" else hot_spots.period(page)


def against_past(page: Page, metric: Metric, row: str, selection: Selection | None = None) -> pd.DataFrame:
    """Places whose whole number left their own level of the past year, most excess first; only counts have one."""
    judged = by_past(page, metric, row, selection)
    clear = judged[np.array([one.is_clear for one in judged["verdict"]], dtype=bool)]
    return clear.sort_values("excess", key=abs, ascending=False)


def by_past(page: Page, metric: Metric, row: str, selection: Selection | None = None) -> pd.DataFrame:
    """Every place against its own past year. All of them are looked at, whichever of them the page shows: a place has
    the same word here, on the map and on its own page."""
    if row == "weekday" or not metric.kind.counts_cases or page.window.days > PAST_DAYS:
        return pd.DataFrame({row: [], "excess": [], "verdict": []})
    only = page.selection if selection is None else selection
    field = DIMENSIONS[row].field
    judged = page.expected(metric.key, row, basis="past", selection=replace(only, **{field: ()}))
    chosen = getattr(only, field)
    return judged[judged[row].isin(chosen)] if chosen else judged


def _axes(page: Page, view: View, row: str, column: str, cells: pd.DataFrame, notable: list[str]) -> tuple[Axes, int]:
    """Rows and columns to show, and how many rows are left out; what left its own past or is a hot spot comes first."""
    order = list(cells[row].unique())
    if view.sort == "total" and row != "weekday":
        weight = _weight(cells, view).groupby(cells[row], sort=False).agg("max" if view.show == "excess" else "sum")
        order = list(weight.sort_values(ascending=False, kind="stable").index)
        first = list(dict.fromkeys(notable))  # it matters more than a place that is always large
        order = [*first, *(value for value in order if value not in first)]
    order = sorted(order, key=lambda value: value == UNRECOGNISED)  # last, and never left out
    shown = order if view.everything or len(order) <= MOST_ROWS else [*order[: MOST_ROWS - 1], order[-1]]
    calendar = chart_show.calendar(page)
    columns, hovers = {}, {}
    for value in cells[column].unique():
        columns[value], hovers[value] = _column_words(column, value, calendar)
    return Axes(row, column, {value: members.name(page.build, row, value) for value in shown}, columns, hovers), len(
        order
    ) - len(shown)


def _weight(cells: pd.DataFrame, view: View) -> pd.Series:
    """What makes a row matter: excess beyond chance, misses of a rate, else the number itself."""
    if view.show == "excess":
        return cells["excess"].fillna(0).abs() * (1 + 1000 * cells["significant"].fillna(False).astype(float))
    if view.metric.is_rate:
        return cells["whole"] - cells["part"] if view.metric.better == "up" else cells["part"]
    return cells["value"].fillna(0)


def _column_words(column: str, value: Any, calendar: Calendar) -> tuple[str, str]:
    """Short words for the axis, long ones for the hover."""
    if column == "week":
        words = period_label(value, "week", calendar)
        short = words.split("（")[0].replace("教学周", "周")
        return (short if short.startswith("第") else f"{value:%m-%d}"), words
    if column == "month":
        return f"{value:%y-%m}", f"{value:%Y-%m}"
    if column == "hour":
        return f"{value}", f"{value} 时至 {int(value) + 1} 时"
    return plain_label(value, 8), str(value)


def _totals(page: Page, metric: Metric, row: str, past: pd.DataFrame) -> dict[str, str]:
    """The row's own number; bold with a dot where it left the place's own past."""
    measured, odd = page.measured(metric.key, by=row), set(past[row])
    shown = {
        key: metric.show(value).removesuffix(metric.unit).strip()
        for key, value in zip(measured[row], measured["value"], strict=True)
    }
    return {key: f"<b>{words}</b>•" if key in odd else words for key, words in shown.items()}


def _title(view: View, row: str, column: str, cells: pd.DataFrame) -> str:
    names = {"weekday": "星期", "hour": "时段", "week": "周", "month": "月", "category": "类别"}
    rows = names.get(row) or DIMENSIONS[row].label
    return f"{rows} × {names[column]}：{heat_table.finding(cells, (row, column))}"


def _subtitle(page: Page, view: View) -> str:
    shown = heat_table.shown(view.metric, view.show == "excess")
    return f"{view.metric.label} · {shown} · {page.window.describe()}"


def _reading(view: View, hidden: int, label: str, marked: bool, scanned: bool) -> None:
    parts = [
        "粗体带点的格子比预期明显偏多或偏少（已按格子数校正）",
        "预期按所在行和列的合计推算",
        "斜线表示没有数据，不是 0",
    ]
    if scanned:
        parts[0] = (
            f"线框和粗体带点的格子是热点，不带点的深格子还不足以定论（明显偏少的也带点，已按格子数校正）。{hot_spots.RULE}"
        )
    if view.metric.is_rate or view.metric.kind.is_backlog:
        parts[1] = "预期按全部格子共同的比率推算"
    elif marked:
        parts.append("合计带点的比自己过去一年的水平明显偏多或偏少")
    if view.metric.is_rate:
        if view.show == "value":
            parts.append("颜色越深，比率越低" if view.metric.better == "up" else "颜色越深，比率越高")
        parts.append(f"浅灰格子的分母不足 {GREYED_BELOW}")
    st.caption("；".join(parts) + "。" + (f"还有 {hidden} 个{label}没有列出，打开“显示全部”可见。" if hidden else ""))
