"""Kinds of work logged only since the base period began: more of them is a longer list, not more work, so they enter no
comparison with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

import pandas as pd

from metrics.ask import sql
from metrics.ask.first_day import first_day
from metrics.ask.selection import NOT_FILLED, Selection
from metrics.ask.window import Window
from metrics.define import tables
from metrics.define.catalogue import Metric
from warehouse import Build

TABLES = (
    "duty_shifts",
    "inspections",
    "obligations",
    "services",
    "activities",
    "grid_visits",
    "drills",
    "visits",
    "lessons",
    "trainings",
    "fraud_outreach",
)  # their category is the kind of work that is logged; that of a ticket or an incident is what happened
MISSED = 30  # so many would have been logged before the first, had it been logged at its own rate: it was not


@dataclass(frozen=True)
class Newcomers:
    """`kinds`: logged only since the base period began; `only`: the filters that leave the rest; `alone`: no rest is
    left."""

    kinds: tuple[str, ...]
    only: Selection
    alone: bool = False

    def words(self, name: str) -> str:
        """「夜间巡查、防火巡查今年新增，不作同比」"""
        when = "今年新增" if name == "同比" else "是新登记的"
        return f"{'、'.join(self.kinds)}{when}，不作{name if name in ('同比', '环比') else '比较'}"

    def left_out(self, name: str) -> str:
        """「（不含今年新增的夜间巡查、防火巡查）」 beside a change; '' where nothing is left out."""
        if not self.kinds:
            return ""
        named = "、".join(self.kinds) if len(self.kinds) <= 2 else f"{len(self.kinds)} 类"
        return f"（不含{'今年新增' if name == '同比' else '新登记'}的{named}）"


def newcomers(build: Build, metric: Metric, base: Window, only: Selection) -> Newcomers:
    """The kinds to leave out where others were logged in both periods."""
    if metric.table not in TABLES or metric.table not in build.tables:
        return Newcomers((), only)
    begun = _begun(build, metric.table)
    asked = only.categories or (*begun, NOT_FILLED)
    new = tuple(kind for kind in asked if kind in begun and begun[kind].is_new_after(base.start))
    if not new:
        return Newcomers((), only)
    rest = tuple(kind for kind in asked if kind not in new)
    alone = not any(kind in begun for kind in rest)
    return Newcomers(new, only if alone else replace(only, categories=rest), alone)


@dataclass(frozen=True)
class Begun:
    """`missed`: how many would have come before the first one at the rate since."""

    first: date
    missed: float

    def is_new_after(self, start: date) -> bool:
        return self.first > start and self.missed >= MISSED


@lru_cache(maxsize=64)
def _begun(build: Build, table: str) -> dict[str, Begun]:
    moment = sql.column(table, tables.get(table).time)
    frame = build.query(
        f"""SELECT {sql.column(table, "category")} AS kind, min({moment}) AS first, count(*) AS n
            {sql.source(table, False)}
            WHERE category IS NOT NULL AND {moment} <= TIMESTAMP '{build.data_date:%Y-%m-%d %H:%M:%S}'
            GROUP BY 1 ORDER BY first DESC, kind"""
    )
    start = datetime.combine(first_day(build, table), time.min) if len(frame) else build.data_date

    def begun(first: pd.Timestamp, count: int) -> Begun:
        since = max((build.data_date - first.to_pydatetime()).days, 1)
        return Begun(first.date(), count / since * max((first.to_pydatetime() - start).days, 0))

    return {row.kind: begun(pd.Timestamp(row.first), row.n) for row in frame.itertuples()}
