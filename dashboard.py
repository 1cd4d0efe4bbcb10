"""The way in: the menu as ui/frame/menu.py lists it, and the page that was asked for. Sign-in will stand here too."""

from pathlib import Path

import streamlit as st

from ui.frame import access, menu, states

ASSETS = Path(__file__).parent / "ui" / "assets"


def entry(page: menu.Entry) -> st.Page:
    return st.Page(
        menu.FILES[page.key],
        title=page.title,
        icon=f":material/{page.icon}:",
        url_path=page.key,
        default=page.key == menu.FIRST,
        help=page.question,
    )


st.set_page_config(page_title="校园平安", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.logo(str(ASSETS / "logo.svg"), size="large", icon_image=str(ASSETS / "icon.png"))
page = st.navigation({group: [entry(each) for each in entries] for group, entries in menu.MENU.items()})
if sentence := access.refusal():
    states.refused(sentence)
try:
    page.run()
except Exception as error:  # the one place where an unforeseen error becomes a sentence
    states.failed(error)
