"""The drawn build of the pages' tests, for what asks it directly."""

from tests.pages.conftest import campus, drawn_home

__all__ = ["campus", "drawn_home"]
