"""The rows behind a number on the screen: what is listed in one sentence, pages of rows, a click that opens one, downloads."""

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
from ui.parts.records.request import CELL, SIZE, Asked
from ui.widgets import chart_show
from ui.widgets import tables as drawn

MATCHED = drawn.Column("match_words", "匹配处", width=280)


def draw(page: Page) -> None:
    """The list the address asks for."""
    asked = Asked.from_query(st.query_params)
    for note in asked.notes:
        st.warning(f"链接里{words.plain(note)}。")
    record_controls.draw(asked)
    asked = Asked.from_query(st.query_params)
    rows, total = record_rows.fetch(page, asked, SIZE, (asked.page - 1) * SIZE)
    filters = page.filters.sentence(page.names)
    page.headline(asked.sentence(filters, total, lambda name, value: _said(page, asked, name, value)))
    if not total and missing_exports.missing(page.build, asked.table):
        states.empty(missing_exports.sentence(page.build, asked.table), remedy="")
        return
    if not total:
        states.empty("没有符合条件的记录。", "可以放宽时段、地点或类别，或清空搜索。")
        return
    if rows.empty:
        st.info("这一页没有记录，请回到第 1 页。")
    else:
        _table(page, asked, rows)
        record_cards.draw(asked, rows)
    _pager(asked, total)
    record_export.offer(
        page, asked, asked.narrowed(filters, lambda name, value: _said(page, asked, name, value)), total
    )
    if asked.metric:
        page.link(f"{asked.metric.label}怎么算", "glossary", metric=asked.metric.key)


def _said(page: Page, asked: Asked, name: str, value: str) -> str:
    """One condition of a cell in words: 「3号楼」, 「第6教学周（2026-10-05 起）」, 「9 时」, 「责任部门 后勤处」, 「房间 302」."""
    if name in tables.get(asked.table).columns and (name, value) in asked.same:
        return f"{tables.get(asked.table).label(name)} {page.names.get(value, value)}"
    if name in ("week", "month"):
        return period_label(value, name, chart_show.calendar(page))
    if name == "hour":
        return f"{value} 时"
    known = members.name(page.build, name, value)
    return known if known != value or name == "weekday" else f"{CELL[name]} {value}"


def _table(page: Page, asked: Asked, rows: pd.DataFrame) -> None:
    """A click on a heading sorts the whole list by it, a click on a cell opens its record."""
    ids, (sorted_by, falling) = rows[tables.get(asked.table).id].tolist(), asked.sorted_by
    columns = [
        drawn.Column(
            one.name,
            f"{one.label} {'↓' if falling else '↑'}" if one.name == sorted_by else one.label,
            one.kind,
            help=one.help,
        )
        for one in record_rows.columns(asked, rows)
    ]
    if asked.text:
        rows = rows.assign(match_words=[record_rows.matched(match) for match in rows[record_rows.MATCH]])
        columns.insert(min(1, len(columns)), MATCHED)
    key = f"rows_{page.build.name}_{asked.order}_{asked.page}"
    with st.container(key="record_table"):
        st.caption("点任意一行，看这条记录的全部字段和来龙去脉；点列名，整张表按这一列排。")
        drawn.draw(
            rows,
            columns,
            key,
            on_select=lambda: _touched(key, asked, ids, {one.label: one.name for one in columns}),
            selection_mode=["single-cell", "single-column"],
            alt=f"{tables.get(asked.table).title}列表",
            height=min(33 * (len(rows) + 1) + 3, 630),
        )


def _touched(key: str, asked: Asked, ids: list[str], names: dict[str, str]) -> None:
    chosen = st.session_state[key].selection
    if chosen.columns and (name := names.get(chosen.columns[0])) in tables.get(asked.table).columns:
        sorted_by, falling = asked.sorted_by
        record_controls.sort(name, not falling if name == sorted_by else name.endswith(("_at", "_on")))
    elif chosen.cells:
        st.query_params["record"] = f"{asked.table}:{ids[chosen.cells[0][0]]}"


def _pager(asked: Asked, total: int) -> None:
    pages = -(-total // SIZE)
    if pages <= 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pager"):
        st.button(
            "上一页", icon=":material/chevron_left:", disabled=asked.page <= 1, on_click=_turn, args=(asked.page - 1,)
        )
        st.markdown(f"第 {min(asked.page, pages):,} / {pages:,} 页", width="content")
        st.button(
            "下一页",
            icon=":material/chevron_right:",
            disabled=asked.page >= pages,
            on_click=_turn,
            args=(asked.page + 1,),
        )
        if pages > 2:
            st.button(
                "末页", type="tertiary", disabled=asked.page >= pages, on_click=_turn, args=(pages,), key="last_page"
            )


def _turn(number: int) -> None:
    if number > 1:
        st.query_params["page"] = str(number)
    else:
        st.query_params.pop("page", None)
