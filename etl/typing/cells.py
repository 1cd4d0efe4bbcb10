"""One column of text → one column of values. Distinct cells are parsed once per process, not once per file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from etl.form.model import Column, Dialect, Source
from etl.form.text import NO_RESULT, is_error
from etl.typing.values import (
    Caution,
    Parsed,
    Unreadable,
    date_order,
    is_null,
    null_words_for,
    parser_for,
    quick_moment,
)

_REMEMBERED = 200_000
_AS_WRITTEN = frozenset(("text", "place", "id"))
_ODD_STARTS = frozenset("#＃=")
_STRAY = frozenset("#='` \t\u200b\ufeff")
_EARLIEST, _LAST_DAY = "1990-01-01", "-12-31 23:59:59"

_UNREADY = "用 Excel 或 WPS 打开这份文件、保存一次，再放进来。"
_NO_RESULT = Caution("no_result", "公式没有存下结果，按空白读", _UNREADY)
_ORDERED = Caution(
    "date_order",
    "日和月的先后按这一列里分得清的日期读",
    "核对无误后，在来源声明的 dialect 里写明 day_first = true 或 month_first = true。",
)


class CellReader:
    """Text → value for one declared column, with memory. bad and doubtful hold what the memory cannot say."""

    def __init__(self, column: Column, source: Source, unit: str | None):
        self.column = column
        self.null_words = null_words_for(column, source.dialect)
        self.parse: Callable[[str], Parsed] = parser_for(column, source.dialect, unit)
        self.is_moment = column.type in ("datetime", "deadline") and not column.pattern
        self.last_year = source.dialect.last_year
        self.forget()

    def forget(self) -> None:
        """Start afresh: bounds the memory of a long load."""
        self.values: dict[str | None, object] = {None: None}
        self.bad: dict[str, Unreadable] = {}
        self.doubtful: dict[str, Caution] = {}

    def learn(self, distinct: Iterable[str]) -> None:
        """Read the cells not met before."""
        end_of_day, last_year = self.column.type == "deadline", self.last_year
        for text in distinct:
            if self.is_moment and (moment := quick_moment(text, end_of_day, last_year)):
                self.values[text] = moment
            else:
                self._learn(text)

    def _learn(self, text: str) -> None:
        self.values[text] = None
        if is_null(text, self.null_words):
            return
        try:
            self.values[text], caution = self._parsed(text)
        except Unreadable as problem:
            self.bad[text] = problem
            return
        if caution:
            self.doubtful[text] = caution

    def _parsed(self, text: str) -> Parsed:
        """One cell by its type; what a failed formula left behind is no value of any type."""
        if is_error(text):
            raise Unreadable("error_value", "是表格的错误值", "改正这一格的公式，或让来源系统导出数值。")
        if text != NO_RESULT:
            return self.parse(text)
        if self.column.required:
            raise Unreadable("no_result", "公式没有存下结果", _UNREADY)
        return Parsed(None, _NO_RESULT)

    @property
    def is_plain(self) -> bool:
        """Cells are taken as written; only words for nothing have to go."""
        return self.column.type in _AS_WRITTEN and not self.column.pattern


_readers: dict[tuple[str, str, str | None], CellReader] = {}


def _reader(column: Column, source: Source, unit: str | None) -> CellReader:
    place = (source.digest, column.name, unit)
    if place not in _readers or not source.digest:
        _readers[place] = CellReader(column, source, unit)
    reader = _readers[place]
    if len(reader.values) > _REMEMBERED:
        reader.forget()
    return reader


@dataclass
class Cells:
    """The outcome for one column: values (or a ready array), and the rows that were unreadable or doubtful."""

    texts: list[str | None]
    values: list | None
    ready: pa.Array | None = None
    bad: dict[int, Unreadable] = field(default_factory=dict)
    doubtful: dict[int, Caution] = field(default_factory=dict)
    nothing: frozenset[str | None] = frozenset((None,))

    def array(self, kind: pa.DataType) -> pa.Array:
        """The typed column."""
        return self.ready if self.ready is not None else pa.array(self.values, kind)

    def words(self) -> list[str | None]:
        """The cells as written, words for nothing left out."""
        return [None if text in self.nothing else text for text in self.texts]

    def missing(self) -> list[int]:
        """Rows without a value that were not unreadable either."""
        if self.values is None or None not in self.values:
            return [row for row, text in enumerate(self.texts) if text is None] if self.values is None else []
        return [row for row, value in enumerate(self.values) if value is None and row not in self.bad]

    def unusable(self, required: bool) -> list[int]:
        """Rows that cannot be kept because this column is required."""
        return [*self.bad, *self.missing()] if required else []


def read_column(texts: list[str | None], column: Column, source: Source, unit: str | None) -> Cells:
    """The cells of one column read by its declaration."""
    reader = _reader(column, source, unit)
    if reader.is_moment and (ready := _moments(texts, column, f"{source.dialect.last_year}{_LAST_DAY}")) is not None:
        return Cells(texts, None, ready)
    written = set(texts)
    written.discard(None)
    distinct = cast("set[str]", written)
    if reader.is_plain:
        return _plain(texts, distinct, reader)
    reader.learn(distinct.difference(reader.values))
    values = reader.values
    doubtful = reader.doubtful
    if order := _order_among(distinct, reader):
        unsure = {text for text in distinct if text in doubtful and doubtful[text].code == "ambiguous_date"}
        ordered = replace(source.dialect, day_first=order.day_first, month_first=order.month_first)
        parse = parser_for(column, ordered, unit)
        values = values | {text: parse(text).value for text in unsure}
        doubtful = doubtful | dict.fromkeys(unsure, _ORDERED)
    cells = Cells(texts, [values[text] for text in texts])
    if not distinct.isdisjoint(reader.bad):
        cells.bad = {row: reader.bad[text] for row, text in enumerate(texts) if text in reader.bad}
    if not distinct.isdisjoint(doubtful):
        cells.doubtful = {row: doubtful[text] for row, text in enumerate(texts) if text in doubtful}
    if column.keep_text:
        nothing = (text for text in (*distinct, None) if text == NO_RESULT or is_null(text, reader.null_words))
        cells.nothing = frozenset(nothing)
    return cells


def _order_among(distinct: set[str], reader: CellReader) -> Dialect | None:
    """The order of day and month that the column's certain dates prove, where some date leaves it open."""
    unsure = any(reader.doubtful[text].code == "ambiguous_date" for text in distinct.intersection(reader.doubtful))
    return date_order(distinct) if unsure else None


def _plain(texts: list[str | None], distinct: set[str], reader: CellReader) -> Cells:
    """Text as written. The longest word for nothing bounds what has to be looked at."""
    longest = max(map(len, reader.null_words)) * 2
    nothing = (text for text in distinct if len(text) <= longest and is_null(text, reader.null_words))
    changed: dict[str | None, object] = dict.fromkeys(nothing)
    look = _is_stray if reader.column.type == "id" else _is_odd
    odd = {text for text in distinct if look(text) and text not in changed}
    reader.learn(odd.difference(reader.values))
    changed |= {text: reader.values[text] for text in odd}
    cells = Cells(texts, [changed.get(text, text) for text in texts] if changed else texts)
    if odd:
        cells.bad = {row: reader.bad[text] for row, text in enumerate(texts) if text in reader.bad}
        cells.doubtful = {row: reader.doubtful[text] for row, text in enumerate(texts) if text in reader.doubtful}
    return cells


def _is_odd(text: str) -> bool:
    """Whether a text may be no text: an error word, a formula without a result."""
    return text[0] in _ODD_STARTS


def _is_stray(text: str) -> bool:
    """Whether an id has to be looked at: signs around it, decimals, lost digits, other letters."""
    return text[0] in _STRAY or text[-1] in _STRAY or "." in text[-3:] or "+" in text[-4:] or not text.isascii()


def _moments(texts: list[str | None], column: Column, latest: str) -> pa.Array | None:
    """A column wholly of ISO moments, read by Arrow at once; None when any cell is something else.

    The forms let through are those quick_moment reads alike, so a cell never depends on its neighbours.
    """
    lengths = set(map(len, filter(None, texts)))
    if not lengths <= {16, 19} or not lengths:
        return None
    try:
        moments = pa.array(texts, pa.string()).cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    within = [text for text in texts if text is not None]
    if min(within) < _EARLIEST or max(within) > latest:
        return None
    return _deadlines(moments) if column.type == "deadline" else moments


def _deadlines(moments: pa.Array) -> pa.Array:
    """Exactly midnight names the day: its last second."""
    is_midnight = pc.equal(moments, moments.cast(pa.date32(), safe=False).cast(pa.timestamp("us")))
    last = pc.add(moments, pa.scalar(86_399_000_000, pa.duration("us")))
    return pc.if_else(pc.fill_null(is_midnight, False), last, moments)
