"""Bytes to text, strictly: no guessing library, which would take short GBK for Korean."""

import codecs
from pathlib import Path

from etl.form.limits import Refused

_MARKS = {
    codecs.BOM_UTF8: ("utf-8",),
    codecs.BOM_UTF16_LE: ("utf-16-le",),
    codecs.BOM_UTF16_BE: ("utf-16-be",),
    b"": ("utf-8", "gb18030"),
}
_SHORT = ("unexpected end of data", "truncated data", "incomplete multibyte sequence")


def decode(path: Path, data: bytes) -> tuple[str, bool]:
    """The text, and whether the file ends in the middle of a character (a file that was not written to its end).

    UTF-8 with or without its mark, UTF-16 by its mark, GB18030; every byte must fit. Raises Refused with the first bad
    byte.
    """
    mark = next(mark for mark in _MARKS if data.startswith(mark))
    encodings, data = _MARKS[mark], data[len(mark) :]
    furthest = 0
    for encoding in encodings:
        try:
            return _without_nul(path, data.decode(encoding)), False
        except UnicodeDecodeError as error:
            if _is_cut_short(error, data, last=encoding == encodings[-1]):
                return _without_nul(path, data[: error.start].decode(encoding)), True
            furthest = max(furthest, error.start)
    raise Refused(
        f"{path.name}：第 {furthest + len(mark) + 1} 个字节起不是 UTF-8，也不是 GB18030 编码，"
        "请用 Excel 打开后另存为 xlsx 再放进来。"
    )


def _is_cut_short(error: UnicodeDecodeError, data: bytes, last: bool) -> bool:
    """A character begun but not finished by the last bytes: the encoding is right, the file is short.

    Plain ASCII before it proves nothing about the encoding, so the next one is asked first.
    """
    at_the_end = error.reason in _SHORT and len(data) - error.start < 4
    return at_the_end and (last or not data[: error.start].isascii())


def _without_nul(path: Path, text: str) -> str:
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise Refused(f"{path.name}：第 {line} 行含有空字节，文件已损坏或不是文本，请重新导出后再放进来。")
    return text
