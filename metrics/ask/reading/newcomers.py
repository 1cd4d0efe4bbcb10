"""Kinds of work logged, and systems exported, only since the base period began: more of them is a longer list, not
more work, so they enter no comparison with it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from metrics.ask import sql
from metrics.ask.reading import new_sources
from metrics.ask.reading.new_sources import Begun
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


@dataclass(frozen=True)
class Newcomers:
    """`kinds`: logged only since the base period began, `sources`: titles of exports that began since; `only`: the
    filters that leave the rest; `alone`: no rest is left."""

    kinds: tuple[str, ...]
    only: Selection
    alone: bool = False
    sources: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.kinds, *self.sources)

    def words(self, name: str) -> str:
        """「夜间巡查、防火巡查今年新增，不作同比」"""
        when = "今年新增" if name == "同比" else "是新登记的"
        return f"{'、'.join(self.names)}{when}，不作{name if name in ('同比', '环比') else '比较'}"

    def left_out(self, name: str) -> str:
        """「（不含今年新增的夜间巡查、防火巡查）」 beside a change; '' where nothing is left out."""
        if not self.names:
            return ""
        named = "、".join(self.names) if len(self.names) <= 2 else f"{len(self.names)} 类"
        return f"（不含{'今年新增' if name == '同比' else '新登记'}的{named}）"


def newcomers(build: Build, metric: Metric, base: Window, only: Selection) -> Newcomers:
    """The kinds and exports to leave out where others came in both periods."""
    if metric.table not in build.tables:
        return Newcomers((), only)
    kinds = _new_kinds(build, metric.table, base.start, only)
    if kinds.alone:
        return kinds
    came = {
        name: one
        for name, one in new_sources.sources(build, metric.table).items()
        if not (kinds.only.categories and one.kinds) or one.kinds & set(kinds.only.categories)
    }
    new = {name: one.title for name, one in came.items() if one.is_new_after(base.start)}
    if not new:
        return kinds
    alone = len(new) == len(came)
    return replace(
        kinds,
        only=only if alone else replace(kinds.only, not_from=tuple(new)),
        alone=alone,
        sources=tuple(new.values()),
    )


def _new_kinds(build: Build, table: str, start: date, only: Selection) -> Newcomers:
    begun = _begun(build, table) if table in TABLES else {}
    asked = only.categories or (*begun, NOT_FILLED)
    new = tuple(kind for kind in asked if kind in begun and begun[kind].is_new_after(start))
    if not new:
        return Newcomers((), only)
    rest = tuple(kind for kind in asked if kind not in new)
    alone = not any(kind in begun for kind in rest)
    return Newcomers(new, only if alone else replace(only, categories=rest), alone)


@lru_cache(maxsize=64)
def _begun(build: Build, table: str) -> dict[str, Begun]:
    moment = sql.column(table, tables.get(table).time)
    rows = build.rows(
        f"""SELECT {sql.column(table, "category")} AS kind, min({moment})::TIMESTAMP AS first, max({moment})::TIMESTAMP,
                   count(*)
            {sql.source(table, False)}
            WHERE category IS NOT NULL AND {moment} <= TIMESTAMP '{build.data_date:%Y-%m-%d %H:%M:%S}'
            GROUP BY 1 ORDER BY first DESC, kind"""
    )
    return {kind: new_sources.begun(build, table, *more) for kind, *more in rows}
