"""Red lines of one week: what crossed one, new or still open, each record one click away; the list's own numbers beside it."""

from datetime import date

import pandas as pd
import streamlit as st

from metrics.duties.red_lines import RedLines
from ui.frame import choice, data, states, words
from ui.frame.page import Page
from ui.widgets import tables

EVERY, NEW, OPEN = "全部", "本周新增", "未销号"
TOTALS = [
    tables.Column("label", "红线"),
    tables.Column("new", "本周新增（起）", "count"),
    tables.Column("open", "未销号（起）", "count"),
    tables.Column("oldest", "最久未销号（天）", "count"),
    tables.Column("basis", "依据", width=400),
]
RECORDS = [
    tables.Column("label", "红线", width=176),
    tables.Column("found", "发现", "day", 95),
    tables.Column("place", "地点", width=120),
    tables.Column("text", "情况", width=196),
    tables.Column("because", "凭什么认定", width=136),
    tables.Column("unit", "责任部门", width=105),
    tables.Column("days", "天数", "count", 55),
    tables.Column("state", "状态", width=105),
    tables.Column("open", "记录", "button:open_red_line", 60),
]


def draw(page: Page, week: date) -> None:
    """The sentence, the list with its numbers, the records."""
    found = data.red_lines(page.build.name, week, page.selection, page.scope)
    page.headline(found.sentence)
    if not found.totals:
        states.empty("没有红线清单。", remedy=found.note)
        return
    _totals(found)
    _records(page, found, week)
    st.caption(words.plain(found.note, 300))


def _totals(found: RedLines) -> None:
    st.markdown("**每条红线**")
    rows = [
        {"label": one.line.label, "new": one.new, "open": one.open, "oldest": one.oldest, "basis": one.line.basis}
        for one in found.totals
    ]
    tables.draw(pd.DataFrame(rows).astype({"oldest": "Int64"}), TOTALS, key="red_totals", height="content")


def _records(page: Page, found: RedLines, week: date) -> None:
    kept = {
        EVERY: found.items,
        NEW: [one for one in found.items if one.is_new],
        OPEN: [one for one in found.items if one.is_open],
    }
    which = choice.select(
        "看哪些", "which", {name: f"{name}（{len(items)} 起）" for name, items in kept.items()}, EVERY, width=220
    )
    rows = [
        {
            "label": one.label,
            "found": one.found_at,
            "place": one.place,
            "text": one.text or one.category,
            "because": one.because,
            "unit": one.unit or "未填写",
            "days": one.days,
            "state": f"{'新增，' if one.is_new else ''}{'未销号' if one.is_open else '已销号'}",
            "open": "查看",
        }
        for one in kept[which]
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in RECORDS])
    tables.draw(
        frame, RECORDS, key="red_records", nothing="没有这样的记录。", height="content" if len(rows) <= 15 else 560
    )
    if clicked := st.session_state.get("open_red_line"):
        one = kept[which][clicked["row"]]
        page.open("records", record=f"{one.table}:{one.record_id}")
    tables.downloads(frame.drop(columns="open"), RECORDS[:-1], f"红线_{week:%Y%m%d}", key="red_file")
