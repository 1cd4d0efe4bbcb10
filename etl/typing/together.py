"""Several columns of a file that answer one question → one: row by row the first that is filled, in declared order.

A day in one column and a clock in another are one moment; a bare clock takes the day of the column that `day_from`
names, after midnight the next.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from etl.form.model import Dialect
from etl.form.text import Caution, Unreadable, half_width
from etl.typing.cells import Cells
from etl.typing.dates import parse_datetime

_CLOCK = re.compile(
    r"(?:上午|凌晨|早上|中午|下午|晚上|傍晚)?\s*\d{1,2}\s*[:时点]\s*(?:\d{1,2}\s*(?:[:分]\s*(?:\d{1,2}(?:\.\d+)?\s*秒?)?)?)?"
    r"\s*(?:[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(\d{1,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,4}\s*[日号]?|\d{8})(?:[T\s]*0?0:00(?::00)?(?:\.0+)?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_TAKEN = Caution("day_taken", "只写了几点，没有写哪天，按这条记录的日期读", "请在这一列写上日期。")


def is_clock(text: str | None) -> bool:
    """Whether a cell is a time of day and nothing else: 08:01, 8点1分, 下午3:05."""
    return text is not None and _CLOCK.fullmatch(half_width(text)) is not None


def joined(columns: Sequence[list[str | None]]) -> list[list[str | None]]:
    """The columns with every clock put behind the day of its row, where one of them says a day alone."""
    clocks = {text for column in columns for text in set(column) if is_clock(text)}
    if not clocks:
        return list(columns)
    parts = [list(column) for column in columns]
    for row, cells in enumerate(zip(*columns, strict=True)):
        clock = next((at for at, text in enumerate(cells) if text in clocks), None)
        days = ((at, _day(text)) for at, text in enumerate(cells) if text and text not in clocks)
        day = next(((at, text) for at, text in days if text), None)
        if clock is not None and day is not None:
            parts[day[0]][row], parts[clock][row] = f"{day[1]} {cells[clock]}", None
    return parts


def _day(text: str) -> str | None:
    """A day alone, without a midnight that only fills the form; None for anything else."""
    plain = half_width(text)
    if match := _DAY.fullmatch(plain):
        return match[1]
    if not _SERIAL.fullmatch(plain):
        return None
    try:
        return f"{parse_datetime(plain).value:%Y-%m-%d}"
    except Unreadable:
        return None


def since_1900(text: str) -> str:
    """A bare number of days counted from 1904, counted from 1900; anything else as it is."""
    return f"{float(text) + 1462:.10g}" if re.fullmatch(r"\d{4,5}(?:\.\d+)?", text) else text


def with_days(
    texts: list[str | None], bases: Sequence[datetime | None], dialect: Dialect
) -> tuple[list[str | None], dict[int, Caution]]:
    """(texts with the day of their record before each bare clock, the rows where one was taken).

    bases: when each record was. A clock before that is of the next day; the same minute is not before.
    """
    clocks = {text for text in set(texts) if is_clock(text)}
    whole, taken = list(texts), {}
    for row, text in enumerate(texts) if clocks else ():
        base = bases[row]
        if text not in clocks or base is None:
            continue
        try:
            moment = parse_datetime(f"{base:%Y-%m-%d} {text}", dialect).value
        except Unreadable:
            continue
        is_next = moment < base.replace(second=0, microsecond=0)
        whole[row], taken[row] = f"{moment + timedelta(days=is_next):%Y-%m-%d %H:%M:%S}", _TAKEN
    return whole, taken


def merged(parts: Sequence[Cells]) -> tuple[Cells, list[int]]:
    """(one column of all, the rows in which two say different things). A value counts before what cannot be read."""
    values = [_values(part) for part in parts]
    size = len(parts[0].texts)
    whole = Cells([None] * size, [None] * size, nothing=frozenset().union(*(part.nothing for part in parts)))
    differing = []
    for row in range(size):
        filled = [at for at in range(len(parts)) if values[at][row] is not None]
        broken = [at for at, part in enumerate(parts) if row in part.bad]
        chosen = (filled or broken or [0])[0]
        whole.texts[row], whole.values[row] = parts[chosen].texts[row], values[chosen][row]  # type: ignore[index]
        for said, heard in ((parts[chosen].bad, whole.bad), (parts[chosen].doubtful, whole.doubtful)):
            if row in said:
                heard[row] = said[row]  # type: ignore[assignment]
        if filled and (broken or len({values[at][row] for at in filled}) > 1):
            differing.append(row)
    return whole, differing


def _values(cells: Cells) -> list:
    return cells.values if cells.values is not None else cells.ready.to_pylist()  # type: ignore[union-attr]
