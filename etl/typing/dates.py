"""Dates and times in every spelling met in exports → naive local datetime. Ambiguity is a caution, never silent."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta

from etl.form.model import Dialect
from etl.form.text import Caution, Parsed, Unreadable, half_width

END_OF_DAY = time(23, 59, 59)
PLAIN = Dialect()
FIRST_YEAR, LAST_YEAR = 1990, PLAIN.last_year
_EXCEL_EPOCH = datetime(1899, 12, 30)
_TIME = (
    r"(?:[T\s]*(?:星期[一二三四五六日天]|周[一二三四五六日天]|\([一二三四五六日]\))?\s*"
    r"(?P<half>上午|凌晨|早上|中午|下午|晚上|傍晚|[AaPp]\.?[Mm]\.?)?\s*"
    r"(?P<hour>\d{1,2})(?:[:时点]|(?=[AaPp][Mm]))\s*(?:(?P<minute>\d{1,2})(?:[:分]\s*(?:(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?)?)?"
    r"\s*(?P<half_after>[AaPp]\.?[Mm]\.?)?)?\s*(?:星期[一二三四五六日天]|周[一二三四五六日天])?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})\s*[日号]?,?" + _TIME
)
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})\s*[-/.]\s*(?P<second_part>\d{1,2})\s*[-/.]\s*(?P<year>\d{4}),?" + _TIME)
_COMMON = re.compile(
    r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?(?: ([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?)?"
)
_TWENTY_FOUR = re.compile(r"(?<!\d)24[:时点]")
_BEFORE = re.compile(r"(?<=[日号\d])\s*(?:之?前|止|截止)(?:完成|整改)?$")
_HALF_DAY = re.compile(r"(?<=[日号\d])\s*(?:上午|下午|晚上|中午|早上|早晨|凌晨|傍晚|全天)$")
# 14:00-15:00, 2026.9.5至9.6: something that lasted; with seconds or a T what follows the minus is a time zone
_SPAN = re.compile(
    r"(?P<start>\d{4}\s*(?:[-/.]|年)\s*\d{1,2}\s*(?:[-/.]|月)\s*\d{1,2}\s*[日号]?(?:\s*\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分?)?))?)"
    r"\s*(?:-+|–|—+|~|至|到)\s*\d[\d\s:./年月日号时点分-]*"
)
_MONTH = re.compile(r"\d{4}\s*(?:[-/.]|年)\s*\d{1,2}\s*月?\s*(?:份|底|初|末|[上中下]旬)?")
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?(?:\s*\d{1,2}[:时点].*)?")


def _unreadable(reason: str) -> Unreadable:
    return Unreadable("bad_date", reason, "写成 2026-11-22 或 2026-11-22 08:05 这样的日期时间。")


def parse_datetime(text: str, dialect: Dialect = PLAIN) -> Parsed:
    """A moment in local civil time; a date alone is its midnight;
    of something that lasted the beginning, with a caution.

    Raises Unreadable; years before 1990 or after the dialect's last are.
    """
    if span := _SPAN.fullmatch(half_width(text)):
        return Parsed(_parse(span["start"], dialect)[0].value, _LASTED)
    return _parse(text, dialect)[0]


def parse_date(text: str, dialect: Dialect = PLAIN) -> Parsed:
    """A day; a time of day, if any, is cut off."""
    moment, caution = parse_datetime(text, dialect)
    return Parsed(moment.date(), caution)


def parse_deadline(text: str, dialect: Dialect = PLAIN) -> Parsed:
    """A moment something must be done by: a date without a time, '…日前' too, means the end of that day, 23:59:59.

    So does exactly midnight, in every spelling: systems write a day that way. 24:00 ends the day it is written with.
    """
    plain = _BEFORE.sub("", text.strip())
    (moment, caution), is_day = _parse(plain, dialect)
    if not is_day and moment.time() == time() and _TWENTY_FOUR.search(half_width(plain)):
        moment -= timedelta(days=1)
    return Parsed(end_of(moment) if is_day else deadline(moment), caution)


def deadline(moment: datetime) -> datetime:
    """What a moment means in a deadline column: midnight names its day."""
    return end_of(moment) if moment.time() == time() else moment


def end_of(moment: datetime) -> datetime:
    """The last second of its day."""
    return datetime.combine(moment.date(), END_OF_DAY)


def _parse(text: str, dialect: Dialect) -> tuple[Parsed, bool]:
    """The moment, and whether only a day was written."""
    plain = half_width(text)
    if (day := _HALF_DAY.sub("", plain)) != plain:
        return Parsed(_parse(day, dialect)[0].value, _HALF), True
    number = _from_number(plain, dialect)
    if number is not None:
        parsed, is_day = number
    elif _SPAN.fullmatch(plain):
        raise _unreadable("写的是一段时间，看不出以哪一刻为准")
    elif match := _YEAR_FIRST.fullmatch(plain):
        parsed, is_day = Parsed(_assemble(match, int(match["month"]), int(match["day"]), dialect)), not match["hour"]
    elif match := _YEAR_LAST.fullmatch(plain):
        parsed, is_day = _year_last(match, dialect), not match["hour"]
    elif _NO_YEAR.fullmatch(plain):
        raise _unreadable("日期没有写年份")
    elif _MONTH.fullmatch(plain):
        raise _unreadable("只写到月，没有写哪一天")
    else:
        raise _unreadable("不是日期")
    if not FIRST_YEAR <= parsed.value.year <= dialect.last_year:
        raise _unreadable(f"年份不在 {FIRST_YEAR}–{dialect.last_year} 之间")
    return parsed, is_day


def _year_last(match: re.Match, dialect: Dialect) -> Parsed:
    """29-02-2016 or 05/01/2022: by the declared order; undeclared and possible both ways → read day first, with a
    caution."""
    first, second = int(match["first"]), int(match["second_part"])
    if dialect.day_first or dialect.month_first:
        day, month = (first, second) if dialect.day_first else (second, first)
        return Parsed(_assemble(match, month, day, dialect))
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        return Parsed(_assemble(match, month, day, dialect))
    caution = Caution(
        "ambiguous_date",
        "日和月分不清，暂按「日/月/年」读",
        "在来源声明的 dialect 里写 day_first = true 或 month_first = true。",
    )
    return Parsed(_assemble(match, second, first, dialect), caution)


def date_order(texts: Iterable[str]) -> Dialect | None:
    """What a column's own certain dates say: 25/11/2026 is day first, 11/25/2026 month first;
    None when neither or both do."""
    parts = (_YEAR_LAST.fullmatch(half_width(text)) for text in texts)
    certain = {
        Dialect(day_first=int(match["first"]) > 12, month_first=int(match["second_part"]) > 12)
        for match in parts
        if match and (int(match["first"]) > 12) != (int(match["second_part"]) > 12)
    }
    return certain.pop() if len(certain) == 1 else None


def _hour(match: re.Match) -> int:
    """24-hour clock. 12 AM is 0, 12 PM is 12; what cannot be told (晚上12点:
    this midnight or the next) is unreadable."""
    hour, half = int(match["hour"] or 0), (match["half"] or match["half_after"] or "").casefold().replace(".", "")
    if not half or hour > 12:
        return hour
    if half == "晚上" and not 5 <= hour <= 11:
        raise _unreadable("「晚上」几点说不清")
    if half == "中午":
        return hour if hour >= 10 else hour + 12
    if half in ("下午", "傍晚", "晚上", "pm"):
        return hour % 12 + 12
    return hour if half == "上午" else hour % 12


def _assemble(match: re.Match, month: int, day: int, dialect: Dialect) -> datetime:
    clock = (_hour(match), int(match["minute"] or 0), int(match["second"] or 0))
    carry = timedelta(0)
    if clock == (24, 0, 0):
        clock, carry = (0, 0, 0), timedelta(days=1)
    try:
        moment = datetime(int(match["year"]), month, day, *clock) + carry
    except (ValueError, OverflowError):
        raise _unreadable("没有这样的日期或时间") from None
    return moment if not match["zone"] else _local(moment, match["zone"], dialect)


def _local(moment: datetime, zone: str, dialect: Dialect) -> datetime:
    """A value that carries a zone is brought to the school's civil time."""
    offset = timedelta(0)
    if zone != "Z":
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        offset = (1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes)
    return moment - offset + timedelta(hours=dialect.utc_offset_hours)


# From three to six numbers: a datetime of fewer than six is one with zeros behind.
_moment: Callable[..., datetime] = datetime


def _from_number(plain: str, dialect: Dialect) -> tuple[Parsed, bool] | None:
    """Digits only: compact dates, Excel serial numbers, seconds or milliseconds since 1970;
    None when it is no number."""
    digits = plain[:-2] if plain.endswith(".0") else plain
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        return None
    if len(digits) in (8, 12, 14) and digits.isdigit() and digits[:2] in ("19", "20", "21"):
        pairs = (int(digits[start : start + 2]) for start in range(4, len(digits), 2))
        try:
            return Parsed(_moment(int(digits[:4]), *pairs)), len(digits) == 8
        except ValueError:
            raise _unreadable("没有这样的日期或时间") from None
    if digits.isdigit() and digits[0] == "1" and len(digits) in (10, 13):
        return Parsed(_from_epoch(int(digits[:10]), dialect), _EPOCH_CAUTION), False
    serial = float(digits)
    if not 32874 <= serial < 73416:
        raise _unreadable(
            "日期没有写年份"
            if _NO_YEAR.fullmatch(plain)
            else "只写到月，没有写哪一天"
            if _MONTH.fullmatch(plain)
            else "不是日期"
        )
    return Parsed(_EXCEL_EPOCH + timedelta(seconds=round(serial * 86400))), serial.is_integer()


_LASTED = Caution("time_span", "写的是一段时间，按开始的时刻读", "开始和结束请分两列写。")
_HALF = Caution("half_day", "只写了上午、下午，没有写几点，按这一天读", "写成 2026-11-22 08:05 这样的日期时间。")
_EPOCH_CAUTION = Caution("epoch_date", "按 1970 年起的秒数读成时间", "让导出系统直接写出日期时间。")


def _from_epoch(seconds: int, dialect: Dialect) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None) + timedelta(hours=dialect.utc_offset_hours)


def quick_moment(text: str, end_of_day: bool = False, last_year: int = LAST_YEAR) -> datetime | None:
    """The commonest forms at a tenth of the cost; None when it is another form.

    end_of_day: a day alone, and midnight, is its last second. Never differs from
    parse_datetime and parse_deadline where it answers.
    """
    if end_of_day and text[11:13] == "24":
        return None
    try:
        if len(text) == 19 and text[4] == "-" and text[7] == "-" and text[10] in " T":
            moment = datetime.fromisoformat(text)
        else:
            match = _COMMON.fullmatch(text)
            if not match:
                return None
            moment = _moment(*map(int, filter(None, match.groups())))
    except ValueError:
        return None
    if end_of_day:
        moment = deadline(moment)
    return moment if FIRST_YEAR <= moment.year <= last_year and moment.tzinfo is None else None
