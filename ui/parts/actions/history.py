"""What was written about an assignment, event by event, as HTML and in words; shared by its page and by its forms."""

from ledger import Event
from ledger.agreed import Agreed
from ui.frame.words import escaped

FIELDS = {"task": "任务", "unit": "责任单位", "post": "责任岗位", "given_on": "交办日期", "due": "期限", "why": "原因"}


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
    parts = [
        f"{name}：{before[field] or '空'} → {after[field] or '空'}"
        for field, name in FIELDS.items()
        if before[field] != after[field]
    ]
    parts += ["核验方式改过"] if before["check"] != after["check"] else []
    return "；".join(parts) or "内容没有变化"


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
