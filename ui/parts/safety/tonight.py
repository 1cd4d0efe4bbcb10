"""今晚's parts: what came in, open red lines with their age, what falls due, who is on duty, each with until when it is
told."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from metrics.ahead import tonight as nights
from metrics.ahead.tonight import Tonight
from ui.frame import missing_exports, words
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.widgets import tables

FACTS = nights.STREAMS
MOST = 12  # rows shown whole; longer lists scroll
RED_MOST = 8
CAME = [
    tables.Column("when", "时间", width=95),
    tables.Column("what", "来源", width=80),
    tables.Column("category", "类别", width=110),
    tables.Column("place_text", "地点", width=150),
    tables.Column("open", "记录", "button:open_came", 60),
]
RED = [
    tables.Column("days", "天数", "count", 55),
    tables.Column("place", "地点", width=115),
    tables.Column("text", "情况", width=170),
    tables.Column("unit", "责任部门", width=100),
    tables.Column("open", "记录", "button:open_red", 60),
]
DUE = [
    tables.Column("when", "期限", width=95),
    tables.Column("what", "来源", width=80),
    tables.Column("category", "事项", width=95),
    tables.Column("place_text", "地点", width=100),
    tables.Column("unit", "责任部门", width=90),
    tables.Column("open", "记录", "button:open_due", 60),
]
DUTY = [
    tables.Column("span", "时间", width=150),
    tables.Column("category", "值守", width=110),
    tables.Column("post", "岗位", width=170),
    tables.Column("planned", "应到", "count", 60),
]
_tonight = cached(nights.tonight)


def draw(page: Page) -> None:
    """The sentence, until when each source tells, then four lists, the newest or most urgent first."""
    night = _tonight(page.build, page.selection, page.scope)
    page.headline(nights.sentence(night))
    st.caption(words.plain(_told(night), 400))
    with st.grid(2, min_column_width=420, gap="medium"):
        for block in (_came, _red, _due, _duty):
            with st.container():
                block(page, night)


def _told(night: Tonight) -> str:
    """「案事件、服务工单 到 11-22 08:00 · 安全隐患 到 11-20 08:00（只有日期，自 11-21 算起）」"""
    told = [(one.title, one.until, one.days_only) for one in night.streams]
    alike: dict[str, list[str]] = {}
    for title, until, days_only in [*told, *((title, until, False) for title, until in night.others)]:
        said = f"到 {until:%m-%d %H:%M}" if until else "没有说到何时"
        alike.setdefault(said + (f"（只有日期，自 {night.since:%m-%d} 算起）" if days_only else ""), []).append(title)
    return " · ".join(f"{'、'.join(titles)} {said}" for said, titles in alike.items())


def _came(page: Page, night: Tonight) -> None:
    st.subheader(f"{night.since:%m-%d %H:%M} 以来", anchor=False)
    rows = night.came.assign(when=night.came["at"].dt.strftime("%m-%d %H:%M").str.removesuffix(" 00:00"), open="查看")
    _list(page, rows, CAME, "came", "没有新来的记录。")


def _red(page: Page, night: Tonight) -> None:
    st.subheader(f"未销号的红线 {len(night.red)} 起", anchor=False)
    rows = pd.DataFrame([asdict(one) for one in night.red[:RED_MOST]])
    if len(rows):
        rows = rows.assign(
            id=rows["record_id"], text=rows["text"].where(rows["text"] != "", rows["category"]), open="查看"
        )
    _list(page, rows, RED, "red", "没有未销号的红线。")
    page.link("全部红线" if len(night.red) > RED_MOST else "打开红线", "red_lines")


def _due(page: Page, night: Tonight) -> None:
    st.subheader(f"{'、'.join(night.days)} 到期", anchor=False)
    when = night.due["due_at"].dt.strftime("%m-%d %H:%M").str.removesuffix(" 23:59")
    late = night.due["is_late"].map({True: "，已逾期"}).fillna("")
    _list(page, night.due.assign(when=when + late, open="查看"), DUE, "due", "今明两天没有到期的。")
    with st.container(horizontal=True, gap="small"):
        for key, label in (("ticket_overdue_open", "逾期工单"), ("hazard_overdue_open", "逾期隐患")):
            page.link(label, "records", metric=key, which="part")


def _duty(page: Page, night: Tonight) -> None:
    st.subheader(f"到 {night.night_ends:%m-%d %H:%M} 的值守", anchor=False)
    if missing_exports.offered(page, nights.DUTY):
        return
    rows = night.duty
    if len(rows):
        begins, ends = (rows[name].dt.strftime("%m-%d %H:%M") for name in ("starts_at", "ends_at"))
        rows = rows.assign(
            span=begins + ends.str[6:].radd("–").fillna(""), post=rows["post"].fillna(rows["place_text"])
        )
    tables.draw(rows, DUTY, key="tonight_duty", nothing="来的文件里没有这段时间的排班。", **_height(rows))
    page.link("值守与检查", "duty")


def _list(page: Page, rows: pd.DataFrame, columns: list[tables.Column], name: str, nothing: str) -> None:
    """A table of records, each a click away; what is no record of a table (a duty by law) leads to its page."""
    tables.draw(rows, columns, key=f"tonight_{name}", nothing=nothing, **_height(rows))
    if clicked := st.session_state.get(f"open_{name}"):
        row = rows.iloc[clicked["row"]]
        if row["table"]:
            page.open("records", record=f"{row['table']}:{row['id']}")
        else:
            page.open("cadences")


def _height(rows: pd.DataFrame) -> dict:
    return {"height": "content" if len(rows) <= MOST else 460}
