"""Red lines rule by rule: what crossed one, new in the week or still open, the oldest first, under the rule's own
clause; each record one click away."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from metrics.ask import terms
from metrics.duties.red_lines import RedLines, Total, red_lines
from metrics.duties.red_records import RedLine
from ui.frame import choice, states, words
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.widgets import tables

EVERY, NEW, OPEN = "全部", "本周新增", "未销号"
RECORDS = [
    tables.Column("found", "发现", "day", 95),
    tables.Column("place", "地点", width=130),
    tables.Column("text", "情况", width=240),
    tables.Column("because", "凭什么认定", width=170),
    tables.Column("unit", "责任部门", width=125),
    tables.Column("days", "天数", "count", 55),
    tables.Column("state", "状态", width=200),
]
MOST = 15  # rows shown whole; longer lists scroll
_red_lines = cached(red_lines)


def draw(page: Page, week: date, assigned: Callable[[RedLine], str]) -> None:
    """The sentence, when it stands where that is not the data date, one block a rule; `assigned` says who has it."""
    crossed = _red_lines(page.build, week, page.selection, page.scope)
    crossed = replace(crossed, items=tuple(replace(one, state=one.state + assigned(one)) for one in crossed.items))
    page.headline(crossed.sentence)
    if not crossed.totals:
        states.empty("没有红线清单。", remedy=crossed.note)
        return
    if until := terms.as_of_words(page.build, crossed.as_of):
        st.caption(f"以下是这一周结束时的情形（{until}）；之后已经销号的，注明哪天销号。")
        page.link("看数据截止时的红线", "red_lines")
    kept = _chosen(crossed)
    for total in crossed.totals:
        if items := [item for item in crossed.of(total.line) if item in kept]:
            _block(page, total, items)
    if quiet := [total.line.label for total in crossed.totals if not total.new and not total.open]:
        st.caption(words.plain(f"没有新增，也没有未销号的：{'；'.join(quiet)}。", 400))
    if not kept:
        states.empty("没有这样的记录。", remedy="")
    st.caption(words.plain(crossed.note, 300))
    columns = [tables.Column("label", "红线"), *RECORDS]
    tables.downloads(_frame(kept), columns, f"红线_{week:%Y%m%d}", key="red_file")


def _chosen(crossed: RedLines) -> Sequence[RedLine]:
    kept = {
        EVERY: crossed.items,
        NEW: [item for item in crossed.items if item.is_new],
        OPEN: [item for item in crossed.items if item.is_open],
    }
    offered = {name: f"{name}（{len(items)} 起）" for name, items in kept.items()}
    return kept[choice.select("看哪些", "which", offered, EVERY, width=220)]


def _block(page: Page, total: Total, items: Sequence[RedLine]) -> None:
    """One rule: its numbers, its clause, its records."""
    line = total.line
    st.markdown(f"**{words.plain(total.words, 120)}**")
    if line.basis:
        st.caption(words.plain(f"依据：{line.basis}", 300))
    button = f"open_red_{line.line_id}"
    columns = [*RECORDS, tables.Column("open", "记录", f"button:{button}", 60)]
    frame = _frame(items).assign(open="查看")
    tables.draw(frame, columns, key=f"red_{line.line_id}", height="content" if len(items) <= MOST else 560)
    if clicked := st.session_state.get(button):
        item = items[clicked["row"]]
        page.open("records", record=f"{item.table}:{item.record_id}")


def _frame(items: Sequence[RedLine]) -> pd.DataFrame:
    rows = [
        {
            "label": item.label,
            "found": item.found_at,
            "place": item.place,
            "text": item.text or item.category,
            "because": item.because,
            "unit": item.unit or "未填写",
            "days": item.days,
            "state": item.state,
        }
        for item in items
    ]
    return pd.DataFrame(rows, columns=["label", *(column.name for column in RECORDS)])
