"""The zip directory of an .xlsx, and the box its cells span, looked at before a parser allocates that box.

A 5 KB sheet with cells A1 and XFD1048576 makes a parser ask for 17 thousand million cells; a 1.3 MB file can unfold to
2.3 GB; a zip directory may lie about sizes. Everything is streamed through zipfile, which stops at the declared size
and then compares the checksum, so a lie ends here too.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from etl.form.limits import Limits, Refused

_CHUNK = 1 << 20
_DIRECTORY_BYTES = 4 << 20
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff")
# A cell with content and its place. Blank styled cells close themselves ('<c r="A9" s="1"/>') and span nothing.
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"'][^>]*+(?<!/)>")
_PLAIN_CELL = re.compile(rb'<c r="([A-Za-z]{1,3})([0-9]{1,7})"')
_UNUSUAL = re.compile(rb' r="(?![A-Z]?[0-9]{1,5}")')
_PLACELESS = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^>]*\br\s*=))")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*[\"']([0-9]{1,7})[\"']")


def check_zip(path: Path, limits: Limits) -> str:
    """'xlsx', or Refused: not a workbook, too many entries, too large unpacked,
    a path that escapes, a password, a lie."""
    try:
        _check_directory_size(path, limits)
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_entries(path, entries, limits)
            _check_is_workbook(path, archive)
            _check_extent(path, archive, entries, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, OSError):
        raise Refused(f"{path.name}：文件不完整或已损坏，可能没有传完，请重新导出后再放进来。") from None
    return "xlsx"


def _check_directory_size(path: Path, limits: Limits) -> None:
    """Number of entries and directory bytes from the end record: zipfile itself would read any number into memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    entries, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    if entries > limits.zip_entries or size > _DIRECTORY_BYTES:
        raise Refused(f"{path.name}：压缩目录里的条目太多，不像正常的表格，请用 Excel 打开后另存为新的 xlsx 再放进来。")


def _check_entries(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") or ":" in name for name in names):
        raise Refused(f"{path.name}：压缩目录里有指向别处的路径，请用 Excel 打开后另存为新的 xlsx 再放进来。")
    if len({name.lower() for name in names}) < len(names):
        raise Refused(f"{path.name}：压缩目录里有重名的条目，请用 Excel 打开后另存为新的 xlsx 再放进来。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(f"{path.name}：文件有密码保护，请取消密码、另存后再放进来。")
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked / max(1, path.stat().st_size)
    if unpacked > limits.unpacked_bytes or (unpacked > 100 << 20 and ratio > limits.unpacked_ratio):
        raise Refused(
            f"{path.name}：解压后有 {unpacked >> 20} MB，大得不正常，请删去空白行列、按月份分开导出后再放进来。"
        )


def _check_is_workbook(path: Path, archive: zipfile.ZipFile) -> None:
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Refused(f"{path.name}：这种表格格式读不了，请另存为 xlsx 后再放进来。")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refused(f"{path.name}：这个文件是 Word 或 PPT 文档，不是表格，请导出为 xlsx 或 csv 后再放进来。")
    if "xl/_rels/workbook.xml.rels" in names or "[content_types].xml" in names:
        raise Refused(f"{path.name}：表格缺少工作簿目录，文件已损坏，请重新导出后再放进来。")
    raise Refused(f"{path.name}：这个文件是压缩包，请解压后把里面的表格放进来。")


def _check_extent(path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    for entry in entries:
        if entry.filename.lower().endswith(_PICTURES):
            continue
        rows, columns = _extent(archive, entry, _glance)
        if rows * columns > limits.cells:
            rows, columns = _extent(archive, entry, _measure)
        if rows * columns > limits.cells:
            raise Refused(
                f"{path.name}：工作表的内容散布在 {rows} 行 × {columns} 列的范围里，"
                "请删去远处的零星单元格后另存再放进来。"
            )


def _extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, look: Callable) -> tuple[int, int]:
    """Rows and columns of the box around the cells that hold something; (0, 0) for a part that is no sheet."""
    columns: set[bytes] = set()
    rows: set[int] = set()
    rest = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"<")
            text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            look(text, columns, rows)
    look(rest, columns, rows)
    if not rows:
        return 0, 0
    numbers = [_column_number(letters) for letters in columns] or [1]
    return max(rows) - min(rows) + 1, max(numbers) - min(numbers) + 1


def _glance(text: bytes, columns: set[bytes], rows: set[int]) -> None:
    """A box around a usual sheet's cells in a tenth of the time, larger than the true one where that does no harm."""
    plain = text.count(b'<c r="')
    if plain < text.count(b"<c ") or b"<c>" in text or b":c" in text:
        _measure(text, columns, rows)
    elif plain and _UNUSUAL.search(text):
        _add(_PLAIN_CELL.findall(text), columns, rows)  # blank cells too
    elif plain:  # nothing beyond column Z and row 99,999
        columns.update((b"A", b"Z"))
        rows.update((1, 99_999))


def _measure(text: bytes, columns: set[bytes], rows: set[int]) -> None:
    """Exactly the cells that hold something, however they are written."""
    _add(_CELL.findall(text), columns, rows)
    if _PLACELESS.search(text):  # cells without a place take their row's
        rows.update(map(int, _ROW.findall(text)))


def _add(places: list[tuple[bytes, bytes]], columns: set[bytes], rows: set[int]) -> None:
    columns.update({letters for letters, _ in places})
    rows.update(map(int, {digits for _, digits in places}))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
