"""Records as equal-length numpy columns: enough for drawing and slicing, and nothing heavy to import."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import numpy as np

NOTHING = np.datetime64("NaT", "s")
MINUTE = np.timedelta64(60, "s")
HOUR = np.timedelta64(3600, "s")
DAY = np.timedelta64(86400, "s")


class Columns(dict[str, np.ndarray]):
    """Column name → values. len() counts rows, not columns."""

    def __len__(self) -> int:
        return len(next(iter(self.values()))) if self.keys() else 0

    def take(self, index: np.ndarray) -> "Columns":
        """Rows by boolean mask or by positions, in that order."""
        return Columns({name: values[index] for name, values in self.items()})


def stream(seed: int, *names: str) -> np.random.Generator:
    """A random stream of its own for each purpose, so that a new draw in one place moves nothing elsewhere."""
    words = [int.from_bytes(name.encode(), "big") % (2**32 - 5) for name in names]
    return np.random.default_rng([seed, *words])


def words(values: Iterable[object]) -> np.ndarray:
    """Python objects in a one-dimensional object array (numpy would cut strings to one width)."""
    listed = list(values)
    out = np.empty(len(listed), dtype=object)
    out[:] = listed
    return out


def pick(random: np.random.Generator, count: int, options: Mapping[str, float]) -> np.ndarray:
    """count values drawn by weight."""
    weights = np.array(list(options.values()), dtype=float)
    return words(options)[random.choice(len(weights), size=count, p=weights / weights.sum())]


def pick_each(random: np.random.Generator, keys: np.ndarray, options: Mapping[str, Mapping[str, float]]) -> np.ndarray:
    """One value per key, drawn by that key's own weights."""
    out = np.empty(len(keys), dtype=object)
    for key in sorted(set(keys.tolist())):
        mask = keys == key
        out[mask] = pick(random, int(mask.sum()), options[key])
    return out


def seconds(values: np.ndarray) -> np.ndarray:
    """Numbers of minutes as whole-minute time spans."""
    return np.maximum(values, 0).astype("int64").astype("timedelta64[s]") * 60


def latest(moments: Sequence[np.ndarray], until: np.datetime64) -> np.ndarray:
    """Row by row, the last of several moments that is not after `until` (NaT where none is)."""
    epoch = np.datetime64("1900-01-01", "s")
    seen = [np.where(np.isnat(moment) | (moment > until), epoch, moment) for moment in moments]
    newest = np.maximum.reduce(seen)
    return np.where(newest == epoch, NOTHING, newest)


def happened(moment: np.ndarray, until: np.datetime64) -> np.ndarray:
    """True where a moment is known and not after `until`."""
    return ~np.isnat(moment) & (moment <= until)


def within(rows: Columns, column: str, since: date | datetime | None, until: date | datetime) -> Columns:
    """Rows whose moment lies before `until` and, where one is given, not before `since`."""
    inside = rows[column] < np.datetime64(until, "s")
    return rows.take(inside & (rows[column] >= np.datetime64(since, "s")) if since else inside)
