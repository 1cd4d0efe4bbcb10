"""The form of an assignment, new or changed. A link can fill it in: task, unit, why, due, kind, check_*, only,
signal."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

import streamlit as st

from ledger import Agreed, Assignment, Conflict, Ledger, LedgerError
from ledger.checks import GOALS, KINDS
from metrics.ask.selection import DIMENSIONS
from metrics.define.errors import UnknownName
from metrics.duties import outcomes
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.actions import data as actions_data
from ui.parts.actions import excel as actions_excel
from ui.parts.actions import list as action_list
from ui.parts.actions import write as actions_write

PLACES = {"building": "buildings", "grid": "grids", "branch": "branches", "category": "categories"}
HOW = {
    "open_zero": "到下次例会时，符合条件的记录全部了结。",
    "rate_within": "一整周的指标回到正常波动范围，或达到目标。",
    "no_new": "连续若干天没有新的记录。",
    "document": "交来照片、单据等材料。",
}
MONTH = timedelta(days=7)


def new(page: Page, ledger: Ledger) -> None:
    """A new assignment, filled in by what the address says."""
    st.button("返回列表", icon=":material/arrow_back:", on_click=action_list.go, key="back_to_actions")
    page.headline("新交办：写清做什么、谁负责、什么时候完成、怎样由记录核验")
    actions_data.draw_sentence()
    start = proposed(page)
    _draw(page, start, "new_" + _mark(start), "交办", _create, (ledger,))


def change(page: Page, ledger: Ledger, assignment: Assignment) -> None:
    """The same form over what is agreed now; what it was stays in the history."""
    _draw(
        page,
        assignment.agreed,
        f"change_{assignment.number}_{assignment.sequence}",
        "保存修改",
        _change,
        (ledger, assignment.number, assignment.sequence),
    )


def proposed(page: Page) -> Agreed:
    """What a link proposes. Nobody vouches for it: what makes no sense is left out, and all of it is checked on
    saving."""
    params = st.query_params
    check: dict = {"kind": params.get("kind", "")} | {
        name[6:]: params[name] for name in params if name.startswith("check_")
    }
    check["filters"] = _only(params.get_all("only"))
    check["overdue"] = check.get("overdue") == "True"
    today = actions_data.today(page)
    unit = params.get("unit", "")[:40]
    post = actions_data.units(page.build).get(unit, "")
    return Agreed(
        params.get("task", "")[:500],
        unit,
        post,
        today,
        _day(params.get("due"), today),
        params.get("why", "")[:2000],
        check,
        _signal(params.get("signal", "")),
    )


def _only(written: list[str]) -> dict[str, list[str]]:
    only: dict[str, list[str]] = {}
    for text in written[:60]:
        name, _, value = text.partition(":")
        if name in DIMENSIONS and 0 < len(value) <= 60:
            only.setdefault(name, []).append(value)
    return only


def _day(text: str | None, today: date) -> date:
    try:
        return max(date.fromisoformat(text or ""), today)
    except ValueError:
        return today + MONTH


def _signal(text: str) -> dict:
    try:
        signal = json.loads(text[:4000]) if text else {}
    except ValueError:
        return {}
    return signal if isinstance(signal, dict) else {}


def _mark(start: Agreed) -> str:
    """Another link opens another form."""
    return hashlib.sha256(json.dumps(start.to_json(), sort_keys=True, default=str).encode()).hexdigest()[:8]


def _draw(page: Page, start: Agreed, mark: str, verb: str, save, args: tuple) -> None:
    key = lambda name: f"{mark}_{name}"  # noqa: E731
    units = actions_data.units(page.build)
    st.text_area(
        "任务",
        start.task,
        key=key("task"),
        max_chars=500,
        height=80,
        placeholder="要做成什么样，例如：3号楼一层充电点清零，安全出口畅通",
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        options = list(dict.fromkeys([*units, *([start.unit] if start.unit else [])]))
        st.selectbox(
            "责任单位",
            options,
            options.index(start.unit) if start.unit else None,
            key=key("unit"),
            accept_new_options=True,
            placeholder="选择或填写单位",
            width=240,
            filter_mode="contains",
        )
        post = start.post or units.get(st.session_state.get(key("unit")) or "", "")
        st.text_input(
            "责任岗位",
            post,
            key=key("post") + (st.session_state.get(key("unit")) or ""),
            max_chars=40,
            placeholder="写岗位，不写姓名",
            width=200,
        )
        st.date_input("交办日期", start.given_on, key=key("given"), format="YYYY-MM-DD", width=150)
        st.date_input("期限", start.due, key=key("due"), format="YYYY-MM-DD", width=150)
    st.text_area("原因", start.why, key=key("why"), max_chars=2000, height=80, placeholder="来自哪个信号、哪次例会")
    check = _check(page, dict(start.check), key)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        actions_excel.post_field(key("by"), "填写人")
        st.button(verb, type="primary", key=key("save"), on_click=_save, args=(page, start, mark, check, save, args))


def _check(page: Page, start: dict, key) -> dict:
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


def _save(page: Page, start: Agreed, mark: str, check: dict, save, args: tuple) -> None:
    def got(name: str) -> Any:
        return st.session_state.get(f"{mark}_{name}")

    by = got("by") or ""
    st.session_state["actions_post"] = by
    unit = got("unit") or ""
    agreed = Agreed(
        got("task") or "",
        unit,
        got(f"post{unit}") or "",
        got("given"),
        got("due"),
        got("why") or "",
        check,
        dict(start.signal),
    )
    try:
        agreed = agreed.validated()
        outcomes.checked(agreed.check, page.build)
        save(*args, agreed, by)
    except Conflict as problem:
        actions_write.keep(problem, by, actions_data.today(page))
    except (LedgerError, UnknownName) as problem:
        actions_data.say(problem.sentence, "error")


def _create(ledger: Ledger, agreed: Agreed, by: str) -> None:
    made = ledger.create(agreed, by)
    action_list.go(number=made.number)
    actions_data.say(f"已交办，编号 {made.number}。")


def _change(ledger: Ledger, number: str, sequence: int, agreed: Agreed, by: str) -> None:
    ledger.change(number, agreed, by, sequence)
    actions_write.done(number, f"已修改 {number}，原来的内容留在来龙去脉里。")
