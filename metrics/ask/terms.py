"""The academic calendar of a build: terms, teaching weeks, and the same week a year earlier."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import pandas as pd

from metrics.ask.window import WEEK, Window, monday, month_start, periods
from warehouse import Build


@dataclass(frozen=True)
class Week:
    """One Monday-to-Sunday week. `number` is the teaching week or None; `phase` is 学期, 寒假, 暑假 or 校历未登记."""

    start: date
    term: str | None
    term_label: str | None
    number: int | None
    phase: str
    holidays: tuple[str, ...]

    @property
    def label(self) -> str:
        """「第12教学周」, 「寒假」; the Monday's date where the calendar says nothing."""
        if self.number is not None:
            return f"第{self.number}教学周"
        return self.phase or f"{self.start} 当周"


@lru_cache(maxsize=8)
def _weeks(build: Build) -> dict[date, Week]:
    frame = build.query(
        """SELECT week_start, max(term_id) AS term, max(term_label) AS term_label, max(teaching_week) AS number,
                  mode(phase) AS phase, coalesce(string_agg(DISTINCT holiday, '、' ORDER BY holiday), '') AS holidays
           FROM calendar GROUP BY week_start ORDER BY week_start"""
    )
    rows = zip(*(frame[name] for name in frame.columns), strict=True)
    return {
        pd.Timestamp(start).date(): Week(
            pd.Timestamp(start).date(),
            term if isinstance(term, str) else None,
            label if isinstance(label, str) else None,
            None if pd.isna(number) else int(number),
            phase or "",
            tuple(holidays.split("、")) if holidays else (),
        )
        for start, term, label, number, phase, holidays in rows
    }


def week(build: Build, day: date) -> Week:
    """The week `day` lies in; outside the calendar it has no term and an empty phase."""
    start = monday(day)
    return _weeks(build).get(start) or Week(start, None, None, None, "", ())


def week_label(build: Build, day: date) -> str:
    """「第12教学周」, 「寒假」, 「暑假」, or 「2026-11-16 当周」 where the calendar says nothing."""
    return week(build, day).label


def weeks(build: Build, window: Window) -> list[Week]:
    """Every week that touches the window, for an axis."""
    return [week(build, period.start) for period in periods(window, "week")]


def same_teaching_week(build: Build, day: date) -> date | None:
    """Monday of the same teaching week of last year's same term; None in holidays or where the calendar ends."""
    here = week(build, day)
    if here.term is None or here.number is None:
        return None
    year, half = here.term.split("-", 1)
    wanted = (f"{int(year) - 1}-{half}", here.number)
    return next((start for start, one in _weeks(build).items() if (one.term, one.number) == wanted), None)


def season(build: Build, day: date) -> tuple[str, int]:
    """What a week is the same as in other years: ('学期1', 12) for the 12th teaching week of a first term, ('寒假', 2)
    for the second week of a winter holiday."""
    here = week(build, day)
    if here.term is not None and here.number is not None:
        return f"{here.phase}{here.term.rpartition('-')[2]}", here.number
    start = next((start for _, _, start, end in _spans(build) if start <= here.start < end), here.start)
    return here.phase, (here.start - start).days // 7 + 1


@lru_cache(maxsize=8)
def _days_off(build: Build) -> dict[date, int]:
    frame = build.query(
        "SELECT week_start, count(*) FILTER (holiday IS NOT NULL) AS n FROM calendar GROUP BY week_start"
    )
    return {pd.Timestamp(start).date(): int(n) for start, n in zip(frame["week_start"], frame["n"], strict=True)}


def days_off(build: Build, day: date) -> int:
    """Public holidays in the week `day` lies in, weekends inside a holiday included."""
    return _days_off(build).get(monday(day), 0)


@lru_cache(maxsize=64)
def next_workday(build: Build, day: date) -> date:
    """`day`, or the first day after it that is no rest day: 调休 counts as work; `day` itself where the calendar
    ends."""
    rows = build.rows("SELECT min(day) FROM calendar WHERE day >= $day AND is_workday", {"day": day})
    return rows[0][0] or day


def past_weeks_alike(build: Build, day: date, years: int = 4) -> list[date]:
    """Mondays of the same teaching week in earlier years, newest first."""
    starts: list[date] = []
    start = same_teaching_week(build, day)
    while start is not None and len(starts) < years:
        starts.append(start)
        start = same_teaching_week(build, start)
    return starts


@lru_cache(maxsize=8)
def _spans(build: Build) -> tuple[tuple[str, str, date, date], ...]:
    spans: list[list] = []
    for start, week in sorted(_weeks(build).items()):
        key, label = week.term or week.phase, week.term_label or week.phase
        if spans and spans[-1][0] == key and spans[-1][3] == start:
            spans[-1][3] = start + WEEK
        else:
            spans.append([key, label, start, start + WEEK])
    return tuple((key, label, start, end) for key, label, start, end in spans)


def term_periods(build: Build, window: Window) -> list[Window]:
    """Terms and the holidays between them that touch the window, in order, whole."""
    return [Window(start, end) for _, _, start, end in _spans(build) if start < window.end and end > window.start]


def term_label(build: Build, day: date) -> str:
    """「2026-2027学年第一学期」, 「寒假」 …; the month where the calendar says nothing."""
    return next((label for _, label, start, end in _spans(build) if start <= day < end), f"{month_start(day):%Y-%m}")


def term_window(build: Build, term_id: str) -> Window | None:
    """The weeks of one term ('2026-1'); None when the calendar does not hold it."""
    return next((Window(start, end) for key, _, start, end in _spans(build) if key == term_id), None)


def terms(build: Build) -> list[tuple[str, str, Window]]:
    """(id, label, window) of every term in the calendar, oldest first."""
    return [(key, label, Window(start, end)) for key, label, start, end in _spans(build) if key[:4].isdigit()]


def current_term(build: Build) -> str | None:
    """Id of the term the data date lies in, or of the last one before it."""
    now = build.data_date.date() if isinstance(build.data_date, datetime) else build.data_date
    begun = [key for key, _, window in terms(build) if window.start <= now]
    return begun[-1] if begun else None


def last_whole_week(build: Build) -> Window:
    """The last Monday-to-Sunday week that had ended by the data date."""
    end = monday(build.data_date)
    return Window(end - WEEK, end)


def newest_week(build: Build) -> Window:
    """The week the data end in: the one that runs at the data date, the last whole one where nothing of it has
    passed."""
    return Window.week((build.data_date - timedelta(microseconds=1)).date())


def as_of(build: Build, week: date) -> datetime:
    """The moment the numbers of a week stand at: its end, or the data date while it runs."""
    return min(datetime.combine(monday(week) + WEEK, time.min), build.data_date)


def is_running(build: Build, week: date) -> bool:
    """Whether the week was not over at the data date: 未满."""
    return datetime.combine(monday(week) + WEEK, time.min) > build.data_date


def as_of_words(build: Build, moment: datetime) -> str:
    """「截至 11-15」: the last day a moment other than the data date
    lies behind; '' for the data date, which every page
    says at its head."""
    if moment >= build.data_date:
        return ""
    return f"截至 {day_words(build, (moment - timedelta(microseconds=1)).date())}"


def day_words(build: Build, day: date) -> str:
    """「11-15」; with its year where that is not the data date's."""
    return f"{day:%m-%d}" if day.year == build.data_date.year else f"{day}"


def last_whole_day(build: Build) -> date:
    """The last day that had ended by the data date."""
    return build.data_date.date() - timedelta(days=1)
