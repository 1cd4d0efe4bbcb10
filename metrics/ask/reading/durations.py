"""Cases and how long each was watched, read once: medians and 90th percentiles by any of their keys, open cases kept
in."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from metrics.ask import sql
from metrics.ask.question import Question
from metrics.methods.survival import quantiles

HOUR = 3.6e9  # microseconds


@dataclass(frozen=True)
class Watched:
    """The shortest first. `codes`: key → a number per case, `labels`: key → what those numbers stand for; hours;
    closed; ended: closed at a time we know."""

    codes: dict[str, np.ndarray]
    labels: dict[str, pd.Index]
    hours: np.ndarray
    closed: np.ndarray
    ended: np.ndarray

    def only(self, key: str, values: list) -> "Watched":
        """The cases of which `key` is one of `values`."""
        kept = self.labels[key].isin(values)[self.codes[key]]
        return Watched(
            {name: codes[kept] for name, codes in self.codes.items()},
            self.labels,
            self.hours[kept],
            self.closed[kept],
            self.ended[kept],
        )

    def by(self, keys: tuple[str, ...]) -> pd.DataFrame:
        """A row for every combination of keys that occurs: the keys, part, whole, value, p90 (hours)."""
        sizes = [len(self.labels[key]) for key in keys]
        every = (
            np.ravel_multi_index([self.codes[key] for key in keys], sizes)
            if keys
            else np.zeros(len(self.hours), dtype=np.int64)
        )
        seen = np.flatnonzero(np.bincount(every, minlength=1))
        place = np.zeros(int(np.prod(sizes, dtype=np.int64)), dtype=np.int32)
        place[seen] = np.arange(len(seen))
        groups = place[every]
        answer = quantiles(self.hours, self.ended, groups)
        answer["part"] = np.bincount(groups, weights=self.closed)
        at = np.unravel_index(seen, sizes) if keys else ()
        return pd.concat(
            [pd.DataFrame({key: self.labels[key][codes] for key, codes in zip(keys, at, strict=True)}), answer], axis=1
        )


def watched(question: Question) -> Watched:
    """The cases of a duration metric in the question's window, with the question's keys.

    Closed at an unknown time or before it was opened is closed, but its duration counts as 0 hours of watching.
    """
    bound, metric = sql.Bound(), question.metric
    now, whole = bound(question.build.data_date), sql.column(metric.table, metric.whole)
    closed, end = (sql.column(metric.table, name) for name in (metric.part, metric.end))
    ended = f"coalesce({closed} AND {end} >= {question.time}, false)"
    lasted = f"greatest(date_diff('microsecond', {question.time}, least(coalesce({end}, {now}), {now})), 0)"
    picked = [
        *question.keys(bound),
        f"coalesce({closed}, false) AS closed",
        f"{ended} AS ended",
        f"CASE WHEN {closed} AND NOT {ended} THEN 0 ELSE {lasted} END AS lasted",
    ]
    conditions = [*question.conditions(bound, question.window), whole]
    cases = question.build.arrow(f"SELECT {', '.join(picked)} {question.source} {sql.where(conditions)}", bound.values)
    lasted, closed, ended = (cases.column(name).to_numpy() for name in ("lasted", "closed", "ended"))
    order = np.argsort(lasted * 2 + ~ended)  # of equal times those that ended come first
    keys = {name: cases.column(name).combine_chunks().dictionary_encode("encode") for name in cases.column_names[:-3]}
    codes = {name: key.indices.to_numpy()[order] for name, key in keys.items()}
    return Watched(
        codes,
        {name: _labels(name, key) for name, key in keys.items()},
        lasted[order] / HOUR,
        closed[order],
        ended[order],
    )


def _labels(name: str, key: pa.DictionaryArray) -> pd.Index:
    labels = pd.Index(key.dictionary.to_pandas())
    return pd.DatetimeIndex(labels).as_unit("us") if name in ("period", "week", "month") else labels
