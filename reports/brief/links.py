"""Where a sentence leads on the pages: the records or the trend behind it, with the same filters."""

from metrics.ask.selection import Selection
from metrics.ask.window import Window
from reports.content.parts import Link

KEYS = {"buildings": "building", "grids": "grid", "branches": "branch", "categories": "category"}


def records(metric: str, window: Window, only: Selection, which: str = "whole", **more: str) -> Link:
    """The list of records behind a number: metric, days, filters and the part, whole or misses of it."""
    days = (("since", window.start.isoformat()), ("until", window.last_day.isoformat()))
    extra = tuple((name, value) for name, value in {"which": which, **more}.items() if value)
    return Link("records", (*days, *places(only), ("metric", metric), *extra))


def trend(metric: str, only: Selection) -> Link:
    return Link("trends", (*places(only), ("metric", metric)))


def places(only: Selection) -> tuple[tuple[str, str], ...]:
    """The filters a page's address can carry, one pair a value."""
    return tuple((key, value) for field, key in KEYS.items() for value in getattr(only, field))
