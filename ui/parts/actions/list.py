"""The list of assignments: worst first, what the records say beside what was reported, one click to the evidence."""

import math
from collections.abc import Callable

import streamlit as st

from ledger import Ledger, LedgerError
from metrics.duties.outcomes import EFFECTIVE, NO_EFFECT, OVERDUE, RELAPSED, UNKNOWN, WORST_FIRST
from ui.frame import choice, links, states, theme
from ui.frame.filters import Filters
from ui.frame.page import Page
from ui.frame.words import escaped, shorten
from ui.parts.actions import data as actions_data
from ui.parts.actions import excel as actions_excel

COLOURS = {EFFECTIVE: theme.GOOD, NO_EFFECT: theme.BAD, OVERDUE: theme.BAD, RELAPSED: theme.BAD, UNKNOWN: theme.WARNING}
SIZE = 20
FIRST_STEPS = "还没有交办事项。三种开始的办法：点「新交办」填一项；在周例会的「拟交办」表里点「交办」，原因和核验条件自动填好；或载入已有的督办表（Excel）。"
CSS = f"""<style>
[data-testid="stVerticalBlock"][class*="st-key-action_"]:not([class*="links"]):not([class*="bar"]) {{ padding: .6rem .9rem; }}
.action-task {{ font-weight: 600; color: {theme.INK}; line-height: 1.5; overflow-wrap: anywhere; }}
.action-line {{ font-size: .9rem; line-height: 1.6; color: {theme.MUTED}; overflow-wrap: anywhere; }}
.action-line b {{ color: {theme.INK}; font-weight: 600; }}
.action-head {{ display: flex; gap: .6rem; align-items: baseline; }}
.action-head .tile-verdict {{ flex: none; }}
[class*="st-key-action_links_"] [data-testid="stPageLink"] a {{ padding: 0; min-height: 0; }}
</style>"""


def draw(page: Page, ledger: Ledger, found: tuple, keep: Callable[[], int]) -> None:
    """`found`: what reports.brief.assignments.live() gives. `keep` writes its outcomes into the histories; how many were new."""
    actions_data.said()
    st.html(CSS)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="action_bar"):
        st.button("新交办", icon=":material/add:", type="primary", key="new_action", on_click=go, kwargs={"new": "1"})
        actions_excel.draw(page, ledger, found)
        if found:
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
    if not found:
        states.empty(FIRST_STEPS, remedy="")
        return
    shown = _chosen(found)
    pages = max(math.ceil(len(shown) / SIZE), 1)
    at = min(_page(), pages)
    for one in shown[(at - 1) * SIZE : at * SIZE]:
        card(page, one)
    _pager(at, pages, len(shown))
    st.caption("结论只由记录得出，报告和核验都不改变它。" + theme.COLOURS_MEAN)


def _keep(keep: Callable[[], int]) -> None:
    try:
        count = keep()
    except LedgerError as problem:
        actions_data.say(problem.sentence, "error")
        return
    actions_data.say(f"已记下 {count} 项的结论。" if count else "这些结论已经记过。")


def _chosen(found: tuple) -> list:
    """Those of the outcome asked for."""
    counts = {word: sum(one.outcome == word for one in found) for word in WORST_FIRST}
    options = {"all": f"全部 {len(found)}"} | {word: f"{word} {counts[word]}" for word in WORST_FIRST if counts[word]}
    asked = choice.switch("结论", "outcome", options, "all", forget=("page",))
    return [one for one in found if asked in ("all", one.outcome)]


def chip(outcome: str) -> str:
    colour = COLOURS.get(outcome, theme.NEUTRAL)
    return f'<span class="tile-verdict" style="color:{colour};border-color:{colour}">{escaped(outcome)}</span>'


def card(page: Page, one) -> None:
    """One assignment: outcome and task, whose and until when, the evidence, what was reported."""
    who = one.post if one.post.startswith(one.unit) else f"{one.unit} {one.post}"
    with st.container(border=True, key=f"action_{one.number}", gap="xxsmall"):
        st.html(
            f'<div class="action-head">{chip(one.outcome)}<span class="action-task">{escaped(one.number)} {escaped(shorten(one.task, 120))}</span></div>'
            f'<div class="action-line">{escaped(who)} · 交办 {one.given_on} · 期限 {one.due}</div>'
            f'<div class="action-line"><b>{escaped(one.sentence)}</b></div><div class="action-line">{escaped(one.beside)}</div>'
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"action_links_{one.number}"):
            st.button(
                "打开",
                key=f"open_{one.number}",
                type="tertiary",
                icon=":material/chevron_right:",
                on_click=go,
                kwargs={"number": one.number},
            )
            evidence(one)


def evidence(one) -> None:
    """A link to the records behind the outcome, with exactly the filters of the check."""
    if one.page:
        query: dict[str, tuple[str, ...]] = {}
        for name, value in one.query:
            query[name] = (*query.get(name, ()), value)
        links.link("查看记录", one.page, Filters(), icon=":material/list_alt:", **query)


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
