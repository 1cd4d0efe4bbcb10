"""What a reader may choose on the list of records: table, number, part of it, search, columns and order; all of it in
the address."""

import streamlit as st

from metrics.define import catalogue, tables
from ui.frame import choice
from ui.parts.records.request import MOST_COLUMNS, WHICH, ListRequest
from ui.widgets import metric_choice

ROWS = "rows"  # the choice of a table's records without any number
OWN = ("metric", "table", "which", "page", "cols", "order", "same")  # what means nothing to another table
WAYS = {"down": "大的、新的在前", "up": "小的、早的在前"}


def draw(request: ListRequest) -> None:
    """The row of controls, set from the address before they are drawn."""
    titles = {name: table.title for name, table in tables.all().items()}
    options = {ROWS: "全部记录"} | {
        metric.key: metric.label for metric in catalogue.all() if metric.table == request.table
    }
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="record_controls"):
        metric_choice.about(titles, request.table, lambda table: _show("table", table), width=180)
        st.session_state["choice_what"] = request.metric.key if request.metric else ROWS
        st.selectbox(
            "看哪些记录",
            list(options),
            key="choice_what",
            format_func=lambda key: options.get(key, ""),
            width=220,
            filter_mode=None,
            on_change=_what_touched,
            args=(request.table,),
            placeholder="选择指标",
        )
        if request.metric and request.has_parts:
            choice.switch("范围", "which", WHICH[request.metric.better == "up"], "whole", forget=("page",))
        st.session_state["choice_q"] = request.text
        st.text_input(
            "搜索",
            key="choice_q",
            placeholder="编号、描述、地点里的字，空格隔开",
            max_chars=40,
            width=250,
            on_change=_searched,
        )
        _columns_and_order(request)
        if request.cell or request.same:
            st.button(
                "不限这一格" if request.cell else "不限这一条",
                icon=":material/close:",
                type="tertiary",
                on_click=_leave_cell,
                key="leave_cell",
            )


def _columns_and_order(request: ListRequest) -> None:
    table, (sorted_by, falling) = tables.get(request.table), request.sorted_by
    words = f"{len(request.columns)} 列 · 按{table.label(sorted_by)}{'↓' if falling else '↑'}"
    with st.popover(words, icon=":material/view_column:", help="选择显示哪些列、按哪一列排"):
        st.session_state["choice_columns"] = list(request.columns)
        st.multiselect(
            "显示的列",
            list(table.columns),
            key="choice_columns",
            format_func=lambda name: table.columns.get(name, ""),
            max_selections=MOST_COLUMNS,
            on_change=_columns_touched,
            args=(request.table,),
            placeholder="选择列",
        )
        names = list(dict.fromkeys((*request.columns, sorted_by)))
        st.session_state["choice_sorted_by"] = sorted_by
        st.selectbox(
            "按哪一列排",
            names,
            key="choice_sorted_by",
            format_func=lambda name: table.columns.get(name, ""),
            filter_mode=None,
            on_change=lambda: sort(st.session_state["choice_sorted_by"], falling),
            placeholder="选择列",
        )
        st.session_state["choice_way"] = "down" if falling else "up"
        st.segmented_control(
            "顺序",
            list(WAYS),
            key="choice_way",
            format_func=lambda way: WAYS.get(way, ""),
            required=True,
            label_visibility="collapsed",
            on_change=lambda: sort(sorted_by, st.session_state["choice_way"] == "down"),
        )
        if request.columns != table.listed:
            st.button(
                "恢复默认的列",
                type="tertiary",
                on_click=_usual_columns,
                key="default_columns",
            )


def sort(column: str, falling: bool) -> None:
    """By this column from the first page on."""
    st.query_params["order"] = f"-{column}" if falling else column
    st.query_params.pop("page", None)


def _columns_touched(table: str) -> None:
    chosen = tuple(st.session_state["choice_columns"])
    if chosen and chosen != tables.get(table).listed:
        st.query_params["cols"] = ",".join(chosen)
    else:
        st.query_params.pop("cols", None)


def _usual_columns() -> None:
    st.query_params.pop("cols", None)


def _what_touched(table: str) -> None:
    key = st.session_state["choice_what"]
    kept = {
        name: st.query_params[name] for name in ("cols", "order") if name in st.query_params
    }  # the same table's columns
    _show(*(("table", table) if key == ROWS else ("metric", key)))
    for name, value in kept.items():
        st.query_params[name] = value


def _show(name: str, value: str) -> None:
    """Another table or number: what was asked of the last one means nothing to it, but the cell does."""
    for key in OWN:
        st.query_params.pop(key, None)
    st.query_params[name] = value


def _leave_cell() -> None:
    for key in ("cell", "same", "page"):
        st.query_params.pop(key, None)


def _searched() -> None:
    st.query_params.pop("page", None)
    text = st.session_state["choice_q"].strip()
    if text:
        st.query_params["q"] = text
    else:
        st.query_params.pop("q", None)
