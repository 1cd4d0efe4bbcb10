"""Comma, tab or semicolon separated text → rows, every physical line accounted for.

Strict about quotes: a quote that never closes would otherwise swallow the records after it in silence.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.form.headers import normalise_header
from etl.form.table import Note
from etl.reading.cells import clean, without_control, without_invisible
from etl.reading.decode import decode
from etl.reading.grid import Grid, Wanted

_DELIMITERS = (",", "\t", ";")
_SAMPLE = 1 << 16
_CELL = 1 << 20  # characters; a longer one is a quote that was never closed
_LARGE = 1 << 24  # characters; below, sharing equal cells is not worth its time
_SHORT = 10  # letters of a cell worth sharing (a telephone number is not)
_NEAR, _ALIKE = 1000, 3  # rows a cut cell is held against; how many of one length make it the usual one
_SHARED = 200_000  # how many of them are remembered
_RETURN = "\x1e"  # stands for a carriage return inside a cell; a blank to str.strip
_HINT = re.compile(r'^"?sep=(.)"?\r?\n')
_QUOTES = "引号没有成对，这一行的内容分不清是几格，请修正后重新导出。"
_LONG = f"这一行有一格超过 {_CELL:,} 个字，不像是记录，请删短后重新导出。"
_HALF = "最后一行只写了一半（文件没有写完），请重新导出。"


_Tidy = Callable[[list[str]], list[str | None]]


@dataclass
class _Lines(Grid):
    """A grid that grows line by line."""

    numbers: list[int]


def read_delimited(path: Path, wanted: Wanted) -> Grid:
    """One grid of text cells; numbers are physical lines, of the line a record begins on."""
    text, is_torn = decode(path, path.read_bytes())
    text = _with_whole_lines(without_control(without_invisible(text)))
    hint = _HINT.match(text)  # Excel's own first line naming the separator
    start = hint.end() if hint else 0
    delimiter = wanted.delimiter or (hint.group(1) if hint else _delimiter(text[:_SAMPLE], wanted))
    grid = _Lines("", [], [], separator=delimiter, is_text=True, cut=not text.endswith(("\n", "\r")))
    loose = _parse(text[start:], delimiter, grid, first=2 if hint else 1)
    if is_torn and grid.rows:
        row, number = grid.rows.pop(), grid.numbers.pop()
        grid.unreadable.append((number, grid.text(row), _HALF))
    elif grid.cut and grid.rows and _is_half(grid.rows):
        message = "文件末尾没有换行，最后一格比同一列的其余各格短，可能只写了一半。"
        remedy = "请核对最后一行；没有写完的请重新导出。"
        grid.notes.append(Note("cut_end", message, remedy, grid.numbers[-1]))
    if loose:
        message = (
            f"第 {loose[0]} 行{f'等 {len(loose)} 行' if len(loose) > 1 else ''}的引号写得不规范，去掉多余的引号后读入。"
        )
        grid.notes.append(Note("loose_quotes", message, "请核对这些行的内容。", loose[0], None, len(loose)))
    return grid


def _parse(text: str, delimiter: str, grid: _Lines, first: int) -> list[int]:
    """Fills grid.rows and grid.numbers; returns the lines whose quotes had to be mended."""
    loose: list[int] = []
    source: Iterator[str] = io.StringIO(text, newline="")
    lines: list[str] = []
    at = 0
    tidy: _Tidy = _tidy_odd if "'" in text or '="' in text or "=T(" in text or _RETURN in text else _tidy
    if len(text) > _LARGE and "\n" in text:
        source, tidy = _lines(text), _sharing(tidy)
    limit = csv.field_size_limit(_CELL)
    try:
        while True:
            reader, base = csv.reader(source, delimiter=delimiter, strict=True), at
            try:
                for row in reader:
                    grid.rows.append(tidy(row))
                    grid.numbers.append(first + at)
                    at = base + reader.line_num
                return loose
            except csv.Error:
                lines = lines or io.StringIO(text, newline="").readlines()
                _settle(lines[at], delimiter, grid, first + at, loose)
                at += 1
                # go on with the very next line, whatever the quote would have swallowed
                source = map(lines.__getitem__, range(at, len(lines)))
    finally:
        csv.field_size_limit(limit)


def _tidy(row: list[str]) -> list[str | None]:
    """Cleaned while the row is still warm in the processor's cache:
    a later pass over all cells costs three times that."""
    return [cell.strip() or None for cell in row]


def _tidy_odd(row: list[str]) -> list[str | None]:
    return [
        cell
        if cell is None or (cell[0] not in "'=" and _RETURN not in cell)
        else clean(cell.replace(_RETURN, "\r")) or None
        for cell in _tidy(row)
    ]


def _lines(text: str) -> Iterator[str]:
    """The lines of a large text without the copy of four bytes a character that StringIO makes."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _sharing(tidy: _Tidy) -> _Tidy:
    """One object for all cells with the same few letters: a large file takes half the memory and little more time."""
    cells: dict[str, str] = {}

    def tidy_shared(row: list[str]) -> list[str | None]:
        if len(cells) > _SHARED:
            cells.clear()
        return [cell if cell is None or len(cell) > _SHORT else cells.setdefault(cell, cell) for cell in tidy(row)]

    return tidy_shared


def _with_whole_lines(text: str) -> str:
    """Carriage returns that end no line, in a file whose lines end otherwise,
    belong to a cell: set aside while parsing."""
    if "\n" not in text or text.count("\r") == text.count("\r\n"):
        return text
    return re.sub("\r(?!\n)", _RETURN, re.sub("\r+\n", "\r\n", text))


def _is_half(rows: Sequence[Sequence]) -> bool:
    """Whether the very last cell is the beginning of another of its column, or shorter than all others are alike."""
    last, at = rows[-1][-1] or "", len(rows[-1]) - 1
    others = [row[at] for row in rows[-_NEAR:-1] if len(row) > at and row[at]]
    if not last or last in others:
        return False
    lengths = Counter(map(len, others))
    usual, times = lengths.most_common(1)[0] if lengths else (0, 0)
    is_alike = times >= _ALIKE and times >= 0.9 * sum(lengths.values())
    return any(other.startswith(last) for other in others) or (is_alike and len(last) < usual)


def _settle(line: str, delimiter: str, grid: _Lines, number: int, loose: list[int]) -> None:
    """One line the strict reader could not take: a record if its quotes close within it and it has the usual width."""
    row = next(csv.reader([line], delimiter=delimiter), []) if len(line) < _CELL else []
    if line.count('"') % 2 == 0 and _same_width(row, grid.rows):
        grid.rows.append(_tidy_odd(row))
        grid.numbers.append(number)
        loose.append(number)
    else:
        is_half = not line.endswith(("\n", "\r"))
        why = _LONG if max(map(len, line.split(delimiter))) > _CELL else _HALF if is_half else _QUOTES
        grid.unreadable.append((number, line.strip()[:500], why))


def _same_width(row: list[str], rows: Sequence[Sequence]) -> bool:
    """As many cells as the rows around it: then dropping the stray quotes moved nothing."""
    return not rows or len(row) == Counter(map(len, rows[-50:])).most_common(1)[0][0]


def _delimiter(sample: str, wanted: Wanted) -> str:
    """The separator that finds most known header words, then the one that cuts most rows into equally many cells."""
    return max(_DELIMITERS, key=lambda delimiter: _score(sample, delimiter, wanted))


def _score(sample: str, delimiter: str, wanted: Wanted) -> tuple[int, float]:
    rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)][:60]
    known = max((sum(normalise_header(cell) in wanted.headers for cell in row) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    return (known if known > 1 else 0), times / max(1, len(rows)) * (width > 1) + min(width, 100) / 1000
