"""Half-open spans of days, and the periods they are cut into."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from metrics.define.errors import UnknownName, unknown

EVERY = ("day", "week", "month", "term")
WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The Monday on or before `day`; accepts a datetime too."""
    plain = day.date() if isinstance(day, datetime) else day
    return plain - timedelta(days=plain.weekday())


def month_start(day: date) -> date:
    """The first of the month `day` lies in."""
    return date(day.year, day.month, 1)


def next_month(day: date) -> date:
    """The first of the month after the one `day` lies in."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(frozen=True)
class Window:
    """Days from `start` up to but not including `end`. Raises UnknownName (a user error) when it is empty."""

    start: date
    end: date

    def __post_init__(self):
        if self.end <= self.start:
            raise UnknownName(f"时间范围从 {self.start} 到 {self.end} 是空的，请让结束日期晚于开始日期。")

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day inside, for people who count both ends."""
        return self.end - timedelta(days=1)

    def shifted(self, days: int) -> "Window":
        return Window(self.start + timedelta(days=days), self.end + timedelta(days=days))

    def describe(self) -> str:
        """「2026-11-16 至 2026-11-22」, both days included."""
        return f"{self.start}" if self.days == 1 else f"{self.start} 至 {self.last_day}"

    @classmethod
    def week(cls, day: date) -> "Window":
        """The Monday-to-Sunday week `day` lies in."""
        return cls(monday(day), monday(day) + WEEK)

    @classmethod
    def month(cls, day: date) -> "Window":
        return cls(month_start(day), next_month(day))

    @classmethod
    def last_weeks(cls, now: datetime, count: int) -> "Window":
        """The last `count` whole weeks that ended on or before `now` (a build's data date)."""
        end = monday(now)
        return cls(end - count * WEEK, end)

    @classmethod
    def recent_weeks(cls, now: datetime, count: int) -> "Window":
        """`count` weeks up to and including the one `now` lies in, which may be unfinished."""
        end = monday(now) + WEEK
        return cls(end - count * WEEK, end)


def periods(window: Window, every: str) -> list[Window]:
    """The days, weeks (from Monday) or months that touch the window, in order. Terms: see terms.periods."""
    if every not in EVERY or every == "term":
        raise unknown("周期", every, EVERY)
    spans, start = [], {"day": window.start, "week": monday(window.start), "month": month_start(window.start)}[every]
    while start < window.end:
        end = {"day": start + timedelta(days=1), "week": start + WEEK, "month": next_month(start)}[every]
        spans.append(Window(start, end))
        start = end
    return spans
