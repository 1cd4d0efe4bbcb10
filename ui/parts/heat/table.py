"""Measured cells → the matrix a heatmap draws, with its words. Pure: no Streamlit.

A cell without a denominator is empty, not zero; a rate over fewer than five cases has words but no colour.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.define import numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from metrics.methods import verdict as verdicts
from metrics.methods.verdict import FEW, NORMAL, WORDS, Verdict
from metrics.places.hot_spots import PlacedHotSpot
from ui.charts.heat import Matrix
from ui.charts.style import plain_label

MOST_WRITTEN = 30


@dataclass(frozen=True)
class Axes:
    """Rows and columns to show, in order: ids, and what each is called; `wide` columns have longer names in the
    hover."""

    row: str
    column: str
    rows: dict[str, str]
    columns: dict[object, str]
    hovers: dict[object, str]


def key_of(value: object) -> str:
    """A cell's key as it stands in an address: days as 2026-11-16."""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def matrix(
    cells: pd.DataFrame,
    totals: dict[str, str],
    axes: Axes,
    metric: Metric,
    excess: bool,
    spots: tuple[PlacedHotSpot, ...] = (),
    nothing: str = "没有数据（不是 0）",
) -> Matrix:
    """`cells`: one row a cell with axes.row, axes.column, part, whole, value, expected, excess, verdict; `spots`
    are framed; `nothing`: what is said of a cell without a number."""
    cell_at = {(row[axes.row], row[axes.column]): row for row in cells.to_dict("records")}
    table = [[cell_at.get((row, column), {}) for column in axes.columns] for row in axes.rows]

    def each(say):
        return [[say(cell) for cell in line] for line in table]

    written = len(axes.columns) <= MOST_WRITTEN
    faint = each(lambda cell: metric.is_rate and 0 < cell.get("whole", 0) < GREYED_BELOW)
    return Matrix(
        rows=[plain_label(name, 12) for name in axes.rows.values()],
        columns=list(axes.columns.values()) if written else _thinned(list(axes.columns.values())),
        values=each(lambda cell: value_of(cell, metric, excess)),
        texts=each(lambda cell: _text(cell, metric, excess) if written else ""),
        hovers=[
            [
                _hover(cell, name, axes.hovers[column], metric, nothing)
                for cell, column in zip(line, axes.columns, strict=True)
            ]
            for line, name in zip(table, axes.rows.values(), strict=True)
        ],
        keys=[[(key_of(row), key_of(column)) for column in axes.columns] for row in axes.rows],
        marks=each(lambda cell: (told := verdict_of(cell)) is not None and told.is_clear),
        faint=faint if any(any(line) for line in faint) else [],
        totals=[totals.get(row, "—") for row in axes.rows],
        diverging=excess,
        low=None if metric.is_rate else 0.0,
        reverse=metric.is_rate and metric.better == "up",
        frames=frames(list(axes.rows), list(axes.columns), spots),
    )


def frames(rows: list, columns: list, spots: tuple[PlacedHotSpot, ...]) -> list[tuple[int, int, int]]:
    """(row, first column, last column) of every hot spot that is shown whole."""
    spans = [(spot.place, pd.Timestamp(spot.since), pd.Timestamp(spot.until)) for spot in spots]
    return [
        (rows.index(place), columns.index(since), columns.index(until))
        for place, since, until in spans
        if place in rows and since in columns and until in columns
    ]


def _thinned(labels: list[str], most: int = 16) -> list[str]:
    """Every n-th label, so that they can be read; the last columns count back from the newest."""
    step = -(-len(labels) // most)
    return [label if (len(labels) - 1 - place) % step == 0 else "" for place, label in enumerate(labels)]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _text(cell: dict, metric: Metric, excess: bool) -> str:
    value = value_of(cell, metric, excess)
    if not math.isfinite(value):
        return ""
    return numbers.signed(value, metric.kind.cell_digits) if excess else metric.kind.cell(value)


def value_of(cell: dict, metric: Metric, excess: bool) -> float:
    """What colours a cell: its number, or how far it lies from what is expected in the number's own unit."""
    if not excess:
        return _number(cell.get("value"))
    beyond, whole = _number(cell.get("excess")), _number(cell.get("whole"))
    return metric.kind.apart(beyond, whole, metric.per) if math.isfinite(beyond) else math.nan


def shown(metric: Metric, excess: bool) -> str:
    """What the cells are counted in: 「与预期之差（百分点，多＋，少−）」."""
    if not excess:
        return metric.unit
    unit = "" if metric.kind.counts_rows else f"{metric.kind.apart_unit(metric.unit)}，"
    return f"与预期之差（{unit}多＋，少−）"


def _hover(cell: dict, row: str, column: str, metric: Metric, nothing: str) -> str:
    lines = [f"{plain_label(row, 30)} · {plain_label(column, 30)}"]
    value = _number(cell.get("value"))
    if not math.isfinite(value):
        return "<br>".join([*lines, nothing])
    lines.append(f"<b>{plain_label(metric.show(value), 40)}</b>")
    if metric.kind.has_parts:
        lines.append(metric.show_part_whole(cell["part"], cell["whole"]))
    return "<br>".join([*lines, *judgement(cell), "点开看记录"])


def judgement(cell: dict) -> list[str]:
    """「预期约 3.2，明显偏多」; nothing where nothing was expected."""
    should, told = _number(cell.get("expected")), verdict_of(cell)
    if not math.isfinite(should) or told is None:
        return []
    return [f"预期约 {numbers.decimal(should)}，{told.word}"]


def verdict_of(cell: dict) -> Verdict | None:
    told = cell.get("verdict")
    return told if isinstance(told, Verdict) else None


def _odd(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells that stand out, the farthest from what was expected first."""
    clear = [isinstance(one, Verdict) and one.is_clear for one in cells["verdict"]]
    odd = cells[np.array(clear, dtype=bool)]
    return odd.reindex(odd["excess"].abs().sort_values(ascending=False).index)


def finding(cells: pd.DataFrame, axes: tuple[str, ...] = ()) -> str:
    """How many cells stand out, for the title over them: 「2 格明显偏多，1 格明显偏少」; `axes`: row and column."""
    return verdicts.summed(_odd(cells)["verdict"], "格") or f"各格{calm(cells, axes)}"


def calm(judged: pd.DataFrame, axes: tuple[str, ...]) -> str:
    """What is said where nothing stands out: 「都是正常波动」 only of what was held against something. A table of one
    row or one column is its own expectation."""
    told = any(isinstance(one, Verdict) and one.is_judged for one in judged["verdict"])
    is_own = len(axes) > 1 and any(judged[axis].nunique() < 2 for axis in axes)
    return f"都是{WORDS[NORMAL]}" if told and not is_own else WORDS[FEW]


def headline(past: pd.DataFrame, cells: pd.DataFrame, axes: Axes, metric: Metric, hot: str = "") -> str:
    """What really stands out: places that left their own past year (`past`), then the hot spots in words (`hot`), or
    cells that their row and column do not explain."""
    judged = cells[cells["expected"].notna()]
    odd = _odd(judged)
    if odd.empty and past.empty:
        return f"{metric.label}：{len(judged):,} 格{calm(judged, (axes.row, axes.column))}"
    places = [_place(row, axes, metric) for row in past.head(2).to_dict("records")]
    places += [f"另有 {len(past) - 2} 处"] if len(past) > 2 else []
    if hot:
        return f"{metric.label}：{'；'.join([*places[:1], hot])}"
    if odd.empty:
        return f"{metric.label}：{'；'.join(places)}；逐格看都是{WORDS[NORMAL]}"
    named = [_cell(row, axes, metric) for row in odd.head(1 if places else 2).to_dict("records")]
    named += [f"另有 {len(odd) - len(named)} 格"] if len(odd) > len(named) else []
    last = f"其余 {len(judged) - len(odd):,} 格{WORDS[NORMAL]}"
    return f"{metric.label}：{'；'.join([*places, *named])}，{last}"


def _place(row: dict, axes: Axes, metric: Metric) -> str:
    """「3号楼 92 单，自己过去一年的水平约 54，明显偏多」"""
    told = row["verdict"]
    seen, unit = numbers.whole_number(row["observed"]), metric.unit.split("/")[0]
    return (
        f"{axes.rows.get(row[axes.row], row[axes.row])} {seen} {unit}，"
        f"{told.against}{_about(row['expected'])}，{told.word}{'（也可能是没有上报）' if told.side < 0 else ''}"
    )


def _about(value: float) -> str:
    return "不到 1" if value < 1 else f"约 {numbers.whole_number(value)}"


def _cell(cell: dict, axes: Axes, metric: Metric) -> str:
    """「3号楼电动车充电 44 单，预期约 3，明显偏多」; a rate with its part and whole."""
    place = axes.rows.get(cell[axes.row], str(cell[axes.row]))
    column = axes.hovers.get(cell[axes.column], key_of(cell[axes.column])).split("（")[0]
    where = f"{place}{' ' if column[0].isdigit() else ''}{column}"
    if metric.is_rate:
        pair = metric.show_part_whole(cell["part"], cell["whole"])
        return f"{where} {metric.show(cell['value'])}（{pair}），{cell['verdict'].word}"
    return f"{where} {metric.show(cell['value'])}，预期{_about(cell['expected'])}，{cell['verdict'].word}"
