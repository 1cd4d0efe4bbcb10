"""A few rows no system should export, each counted, so that a test can ask whether exactly these were refused."""

import numpy as np

from etl.demo.form.books import Book
from etl.demo.form.truth import Tally

# source → the column (canonical) whose unreadable value costs the row, and the words found there
_REQUIRED = {"tickets": "opened", "hazards": "found", "drills": "held"}
_WORDS = {
    "tickets": ("昨天下午", "2023-02-30 10:00:00", "待补录"),
    "hazards": ("上周", "2024-13-05", "不详"),
    "drills": ("第三周", "待补", "2025-02-29"),
}

NO_DEADLINE = frozenset(("待定", "尽快"))  # a row with such a cell is not copied: it would be bad twice over


def spoil(book: Book, layout: dict[str, str], source: str, tally: Tally, random: np.random.Generator) -> None:
    """Insert bad rows into a book, in place: one without an id, two with a word where the date should be, and in a csv
    one line with fields too many. Each is a copy of a real row under an id of its own, so nothing good is lost."""
    if len(book.rows) < 8:
        return
    number, date = (book.header.index(layout[one]) for one in ("id", _REQUIRED[source]))
    is_text = book.name.endswith(".csv")
    kinds = ["missing_id", "unreadable_date", "unreadable_date", *(["ragged"] if is_text else [])]
    places = np.sort(random.choice(np.arange(1, len(book.rows)), size=len(kinds), replace=False))
    for position, kind in zip(places.tolist(), kinds, strict=True):
        plain = (row for row in book.rows[position:] if not NO_DEADLINE.intersection(row))
        row = list(next(plain, book.rows[position]))
        row[number] = "" if kind == "missing_id" else f"99{random.integers(10**8, 10**9)}{position:06d}"[:20]
        if kind == "unreadable_date":
            row[date] = _WORDS[source][int(random.integers(0, 3))]
        book.rows.insert(position, row)
        if kind == "ragged":
            book.ragged[position] = ["分机", "8001", "转接"]
        tally.add(tally.bad_rows, f"{source}.{kind}")
