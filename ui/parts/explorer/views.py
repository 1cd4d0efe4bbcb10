"""Saved views: a list behind a button, opened by a link; saving, renaming and deleting are lines in the ledger's
database."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ledger import LedgerError
from ledger.views import LONGEST_NAME, View, delete, rename, save, views
from ui.export.audit import WHO, kept_in
from ui.frame import states, words
from ui.frame.menu import FILES
from ui.parts.actions import data as actions_data


def address() -> str:
    """The query string of what is on the screen."""
    return urlencode([(key, value) for key in st.query_params for value in st.query_params.get_all(key)])


def draw_button() -> None:
    """The button with the list behind it; a ledger that does not answer is said in words there."""
    with st.popover("视图", icon=":material/bookmarks:", help="保存这个视图，打开别人保存的"):
        try:
            saved = views(default=kept_in())
        except LedgerError as problem:
            st.error(words.plain(problem.sentence, states.LONGEST))
            return
        for view in saved:
            st.page_link(
                FILES["explorer"],
                label=words.plain(view.name),
                icon=":material/bookmark:",
                query_params=parse_qsl(view.address),
            )
        if not saved:
            st.caption("还没有保存过视图。")
        with st.form("save_view", border=False, clear_on_submit=True):
            st.text_input(
                "把现在看到的保存为", key="view_name", max_chars=LONGEST_NAME, placeholder="例如：各楼宇隐患按周"
            )
            st.form_submit_button("保存", type="primary", on_click=_do, args=(_save, "已保存视图。"))
        if saved:
            _manage(saved)
        st.caption("网址里就是这个视图，复制下面一行或浏览器地址即可分享；“近 12 周”这样的时段会跟着新数据走。")
        st.code(f"explorer?{address()}", language=None, wrap_lines=True)


def _manage(saved: tuple[View, ...]) -> None:
    labels = {view.number: view.name for view in saved}
    with st.expander("改名或删除"):
        st.selectbox(
            "哪一个",
            list(labels),
            key="view_chosen",
            format_func=lambda number: labels.get(number, ""),
            filter_mode=None,
            placeholder="选一个视图",
        )
        st.text_input("新名称", key="view_new_name", max_chars=LONGEST_NAME, placeholder="新的名称")
        with st.container(horizontal=True, gap="small"):
            st.button("改名", key="rename_view", on_click=_do, args=(_rename, "已改名。"))
            st.button("删除", key="delete_view", on_click=_do, args=(_delete, "已从列表删除。"))


def _do(what: Callable[[], object], sentence: str) -> None:
    """One deed, and what came of it said on the next drawing of the page."""
    try:
        what()
        actions_data.say(sentence)
    except LedgerError as problem:
        actions_data.say(problem.sentence, "error")


def _save() -> View:
    return save(st.session_state["view_name"], address(), WHO, default=kept_in())


def _rename() -> View:
    return rename(st.session_state["view_chosen"], st.session_state["view_new_name"], WHO, default=kept_in())


def _delete() -> None:
    delete(st.session_state["view_chosen"], WHO, default=kept_in())
