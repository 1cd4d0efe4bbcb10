"""The whole history of a ledger, read back from the workbook it was written into: every event with its own time."""

import json
from datetime import datetime

from sqlalchemy import Connection

from ledger import events, words
from ledger.errors import Refused
from ledger.events import Event
from ledger.sheet.pages import text
from ledger.sheet.wording import HISTORY_HEADINGS, bare, day
from ledger.store import Ledger, insert_event

_KINDS = {label: kind for kind, label in events.KINDS.items()}


def is_history(rows: list[list]) -> bool:
    return tuple(bare(cell) for cell in rows[0]) == HISTORY_HEADINGS


def event_of(row: list, name: str) -> Event:
    """One row of a history as the event it was; `name`: the file it comes from. Raises Refused."""
    number, sequence, label, when, post, recorded, written, source = ([text(cell) for cell in row] + [""] * 8)[:8]
    kind = _KINDS.get(label)
    if kind is None:
        raise Refused(f"「类型」里的「{label[:20]}」不是台账里的一种，请不要改动历史表。")
    try:
        recorded_at, content = datetime.fromisoformat(recorded), json.loads(written)
    except ValueError:
        raise Refused("「记录时间」或「内容」被改动过，读不懂；请不要改动历史表。") from None
    number = words.text(number, "编号", 40, required=True)
    return Event(
        number,
        words.whole(sequence, "序号", 1, 100_000),
        kind,
        day(when, "日期"),
        words.post(post),
        recorded_at.replace(tzinfo=None),
        events.validated(kind, content),
        source or f"载入：{name}",
    )


def restore(ledger: Ledger, connection: Connection, event: Event) -> int:
    """Write an event that is not there yet; how many were written. Raises Refused where another stands in its place."""
    written = ledger.written(connection, event.number)
    same = next((one for one in written if one.sequence == event.sequence), None)
    if same is not None:
        if (same.kind, same.day, same.post, same.content) != (event.kind, event.day, event.post, event.content):
            raise Refused(f"台账里 {event.number} 的第 {event.sequence} 条与这里不同，没有改动。")
        return 0
    if event.sequence != len(written) + 1:
        raise Refused(f"{event.number} 缺少第 {len(written) + 1} 条，后面的不能恢复。")
    events.check_turn(event.kind, event.content, event.post, events.fold(written)[0] if written else None)
    insert_event(connection, event)
    return 1
