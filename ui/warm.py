"""The first page's questions asked once at start, so that its first reader does not wait. Failing here is never fatal."""

import logging

import warehouse
from ui import access, data


def up() -> None:
    """Fill the cache for the current build, if there is one."""
    try:
        build = warehouse.current()
        if build is not None:
            data.options(build.name, access.scope())
            data.notes_by_source(build.name)
    except Exception:
        logging.getLogger("campus").exception("warm-up failed; the pages will ask for themselves")
