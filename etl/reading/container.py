"""A look at a file before anything parses it: size, real kind, and the shapes that kill a parser.

`check_container` reads bytes only, in bounded memory and without recursion. What it lets through still goes to a child
process (etl/sandbox/children.py): this look gives the clear sentence, the sandbox gives the safety.
"""

import re
from pathlib import Path

from etl.form.limits import Limits, Refused

HEAD_BYTES = 65536


# What a file is, by its first bytes, when it is nothing a table could be read from.
_FOREIGN = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"%PDF", "PDF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|meta|table|style|body|div)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")  # records only: a title such as '[2026]台账' is text
_BLANK = re.compile(rb"[\s\x00\xef\xbb\xbf\xfe\xff]*\Z")


def check_container(path: Path, limits: Limits | None = None) -> str:
    """The kind of a file by its content: 'text', 'html', 'json', 'xlsx', 'xls' or 'parquet'.

    Raises Refused for an empty, oversized, foreign, truncated, encrypted or hostile file.
    """
    path, limits = Path(path), limits or Limits()
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Refused(
            f"{path.name}：文件有 {size >> 20} MB，超过上限 {limits.file_bytes >> 20} MB，请按月份分开导出后再放进来。"
        )
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if _BLANK.match(head) and size <= HEAD_BYTES:
        raise Refused(f"{path.name}：文件是空的，请重新导出后再放进来。")
    kind = _kind(path, head)
    if kind == "zip":
        from etl.reading.zips import check_zip  # kept out of the way of the many plain text files

        return check_zip(path, limits)
    if kind == "ole":
        return _check_ole(path)
    if kind == "parquet":
        _check_parquet(path)
    if kind == "json":
        _check_json(path, limits)
    return kind


def _kind(path: Path, head: bytes) -> str:
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise Refused(f"{path.name}：这个文件实际是{name}，不是表格，请导出为 xlsx 或 csv 后再放进来。")
    return _text_kind(path, _rough_text(head))


def _rough_text(head: bytes) -> str:
    """Enough of the text to tell HTML and JSON from a table; wrong characters do not matter here."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _text_kind(path: Path, text: str) -> str:
    if _HTML.match(text) or (_XML.match(text) and "<html" in text.lower()):
        return "html"
    if _XML.match(text):
        raise Refused(f"{path.name}：这个文件是 XML，不是表格，请用 Excel 打开后另存为 xlsx 再放进来。")
    return "json" if _JSON.match(text) else "text"


def _check_ole(path: Path) -> str:
    """Old .xls files and encrypted .xlsx share this container; its folder lists stream names in UTF-16."""
    data = path.read_bytes()
    names = {name: name.encode("utf-16-le") in data for name in ("EncryptedPackage", "Workbook", "Book")}
    if names["EncryptedPackage"]:
        raise Refused(f"{path.name}：文件有密码保护，请在 Excel 中取消密码、另存后再放进来。")
    if not (names["Workbook"] or names["Book"]):
        raise Refused(f"{path.name}：这个文件不是 Excel 表格，请导出为 xlsx 或 csv 后再放进来。")
    return "xls"


def _check_parquet(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(-4, 2)
        if file.read(4) != b"PAR1" or path.stat().st_size < 12:
            raise Refused(f"{path.name}：parquet 文件不完整，可能没有传完，请重新导出后再放进来。")


_JSON_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[{]|[\]}]', re.DOTALL)


def _check_json(path: Path, limits: Limits) -> None:
    """Depth by counting brackets outside strings: 40 KB of '[' ends a parser that recurses."""
    depth = 0
    for token in _JSON_TOKEN.finditer(path.read_bytes()):
        first = token.group()[0]
        if first in b"[{":
            depth += 1
            if depth > limits.json_depth:
                raise Refused(
                    f"{path.name}：JSON 嵌套超过 {limits.json_depth} 层，不像导出的记录，请导出为一层的列表后再放进来。"
                )
        elif first in b"]}":
            depth -= 1
