"""Files that must not reach a parser: each refused with one Chinese sentence that names the file and the remedy."""

import re
import struct
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.form.limits import Refused
from etl.reading.container import check_container
from etl.reading.read import read
from tests.etl.drawn import MAIN, book, old_book, ole, package

ROW = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'


def cells(*places: tuple[str, int]) -> str:
    return "".join(ROW.format(row, column) for column, row in places)


def sentence(path, limits=None) -> str:
    """The refusal of a file: by the look and, the same, by reading it."""
    with pytest.raises(Refused) as looked:
        check_container(path, limits)
    with pytest.raises(Refused) as was_read:
        read(path, limits=limits)
    assert looked.value.sentence == was_read.value.sentence
    assert re.fullmatch(
        rf"{re.escape(path.name)}：[^A-Za-z]*(?:(?:MB|JSON|XML|Excel|Word|PPT|PDF|xlsx?|csv|parquet|json)[^A-Za-z]*)*。",
        str(looked.value),
    )
    return looked.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("a.xls", "\ufeff  <!DOCTYPE html>".encode("utf-16-le"), "html"),
        ("a.xls", b'<?xml version="1.0"?>\n<html><table>', "html"),
        ("a.csv", b'\xef\xbb\xbf [ {"a": 1}]', "json"),
        ("a.txt", b'{"a": 1}', "json"),
        ("a.json", "编号,地点".encode(), "text"),
        ("a.csv", "[编号],地点".encode(), "text"),
        ("a.csv", "[2026]隐患台账\n编号,地点".encode(), "text"),
        ("a.csv", "{编号},地点".encode("gb18030"), "text"),
        ("a.csv", b"PAR,b\n", "text"),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert check_container(tmp_path / name) == kind


def test_the_kind_of_books(tmp_path):
    assert check_container(book(tmp_path / "a.xls", {"S": [["a"]]})) == "xlsx"
    assert check_container(old_book(tmp_path / "b.xlsx", [["a"]])) == "xls"
    pq.write_table(pa.table({"a": [1]}), tmp_path / "c.csv")
    assert check_container(tmp_path / "c.csv") == "parquet"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t\n", b"\0" * 100])
def test_an_empty_file(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    assert "文件是空的" in sentence(tmp_path / "a.csv")


def test_a_file_too_large(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(401 << 20)
    assert "有 401 MB，超过上限 400 MB" in sentence(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "图片"),
        (b"\xff\xd8\xff\xe0JFIF", "图片"),
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"\x1f\x8b\x08\0", "压缩包"),
        (b"MZ\x90\0", "程序"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"PAR1" + b"\0" * 40, "parquet 文件不完整"),
        (b"PK\x03\x04" + b"\0" * 40, "不完整或已损坏"),
    ],
)
def test_something_else_under_a_table_name(tmp_path, content, word):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert word in sentence(tmp_path / "a.xlsx")


def test_passwords(tmp_path):
    assert "密码" in sentence(ole(tmp_path / "a.xlsx", {"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))
    path = book(tmp_path / "b.xlsx", {"S": [["a"]]})
    data = bytearray(path.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1  # the "encrypted" flag of one entry
    path.write_bytes(data)
    assert "密码" in sentence(path)


def test_a_word_document(tmp_path):
    assert "不是 Excel 表格" in sentence(ole(tmp_path / "a.xls", {"WordDocument": b"x"}))
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", "x")
    assert "Word" in sentence(tmp_path / "b.xlsx")


def test_a_zip_of_tables(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("一月.csv", "a,b")
    assert "请解压" in sentence(tmp_path / "a.xlsx")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_truncated_workbook(tmp_path, share):
    path = book(tmp_path / "a.xlsx", {"S": [["a", "b"]] * 50})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "不完整或已损坏" in sentence(path)


def test_a_workbook_with_a_broken_part(tmp_path):
    path = book(tmp_path / "a.xlsx", {"S": [[f"词{at}"] for at in range(500)]})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    data[at : at + 20] = bytes(20)
    path.write_bytes(data)
    assert "不完整或已损坏" in sentence(path)


def test_a_small_file_that_unfolds_to_gigabytes(tmp_path):
    path = package(tmp_path / "a.xlsx", cells(("A", 1)), extra={"xl/sharedStrings.xml": bytes(120 << 20)})
    assert path.stat().st_size < 1 << 20
    assert "解压后有 120 MB，大得不正常" in sentence(path)


def test_a_directory_that_lies_about_sizes(tmp_path):
    path = package(tmp_path / "a.xlsx", cells(("A", 1)), extra={"xl/sharedStrings.xml": bytes(5 << 20)})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 5 << 20), struct.pack("<I", 1000)))
    assert "不完整或已损坏" in sentence(path)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/x", "xl\\..\\..\\x", "C:/x"])
def test_paths_that_lead_elsewhere(tmp_path, name):
    assert "指向别处的路径" in sentence(package(tmp_path / "a.xlsx", cells(("A", 1)), extra={name: b"x"}))


def test_two_entries_of_one_name(tmp_path):
    path = package(tmp_path / "a.xlsx", cells(("A", 1)), extra={"XL/worksheets/sheet1.xml": b"x"})
    assert "重名" in sentence(path)


def test_too_many_entries(tmp_path):
    extra = {f"x{at}": b"" for at in range(2000)}
    assert "条目太多" in sentence(package(tmp_path / "a.xlsx", cells(("A", 1)), extra=extra))


@pytest.mark.parametrize(
    "content",
    [
        cells(("A", 1), ("XFD", 1048576)),
        cells(("XFD", 1048576), ("A", 1)),
        cells(("B", 1), ("AZ", 900_000)),
        cells(*(("A", row) for row in range(1, 40_000)), ("XFD", 99_999)),
        cells(("A", 1), ("XFD", 1048576)).replace('"', "'"),
        cells(("A", 1), ("XFD", 1048576)).replace("XFD", "xfd"),
        cells(("A", 1), ("XFD", 1048576)).replace("<c ", "<c s='1'  ").replace('r="', 'r = "'),
        cells(("A", 1), ("XFD", 1048576)).replace("<c ", "<x:c ").replace("/c>", "/x:c>"),
        cells(("XFD", 1), ("A", 1)) + '<row r="1048576"><c><v>1</v></c></row>',
    ],
    ids=["corners", "backwards", "wide", "after many", "quotes", "small", "spaced", "prefixed", "placeless"],
)
def test_cells_too_far_apart(tmp_path, content):
    path = package(tmp_path / "a.xlsx", content)
    assert "散布在" in sentence(path)


@pytest.mark.parametrize(
    "content",
    [
        cells(("A", 1), ("A", 1048576)),
        cells(("A", 1), ("XFD", 1)),
        cells(("A", 1)) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        cells(("XFA", 1048000), ("XFD", 1048576)),
    ],
    ids=["tall", "wide", "blank but styled", "far but small"],
)
def test_cells_far_apart_that_are_harmless(tmp_path, content):
    assert check_container(package(tmp_path / "a.xlsx", content)) == "xlsx"


@pytest.mark.parametrize("shift", range(0, 56, 5))
def test_cells_behind_a_chunk_border_are_seen(tmp_path, shift):
    """The far cell begins so many bytes before the end of the first megabyte, which is one chunk."""
    near, head = cells(("A", 1)), f'<worksheet xmlns="{MAIN}"><sheetData>'
    blanks = (1 << 20) - len(head) - len(near) - shift
    path = package(tmp_path / "a.xlsx", near + " " * blanks + ROW.format(1048576, "XFD"))
    with pytest.raises(Refused, match="散布在 1048576 行 × 16384 列"):
        check_container(path)


@pytest.mark.parametrize(
    "text", ["[" * 40_000, '[{"a":' * 20_000, '[[{"a": "]]]]"}' * 40], ids=["lists", "objects", "strings"]
)
def test_deep_json(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert "嵌套超过 32 层" in sentence(tmp_path / "a.json")


def test_brackets_inside_strings_are_no_depth(tmp_path):
    (tmp_path / "a.json").write_text('[{"a": "' + "[{" * 500 + '\\"["}]', encoding="utf-8")
    assert check_container(tmp_path / "a.json") == "json"


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(Refused, match="无此文件.csv：文件不存在"):
        read(tmp_path / "无此文件.csv")
