"""Sources beyond tickets, hazards and drills, a module a group: NAMES and books(…). The order decides nothing but
progress."""

from importlib import import_module

MODULES: tuple[str, ...] = (
    "incidents.incidents",
    "community.ladder",
    "community.grid",
    "party.branches",
    "party.pairs",
    "party.duties",
    "services.services",
    "training.posts",
    "training.lessons",
    "duty.duty",
)


def groups() -> list:
    """The modules, loaded when the demonstration is drawn and not before."""
    return [import_module(f"etl.demo.{name}") for name in MODULES]
