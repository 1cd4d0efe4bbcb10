"""Red lines of one week: what crossed one, new or still open, each record one click away; the list's own numbers
beside it."""

from datetime import date

import pandas as pd
import streamlit as st

from metrics.duties.red_lines import RedLines, red_lines
from ui.frame import choice, states, words
from ui.frame.cache import cached
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
_red_lines = cached(red_lines)


def draw(page: Page, week: date) -> None:
    """The sentence, the list with its numbers, the records."""
    crossed = _red_lines(page.build, week, page.selection, page.scope)
    page.headline(crossed.sentence)
    if not crossed.totals:
        states.empty("没有红线清单。", remedy=crossed.note)
        return
    _totals(crossed)
    _records(page, crossed, week)
    st.caption(words.plain(crossed.note, 300))


def _totals(crossed: RedLines) -> None:
    st.markdown("**每条红线**")
    rows = [
        {
            "label": total.line.label,
            "new": total.new,
            "open": total.open,
            "oldest": total.oldest,
            "basis": total.line.basis,
        }
        for total in crossed.totals
    ]
    tables.draw(pd.DataFrame(rows).astype({"oldest": "Int64"}), TOTALS, key="red_totals", height="content")


def _records(page: Page, crossed: RedLines, week: date) -> None:
    kept = {
        EVERY: crossed.items,
        NEW: [item for item in crossed.items if item.is_new],
        OPEN: [item for item in crossed.items if item.is_open],
    }
    which = choice.select(
        "看哪些", "which", {name: f"{name}（{len(items)} 起）" for name, items in kept.items()}, EVERY, width=220
    )
    rows = [
        {
            "label": item.label,
            "found": item.found_at,
            "place": item.place,
            "text": item.text or item.category,
            "because": item.because,
            "unit": item.unit or "未填写",
            "days": item.days,
            "state": f"{'新增，' if item.is_new else ''}{'未销号' if item.is_open else '已销号'}",
            "open": "查看",
        }
        for item in kept[which]
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in RECORDS])
    tables.draw(
        frame, RECORDS, key="red_records", nothing="没有这样的记录。", height="content" if len(rows) <= 15 else 560
    )
    if clicked := st.session_state.get("open_red_line"):
        item = kept[which][clicked["row"]]
        page.open("records", record=f"{item.table}:{item.record_id}")
    tables.downloads(frame.drop(columns="open"), RECORDS[:-1], f"红线_{week:%Y%m%d}", key="red_file")
