"""Counts per week, building, grid, branch and category of one fact table, as arrays: the ground signals stand on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from metrics.ask import sql, terms
from metrics.ask.first_day import first_whole_week
from metrics.ask.measure import measure
from metrics.ask.selection import NOT_FILLED, UNRECOGNISED, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.define import catalogue, tables
from warehouse import Build


@dataclass(frozen=True)
class Counts:
    """`cells`[week, building, category], `by_grid`[week, grid], `by_branch`, `by_category`; `position` finds a week.
    Rows with no place are not in cells; a week without a record has zeros."""

    table: str
    position: dict[date, int]
    buildings: list[str]
    categories: list[str]
    grids: list[str]
    branches: list[str]
    cells: np.ndarray
    by_grid: np.ndarray
    by_branch: np.ndarray
    by_category: np.ndarray

    def rows(self, weeks: tuple[date, ...]) -> list[int]:
        return [self.position[week] for week in weeks]


@lru_cache(maxsize=8)
def counts(build: Build, table: str, days: int, only: Selection, scope: Scope) -> Counts:
    """Every week of one table from its first whole one. With `days` below 7 only so many days of each week count, so
    that an unfinished week is compared with as much of the others. Callers must not change the arrays."""
    facts, bound, first = tables.get(table), sql.Bound(), first_whole_week(build, table)
    moment, last = sql.column(table, facts.time), monday(build.data_date) + WEEK
    conditions = [sql.column(table, facts.cohort), f"{moment} >= {bound(datetime.combine(first, time.min))}"]
    conditions += [
        f"{moment} < {bound(datetime.combine(min(last, terms.last_whole_day(build) + timedelta(days=1)), time.min))}"
    ]
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    if days < 7:
        conditions.append(f"isodow({moment}) <= {bound(days)}")
    frame = build.query(
        f"""SELECT date_trunc('week', {moment})::DATE AS week, {sql.FACT}.building_id AS building,
                   {sql.FACT}.grid_id AS grid, {sql.FACT}.branch_id AS branch,
                   coalesce({sql.FACT}.category, '{NOT_FILLED}') AS category, count(*) AS n
            {sql.source(table, bool(only.kinds))} {sql.where(conditions)} GROUP BY ALL""",
        bound.values,
    )
    return _arrays(table, frame, [first + WEEK * number for number in range((last - first) // WEEK)])


def _arrays(table: str, frame: pd.DataFrame, weeks: list[date]) -> Counts:
    at = np.searchsorted(np.array(weeks, dtype="datetime64[D]"), frame["week"].to_numpy("datetime64[D]"))
    size = frame["n"].to_numpy(float)
    names, codes = {}, {}
    for name in ("building", "grid", "branch", "category"):
        codes[name], names[name] = pd.factorize(frame[name], sort=True)
    placed = codes["building"] >= 0
    cells = np.zeros((len(weeks), len(names["building"]), len(names["category"])))
    np.add.at(cells, (at[placed], codes["building"][placed], codes["category"][placed]), size[placed])
    summed = {}
    for name in ("grid", "branch", "category"):
        summed[name] = np.zeros((len(weeks), len(names[name])))
        placed_here = codes[name] >= 0
        np.add.at(summed[name], (at[placed_here], codes[name][placed_here]), size[placed_here])
    return Counts(
        table,
        {week: number for number, week in enumerate(weeks)},
        list(names["building"]),
        list(names["category"]),
        list(names["grid"]),
        list(names["branch"]),
        cells,
        summed["grid"],
        summed["branch"],
        summed["category"],
    )


@dataclass(frozen=True)
class Series:
    """One metric of whole weeks: part, whole and value[week, member]; `names` are the members, ('',) for the
    undivided."""

    position: dict[date, int]
    names: tuple[str, ...]
    part: np.ndarray
    whole: np.ndarray
    value: np.ndarray

    def rows(self, weeks: Iterable[date]) -> list[int]:
        """Positions of those of the weeks that are on record, in their order."""
        return [self.position[week] for week in weeks if week in self.position]


@lru_cache(maxsize=64)
def series(build: Build, metric_key: str, by: str | None, only: Selection, scope: Scope) -> Series:
    """measure() by weeks from the first whole one to the last whole one, unrecognised places left out. Arrays are not
    to be changed."""
    metric = catalogue.get(metric_key)
    first, last = first_whole_week(build, metric.table), terms.last_whole_week(build).end
    if first >= last:
        return Series({}, (), *(np.zeros((0, 0)) for _ in range(3)))
    frame = measure(build, metric, Window(first, last), by, "week", only, scope)
    if by:
        frame = frame[frame[by] != UNRECOGNISED]
    names = tuple(sorted(frame[by].unique())) if by else ("",)
    weeks = [first + WEEK * number for number in range((last - first) // WEEK)]
    at = np.searchsorted(np.array(weeks, dtype="datetime64[D]"), frame["period"].to_numpy("datetime64[D]"))
    member = np.searchsorted(np.array(names), frame[by].to_numpy(str)) if by else np.zeros(len(frame), dtype=int)
    arrays = []
    for name in ("part", "whole", "value"):
        values = np.full((len(weeks), len(names)), np.nan if name == "value" else 0.0)
        values[at, member] = frame[name].to_numpy(float)
        arrays.append(values)
    return Series({week: number for number, week in enumerate(weeks)}, names, *arrays)
