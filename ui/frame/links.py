"""Where a click leads: a page's address with the filters in it, so that every view can be bookmarked and sent."""

from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from ui.frame.filters import Filters
from ui.frame.menu import FILES, FIRST, PLACE_OF
from ui.frame.words import escaped

CURRENT = ' aria-current="page"'


def query(filters: Filters, **extra: object) -> list[tuple[str, str]]:
    """Key–value pairs of a query string, tuples repeated: filters first, then what the page adds (None is left out)."""
    pairs = []
    for key, value in {**filters.to_query(), **extra}.items():
        values = value if isinstance(value, tuple | list) else () if value is None else (value,)
        pairs += [(key, str(each)) for each in values]
    return pairs


def href(page: str, filters: Filters, **extra: object) -> str:
    """A relative address such as 「trends?building=D03&metric=ticket_on_time_rate」. Raises KeyError for an unknown
    page."""
    if page not in FILES:
        raise KeyError(page)
    pairs = query(filters, **extra)
    path = "./" if page == FIRST else page  # the first page is served at the root
    return f"{path}?{urlencode(pairs)}" if pairs else path


def link(
    label: str,
    page: str,
    filters: Filters,
    help: str = "",
    icon: str = "",
    width: Literal["stretch", "content"] | int = "content",
    **extra: object,
) -> None:
    """Draw a link that opens another page in the same tab, without starting a new session. `label` must be harmless."""
    st.page_link(FILES[page], label=label, help=help, icon=icon, width=width, query_params=query(filters, **extra))


def tabs(page: str, filters: Filters, whole: bool) -> None:
    """Draw the tabs of the page's place, each a link to its own address with the filters and what the place keeps;
    nothing where there is only one. `whole`: whether the viewer's rights are not limited.

    ui/assets/places.js turns the page inside the session when one is clicked.
    """
    place = PLACE_OF[page]
    seen = place.seen(whole)
    kept = {key: st.query_params.get_all(key) for key in place.keeps if key in st.query_params}
    links = [
        f'<a href="{escaped(href(tab.key, filters, **kept))}" target="_self" title="{escaped(tab.question)}"'
        f"{CURRENT if tab.key == page else ''}>{escaped(tab.tab)}</a>"
        for tab in seen
    ]
    if len(links) > 1:
        st.html(f'<nav class="tabs" aria-label="{escaped(place.title)}的各页">{"".join(links)}</nav>', width="content")
