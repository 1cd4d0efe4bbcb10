"""Small files drawn by hand: workbooks, hostile packages, an old BIFF book, each in a few lines a reader can check."""

import struct
import zipfile
from pathlib import Path

import xlsxwriter

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/{{0}}" Target="{{1}}"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def book(path: Path, sheets: dict[str, list[list]], merges: dict[str, list[str]] | None = None, hidden=()) -> Path:
    """A workbook: cells as given, datetimes with a date format; merges are ranges such as 'A1:C1'."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    ) as file:
        for name, rows in sheets.items():
            sheet = file.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            for cells in (merges or {}).get(name, []):
                first = cells.split(":")[0]
                column, row = ord(first[0]) - 65, int(first[1:]) - 1
                sheet.merge_range(cells, "")
                if column < len(rows[row]):
                    sheet.write(row, column, rows[row][column])
            if name in hidden:
                sheet.hide()
    return path


def package(path: Path, cells: str, before: str = "", extra: dict[str, bytes] | None = None) -> Path:
    """An xlsx whose only sheet holds exactly this XML: what no writer would write."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _LINKS.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _LINKS.format("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def ole(path: Path, streams: dict[str, bytes]) -> Path:
    """An OLE2 container (one FAT sector, one directory sector): the wrapping of .xls and of encrypted .xlsx."""
    fat, entries, body, sector = [0xFFFFFFFD, 0xFFFFFFFE], [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)], b"", 2
    for at, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        count = len(data) // 512
        entries.append(_entry(name, 2, sector, len(data), right=at + 1 if at < len(streams) else 0xFFFFFFFF))
        fat += [*range(sector + 1, sector + count), 0xFFFFFFFE]
        body, sector = body + data, sector + count
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    path.write_bytes(head + table + b"".join(entries).ljust(512, b"\0") + body)
    return path


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def old_book(path: Path, rows: list[list[str | float]], merges: list[tuple[int, int, int, int]] = ()) -> Path:
    """A BIFF8 .xls with one sheet, '旧表'; merges are (top, bottom, left, right) from 0."""
    cells = b""
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                cells += _record(0x0203, place + struct.pack("<d", value))
    merged = struct.pack("<H", len(merges)) + b"".join(struct.pack("<HHHH", *merge) for merge in merges)
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = (
        _begin(0x0010) + _record(0x0200, size) + cells + (_record(0x00E5, merged) if merges else b"") + _record(0x0A)
    )
    name = struct.pack("<BB", 2, 1) + "旧表".encode("utf-16-le")
    start = len(_begin(0x0005)) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBB", start, 0, 0) + name)
    return ole(path, {"Workbook": _begin(0x0005) + bound + _record(0x0A) + sheet})


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0x07CC, 0, 6))
