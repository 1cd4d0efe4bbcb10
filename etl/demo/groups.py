"""Sources beyond tickets, hazards and drills, a module a group: NAMES and books(…). The order decides nothing but progress."""

from importlib import import_module

MODULES: tuple[str, ...] = (
    "group_incidents",
    "group_ladder",
    "group_grid",
    "group_party",
    "group_party_pairs",
    "group_party_duties",
    "group_services",
    "group_training",
    "group_lessons",
    "group_duty",
)


def groups() -> list:
    """The modules, loaded when the demonstration is drawn and not before."""
    return [import_module(f"etl.demo.{name}") for name in MODULES]
