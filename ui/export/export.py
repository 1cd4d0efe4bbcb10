"""Taking a table away: limits said before the click, one line in the audit log, then the file; refused when that line
cannot be written.

One click writes the line and makes the file, the page is drawn again with a button that holds it, and ui/assets/keys.js
presses that button. (Streamlit can make a file after the click by itself, but then has no words for a refusal.)
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

import warehouse
from ledger import LedgerError
from metrics.ask.selection import Scope
from ui.export import audit
from ui.export.table_files import About, to_csv, to_parquet, to_xlsx, zipped
from ui.frame import access, states, words
from warehouse import Build
from warehouse.errors import NoBuild

# format → ending, most rows, what it is called
FORMATS = {"Excel": ("xlsx", 50_000), "CSV": ("csv.zip", 200_000), "Parquet": ("parquet.zip", 200_000)}
READY, NUMBER = "export_ready", "export_number"


@dataclass(frozen=True)
class Subject:
    """What is taken away: its name, the conditions and order in words, how many rows there are."""

    what: str
    filters: str
    total: int
    build: Build
    scope: Scope
    order: str = ""
    columns: tuple[str, ...] = ()

    def about(self, rows: int, most: int) -> About:
        """The 说明: everything one must know to ask for the same rows again."""
        limit = f"本格式每次至多 {most:,} 行" + (
            f"，共 {self.total:,} 行，其余没有导出" if self.total > rows else "，没有截断"
        )
        pairs = {
            "内容": self.what,
            "筛选条件": self.filters,
            "排序": self.order,
            "列": "、".join(self.columns),
            "行数": f"{rows:,}",
            "行数上限": limit,
            "数据截至": f"{self.build.data_date:%Y-%m-%d %H:%M}",
            "构建": self.build.name,
            "权限": audit.role(self.scope),
            "个人信息": "姓名、电话、学工号已换成代号或打码",
        }
        return tuple((label, value) for label, value in pairs.items() if value)


def of_page(what: str, total: int) -> Subject:
    """The subject of a table on any page: the page's own filters are its conditions."""
    build = warehouse.current()
    if build is None:  # open_page has stopped the run before
        raise NoBuild("还没有数据。")
    return Subject(what, st.session_state.get("conditions", ""), total, build, access.scope())


@st.fragment  # only the buttons are drawn again, not the page they stand on
def offer(key: str, name: str, subject: Subject, rows: Callable[[int], pd.DataFrame]) -> None:
    """A button a format. `rows(most)` gives the table under its labels, no more rows than that; `name`: the file's,
    without ending."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"export_{key}"):
        for label in FORMATS:
            st.button(
                f"导出 {label}",
                icon=":material/download:",
                key=f"{key}_{label}",
                on_click=_take,
                args=(key, label, name, subject, rows),
            )
        st.caption(limits(subject.total))
    _hand_over(key)


def recorded(what: str, filters: str, build: Build, scope: Scope, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """A document made when clicked, written down first; nothing is made when it could not be written down."""

    def written() -> bytes:
        audit.write(audit.EXPORT, what, filters, 0, build, scope)
        return make()

    return written


def limits(total: int) -> str:
    """「共 42 行，全部导出；每次导出记入审计记录。」, or which format takes how many."""
    short = {label: most for label, (_, most) in FORMATS.items() if total > most}
    if not short:
        return f"导出全部 {total:,} 行；每次导出都记入审计记录。"
    shortened = "，".join(f"{label} 只含前 {most:,} 行" for label, most in short.items())
    return f"共 {total:,} 行：{shortened}（按现在的顺序），其余请缩小范围；每次导出都记入审计记录。"


def _take(key: str, label: str, name: str, subject: Subject, rows: Callable[[int], pd.DataFrame]) -> None:
    """Write it down, then make the file; nothing is made when it could not be written down."""
    ending, most = FORMATS[label]
    count = min(subject.total, most)
    try:
        audit.write(
            audit.EXPORT,
            f"{subject.what}（{label}）",
            " · ".join(part for part in (subject.filters, subject.order) if part),
            count,
            subject.build,
            subject.scope,
        )
    except LedgerError as problem:
        st.session_state[READY] = (key, "", problem.sentence)
        return
    frame = rows(most).head(most)
    st.session_state[READY] = (key, f"{name}.{ending}", packed(label, frame, name, subject.about(len(frame), most)))


def packed(label: str, frame: pd.DataFrame, name: str, about: About) -> bytes:
    """The bytes of one format."""
    if label == "Excel":
        return to_xlsx(frame, name, about)
    return (
        zipped(f"{name}.csv", to_csv(frame), about)
        if label == "CSV"
        else zipped(f"{name}.parquet", to_parquet(frame, about), about)
    )


def _hand_over(key: str) -> None:
    """The file just made, once; or the sentence why there is none."""
    if st.session_state.get(READY, ("",))[0] != key:
        return
    _, file, content = st.session_state.pop(READY)
    if not file:
        st.error(words.plain(content, states.LONGEST))
        return
    number = st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"export_ready_{number}"):
        st.download_button(f"保存 {file}", content, file, on_click="ignore", type="primary", key=f"save_{number}")
        st.caption("已经导出并记入审计记录。没有自动保存时点这里。")
