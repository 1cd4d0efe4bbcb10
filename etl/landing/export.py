"""The rows of one landed file that belong to one source: what landing hands to a build."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Export:
    """The rows of one file that belong to one source. times: when this content was exported, oldest first.

    account: what conform counted and noted; its shape is that of etl.landing.account. is_guessed: nothing says when it
    was exported but its own records.
    """

    file_id: str
    name: str
    source: str
    bytes: int
    times: tuple[datetime, ...]
    typed: Path
    account: dict
    is_guessed: bool = False

    @property
    def tells_the_time(self) -> bool:
        """Whether the data date may rest on it: an empty file of unknown date would move it to the day it was
        landed."""
        return not self.is_guessed or self.account["rows_read"] > 0
