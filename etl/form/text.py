"""What every value parser shares: results, the words for missing, half-width and Chinese numerals."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

NULL_WORDS = frozenset(
    ("-", "--", "---", "—", "——", "–", "―", "/", "//", "\\", "\\n", "无", "空", "(空)", "空白", "暂无", "(跳过)")
    + ("n/a", "na", "nan", "nat", "null", "none", "nil")
)
# What a spreadsheet shows where a formula failed: no value of any column, an id least of all.
ERROR_WORDS = frozenset(
    ("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#field!", "#blocked!")
    + ("#unknown!", "#connect!", "#getting_data", "#busy!", "#python!")
)
_ODD_BYTE = re.compile("[\udc80-\udcff]")  # how Python writes a byte of a file's name that is no UTF-8
NO_RESULT = "=（公式没有结果）"  # stands for a formula that was never calculated; no other cell begins like this


class Caution(NamedTuple):
    """A value was read, but somebody should look: stored as a warning."""

    code: str
    message: str
    remedy: str


class Parsed(NamedTuple):
    """One typed value and, rarely, a caution."""

    value: Any
    caution: Caution | None = None


class Unreadable(Exception):
    """A cell that is no such value. code: short and stable; reason and remedy: Chinese, without the value itself."""

    def __init__(self, code: str, reason: str, remedy: str):
        super().__init__(code, reason, remedy)
        self.code, self.reason, self.remedy = code, reason, remedy


def readable(name: str) -> str:
    """A file's name as it can be written down: what is no UTF-8 (zipped under a Chinese Windows) is read as GB18030,
    what is neither keeps a sign of replacement for each odd byte."""
    if name.isprintable():
        return name
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("gb18030") if _ODD_BYTE.search(name) else name
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def is_error(text: str | None) -> bool:
    """Whether a cell is a spreadsheet's word for a failed formula, full-width and in any case: ＃REF！"""
    return text is not None and text[:1] in "#＃" and half_width(text).casefold() in ERROR_WORDS


def half_width(text: str) -> str:
    """NFKC and outer blanks removed: '２０２６／１１' → '2026/11'."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip().replace("−", "-")


@lru_cache(maxsize=65536)
def normalise_word(text: str) -> str:
    """A choice's spelling in plain form: half-width, no blanks, no case, no closing full stop."""
    plain = "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split()).casefold()
    return plain.rstrip("。.;") or plain


def is_null(text: str | None, words: frozenset[str] = NULL_WORDS) -> bool:
    """Whether a cell says that there is nothing: empty, or one of the words (normalised): 无, —, /, N/A …"""
    return text is None or text in words or (not text.isdigit() and (normalise_word(text) in words or not text.strip()))


_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
CHINESE_NUMBER = r"[零〇一二两三四五六七八九十百]+"


def chinese_number(text: str) -> int | None:
    """Chinese numerals up to 999, or digits read one by one: 三 → 3, 十二 → 12, 二十 → 20, 一〇一 → 101; else None."""
    if text and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    shape = re.fullmatch(
        r"(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", text
    )
    if not text or not shape:
        return None
    hundreds, tens, ten, ones = shape.groups()
    return _DIGITS.get(hundreds, 0) * 100 + (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
