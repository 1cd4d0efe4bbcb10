"""Which dates may say how far the records reach: it takes agreement, never the clock (docs/decisions/0012).

A sign is the newest record of a file, strays aside. Neither a stray cell nor a name far beyond every sign moves the
data date.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

MANY = 20  # rows from which a file knows its own rhythm
STRAY_DAYS, FAR_DAYS, YEAR_DAYS = 31, 92, 366


class Sign(NamedTuple):
    """How far the records of one file reach, strays aside, and how many records say so; `farthest`: strays too."""

    file_id: str
    newest: datetime
    rows: int
    farthest: datetime | None = None

    def reaches(self, file_id: str, is_stated: bool) -> datetime:
        """How far this speaks for an export time of a file. What a file's name and a cell in it say alike is no
        mistake of either: there a stray speaks too."""
        return self.farthest if self.farthest and is_stated and self.file_id == file_id else self.newest


def last_joined(days: Sequence[tuple[date, int]]) -> date | None:
    """The newest day that does not lie alone. days: (day, rows), ascending.

    At most one row in a hundred (and at least one) is stray: those after a pause of more than a month that is also
    twice the longest pause of the year before. A handful of rows knows no rhythm: there it takes more than a year.
    """
    total, beyond, last = sum(rows for _, rows in days), 0, days[-1][0] if days else None
    for at in range(len(days) - 1, 0, -1):
        beyond += days[at][1]
        if beyond > max(1, total // 100):
            break
        longest = _longest_pause([day for day, _ in days[:at]])
        least = STRAY_DAYS if total - beyond >= MANY else YEAR_DAYS
        if (days[at][0] - days[at - 1][0]).days > max(least, 2 * longest):
            last = days[at - 1][0]
    return last


def _longest_pause(days: Sequence[date]) -> int:
    recent = [day for day in days if (days[-1] - day).days <= YEAR_DAYS]
    return max(((after - before).days for before, after in pairwise(recent)), default=0)


def agrees(at: datetime, file_id: str, signs: Iterable[Sign], *, is_stated: bool) -> bool:
    """Whether an export time may set the data date: some sign reaches as far, or nearly (what is stated: a quarter, a
    year where only a handful of records speak; what only the content says: a month). Content needs many rows, or
    another file; a lone file's word stands."""
    signs = tuple(signs)
    vouch = [sign for sign in signs if sign.file_id != file_id or is_stated or sign.rows >= MANY]
    if not vouch:
        return True
    near = (FAR_DAYS if sum(sign.rows for sign in vouch) >= MANY else YEAR_DAYS) if is_stated else STRAY_DAYS
    return any(at - sign.reaches(file_id, is_stated) <= timedelta(days=near) for sign in vouch)
