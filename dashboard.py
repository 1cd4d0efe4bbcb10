"""The way in: the places of ui/frame/menu.py, and the page that was asked for. Sign-in will stand here too."""

from pathlib import Path

import streamlit as st

from ui.frame import access, menu, states

ASSETS = Path(__file__).parent / "ui" / "assets"


def entries(place: menu.Place, whole: bool) -> list[st.Page]:
    """The pages of a place; the first one the viewer may see stands in the menu for all of them."""
    seen = place.seen(whole)
    return [
        st.Page(
            menu.FILES[tab.key],
            title=place.title if tab == seen[0] else tab.title,
            icon=f":material/{place.icon}:",
            url_path=tab.key,
            default=tab.key == menu.FIRST,
            visibility="visible" if tab == seen[0] else "hidden",
            help=tab.question if len(place.tabs) == 1 else None,  # elsewhere the tabs stand there
        )
        for tab in place.tabs
    ]


st.set_page_config(page_title="校园平安", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.logo(str(ASSETS / "logo.svg"), size="large", icon_image=str(ASSETS / "icon.png"))
whole = access.scope().everything
page = st.navigation([entry for place in menu.PLACES for entry in entries(place, whole)])
if sentence := access.refusal():
    states.refused(sentence)
try:
    page.run()
except Exception as error:  # the one place where an unforeseen error becomes a sentence
    states.failed(error)
