"""Assigning a thing twice takes a deliberate step: what there is already is named, and a tick asks for another one."""

from collections.abc import Sequence

import streamlit as st

from ledger import Assignment, Refused
from ui.frame.words import plain
from ui.parts.actions import list as action_list


def ask(found: Sequence[Assignment], key: str) -> bool:
    """Say what has been assigned of it, or what refuse() found on saving; whether another one is wanted all the
    same."""
    found = found or st.session_state.get(f"{key}_found", ())
    if not found:
        return False
    st.warning(plain(f"这件事已经交办：{_named(found)}。先打开看看办得怎样，一般不必再交办一次。", 400))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for one in found:
            st.button(
                f"打开 {one.number}", key=f"{key}_{one.number}", on_click=action_list.go, kwargs={"number": one.number}
            )
        return st.checkbox("仍要再交办一次", key=key)


def refuse(found: Sequence[Assignment], key: str) -> None:
    """Raises Refused where it has been assigned and nobody ticked `key`."""
    if found and not st.session_state.get(key):
        st.session_state[f"{key}_found"] = found
        raise Refused(f"这件事已经交办：{_named(found)}，没有再记一次；确实要再交办，请先勾选「仍要再交办一次」。")


def _named(found: Sequence[Assignment]) -> str:
    return "；".join(f"{one.number} {one.agreed.unit}，期限 {one.agreed.due}" for one in found)
