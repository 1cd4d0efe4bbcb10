"""Rows of one file that carry one key: the newest where a declared column says which, one record where they agree,
rejects where they contradict each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from etl.form.headers import map_header
from etl.form.model import Source
from etl.form.table import Table
from etl.typing.conform import Conformed
from etl.typing.report import NAMED, Reject, Warned, shown

_REASON = "同一编号有几行、内容不同，分不清以哪一行为准"
_PLACES = ("sheet", "row_number")


class _Row(NamedTuple):
    """One typed row: its index over all sheets, its cells."""

    at: int
    cells: dict

    def where(self, sheet: str) -> str:
        """Its place as told from another sheet."""
        here = "" if self.cells["sheet"] == sheet else f"工作表「{self.cells['sheet']}」"
        return f"{here}第 {self.cells['row_number']} 行"


def settle_twins(sheets: Sequence[tuple[Table, Conformed]], source: Source) -> list[Conformed]:
    """The sheets of one file with such rows settled across all of them."""
    before = [conformed for _, conformed in sheets]
    if source.kind != "facts" or not source.key:
        return before
    rows = pa.concat_tables(conformed.columns for conformed in before)
    groups = list(_groups(rows, source))
    if not groups:
        return before
    outcome = _Outcome(source, {table.sheet: _details(table, source) for table, _ in sheets})
    for group in groups:
        outcome.settle(group)
    return outcome.applied(before)


def _groups(rows: pa.Table, source: Source) -> Iterator[list[_Row]]:
    """Rows that share a key, in the order of the file."""
    keys = rows.select(source.key)
    if len(keys.group_by(source.key, use_threads=False).aggregate([])) == len(rows):
        return
    places: dict[tuple, list[int]] = defaultdict(list)
    for at, key in enumerate(zip(*(column.to_pylist() for column in keys.columns), strict=True)):
        places[key].append(at)
    for same in places.values():
        if len(same) > 1:
            yield [_Row(at, cells) for at, cells in zip(same, rows.take(same).to_pylist(), strict=True)]


def _details(table: Table, source: Source) -> frozenset[str]:
    """Columns that stand under a group heading beside a key that does not: the detail rows of one document, as
    DingTalk exports them."""
    labels = {name: table.header[at] for name, at in map_header(table.header, source).positions.items()}
    if any("/" in labels.get(name, "/") for name in source.key):
        return frozenset()
    return frozenset(name for name, label in labels.items() if "/" in label)


class _Outcome:
    """Collects over the groups of one file. details: sheet → its columns of detail rows."""

    def __init__(self, source: Source, details: dict[str, frozenset[str]]):
        self.source, self.details = source, details
        self.compared = [column for column in source.columns if column.name not in (*source.key, *source.order_by)]
        self.rejects: dict[int, Reject] = {}
        self.completed: dict[int, dict] = {}
        self.newest: list[_Row] = []
        self.repeated: list[_Row] = []

    def settle(self, group: list[_Row]) -> None:
        """One group of rows of one key."""
        parts = self._parts(group)
        labels = [
            column.label
            for column in self.compared
            if column.name not in parts and len({row.cells[column.name] for row in group} - {None}) > 1
        ]
        if self._is_decided(group):
            self.newest.extend(group[1:] if labels else [])
        elif labels:
            self.rejects |= {row.at: self._reject(row, group, labels) for row in group}
        else:
            self.repeated.extend(group[1:])
            self._complete(group, parts)

    def _parts(self, group: list[_Row]) -> frozenset[str]:
        """Columns in which the rows of one document, one below the other, may differ."""
        numbers = [row.cells["row_number"] for row in group]
        is_one = len({row.cells["sheet"] for row in group}) == 1 and numbers[-1] - numbers[0] == len(numbers) - 1
        return self.details[group[0].cells["sheet"]] if is_one else frozenset()

    def _is_decided(self, group: list[_Row]) -> bool:
        """Whether one row is newer than all others."""
        told = [tuple((row.cells[name] is not None, row.cells[name]) for name in self.source.order_by) for row in group]
        dated = [order for order in told if all(said for said, _ in order)]
        return bool(self.source.order_by) and bool(dated) and dated.count(max(dated)) == 1

    def _reject(self, row: _Row, group: list[_Row], labels: list[str]) -> Reject:
        key = self.source.column(self.source.key[0])
        others = "、".join(other.where(row.cells["sheet"]) for other in group if other is not row)
        remedy = f"与{others}的「{'」「'.join(labels[:3])}」不同：改正编号，或只留对的一行，再导出。"
        value = shown(str(row.cells[key.name]), key)
        place = (row.cells["sheet"], row.cells["row_number"])
        return Reject(*place, key.label, value, "conflicting_rows", _REASON, remedy, is_whole_row=True)

    def _complete(self, group: list[_Row], parts: frozenset[str]) -> None:
        """What one of the rows leaves empty another says."""
        names = [name for name in group[0].cells if name not in (*_PLACES, *parts)]
        known = {
            name: next((row.cells[name] for row in reversed(group) if row.cells[name] is not None), None)
            for name in names
        }
        self.completed |= {row.at: row.cells | known for row in group if row.cells | known != row.cells}

    def applied(self, before: list[Conformed]) -> list[Conformed]:
        """The sheets as they are now."""
        after, begin = [], 0
        for conformed in before:
            end = begin + len(conformed.columns)
            columns = self._mended(conformed.columns, begin)
            rejects = [reject for at, reject in self.rejects.items() if begin <= at < end]
            after.append(
                replace(
                    conformed,
                    columns=columns,
                    rejects=sorted([*conformed.rejects, *rejects], key=lambda reject: reject.row_number),
                )
            )
            begin = end
        warnings = [*after[0].warnings, *self._warnings()]
        return [replace(after[0], warnings=warnings), *after[1:]]

    def _mended(self, columns: pa.Table, begin: int) -> pa.Table:
        span = range(begin, begin + len(columns))
        if not any(at in self.rejects or at in self.completed for at in span):
            return columns
        rows = [
            self.completed.get(at, cells)
            for at, cells in zip(span, columns.to_pylist(), strict=True)
            if at not in self.rejects
        ]
        return pa.Table.from_pylist(rows, schema=columns.schema)

    def _warnings(self) -> Iterator[Warned]:
        label = self.source.column(self.source.key[0]).label
        order = "、".join(self.source.column(name).label for name in self.source.order_by)
        remedy = "如果不是同一条记录，请改正重复的编号后重新导出。"
        for rows, how in (
            (self.newest, f"内容不同，按「{order}」最晚的一行读"),
            (self.repeated, "内容不矛盾，合成一条"),
        ):
            if rows:
                first = rows[0].cells
                named = "、".join(row.where(first["sheet"]) for row in rows[:NAMED])
                more = f"等 {len(rows)} 行" if len(rows) > NAMED else ""
                message = f"{named}{more}的编号在前面出现过，{how}"
                yield Warned(first["sheet"], first["row_number"], label, "repeated_key", message, remedy, len(rows))
