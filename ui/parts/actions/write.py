"""Writing down one thing about an assignment. What somebody else wrote in between is shown before anything is stored
again."""

import streamlit as st

from ledger import Conflict, Event, Ledger, LedgerError
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.actions import data as actions_data
from ui.parts.actions import excel as actions_excel
from ui.parts.actions import history

HINTS = {
    "report": "做了什么、结果怎样；不写姓名和电话。",
    "verify": "看了什么、为什么认可或不认可。",
    "comment": "",
    "withdraw": "为什么撤销；撤销后只能留言。",
    "attach": "照片、单据等，最大 20 MB；或填共享盘的链接。遮住里面的姓名和电话。",
}
BUTTONS = {
    "report": "提交报告",
    "verify": "提交核验",
    "comment": "提交留言",
    "withdraw": "撤销这一项",
    "attach": "交材料",
}
CONFLICT = "actions_conflict"


def draw_form(page: Page, ledger: Ledger, assignment, what: str) -> None:
    """The form of one kind: report, verify, comment, attach or withdraw.

    What the button is told is the sequence on the screen, so that a change made meanwhile is noticed.
    """
    key = lambda name: f"{what}_{name}_{assignment.number}"  # noqa: E731
    with st.form(f"form_{what}_{assignment.number}", enter_to_submit=False):
        if what == "report":
            st.radio("办理情况", ["已完成", "办理中"], horizontal=True, key=key("state"))
        if what == "verify":
            st.caption("核验人和报告人不能是同一个岗位；核验不改变记录得出的结论。")
            st.radio("核验意见", ["认可", "不认可"], horizontal=True, key=key("state"))
        if what == "attach":
            st.file_uploader("材料", key=key("file"), label_visibility="collapsed")
            st.text_input("或者填链接", key=key("link"), placeholder="https://", max_chars=500)
        else:
            st.text_area("内容", key=key("words"), max_chars=2000, placeholder=HINTS[what], height=100)
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            actions_excel.post_field(key("post"))
            st.date_input("日期", value=actions_data.today(page), key=key("day"), format="YYYY-MM-DD", width=150)
        st.form_submit_button(
            BUTTONS[what], type="primary", on_click=_submit, args=(ledger, assignment.number, assignment.sequence, what)
        )
        if what == "attach":
            st.caption(HINTS[what])


def _submit(ledger: Ledger, number: str, sequence: int, what: str) -> None:
    got = lambda name: st.session_state.get(f"{what}_{name}_{number}")  # noqa: E731
    by, day, words = got("post") or "", got("day"), got("words") or ""
    st.session_state["actions_post"] = by
    try:
        if what == "report":
            ledger.report(number, got("state") == "已完成", words, by, sequence, day)
        elif what == "verify":
            ledger.verify(number, got("state") == "认可", words, by, sequence, day)
        elif what == "comment":
            ledger.comment(number, words, by, day)
        elif what == "withdraw":
            ledger.withdraw(number, words, by, sequence, day)
        else:
            file = got("file")
            ledger.attach(
                number,
                file.name if file else got("link") or "",
                by,
                file.getvalue() if file else b"",
                "" if file else got("link") or "",
                day,
            )
    except Conflict as problem:
        keep(problem, by, day)
    except LedgerError as problem:
        actions_data.say(problem.sentence, "error")
    else:
        done(number, f"{BUTTONS[what]}：已记入 {number}。")
        st.session_state.pop(f"{what}_words_{number}", None)


def done(number: str, sentence: str) -> None:
    """Say that it is stored; a conflict that waited is over."""
    st.session_state.pop(CONFLICT, None)
    actions_data.say(sentence)


def keep(problem: Conflict, by: str, day) -> None:
    """Hold on to what was to be written until its writer has seen what changed."""
    st.session_state[CONFLICT] = (problem, by, day)


def conflict(page: Page, ledger: Ledger, number: str) -> None:
    """Both sides of a conflict: theirs as it is stored, one's own as it was typed; submit again or let it be."""
    problem, by, day = st.session_state.get(CONFLICT, (None, "", None))
    if problem is None or problem.number != number:
        return
    with st.container(border=True, key="actions_conflict_box"):
        st.warning(plain(problem.sentence, 300))
        theirs, mine = st.columns(2)
        theirs.markdown("**别人刚写的（已保存）**")
        theirs.html(history.timeline(problem.theirs))
        mine.markdown("**您写的（还没有保存）**")
        own = Event(number, 0, problem.kind, day, by, problem.theirs[-1].recorded_at, problem.mine)
        mine.text(f"{own.label}：{history.content_words(own)}")
        if problem.kind == "changed":
            now = ledger.get(number).agreed.to_json()
            mine.text(f"提交后会改动的：{history.changes(now, problem.mine)}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "看过了，仍提交我写的",
                type="primary",
                key="conflict_again",
                on_click=_again,
                args=(ledger, problem, by, day),
            )
            st.button("不提交了", key="conflict_drop", on_click=_drop)


def _again(ledger: Ledger, problem: Conflict, by: str, day) -> None:
    try:
        ledger.append(problem.number, problem.kind, by, problem.mine, problem.sequence, day)
    except Conflict as newer:
        keep(newer, by, day)
    except LedgerError as refused:
        _drop()
        actions_data.say(refused.sentence, "error")
    else:
        done(problem.number, f"已记入 {problem.number}，两个人写的都在下面的来龙去脉里。")


def _drop() -> None:
    st.session_state.pop(CONFLICT, None)
