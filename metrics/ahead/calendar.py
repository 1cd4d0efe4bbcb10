"""What the calendar says of a week, and what rose in the same teaching week of earlier years more than chance would
have it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from metrics.ask import sql, terms
from metrics.ask.first_day import first_whole_week
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.define import tables
from metrics.define.small_numbers import CLUSTER_FROM, SEASON_YEARS_FROM
from metrics.methods import many_tests
from metrics.methods.many_tests import ORDINARY
from warehouse import Build

TABLES = ("tickets", "hazards")
YEARS, AROUND, LEVEL = 4, 4, 0.05
LONG = timedelta(days=31)  # a season is news when it begins and when it ends, not in between
DAYS = "一二三四五六日"


@dataclass(frozen=True)
class Rise:
    """A category that rose in this teaching week in every one of `years` ('2024' → count); `usual` is a week around it.

    `table` and `category` with `week` open what it was like in the newest of those years.
    """

    table: str
    category: str
    years: tuple[tuple[str, int], ...]
    usual: float
    week: date
    sentence: str


def sentences(build: Build, week: date) -> tuple[str, ...]:
    """Sentences of the calendar for the week of the Monday `week`: begin and end of a term, holidays, events; () for a
    plain one."""
    here, before, after = (terms.week(build, week + WEEK * step) for step in (0, -1, 1))
    news = []
    if here.number == 1 and here.term != before.term:
        news.append(f"{here.term_label}开始，师生返校。")
    elif here.phase != before.phase and here.phase and here.number is None:
        news.append(f"{here.phase}开始。")
    if here.number is not None and after.term != here.term:
        news.append(
            f"{here.term_label}最后一周"
            + (f"，随后是{after.phase}。" if after.number is None and after.phase else "。")
        )
    elif here.number is None and after.number == 1:
        news.append(f"{here.phase or '假期'}最后一周，下一周开学。")
    return (*news, *_holidays(build, week), *_events(build, week))


def _holidays(build: Build, week: date) -> list[str]:
    rows = build.rows(
        "SELECT day, holiday, is_workday FROM calendar WHERE week_start = $week ORDER BY day", {"week": week}
    )
    off: dict[str, list[date]] = {}
    for day, holiday, _ in rows:
        if holiday:
            off.setdefault(holiday, []).append(day)
    holidays = [
        f"{name}放假：{_day(days[0])}{f'至{_day(days[-1])}' if len(days) > 1 else ''}。" for name, days in off.items()
    ]
    extra = [day for day, holiday, is_workday in rows if is_workday and not holiday and day.weekday() > 4]
    return [*holidays, *([f"调休上班：{'、'.join(_day(day) for day in extra)}。"] if extra else [])]


def _events(build: Build, week: date) -> list[str]:
    """What begins, ends or goes on; several buildings of one event are one sentence."""
    if "events" not in build.tables:
        return []
    last = week + timedelta(days=6)
    rows = build.rows(
        """SELECT name, kind, from_day, coalesce(to_day, from_day) AS to_day, count(building_id) AS places FROM events
           WHERE from_day <= $last AND coalesce(to_day, from_day) >= $week GROUP BY ALL ORDER BY from_day, name""",
        {"week": week, "last": last},
    )
    news = []
    for name, _, start, end, places in rows:
        where = f"（{places} 栋楼）" if places else ""
        if start >= week:
            news.append(
                f"{name}{where}{_day(start)}开始"
                + (f"，到 {end} 结束。" if end > last else f"，{_day(end)}结束。" if end > start else "。")
            )
        elif end <= last:
            news.append(f"{name}{where}{_day(end)}结束。")
        elif end - start <= LONG:
            news.append(f"{name}{where}继续，到 {end} 结束。")
    return news


def _day(day: date) -> str:
    return f"周{DAYS[day.weekday()]}（{day:%m-%d}）"


def rises(build: Build, week: date, only: Selection, scope: Scope) -> tuple[tuple[Rise, ...], int]:
    """(rises of the teaching week, how many categories were looked at). Holidays have no teaching week and no rises."""
    years = terms.past_weeks_alike(build, week, YEARS)
    looks = [look for table in TABLES for look in _looks(build, table, years, only, scope)]
    if not looks:
        return (), 0
    seen, usual, past = (np.array([look[name] for look in looks], float) for name in ("seen", "usual", "past"))
    p = many_tests.negative_binomial_more(seen, np.maximum(usual, 0.1), 1 / (1 / np.maximum(past, 1.0) + ORDINARY**2))
    correct = many_tests.adjusted(p)
    sure = [
        look
        for look, chance in zip(looks, correct, strict=True)
        if chance <= LEVEL and look["every"] and look["seen"] >= CLUSTER_FROM * len(look["years"])
    ]
    sure.sort(key=lambda look: -(look["seen"] - look["usual"]))
    number = terms.week(build, week).number
    return tuple(_rise(look, number) for look in sure), len(looks)


def _looks(build: Build, table: str, years: list[date], only: Selection, scope: Scope) -> list[dict]:
    """One look per category: its counts in the same week of earlier years against the weeks around them."""
    first = first_whole_week(build, table) if table in tables.all() else date.max
    around = {year: near for year in years if year >= first and len(near := _around(build, year, first)) == AROUND}
    if len(around) < SEASON_YEARS_FROM:
        return []
    counted = _counted(
        build, table, sorted({week for year, near in around.items() for week in (year, *near)}), only, scope
    )
    looks = []
    for category in sorted({name for name, _ in counted if name}):
        now = {year: counted.get((category, year), 0) for year in around}
        past = {year: sum(counted.get((category, week), 0) for week in near) for year, near in around.items()}
        every = all(now[year] > past[year] / AROUND for year in around)
        looks.append(
            {
                "table": table,
                "category": category,
                "years": now,
                "seen": sum(now.values()),
                "every": every,
                "usual": sum(past.values()) / AROUND,
                "past": sum(past.values()),
            }
        )
    return looks


def _around(build: Build, year: date, first: date) -> list[date]:
    """The four weeks of the same term before it; at a term's beginning the nearest ones after it instead."""
    term = terms.week(build, year).term
    steps = [*range(-1, -AROUND - 1, -1), *range(1, AROUND + 1)]
    near = [year + WEEK * step for step in steps]
    return [week for week in near if week >= first and terms.week(build, week).term == term][:AROUND]


def _counted(build: Build, table: str, weeks: list[date], only: Selection, scope: Scope) -> dict[tuple[str, date], int]:
    fact, bound = tables.get(table), sql.Bound()
    moment = sql.column(table, fact.time)
    conditions = sql.within(moment, Window(weeks[0], weeks[-1] + WEEK), bound)
    conditions += [
        sql.column(table, fact.cohort),
        f"date_trunc('week', {moment})::DATE IN {bound.listed(tuple(weeks))}",
    ]
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    rows = build.rows(
        f"""SELECT {sql.FACT}.category, date_trunc('week', {moment})::DATE, count(*)
            {sql.source(table, bool(only.kinds))} {sql.where(conditions)} GROUP BY 1, 2""",
        bound.values,
    )
    return {(category or "", day.date() if isinstance(day, datetime) else day): n for category, day, n in rows}


def _rise(look: dict, number: int | None) -> Rise:
    noun, title = tables.get(look["table"]).noun, tables.get(look["table"]).title
    years = tuple((f"{year:%Y}", count) for year, count in sorted(look["years"].items()))
    each = "、".join(f"{year} 年 {count} {noun}" for year, count in years)
    usual = look["usual"] / len(years)
    sentence = f"{look['category']}（{title}）：往年第{number}教学周 {each}，前后几周平均每周约 {usual:,.1f} {noun}。"
    return Rise(look["table"], look["category"], years, usual, max(look["years"]), sentence)


def midnight(day: date) -> datetime:
    """The moment a day begins."""
    return datetime.combine(day, time.min)
