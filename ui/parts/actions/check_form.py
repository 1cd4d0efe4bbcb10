"""How the records will tell whether an assignment worked: only what the kind of check needs is asked."""

import streamlit as st

from ledger.checks import GOALS, KINDS
from metrics.ask.selection import DIMENSIONS
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.actions import data as actions_data

PLACES = {"building": "buildings", "grid": "grids", "branch": "branches", "category": "categories"}
HOW = {
    "open_zero": "到下次例会时，符合条件的记录全部了结。",
    "rate_within": "一整周的指标回到正常波动范围，或达到目标。",
    "no_new": "连续若干天没有新的记录。",
    "document": "交来照片、单据等材料。",
}


def draw_check(page: Page, start: dict, key) -> dict:
    """How the records will tell; only what the kind needs is asked."""
    st.markdown("**由记录核验**")
    kinds = list(KINDS)
    at = kinds.index(start["kind"]) if start.get("kind") in kinds else None
    kind = st.selectbox(
        "核验方式",
        kinds,
        at,
        key=key("kind"),
        format_func=lambda name: KINDS.get(name, name),
        placeholder="选一种",
        filter_mode=None,
        width=240,
    )
    if kind is None:
        return {}
    st.caption(HOW[kind])
    if kind == "document":
        return {
            "kind": kind,
            "title": st.text_input(
                "材料名称", start.get("title", ""), key=key("title"), max_chars=60, placeholder="例如 整改照片"
            ),
        }
    check: dict = {"kind": kind}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if kind == "rate_within":
            check["metric"] = _one_of("指标", actions_data.known_metrics(), start.get("metric"), key("metric"))
            check["goal"] = _one_of("恢复到", GOALS, start.get("goal") or "limits", key("goal"))
        else:
            titles = (
                actions_data.clearable_tables(page.build)
                if kind == "open_zero"
                else actions_data.known_tables(page.build)
            )
            check["table"] = _one_of("哪种记录", titles, start.get("table"), key("table"))
        if kind == "no_new":
            days = str(start.get("days") or "7")
            check["days"] = st.number_input(
                "连续天数",
                1,
                365,
                int(days) if days.isascii() and days.isdecimal() and 1 <= int(days) <= 365 else 7,
                key=key("days"),
                width=130,
            )
    if kind == "open_zero":
        check["overdue"] = st.toggle("只看逾期的", bool(start.get("overdue")), key=key("overdue"))
    check["filters"] = _filters(page, start.get("filters") or {}, key)
    return check


def _one_of(label: str, options: dict[str, str], start: str | None, key: str) -> str:
    names = list(options)
    at = names.index(start) if start in names else None
    return (
        st.selectbox(
            label, names, at, key=key, format_func=lambda name: options.get(name, ""), placeholder="请选择", width=240
        )
        or ""
    )


def _filters(page: Page, start: dict, key) -> dict[str, list[str]]:
    """Places and categories; what else a link narrowed to is kept and said."""
    chosen = {}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for name, field in PLACES.items():
            given = list(start.get(name, ()))
            options = list(dict.fromkeys([*page.options.ids[field], *given]))
            chosen[name] = st.multiselect(
                DIMENSIONS[name].label,
                options,
                given,
                key=key(name),
                width=240,
                placeholder=f"全部{DIMENSIONS[name].label}",
                format_func=lambda value: page.names.get(value, value),
            )
    others = {name: values for name, values in start.items() if name not in PLACES}
    if others:
        st.caption(
            "另外限于："
            + "；".join(f"{DIMENSIONS[name].label} {plain('、'.join(values))}" for name, values in others.items())
        )
    return {name: list(values) for name, values in (chosen | others).items() if values}
