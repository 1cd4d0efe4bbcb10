"""Where builds live: published whole or not at all, never changed afterwards, opened read-only."""

from warehouse.builds import Build, current, get, history

__all__ = ["Build", "current", "get", "history"]
