"""Text, days and small numbers from people, made fit to be kept; each raises Refused in one sentence."""

import re
import unicodedata
from datetime import date

from ledger.errors import Refused

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def text(value: object, label: str, longest: int, required: bool = False) -> str:
    """`value` without control characters and outer spaces, newlines as \\n."""
    clean = _UNWANTED.sub("", str(value if value is not None else "").replace("\r\n", "\n").replace("\r", "\n")).strip()
    if required and not clean:
        raise Refused(f"「{label}」还没有填写，请填写。")
    if len(clean) > longest:
        raise Refused(f"「{label}」有 {len(clean)} 个字，最多 {longest} 个，请写短一些。")
    return clean


def day(value: object, label: str) -> date:
    """A day from a date or from 2026-11-30."""
    try:
        read = value if type(value) is date else date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise Refused(f"「{label}」不是日期，请写成 2026-11-30 这样。") from None
    if not EARLIEST <= read <= LATEST:
        raise Refused(f"「{label}」{read} 不合理，请核对年份。")
    return read


def whole(value: object, label: str, least: int, most: int) -> int:
    """A whole number between `least` and `most`."""
    written = str(value).strip()
    number = int(float(written)) if re.fullmatch(r"[0-9]{1,6}(\.0+)?", written) else None
    if number is None or not least <= number <= most:
        raise Refused(f"「{label}」应为 {least} 到 {most} 之间的整数，请改正。")
    return number


def post(value: object, label: str = "填写人") -> str:
    """Who, as unit and post; a person's name is not asked for and not needed."""
    return text(value, label, 40, required=True)


def same_post(one: str, other: str) -> bool:
    """Whether two spellings mean the same post: width, letter case and spaces aside."""
    return _bare(one) == _bare(other)


def _bare(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).casefold().split())
