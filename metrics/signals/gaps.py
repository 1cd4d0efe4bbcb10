"""Rare events come closer together: gaps between the last cases of a place or a category, counted in all other records.

A series too rare for a weekly chart (XmR) is judged case by case, as a g chart is (Benneyan 2001): how many other
records lay between its cases. Counted so, a holiday or a busy week lengthens and shortens nothing. The last four gaps
are taken together (the t_r chart of Xie, Goh & Ranjan 2002): one short gap says little, four short ones say much.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

import numpy as np
import pandas as pd

from metrics.ask import sql
from metrics.ask.selection import NOT_FILLED, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare.weeks import Plan
from metrics.define import tables
from metrics.methods import many_tests
from metrics.signals.bursts import Closer
from metrics.signals.findings import LEVEL, NOTHING, Family, corrected, count_of, widened
from warehouse import Build

GAPS = 4
RARE = 1.5  # cases a week; above that the weekly charts see more
PRIOR = 0.5  # cases a new series is given in advance, at the common rate
BACK = 2 * 52  # weeks of history
SHORTEST = 26  # weeks of history below which no rate is known


@dataclass(frozen=True)
class Events:
    """All cases of a table in order of time; `cell` and `category` number each case's series (−1: none)."""

    at: np.ndarray
    cell: np.ndarray
    category: np.ndarray
    cells: list[tuple[str, str]]
    categories: list[str]


@lru_cache(maxsize=8)
def events(build: Build, table: str, only: Selection, scope: Scope) -> Events:
    """Every case the viewer may see, once, in order."""
    fact, bound = tables.get(table), sql.Bound()
    moment = sql.column(table, fact.time)
    conditions = [
        sql.column(table, fact.cohort),
        f"{moment} IS NOT NULL",
        *sql.selected(only, bound),
        *sql.visible(scope, bound),
    ]
    frame = build.query(
        f"""SELECT {moment} AS moment, {sql.FACT}.building_id AS building,
                   coalesce({sql.FACT}.category, '{NOT_FILLED}') AS category
            {sql.source(table, bool(only.kinds))} {sql.where(conditions)} ORDER BY moment, {sql.FACT}.{fact.id}""",
        bound.values,
    )
    category, categories = pd.factorize(frame["category"], sort=True)
    building, buildings = pd.factorize(frame["building"], sort=True)
    joint = np.where(building >= 0, building * max(len(categories), 1) + category, -1)
    cell, kept = pd.factorize(joint, sort=True)
    names = [
        (buildings[code // len(categories)], categories[code % len(categories)]) if code >= 0 else ("", "")
        for code in kept
    ]
    return Events(
        frame["moment"].to_numpy("datetime64[s]"), np.where(joint < 0, -1, cell), category, names, list(categories)
    )


def closer(build: Build, table: str, plan: Plan, first: date, only: Selection, scope: Scope) -> list[Family]:
    """Two families: places × categories, and categories of the whole campus, of which a case came in the plan's
    week."""
    if (plan.week - first) // WEEK < SHORTEST:
        return []
    every = events(build, table, only, scope)
    begin = np.datetime64(datetime.combine(max(first, plan.week - BACK * WEEK), time.min))
    start, end = np.searchsorted(every.at, [begin, np.datetime64(datetime.combine(plan.week + WEEK, time.min))])
    fresh = int(np.searchsorted(every.at, np.datetime64(datetime.combine(plan.week, time.min))))
    places = [{"building": building, "category": category} for building, category in every.cells]
    categories = [{"category": category} for category in every.categories]
    return [
        _family(table, series[start:end], every.at[start:end], fresh - start, names, plan.week)
        for series, names in ((every.cell, places), (every.category, categories))
    ]


def _family(table: str, series: np.ndarray, at: np.ndarray, fresh: int, names: list[dict], week: date) -> Family:
    """Series with a case from position `fresh` on, at least GAPS + 1 cases and rare before them."""
    order = np.argsort(series, kind="stable")
    sizes = np.bincount(series[series >= 0], minlength=len(names))
    ends = np.searchsorted(series[order], np.arange(len(names)), side="right")
    looks = [
        (one, order[ends[one] - GAPS - 1], order[ends[one] - 1])
        for one in np.flatnonzero(sizes > GAPS)
        if order[ends[one] - 1] >= fresh
    ]
    if not looks:
        return NOTHING
    which, opened, last = (np.array(column) for column in zip(*looks, strict=True))
    # cases and records up to the beginning of the five, that one aside
    past, before = sizes[which] - GAPS - 1.0, opened + 1.0
    weeks = np.maximum((at[opened] - at[0]) / np.timedelta64(7, "D"), 1.0)
    common = sizes[sizes > 0].mean() / max(len(series), 1)
    rate = (past + PRIOR) / (before + PRIOR / common)
    expected = rate * (last - opened)
    p = np.where(
        past / weeks < RARE,
        many_tests.negative_binomial_more(np.full(len(which), float(GAPS)), expected, widened(past + PRIOR)),
        np.nan,
    )
    correct = many_tests.adjusted(p)
    closer_now = []
    for n in np.flatnonzero(np.nan_to_num(correct, nan=1.0) <= LEVEL):
        start, end = (at[place[n]].astype("datetime64[D]") for place in (opened, last))
        # on those days, as the records behind it will show
        cases = int(np.sum((series == which[n]) & (at >= start) & (at < end + 1)))
        window = Window(start.astype(date), (end + 1).astype(date))
        back = (week - monday(window.start)).days // 7 + 1
        closer_now.append(
            Closer(
                count_of(table),
                names[which[n]],
                float(GAPS),
                float(expected[n]),
                float(p[n]),
                float(correct[n]),
                back,
                cases=cases,
                span=window,
                every=float(weeks[n] * 7 / past[n]) if past[n] else None,
            )
        )
    return corrected(closer_now, int(np.isfinite(p).sum()))
