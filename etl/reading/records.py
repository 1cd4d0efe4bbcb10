"""JSON → tables: a list of objects, an object with such a list inside, or one object a line;
numbers keep every digit."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from etl.form.limits import Limits, Refused
from etl.form.table import Note, Table
from etl.reading.cells import clean, text_column, without_nulls
from etl.reading.decode import decode
from etl.reading.grid import Wanted
from etl.reading.header import numbered

_HALF = "最后一行只写了一半（文件没有写完），请重新导出。"
_NO_OBJECT = "这一条不是由字段组成的记录，请修正后重新导出。"
_BAD_LINE = "这一行不是完整的 JSON，请修正后重新导出。"
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
_HALF_SIGN = re.compile("[\ud800-\udfff]")
_INSIDE = 4  # how deep the list may lie: {"data": {"page": {"records": […]}}}


class _Pairs(dict):
    """An object in which no repeated key is lost: the second 'x' becomes 'x (2)'."""


def _object(pairs: list[tuple[str, object]]) -> dict:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    return _Pairs(zip(numbered([key for key, _ in pairs]), (value for _, value in pairs), strict=True))


_DECODER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=lambda _: None, object_pairs_hook=_object, strict=False
)


def read_records(path: Path, wanted: Wanted, limits: Limits) -> list[Table]:
    """One table per list of objects; row numbers count objects from 1, or lines where there is one object a line.

    Nested objects become 'parent/child' columns, lists of plain values one cell joined by 、.
    """
    text, is_torn = decode(path, path.read_bytes())
    lists = _whole(text) or _lines(text, is_torn)
    if not lists:
        raise Refused(f"{path.name}：JSON 里没有找到记录的列表，或文件没有写完，请导出为一层的列表后再放进来。")
    tables = [_table(path, name, records, bad, wanted, limits) for name, records, bad in lists]
    if _ESCAPED.search(text):  # nothing else makes half a sign
        for table in tables:
            table.notes.extend(_mended(table))
    return tables


def _mended(table: Table) -> Iterator[Note]:
    """Halves of a sign (an emoji cut in two) replaced, since nothing can store them; each column told."""
    table.header = [_HALF_SIGN.sub("\ufffd", label) for label in table.header]
    for at, column in enumerate(table.columns):
        broken = [row for row, cell in enumerate(column) if cell and _HALF_SIGN.search(cell)]
        for row in broken:
            column[row] = _HALF_SIGN.sub("\ufffd", column[row] or "")
        if broken:
            label, rows = table.header[at], "、".join(str(table.row_numbers[row]) for row in broken[:5])
            message = f"「{label}」第 {rows} 条等 {len(broken)} 格有半个字符，换成「\ufffd」读入。"
            if len(broken) <= 5:
                message = f"「{label}」第 {rows} 条有半个字符，换成「\ufffd」读入。"
            remedy = "请在来源系统里改正这几条，或让它导出完整的字符。"
            yield Note("half_sign", message, remedy, table.row_numbers[broken[0]], label, len(broken))


_Found = list[tuple[str, list[tuple[int, dict]], list[tuple[int, str, str]]]]


def _whole(text: str) -> _Found:
    """The file as one JSON value."""
    try:
        value = _DECODER.decode(text.strip())
    except (ValueError, RecursionError):
        return []
    return [(name, *_split(items)) for name, items in _find_lists(value, "", _INSIDE)]


def _find_lists(value: object, name: str, depth: int) -> list[tuple[str, list]]:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [(name, value)]
    if not isinstance(value, dict) or not depth:
        return []
    return [records for key, inner in value.items() for records in _find_lists(inner, str(key), depth - 1)]


def _split(items: list) -> tuple[list[tuple[int, dict]], list[tuple[int, str, str]]]:
    good = [(number, item) for number, item in enumerate(items, 1) if isinstance(item, dict)]
    bad = [(number, str(item)[:500], _NO_OBJECT) for number, item in enumerate(items, 1) if not isinstance(item, dict)]
    return good, bad


def _lines(text: str, is_torn: bool) -> _Found:
    """One object a line; a line that is none is kept as unreadable, and nothing at all is said when none is."""
    good, bad = [], []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                value = _DECODER.decode(line.strip())
            except (ValueError, RecursionError):
                bad.append((number, line[:500], _HALF if number == len(lines) or is_torn else _BAD_LINE))
                continue
            if isinstance(value, dict):
                good.append((number, value))
            else:
                bad.append((number, line[:500], _NO_OBJECT))
    return [("", good, bad)] if good else []


def _table(path: Path, name: str, records: list[tuple[int, dict]], bad: list, wanted: Wanted, limits: Limits) -> Table:
    columns: dict[str, list] = {}
    for at, (_, record) in enumerate(records):
        for label, value in _flat(record, ""):
            column = columns.setdefault(label, [])
            if len(column) == at:
                column.append(value)
            else:
                column.extend([""] * (at - len(column)))
                column.append(value)
        if len(columns) > limits.columns or len(columns) * at > limits.cells:
            raise Refused(f"{path.name}：记录的字段太多，超过上限 {limits.columns} 个，请导出为固定的字段后再放进来。")
    for column in columns.values():
        column.extend([""] * (len(records) - len(column)))
    return Table(
        sheet=_HALF_SIGN.sub("\ufffd", clean(name)),
        header=numbered([clean(label) for label in columns]),
        columns=[without_nulls(text_column(column), wanted.null_words) for column in columns.values()],
        row_numbers=[number for number, _ in records],
        header_row=0,
        unreadable=bad,
    )


def _flat(record: dict, prefix: str) -> list[tuple[str, object]]:
    cells = []
    for key, value in record.items():
        label = f"{prefix}{key}"
        if isinstance(value, dict):
            cells.extend(_flat(value, f"{label}/"))
        elif isinstance(value, list):
            cells.append((label, _listed(value)))
        else:
            cells.append((label, value))
    return cells


def _listed(values: list) -> str:
    if any(isinstance(value, (dict, list)) for value in values):
        return json.dumps(values, ensure_ascii=False)
    return "、".join("" if value is None else str(value) for value in values)
