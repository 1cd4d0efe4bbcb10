"""Rows of text → typed columns, with every cell that could not be read kept as a reject and every doubt as a warning.

Column by column over distinct cells, so that a hundred thousand rows cost little more than their distinct values.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from etl.form.headers import HeaderMap, closest, header_unit, map_header
from etl.form.model import Column, Source
from etl.form.table import Table
from etl.form.text import Caution
from etl.typing.cells import Cells, read_column
from etl.typing.report import Reject, Report, Warned
from etl.typing.together import joined, merged, since_1900, with_days
from warehouse.errors import UserError

__all__ = ["Conformed", "Reject", "SheetRefused", "Warned", "conform", "schema"]


_DATED = ("date", "datetime", "deadline")
_ARROW = {
    "integer": pa.int64(),
    "duration": pa.int64(),
    "number": pa.float64(),
    "percent": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "deadline": pa.timestamp("us"),
}


class SheetRefused(UserError):
    """A sheet belongs to a source but lacks a required column: nothing of it can be taken in."""


@dataclass(frozen=True)
class Conformed:
    """columns: one typed column per declared column (null where the file has none), `<name>_text` where the words are
    kept, then sheet and row_number; accepted rows only. rows_read = accepted rows + rejects with is_whole_row."""

    columns: pa.Table
    rejects: list[Reject]
    warnings: list[Warned]
    rows_read: int


def schema(source: Source) -> pa.Schema:
    """The typed columns of a source, in declared order."""
    fields = []
    for column in source.columns:
        fields.append(pa.field(column.name, _ARROW.get(column.type, pa.string())))
        if column.keep_text:
            fields.append(pa.field(column.text_name, pa.string()))
    return pa.schema([*fields, pa.field("sheet", pa.string()), pa.field("row_number", pa.int64())])


def conform(table: Table, source: Source) -> Conformed:
    """Typed rows, rejects and warnings of one sheet. Raises SheetRefused when a required column is missing."""
    mapped = map_header(table.header, source)
    refuse_if_incomplete(table.header, mapped.positions, source)
    report = Report(table)
    arrays: dict[str, pa.Array] = {}
    lost: set[int] = set()
    for column in source.columns:
        cells, differing = _cells(table, source, column, mapped)
        at = mapped.positions.get(column.name)
        report.column(column, column.label if at is None else table.header[at], cells)
        if differing:
            labels = [table.header[position] for position in mapped.together[column.name]]
            _refuse_twins(labels, table, differing)
            report.differing(labels, differing)
        lost.update(cells.unusable(column.required))
        arrays[column.name] = cells.array(_ARROW.get(column.type, pa.string()))
        if column.keep_text:
            arrays[column.text_name] = pa.array(cells.words(), pa.string())
    report.new_headers(mapped.new)
    report.spare_headers(mapped)
    rows_read = len(table) + len(table.unreadable)
    if not rows_read and source.kind == "facts":
        report.no_rows()
    columns = _assemble(arrays, table, lost, source)
    return Conformed(columns, *report.close(lost), rows_read)


def _cells(table: Table, source: Source, column: Column, mapped: HeaderMap) -> tuple[Cells, list[int]]:
    """The cells of one declared column, and the rows in which several columns of the file say different things."""
    if column.name not in mapped.positions:
        filled = [_said_above(table, column) or column.constant] * len(table)
        return read_column(filled, column, source, None), []
    places = mapped.together.get(column.name, (mapped.positions[column.name],))
    if column.name in source.key:  # two kinds of numbers must never be mixed
        places = tuple(place for place in places if _bare(table.header[place]) == _bare(table.header[places[0]]))
    texts = [table.columns[place] for place in places]
    taken: dict[int, Caution] = {}
    if column.type in _DATED:
        texts, taken = _dated(texts, table, source, column, mapped)
    units = [header_unit(table.header[place]) for place in places]
    parts = [read_column(part, column, source, unit) for part, unit in zip(texts, units, strict=True)]
    whole, differing = merged(parts) if len(parts) > 1 else (parts[0], [])
    whole.doubtful |= {row: caution for row, caution in taken.items() if row not in whole.bad}
    return whole, differing


def _dated(
    texts: list[list[str | None]], table: Table, source: Source, column: Column, mapped: HeaderMap
) -> tuple[list[list[str | None]], dict[int, Caution]]:
    """The texts of a column of dates, each counted from 1900 and with its day; the rows whose day is the record's."""
    if table.is_1904:
        texts = [[text and since_1900(text) for text in part] for part in texts]
    if len(texts) > 1:
        texts = joined(texts)
    if column.day_from is None or column.day_from not in mapped.positions:
        return texts, {}
    base = source.column(column.day_from)
    moments = _cells(table, source, base, mapped)[0].array(pa.timestamp("us")).to_pylist()
    first, taken = with_days(texts[0], moments, source.dialect)
    return [first, *texts[1:]], taken


def _refuse_twins(labels: list[str], table: Table, rows: list[int]) -> None:
    """Raises SheetRefused where two columns have the very same header and say different things."""
    names = [_bare(label) for label in labels]
    twin = next((at for at, name in enumerate(names) if name in names[:at]), None)
    if twin is not None:
        first = labels[names.index(names[twin])]
        raise SheetRefused(
            f"有两列的表头都是「{names[twin]}」（「{first}」和「{labels[twin]}」），"
            f"第 {table.row_numbers[rows[0]]} 行等 {len(rows)} 行内容不同，分不清以哪一列为准。"
            "请在文件里删去一列或改写它的表头，再放进来。"
        )


def _bare(label: str) -> str:
    """A header without the number that its repetition was given."""
    return re.sub(r" \(\d+\)$", "", label)


def _said_above(table: Table, column: Column) -> str | None:
    """What the title rows, else the name of the sheet, say for every row of a column the file lacks."""
    matches = (re.search(column.heading, text) for text in (table.title, table.sheet)) if column.heading else ()
    return next((match[1] for match in matches if match), None)


def _assemble(arrays: dict[str, pa.Array], table: Table, lost: set[int], source: Source) -> pa.Table:
    arrays["sheet"] = pa.repeat(pa.scalar(table.sheet, pa.string()), len(table))
    arrays["row_number"] = pa.array(table.row_numbers, pa.int64())
    whole = pa.table(arrays, schema=schema(source))
    return whole.filter(pa.array([row not in lost for row in range(len(table))])) if lost else whole


def refuse_if_incomplete(header: Sequence[str], positions: Mapping[str, int], source: Source) -> None:
    """Raises SheetRefused naming the missing column, the headers seen and the closest of them."""
    for column in source.required:
        if column.name not in positions:
            free = [label for position, label in enumerate(header) if position not in positions.values()]
            near = next(filter(None, (closest(name, free) for name in column.headers)), None)
            guess = f"；是不是「{near}」？是的话把它加进 {source.name}.toml 这一列的 aliases" if near else ""
            if not near and column.name in source.key:
                guess = "；没有编号的表单请在 data/school/sources 里另写一份声明，主键用提交时间等列"
            raise SheetRefused(
                f"「{source.title}」缺少必填列「{column.label}」（也认：{'、'.join(column.aliases[:5]) or '无'}），"
                f"看到的表头：{'、'.join(header[:30])}{guess}。"
            )
