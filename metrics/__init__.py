"""The only place where a number is defined or asked for.

from metrics import EVERYTHING, Scope, Selection, Window, catalogue, measure, records
measure(build, "ticket_on_time_rate", Window.last_weeks(build.data_date, 12), by="branch", every="week")

What stands here is found in its room when it is first used: importing the package alone loads nothing heavy. Inside the
product every file names the room itself.
"""

from importlib import import_module
from typing import Any

NAMES = {
    "define.catalogue": ("Metric",),
    "define.errors": ("BadCatalogue", "UnknownName"),
    "ask.measure": ("measure", "total"),
    "ask.records": ("history", "record", "records"),
    "ask.selection": (
        "ALL",
        "DIMENSIONS",
        "EVERYTHING",
        "NOT_FILLED",
        "UNRECOGNISED",
        "VIRTUAL",
        "WEEKDAYS",
        "Dimension",
        "Scope",
        "Selection",
    ),
    "ask.window": ("Window", "monday", "periods"),
}
_HOMES = {name: room for room, names in NAMES.items() for name in names}
__all__ = ["catalogue", *_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"metrics.{_HOMES[name]}"), name)
    if name == "catalogue":
        return import_module("metrics.define.catalogue")
    raise AttributeError(name)
