"""The ledger to Excel and from Excel; rows that could not be taken are shown with the reason."""

import pandas as pd
import streamlit as st

from ledger import Ledger, LedgerError
from ledger.sheet import REJECT_HEADINGS, load, rejected, to_xlsx
from ui.export import export
from ui.frame.page import Page
from ui.parts.actions import data as actions_data
from ui.widgets import tables
from ui.widgets.tables import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_buttons(page: Page, ledger: Ledger, assignments: tuple) -> None:
    """Two buttons beside each other: export everything, load a list."""
    judged = {assignment.number: (assignment.outcome, assignment.sentence) for assignment in assignments}
    build = page.build
    st.download_button(
        "导出 Excel",
        export.recorded(
            "督办台账（Excel）",
            "全部",
            build,
            page.scope,
            lambda: to_xlsx(ledger, actions_data.vocabulary(build), judged),
        ),
        f"督办台账_{build.data_date:%Y%m%d}.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="actions_xlsx",
        mime=XLSX,
    )
    with st.popover("载入 Excel", icon=":material/upload:"):
        st.caption(
            "表头里要有：任务、责任单位、期限；还认得责任岗位、交办日期、原因、编号、核验方式。再载入一次不会重复；看不懂的行留在下面，不会丢。"
        )
        st.file_uploader("督办表", type=["xlsx", "xls"], key="actions_file", label_visibility="collapsed")
        post_field("actions_loader", "载入人")
        st.button(
            "载入", key="actions_load", type="primary", on_click=_load, args=(ledger, build, actions_data.today(page))
        )
        _rejects(ledger)


def post_field(key: str, label: str = "填写人") -> None:
    """Who writes, as unit and post; what was last written is proposed again."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get("actions_post", "")
    st.text_input(label, key=key, max_chars=40, placeholder="单位和岗位，如 保卫处值班长；不写姓名", width=320)


def _load(ledger: Ledger, build, day) -> None:
    file, by = st.session_state.get("actions_file"), st.session_state.get("actions_loader", "")
    if file is None:
        actions_data.say("还没有选择文件，请先选择要载入的 Excel。", "warning")
        return
    st.session_state["actions_post"] = by
    try:
        loaded = load(
            ledger, file.getvalue(), file.name, by, day, actions_data.vocabulary(build), actions_data.accepts(build)
        )
    except LedgerError as problem:
        actions_data.say(problem.sentence, "error")
        return
    rest = "拒收的行和原因列在「载入 Excel」里，改好后可以再载入。" if loaded.rejects else ""
    actions_data.say(f"已载入 {file.name}：{loaded.sentence}{rest}", "warning" if loaded.rejects else "success")


def _rejects(ledger: Ledger) -> None:
    rows = rejected(ledger)
    if rows:
        st.markdown(f"**拒收的行（{len(rows)}）**")
        frame = pd.DataFrame(rows, columns=list(REJECT_HEADINGS)).iloc[::-1]
        tables.draw(
            frame, [Column(name, name) for name in ("文件", "行号", "原因", "原文")], key="actions_rejects", height=200
        )
