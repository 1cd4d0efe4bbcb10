"""Files as real systems write them: a title above the header, totals below, text that is half number, old encodings.

Bytes depend on the arguments alone: no clock, no temporary names.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from etl.demo.form.workbook import Sheet, letters, save

_EPOCH = np.datetime64("1899-12-30", "s")


@dataclass
class Book:
    """One export. rows: tuples of text, None or float (written as a number). groups: a label per column, spanning
    equal neighbours, above the header. serials: positions of columns whose text is an Excel serial, with its number
    format."""

    name: str
    header: list[str]
    rows: list[list[object]]
    title: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    footer: list[list[str]] = field(default_factory=list)
    hidden: list[list[str]] = field(default_factory=list)
    serials: dict[int, str] = field(default_factory=dict)
    encoding: str = "gb18030"
    ragged: dict[int, list[str]] = field(default_factory=dict)  # row position → fields too many


Files = Iterator[tuple[str, Book, datetime]]  # source, what is written, the moment of its export


def write(folder: Path, book: Book, exported: datetime) -> Path:
    """Write one book; the suffix of its name decides between csv and xlsx."""
    path = folder / book.name
    (_write_csv if path.suffix == ".csv" else _write_xlsx)(path, book, exported)
    return path


def _write_csv(path: Path, book: Book, exported: datetime) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([line] for line in book.title)
    writer.writerow(book.header)
    for position, row in enumerate(book.rows):
        writer.writerow(list(row) + book.ragged.get(position, []))
    writer.writerows(book.footer)
    path.write_bytes(text.getvalue().encode(book.encoding))


def _write_xlsx(path: Path, book: Book, exported: datetime) -> None:
    last, title = letters(len(book.header) - 1), [[words] for words in book.title]
    heads = [book.header] if not book.groups else _nested(book)
    at = len(title) + 1
    merged = [f"A1:{last}1"] if title else []
    for first, end, label in _spans(book.groups):
        if label and end > first:
            merged.append(f"{letters(first)}{at}:{letters(end)}{at}")
        elif not label:
            merged += [f"{letters(column)}{at}:{letters(column)}{at + 1}" for column in range(first, end + 1)]
    rows: list[Sequence[object]] = [*title, *heads, *book.rows, *book.footer]
    sheets = [Sheet("明细", rows, merged, book.serials, heading_rows=len(title) + len(heads))]
    if book.hidden:
        sheets.append(Sheet("字典", book.hidden, hidden=True))
    save(path, sheets, exported)


def _nested(book: Book) -> list[list[str]]:
    """Two header rows: a group's label over its first column; a column of no group is merged down over both rows."""
    firsts = {first: label for first, _, label in _spans(book.groups)}
    above = [
        firsts.get(at, "") if group else label
        for at, (group, label) in enumerate(zip(book.groups, book.header, strict=True))
    ]
    return [above, [label if group else "" for group, label in zip(book.groups, book.header, strict=True)]]


def _spans(groups: list[str]) -> Iterator[tuple[int, int, str]]:
    first = 0
    for column in range(1, len(groups) + 1):
        if column == len(groups) or groups[column] != groups[first]:
            yield first, column - 1, groups[first]
            first = column


def written(moments: np.ndarray, style: str) -> list[str]:
    """Moments or days as text; '' where NaT. Styles: iso, slash (2022/9/3 8:05:07), dot, chinese (年月日); days stay
    days."""
    iso = np.datetime_as_string(moments).astype(object)
    if style == "iso":
        return ["" if text == "NaT" else text.replace("T", " ") for text in iso]
    seen: dict[str, str] = {"NaT": ""}
    out = []
    for text in iso:
        day, clock = text[:10], text[11:]
        if day not in seen:
            year, month, number = (int(part) for part in day.split("-"))
            form = {"slash": "{}/{}/{}", "dot": "{}.{}.{}", "chinese": "{}年{}月{}日"}[style]
            seen[day] = form.format(year, month, number)
        out.append(f"{seen[day]} {re.sub('^0', '', clock)}" if clock else seen[day])
    return out


def serial(moments: np.ndarray) -> list[float | None]:
    """Moments as Excel serial numbers, None where NaT."""
    days = (moments.astype("datetime64[s]") - _EPOCH).astype("int64") / 86400
    return [
        None if missing else value for missing, value in zip(np.isnat(moments).tolist(), days.tolist(), strict=True)
    ]
