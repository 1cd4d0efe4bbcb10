"""What most pages ask, kept as ui/frame/cache.py says; what one page alone asks stands beside that page's parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from metrics.ask import record_related
from metrics.ask.measure import measure
from metrics.ask.records import record, records
from metrics.ask.selection import ALL, EVERYTHING, NOT_FILLED, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.compare import compare, excess, tiles
from metrics.compare import recent as judged
from metrics.define import catalogue
from metrics.define import tables as known_tables
from metrics.signals import signals
from ui.frame.cache import cached
from warehouse import Build, tables


@cached
def measured(
    build: Build,
    metric_key: str,
    window: Window,
    by: str | tuple[str, ...] | None = None,
    every: str | None = None,
    selection: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """metrics.ask.measure over [start, end): columns period?, <by…>?, part, whole, value, complete (p90 for
    durations)."""
    return measure(build, catalogue.get(metric_key), window, by=by, every=every, only=selection, scope=scope)


@cached
def expected(
    build: Build,
    metric_key: str,
    window: Window,
    by: str | tuple[str, ...],
    basis: str = "table",
    selection: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """metrics.compare.excess.expected over [start, end): <by…>, observed, expected, excess, ratio, p, p_adjusted,
    significant."""
    return excess.expected(build, metric_key, window, by, selection, scope, basis)


@partial(cached, most=200)
def listed(
    build: Build,
    what: str,
    window: Window | None,
    selection: Selection = ALL,
    which: str = "whole",
    by_values: tuple[tuple[str, str], ...] = (),
    limit: int | None = 100,
    offset: int = 0,
    order: str | None = None,
    text: str = "",
    columns: tuple[str, ...] | None = None,
    scope: Scope = EVERYTHING,
    same: tuple[tuple[str, str], ...] = (),
) -> tuple[pd.DataFrame, int]:
    """metrics.ask.records: (one page of rows, how many there are) behind a metric or of a table; no window without
    days."""
    return records(
        build,
        what,
        window,
        selection,
        which,
        dict(by_values),
        limit=limit,
        offset=offset,
        order=order,
        text=text,
        columns=columns,
        scope=scope,
        same=dict(same),
    )


@cached
def related(build: Build, table: str, record_id: str, scope: Scope = EVERYTHING) -> tuple[record_related.Related, ...]:
    """metrics.ask.record_related of one record."""
    return record_related.related(build, table, record(build, table, record_id, scope), scope)


recent = cached(judged.recent)
tile = cached(tiles.tile)
compared = cached(compare.offered)
weekly_signals = cached(signals.weekly)


@cached
def composed(
    build: Build,
    what: str,
    week: date,
    selection: Selection,
    scope: Scope,
    ledger_position: int,
    _compose: Callable[[], object],
) -> object:
    """A document's content (reports/), composed once for what is asked; `ledger_position` changes when somebody
    writes down more."""
    return _compose()


@cached
def health(build: Build, name: str) -> pd.DataFrame:
    """One small table of the build: sources, files, rejects, warnings, places, buildings, grids, branches, calendar,
    events."""
    return tables.table(build, name)


@dataclass(frozen=True)
class Options:
    """What a reader may choose from: per field of Filters the ids in natural order, and every id's name."""

    ids: dict[str, tuple[str, ...]]
    names: dict[str, str]
    every_category: frozenset[str] = frozenset()

    @property
    def existing(self) -> dict[str, frozenset[str]]:
        """What a link may ask for: categories of every table, whatever this page offers."""
        return {field: frozenset(values) for field, values in self.ids.items()} | {"categories": self.every_category}


@cached
def options(build: Build, scope: Scope = EVERYTHING, facts: tuple[str, ...] = tables.CATEGORIES_OF) -> Options:
    """Places in the school's own order, then 未识别 for what has none; the categories of `facts` by frequency, then
    未填写."""
    ids: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for field, key in (("buildings", "building_id"), ("grids", "grid_id"), ("branches", "branch_id")):
        frame = health(build, field).sort_values("sort_order", kind="stable")
        ids[field] = (*frame[key], UNRECOGNISED)
        names |= dict(zip(frame[key], frame["name"], strict=True))
    ids["categories"] = tuple(dict.fromkeys((*tables.categories(build, facts), NOT_FILLED)))
    return Options(ids, names, frozenset((*tables.categories(build, known_tables.of(build)), NOT_FILLED)))


@cached
def weeks(build: Build) -> pd.DataFrame:
    """One row a calendar week: week_start (date), term_id, teaching_week, phase, holiday; from the school's
    calendar."""
    calendar = health(build, "calendar")
    calendar = calendar.assign(week_start=pd.to_datetime(calendar["week_start"]).dt.date)
    return calendar.groupby("week_start", as_index=False)[["term_id", "teaching_week", "phase", "holiday"]].first()


@cached
def notes_by_source(build: Build) -> pd.DataFrame:
    """Sources with something to say: source, title, is_stale, is_missing, rejected rows, warnings; one row each."""
    sources = health(build, "sources")
    counts = {
        "rejects": health(build, "rejects").groupby("source").size(),
        "warnings": health(build, "warnings").groupby("source").size(),
    }
    for name, count in counts.items():
        sources[name] = sources["source"].map(count).fillna(0).astype(int)
    sources["has_notes"] = (
        sources["is_stale"] | sources["is_missing"] | (sources["rejects"] > 0) | (sources["warnings"] > 0)
    )
    return sources
