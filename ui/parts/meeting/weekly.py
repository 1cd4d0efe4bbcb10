"""The weekly meeting's controls: which week, and whether it is shown on a projector."""

from datetime import date, timedelta

import streamlit as st

from metrics.ask import terms
from metrics.ask.reading import young
from metrics.ask.window import WEEK, monday
from ui.frame.page import Page
from ui.frame.words import plain

EARLIEST = date(2000, 1, 3)
WHOLE, NOW = "最近一个完整周", "数据截止的这一周"  # what a page shows where the address names no week


def choose_week(page: Page, usual: str = WHOLE) -> date:
    """Monday of the week the URL asks for, else of the usual one; arrows to the neighbours in the filter bar, up to
    the week that runs at the data date."""
    newest = terms.newest_week(page.build).start
    default = newest if usual == NOW else young.meeting_week(page.build)
    week = _in_address(default, newest, usual)
    bar = page.bar
    bar.button(
        "上一周",
        icon=":material/chevron_left:",
        key="week_before",
        on_click=_go,
        args=(week - WEEK, default),
        disabled=week <= EARLIEST,
    )
    bar.markdown(_words(page, week), width="content")
    bar.button(
        "下一周",
        icon=":material/chevron_right:",
        icon_position="right",
        key="week_after",
        on_click=_go,
        args=(week + WEEK, default),
        disabled=week >= newest,
    )
    return week


def _words(page: Page, week: date) -> str:
    """「**第12教学周** 2026 年 11-16 至 11-22 未满，到 11-22 08:00」"""
    span = f"{week:%Y} 年 {week:%m-%d} 至 {week + timedelta(days=6):%m-%d}"
    until = f" :orange[未满，到 {page.build.data_date:%m-%d %H:%M}]" if terms.is_running(page.build, week) else ""
    return f"**{plain(terms.week_label(page.build, week))}** {plain(span)}{until}"


def _in_address(default: date, newest: date, usual: str) -> date:
    text = st.query_params.get("week")
    if text is None:
        return default
    try:
        week = monday(date.fromisoformat(text))
    except ValueError:
        week = None
    if week is None or not EARLIEST <= week <= newest:
        st.warning(f"没有链接里说的那一周，已显示{usual}（{default} 起）。")
        return default
    return week


def _go(week: date, default: date) -> None:
    if week == default:
        st.query_params.pop("week", None)
    else:
        st.query_params["week"] = week.isoformat()


def choose_presentation(page: Page) -> None:
    """The button that turns the page into screens for the projector."""
    page.bar.button("投影演示", icon=":material/slideshow:", key="present", on_click=_present)


def presenting() -> bool:
    return st.query_params.get("present") == "1"


def _present() -> None:
    st.query_params["present"] = "1"
    st.query_params.pop("screen", None)
