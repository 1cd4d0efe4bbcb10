"""What an .xlsx says beside its values: failed formulas, formulas never calculated, formats that carry a meaning,
hidden rows and filters, the year its days are counted from.

The parser of workbooks gives an empty cell for an error, and a bare number for 3.25 shown as 3.25分. Sheets are
streamed and searched for telling bytes first; only what has some is taken apart.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from html import unescape
from typing import NamedTuple

from etl.form.text import NO_RESULT

_CHUNK = 1 << 20
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_IS_1904 = re.compile(r"date1904\s*=\s*[\"'](?:1|true|on)[\"']", re.IGNORECASE)
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\s[^>]*>")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']", re.IGNORECASE)
_KIND = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")
_DRESS = re.compile(rb"\bs\s*=\s*[\"'](\d+)[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_FILTER = re.compile(rb"filterMode\s*=\s*[\"'](?:1|true)[\"']|<(?:\w+:)?filterColumn\b")

_UNIT = re.compile(r"(?:[#0,.?]+|General)\s*(?:\"\s*(?P<quoted>[^\"]+?)\s*\"|\\(?P<one>.)|(?P<bare>[分秒时天]))(?:;@)?")
_UNITS = frozenset(("秒", "秒钟", "分", "分钟", "小时", "时", "天"))
_WEEKDAY = re.compile(r"(?:\[[^\]]*\])*(?:a{3,4}|d{3,4})(?:;@)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:\[\$[^\]]*\])*(?:h{1,2}|\[h{1,2}\]):m{1,2}(?:;@)?", re.IGNORECASE)
_MINUTES = re.compile(r"m{1,2}:s{1,2}(?:;@)?", re.IGNORECASE)
_BUILT_IN = {"20": "h:mm", "45": "mm:ss"}


class Cell(NamedTuple):
    """Something said of one cell: its place from 0, and what: error, no result, or a format of the names below."""

    row: int
    column: int
    what: str


@dataclass
class Marks:
    """What is said of one sheet. hidden: number of rows nobody sees."""

    cells: list[Cell] = field(default_factory=list)
    hidden: int = 0
    is_filtered: bool = False


class BookMarks:
    """What one .xlsx says of its sheets, each looked at when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.names = {name.replace("\\", "/").lower().lstrip("/"): name for name in archive.namelist()}

    @cached_property
    def is_1904(self) -> bool:
        """Whether its days are counted from 1904, as old Macs did."""
        return _IS_1904.search(self._text("xl/workbook.xml")) is not None

    def of(self, sheet: str) -> Marks:
        """Everything said of the sheet of that name."""
        marks, name = Marks(), self._parts.get(sheet)
        for text in self._pieces(name) if name else ():
            marks.hidden += len(_HIDDEN.findall(text)) if b"hidden" in text else 0
            marks.is_filtered |= b"filter" in text and _FILTER.search(text) is not None
            if self._tells(text):
                marks.cells.extend(filter(None, map(self._cell, _CELL.finditer(text))))
        return marks

    def _pieces(self, name: str) -> Iterator[bytes]:
        """A sheet in pieces that end with a row."""
        rest = b""
        with self.archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                text = rest + chunk
                cut = text.rfind(b"row>") + 4
                yield text[: cut if cut > 3 else 0]
                rest = text[cut if cut > 3 else 0 :]
        yield rest

    def _tells(self, text: bytes) -> bool:
        has_formulas = (b"<f" in text or b":f" in text) and _FORMULA.search(text) is not None
        has_errors = b't="e"' in text or b"t='e'" in text
        return has_formulas or has_errors or any(b's="%d"' % at in text for at in self._formats)

    def _cell(self, match: re.Match) -> Cell | None:
        place = _PLACE.search(match[1])
        what = self._what(match[1], match[2] or b"")
        return Cell(int(place[2]) - 1, _column(place[1]), what) if place and what else None

    def _what(self, attributes: bytes, inside: bytes) -> str | None:
        kind, dress, value = _KIND.search(attributes), _DRESS.search(attributes), _VALUE.search(inside)
        if kind and kind[1] == b"e":
            return unescape(value[1].decode("utf-8", "replace")).strip() if value else "#VALUE!"
        if value is None:
            is_text = kind and kind[1] in (b"str", b"inlineStr", b"s")
            return NO_RESULT if _FORMULA.search(inside) and not is_text else None
        return self._formats.get(int(dress[1])) if dress else None

    @cached_property
    def _formats(self) -> dict[int, str]:
        """Number of a cell's style → 'clock', 'minutes', 'day', or a unit of time: the formats that carry a meaning."""
        text = self._text("xl/styles.xml")
        styles = _STYLES.search(text)
        codes = dict(_BUILT_IN)
        for tag in _FORMAT.findall(text):
            said = dict(_ATTRIBUTE.findall(tag.replace("&quot;", "\0")))
            codes[said.get("numFmtId", "")] = unescape(said.get("formatCode", "").replace("\0", '"'))
        dressed = (
            dict(_ATTRIBUTE.findall(tag)).get("numFmtId", "") for tag in _STYLE.findall(styles[0] if styles else "")
        )
        meant = ((at, meaning_of(codes.get(number, ""))) for at, number in enumerate(dressed))
        return {at: meaning for at, meaning in meant if meaning}

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Sheet → its part of the package."""
        links = dict(map(_link, _LINK.findall(self._text("xl/_rels/workbook.xml.rels"))))
        parts = {}
        for tag in _SHEET.findall(self._text("xl/workbook.xml")):
            said = dict(_ATTRIBUTE.findall(tag))
            target = links.get(next((value for key, value in said.items() if key.endswith(":id")), ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if name := self.names.get(path.lower()):
                parts[unescape(said.get("name", ""))] = name
        return parts

    def _text(self, part: str) -> str:
        name = self.names.get(part)
        return self.archive.read(name).decode("utf-8", "replace") if name else ""


def meaning_of(code: str) -> str | None:
    """What a number format says that its number does not: a unit of time, a clock without seconds ('clock') or
    without hours ('minutes'), a weekday ('day')."""
    if unit := _UNIT.fullmatch(code):
        word = unit["quoted"] or unit["one"] or unit["bare"]
        return word if word in _UNITS else None
    if _CLOCK.fullmatch(code):
        return "clock"
    if _MINUTES.fullmatch(code):
        return "minutes"
    return "day" if _WEEKDAY.fullmatch(code) else None


def worded(cell: object, what: str, epoch: date) -> object:
    """A cell with what is said of it: 3.25 and 分 → '3.25分', a clock shown 3:15 → '3:15', a weekday → its day."""
    if what in ("clock", "minutes") and isinstance(cell, (time, timedelta)):
        return _clock(cell, least=60 if what == "minutes" else 0)
    is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    if what == "day":
        return epoch + timedelta(days=int(cell)) if is_number and 0 < cell < 100_000 else cell  # type: ignore[operator, call-overload]
    if what in _UNITS:
        return f"{cell:.10g}{what}" if is_number else cell
    return cell if what in ("clock", "minutes") else what


def _clock(cell: time | timedelta, least: int) -> object:
    """As typed, 3:15, where no seconds are hidden. least: minutes from which a cell meant for minutes and seconds must
    have been typed so."""
    span = cell if isinstance(cell, timedelta) else timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}" if seconds == 0 and minutes >= least else cell


def _link(tag: str) -> tuple[str, str]:
    said = dict(_ATTRIBUTE.findall(tag))
    return said.get("Id", ""), unescape(said.get("Target", ""))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def epoch_of(is_1904: bool) -> date:
    """Day 0 of a book's calendar."""
    return date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
