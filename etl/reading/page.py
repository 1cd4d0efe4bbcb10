"""An HTML table saved as .xls, as many web systems export: the standard library's parser, spans kept as merges."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from etl.form.limits import Limits, Refused
from etl.reading.cells import clean
from etl.reading.decode import decode
from etl.reading.grid import Grid, Merge

_SPAN = 1000  # columns or rows one cell may claim
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")  # a line break in the source is a blank; <br> is a line break


class _Tables(HTMLParser):
    """Collects each table as rows of text; a table inside a cell is a table of its own."""

    def __init__(self, path: Path, limits: Limits):
        super().__init__(convert_charrefs=True)
        self.path, self.limits, self.cells = path, limits, 0
        self.done: list[_Open] = []
        self.open: list[_Open] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title"):
            self.silent += 1
        elif tag == "table":
            table = _Open()
            self.open.append(table)
            self.done.append(table)
        elif self.open and tag == "tr":
            self.open[-1].start_row()
        elif self.open and tag in ("td", "th"):
            wide = _span(attrs, "colspan")
            self.cells += wide
            if self.cells > self.limits.cells:
                raise Refused(f"{self.path.name}：网页里的表格大得不正常，请用 Excel 打开后另存为 xlsx 再放进来。")
            self.open[-1].start_cell(wide, _span(attrs, "rowspan"))
        elif self.open and tag == "br":
            self.open[-1].text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.open:
            self.open.pop().end_cell()
        elif self.open and tag in ("td", "th", "tr"):
            self.open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent:
            self.open[-1].text.append(_BLANKS.sub(" ", data))


class _Open:
    """A table being read. `taken` holds, per column, the last row an earlier cell's span reaches down to."""

    def __init__(self) -> None:
        self.rows: list[list[str | None]] = []
        self.merges: list[Merge] = []
        self.taken: dict[int, int] = {}
        self.text: list[str] = []
        self.place: tuple[int, int] | None = None

    def start_row(self) -> None:
        self.end_cell()
        self.rows.append([])

    def start_cell(self, wide: int, high: int) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        at, row = len(self.rows) - 1, self.rows[-1]
        while self.taken.get(len(row), -1) >= at:
            row.append(None)
        column = len(row)
        row.extend([None] * wide)
        self.place, self.text = (at, column), []
        if wide > 1 or high > 1:
            self.merges.append(Merge(at, column, at + high - 1, column + wide - 1))
        if high > 1:
            self.taken.update(dict.fromkeys(range(column, column + wide), at + high - 1))

    def end_cell(self) -> None:
        if self.place is not None:
            self.rows[self.place[0]][self.place[1]] = clean("".join(self.text)) or None
        self.place, self.text = None, []


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    text = next((value for key, value in attrs if key == name and value), "1").strip()
    return min(max(int(text), 1), _SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def read_page(path: Path, limits: Limits) -> list[Grid]:
    """One grid per table that has a row of at least two cells; numbers count the table's rows from 1."""
    text, _ = decode(path, path.read_bytes())
    parser = _Tables(path, limits)
    parser.feed(text)
    parser.close()
    grids = []
    for at, table in enumerate(parser.done, 1):
        table.end_cell()
        width = max(map(len, table.rows), default=0)
        if width > 1 and width * len(table.rows) <= limits.cells:
            rows: list[Sequence] = [row + [None] * (width - len(row)) for row in table.rows]
            name = f"表{at}" if len(parser.done) > 1 else ""
            grids.append(Grid(name, rows, range(1, len(rows) + 1), table.merges, is_text=True))
    if not grids:
        raise Refused(f"{path.name}：这个文件是网页，里面没有表格，请重新导出为 xlsx 后再放进来。")
    return grids
