"""measure(): one metric, one window, one SQL statement → part, whole and value per period and group."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

import numpy as np
import pandas as pd

from metrics.ask import members
from metrics.ask.question import Question
from metrics.ask.reading import answerable, known
from metrics.ask.reading.residents import residents
from metrics.ask.reading.rows import QuestionRows
from metrics.ask.selection import ALL, DIMENSIONS, EVERYTHING, WEEKDAYS, Scope, Selection
from metrics.ask.window import Window, periods
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from warehouse import Build

SIZES = ["part", "whole"]


def measure(
    build: Build,
    metric: str | Metric,
    window: Window,
    by: str | tuple[str, ...] | None = None,
    every: str | None = None,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    read: Callable[[Question], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Answer for every period and group, in the order to show them.

    Columns: period (datetime64, first day; only with `every`), one per dimension of `by` (ids, 「未识别」 for NULL;
    virtual: weekday 周一…周日, hour 0–23, week, month), part, whole, value (fraction, count, per 1,000 or hours), p90
    (duration kind, hours), low and high (mean kind, 95 % interval), complete (the period lies inside the window, had
    ended by the data date, and every export behind the metric reaches its end).
    Every place allowed by filters and scope has a row, even with nothing in it; so has every
    period. An empty whole gives NaN; a period not begun by the data date, or of which no export has
    told yet, gives NaN for counts too. Raises UnknownName
    for unknown names. `read`: answers in place of the kind's own reader, for callers that ask about the same rows again
    and again.
    """
    dimensions = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    question = Question(build, catalogue.get(metric), window, dimensions, every, only, scope)
    return _answer(question, read) if read else _kept(question).copy(deep=False)  # pandas copies on write


@lru_cache(maxsize=128)
def _kept(question: Question) -> pd.DataFrame:
    """A page asks for the same numbers again for its tiles, their comparisons and what to expect."""
    return _answer(question, None)


def _answer(question: Question, read: Callable[[Question], pd.DataFrame] | None) -> pd.DataFrame:
    answer = _filled(question, read(question) if read else question.metric.kind.read(QuestionRows(question)))
    answer["value"] = _value(question, answer)
    for name in ("p90", "low", "high"):
        if name in answer:
            answer[name] = answer.pop(name)
    answer["complete"] = _complete(question, answer)
    return answer


def total(
    build: Build, metric: str | Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.Series:
    """The one row of an undivided measure()."""
    return measure(build, metric, window, only=only, scope=scope).iloc[0]


def _axes(question: Question, groups: pd.DataFrame) -> dict[str, list]:
    """Every value each key column must show, in order."""
    axes: dict[str, list] = {}
    if question.every:
        axes["period"] = [pd.Timestamp(period.start) for period in question.periods]
    for name in question.by:
        axes[name] = _members(question, name, groups[name])
    return axes


def _members(question: Question, name: str, seen: pd.Series) -> list:
    if name == "weekday":
        return list(WEEKDAYS)
    if name == "hour":
        return list(range(24))
    if name in ("week", "month"):
        return [pd.Timestamp(period.start) for period in periods(question.window, name)]
    observed = set(seen.dropna())
    if DIMENSIONS[name].is_place:
        observed |= set(members.allowed(question.build, name, question.only, question.scope))
    return members.ordered(question.build, name, list(observed))


def _filled(question: Question, groups: pd.DataFrame) -> pd.DataFrame:
    for name in ("period", "week", "month"):
        if name in groups:
            groups[name] = pd.to_datetime(groups[name])
    if "weekday" in groups:
        groups["weekday"] = groups["weekday"].map(lambda number: WEEKDAYS[int(number) - 1])
    axes = _axes(question, groups)
    if axes:
        groups = _spread(groups, {name: pd.Index(values) for name, values in axes.items()})
    elif groups.empty:
        groups = pd.DataFrame({"part": [0], "whole": [0]})
    if question.metric.kind.is_per_resident:
        groups["whole"] = residents(question, groups)
    groups[SIZES] = groups[SIZES].fillna(0).astype("float64")
    return groups


def _spread(groups: pd.DataFrame, axes: dict[str, pd.Index]) -> pd.DataFrame:
    """A row for every combination of the axes, NaN where nothing was found. pandas' own reindex of two keys takes three
    times as long."""
    shape = [len(labels) for labels in axes.values()]
    codes = np.array([labels.get_indexer(groups[name]) for name, labels in axes.items()])
    placed = (codes >= 0).all(axis=0)
    place = np.ravel_multi_index(codes[:, placed], shape) if placed.any() else []
    columns = {
        name: labels.take(at)
        for (name, labels), at in zip(axes.items(), np.indices(shape).reshape(len(shape), -1), strict=True)
    }
    for name in groups.columns.difference(list(axes), sort=False):
        columns[name] = np.full(int(np.prod(shape)), np.nan)
        columns[name][place] = groups[name].to_numpy(float)[placed]
    return pd.DataFrame(columns)


def _value(question: Question, answer: pd.DataFrame) -> pd.Series:
    """NaN for what has not begun by the data date, and for what no export has told of yet: that is no zero. A duration
    is known only from cases that have begun."""
    value = question.metric.kind.value(answer, float(question.metric.per))
    asked = (*question.by, *filter(None, [question.every]))
    value = value.mask(answerable.unanswered(question.build, question.metric, asked, question.only, answer))
    if question.metric.kind.is_duration:
        return value
    starts = _starts(question, answer)
    told = starts < np.datetime64(known.nothing_from(question.build, question.metric))
    return value.where((starts <= np.datetime64(question.build.data_date)) & told)


def _starts(question: Question, answer: pd.DataFrame) -> np.ndarray:
    for name in ("period", "week", "month"):
        if name in answer:
            return answer[name].to_numpy("datetime64[us]")
    return np.full(len(answer), np.datetime64(question.window.start), "datetime64[us]")


def _complete(question: Question, answer: pd.DataFrame) -> np.ndarray:
    spans = {np.datetime64(one.start): one for one in question.periods}
    until = known.until(question.build, question.metric)

    def whole(start: np.datetime64) -> bool:
        period = spans.get(
            start.astype("datetime64[D]"), question.window
        )  # what stands by week has periods, but no column of them
        inside = question.window.start <= period.start and period.end <= question.window.end
        return inside and datetime.combine(period.end, datetime.min.time()) <= until

    if "period" not in answer:
        return np.full(len(answer), whole(np.datetime64(question.window.start)))
    starts, places = np.unique(answer["period"].to_numpy("datetime64[us]"), return_inverse=True)
    return np.array([whole(start) for start in starts], dtype=bool)[places] if len(starts) else np.array([], dtype=bool)
