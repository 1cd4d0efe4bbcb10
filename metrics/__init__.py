"""The only place where a number is defined or asked for.

from metrics import EVERYTHING, Scope, Selection, Window, catalogue, measure, records
measure(build, "ticket_on_time_rate", Window.last_weeks(build.data_date, 12), by="branch", every="week")
"""

from metrics import catalogue, compare, excess, explain, members, numbers, signals, span, tables, terms
from metrics.catalogue import Metric
from metrics.errors import BadCatalogue, UnknownName
from metrics.measure import measure, total
from metrics.records import history, record, records
from metrics.selection import (
    ALL,
    DIMENSIONS,
    EVERYTHING,
    NOT_FILLED,
    UNRECOGNISED,
    VIRTUAL,
    WEEKDAYS,
    Dimension,
    Scope,
    Selection,
)
from metrics.window import Window, monday, periods

__all__ = [
    "ALL",
    "DIMENSIONS",
    "EVERYTHING",
    "NOT_FILLED",
    "UNRECOGNISED",
    "VIRTUAL",
    "WEEKDAYS",
    "BadCatalogue",
    "Dimension",
    "Metric",
    "Scope",
    "Selection",
    "UnknownName",
    "Window",
    "catalogue",
    "compare",
    "excess",
    "explain",
    "history",
    "measure",
    "members",
    "monday",
    "numbers",
    "periods",
    "record",
    "records",
    "signals",
    "span",
    "tables",
    "terms",
    "total",
]
