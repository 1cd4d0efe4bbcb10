"""What the explorer measures, asked once a build and viewer."""

from datetime import date

import warehouse
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.compare import pivot_compare
from metrics.compare.pivot import Pivot, pivot
from metrics.compare.pivot_compare import Sides
from ui.frame.data import cached


@cached
def pivoted(
    build_name: str,
    metric_key: str,
    start: date,
    end: date,
    row: str,
    column: str,
    order: str,
    selection: Selection,
    scope: Scope,
) -> Pivot:
    """metrics.compare.pivot over [start, end)."""
    return pivot(warehouse.get(build_name), metric_key, Window(start, end), row, column, selection, scope, order)


@cached
def two_periods(
    build_name: str,
    metric_key: str,
    start: date,
    end: date,
    base: tuple[date, date],
    name: str,
    word: str,
    by: str,
    selection: Selection,
    scope: Scope,
) -> Sides:
    """metrics.compare.pivot_compare.two_periods of [start, end) against `base`."""
    return pivot_compare.two_periods(
        warehouse.get(build_name), metric_key, Window(start, end), Window(*base), name, word, by, selection, scope
    )


@cached
def two_places(
    build_name: str,
    metric_key: str,
    start: date,
    end: date,
    of: str,
    pair: tuple[str, str],
    by: str,
    selection: Selection,
    scope: Scope,
) -> Sides:
    """metrics.compare.pivot_compare.two_places over [start, end)."""
    return pivot_compare.two_places(
        warehouse.get(build_name), metric_key, Window(start, end), of, pair, by, selection, scope
    )
