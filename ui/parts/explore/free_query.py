"""The query page: the tables beside a text field, one SELECT at a time, its answer as a table, a chart and a file."""

import pandas as pd
import streamlit as st

from ledger import LedgerError
from metrics.ask import free_query
from metrics.ask.free_query import Running
from metrics.define import tables as known_tables
from ui.charts import query as charts_query
from ui.export import audit, export
from ui.frame import states, words
from ui.frame.page import Page
from ui.widgets import chart_show
from warehouse.errors import UserError

RUNNING, ANSWER, ASKED = "query_running", "query_answer", "query_text"
EXAMPLE = "SELECT category AS 类别, count(*) AS 工单\nFROM tickets\nWHERE is_ticket\nGROUP BY ALL\nORDER BY 工单 DESC"
LIMITS = (
    f"最多 {free_query.SECONDS} 秒、{free_query.MEMORY_MB} MB、{free_query.MOST_ROWS:,} 行；只读，每次都记入审计记录。"
)


def draw(page: Page) -> None:
    """Refused to limited rights; otherwise field, answer and the list of tables."""
    if not page.scope.everything:
        page.headline("查询：只开放给权限不受限的人")
        states.refused(free_query.NO_RIGHT)
    left, right = st.columns([5, 2], gap="medium")
    with left:
        _field(page)
        _progress()
        if answer := st.session_state.get(ANSWER):
            _answer(page, *answer)
        else:
            page.headline(f"用 SQL 查 {len(free_query.readable(page.build))} 张表，只读；写一条 SELECT，点运行")
    with right:
        _schema(page)


def _field(page: Page) -> None:
    st.session_state.setdefault(ASKED, st.query_params.get("q", EXAMPLE)[: free_query.LONGEST])
    st.text_area("一条 SELECT 语句", key=ASKED, height=180, placeholder="SELECT …")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        is_busy = RUNNING in st.session_state
        if st.button("运行", type="primary", icon=":material/play_arrow:", key="run_query", disabled=is_busy):
            _start(page, st.session_state[ASKED])
        if st.button("取消", key="cancel_query", disabled=not is_busy):
            st.session_state[RUNNING].cancel()
        st.caption(LIMITS)


def _start(page: Page, text: str) -> None:
    """Checked, written down, then run; each may refuse with a sentence."""
    st.session_state.pop(ANSWER, None)
    try:
        statement = free_query.checked(page.build, text, page.scope)
        audit.write(audit.QUERY, statement, LIMITS.split("；")[0], 0, page.build, page.scope)
    except (UserError, LedgerError) as problem:
        st.error(words.plain(problem.sentence, states.LONGEST))
        return
    st.query_params["q"] = text[:2000]
    st.session_state[RUNNING] = Running(page.build, statement)
    st.rerun()


@st.fragment(run_every=0.4)
def _progress() -> None:
    """Looks twice a second whether the query has ended; the page is drawn again when it has."""
    running: Running | None = st.session_state.get(RUNNING)
    if running is None:
        return
    if running.is_alive():
        st.caption("正在查询……可以点“取消”。")
        return
    del st.session_state[RUNNING]
    st.session_state[ANSWER] = (running.answer, running.problem)
    st.rerun()


def _answer(page: Page, answer: free_query.Answer | None, problem: str) -> None:
    if answer is None:
        page.headline("这条查询没有结果")
        st.error(words.plain(problem, states.LONGEST))
        return
    frame, more = readable(answer.frame), "，后面的没有取" if answer.is_cut else ""
    page.headline(f"查到 {len(frame):,} 行、{len(frame.columns)} 列{more}，用时 {answer.seconds:.2f} 秒")
    if answer.caution:
        st.warning(answer.caution)
    if frame.empty:
        states.empty("没有符合条件的行。", remedy="")
        return
    if charts_query.axes_of(frame):
        chart_show.show(charts_query.drawn(frame), "query_chart")
    st.dataframe(
        frame, hide_index=True, placeholder="—", key="query_rows", height="content" if len(frame) <= 12 else 460
    )
    subject = export.Subject("查询结果", st.query_params.get("q", ""), len(frame), page.build, page.scope)
    export.offer("query", "查询结果", subject, lambda most: frame.head(most))


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Lists, maps and times of day as text: what neither a table nor a workbook can hold."""
    odd = [
        name
        for name in frame
        if frame[name]
        .map(lambda value: not isinstance(value, str | int | float | bool | pd.Timestamp) and value is not None)
        .any()
    ]
    plain = frame.copy()
    for name in odd:
        if not pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain[name] = plain[name].map(lambda value: None if value is None or value is pd.NaT else str(value))
    return plain


def _schema(page: Page) -> None:
    """One table's columns at a time, with what the pages call them."""
    names = free_query.readable(page.build)
    titles = {
        name: f"{known_tables.get(name).title}（{name}）" if name in known_tables.all() else name for name in names
    }
    chosen = st.selectbox(
        "表和列",
        names,
        format_func=lambda name: titles.get(name, name),
        key="query_table",
        placeholder="选一张表",
        filter_mode=None,
    )
    columns = free_query.schema(page.build, chosen or names[0]).rename(
        columns={"column": "列名", "kind": "类型", "label": "页面上叫"}
    )
    st.dataframe(columns, hide_index=True, placeholder="—", key="query_schema", height=520)
