"""A file's rows on disk: its text as landed, and typed rows, which can be made again."""

import errno
import os

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.form.table import Note, Table

ROW, SHEET = "#row", "#sheet"  # beside the labels of a header, which nobody calls so


class Stop(Exception):
    """Not the file's fault: nothing can be landed at all."""


def write_text(tables: list[Table], path: str) -> None:
    """Every sheet's rows as text, in order; '#sheet' is the position of the sheet in the file's record."""
    parts = []
    for position, table in enumerate(tables):
        fields = {
            SHEET: pa.repeat(pa.scalar(position, pa.int32()), len(table)),
            ROW: pa.array(table.row_numbers, pa.int64()),
        }
        fields |= {
            label: pa.array(column, pa.string()) for label, column in zip(table.header, table.columns, strict=True)
        }
        parts.append(pa.table(fields))
    write(pa.concat_tables(parts, promote_options="default"), path)


def write(rows: pa.Table, path: str, is_cache: bool = False) -> None:
    """Landed text goes onto the disk itself before the parent's record says that it is there; typed rows can be made
    again.

    Raises Stop when the disk will not take them.
    """
    try:
        with open(path, "wb") as file:
            pq.write_table(rows, file, compression="lz4", write_statistics=False, use_dictionary=is_cache)
            file.flush()
            if not is_cache:
                os.fsync(file.fileno())
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise Stop("磁盘空间不够，请腾出空间后重试。" if full else "数据文件夹写不进去，请检查磁盘和权限。") from None


def table_of(text: pa.Table, position: int, sheet: dict) -> Table:
    rows = text.filter(pc.equal(text[SHEET], position))
    return Table(
        sheet=sheet["sheet"],
        header=list(sheet["header"]),
        columns=[rows[label].to_pylist() for label in sheet["header"]],
        row_numbers=rows[ROW].to_pylist(),
        header_row=sheet["header_row"],
        title=sheet["title"],
        notes=[Note(**note) for note in sheet["notes"]],
        unreadable=[tuple(entry) for entry in sheet["unreadable"]],
        is_1904=sheet.get("is_1904", False),  # landed before that was asked
    )
