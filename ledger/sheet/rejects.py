"""Rows of a loaded workbook that could not be taken: why, and kept word for word."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from ledger import connect
from ledger.schema import rejects as table
from ledger.sheet.pages import text
from ledger.store import Ledger

REJECT_HEADINGS = ("文件", "工作表", "行号", "原因", "原文")


@dataclass(frozen=True)
class Reject:
    """One row that could not be taken, word for word."""

    sheet: str
    row_number: int
    reason: str
    cells: tuple[str, ...]

    @classmethod
    def of(cls, sheet: str, row_number: int, problem: Exception, row: list) -> "Reject":
        """A row and the sentence that says what is wrong with it; raises the problem again when it has none."""
        sentence = getattr(problem, "sentence", None)
        if sentence is None:
            raise problem
        return cls(sheet, row_number, sentence, tuple(text(cell) for cell in row))


def keep(connection: Connection, digest: str, name: str, rejects: Iterable[Reject], now: datetime) -> None:
    """Write down those of the file `digest` that are not there yet."""
    there = {
        (row.sheet, row.row_number)
        for row in connection.execute(select(table.c.sheet, table.c.row_number).where(table.c.file_digest == digest))
    }
    for reject in rejects:
        if (reject.sheet[:60], reject.row_number) not in there:
            connection.execute(
                insert(table).values(
                    file_digest=digest,
                    file_name=name[:200],
                    sheet=reject.sheet[:60],
                    row_number=reject.row_number,
                    reason=reject.reason,
                    cells=json.dumps(reject.cells, ensure_ascii=False),
                    recorded_at=now,
                )
            )


def rejected(ledger: Ledger) -> list[tuple[str, ...]]:
    """Rows of loaded files that could not be taken: file, sheet, row, reason, the cells as they were."""
    with connect.reading(ledger.engine) as connection:
        rows = connection.execute(select(table).order_by(table.c.position))
        return [(row.file_name, row.sheet, str(row.row_number), row.reason, row.cells) for row in rows]
