"""When a file was exported: from its name, a title row, the command line, or at last its own newest record.

The clock is never asked: what nothing says is unknown. What is stated is kept from the first landing on.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

Newest = Callable[[datetime, datetime], datetime | None]

_DAY = (
    r"(?P<year>20\d\d)(?P<s>[-._/年]?)(?P<month>0[1-9]|1[0-2]|(?<=\D)[1-9])(?:(?P=s)|月)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|(?<=\D)[1-9])日?"
)
_CLOCK = r"(?:[ T_-]?(?P<hour>[01]\d|2[0-3])[:：时点-]?(?P<minute>[0-5]\d)(?:[:：分-]?(?P<second>[0-5]\d)秒?)?)?"
_MOMENT = re.compile(rf"(?<!\d){_DAY}{_CLOCK}(?:\d{{3}})?(?!\d)")
_ABOUT_EXPORT = re.compile(r"导出|统计|生成|截止|截至|制表|打印|下载|export", re.IGNORECASE)


class Moment(NamedTuple):
    """A time as written; `is_day` when only the day was."""

    at: datetime
    is_day: bool


def moment_in(text: str) -> Moment | None:
    """The last moment named in a text, or None: 工单_20261122080000.xlsx, 2026-11-22,
    2026年11月22日 8点 is day only."""
    moments = [moment for match in _MOMENT.finditer(text) if (moment := _moment(match)) is not None]
    return max(moments, key=lambda moment: moment.at, default=None)


def _moment(match: re.Match) -> Moment | None:
    part = match.groupdict()
    try:
        day = datetime(int(part["year"]), int(part["month"]), int(part["day"]))
    except ValueError:
        return None  # 31 June is no date
    if part["hour"] is None:
        return Moment(day, True)
    return Moment(
        day.replace(hour=int(part["hour"]), minute=int(part["minute"]), second=int(part["second"] or 0)), False
    )


def find(
    name: str, titles: list[str], as_of: Moment | None, newest: Newest, reach: datetime | None, is_set: bool = False
) -> tuple[datetime, str] | None:
    """(export time, where it was found: set, name, title, as_of, content); None when nothing says it.

    newest(since, until) is the newest record between two times, deadlines and plans not counted; reach: the newest
    record of all, strays aside. is_set: `as_of` is a person's word on this very file and goes before its name.
    A day without a time is taken as the newest record of that day, else as its first moment, so that a file's own
    records do not lie in the future of its export.
    """
    title = next((m for text in titles if _ABOUT_EXPORT.search(text) and (m := moment_in(text))), None)
    said = ((as_of, "set"),) if is_set else ((moment_in(name), "name"), (title, "title"), (as_of, "as_of"))
    for moment, where in said:
        if moment is not None:
            end = moment.at + timedelta(days=1, microseconds=-1)
            return (newest(moment.at, end) if moment.is_day else None) or moment.at, where
    return None if reach is None else (reach, "content")


def undated(name: str) -> str:
    """Why a file of records is not taken in that says nowhere when it was exported."""
    return (
        f"{name}：看不出是哪天导出的：文件名、标题和内容里都没有可用的日期。"
        f"请在文件名里写上导出日期（如 {_dated_name(name)}），或运行 python -m etl load 这个文件 --as-of 日期。"
    )


def _dated_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}_20261122{dot}{ending}" if stem else f"{name}_20261122"
