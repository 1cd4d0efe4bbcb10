"""The one way of caching (`cached`), and what most pages ask for; a page's own questions stand in its *_data.py. Every key starts with the build's name and carries the viewer's scope; callers get copies.

Arguments are short and frozen (names, days, a Selection of ids): a build never changes, so an entry is true for as long
as it is kept, and nobody else's rights can answer a question because the scope is part of the question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

import warehouse
from metrics.ask import record_related
from metrics.ask.measure import measure
from metrics.ask.records import record, records
from metrics.ask.selection import ALL, EVERYTHING, NOT_FILLED, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.campaigns import campaign, effect
from metrics.compare import compare, excess, tiles
from metrics.compare.comparison import Comparison
from metrics.compare.recent import Recent
from metrics.compare.recent import recent as judge
from metrics.define import catalogue
from metrics.define import tables as known_tables
from metrics.duties import grid_work, rare_events, streaks
from metrics.duties import ladder as ladders
from metrics.duties.red_lines import RedLines
from metrics.duties.red_lines import red_lines as crossed
from metrics.signals import signals
from metrics.signals.signal import Signals
from warehouse import tables

cached = st.cache_data(max_entries=1000, show_spinner=False)


@cached
def measured(
    build_name: str,
    metric_key: str,
    start: date,
    end: date,
    by: str | tuple[str, ...] | None = None,
    every: str | None = None,
    selection: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """metrics.ask.measure over [start, end): columns period?, <by…>?, part, whole, value, complete (p90 for durations)."""
    build, window = warehouse.get(build_name), Window(start, end)
    return measure(build, catalogue.get(metric_key), window, by=by, every=every, only=selection, scope=scope)


@cached
def expected(
    build_name: str,
    metric_key: str,
    start: date,
    end: date,
    by: str | tuple[str, ...],
    basis: str = "table",
    selection: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """metrics.compare.excess.expected over [start, end): <by…>, observed, expected, excess, ratio, p, p_adjusted, significant."""
    return excess.expected(warehouse.get(build_name), metric_key, Window(start, end), by, selection, scope, basis)


@st.cache_data(max_entries=200, show_spinner=False)
def listed(
    build_name: str,
    what: str,
    start: date | None,
    end: date | None,
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
    """metrics.ask.records: (one page of rows, how many there are) behind a metric or of a table; no window without days."""
    build = warehouse.get(build_name)
    window = Window(start, end) if start and end else None
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
def related(
    build_name: str, table: str, record_id: str, scope: Scope = EVERYTHING
) -> tuple[record_related.Related, ...]:
    """metrics.ask.record_related of one record."""
    build = warehouse.get(build_name)
    return record_related.related(build, table, record(build, table, record_id, scope), scope)


COMPARISONS = (compare.previous, compare.same_teaching_week)


@cached
def compared(
    build_name: str, metric_key: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> tuple[Comparison, ...]:
    """环比 and 同比 of one metric over [start, end)."""
    build, window = warehouse.get(build_name), Window(start, end)
    return tuple(ask(build, catalogue.get(metric_key), window, selection, scope) for ask in COMPARISONS)


@cached
def composed(
    build_name: str,
    what: str,
    week: date,
    selection: Selection,
    scope: Scope,
    ledger_position: int,
    _compose: Callable[[], object],
) -> object:
    """A document's content (reports/), composed once for what is asked; `ledger_position` changes when somebody writes down more."""
    return _compose()


@cached
def recent(
    build_name: str, metric_key: str, week: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> Recent:
    """One metric's week against the weeks it may be judged by; see metrics.compare.recent."""
    return judge(warehouse.get(build_name), metric_key, week, selection, scope)


@cached
def tile(
    build_name: str, metric_key: str, week: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> tiles.Tile:
    """What is said of one metric in one week; see metrics.compare.tiles."""
    return tiles.tile(warehouse.get(build_name), metric_key, week, selection, scope)


@cached
def weekly_signals(build_name: str, week: date, selection: Selection = ALL, scope: Scope = EVERYTHING) -> Signals:
    """The few things of one week that are not noise; see metrics.signals.signals."""
    return signals.weekly(warehouse.get(build_name), week, selection, scope)


@cached
def red_lines(build_name: str, week: date, selection: Selection = ALL, scope: Scope = EVERYTHING) -> RedLines:
    """What crossed a red line in one week or is still open; see metrics.duties.red_lines."""
    return crossed(warehouse.get(build_name), week, selection, scope)


@cached
def health(build_name: str, name: str) -> pd.DataFrame:
    """One small table of the build: sources, files, rejects, warnings, places, buildings, grids, branches, calendar, events."""
    return tables.table(warehouse.get(build_name), name)


@dataclass(frozen=True)
class Options:
    """What a reader may choose from: per field of Filters the ids in natural order, and every id's name."""

    ids: dict[str, tuple[str, ...]]
    names: dict[str, str]
    every_category: frozenset[str] = frozenset()

    @property
    def known(self) -> dict[str, frozenset[str]]:
        """What a link may ask for: categories of every table, whatever this page offers."""
        return {field: frozenset(values) for field, values in self.ids.items()} | {"categories": self.every_category}


@cached
def options(build_name: str, scope: Scope = EVERYTHING, facts: tuple[str, ...] = tables.CATEGORIES_OF) -> Options:
    """Places in the school's own order, then 未识别 for what has none; the categories of `facts` by frequency, then 未填写."""
    build = warehouse.get(build_name)
    ids: dict[str, tuple[str, ...]] = {}
    names = {}
    for field, key in (("buildings", "building_id"), ("grids", "grid_id"), ("branches", "branch_id")):
        frame = health(build_name, field).sort_values("sort_order", kind="stable")
        ids[field] = (*frame[key], UNRECOGNISED)
        names |= dict(zip(frame[key], frame["name"], strict=True))
    ids["categories"] = tuple(dict.fromkeys((*tables.categories(build, facts), NOT_FILLED)))
    return Options(ids, names, frozenset((*tables.categories(build, known_tables.of(build)), NOT_FILLED)))


@cached
def weeks(build_name: str) -> pd.DataFrame:
    """One row a calendar week: week_start (date), term_id, teaching_week, phase, holiday; from the school's calendar."""
    calendar = health(build_name, "calendar")
    calendar = calendar.assign(week_start=pd.to_datetime(calendar["week_start"]).dt.date)
    return calendar.groupby("week_start", as_index=False)[["term_id", "teaching_week", "phase", "holiday"]].first()


@cached
def notes_by_source(build_name: str) -> pd.DataFrame:
    """Sources with something to say: source, title, is_stale, is_missing, rejected rows, warnings; one row each."""
    sources = health(build_name, "sources")
    counts = {
        "rejects": health(build_name, "rejects").groupby("source").size(),
        "warnings": health(build_name, "warnings").groupby("source").size(),
    }
    for name, count in counts.items():
        sources[name] = sources["source"].map(count).fillna(0).astype(int)
    sources["has_notes"] = (
        sources["is_stale"] | sources["is_missing"] | (sources["rejects"] > 0) | (sources["warnings"] > 0)
    )
    return sources


@cached
def grid_duties(
    build_name: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """metrics.duties.grid_work.duties: visits by grid and duty."""
    return grid_work.duties(warehouse.get(build_name), Window(start, end), selection, scope)


@cached
def grids_at_work(
    build_name: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """metrics.duties.grid_work.grids: one row a grid."""
    return grid_work.grids(warehouse.get(build_name), Window(start, end), selection, scope)


@cached
def evaluations(build_name: str, scope: Scope = EVERYTHING) -> list[effect.Evaluation]:
    """metrics.campaigns.effect: every campaign with what it changed, newest first."""
    build = warehouse.get(build_name)
    return [effect.evaluate(build, one, scope) for one in campaign.campaigns(build, scope)]


@cached
def zero_streaks(build_name: str, scope: Scope = EVERYTHING) -> tuple[streaks.Streak, ...]:
    """metrics.duties.streaks as of the data date."""
    return streaks.streaks(warehouse.get(build_name), None, scope)


@cached
def rare_categories(build_name: str, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Categories of incidents rare enough to be told by the days between them, with their counts."""
    return rare_events.categories(warehouse.get(build_name), None, scope)


@cached
def rare_event(build_name: str, category: str, scope: Scope = EVERYTHING) -> rare_events.Rare | None:
    """metrics.duties.rare_events.between of one category as of the data date."""
    return rare_events.between(warehouse.get(build_name), category, None, scope)


@cached
def ladder(
    build_name: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> ladders.Ladder:
    """metrics.duties.ladder of what was raised over [start, end)."""
    return ladders.ladder(warehouse.get(build_name), Window(start, end), selection, scope)
