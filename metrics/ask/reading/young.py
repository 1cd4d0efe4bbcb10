"""Since when a school with little history can have what rests on history: said in one sentence, until all of it has
begun."""

from datetime import date, timedelta

from metrics.ask import arrivals, terms
from metrics.ask.first_day import first_day, first_whole_week
from metrics.ask.window import WEEK
from metrics.define.small_numbers import FORECAST_WEEKS_FROM
from metrics.methods.spc import VERDICT_FROM
from warehouse import Build

TABLES = ("tickets", "hazards", "incidents")
YEAR = timedelta(weeks=52)
NEEDS = (("预计", WEEK * FORECAST_WEEKS_FROM), ("控制界限", WEEK * VERDICT_FROM), ("与上年同一教学周比", YEAR))


def first_week(build: Build) -> date:
    """Monday of the first week that the records of what happens can hold whole; date.max without any."""
    return min(first_whole_week(build, table) for table in TABLES)


def sentence(build: Build) -> str:
    """「记录从 2026-08-31 起，共 3 个整周：控制界限最早从 10-26 起，与上年同一教学周比最早从
    2027-08-30 起；…」; '' once all of it has begun."""
    first, now = first_week(build), terms.last_whole_week(build).end
    if first == date.max:
        return "还没有收到工单、隐患和案事件的记录：先装载一份导出，才有数字；满几周以后才有预计、控制界限和同期比较。"
    coming = [(what, first + needed) for what, needed in NEEDS if first + needed > now]
    if not coming:
        return ""
    begun = min(first_day(build, table) for table in TABLES)
    told = "，".join(f"{what}最早从 {terms.day_words(build, day)} 起" for what, day in coming)
    whole = max((now - first) // WEEK, 0)
    return f"记录从 {begun} 起，{f'共 {whole} 个整周' if whole else '还不满一周'}：{told}。"


def meeting_week(build: Build) -> date:
    """Monday of the week a meeting is about: the last whole one, or the one that runs where no record is older."""
    whole = terms.last_whole_week(build).start
    begun = any(arrivals.begun(build, table, whole) for table in TABLES)
    return whole if begun or first_week(build) == date.max else terms.newest_week(build).start
