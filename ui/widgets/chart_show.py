"""The one place where a figure reaches the screen: Plotly speaks Chinese, shows no toolbar, and a click leads
somewhere."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ui.charts.style import without_words, words_of
from ui.charts.time_axis import Calendar
from ui.frame import data, words

_MONTHS = [f"{number}月" for number in range(1, 13)]
_DAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"]
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "showTips": False,
    "scrollZoom": False,
    "doubleClick": False,
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {},
            "format": {
                "days": _DAYS,
                "shortDays": _DAYS,
                "months": _MONTHS,
                "shortMonths": _MONTHS,
                "date": "%Y-%m-%d",
                "dateTime": "%Y-%m-%d %H:%M",
                "thousands": ",",
                "decimal": ".",
                "periods": ["上午", "下午"],
            },
        }
    },
}


def show(
    figure: go.Figure, key: str, on_pick: Callable[..., None] | None = None, narrowest: int = 0, hint: str = ""
) -> None:
    """Draw a figure with its title and subtitle as text that wraps.

    on_pick gets the customdata of the point clicked, one argument per value. A figure that cannot be read below
    `narrowest` pixels scrolls sideways on a phone instead of being squeezed. `hint` says what a click does.
    """
    title, subtitle = words_of(figure)
    st.markdown(f"**{words.plain(title, 200)}**")
    st.caption(words.plain(subtitle + (f" · {hint}" if hint else ""), 240))
    place = st.grid(1, wrap=False, min_column_width=narrowest) if narrowest else st.container()
    picking: dict[str, Any] = (
        {"on_select": lambda: _picked(key, on_pick), "selection_mode": "points"} if on_pick else {}
    )
    place.plotly_chart(without_words(figure), key=key, theme=None, config=CONFIG, alt=f"{title}。{subtitle}", **picking)


def bare(figure: go.Figure, key: str) -> None:
    """A figure without its words, where the page around it says them."""
    title, subtitle = words_of(figure)
    st.plotly_chart(without_words(figure), key=key, theme=None, config=CONFIG, alt=f"{title}。{subtitle}")


def _picked(key: str, on_pick: Callable[..., None]) -> None:
    """Runs only when the choice changes, so that coming back to the page does not jump away again."""
    points = st.session_state[key].selection.points
    if points and points[0].get("customdata"):
        on_pick(*points[0]["customdata"])


def calendar(page) -> Calendar:
    """The school's weeks and events, as the time axis wants them; events of one building only where it is looked at."""
    weeks = data.weeks(page.build)
    events = data.health(page.build, "events")
    here = events["building_id"].isna() | events["building_id"].isin(page.selection.buildings)
    return Calendar(weeks.assign(week_start=pd.to_datetime(weeks["week_start"])), events[here])
