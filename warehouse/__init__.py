"""Where builds live: published whole or not at all, never changed afterwards, opened read-only."""

from warehouse.builds import Build, current, get, history
from warehouse.publishing import publish, rollback

__all__ = ["Build", "current", "get", "history", "publish", "rollback"]
