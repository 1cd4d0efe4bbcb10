"""Tables as files: Excel with a sheet 说明, CSV and Parquet with a 说明.txt beside them; nothing in them can run as a
formula.

The 说明 of a CSV is a file of its own, both in one zip: a block above or below the rows would be read as rows by
spreadsheets and by pandas. Parquet carries it twice, in the zip and in the file's own metadata; its cells are typed
text, which nothing evaluates, and stay as they are.
"""

import io
import json
import re
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

# A spreadsheet runs what begins with these (and with their full-width forms); an apostrophe makes it plain text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
About = tuple[tuple[str, str], ...]
METADATA = b"about"  # where Parquet keeps the 说明, as JSON


def guarded(value: object) -> object:
    """Text a spreadsheet would run as a formula, with an apostrophe before it; anything else unchanged."""
    if isinstance(value, str) and value.lstrip(" \u3000\u00a0\ufeff\u200b").startswith(DANGEROUS):
        return "'" + value
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def to_csv(frame: pd.DataFrame) -> bytes:
    """CSV that Excel opens in Chinese (UTF-8 with its mark), every text cell and header guarded."""
    safe = frame.map(guarded).rename(columns=guarded)
    return safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d %H:%M").encode("utf-8-sig")


def to_xlsx(frame: pd.DataFrame, sheet: str, about: About = ()) -> bytes:
    """One sheet, header bold and frozen, text written as text: no formula, no link can come out of a cell; a second
    sheet 说明."""
    memory = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(memory, options) as book:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31] or "表")
        bold = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, label in enumerate(frame.columns):
            page.write_string(0, place, str(label), bold)
            page.set_column(place, place, 16)
            for row, value in enumerate(frame.iloc[:, place], start=1):
                _write_cell(page, row, place, value, moment)
        page.freeze_panes(1, 0)
        if about:
            _about_sheet(book, about, bold)
    return memory.getvalue()


def _about_sheet(book: xlsxwriter.Workbook, about: About, bold) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 90, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, (label, value) in enumerate(about):
        page.write_string(row, 0, label, bold)
        page.write_string(row, 1, value)


def _write_cell(page, row: int, place: int, value: object, moment) -> None:
    if pd.isna(value):
        return
    if isinstance(value, bool):
        page.write_string(row, place, "是" if value else "否")
    elif isinstance(value, pd.Timestamp):
        page.write_datetime(row, place, value.to_pydatetime(), moment)
    elif isinstance(value, int | float):
        page.write_number(row, place, value)
    else:
        page.write_string(row, place, str(value)[:32000])


def to_parquet(frame: pd.DataFrame, about: About = ()) -> bytes:
    """Typed columns under their Chinese labels, the 说明 in the file's metadata."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), METADATA: json.dumps(dict(about), ensure_ascii=False).encode()}
    )
    memory = io.BytesIO()
    pq.write_table(table, memory, compression="zstd")
    return memory.getvalue()


def zipped(name: str, data: bytes, about: About) -> bytes:
    """A zip of the file and its 说明.txt; the same content gives the same bytes."""
    memory = io.BytesIO()
    words = "\r\n".join(f"{label}：{value}" for label, value in about).encode("utf-8-sig")
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as book:
        for inside, content in ((name, data), ("说明.txt", words)):
            book.writestr(zipfile.ZipInfo(inside, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()
