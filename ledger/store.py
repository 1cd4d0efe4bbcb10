"""The ledger itself: append an event, read what was written. Nothing is ever altered or removed."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from ledger import connect, events, words
from ledger.agreed import Agreed
from ledger.conflict import Conflict
from ledger.errors import Refused
from ledger.events import Assignment, Event
from ledger.schema import documents as documents_table
from ledger.schema import events as table

LARGEST_DOCUMENT = 20_000_000
NEEDS_SEQUENCE = (events.CHANGED, events.REPORTED, events.VERIFIED, events.WITHDRAWN)


def clock() -> datetime:
    """When something is written down: naive local time, whole seconds. No number ever looks at it."""
    return datetime.now().replace(microsecond=0)


def today() -> date:
    """The day to propose in a form."""
    return clock().date()


def open_ledger(url: str | None = None, default: Path | None = None) -> "Ledger":
    """The ledger at `url`, else where CAMPUS_LEDGER_URL says, else in the SQLite file `default`.

    Made when it is not there yet. Raises Refused for an address that makes no sense, Unreachable when nothing answers.
    """
    return Ledger(connect.engine(connect.address(url, default)))


class Ledger:
    """A ledger that answers. Safe to share between threads."""

    def __init__(self, engine, now: Callable[[], datetime] = clock):
        self.engine, self.now = engine, now

    # reading

    def events(
        self, number: str | None = None, as_of: date | None = None, upto: int | None = None
    ) -> tuple[Event, ...]:
        """All events (of one assignment), in the order of writing; only those of `as_of` or earlier, up to position
        `upto`."""
        statement = select(table).order_by(table.c.position)
        if number is not None:
            statement = statement.where(table.c.number == number)
        if as_of is not None:
            statement = statement.where(table.c.day <= as_of)
        if upto is not None:
            statement = statement.where(table.c.position <= upto)
        with connect.reading(self.engine) as connection:
            return tuple(_event(row) for row in connection.execute(statement))

    def assignments(self, as_of: date | None = None, upto: int | None = None) -> tuple[Assignment, ...]:
        """The state that follows from them; see events()."""
        return events.fold(self.events(as_of=as_of, upto=upto))

    def get(self, number: str) -> Assignment:
        """One assignment as it stands now; raises Refused when there is none of that number."""
        assignments = events.fold(self.events(number))
        if not assignments:
            raise Refused(f"台账里没有编号为「{words.text(number, '编号', 80)}」的交办事项，请从列表里打开。")
        return assignments[0]

    def position(self) -> int:
        """How far the ledger has been written: reading with upto=position() gives the same for ever."""
        with connect.reading(self.engine) as connection:
            return connection.execute(select(func.max(table.c.position))).scalar() or 0

    def document(self, digest: str) -> bytes | None:
        """The bytes of an attached file; None when it was loaded from Excel without them."""
        with connect.reading(self.engine) as connection:
            return connection.execute(select(documents_table.c.data).where(documents_table.c.digest == digest)).scalar()

    # writing

    def create(self, agreed: Agreed, by: str, number: str | None = None, day: date | None = None) -> Assignment:
        """A new assignment; without a number it gets the next of its year (「2026-017」)."""
        agreed = agreed.validated()
        with connect.writing(self.engine) as connection:
            number = words.text(number, "编号", 40) or next_number(connection, agreed.given_on.year)
            return self.append_in(connection, number, events.CREATED, by, agreed.to_json(), day or agreed.given_on)

    def change(self, number: str, agreed: Agreed, by: str, expected: int, day: date | None = None) -> Assignment:
        return self.append(number, events.CHANGED, by, agreed.to_json(), expected, day)

    def report(self, number: str, done: bool, text: str, by: str, expected: int, day: date | None = None) -> Assignment:
        """The owner's word: done, or still at it."""
        return self.append(number, events.REPORTED, by, {"done": done, "words": text}, expected, day)

    def verify(
        self, number: str, accepted: bool, text: str, by: str, expected: int, day: date | None = None
    ) -> Assignment:
        """What another post says of the report. What the records say stands beside it and is not touched."""
        return self.append(number, events.VERIFIED, by, {"accepted": accepted, "words": text}, expected, day)

    def comment(self, number: str, text: str, by: str, day: date | None = None) -> Assignment:
        return self.append(number, events.COMMENTED, by, {"words": text}, None, day)

    def withdraw(self, number: str, text: str, by: str, expected: int, day: date | None = None) -> Assignment:
        return self.append(number, events.WITHDRAWN, by, {"words": text}, expected, day)

    def review(self, number: str, content: dict, day: date) -> Assignment:
        """What the records said at a meeting, so that a later relapse is known even when old records change."""
        return self.append(number, events.REVIEWED, events.MACHINE, content, None, day)

    def attach(
        self, number: str, name: str, by: str, data: bytes = b"", link: str = "", day: date | None = None
    ) -> Assignment:
        """A document: its bytes are kept in the ledger by their hash, or only a link."""
        if len(data) > LARGEST_DOCUMENT:
            raise Refused(
                f"文件有 {len(data) / 1e6:.1f} MB，最大 {LARGEST_DOCUMENT // 1_000_000} MB；"
                "更大的请放在共享盘上，这里填链接。"
            )
        digest = hashlib.sha256(data).hexdigest() if data else ""
        content = {"name": name, "digest": digest, "size": len(data), "link": link}
        return self.append(number, events.ATTACHED, by, content, None, day, data)

    def append(
        self,
        number: str,
        kind: str,
        by: str,
        content: dict,
        expected: int | None,
        day: date | None = None,
        data: bytes = b"",
    ) -> Assignment:
        """Write one event after the ones there are.

        `expected` is the sequence one has seen. When somebody else wrote since (the system's own reviews aside) nothing
        is stored and Conflict brings both sides; a comment or a document never conflicts.
        """
        with connect.writing(self.engine) as connection:
            if data and not connection.execute(_holding(content["digest"])).first():
                connection.execute(insert(documents_table).values(digest=content["digest"], size=len(data), data=data))
            return self.append_in(connection, number, kind, by, content, day, expected)

    def append_in(self, connection: Connection, number, kind, by, content, day, expected=None, source="") -> Assignment:
        """append() within a transaction that is already writing; `source` names a loaded file."""
        content, by = events.validated(kind, content), words.post(by)
        written = self.written(connection, number)
        now = events.fold(written)[0] if written else None
        if now and kind in NEEDS_SEQUENCE:
            unseen = [one for one in written if one.sequence > (expected or 0)]
            if any(one.kind != events.REVIEWED for one in unseen):
                raise Conflict(number, kind, content, tuple(unseen))
        events.check_turn(kind, content, by, now)
        recorded = self.now()
        day = words.day(day or recorded.date(), "日期")
        event = Event(number, len(written) + 1, kind, day, by, recorded, content, source)
        return Assignment((*written, insert_event(connection, event)))

    def written(self, connection: Connection, number: str) -> tuple[Event, ...]:
        """The events of one assignment as this transaction sees them."""
        return tuple(_event(row) for row in connection.execute(_of(number)))


def insert_event(connection: Connection, event: Event) -> Event:
    """Write it as it stands; raises Refused when its place is taken."""
    values = {
        name: getattr(event, name) for name in ("number", "sequence", "kind", "day", "post", "recorded_at", "source")
    }
    try:
        done = connection.execute(insert(table).values(**values, content=as_json(event.content)))
    except IntegrityError:
        raise Refused(f"{event.number} 的第 {event.sequence} 条已经有人写了，请刷新页面后再提交一次。") from None
    return replace(event, position=connect.inserted(done))


def as_json(content: dict) -> str:
    """One spelling for one content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _of(number: str):
    return select(table).where(table.c.number == number).order_by(table.c.sequence)


def _holding(digest: str):
    return select(documents_table.c.digest).where(documents_table.c.digest == digest)


def _event(row) -> Event:
    return Event(
        row.number,
        row.sequence,
        row.kind,
        row.day,
        row.post,
        row.recorded_at,
        json.loads(row.content),
        row.source,
        row.position,
    )


def next_number(connection: Connection, year: int) -> str:
    """「2026-018」 after 「2026-017」; numbers of the school's own making are left alone."""
    taken: Iterable[str] = connection.execute(
        select(table.c.number).where(table.c.sequence == 1, table.c.number.startswith(f"{year}-"))
    ).scalars()
    counted = [int(number[5:]) for number in taken if number[5:].isascii() and number[5:].isdigit()]
    return f"{year}-{max(counted, default=0) + 1:03}"
