"""A file → tables of text. Runs inside a child process (etl/sandbox/children.py),
never in the process that serves pages."""

import gc
from collections.abc import Sequence
from pathlib import Path

from etl.form.limits import Limits, Refused
from etl.form.table import Note, Table
from etl.reading.container import check_container
from etl.reading.grid import Grid, Wanted

__all__ = ["Limits", "Refused", "Wanted", "read"]


def read(path: Path, wanted: Wanted | None = None, limits: Limits | None = None) -> list[Table]:
    """Every table of one file, all cells as text: csv, tsv, semicolons, xlsx, xls, HTML saved as .xls, JSON, parquet.

    The kind is told by the content, not by the name. What is left out (totals, footnotes, hidden sheets) is a Note with
    its row; what cannot be read as a row is in Table.unreadable. Raises Refused for a file that cannot be used at all.
    """
    path, wanted, limits = Path(path), wanted or Wanted(), limits or Limits()
    collects = gc.isenabled()
    gc.disable()  # hundreds of thousands of rows, none of them garbage: looking for some takes a third of the time
    try:
        kind = check_container(path, limits)
        return _READERS[kind](path, wanted, limits)
    except FileNotFoundError:
        raise Refused(f"{path.name}：文件不存在，请检查路径。") from None
    except PermissionError:
        raise Refused(f"{path.name}：没有读取权限，请检查文件的权限或先关闭占用它的程序。") from None
    finally:
        if collects:
            gc.enable()


def _text(path: Path, wanted: Wanted, limits: Limits) -> list[Table]:
    from etl.reading.delimited import read_delimited

    return _laid_out(path, [read_delimited(path, wanted)], wanted, limits)


def _book(path: Path, wanted: Wanted, limits: Limits) -> list[Table]:
    from etl.reading.workbook import read_workbook

    return _laid_out(path, read_workbook(path, wanted, limits), wanted, limits)


def _page(path: Path, wanted: Wanted, limits: Limits) -> list[Table]:
    from etl.reading.page import read_page

    return _laid_out(path, read_page(path, limits), wanted, limits)


def _records(path: Path, wanted: Wanted, limits: Limits) -> list[Table]:
    from etl.reading.records import read_records

    return read_records(path, wanted, limits)


def _parquet(path: Path, wanted: Wanted, limits: Limits) -> list[Table]:
    from etl.reading.parquet import read_parquet

    return [read_parquet(path, wanted, limits)]


_READERS = {"text": _text, "xlsx": _book, "xls": _book, "html": _page, "json": _records, "parquet": _parquet}


def _laid_out(path: Path, grids: Sequence[Grid], wanted: Wanted, limits: Limits) -> list[Table]:
    """The table of each sheet; a sheet without one becomes a note on the first table."""
    from etl.reading.layout import build_table

    tables, notes = [], []
    for grid in grids:
        table = build_table(grid, wanted, limits, path.name)
        if table is not None:
            tables.append(table)
        else:
            message = f"工作表「{grid.sheet}」里没有表格，没有读取。"
            notes.extend([*grid.notes, Note("empty_sheet", message, "如果其中有记录，请检查它的表头。")])
    if not tables:
        raise Refused(f"{path.name}：里面没有找到带表头的表格，请确认导出的是记录明细后再放进来。")
    tables[0].notes[:0] = notes
    return tables
