"""The weekly meeting's controls: which week, and whether it is shown on a projector."""

from datetime import date, timedelta

import streamlit as st

from metrics.ask import terms
from metrics.ask.window import WEEK, monday
from ui.frame.page import Page
from ui.frame.words import plain

EARLIEST = date(2000, 1, 3)


def choose_week(page: Page) -> date:
    """Monday of the week the URL asks for, or of the last whole week; arrows to the neighbours in the filter bar."""
    last = terms.last_whole_week(page.build).start
    week = _in_address(last)
    span = f"{week:%m-%d} 至 {week + timedelta(days=6):%m-%d}"
    label = terms.week_label(page.build, week)
    bar = page.bar
    bar.button(
        "上一周",
        icon=":material/chevron_left:",
        key="week_before",
        on_click=_go,
        args=(week - WEEK, last),
        disabled=week <= EARLIEST,
    )
    bar.markdown(f"**{plain(label)}** {plain(f'{week:%Y} 年 {span}')}", width="content")
    bar.button(
        "下一周",
        icon=":material/chevron_right:",
        icon_position="right",
        key="week_after",
        on_click=_go,
        args=(week + WEEK, last),
        disabled=week >= last,
    )
    return week


def _in_address(last: date) -> date:
    text = st.query_params.get("week")
    if text is None:
        return last
    try:
        week = monday(date.fromisoformat(text))
    except ValueError:
        week = None
    if week is None or not EARLIEST <= week <= last:
        st.warning(f"没有链接里说的那一周，已显示最近一个完整周（{last} 起）。")
        return last
    return week


def _go(week: date, last: date) -> None:
    if week >= last:
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
