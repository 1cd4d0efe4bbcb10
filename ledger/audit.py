"""Who took what away: one line for every export and every free query, append-only, in the ledger's own database.

It stands here and not in ui because it is kept exactly as decisions are: by CAMPUS_LEDGER_URL, under the ledger's two
locks, in its backup. Whoever hands something out writes first and hands out after; what cannot be written down is
refused.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from ledger import connect, words
from ledger.errors import LedgerError, Refused
from ledger.schema import audit as table
from ledger.store import open_ledger

EXPORT, QUERY = "导出", "查询"
KINDS = (EXPORT, QUERY)
LONGEST = 4000
UNWRITTEN = (
    "没有{kind}：这次操作要先记入审计记录，而现在写不进去（{why}），请管理员检查督办台账所在的磁盘或数据库后重试。"
)


@dataclass(frozen=True)
class Entry:
    """One deed: of which kind, who in which role, what, under which filters, how many rows, of which
    build, and when."""

    kind: str
    who: str
    role: str
    what: str
    filters: str
    rows: int
    build: str
    recorded_at: datetime | None = None
    position: int = 0


def write(entry: Entry, url: str | None = None, default: Path | None = None) -> Entry:
    """Append one entry, dated by the ledger's clock. Raises Refused, in words that say nothing was handed out, when it
    cannot."""
    if entry.kind not in KINDS:
        raise Refused(f"审计记录的类别应为{'或'.join(KINDS)}，请改正。")
    try:
        values = _values(entry)
        ledger = open_ledger(url, default)
        values["recorded_at"] = ledger.now()
        with connect.writing(ledger.engine) as connection:
            done = connection.execute(insert(table).values(**values))
        return Entry(**values, position=connect.inserted(done))
    except (LedgerError, SQLAlchemyError, OSError) as problem:
        why = problem.sentence.rstrip("。") if isinstance(problem, LedgerError) else "磁盘或数据库拒绝写入"
        raise Refused(UNWRITTEN.format(kind=entry.kind, why=why)) from problem


def _values(entry: Entry) -> dict:
    """Cut, never refused for its length: a long question must not go unrecorded."""
    longest = {"who": 60, "role": 60, "build": 80, "what": LONGEST, "filters": LONGEST}
    texts = {name: words.text(str(getattr(entry, name))[:most], name, most) for name, most in longest.items()}
    return {"kind": entry.kind, "rows": int(entry.rows), **texts}


def entries(limit: int = 500, url: str | None = None, default: Path | None = None) -> tuple[Entry, ...]:
    """The newest entries first. Raises LedgerError when the ledger does not answer."""
    ledger = open_ledger(url, default)
    with connect.reading(ledger.engine) as connection:
        rows = connection.execute(select(table).order_by(table.c.position.desc()).limit(limit))
        return tuple(
            Entry(
                row.kind, row.who, row.role, row.what, row.filters, row.rows, row.build, row.recorded_at, row.position
            )
            for row in rows
        )
