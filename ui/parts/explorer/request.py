"""What the explorer is asked: measure, rows, columns, how to show it, what to compare with; all in the address."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from metrics.ask.selection import DIMENSIONS
from metrics.ask.window import Window
from metrics.compare import grounds
from metrics.compare.pivot import CLOCK, NAMES
from metrics.compare.pivot_question import CALENDAR
from metrics.define.catalogue import Metric
from ui.frame import choice, missing_exports, words
from ui.frame.page import Page
from ui.parts.heat import cells as heat_cells
from ui.parts.heat.heat import SHOW as SHOW_CELLS
from ui.widgets import metric_choice

NONE = "none"
SHOW = {"table": "表", "heat": "热力图", "line": "折线", "bar": "条形"}
SORT = {"size": "从多到少", "name": "按编号"}
AGAINST = {NONE: "不比较", "year": "与上年同教学周", "previous": "与上期", "base": "与另一段时间", "place": "两处相比"}
USUAL = ("ticket_count", "hazard_count", "incident_count", "drill_count")


@dataclass(frozen=True)
class PivotRequest:
    """column '' : rows only. colour: what a heatmap is coloured by. base: first day of the other period; of, pair:
    the dimension of the two places and their ids."""

    metric: Metric
    row: str
    column: str
    show: str
    sort: str
    against: str
    base: date | None = None
    of: str = ""
    pair: tuple[str, str] = ("", "")
    colour: str = "value"

    def describe(self) -> str:
        """「工单量 · 按楼宇 × 类别」"""
        return f"{self.metric.label} · 按{NAMES[self.row]}" + (f" × {NAMES[self.column]}" if self.column else "")


def controls(page: Page) -> PivotRequest:
    """Two rows of lists above the answer."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="explorer_what"):
        metric = metric_choice.choose(missing_exports.first_known(page.build, USUAL))
        against = choice.select("比较", "against", AGAINST, NONE, width=170)
        row = choice.select("行", "rows", _rows(against), "building", width=130)
        column = "" if against != NONE else _column(row)
        if against == NONE:
            show = choice.switch(
                "显示为", "show", {key: label for key, label in SHOW.items() if key in _ways(row, column)}, "table"
            )
            sort = choice.switch("顺序", "sort", SORT, "size")
            colour = (
                choice.switch("颜色", "colour", SHOW_CELLS, "value")
                if show == "heat" and heat_cells.can(metric, row, column)
                else "value"
            )
            return PivotRequest(metric, row, column, show, sort, against, colour=colour)
    if against == "place":
        of, pair = _places(page, row)
        return PivotRequest(metric, row, "", "table", "size", against, of=of, pair=pair)
    return PivotRequest(metric, row, "", "table", "size", against, base=_base(page) if against == "base" else None)


def _rows(against: str) -> dict[str, str]:
    """Two periods have no week and no month in common; a term holds both sides of two places."""
    barred = (*CALENDAR,) if against in ("previous", "year", "base") else ("term",) if against == "place" else ()
    return {name: label for name, label in NAMES.items() if name not in barred}


def _column(row: str) -> str:
    offered = {
        name: label for name, label in NAMES.items() if name != row and not (row in CALENDAR and name in CALENDAR)
    }
    usual = "category" if row != "category" else "building"
    chosen = choice.select("列", "across", {NONE: "不分列", **offered}, usual, width=130)
    return "" if chosen == NONE else chosen


def _ways(row: str, column: str) -> tuple[str, ...]:
    """A line needs something that runs on: days, weeks, hours."""
    runs = {row, column} & {*CALENDAR, *CLOCK}
    return ("table", *(("heat",) if column else ()), *(("line",) if runs else ()), "bar")


def _places(page: Page, row: str) -> tuple[str, tuple[str, str]]:
    """The dimension and the two of it, in the school's own order."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="explorer_places"):
        offered = {
            name: dimension.label for name, dimension in DIMENSIONS.items() if dimension.is_place and name != row
        }
        of = choice.select("比什么", "of", offered, next(iter(offered)), width=130)
        values = (
            page.measured("ticket_count", by=of)[of].tolist()
            if of == "kind"
            else list(page.options.ids[DIMENSIONS[of].field])
        )
        named = {value: page.names.get(value, value) for value in values}
        left = choice.select("这一处", "a", named, values[0], width=200)
        right = choice.select(
            "那一处",
            "b",
            {value: name for value, name in named.items() if value != left},
            next((one for one in values if one != left), values[0]),
            width=200,
        )
    return of, (left, right)


def _base(page: Page) -> date:
    """The first day of the other period, which is as long as the page's own; the one just before unless the address
    says otherwise."""
    usual = grounds.previous_window(page.window).start
    try:
        chosen = date.fromisoformat(st.query_params.get("base", usual.isoformat()))
    except ValueError:
        st.warning("链接里另一段时间的日期读不懂，已改为上期。")
        chosen = usual
    chosen = min(max(chosen, date(1990, 1, 1)), page.window.start - timedelta(days=1))
    st.session_state["explorer_base"] = chosen
    st.date_input(
        "另一段时间从哪天起",
        key="explorer_base",
        format="YYYY-MM-DD",
        max_value=page.window.start - timedelta(days=1),
        width=200,
        help=words.plain(f"与本期同样长，{page.window.days} 天"),
        on_change=lambda: st.query_params.update(base=st.session_state["explorer_base"].isoformat()),
    )
    return chosen


def base_window(page: Page, request: PivotRequest) -> tuple[Window | None, str, str, str]:
    """(the other period, 环比 or 同比, what it is called, why there is none)."""
    if request.against == "year":
        base, reason = grounds.last_year(page.build, page.window)
        return base, "同比", "上年同教学周", reason
    if request.against == "previous":
        return grounds.previous_window(page.window), "环比", "上期", ""
    first = request.base or grounds.previous_window(page.window).start
    base = page.window.shifted((first - page.window.start).days)
    return base, "对比", "基期", ""
