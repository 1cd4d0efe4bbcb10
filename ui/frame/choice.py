"""A page's own choices (which metric, by week or month, split by what), kept in the URL beside the filters.

The URL is the truth, as with the filters: the widget is set from it before it is drawn and writes to it when touched.
What a link asks for and the page does not know falls back to the default.
"""

from collections.abc import Collection, Mapping
from typing import Literal

import streamlit as st


def from_address(key: str, options: Collection[str], default: str) -> str:
    """The value the URL asks for, or the default."""
    value = st.query_params.get(key, default)
    return value if value in options else default


def _touched(key: str, widget: str, default: str, forget: tuple[str, ...] = ()) -> None:
    for other in forget:
        st.query_params.pop(other, None)
    value = st.session_state[widget]
    if value in (None, default):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value


def select(
    label: str, key: str, options: Mapping[str, str], default: str, width: int | Literal["stretch"] = "stretch"
) -> str:
    """A drop-down of value → words; returns the value."""
    widget = f"choice_{key}"
    st.session_state[widget] = from_address(key, options, default)
    st.selectbox(
        label,
        tuple(options),
        key=widget,
        format_func=lambda value: options.get(value, ""),
        width=width,
        filter_mode=None,
        on_change=_touched,
        args=(key, widget, default),
        placeholder=label,
    )
    return st.session_state[widget]


def switch(label: str, key: str, options: Mapping[str, str], default: str, forget: tuple[str, ...] = ()) -> str:
    """A few words side by side, one of them chosen; returns its value. A change drops the keys in `forget` (a page
    number)."""
    widget = f"choice_{key}"
    st.session_state[widget] = from_address(key, options, default)
    st.segmented_control(
        label,
        list(options),
        key=widget,
        format_func=lambda value: options.get(value, ""),
        required=True,
        on_change=_touched,
        args=(key, widget, default, forget),
    )
    return st.session_state[widget]


def tick(label: str, key: str) -> bool:
    """A switch that is off unless the URL says otherwise."""
    widget = f"choice_{key}"
    st.session_state[widget] = st.query_params.get(key) == "1"
    st.toggle(label, key=widget, on_change=_ticked, args=(key, widget))
    return st.session_state[widget]


def _ticked(key: str, widget: str) -> None:
    if st.session_state[widget]:
        st.query_params[key] = "1"
    else:
        st.query_params.pop(key, None)
