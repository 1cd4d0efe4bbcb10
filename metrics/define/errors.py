"""What a reader can get wrong when asking for a number: one Chinese sentence each."""

from collections.abc import Iterable
from difflib import get_close_matches

from warehouse.errors import UserError


class UnknownName(UserError):
    """A metric, table, dimension or column that does not exist."""


class BadCatalogue(UserError):
    """A declaration in metrics/*.toml that cannot be used."""


def unknown(what: str, name: object, allowed: Iterable[str]) -> UnknownName:
    """「没有指标「x」，是不是想找 y？」 with the closest known names."""
    names = list(allowed)
    close = get_close_matches(str(name), names, n=2, cutoff=0.5)
    hint = f"是不是想找 {' 或 '.join(close)}？" if close else f"可用的有：{'、'.join(names[:12])}。"
    return UnknownName(f"没有{what}「{name}」，{hint}")
