"""What the keys of a pivot are called, short on an axis and long in a sentence; and the way from a cell to its
records."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from metrics.ask import members, terms
from metrics.ask.window import Window
from metrics.compare.pivot import NAMES, OTHER
from metrics.compare.pivot_question import CALENDAR
from metrics.define.catalogue import Metric
from ui.charts.time_axis import period_label
from ui.frame import open_records
from ui.frame.filters import PERIOD_KEYS
from ui.frame.menu import FILES
from ui.frame.page import Page
from ui.widgets import chart_show

TOTAL = "〈合计〉"
TOGETHER = "「其他」是合在一起的，打不开；缩小筛选范围就能逐个看。"


@dataclass(frozen=True)
class Names:
    """say(dimension, key) for sentences, short(dimension, key) for headers."""

    say: Callable[[str, object], str]
    short: Callable[[str, object], str]


def names(page: Page, hidden: dict[str, int]) -> Names:
    """`hidden`: dimension → how many stand together under 其他."""
    calendar = chart_show.calendar(page)

    def say(name: str, key: object) -> str:
        if key == OTHER:
            return _other(name, hidden.get(name, 0))
        if name == "term":
            return terms.term_label(page.build, pd.Timestamp(key).date())
        if name in CALENDAR:
            return period_label(key, name, calendar)
        return f"{key} 时" if name == "hour" else members.name(page.build, name, key)

    def short(name: str, key: object) -> str:
        if name == "week" and key != OTHER:
            return say(name, key).split("（")[0].replace("教学周", "周")
        if name == "term" and key != OTHER:
            words = say(name, key).replace("学年", "")
            return (
                f"{words} {pd.Timestamp(key):%Y}"
                if words.endswith("假")
                else f"{words[2:5]}{words[7:]}"
                if words[:4].isdigit()
                else words
            )
        return say(name, key)

    return Names(say, short)


def _other(name: str, count: int) -> str:
    return (
        f"更早的 {count} {'周' if name == 'week' else '个' + NAMES[name]}"
        if name in CALENDAR
        else f"其他（{count} 个{NAMES[name]}）"
    )


def open_cell(page: Page, metric: Metric, cell: dict[str, str], window: Window | None = None) -> None:
    """From a callback: to the records of one cell (dimension → key as text; TOTAL means all), of another period if
    one is given."""
    if OTHER in cell.values():
        st.toast(TOGETHER)
        return
    narrowed = {name: key for name, key in cell.items() if key != TOTAL}
    if "term" in narrowed:
        window = _term(page, narrowed.pop("term"))
    current = {key: st.query_params.get_all(key) for key in st.query_params}
    query = open_records.address(current, metric.key, narrowed)
    if metric.kind.is_backlog:  # the part is the number shown
        query["which"] = ["part"]
    if window:
        query = {key: values for key, values in query.items() if key not in PERIOD_KEYS}
        query |= {"since": [window.start.isoformat()], "until": [window.last_day.isoformat()]}
    st.switch_page(FILES["records"], query_params=query)


def _term(page: Page, key: str) -> Window:
    """The days of one term that lie in the page's period."""
    start = pd.Timestamp(key).date()
    span = next(period for period in terms.term_periods(page.build, page.window) if period.start == start)
    return Window(max(span.start, page.window.start), min(span.end, page.window.end))


def ended(page: Page, name: str, key: pd.Timestamp) -> bool:
    """Whether a week or month lies whole inside the period and was over by the data date."""
    period = Window.week(key.date()) if name == "week" else Window.month(key.date())
    return page.window.start <= period.start and period.end <= min(page.window.end, page.build.data_date.date())
