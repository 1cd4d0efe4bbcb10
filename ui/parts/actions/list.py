"""The list of assignments: worst first, what the records say beside what was reported, one click to the evidence."""

import math
from collections.abc import Callable
from typing import Any

import streamlit as st

from ledger import Ledger, LedgerError
from metrics.duties.outcomes import EFFECTIVE, NO_EFFECT, OVERDUE, RELAPSED, UNKNOWN, WORST_FIRST
from ui.charts import colours
from ui.frame import choice, links, states
from ui.frame.filters import Filters
from ui.frame.page import Page
from ui.frame.words import COLOURS_MEAN, escaped, shorten
from ui.parts.actions import data as actions_data
from ui.parts.actions import excel as actions_excel

COLOURS = {
    EFFECTIVE: colours.GOOD,
    NO_EFFECT: colours.BAD,
    OVERDUE: colours.BAD,
    RELAPSED: colours.BAD,
    UNKNOWN: colours.WARNING,
}
SIZE = 20
FIRST_STEPS = (
    "还没有交办事项。三种开始的办法：点「新交办」填一项；"
    "在周例会的「拟交办」表里点「交办」，原因和核验条件自动填好；或载入已有的督办表（Excel）。"
)


def draw(page: Page, ledger: Ledger, assignments: tuple, keep: Callable[[], int]) -> None:
    """`assignments`: what reports.brief.assignments.live() gives. `keep` writes its outcomes into the histories; how
    many were new."""
    actions_data.draw_sentence()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="action_bar"):
        st.button("新交办", icon=":material/add:", type="primary", key="new_action", on_click=go, kwargs={"new": "1"})
        actions_excel.draw_buttons(page, ledger, assignments)
        if assignments:
            help = (
                "把每一项现在的结论和依据记入它的来龙去脉；以后即使旧记录被更正，也知道当时怎么说。同样的结论只记一次。"
            )
            st.button(
                "记下这次复核",
                icon=":material/history_edu:",
                key="keep_reviews",
                on_click=_keep,
                args=(keep,),
                help=help,
            )
    if not assignments:
        states.empty(FIRST_STEPS, remedy="")
        return
    shown = _chosen(assignments)
    pages = max(math.ceil(len(shown) / SIZE), 1)
    at = min(_page(), pages)
    for assignment in shown[(at - 1) * SIZE : at * SIZE]:
        card(page, assignment)
    _pager(at, pages, len(shown))
    st.caption("结论只由记录得出，报告和核验都不改变它。" + COLOURS_MEAN)


def _keep(keep: Callable[[], int]) -> None:
    try:
        count = keep()
    except LedgerError as problem:
        actions_data.say(problem.sentence, "error")
        return
    actions_data.say(f"已记下 {count} 项的结论。" if count else "这些结论已经记过。")


def _chosen(assignments: tuple) -> list:
    """Those of the outcome asked for."""
    counts = {word: sum(assignment.outcome == word for assignment in assignments) for word in WORST_FIRST}
    options = {"all": f"全部 {len(assignments)}"} | {
        word: f"{word} {counts[word]}" for word in WORST_FIRST if counts[word]
    }
    outcome = choice.switch("结论", "outcome", options, "all", forget=("page",))
    return [assignment for assignment in assignments if outcome in ("all", assignment.outcome)]


def chip(outcome: str) -> str:
    colour = COLOURS.get(outcome, colours.NEUTRAL)
    return f'<span class="tile-verdict" style="color:{colour};border-color:{colour}">{escaped(outcome)}</span>'


def card(page: Page, assignment) -> None:
    """One assignment: outcome and task, whose and until when, the evidence, what was reported."""
    who = assignment.post if assignment.post.startswith(assignment.unit) else f"{assignment.unit} {assignment.post}"
    with st.container(border=True, key=f"action_{assignment.number}", gap="xxsmall"):
        st.html(
            f'<div class="action-head">{chip(assignment.outcome)}<span class="action-task">'
            f"{escaped(assignment.number)} {escaped(shorten(assignment.task, 120))}</span></div>"
            f'<div class="action-line">{escaped(who)} · 交办 {assignment.given_on} · 期限 {assignment.due}</div>'
            f'<div class="action-line"><b>{escaped(assignment.sentence)}</b></div>'
            f'<div class="action-line">{escaped(assignment.beside)}</div>'
        )
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"action_links_{assignment.number}"
        ):
            st.button(
                "打开",
                key=f"open_{assignment.number}",
                type="tertiary",
                icon=":material/chevron_right:",
                on_click=go,
                kwargs={"number": assignment.number},
            )
            evidence(assignment)


def evidence(assignment) -> None:
    """A link to the records behind the outcome, with exactly the filters of the check."""
    if assignment.page:
        query: dict[str, Any] = {}
        for name, value in assignment.query:
            query[name] = (*query.get(name, ()), value)
        links.link("查看记录", assignment.page, Filters(), icon=":material/list_alt:", **query)


def go(**query: str) -> None:
    """Another view of this page; what is not named is dropped."""
    st.query_params.from_dict(query)


def _page() -> int:
    text = st.query_params.get("page", "1")
    return int(text) if text.isascii() and text.isdecimal() and 1 <= len(text) <= 4 and int(text) else 1


def _pager(at: int, pages: int, count: int) -> None:
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="action_pager"):
        st.button("上一页", icon=":material/chevron_left:", disabled=at <= 1, on_click=_turn, args=(at - 1,))
        st.markdown(f"第 {at} / {pages} 页，共 {count} 项", width="content")
        st.button("下一页", icon=":material/chevron_right:", disabled=at >= pages, on_click=_turn, args=(at + 1,))


def _turn(number: int) -> None:
    st.query_params["page"] = str(number)
