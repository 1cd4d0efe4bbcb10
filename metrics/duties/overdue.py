"""Whose overdue it is: open records past their deadline at a week's end, per responsible unit. Page and brief print the
same."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from metrics.ask import arrivals, terms
from metrics.ask.records import records
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.define import catalogue
from warehouse import Build

NOUNS = {"hazard_overdue_open": "隐患", "ticket_overdue_open": "工单"}
COUNTED = {"隐患": "条", "工单": "单"}
NO_UNIT = "未填写"


@dataclass(frozen=True)
class Overdue:
    """`units`: by_unit()'s table, true of the moment `as_of`."""

    units: pd.DataFrame
    as_of: datetime


def standing(build: Build, week: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> Overdue:
    """What is overdue at the end of the week that begins on the Monday `week`, or at the data date while it runs."""
    return Overdue(by_unit(build, week, only, scope), terms.as_of(build, week))


def shown(build: Build) -> dict[str, str]:
    """Metric → noun of those whose export was ever received."""
    return {key: noun for key, noun in NOUNS.items() if not arrivals.missing(build, catalogue.get(key).table)}


def by_unit(build: Build, week: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """One row a unit, most first: unit, then for each noun of shown() its count (int) and 「…最早期限」 (time or NaT).

    Most of all kinds together. Counted at the end of the week that begins on the Monday `week`, never later than the
    data date.
    """
    kinds = shown(build)
    if not kinds:
        return pd.DataFrame()
    table = pd.concat([_of(build, key, noun, week, only, scope) for key, noun in kinds.items()], axis=1)
    counts = list(kinds.values())
    table[counts] = table[counts].fillna(0).astype(int)
    table["all"] = table[counts].sum(axis=1)
    table = table.sort_values(["all", *counts], ascending=False, kind="stable").drop(columns="all")
    return table.rename_axis("unit").reset_index()


def _of(build: Build, key: str, noun: str, week: date, only: Selection, scope: Scope) -> pd.DataFrame:
    window = Window(week, week + WEEK)
    rows, _ = records(build, key, window, only, "part", limit=None, columns=("unit", "due_at"), scope=scope)
    by_unit = rows.assign(unit=rows["unit"].fillna(NO_UNIT)).groupby("unit")["due_at"]
    return by_unit.agg(["size", "min"]).set_axis([noun, f"{noun}最早期限"], axis=1)


def nothing(build: Build, week: date) -> str:
    """What an empty table means."""
    begun = any(arrivals.begun(build, table, week) for table in ("hazards", "tickets"))
    return "没有逾期：所有到期的隐患和工单都已了结。" if begun else "这一周之前还没有数据。"
