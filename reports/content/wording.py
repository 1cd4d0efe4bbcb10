"""How documents write a day, and whose documents they are."""

import tomllib
from datetime import date, datetime, timedelta

from warehouse import paths
from warehouse.errors import UserError

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def day(moment: date) -> str:
    """「2026年11月22日」, as documents write days."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def as_of_day(moment: datetime) -> str:
    """「2026年11月15日」: the last day before a moment numbers stand at, midnight being the end of the day before."""
    return day(moment - timedelta(microseconds=1))


def last_day(first: date, last: date) -> str:
    """「11月15日」 after a first day of the same year, else with its year."""
    return day(last) if last.year != first.year else f"{last.month}月{last.day}日"


def school() -> dict:
    """data/school/school.toml: campus, short_name …; empty where there is none."""
    path = paths.school() / "school.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def meeting_weekday() -> int:
    """On which day of the week the school meets, Monday 0: `meeting` in school.toml, Monday where it says none."""
    named = school().get("meeting", WEEKDAYS[0])
    if named not in WEEKDAYS:
        raise UserError(
            f"data/school/school.toml 里的 meeting 写的是「{named}」，请改成{'、'.join(WEEKDAYS)}中的一个。"
        )
    return WEEKDAYS.index(named)
