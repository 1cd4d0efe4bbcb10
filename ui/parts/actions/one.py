"""One assignment: what was agreed, what the records say, what can be written down next, its whole history."""

from functools import partial

import streamlit as st

from ledger import Assignment, Event, Ledger, LedgerError
from ledger.agreed import Agreed
from ui.export import export
from ui.frame import choice, theme
from ui.frame.page import Page
from ui.frame.words import escaped, plain
from ui.parts.actions import data as actions_data
from ui.parts.actions import form as actions_form
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
FIELDS = {"task": "任务", "unit": "责任单位", "post": "责任岗位", "given_on": "交办日期", "due": "期限", "why": "原因"}
CSS = f"""<style>
.action-fields {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: .1rem 2rem; margin: 0; padding: 0 !important; }}
.action-fields div {{ display: flex; gap: .8rem; padding: .45rem 0; border-bottom: 1px solid #EAECF0; font-size: .95rem; }}
.action-fields .wide {{ grid-column: 1 / -1; }}
.action-fields dt {{ flex: 0 0 6em; color: {theme.MUTED}; }} .action-fields dd {{ margin: 0; overflow-wrap: anywhere; white-space: pre-line; }}
.action-events {{ list-style: none; margin: 0 0 0 .5rem; padding: 0 0 0 1.1rem !important; border-left: 2px solid #D0D5DD; }}
.action-events li {{ position: relative; padding: 0 0 1rem .1rem; font-size: .95rem; overflow-wrap: anywhere; white-space: pre-line; }}
.action-events li:before {{ content: ""; position: absolute; left: -1.52rem; top: .4em; width: .7rem; height: .7rem; border-radius: 50%; background: #12436D; }}
.action-events small {{ color: {theme.MUTED}; font-size: .87rem; }}
</style>"""


def draw(page: Page, ledger: Ledger, number: str, judged) -> None:
    """`judged`: what reports.brief.assignments says of it; None where it is withdrawn or settled long ago."""
    st.button("返回列表", icon=":material/arrow_back:", on_click=action_list.go, key="back_to_actions")
    actions_data.said()
    try:
        one = ledger.get(number)
    except LedgerError as problem:
        page.headline("没有找到这一项")
        st.info(plain(problem.sentence, 300))
        return
    page.headline(f"{one.number} {_state(one, judged)}：{one.agreed.task}")
    st.html(action_list.CSS + CSS + _fields(page, one, judged))
    with st.container(horizontal=True, gap="small"):
        if judged:
            action_list.evidence(judged)
        _documents(page, ledger, one)
    actions_write.conflict(page, ledger, one.number)
    _next(page, ledger, one)
    st.markdown("**来龙去脉**（只增不改，最近的在前）")
    st.html(timeline(one.events, newest_first=True))


def _state(one: Assignment, judged) -> str:
    return "已撤销" if one.is_withdrawn else judged.outcome if judged else "已销项"


def _next(page: Page, ledger: Ledger, one: Assignment) -> None:
    """One form at a time."""
    options = {"comment": DOES["comment"]} if one.is_withdrawn else DOES
    default = next(iter(options)) if not one.is_reported_done or one.is_withdrawn else "verify"
    what = choice.switch("写一条", "do", options, default)
    if what == "change":
        actions_form.change(page, ledger, one)
    else:
        actions_write.draw(page, ledger, one, what)


def _fields(page: Page, one: Assignment, judged) -> str:
    agreed = one.agreed
    pairs = [
        ("责任", agreed.owner),
        ("交办", str(agreed.given_on)),
        ("期限", _due(page, one)),
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


def _due(page: Page, one: Assignment) -> str:
    left = (one.agreed.due - page.build.data_date.date()).days
    return f"{one.agreed.due}（{f'还有 {left} 天' if left > 0 else '今天到期' if left == 0 else f'已过 {-left} 天'}）"


def _documents(page: Page, ledger: Ledger, one: Assignment) -> None:
    """What was handed in as proof; each time it is taken away is written down."""
    for event in one.documents:
        content = event.content
        if content["link"]:
            st.link_button(plain(content["name"], 40), content["link"], icon=":material/link:")
        elif (data := ledger.document(content["digest"])) is not None:
            taken = export.recorded(
                f"督办附件「{content['name']}」", f"督办 {one.number}", page.build, page.scope, partial(bytes, data)
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


def timeline(events: tuple[Event, ...], newest_first: bool = False) -> str:
    """A list of events, oldest first as given; every word from people escaped."""
    items, agreed = [], None
    for event in events:
        items.append(f"<li>{_event(event, agreed)}</li>")
        agreed = event.content if event.kind in ("created", "changed") else agreed
    return f'<ul class="action-events">{"".join(items[::-1] if newest_first else items)}</ul>'


def _event(event: Event, before: dict | None) -> str:
    source = f" · {event.source}" if event.source else ""
    words = changes(before, event.content) if event.kind == "changed" and before else content_words(event)
    return (
        f"<b>{escaped(event.day)} {escaped(event.label)}</b> · {escaped(event.post)}　{escaped(words)}"
        f"<br><small>第 {event.sequence} 条 · {event.recorded_at:%Y-%m-%d %H:%M} 记入{escaped(source)}</small>"
    )


def changes(before: dict, after: dict) -> str:
    """「期限：2026-11-20 → 2026-11-27；核验方式」: what a change altered; a check is only named."""
    said = [
        f"{name}：{before[field] or '空'} → {after[field] or '空'}"
        for field, name in FIELDS.items()
        if before[field] != after[field]
    ]
    said += ["核验方式改过"] if before["check"] != after["check"] else []
    return "；".join(said) or "内容没有变化"


def content_words(event: Event) -> str:
    """What one event says, in words."""
    content = event.content
    if event.kind in ("created", "changed"):
        agreed = Agreed.from_json(content)
        return f"{agreed.task}（{agreed.owner}，期限 {agreed.due}）"
    if event.kind == "reported":
        return f"{'已完成' if content['done'] else '办理中'}：{content['words']}"
    if event.kind == "verified":
        return f"{'认可' if content['accepted'] else '不认可'}：{content['words']}"
    if event.kind == "attached":
        size = (
            f"，{content['size'] / 1000:,.0f} KB，指纹 {content['digest'][:12]}"
            if content["digest"]
            else f"，{content['link']}"
        )
        return f"{content['name']}{size}"
    if event.kind == "reviewed":
        return f"{content['outcome']}。{content['sentence']}"
    return content["words"]
