"""One assignment: what was agreed, what the records say, what can be written down next, its whole history."""

from functools import partial

import streamlit as st

from ledger import Assignment, Ledger, LedgerError
from ui.export import export
from ui.frame import choice
from ui.frame.page import Page
from ui.frame.words import escaped, plain
from ui.parts.actions import data as actions_data
from ui.parts.actions import form as actions_form
from ui.parts.actions import history
from ui.parts.actions import list as action_list
from ui.parts.actions import write as actions_write

DOES = {
    "report": "报告办理情况",
    "verify": "核验报告",
    "comment": "留言",
    "attach": "交材料",
    "change": "修改交办",
    "withdraw": "撤销",
}


def draw(page: Page, ledger: Ledger, number: str, judged) -> None:
    """`judged`: what reports.brief.assignments says of it; None where it is withdrawn or settled long ago."""
    st.button("返回列表", icon=":material/arrow_back:", on_click=action_list.go, key="back_to_actions")
    actions_data.draw_sentence()
    try:
        assignment = ledger.get(number)
    except LedgerError as problem:
        page.headline("没有找到这一项")
        st.info(plain(problem.sentence, 300))
        return
    page.headline(f"{assignment.number} {_state(assignment, judged)}：{assignment.agreed.task}")
    st.html(_fields(page, assignment, judged))
    with st.container(horizontal=True, gap="small"):
        if judged:
            action_list.evidence(judged)
        _documents(page, ledger, assignment)
    actions_write.conflict(page, ledger, assignment.number)
    _next(page, ledger, assignment)
    st.markdown("**来龙去脉**（只增不改，最近的在前）")
    st.html(history.timeline(assignment.events, newest_first=True))


def _state(assignment: Assignment, judged) -> str:
    return "已撤销" if assignment.is_withdrawn else judged.outcome if judged else "已销项"


def _next(page: Page, ledger: Ledger, assignment: Assignment) -> None:
    """One form at a time."""
    options = {"comment": DOES["comment"]} if assignment.is_withdrawn else DOES
    default = next(iter(options)) if not assignment.is_reported_done or assignment.is_withdrawn else "verify"
    what = choice.switch("写一条", "do", options, default)
    if what == "change":
        actions_form.change(page, ledger, assignment)
    else:
        actions_write.draw_form(page, ledger, assignment, what)


def _fields(page: Page, assignment: Assignment, judged) -> str:
    agreed = assignment.agreed
    pairs = [
        ("责任", agreed.owner),
        ("交办", str(agreed.given_on)),
        ("期限", _due(page, assignment)),
        ("核验方式", judged.check if judged else "—"),
    ]
    wide = [("记录核验", f"{judged.outcome}。{judged.sentence}"), ("对照", judged.beside)] if judged else []
    wide += [("任务", agreed.task), *([("原因", agreed.why)] if agreed.why else [])]
    cells = [_field(label, value, ' class="wide"') for label, value in wide] + [
        _field(label, value) for label, value in pairs
    ]
    return f'<dl class="action-fields">{"".join(cells)}</dl>'


def _field(label: str, value: str, more: str = "") -> str:
    return f"<div{more}><dt>{escaped(label)}</dt><dd>{escaped(value)}</dd></div>"


def _due(page: Page, assignment: Assignment) -> str:
    left = (assignment.agreed.due - page.build.data_date.date()).days
    return (
        f"{assignment.agreed.due}（"
        f"{f'还有 {left} 天' if left > 0 else '今天到期' if left == 0 else f'已过 {-left} 天'}）"
    )


def _documents(page: Page, ledger: Ledger, assignment: Assignment) -> None:
    """What was handed in as proof; each time it is taken away is written down."""
    for event in assignment.documents:
        content = event.content
        if content["link"]:
            st.link_button(plain(content["name"], 40), content["link"], icon=":material/link:")
        elif (data := ledger.document(content["digest"])) is not None:
            taken = export.recorded(
                f"督办附件「{content['name']}」",
                f"督办 {assignment.number}",
                page.build,
                page.scope,
                partial(bytes, data),
            )
            st.download_button(
                plain(content["name"], 40),
                taken,
                content["name"],
                icon=":material/attach_file:",
                on_click="ignore",
                key=f"doc_{event.sequence}",
            )
        else:
            st.caption(f"{plain(content['name'], 40)}（由 Excel 载入，原文件没有随表带来）")
