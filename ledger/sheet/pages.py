"""A workbook from anywhere as rows of cells, within bounds."""

import io
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from ledger.errors import Refused

LARGEST_FILE, LARGEST_INSIDE, MOST_ROWS = 10_000_000, 200_000_000, 20_000


def pages(data: bytes) -> list[tuple[str, list[list]]]:
    """(sheet, rows) of every sheet with something in it."""
    if len(data) > LARGEST_FILE:
        raise Refused("文件超过 10 MB，不像是督办台账，请核对。")
    try:
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as inside:
                if sum(entry.file_size for entry in inside.infolist()) > LARGEST_INSIDE:
                    raise Refused("文件展开后太大，没有打开，请核对。")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except Refused:
        raise
    except Exception as problem:
        raise Refused("这个文件打不开，请用 Excel 另存为 xlsx 后再载入。") from problem
    if any(len(rows) > MOST_ROWS for _, rows in sheets):
        raise Refused(f"一张表超过 {MOST_ROWS:,} 行，不像是督办台账，请核对。")
    return [(name, rows) for name, rows in sheets if rows]


def text(cell: object) -> str:
    """A cell as text; whole numbers without their point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def filled(rows: list[list], start: int) -> Iterator[tuple[int, list]]:
    """(number, row) of the rows with something in them, counted from `start`."""
    return ((number, row) for number, row in enumerate(rows, start) if any(text(cell).strip() for cell in row))
