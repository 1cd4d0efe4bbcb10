"""The committee's book of a period in one click: Word, PDF and Excel, written when asked for. What writes it is handed in: the screen knows no report."""

from collections.abc import Callable

import streamlit as st

from metrics.branch_periods import Period
from ui.page import Page

KINDS = {
    "Word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "PDF": ("pdf", "application/pdf"),
    "Excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def offer(page: Page, period: Period, write: Callable[[str], bytes]) -> None:
    """The button 「审阅册」; `write` gives the file of one ending."""
    with page.bar.container(key="book", width="content"), st.popover("审阅册", icon=":material/menu_book:", help="总览和每个支部一页，每个数字带分子分母"):
        st.caption(f"{period.label}的一支部一品牌评议册：总览、每个支部一页和指标口径；同一构建再打印，内容逐字相同。点下面一种，几秒后下载。")
        for label, (ending, mime) in KINDS.items():
            st.download_button(label, lambda ending=ending: write(ending), f"支部评议册_{period.key}.{ending}", mime=mime, icon=":material/download:",
                               on_click="ignore", key=f"book_{ending}")  # fmt: skip
