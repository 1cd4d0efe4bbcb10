"""xlsx and xls → one grid per visible sheet, through calamine; never through pandas, which takes ids for numbers."""

import contextlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from etl.form.limits import Limits, Refused
from etl.form.table import CHOICES_SHEET, Note
from etl.reading.grid import Grid, Merge, Wanted
from etl.reading.marks import BookMarks, Marks, epoch_of, worded


def read_workbook(path: Path, wanted: Wanted, limits: Limits) -> list[Grid]:
    """Visible sheets in the book's order; hidden ones only as a note.
    Raises Refused for a book that cannot be opened."""
    try:
        # From a stream the kind is told by the content; from a path it would be told by the name.
        with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book, _marks(path) as marks:
            return _grids(path, _Book(book, marks), wanted, limits)
    except calamine.PasswordError:
        raise Refused(f"{path.name}：文件有密码保护，请在 Excel 中取消密码、另存后再放进来。") from None
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise Refused(f"{path.name}：表格已损坏，打不开，请用 Excel 打开后另存为新的 xlsx 再放进来。") from None


class _Book(NamedTuple):
    """values: what calamine makes of it; marks: what an .xlsx says beside, None of an old book."""

    values: calamine.CalamineWorkbook
    marks: BookMarks | None


@contextlib.contextmanager
def _marks(path: Path) -> Iterator[BookMarks | None]:
    if not zipfile.is_zipfile(path):
        yield None
        return
    with zipfile.ZipFile(path) as archive:
        yield BookMarks(archive)


def _grids(path: Path, book: _Book, wanted: Wanted, limits: Limits) -> list[Grid]:
    sheets = [sheet for sheet in book.values.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if wanted.sheet is not None:
        sheets = [sheet for sheet in sheets if sheet.name == wanted.sheet]
        if not sheets:
            there = "、".join(book.values.sheet_names)
            raise Refused(f"{path.name}：没有名为「{wanted.sheet}」的工作表（有：{there}），请改名或修改声明。")
        return [_grid(path, book, sheets[0].name, limits)]
    visible = [sheet.name for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in sheets if sheet.name not in (*visible, CHOICES_SHEET)]
    if not visible:
        raise Refused(f"{path.name}：所有工作表都是隐藏的，请取消隐藏后再放进来。")
    grids = [_grid(path, book, name, limits) for name in visible]
    remedy = "如果其中有要用的记录，请取消隐藏后再放进来。"
    grids[0].notes[:0] = [Note("hidden_sheet", f"工作表「{name}」是隐藏的，没有读取。", remedy) for name in hidden]
    return grids


def _grid(path: Path, book: _Book, name: str, limits: Limits) -> Grid:
    sheet = book.values.get_sheet_by_name(name)
    if sheet.start is None:
        return Grid(name, [], [])
    if sheet.height * sheet.width > limits.cells:
        raise Refused(f"{path.name}：工作表「{name}」的内容散布得太开，请删去远处的零星单元格后另存再放进来。")
    top, left = sheet.start
    rows: list[Sequence] = list(sheet.to_python())
    merges = [
        Merge(begin[0] - top, begin[1] - left, end[0] - top, end[1] - left)
        for begin, end in sheet.merged_cell_ranges or ()
        if begin[0] >= top and begin[1] >= left
    ]
    marks, is_1904 = (book.marks.of(name), book.marks.is_1904) if book.marks else (Marks(), False)
    _apply(marks, rows, sheet.start, is_1904)
    grid = Grid(name, rows, range(top + 1, top + 1 + len(rows)), merges, is_1904=is_1904)
    grid.notes.extend(_unseen(marks))
    return grid


def _apply(marks: Marks, rows: list[Sequence], start: tuple[int, int], is_1904: bool) -> None:
    """Writes into the rows what is said beside their values."""
    top, left, epoch = *start, epoch_of(is_1904)
    for row, column, what in marks.cells:
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            cells = rows[row - top]
            cells[column - left] = worded(cells[column - left], what, epoch)  # type: ignore[index]


def _unseen(marks: Marks) -> Iterator[Note]:
    """Rows that nobody sees when the book is opened were read all the same."""
    if marks.hidden:
        why = "筛选掉的" if marks.is_filtered else "隐藏的"
        message = f"有 {marks.hidden} 行是{why}，也读入了。"
        yield Note("hidden_rows", message, "如果不该计入，请删去这些行后重新放进来。", occurrences=marks.hidden)
