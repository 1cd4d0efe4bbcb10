"""The form of an assignment, new or changed. A link can fill it in: task, unit, why, due, kind, check_*, only,
signal."""

import hashlib
import json
from typing import Any

import streamlit as st

from ledger import Agreed, Assignment, Conflict, Ledger, LedgerError, under_way
from metrics.define.errors import UnknownName
from metrics.duties import outcomes
from ui.frame.page import Page
from ui.parts.actions import check_form, proposal, twice
from ui.parts.actions import data as actions_data
from ui.parts.actions import excel as actions_excel
from ui.parts.actions import list as action_list
from ui.parts.actions import write as actions_write


def new(page: Page, ledger: Ledger) -> None:
    """A new assignment, filled in by what the address says."""
    st.button("返回列表", icon=":material/arrow_back:", on_click=action_list.go, key="back_to_actions")
    page.headline("新交办：写清做什么、谁负责、什么时候完成、怎样由记录核验")
    actions_data.draw_sentence()
    start = proposal.proposed(page)
    mark = "new_" + _mark(start)
    again = twice.ask(under_way(ledger.assignments(), start.signal, start.check), f"{mark}_again")
    _draw(page, start, mark, "再次交办" if again else "交办", _create, (ledger, mark))


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
    check = check_form.draw_check(page, dict(start.check), key)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        actions_excel.post_field(key("by"), "填写人")
        st.button(verb, type="primary", key=key("save"), on_click=_save, args=(page, start, mark, check, save, args))


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


def _create(ledger: Ledger, mark: str, agreed: Agreed, by: str) -> None:
    """Asked again of the ledger as it stands now: somebody may have assigned it while the form was open."""
    twice.refuse(under_way(ledger.assignments(), agreed.signal, agreed.check), f"{mark}_again")
    made = ledger.create(agreed, by)
    action_list.go(number=made.number)
    actions_data.say(f"已交办，编号 {made.number}。")


def _change(ledger: Ledger, number: str, sequence: int, agreed: Agreed, by: str) -> None:
    ledger.change(number, agreed, by, sequence)
    actions_write.done(number, f"已修改 {number}，原来的内容留在来龙去脉里。")
