"""The first page's questions asked once at start, so that its first reader does not wait. Failing here is never
fatal."""

import logging

import warehouse
from metrics.ask import terms
from metrics.compare import tiles
from ui.frame import access, data
from ui.frame.filters import Filters


def up() -> None:
    """Fill the cache for the current build, if there is one."""
    try:
        build = warehouse.current()
        if build is not None:
            _ask(build)
    except Exception:
        logging.getLogger("campus").exception("warm-up failed; the pages will ask for themselves")


def _ask(build: warehouse.Build) -> None:
    week, only, scope = terms.last_whole_week(build), Filters().selection(), access.scope()
    data.options(build, scope)
    data.notes_by_source(build)
    data.weekly_signals(build, week.start, only, scope)
    for key in tiles.WEEKLY:
        data.tile(build, key, week.start, only, scope)
