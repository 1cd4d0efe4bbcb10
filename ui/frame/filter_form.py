"""The filters on the screen: one sentence that says itself, opened by a click, one button to clear.

The URL is the truth. Widgets are set from it before they are drawn and write to it when touched, so a reload, a
bookmark and the back button all mean the same. When the page changes, the menu drops the query: the session's last
filters are put back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.frame import address, words
from ui.frame.data import Options
from ui.frame.filters import DEFAULT_PERIOD, KEYS, PERIODS, PLACES, Filters, asked
from warehouse import Build

CUSTOM = "自定起止"
LABELS = {"buildings": "楼宇", "grids": "网格", "branches": "党支部", "categories": "类别"}


def read(page_key: str, options: Options) -> Filters:
    """Filters as the URL says them; what made no sense in it is said in one line."""
    _carry_over(page_key)
    filters = Filters.from_query(st.query_params, options.existing)
    st.session_state["filters"] = filters
    if notes := [note for note in (*filters.notes, address.note(st.query_params)) if note]:
        st.warning(f"链接里{words.plain('；'.join(notes), 240)}。")
    return filters


def draw_bar(filters: Filters, options: Options, build: Build, period: bool = True) -> DeltaGenerator:
    """The sentence, the controls behind it, the button to clear; hands back the bar so that a page can add its own.

    Without `period` (a page that has a period of its own) the filters speak of places and categories only.
    """
    bar = st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters")
    sentence = words.plain(filters.sentence(options.names, period), longest=120)
    with bar.popover(
        sentence, icon=":material/filter_alt:", help="点开可以改时段、地点和类别" if period else "点开可以改地点和类别"
    ):
        if period:
            _period(filters, build)
        for field in PLACES:
            _choice(filters, field, options)
    if not filters.is_default:
        bar.button(
            "清除筛选", icon=":material/close:", type="tertiary", key="clear_filters", on_click=write, args=(Filters(),)
        )
    return bar


def _carry_over(page_key: str) -> None:
    changed_page = st.session_state.get("page") not in (None, page_key)
    st.session_state["page"] = page_key
    if changed_page and not asked(st.query_params) and "filters" in st.session_state:
        write(st.session_state["filters"])


def write(filters: Filters) -> None:
    """Put the filters into the URL, leaving what the page itself keeps there (week, metric, cell …)."""
    others: dict[str, Sequence[str]] = {key: st.query_params.get_all(key) for key in st.query_params if key not in KEYS}
    st.query_params.from_dict({**others, **filters.to_query()})


def _touched(filters: Filters, field: str) -> None:
    write(filters.chosen(field, tuple(st.session_state[f"filter_{field}"])))


def _choice(filters: Filters, field: str, options: Options) -> None:
    key = f"filter_{field}"
    st.session_state[key] = list(getattr(filters, field))
    name: Callable[[str], str] = lambda value: options.names.get(value, value)  # noqa: E731
    st.multiselect(
        LABELS[field],
        tuple(dict.fromkeys((*options.ids[field], *getattr(filters, field)))),
        key=key,
        format_func=name,
        placeholder=PLACES[field][1],
        on_change=_touched,
        args=(filters, field),
    )


def _period(filters: Filters, build: Build) -> None:
    explicit = filters.first_day is not None
    st.session_state["filter_period"] = CUSTOM if explicit else filters.period
    st.selectbox(
        "时段",
        [*PERIODS, CUSTOM],
        key="filter_period",
        on_change=_period_touched,
        args=(filters, build),
        placeholder=DEFAULT_PERIOD,
    )
    if explicit:
        st.session_state["filter_days"] = (filters.first_day, filters.last_day)
        st.date_input("起止日期", key="filter_days", format="YYYY-MM-DD", on_change=_days_touched, args=(filters,))


def _period_touched(filters: Filters, build: Build) -> None:
    chosen = st.session_state["filter_period"]
    if chosen == CUSTOM:
        window = filters.window(build)  # start from the days now shown
        write(replace(filters, first_day=window.start, last_day=window.end - timedelta(days=1)))
    else:
        write(replace(filters, period=chosen, first_day=None, last_day=None))


def _days_touched(filters: Filters) -> None:
    days = st.session_state["filter_days"]
    if len(days) == 2:
        write(replace(filters, first_day=days[0], last_day=days[1]))
