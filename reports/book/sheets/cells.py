"""Cells of the book's sheets: plain numbers in the metric's unit, days as they sort, nothing where nothing is known."""

import math
from collections.abc import Iterable, Sequence
from datetime import date

from metrics.branches.portrait import Portrait
from metrics.define.catalogue import Metric
from reports.book.request import ReviewRequest
from reports.content.parts import Cell, Sheet

Columns = Sequence[tuple[str, str]]  # name and format of each


def portraits(request: ReviewRequest) -> list[Portrait]:
    """Every branch's, in the school's own order."""
    return [request.portrait(branch) for branch in request.branches]


def made(title: str, columns: Columns, rows: Iterable[Sequence[Cell]]) -> Sheet:
    return Sheet(
        title, tuple(name for name, _ in columns), tuple(map(tuple, rows)), "".join(kind for _, kind in columns)
    )


def number(value: float | None) -> float | None:
    """A plain number; None for what is missing or has no end."""
    return float(value) if value is not None and math.isfinite(value) else None


def scaled(metric: Metric, value: float | None) -> float | None:
    """The number in the metric's unit: a share in per cent."""
    plain = number(value)
    return plain * 100 if plain is not None and metric.is_rate else plain


def unit(metric: Metric) -> str:
    return "%" if metric.is_rate else metric.unit


def day(moment: date | None) -> str | None:
    return f"{moment:%Y-%m-%d}" if moment else None
