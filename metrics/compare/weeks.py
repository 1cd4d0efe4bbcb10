"""Which weeks one week may be judged by: whole ones of the same phase, openings with openings, holidays with
holidays."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import takewhile

from metrics.ask import terms
from metrics.ask.reading import known, new_sources
from metrics.ask.window import WEEK
from metrics.define.small_numbers import ALIKE_WEEKS_FROM
from warehouse import Build

BASELINE, LONG_BASELINE, WAVE = 26, 52, 4
LOOK_BACK = 4 * 52
OPENING = 3  # teaching weeks in which everyone moves in


@dataclass(frozen=True)
class Plan:
    """Which weeks a week is judged by. All are Mondays; `days` is how many days of the week count (7 when it is whole).

    `wave` are the last weeks, newest first, that belong to one stretch of the phase: one in a term's first week, four
    later; `years` are the same weeks of earlier years. `stretch` are all weeks of that stretch. `seasonal`: there were
    enough weeks as much of an opening, a holiday or an examination week as this one; without, numbers that follow the
    calendar are not judged.
    """

    week: date
    days: int
    baseline: tuple[date, ...]
    long_baseline: tuple[date, ...]
    recent: tuple[date, ...]
    wave: tuple[date, ...]
    stretch: tuple[date, ...]
    years: tuple[tuple[date, ...], ...]
    seasonal: bool = True


@lru_cache(maxsize=1024)
def plan(build: Build, week: date, first: date, table: str | None = None) -> Plan:
    """The weeks to judge `week` by: whole, since `first`, of the same phase, and where there are enough of them also
    alike in having a public holiday or not, in being among the first three of a term or not (everyone moves in then)
    and in being among the last two or not (examinations)."""
    here = terms.week(build, week)
    until = known.whole_until(build, table) if table else terms.last_whole_day(build) + timedelta(days=1)
    earlier = [terms.week(build, week - WEEK * back) for back in range(1, LOOK_BACK)]
    alike = [one for one in earlier if one.start >= first and one.phase == here.phase]
    usual = alike
    seasonal = True
    for kind in (_is_opening, _has_holiday, lambda one: _is_closing(build, one)):
        same = [one for one in usual if kind(one) == kind(here)]
        seasonal = seasonal and len(same) >= ALIKE_WEEKS_FROM
        usual = same if len(same) >= ALIKE_WEEKS_FROM else usual
    recent = tuple(week - WEEK * back for back in range(WAVE))
    stretch = (
        week,
        *(
            one.start
            for one in takewhile(
                lambda one: (one.phase, one.term) == (here.phase, here.term) and one.start >= first, earlier
            )
        ),
    )
    wave = stretch[:WAVE]
    older = [one.start for one in alike if one.start not in recent]
    years = zip(*(terms.past_weeks_alike(build, start) for start in wave), strict=False)
    complete = max(first, new_sources.whole_since(build, table)) if table else first
    kept = tuple(year for year in years if min(year) >= complete)
    days = min((min(until, week + WEEK) - week).days, 7)
    return Plan(
        week,
        days,
        tuple(one.start for one in usual[:BASELINE]),
        tuple(older[:LONG_BASELINE]),
        recent,
        wave,
        stretch,
        kept,
        seasonal,
    )


def _is_opening(week: terms.Week) -> bool:
    return week.number is not None and week.number <= OPENING


def _is_closing(build: Build, week: terms.Week) -> bool:
    return week.number is not None and terms.week(build, week.start + 2 * WEEK).term != week.term


def _has_holiday(week: terms.Week) -> bool:
    return bool(week.holidays)
