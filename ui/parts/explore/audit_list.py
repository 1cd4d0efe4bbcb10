"""What was taken away and asked, newest first: the tab a reader of unlimited rights has on the data health page."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from ledger import LedgerError, audit
from ui.export.audit import kept_in
from ui.frame import states, words
from ui.widgets import tables
from ui.widgets.tables import Column

MOST_SHOWN = 500
COLUMNS = [
    Column("recorded_at", "时间", "moment"),
    Column("kind", "类别"),
    Column("what", "内容", width=280),
    Column("filters", "条件", width=220),
    Column("rows", "行数", "count"),
    Column("who", "谁", width=90),
    Column("role", "权限", width=80),
    Column("build", "构建"),
]


def draw(page) -> None:
    """The newest MOST_SHOWN entries, for a reader whose rights are not limited; a ledger that does not answer is said
    in words."""
    try:
        entries = audit.entries(MOST_SHOWN, default=kept_in())
    except LedgerError as problem:
        st.error(words.plain(problem.sentence, states.LONGEST))
        return
    st.caption(
        f"每次导出和自由查询在给出之前先记一条，只增不改；这里是最近 {MOST_SHOWN} 条。"
        if entries
        else "每次导出和自由查询在给出之前先记一条，只增不改。"
    )
    frame = pd.DataFrame([asdict(entry) for entry in entries], columns=[column.name for column in COLUMNS])
    tables.draw(frame, COLUMNS, key="audit", nothing="还没有导出或查询。")
    tables.downloads(frame, COLUMNS, f"审计记录_{page.build.data_date:%Y%m%d}", key="audit")
