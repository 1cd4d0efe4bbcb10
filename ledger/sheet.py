"""Load the ledger from a workbook: a school's own list, or one exported here. Loading twice adds nothing, no row is lost."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from ledger import checks, connect, events, words
from ledger.agreed import Agreed
from ledger.errors import Refused
from ledger.events import Event
from ledger.schema import rejects as rejects_table
from ledger.sheet_pages import pages, text
from ledger.sheet_words import (
    DEFAULT_POST,
    HEADINGS,
    HISTORY,
    HISTORY_HEADINGS,
    NEEDED,
    REJECTS,
    Vocabulary,
    bare,
    columns,
    day,
    read_check,
)
from ledger.sheet_write import to_xlsx
from ledger.store import Ledger, as_json, insert_event

__all__ = ["Loaded", "Reject", "Vocabulary", "load", "to_xlsx"]
HEADER_WITHIN = 15
_KINDS = {label: kind for kind, label in events.KINDS.items()}


@dataclass(frozen=True)
class Reject:
    """One row that could not be taken, word for word."""

    sheet: str
    row_number: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """`added`: new numbers; `restored`: events of a history; `unchanged`: rows that were there already."""

    added: tuple[str, ...]
    restored: int
    unchanged: int
    rejects: tuple[Reject, ...]

    @property
    def sentence(self) -> str:
        """「新增 3 项，恢复历史 12 条，已有 5 项未变，拒收 1 行。」"""
        parts = [
            f"新增 {len(self.added)} 项",
            f"恢复历史 {self.restored} 条" if self.restored else "",
            f"已有 {self.unchanged} 项未变",
        ]
        return "，".join([part for part in parts if part] + [f"拒收 {len(self.rejects)} 行"]) + "。"


def load(
    ledger: Ledger,
    data: bytes,
    name: str,
    by: str,
    given_on: date,
    known: Vocabulary,
    accepts: Callable[[dict], object] = dict,
) -> Loaded:
    """Take in every row that makes sense; the others are kept as rejects with their row and the reason.

    `by`: who loads it. `given_on`: for rows without a day of their own. `accepts` is asked whether a check names things
    that exist and raises an error with a `sentence` when not. Raises Refused when the file is no workbook or has no list.
    """
    found = pages(data)
    loading = _Loading(ledger, name[:180], words.post(by, "载入人"), given_on, known, accepts)
    with connect.writing(ledger.engine) as connection:
        histories = [
            rows
            for sheet, rows in found
            if sheet == HISTORY and tuple(bare(cell) for cell in rows[0]) == HISTORY_HEADINGS
        ]
        for rows in histories:
            loading.history(connection, rows)
        lists = [
            loading.agreements(connection, sheet, rows) for sheet, rows in found if sheet not in (HISTORY, REJECTS)
        ]
        if not any(lists) and not histories:
            needed = "、".join(HEADINGS[field][0] for field in NEEDED)
            raise Refused(f"没有找到督办列表：表头里要有{needed}，请核对后再载入。")
        _keep(connection, hashlib.sha256(data).hexdigest(), name, loading.rejects, ledger.now())
    return Loaded(tuple(loading.added), loading.restored, loading.unchanged, tuple(loading.rejects))


@dataclass
class _Loading:
    ledger: Ledger
    name: str
    by: str
    given_on: date
    known: Vocabulary
    accepts: Callable[[dict], object]

    def __post_init__(self):
        self.added, self.rejects, self.restored, self.unchanged = [], [], 0, 0

    def reject(self, sheet: str, number: int, problem: Exception, row: list) -> None:
        self.rejects.append(
            Reject(
                sheet, number, getattr(problem, "sentence", "这一行读不懂，请核对。"), tuple(text(cell) for cell in row)
            )
        )

    def agreements(self, connection: Connection, sheet: str, rows: list[list]) -> bool:
        """The rows of one list; False when the sheet is none."""
        found = [(at, columns(row)) for at, row in enumerate(rows[:HEADER_WITHIN])]
        heading, places = max(found, key=lambda one: len(one[1]))
        if not all(field in places for field in NEEDED):
            return False
        for number, row in enumerate(rows[heading + 1 :], start=heading + 2):
            if not any(text(cell).strip() for cell in row):
                continue
            try:
                self._agreement(connection, {field: row[place] for field, place in places.items()})
            except Exception as problem:
                if not hasattr(problem, "sentence"):
                    raise
                self.reject(sheet, number, problem, row)
        return True

    def _agreement(self, connection: Connection, cells: dict) -> None:
        said = {field: text(cell) for field, cell in cells.items()}
        dated = bool(said.get("given_on", "").strip())
        given = day(cells["given_on"], "交办日期") if dated else self.given_on
        if not said["due"].strip():
            raise Refused("「期限」还没有填写，请填写。")
        agreed = Agreed(
            said["task"],
            said["unit"],
            said.get("post", "").strip() or DEFAULT_POST,
            given,
            day(cells["due"], "期限"),
            said.get("why", ""),
            read_check(said, self.known),
            _signal(said.get("signal", "")),
        ).validated()
        if agreed.check["kind"] != checks.DOCUMENT:
            self.accepts(agreed.check)
        number = words.text(text(cells.get("number", "")), "编号", 40) or _own_number(agreed, dated)
        written = self.ledger.written(connection, number)
        if written:
            there = events.fold(written)[0].agreed
            self._compare(number, agreed if dated else replace(agreed, given_on=there.given_on), there)
            return
        self.ledger.append_in(
            connection, number, events.CREATED, self.by, agreed.to_json(), agreed.given_on, source=f"载入：{self.name}"
        )
        self.added.append(number)

    def _compare(self, number: str, agreed: Agreed, there: Agreed) -> None:
        old, new = there.to_json(), agreed.to_json()
        labels = {field: spellings[0] for field, spellings in HEADINGS.items()} | {"check": "核验方式"}
        different = [labels[field] for field in old if old[field] != new[field]]
        if different:
            raise Refused(f"台账里已有编号 {number}，{'、'.join(different)}与这里不同，没有改动；要改请在页面上修改。")
        self.unchanged += 1

    def history(self, connection: Connection, rows: list[list]) -> None:
        """Events of an exported history that are not there yet, with their own times."""
        for at, row in enumerate(rows[1:], start=2):
            if not any(text(cell).strip() for cell in row):
                continue
            try:
                self._restore(connection, _event(row, self.name))
            except Exception as problem:
                if not hasattr(problem, "sentence"):
                    raise
                self.reject(HISTORY, at, problem, row)

    def _restore(self, connection: Connection, event: Event) -> None:
        written = self.ledger.written(connection, event.number)
        same = next((one for one in written if one.sequence == event.sequence), None)
        if same is not None:
            if (same.kind, same.day, same.post, same.content) != (event.kind, event.day, event.post, event.content):
                raise Refused(f"台账里 {event.number} 的第 {event.sequence} 条与这里不同，没有改动。")
            return
        if event.sequence != len(written) + 1:
            raise Refused(f"{event.number} 缺少第 {len(written) + 1} 条，后面的不能恢复。")
        events.check_turn(event.kind, event.content, event.post, events.fold(written)[0] if written else None)
        insert_event(connection, event)
        self.restored += 1


def _event(row: list, name: str) -> Event:
    number, sequence, label, when, post, recorded, content, source = ([text(cell) for cell in row] + [""] * 8)[:8]
    kind = _KINDS.get(label)
    if kind is None:
        raise Refused(f"「类型」里的「{label[:20]}」不是台账里的一种，请不要改动历史表。")
    try:
        recorded_at, content = datetime.fromisoformat(recorded), json.loads(content)
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


def _signal(written: str) -> dict:
    try:
        found = json.loads(written) if written.strip() else {}
    except ValueError:
        raise Refused("「来源信号」被改动过，读不懂；请清空这一格。") from None
    return found if isinstance(found, dict) else {}


def _own_number(agreed: Agreed, dated: bool) -> str:
    """The same for the same row, however often and whenever it is loaded."""
    told = as_json(agreed.to_json() | ({} if dated else {"given_on": ""}))
    return f"表-{hashlib.sha256(told.encode('utf-8')).hexdigest()[:8]}"


def _keep(connection: Connection, digest: str, name: str, rejects: list[Reject], now: datetime) -> None:
    table = rejects_table
    kept = {
        (row.sheet, row.row_number)
        for row in connection.execute(select(table.c.sheet, table.c.row_number).where(table.c.file_digest == digest))
    }
    for one in rejects:
        if (one.sheet[:60], one.row_number) not in kept:
            connection.execute(
                insert(table).values(
                    file_digest=digest,
                    file_name=name[:200],
                    sheet=one.sheet[:60],
                    row_number=one.row_number,
                    reason=one.reason,
                    cells=json.dumps(one.cells, ensure_ascii=False),
                    recorded_at=now,
                )
            )
