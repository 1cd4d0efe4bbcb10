"""The spans a branch is reviewed over: months, terms, school years and two-year projects, and each one's own past."""

from dataclasses import dataclass
from datetime import date, timedelta

from metrics.ask import first_day, terms
from metrics.ask.window import Window, month_start, next_month
from metrics.define.errors import unknown
from warehouse import Build

MONTH, TERM, SCHOOL_YEAR, PROJECT = "month", "term", "school_year", "project"
KINDS = {MONTH: "月", TERM: "学期", SCHOOL_YEAR: "学年", PROJECT: "两年项目"}
RECORDS = ("hazards", "tickets")  # the records begin with these; a plan's tasks are dated ahead of them
PROMISES = ("brand_tasks", "activities", "wishes")


@dataclass(frozen=True)
class Period:
    """`key` as in an address: M2026-11, 2026-1, Y2026, P2025. `is_over`: its last day had ended by the data date;
    `until`: the last day that had, where it is not."""

    key: str
    label: str
    kind: str
    window: Window
    is_over: bool
    until: date = date.max

    @property
    def counted(self) -> Window:
        """The days a review counts: those that are over, now as in the past it is compared with. All of them on the
        first day of a period, of which none is."""
        if self.is_over or not self.window.start <= self.until < self.window.last_day:
            return self.window
        return Window(self.window.start, self.until + timedelta(days=1))


def periods(build: Build) -> tuple[Period, ...]:
    """Every period begun by the data date that touches the records, by kind (term, month, school year, project), newest
    first."""
    today = build.data_date.date()
    first = min(_first_day(build), today)
    spans = [*_terms(build), *_months(first, today), *_years(first, today), *_projects(build, first, today)]
    until = terms.last_whole_day(build)
    made = [Period(key, label, kind, window, window.last_day <= until, until) for kind, key, label, window in spans]
    return tuple(one for one in made if one.window.start <= today and one.window.end > first)


def period(build: Build, key: str | None = None) -> Period:
    """One period by its key; without one the current term (the current school year where no calendar is known).

    Raises UnknownName with the nearest keys."""
    by_key = {one.key: one for one in periods(build)}
    if key is None:
        key = terms.current_term(build)
        key = key if key in by_key else next(one.key for one in by_key.values() if one.kind == SCHOOL_YEAR)
    if key not in by_key:
        raise unknown("周期", key, by_key)
    return by_key[key]


def earlier(build: Build, now: Period) -> Period | None:
    """Its own past: a term's same term a year earlier, otherwise the one of its kind just before; None before the
    records."""
    year = int(now.key.lstrip("MYP")[:4])
    month = (now.window.start.year * 12 + now.window.start.month - 2) if now.kind == MONTH else 0
    wanted = {
        MONTH: f"M{month // 12}-{month % 12 + 1:02d}",
        TERM: f"{year - 1}{now.key[4:]}",
        SCHOOL_YEAR: f"Y{year - 1}",
        PROJECT: f"P{year - 2}",
    }[now.kind]
    return next((one for one in periods(build) if one.key == wanted), None)


def _first_day(build: Build) -> date:
    first = min(first_day.first_day(build, name) for name in RECORDS)
    return first if first < date.max else min(first_day.first_day(build, name) for name in PROMISES)


def _terms(build: Build) -> list[tuple]:
    return [(TERM, key, label, window) for key, label, window in reversed(terms.terms(build))]


def _months(first: date, today: date) -> list[tuple]:
    months, day = [], month_start(first)
    while day <= today:
        months.append((MONTH, f"M{day:%Y-%m}", f"{day.year}年{day.month}月", Window.month(day)))
        day = next_month(day)
    return months[::-1]


def _years(first: date, today: date) -> list[tuple]:
    """School years run from 1 September."""
    last = today.year - (today.month < 9)
    return [
        (SCHOOL_YEAR, f"Y{year}", f"{year}-{year + 1}学年", Window(date(year, 9, 1), date(year + 1, 9, 1)))
        for year in range(last, first.year - (first.month < 9) - 1, -1)
    ]


def _projects(build: Build, first: date, today: date) -> list[tuple]:
    """Two years from every year a project may have begun in: in September where the branches' plans are of school
    years."""
    month = _plans_begin(build)
    last = today.year - (today.month < month)
    return [
        (
            PROJECT,
            f"P{year}",
            f"{year}—{year + (1 if month == 1 else 2)}两年项目",
            Window(date(year, month, 1), date(year + 2, month, 1)),
        )
        for year in range(last, first.year - 1, -1)
    ]


def _plans_begin(build: Build) -> int:
    if "brand_plans" not in build.tables:
        return 9
    month = build.query("SELECT coalesce(mode(month(starts_at)), 9) AS month FROM brand_plans WHERE is_plan")[
        "month"
    ].iloc[0]
    return 1 if month == 1 else 9
