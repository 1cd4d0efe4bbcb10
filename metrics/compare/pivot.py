"""Any metric by one or two dimensions, with totals that hold: added where adding is right, measured where it is not.

Counts, sums and rates over rows add up: one statement, every total is Σ part (÷ Σ whole). A median, a score, a streak,
a number per resident and what stands at a moment (over weeks) do not: their totals are asked of the records. What is
not shown on its own is never dropped: it stands together under OTHER, of calendar periods the oldest.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.ask.measure import SIZES
from metrics.ask.selection import ALL, DIMENSIONS, EVERYTHING, VIRTUAL, Scope, Selection
from metrics.ask.window import Window
from metrics.compare.pivot_question import CALENDAR, PivotQuestion
from metrics.compare.pivot_totals import nothing, total, weight
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName, unknown
from warehouse import Build

CLOCK = ("weekday", "hour")
NAMES = {name: dimension.label for name, dimension in DIMENSIONS.items()} | VIRTUAL | {"term": "学期"}
MOST_ROWS = MOST_COLUMNS = 30
OTHER = "〈其他〉"  # not a word any record carries: many a category is itself called 其他
ORDERED = ("level", *CLOCK, *CALENDAR)  # dimensions with an order of their own, which size must not break


@dataclass(frozen=True)
class Pivot:
    """cells: row, column, part, whole, value (p90, low, high of their kinds), one row a cell, in the order to show;
    rows, columns: the same without the other key; grand: one Series. `column` '' : rows only, cells and columns are
    empty. hidden_rows, hidden_columns: how many stand together under OTHER. added: totals are sums of the cells.
    """

    metric: Metric
    window: Window
    row: str
    column: str
    cells: pd.DataFrame
    rows: pd.DataFrame
    columns: pd.DataFrame
    grand: pd.Series
    hidden_rows: int
    hidden_columns: int
    added: bool


def check(row: str, column: str = "") -> None:
    """Raises UnknownName where a name is no dimension, or the two cannot stand against one another."""
    for name in (row, *([column] if column else [])):
        if name not in NAMES:
            raise unknown("维度", name, NAMES)
    if row == column or (row in CALENDAR and column in CALENDAR):
        raise UnknownName(
            f"行和列不能都是{NAMES[row]}，请换一个。" if row == column else "周、月、学期只能选一个，请换掉行或列。"
        )


def pivot(
    build: Build,
    metric: str | Metric,
    window: Window,
    row: str,
    column: str = "",
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    order: str = "size",
    most: tuple[int, int] = (MOST_ROWS, MOST_COLUMNS),
) -> Pivot:
    """`order`: 'size' puts the largest first (dimensions of ORDERED keep their own order), 'name' keeps the natural
    order.

    `most`: rows and columns at most, OTHER among them. Raises UnknownName for names that are not known or do not go
    together.
    """
    metric = catalogue.get(metric)
    check(row, column)
    ask = PivotQuestion(build, metric, window, row, column, only, scope).reading(*_sides(column))
    added = metric.kind.adds_up(over_time=bool({row, column} & set(CALENDAR)))
    cells = ask.by(*_sides(column))
    rows, columns = (
        (_totals(ask, cells, side, added) for side in ("row", "column"))
        if column
        else (cells, cells.iloc[:0].rename(columns={"row": "column"}))
    )
    grand = total(metric, cells, []).iloc[0] if added else ask.by().iloc[0]
    answer = Pivot(
        metric,
        window,
        row,
        column,
        cells if column else cells.iloc[:0].assign(column=[]),
        rows,
        columns,
        grand,
        0,
        0,
        added,
    )
    answer = _folded(ask, answer, "row", order, most[0])
    return _folded(ask, answer, "column", order, most[1]) if column else answer


def _sides(column: str) -> tuple[str, ...]:
    return ("row", "column") if column else ("row",)


def _totals(ask: PivotQuestion, cells: pd.DataFrame, side: str, added: bool) -> pd.DataFrame:
    """The totals of one side; measured ones have a row for every key of the cells, though nothing of it stands at the
    end."""
    if added:
        return total(ask.metric, cells, [side])
    totals = ask.by(side)
    order = [*(key for key in totals[side]), *(key for key in cells[side].unique() if key not in set(totals[side]))]
    return pd.concat([totals, nothing(ask.metric, {side: order[len(totals) :]})])


def _arranged(answer: Pivot, side: str, order: str, most: int) -> tuple[list, list]:
    """(keys shown, keys that stand together), what is missing in the records always shown and last."""
    name, totals = getattr(answer, side), getattr(answer, f"{side}s")
    keys = totals[side].tolist()
    missing = [key for key in keys if name in DIMENSIONS and key == DIMENSIONS[name].missing]
    sizes = dict(zip(keys, weight(answer.metric, totals), strict=True))
    large = sorted((key for key in keys if key not in missing), key=lambda key: -sizes[key])
    if len(keys) <= most:
        kept = [key for key in keys if key not in missing] if order == "name" or name in ORDERED else large
        return [*kept, *missing], []
    room = most - 1 - len(missing)
    kept = keys[-room:] if name in CALENDAR else large[:room]
    kept = [key for key in keys if key in set(kept)] if order == "name" or name in ORDERED else kept
    return [*kept, *missing], [key for key in keys if key not in {*kept, *missing}]


def _folded(ask: PivotQuestion, answer: Pivot, side: str, order: str, most: int) -> Pivot:
    """One side in its order, what is beyond `most` under OTHER; of a calendar it stands first, being older."""
    shown, hidden = _arranged(answer, side, order, most)
    other = "column" if side == "row" else "row"
    keys = [OTHER, *shown] if hidden and getattr(answer, side) in CALENDAR else [*shown, OTHER] if hidden else shown
    totals, cells = getattr(answer, f"{side}s"), answer.cells
    if hidden and answer.added:
        totals = total(answer.metric, _renamed(totals, side, hidden), [side])
        cells = total(answer.metric, _renamed(cells, side, hidden), ["row", "column"]) if answer.column else cells
    elif hidden:
        left = ask.within(side, hidden, shown)
        totals = pd.concat([totals, left.by().assign(**{side: OTHER})])
        cells = pd.concat([cells, _rest(ask, left, answer, side, other)]) if answer.column else cells
    place = {key: number for number, key in enumerate(keys)}
    if answer.column:
        far = {key: number for number, key in enumerate(getattr(answer, f"{other}s")[other])}
        cells = cells[cells[side].isin(place) & cells[other].isin(far)]
        cells = (
            cells.assign(a=cells[side].map(place), b=cells[other].map(far))
            .sort_values(["a", "b"] if side == "row" else ["b", "a"])
            .drop(columns=["a", "b"])
        )
    totals = totals[totals[side].isin(place)].sort_values(side, key=lambda names: names.map(place))
    return replace(
        answer,
        cells=cells.reset_index(drop=True),
        **{f"{side}s": totals.reset_index(drop=True), f"hidden_{side}s": len(hidden)},
    )


def _renamed(frame: pd.DataFrame, side: str, hidden: list) -> pd.DataFrame:
    return frame.assign(**{side: frame[side].astype(object).where(~frame[side].isin(hidden), OTHER)})


def _rest(ask: PivotQuestion, left: PivotQuestion, answer: Pivot, side: str, other: str) -> pd.DataFrame:
    """Measured cells of OTHER on one side against every key of the other, its own OTHER too. A place with nothing in it
    is there as well."""
    cells = left.by(other).assign(**{side: OTHER})
    keys = getattr(answer, f"{other}s")[other].tolist()
    if OTHER in keys:
        shown = [key for key in keys if key != OTHER]
        gone = [key for key in ask.by(other)[other] if key not in set(shown)]
        cells = pd.concat([cells, left.within(other, gone, shown).by().assign(**{side: OTHER, other: OTHER})])
    lacking = [key for key in keys if key not in set(cells[other])]
    empty = pd.DataFrame({other: lacking, side: OTHER, **dict.fromkeys(SIZES, 0.0), "value": np.nan})
    return pd.concat([cells, empty]) if lacking else cells
