"""The rows behind a number on the screen: what is listed in one sentence, pages of rows, a click that opens one, downloads."""

import pandas as pd
import streamlit as st

from metrics import catalogue, members, tables
from ui import chart_show, charts, choice, data, lacking, metric_choice, states, words
from ui import tables as drawn
from ui.page import Page
from ui.record_asked import CELL, ORDERS, SIZE, WHICH, Asked

MOST_EXPORTED = 50_000
ROWS = "rows"  # the choice of a table's records without any number


def draw(page: Page) -> None:
    """The list the address asks for."""
    asked = Asked.from_query(st.query_params)
    for note in asked.notes:
        st.warning(f"链接里{words.plain(note)}。")
    _controls(asked)
    asked = Asked.from_query(st.query_params)
    rows, total = _rows(page, asked, SIZE, (asked.page - 1) * SIZE)
    page.headline(asked.sentence(page.filters.sentence(page.names), total, lambda name, value: _said(page, name, value)))
    if not total and lacking.missing(page.build.name, asked.table):
        states.empty(lacking.sentence(page.build.name, asked.table), remedy="")
        return
    if not total:
        states.empty("没有符合条件的记录。", "可以放宽时段、地点或类别，或清空搜索。")
        return
    if rows.empty:
        st.info("这一页没有记录，请回到第 1 页。")
    columns = _columns(asked.table, rows)
    st.caption("点任意一行，看这条记录的全部字段和来龙去脉。")
    _table(page, asked, rows, columns)
    _pager(asked, total)
    _downloads(page, asked, columns, total)
    if asked.metric:
        page.link(f"{asked.metric.label}怎么算", "glossary", metric=asked.metric.key)


def _controls(asked: Asked) -> None:
    titles = {name: table.title for name, table in tables.all().items()}
    options = {ROWS: "全部记录"} | {metric.key: metric.label for metric in catalogue.all() if metric.table == asked.table}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="record_controls"):
        metric_choice.about(titles, asked.table, lambda table: _show("table", table), width=180)
        st.session_state["choice_what"] = asked.metric.key if asked.metric else ROWS
        st.selectbox("看哪些记录", list(options), key="choice_what", format_func=lambda key: options.get(key, ""), width=220,
                     filter_mode=None, on_change=_what_touched, args=(asked.table,), placeholder="选择指标")  # fmt: skip
        if asked.has_parts:
            choice.switch("范围", "which", WHICH[asked.metric.better == "up"], "whole", forget=("page",))
        choice.switch("顺序", "order", ORDERS, "new", forget=("page",))
        st.session_state["choice_q"] = asked.text
        if asked.cell:
            st.button("不限这一格", icon=":material/close:", type="tertiary", on_click=_leave_cell, key="leave_cell")
        st.text_input("搜索", key="choice_q", placeholder="编号、描述、地点里的字", max_chars=40, width=180, on_change=_searched)


def _what_touched(table: str) -> None:
    key = st.session_state["choice_what"]
    _show(*(("table", table) if key == ROWS else ("metric", key)))


def _show(name: str, value: str) -> None:
    """Another table or number: what was asked of the last one means nothing to it, but the cell does."""
    for key in ("metric", "table", "which", "page"):
        st.query_params.pop(key, None)
    st.query_params[name] = value


def _leave_cell() -> None:
    for key in ("cell", "page"):
        st.query_params.pop(key, None)


def _searched() -> None:
    st.query_params.pop("page", None)
    text = st.session_state["choice_q"].strip()
    if text:
        st.query_params["q"] = text
    else:
        st.query_params.pop("q", None)


def _said(page: Page, name: str, value: str) -> str:
    """One condition of a cell in words: 「3号楼」, 「第6教学周（2026-10-05 起）」, 「9 时」, 「责任部门 后勤处」."""
    if name in ("week", "month"):
        return charts.period_label(value, name, chart_show.calendar(page))
    if name == "hour":
        return f"{value} 时"
    known = members.name(page.build, name, value)
    return known if known != value or name == "weekday" else f"{CELL[name]} {value}"


def _rows(page: Page, asked: Asked, limit: int, offset: int) -> tuple[pd.DataFrame, int]:
    """Rows and their total, with the very filters the number had."""
    time = asked.metric.time if asked.metric else tables.get(asked.table).time
    rows, total = data.listed(
        page.build.name, asked.what, page.window.start, page.window.end, page.selection,
        asked.which if asked.has_parts else "whole", asked.cell, limit, offset,
        f"{'-' if asked.order == 'new' else ''}{time}", asked.text, scope=page.scope,
    )  # fmt: skip
    return _named(rows, page), total


def _named(rows: pd.DataFrame, page: Page) -> pd.DataFrame:
    """Ids of places as names, truth values as words."""
    for column in rows:
        if column in ("building_id", "grid_id", "branch_id"):
            rows[column] = [page.names.get(value, value) for value in rows[column]]
        elif rows[column].dtype == bool:
            rows[column] = rows[column].map({True: "是", False: "否"})
    return rows


def _columns(table: str, rows: pd.DataFrame) -> list[drawn.Column]:
    known = tables.get(table)
    return [drawn.Column(name, known.label(name), _kind(name, rows[name])) for name in known.listed]


def _kind(name: str, values: pd.Series) -> str:
    """How a column is drawn: by its name, numbers by what they are."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return "count" if (values.dropna() % 1 == 0).all() else "decimal"
    return "moment" if name.endswith("_at") else "day" if name.endswith(("_start", "_on", "_day")) else "text"


def _table(page: Page, asked: Asked, rows: pd.DataFrame, columns: list[drawn.Column]) -> None:
    ids = rows[tables.get(asked.table).id].tolist()
    key = f"rows_{page.build.name}"
    drawn.draw(rows, columns, key, on_select=lambda: _opened(key, asked.table, ids), selection_mode="single-cell",
               alt=f"{tables.get(asked.table).title}列表", height=min(33 * (len(rows) + 1) + 3, 630))  # fmt: skip


def _opened(key: str, table: str, ids: list[str]) -> None:
    cells = st.session_state[key].selection.cells
    if cells:
        st.query_params["record"] = f"{table}:{ids[cells[0][0]]}"


def _pager(asked: Asked, total: int) -> None:
    pages = -(-total // SIZE)
    if pages <= 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pager"):
        st.button("上一页", icon=":material/chevron_left:", disabled=asked.page <= 1, on_click=_turn, args=(asked.page - 1,))
        st.markdown(f"第 {min(asked.page, pages):,} / {pages:,} 页", width="content")
        st.button("下一页", icon=":material/chevron_right:", disabled=asked.page >= pages, on_click=_turn, args=(asked.page + 1,))


def _turn(number: int) -> None:
    if number > 1:
        st.query_params["page"] = str(number)
    else:
        st.query_params.pop("page", None)


def _downloads(page: Page, asked: Asked, columns: list[drawn.Column], total: int) -> None:
    """Everything listed, not only this page; asked for and written when clicked."""
    name = f"{tables.get(asked.table).title}_{page.build.data_date:%Y%m%d}"

    def table() -> pd.DataFrame:
        rows, _ = _rows(page, asked, MOST_EXPORTED, 0)
        return rows[[column.name for column in columns]].set_axis([column.label for column in columns], axis=1)

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button("导出 Excel", lambda: drawn.to_xlsx(table(), name), f"{name}.xlsx", icon=":material/download:",
                           on_click="ignore", key="records_xlsx")  # fmt: skip
        st.download_button("导出 CSV", lambda: drawn.to_csv(table()), f"{name}.csv", icon=":material/download:", on_click="ignore",
                           key="records_csv", mime="text/csv")  # fmt: skip
        st.caption(f"导出最新的 {MOST_EXPORTED:,} 行，其余请缩小范围。" if total > MOST_EXPORTED else f"导出全部 {total:,} 行。")
