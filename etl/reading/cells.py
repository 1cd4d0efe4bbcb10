"""One cell, or a column of cells, as text: the same text whatever the format it came from."""

import datetime
import re
from collections.abc import Callable, Container, Sequence
from decimal import Decimal

# Invisible characters that ride along when a cell is copied from a phone or a chat: byte-order mark, zero-width blanks
# and joins, marks of writing direction.
_SIGNS = "\ufeff\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
_INVISIBLE = re.compile(f"[{_SIGNS}]")
# Signs that no document takes and no reader sees. A line break of its own kind (Word's soft return is \x0b) parts words
# of Latin letters and is nothing between Chinese ones.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|[\x0b\x0c\x85\u2028\u2029]")
_BREAK = re.compile("(?<=[\x21-\x7e])[\x0b\x0c\x85\u2028\u2029]+(?=[\x21-\x7e])")
_SHIELD = re.compile(r'=\s*(?:T\()?"((?:[^"]|"")*)"\)?', re.IGNORECASE)
EXACT_INTEGER = 10**15  # a spreadsheet's number keeps 15 digits; an id longer than that has lost its end


def text_of(cell: object) -> str:
    """Shortest exact text of one cell; '' for nothing. Dates as YYYY-MM-DD, with HH:MM:SS when there is a time."""
    words = _WORDS.get(type(cell))
    return words(cell) if words else str(cell)


def _float_text(number: float) -> str:
    text = repr(number)
    if text.endswith(".0"):
        return text[:-2]
    if "n" in text:  # nan, inf
        return ""
    return format(Decimal(text), "f") if "e" in text else text


def _moment_text(moment: datetime.datetime) -> str:
    if moment.microsecond:  # a spreadsheet counts days in floats: whole seconds were meant
        moment += datetime.timedelta(seconds=round(moment.microsecond / 1e6), microseconds=-moment.microsecond)
    return str(moment) if moment.tzinfo is None else str(moment.replace(tzinfo=None))


def _span_text(span: datetime.timedelta) -> str:
    total = round(span.total_seconds())
    minutes, seconds = divmod(abs(total), 60)
    return f"{'-' if total < 0 else ''}{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _clock_text(clock: datetime.time) -> str:
    """Rounded to whole seconds like a moment: 07:59:59.97 was typed 8:00; the last of a day ends at 24:00:00."""
    if not clock.microsecond:
        return clock.isoformat("seconds")
    span = datetime.timedelta(0, clock.second, clock.microsecond, 0, clock.minute, clock.hour)
    return _span_text(span).rjust(8, "0")


def _list_text(parts: Sequence) -> str:
    return "、".join(map(text_of, parts))


_WORDS: dict[type, Callable[..., str]] = {
    str: str,
    type(None): lambda _: "",
    bool: lambda flag: "TRUE" if flag else "FALSE",
    int: str,
    float: _float_text,
    datetime.datetime: _moment_text,
    datetime.timedelta: _span_text,
    datetime.time: _clock_text,
    list: _list_text,
    tuple: _list_text,
    bytes: lambda data: data.decode("utf-8", "replace"),
}


def without_invisible(text: str) -> str:
    """The text without invisible characters."""
    if text.isascii() or not any(sign in text for sign in _SIGNS):
        return text
    return _INVISIBLE.sub("", text)


def without_control(text: str) -> str:
    """The text without control characters; \\n, \\r and \\t are none."""
    return _CONTROL.sub("", _BREAK.sub(" ", text)) if _CONTROL.search(text) else text


def clean(text: str) -> str:
    """Outer blanks, invisible and control characters, and what a spreadsheet shields a number with, all gone: the
    apostrophe of '001 and the formula of ="001"."""
    text = without_control(without_invisible(text)).strip()
    if text.startswith("'") and not text.endswith("'"):
        text = text[1:].strip()
    if text.startswith("=") and (shield := _SHIELD.fullmatch(text)):
        text = shield[1].replace('""', '"').strip()
    return text


def text_column(cells: Sequence) -> list[str | None]:
    """A whole column of any simple types cleaned, None where empty."""
    others = set(map(type, cells)) - {str}
    if others:
        words = _WORDS.get(others.pop(), str) if len(others) == 1 else text_of
        cells = [cell if type(cell) is str else words(cell) for cell in cells]
    joined = "".join(cells)
    if (
        "'" in joined
        or '="' in joined
        or "=T(" in joined
        or without_invisible(joined) is not joined
        or _CONTROL.search(joined)
    ):
        return [clean(cell) or None for cell in cells]
    return [cell.strip() or None for cell in cells]


def without_nulls(column: list[str | None], null_words: Container[str]) -> list[str | None]:
    """The column with the words that mean "empty" taken out."""
    return [None if cell in null_words else cell for cell in column] if null_words else column


def lost_digits(cells: Sequence) -> list[int]:
    """Positions of numbers too long for a spreadsheet's number type: their last digits were lost before we saw them."""
    if not {float, int} & set(map(type, cells)):
        return []
    return [at for at, cell in enumerate(cells) if type(cell) in (float, int) and abs(cell) >= EXACT_INTEGER]
