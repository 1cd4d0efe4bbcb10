"""Rows of text → typed columns, with every cell that could not be read kept as a reject and every doubt as a warning.

Column by column over distinct cells, so that a hundred thousand rows cost little more than their distinct values.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from etl.form.headers import closest, header_unit, map_header
from etl.form.model import Column, Source
from etl.form.table import Table
from etl.typing.cells import Cells, read_column
from etl.typing.report import Reject, Report, Warned
from warehouse.errors import UserError

__all__ = ["Conformed", "Reject", "SheetRefused", "Warned", "conform", "schema"]


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
        cells = _cells(table, source, column, mapped.positions)
        report.column(
            column,
            table.header[mapped.positions[column.name]] if column.name in mapped.positions else column.label,
            cells,
        )
        lost.update(cells.unusable(column.required))
        arrays[column.name] = cells.array(_ARROW.get(column.type, pa.string()))
        if column.keep_text:
            arrays[column.text_name] = pa.array(cells.words(), pa.string())
    report.new_headers(mapped.new)
    rows_read = len(table) + len(table.unreadable)
    if not rows_read and source.kind == "facts":
        report.no_rows()
    columns = _assemble(arrays, table, lost, source)
    if source.kind == "facts" and (place := _repeated_key(columns, source)):
        report.repeated_key(*place)
    return Conformed(columns, *report.close(lost), rows_read)


def _repeated_key(columns: pa.Table, source: Source) -> tuple[str, int, int] | None:
    """(label, row, how often) where rows of one sheet share a key and nothing declared says which of them is newer."""
    if not source.key or any(columns[name].null_count < len(columns) for name in source.order_by):
        return None
    keys = columns.select(source.key).group_by(source.key, use_threads=False).aggregate([])
    if len(keys) == len(columns):
        return None
    first = _first_repeat(zip(*(columns[name].to_pylist() for name in source.key), strict=True))
    return source.column(source.key[0]).label, columns["row_number"][first].as_py(), len(columns) - len(keys)


def _first_repeat(keys: Iterable[tuple]) -> int:
    """Where a key comes for the second time; there is one that does."""
    seen: set[tuple] = set()
    for place, key in enumerate(keys):
        if key in seen:
            return place
        seen.add(key)
    raise ValueError("no key is repeated")


def _cells(table: Table, source: Source, column: Column, positions: Mapping[str, int]) -> Cells:
    if column.name in positions:
        position = positions[column.name]
        return read_column(table.columns[position], column, source, header_unit(table.header[position]))
    return read_column([_said_above(table, column) or column.constant] * len(table), column, source, None)


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
