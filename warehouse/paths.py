"""Where things lie on disk. Everything hangs below one folder, so that a test or a second campus can have its own."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The data folder: CAMPUS_DATA, or data/ beside the code."""
    return Path(os.environ.get("CAMPUS_DATA") or REPOSITORY / "data").resolve()


def school() -> Path:
    """What a school edits: buildings, grids, branches, calendar, cadences, limits, own sources and models."""
    return home() / "school"


def inbox() -> Path:
    """Where exported files are dropped; `python -m etl load` without a path reads them."""
    return home() / "inbox"


def landing(origin: str = "school") -> Path:
    """Landed files by content hash. The demonstration campus has its own: it never mixes with real records."""
    return home() / "landing" if origin == "school" else home() / "demo" / "landing"


def builds() -> Path:
    """Published builds and the pointer to the current one."""
    return home() / "builds"


def demo_exports() -> Path:
    """The demonstration campus's exported files and truth.toml."""
    return home() / "demo" / "exports"


def key_file() -> Path:
    """The secret that keys personal columns; outside the repository so that it is never committed."""
    return Path(os.environ.get("CAMPUS_KEY_FILE") or Path.home() / ".config" / "campus-safety" / "key")
