"""Rows as they stand in a file → a table: header found, titles kept, totals,
footnotes and repeats counted and left out."""

from collections.abc import Sequence

from etl.form.limits import Limits, Refused
from etl.form.table import Note, Table
from etl.reading.cells import lost_digits, text_column, without_nulls
from etl.reading.grid import Grid, Sorted, Wanted
from etl.reading.header import Header, find_header, numbered
from etl.reading.rows import sort_rows

_LEFT_OUT = {
    "total_row": ("合计行", "合计由系统自己计算，不需要处理。"),
    "footnote": ("表下注释", "如果其中有记录，请移到表格的行里再导出。"),
    "repeated_header": ("重复的表头", "不需要处理。"),
}


def build_table(grid: Grid, wanted: Wanted, limits: Limits, file_name: str) -> Table | None:
    """The table of one sheet, or None where no row could be a header.

    Raises Refused when it has more columns than the limits allow.
    """
    header = find_header(grid, wanted)
    if header is None:
        return None
    width = len(header.labels)
    if width > limits.columns:
        raise Refused(f"{file_name}：表格有 {width} 列，超过上限 {limits.columns} 列，请删去多余的列后再放进来。")
    taken = sort_rows(grid, header, width)
    cells = _transposed(taken.rows, width)
    table = Table(
        sheet=grid.sheet,
        header=list(header.labels),
        columns=[
            without_nulls(list(column) if grid.is_text else text_column(column), wanted.null_words) for column in cells
        ],
        row_numbers=taken.numbers,
        header_row=grid.numbers[header.bottom],
        title=_title(grid, header),
        notes=[*grid.notes, *_notes(taken)],
        unreadable=sorted([*grid.unreadable, *taken.unreadable]),
        is_1904=grid.is_1904,
    )
    if not grid.is_text:
        _mark_lost_digits(table, cells)
    _fill_merged(table, grid, taken)
    _drop_nameless(table)
    table.header = numbered(table.header)
    return table


def _transposed(rows: Sequence[Sequence], width: int) -> list[Sequence]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _title(grid: Grid, header: Header) -> str:
    """The rows above the header, one line each: an export time or a unit may stand there."""
    lines = (" ".join(filter(None, text_column(row))) if row else "" for row in grid.rows[: header.top])
    return "\n".join(filter(None, lines))


def _notes(taken: Sorted) -> list[Note]:
    notes = []
    for code, (what, remedy) in _LEFT_OUT.items():
        if places := taken.left_out.get(code):
            first, text = places[0]
            more = f"等 {len(places)} 行" if len(places) > 1 else ""
            message = f"第 {first} 行「{text[:40]}」{more}是{what}，没有当作记录。"
            notes.append(Note(code, message, remedy, first, occurrences=len(places)))
    if taken.padded:
        count = len(taken.padded)
        message = f"第 {taken.padded[0]} 行{f'等 {count} 行' if count > 1 else ''}末尾少了几格，按空白读入。"
        notes.append(Note("padded_row", message, "请核对这些行末尾的列是否本来就为空。", taken.padded[0], None, count))
    return notes


def _fill_merged(table: Table, grid: Grid, taken: Sorted) -> None:
    """Vertically merged cells: the value stands in the range's first cell only and belongs to every row of it."""
    filled: dict[int, list[int]] = {}
    place = dict(zip(taken.positions, range(len(taken.positions)), strict=True)) if grid.merges else {}
    for merge in grid.merges:
        if merge.bottom == merge.top or merge.top not in place or merge.left >= len(table.columns):
            continue
        column = table.columns[merge.left]
        value = column[place[merge.top]]
        for at in filter(None, map(place.get, range(merge.top + 1, min(merge.bottom, taken.positions[-1]) + 1))):
            if value is not None and column[at] is None:
                column[at] = value
                filled.setdefault(merge.left, []).append(table.row_numbers[at])
    for position, rows in sorted(filled.items()):
        label = table.header[position] or None
        message = f"「{label or '无名列'}」有合并单元格，{len(rows)} 行按合并的值填入。"
        table.notes.append(Note("merged_filled", message, "请核对合并的范围是否正确。", min(rows), label, len(rows)))


def _mark_lost_digits(table: Table, cells: list[Sequence]) -> None:
    for position, (label, column) in enumerate(zip(table.header, cells, strict=True)):
        if places := lost_digits(column):
            message = f"「{label}」有 {len(places)} 个长编号存成了数字，末尾几位已经丢失。"
            remedy = "请在来源系统把这一列导出为文本，或导出 csv。"
            row = table.row_numbers[places[0]]
            for at in places:
                table.columns[position][at] = f"{column[at]:.5E}"  # as the spreadsheet shows it: no digit is made up
            table.notes.append(Note("lost_digits", message, remedy, row, label, len(places)))


def _drop_nameless(table: Table) -> None:
    """Columns with neither a name nor a value are the page's margin, not data."""
    keep = [bool(label) or any(column) for label, column in zip(table.header, table.columns, strict=True)]
    if not all(keep):
        labels = [label or f"第{at}列" for at, label in enumerate(table.header, 1)]
        table.header = [label for label, kept in zip(labels, keep, strict=True) if kept]
        table.columns = [column for column, kept in zip(table.columns, keep, strict=True) if kept]
