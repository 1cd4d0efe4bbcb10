"""The ledger as a workbook: one sheet to read, one with the whole history, one with rows that could not be taken."""

import io
from collections.abc import Mapping

import xlsxwriter

from ledger.events import Assignment, Event, fold
from ledger.sheet.rejects import REJECT_HEADINGS, rejected
from ledger.sheet.wording import (
    HEADINGS,
    HISTORY,
    HISTORY_HEADINGS,
    LEDGER,
    REJECTS,
    SHOWN_ONLY,
    Vocabulary,
    check_cells,
)
from ledger.store import Ledger, as_json

WIDTHS = {"任务": 40, "原因": 40, "证据": 40, "内容": 60, "核验条件": 30, "原文": 60}
# Text stays text: nothing becomes a formula, a link or a number.
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def to_xlsx(ledger: Ledger, vocabulary: Vocabulary, judged: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """Everything in the ledger. `judged`: number → (outcome, evidence), shown beside and not read back.

    Documents travel by name and hash; their bytes stay in the ledger.
    """
    events, judged = ledger.events(), judged or {}
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, _SAFE) as book:
        headings = (*(spellings[0] for spellings in HEADINGS.values()), *SHOWN_ONLY)
        _sheet(
            book, LEDGER, headings, [_row(one, vocabulary, judged.get(one.number, ("", ""))) for one in fold(events)]
        )
        _sheet(book, HISTORY, HISTORY_HEADINGS, [_line(event) for event in events])
        _sheet(book, REJECTS, REJECT_HEADINGS, rejected(ledger))
    return memory.getvalue()


def _row(assignment: Assignment, vocabulary: Vocabulary, judged: tuple[str, str]) -> tuple[str, ...]:
    agreed = assignment.agreed
    state = ("已撤销", "") if assignment.is_withdrawn else judged
    return (
        assignment.number,
        agreed.task,
        agreed.unit,
        agreed.post,
        agreed.given_on.isoformat(),
        agreed.due.isoformat(),
        agreed.why,
        *check_cells(agreed.check, vocabulary),
        as_json(dict(agreed.signal)) if agreed.signal else "",
        *state,
        assignment.report_words,
        assignment.verify_words,
    )


def _line(event: Event) -> tuple[str, ...]:
    return (
        event.number,
        str(event.sequence),
        event.label,
        event.day.isoformat(),
        event.post,
        event.recorded_at.isoformat(sep=" "),
        as_json(event.content),
        event.source,
    )


def _sheet(book, name: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    page = book.add_worksheet(name)
    bold, wrapped = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    )
    for place, heading in enumerate(headings):
        page.set_column(place, place, WIDTHS.get(heading, 14), wrapped)
        page.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            page.write_string(number, place, cell, wrapped)
    page.freeze_panes(1, 1)
