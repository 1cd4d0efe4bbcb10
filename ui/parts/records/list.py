"""The rows behind a number on the screen: what is listed in one sentence, pages of rows, a click that opens one,
downloads."""

import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.define import tables
from ui.charts.time_axis import period_label
from ui.frame import missing_exports, states, words
from ui.frame.page import Page
from ui.parts.records import cards as record_cards
from ui.parts.records import controls as record_controls
from ui.parts.records import export as record_export
from ui.parts.records import rows as record_rows
from ui.parts.records.request import CELL, SIZE, ListRequest
from ui.widgets import chart_show
from ui.widgets import tables as drawn

MATCHED = drawn.Column("match_words", "匹配处", width=280)


def draw(page: Page) -> None:
    """The list the address asks for."""
    request = ListRequest.from_query(st.query_params)
    for note in request.notes:
        st.warning(f"链接里{words.plain(note)}。")
    record_controls.draw(request)
    request = ListRequest.from_query(st.query_params)
    rows, total = record_rows.fetch(page, request, SIZE, (request.page - 1) * SIZE)
    filters = page.filters.sentence(page.names)
    period = page.filters.period_in_words()  # the places are said at the sentence's beginning
    said = filters if page.selection.is_empty else period
    page.headline(request.sentence(said, total, lambda name, value: _condition(page, request, name, value)))
    if not total and missing_exports.missing(page.build, request.table):
        states.empty(missing_exports.sentence(page.build, request.table), remedy="")
        return
    if not total:
        states.empty("没有符合条件的记录。", "可以放宽时段、地点或类别，或清空搜索。")
        return
    if rows.empty:
        st.info("这一页没有记录，请回到第 1 页。")
    else:
        _table(page, request, rows)
        record_cards.draw(request, rows)
    _pager(request, total)
    record_export.offer(
        page, request, request.narrowed(filters, lambda name, value: _condition(page, request, name, value)), total
    )
    if request.metric:
        page.link(f"{request.metric.label}怎么算", "glossary", metric=request.metric.key)


def _condition(page: Page, request: ListRequest, name: str, value: str) -> str:
    """One condition of a cell in words: 「3号楼」, 「第6教学周（2026-10-05 起）」, 「9 时」, 「责任部门 后勤处」,
    「房间 302」."""
    if name in tables.get(request.table).columns and (name, value) in request.same:
        return f"{tables.get(request.table).label(name)} {page.names.get(value, value)}"
    if name in ("week", "month"):
        return period_label(value, name, chart_show.calendar(page))
    if name == "hour":
        return f"{value} 时"
    named = members.name(page.build, name, value)
    return named if named != value or name == "weekday" else f"{CELL[name]} {value}"


def _table(page: Page, request: ListRequest, rows: pd.DataFrame) -> None:
    """A click on a heading sorts the whole list by it, a click on a cell opens its record."""
    ids, (sorted_by, falling) = rows[tables.get(request.table).id].tolist(), request.sorted_by
    columns = [
        drawn.Column(
            column.name,
            f"{column.label} {'↓' if falling else '↑'}" if column.name == sorted_by else column.label,
            column.kind,
            help=column.help,
        )
        for column in record_rows.columns(request, rows)
    ]
    if request.text:
        rows = rows.assign(match_words=[record_rows.matched(match) for match in rows[record_rows.MATCH]])
        columns.insert(min(1, len(columns)), MATCHED)
    key = f"rows_{page.build.name}_{request.order}_{request.page}"
    with st.container(key="record_table"):
        st.caption("点任意一行，看这条记录的全部字段和来龙去脉；点列名，整张表按这一列排。")
        drawn.draw(
            rows,
            columns,
            key,
            on_select=lambda: _touched(key, request, ids, {column.label: column.name for column in columns}),
            selection_mode=["single-cell", "single-column"],
            alt=f"{tables.get(request.table).title}列表",
            height=min(33 * (len(rows) + 1) + 3, 630),
        )


def _touched(key: str, request: ListRequest, ids: list[str], names: dict[str, str]) -> None:
    chosen = st.session_state[key].selection
    if chosen.columns and (name := names.get(chosen.columns[0])) in tables.get(request.table).columns:
        sorted_by, falling = request.sorted_by
        record_controls.sort(name, not falling if name == sorted_by else name.endswith(("_at", "_on")))
    elif chosen.cells:
        st.query_params["record"] = f"{request.table}:{ids[chosen.cells[0][0]]}"


def _pager(request: ListRequest, total: int) -> None:
    pages = -(-total // SIZE)
    if pages <= 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pager"):
        st.button(
            "上一页",
            icon=":material/chevron_left:",
            disabled=request.page <= 1,
            on_click=_turn,
            args=(request.page - 1,),
        )
        st.markdown(f"第 {min(request.page, pages):,} / {pages:,} 页", width="content")
        st.button(
            "下一页",
            icon=":material/chevron_right:",
            disabled=request.page >= pages,
            on_click=_turn,
            args=(request.page + 1,),
        )
        if pages > 2:
            st.button(
                "末页", type="tertiary", disabled=request.page >= pages, on_click=_turn, args=(pages,), key="last_page"
            )


def _turn(number: int) -> None:
    if number > 1:
        st.query_params["page"] = str(number)
    else:
        st.query_params.pop("page", None)
