"""The committee's book of a period in one click: Word, PDF and Excel, written when asked for. What writes it is
handed in: the screen knows no report."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from metrics.branches.periods import Period
from ui.export import export
from ui.frame.page import Page

KINDS = {
    "Word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "PDF": ("pdf", "application/pdf"),
    "Excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def offer(page: Page, period: Period, write: Callable[[str], bytes]) -> None:
    """The button 「评议册」; `write` gives the file of one ending."""
    with page.bar.container(key="book", width="content"), st.popover("评议册", icon=":material/menu_book:"):
        st.caption(f"{period.label}：总览、每个支部一页、指标口径。点一种，几秒后下载。")
        buttons = st.container(horizontal=True, gap="small")
        for label, (ending, mime) in KINDS.items():
            buttons.download_button(
                label,
                export.recorded(f"支部评议册（{label}）", period.label, page.build, page.scope, partial(write, ending)),
                f"支部评议册_{period.key}.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"book_{ending}",
            )
