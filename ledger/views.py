"""Saved views of the explorer: a name and an address, kept as events like everything here. Renaming and deleting add a
line, nothing is altered, so that who shared what under which name can always be told."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from ledger import connect, words
from ledger.errors import Refused
from ledger.schema import views as table
from ledger.store import open_ledger

SAVED, RENAMED, DELETED = "保存", "改名", "删除"
LONGEST_NAME, LONGEST_ADDRESS, MOST = 40, 2000, 200


@dataclass(frozen=True)
class View:
    """One saved view as it stands: `address` is a query string without the question mark; `sequence` its last line
    seen."""

    number: int
    name: str
    address: str
    who: str
    recorded_at: datetime
    sequence: int


def views(url: str | None = None, default: Path | None = None) -> tuple[View, ...]:
    """What is on the list, in the order of saving. Raises LedgerError when the ledger does not answer."""
    with connect.reading(open_ledger(url, default).engine) as connection:
        return _listed(connection)


def save(name: str, address: str, who: str, url: str | None = None, default: Path | None = None) -> View:
    """A new view. Raises Refused for a name that is empty, too long or taken, an address too long, a full list."""
    address = words.text(address, "视图地址", LONGEST_ADDRESS)
    ledger = open_ledger(url, default)
    with connect.writing(ledger.engine) as connection:
        listed = _listed(connection)
        if len(listed) >= MOST:
            raise Refused(f"已经保存了 {MOST} 个视图，请先删除不用的。")
        number = (connection.execute(select(func.max(table.c.view))).scalar() or 0) + 1
        made = View(number, _name(name, listed), address, words.post(who), ledger.now(), 1)
        return _written(connection, SAVED, made)


def rename(number: int, name: str, who: str, url: str | None = None, default: Path | None = None) -> View:
    """The same view under another name. Raises Refused when it is gone or the name is taken."""
    ledger = open_ledger(url, default)
    with connect.writing(ledger.engine) as connection:
        listed = _listed(connection)
        now = _found(number, listed)
        new = _name(name, tuple(view for view in listed if view.number != number))
        return _written(
            connection,
            RENAMED,
            replace(now, name=new, who=words.post(who), recorded_at=ledger.now(), sequence=now.sequence + 1),
        )


def delete(number: int, who: str, url: str | None = None, default: Path | None = None) -> None:
    """Take a view off the list; its lines stay. Raises Refused when somebody else already did."""
    ledger = open_ledger(url, default)
    with connect.writing(ledger.engine) as connection:
        now = _found(number, _listed(connection))
        _written(
            connection, DELETED, replace(now, who=words.post(who), recorded_at=ledger.now(), sequence=now.sequence + 1)
        )


def _listed(connection: Connection) -> tuple[View, ...]:
    views_by_number: dict[int, View] = {}
    for row in connection.execute(select(table).order_by(table.c.position)):
        if row.kind == DELETED:
            views_by_number.pop(row.view, None)
        else:
            views_by_number[row.view] = View(row.view, row.name, row.address, row.who, row.recorded_at, row.sequence)
    return tuple(views_by_number.values())


def _found(number: int, listed: tuple[View, ...]) -> View:
    for view in listed:
        if view.number == number:
            return view
    raise Refused("这个视图已经被删除，请刷新页面看现在的列表。")


def _name(name: str, others: tuple[View, ...]) -> str:
    clean = " ".join(words.text(name, "视图名称", LONGEST_NAME, required=True).split())
    if any(words.same_post(clean, view.name) for view in others):
        raise Refused(f"已经有一个叫「{clean}」的视图，请换一个名称。")
    return clean


def _written(connection: Connection, kind: str, view: View) -> View:
    values = {name: getattr(view, name) for name in ("name", "address", "who", "recorded_at", "sequence")}
    connection.execute(insert(table).values(kind=kind, view=view.number, **values))
    return view
