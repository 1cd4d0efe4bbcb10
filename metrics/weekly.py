"""Counts per week, building, grid and category of one fact table, as arrays: one statement, the ground signals stand on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from metrics import sql, tables, terms
from metrics.selection import Scope, Selection
from metrics.window import WEEK, Window
from warehouse import Build

BASELINE, LONG_BASELINE, WAVE = 26, 52, 4
LOOK_BACK = 4 * 52
OPENING = 3  # teaching weeks in which everyone moves in
ENOUGH = 8


@dataclass(frozen=True)
class Plan:
    """Which weeks a week is judged by. All are Mondays; `days` is how many days of the week count (7 when it is whole)."""

    week: date
    days: int
    baseline: tuple[date, ...]
    long_baseline: tuple[date, ...]
    recent: tuple[date, ...]
    years: tuple[tuple[date, ...], ...]

    @property
    def weeks(self) -> list[date]:
        """Every week needed, once, in order."""
        past = [start for year in self.years for start in year]
        return sorted({self.week, *self.baseline, *self.long_baseline, *self.recent, *past})


def plan(build: Build, week: date, first: date) -> Plan:
    """The weeks to judge `week` by: whole, since `first`, of the same phase, and where there are enough of them also alike
    in having a public holiday or not and in being among the first three of a term or not (everyone moves in then)."""
    here = terms.week(build, week)
    whole_until = terms.last_whole_day(build) + timedelta(days=1)
    earlier = (terms.week(build, week - WEEK * back) for back in range(1, LOOK_BACK))
    alike = [one for one in earlier if one.start >= first and one.phase == here.phase]
    usual = alike
    for kind in (_is_opening, _has_holiday):
        same = [one for one in usual if kind(one) == kind(here)]
        usual = same if len(same) >= ENOUGH else usual
    recent = tuple(week - WEEK * back for back in range(WAVE))
    older = [one.start for one in alike if one.start not in recent]
    years = zip(*(terms.past_weeks_alike(build, start) for start in recent), strict=False)
    kept = tuple(year for year in years if min(year) >= first)
    days = min((min(whole_until, week + WEEK) - week).days, 7)
    return Plan(week, days, tuple(one.start for one in usual[:BASELINE]), tuple(older[:LONG_BASELINE]), recent, kept)


def _is_opening(week: terms.Week) -> bool:
    return week.number is not None and week.number <= OPENING


def _has_holiday(week: terms.Week) -> bool:
    return bool(week.holidays)


@dataclass(frozen=True)
class Counts:
    """`cells`[week, building, category] and `grids`[week, grid]; `position` finds a week. Rows with no place are not in cells."""

    table: str
    position: dict[date, int]
    buildings: list[str]
    categories: list[str]
    grids: list[str]
    cells: np.ndarray
    by_grid: np.ndarray
    by_category: np.ndarray

    def rows(self, weeks: tuple[date, ...]) -> list[int]:
        return [self.position[week] for week in weeks]


def counts(build: Build, table: str, wanted: Plan, only: Selection, scope: Scope) -> Counts:
    """Read the planned weeks of one table; in an unfinished week only the weekdays that are over count, in every week."""
    weeks, known, bound = wanted.weeks, tables.get(table), sql.Bound()
    time = sql.column(table, known.time)
    last = datetime.combine(wanted.week + timedelta(days=wanted.days), datetime.min.time())
    conditions = sql.within(time, Window(weeks[0], weeks[-1] + WEEK), bound)
    conditions += [f"{time} < {bound(last)}", sql.column(table, known.cohort)]
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    if wanted.days < 7:
        conditions.append(f"isodow({time}) <= {bound(wanted.days)}")
    frame = build.query(
        f"""SELECT date_trunc('week', {time})::DATE AS week, {sql.FACT}.building_id AS building, {sql.FACT}.grid_id AS grid,
                   coalesce({sql.FACT}.category, '') AS category, count(*) AS n
            {sql.source(table, bool(only.kinds))} {sql.where(conditions)} GROUP BY 1, 2, 3, 4""",
        bound.values,
    )
    return _arrays(table, frame, weeks)


def _arrays(table: str, frame: pd.DataFrame, weeks: list[date]) -> Counts:
    position = {week: number for number, week in enumerate(weeks)}
    starts = np.array(weeks, dtype="datetime64[D]")
    found = frame["week"].to_numpy("datetime64[D]")
    at = np.searchsorted(starts, found)
    at[at == len(starts)] = 0
    kept = starts[at] == found
    frame, at = frame[kept], at[kept]
    size = frame["n"].to_numpy(float)
    building, buildings = pd.factorize(frame["building"], sort=True)
    category, categories = pd.factorize(frame["category"], sort=True)
    grid, grids = pd.factorize(frame["grid"], sort=True)
    cells = np.zeros((len(weeks), len(buildings), len(categories)))
    by_grid, by_category = np.zeros((len(weeks), len(grids))), np.zeros((len(weeks), len(categories)))
    placed, gridded = building >= 0, grid >= 0
    np.add.at(cells, (at[placed], building[placed], category[placed]), size[placed])
    np.add.at(by_grid, (at[gridded], grid[gridded]), size[gridded])
    np.add.at(by_category, (at, category), size)
    return Counts(table, position, list(buildings), list(categories), list(grids), cells, by_grid, by_category)
