"""Load the ledger from a workbook: a school's own list, or one exported here. Loading twice adds nothing, no row is
lost."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from ledger import checks, connect, events, words
from ledger.agreed import Agreed
from ledger.errors import Refused
from ledger.sheet.history import event_of, is_history, restore
from ledger.sheet.pages import filled, pages, text
from ledger.sheet.rejects import Reject, keep
from ledger.sheet.wording import (
    DEFAULT_POST,
    HEADINGS,
    HISTORY,
    NEEDED,
    REJECTS,
    Vocabulary,
    columns,
    day,
    read_check,
)
from ledger.store import Ledger, as_json

HEADER_WITHIN = 15


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
    vocabulary: Vocabulary,
    accepts: Callable[[dict], object] = dict,
) -> Loaded:
    """Take in every row that makes sense; the others are kept as rejects with their row and the reason.

    `by`: who loads it. `given_on`: for rows without a day of their own. `accepts` is asked whether a check names
    things that exist and raises an error with a `sentence` when not. Raises Refused when the file is no workbook or
    has no list.
    """
    sheets = pages(data)
    histories = [rows for sheet, rows in sheets if sheet == HISTORY and is_history(rows)]
    lists = [(sheet, rows) for sheet, rows in sheets if sheet not in (HISTORY, REJECTS)]
    loading = _Loading(ledger, name[:180], words.post(by, "载入人"), given_on, vocabulary, accepts)
    with connect.writing(ledger.engine) as connection:
        for rows in histories:
            loading.history(connection, rows)
        taken = [loading.agreements(connection, sheet, rows) for sheet, rows in lists]
        if not any(taken) and not histories:
            needed = "、".join(HEADINGS[name][0] for name in NEEDED)
            raise Refused(f"没有找到督办列表：表头里要有{needed}，请核对后再载入。")
        keep(connection, hashlib.sha256(data).hexdigest(), name, loading.rejects, ledger.now())
    return Loaded(tuple(loading.added), loading.restored, loading.unchanged, tuple(loading.rejects))


@dataclass
class _Loading:
    """One workbook being taken in, and what has come of its rows so far."""

    ledger: Ledger
    name: str
    by: str
    given_on: date
    vocabulary: Vocabulary
    accepts: Callable[[dict], object]
    added: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    restored: int = 0
    unchanged: int = 0

    def history(self, connection: Connection, rows: list[list]) -> None:
        """Events of an exported history that are not there yet, with their own times."""
        for number, row in filled(rows[1:], start=2):
            try:
                self.restored += restore(self.ledger, connection, event_of(row, self.name))
            except Exception as problem:
                self.rejects.append(Reject.of(HISTORY, number, problem, row))

    def agreements(self, connection: Connection, sheet: str, rows: list[list]) -> bool:
        """The rows of one list; False when the sheet is none."""
        headings = [(at, columns(row)) for at, row in enumerate(rows[:HEADER_WITHIN])]
        heading, places = max(headings, key=lambda pair: len(pair[1]))
        if not all(name in places for name in NEEDED):
            return False
        for number, row in filled(rows[heading + 1 :], start=heading + 2):
            try:
                self._agreement(connection, {name: row[place] for name, place in places.items()})
            except Exception as problem:
                self.rejects.append(Reject.of(sheet, number, problem, row))
        return True

    def _agreement(self, connection: Connection, cells: dict) -> None:
        agreed, dated = self._read(cells)
        if agreed.check["kind"] != checks.DOCUMENT:
            self.accepts(dict(agreed.check))
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

    def _read(self, cells: dict) -> tuple[Agreed, bool]:
        """What one row agrees, and whether it has a day of its own. Raises Refused."""
        texts = {name: text(cell) for name, cell in cells.items()}
        dated = bool(texts.get("given_on", "").strip())
        given = day(cells["given_on"], "交办日期") if dated else self.given_on
        if not texts["due"].strip():
            raise Refused("「期限」还没有填写，请填写。")
        agreed = Agreed(
            texts["task"],
            texts["unit"],
            texts.get("post", "").strip() or DEFAULT_POST,
            given,
            day(cells["due"], "期限"),
            texts.get("why", ""),
            read_check(texts, self.vocabulary),
            _signal(texts.get("signal", "")),
        )
        return agreed.validated(), dated

    def _compare(self, number: str, agreed: Agreed, there: Agreed) -> None:
        old, new = there.to_json(), agreed.to_json()
        labels = {name: spellings[0] for name, spellings in HEADINGS.items()} | {"check": "核验方式"}
        different = [labels[name] for name in old if old[name] != new[name]]
        if different:
            raise Refused(f"台账里已有编号 {number}，{'、'.join(different)}与这里不同，没有改动；要改请在页面上修改。")
        self.unchanged += 1


def _signal(written: str) -> dict:
    try:
        signal = json.loads(written) if written.strip() else {}
    except ValueError:
        raise Refused("「来源信号」被改动过，读不懂；请清空这一格。") from None
    return signal if isinstance(signal, dict) else {}


def _own_number(agreed: Agreed, dated: bool) -> str:
    """The same for the same row, however often and whenever it is loaded."""
    told = as_json(agreed.to_json() | ({} if dated else {"given_on": ""}))
    return f"表-{hashlib.sha256(told.encode('utf-8')).hexdigest()[:8]}"
