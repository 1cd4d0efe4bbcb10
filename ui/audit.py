"""The audit log as pages use it: who is looking, one line written before anything is handed out, the list of what was."""

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import streamlit as st

from ledger import LedgerError, audit
from metrics.selection import Scope
from ui import states, tables, words
from ui.tables import Column
from warehouse import Build, paths

MOST_SHOWN = 500
WHO = "本机使用者"  # until sign-in exists only this machine is answered
COLUMNS = [
    Column("recorded_at", "时间", "moment"),
    Column("kind", "类别"),
    Column("what", "内容", width="large"),
    Column("filters", "条件", width="large"),
    Column("rows", "行数", "count"),
    Column("who", "谁"),
    Column("role", "权限"),
    Column("build", "构建"),
]


def kept_in() -> Path:
    """The SQLite file used unless CAMPUS_LEDGER_URL names a database: the ledger's own."""
    return paths.home() / "ledger" / "actions.sqlite"


def role(scope: Scope) -> str:
    """「全部范围」, or what a viewer's rights are limited to."""
    if scope.everything:
        return "全部范围"
    return "限于 " + "、".join(value for _, values in scope.granted() for value in values)


def write(kind: str, what: str, filters: str, rows: int, build: Build, scope: Scope) -> audit.Entry:
    """Write down what is about to be handed out (kind audit.EXPORT or audit.QUERY); raises ledger.Refused when it cannot be."""
    return audit.write(audit.Entry(kind, WHO, role(scope), what, filters, rows, build.name), default=kept_in())


def draw(page) -> None:
    """The newest MOST_SHOWN entries, for a reader whose rights are not limited; a ledger that does not answer is said in words."""
    try:
        found = audit.entries(MOST_SHOWN, default=kept_in())
    except LedgerError as problem:
        st.error(words.plain(problem.sentence, states.LONGEST))
        return
    st.caption(f"每次导出和自由查询在给出之前先记一条，只增不改；这里是最近 {MOST_SHOWN} 条。" if found else "每次导出和自由查询在给出之前先记一条，只增不改。")
    frame = pd.DataFrame([asdict(entry) for entry in found], columns=[column.name for column in COLUMNS])
    tables.draw(frame, COLUMNS, key="audit", nothing="还没有导出或查询。")
    tables.downloads(frame, COLUMNS, f"审计记录_{page.build.data_date:%Y%m%d}", key="audit")
