"""The rows of one landed file that belong to one source: what landing hands to a build."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

LONG_AGO = datetime(1970, 1, 1)  # the school's own tables give way to any landed export of the same dimension
NOBODY_SAID = datetime(1970, 1, 2)  # a landed table without records that nobody dated, before every dated one


@dataclass(frozen=True)
class Export:
    """The rows of one file that belong to one source. times: when this content was exported, oldest first.

    account: what conform counted and noted; its shape is that of etl.landing.account. is_guessed: nothing says when it
    was exported but its own records. confirmed: those of the times that a person said with --as-of. sequence: which
    landing of this folder it was; a later one corrects an earlier one of the same export time.
    """

    file_id: str
    name: str
    source: str
    bytes: int
    times: tuple[datetime, ...]
    typed: Path
    account: dict
    is_guessed: bool = False
    confirmed: tuple[datetime, ...] = ()
    sequence: int = 0

    @property
    def exported_at(self) -> datetime | None:
        """When this content was exported last; None of a table that has no such time."""
        return self.times[-1] if self.times[-1].year > NOBODY_SAID.year else None


def reach_of(accounts: Iterable[dict], what: str = "newest") -> datetime | None:
    """The newest record of a file over all its sources, strays aside; None when no row has a date. what: newest, or
    planned."""
    return max((datetime.fromisoformat(entry[what]) for entry in accounts if entry.get(what)), default=None)
