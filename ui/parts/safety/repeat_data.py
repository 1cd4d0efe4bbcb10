"""What 反复与快慢 asks for, kept per build and scope like everything in ui/frame/data.py."""

from datetime import date

import pandas as pd

import warehouse
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.compare import pace
from metrics.places import repeats
from ui.frame.data import cached


@cached
def again(
    build_name: str, table: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> repeats.Again:
    """Rooms where the same category comes again and again; see metrics.places.repeats."""
    return repeats.again(warehouse.get(build_name), table, Window(start, end), selection, scope)


@cached
def chains(
    build_name: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Hazards closed and found again; see metrics.places.repeats."""
    return repeats.chains(warehouse.get(build_name), Window(start, end), selection, scope)


@cached
def faulty(
    build_name: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Equipment faulty at two services or more; see metrics.places.repeats."""
    return repeats.faulty(warehouse.get(build_name), Window(start, end), selection, scope)


@cached
def paces(
    build_name: str, metric_key: str, start: date, end: date, selection: Selection = ALL, scope: Scope = EVERYTHING
) -> pace.Paces:
    """How fast units close; see metrics.compare.pace."""
    return pace.paces(warehouse.get(build_name), metric_key, Window(start, end), "unit", selection, scope)
