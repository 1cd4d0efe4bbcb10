"""The list of pages: name, icon, reader. Sign-in will stand here too; what a page may show is decided where data is asked for."""

from pathlib import Path

import streamlit as st

from ui.frame import access, menu, states

ASSETS = Path(__file__).parent / "ui" / "assets"
MENU = {
    "例会": {
        "weekly": ":material/event_note:",
        "actions": ":material/task_alt:",
        "red_lines": ":material/block:",
        "cadences": ":material/event_repeat:",
        "zero_report": ":material/verified_user:",
    },
    "安全态势": {
        "trends": ":material/show_chart:",
        "campus_map": ":material/map:",
        "building": ":material/domain:",
        "buildings": ":material/apartment:",
        "grids": ":material/grid_view:",
        "repeats": ":material/replay:",
        "grid_work": ":material/diversity_3:",
        "duty": ":material/shield_person:",
        "incidents": ":material/local_police:",
        "ladder": ":material/stairs:",
    },
    "服务与教育": {
        "services": ":material/volunteer_activism:",
        "surveys": ":material/sentiment_satisfied:",
        "drills": ":material/school:",
    },
    "党建": {"branches": ":material/flag:", "branch": ":material/badge:", "commitments": ":material/handshake:"},
    "查证": {
        "campaigns": ":material/compare_arrows:",
        "explorer": ":material/pivot_table_chart:",
        "records": ":material/list_alt:",
        "query": ":material/terminal:",
        "quality": ":material/health_and_safety:",
        "glossary": ":material/menu_book:",
    },
}


def entry(key: str, icon: str) -> st.Page:
    file, title, question = menu.PAGES[key]
    return st.Page(file, title=title, icon=icon, url_path=key, default=key == "weekly", help=question)


st.set_page_config(page_title="校园平安", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.logo(str(ASSETS / "logo.svg"), size="large", icon_image=str(ASSETS / "icon.png"))
page = st.navigation({group: [entry(key, icon) for key, icon in keys.items()] for group, keys in MENU.items()})
if sentence := access.refusal():
    states.refused(sentence)
try:
    page.run()
except Exception as error:  # the one place where an unforeseen error becomes a sentence
    states.failed(error)
