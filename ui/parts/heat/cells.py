"""The cells of a heatmap with what is to be expected of them and whether the difference is more than chance: one
judgement on every page."""

from dataclasses import replace
from functools import lru_cache

import pandas as pd

from metrics.ask.selection import DIMENSIONS
from metrics.define.catalogue import Metric
from metrics.methods.verdict import CLEAR, LEANING, Verdict
from metrics.places.hot_spots import PlacedHotSpot, marked
from ui.frame.page import Page
from ui.parts.heat import hot_spots


def can(metric: Metric, row: str, column: str) -> bool:
    """Whether there is an expectation to hold the cells against; terms are too long to have one."""
    return metric.kind.has_expected_cells and bool(column) and "term" not in (row, column)


def place_of(page: Page, metric: Metric, row: str, column: str) -> str:
    """The places whose weeks (or months) the scan judges: single cases over places and time. '' where each cell is
    judged by itself."""
    sides = ((row, column), (column, row))
    return next(
        (
            place
            for place, time in sides
            if metric.kind.counts_cases
            and place in DIMENSIONS
            and DIMENSIONS[place].is_place
            and time == hot_spots.period(page)
        ),
        "",
    )


def judged(page: Page, metric: Metric, row: str, column: str) -> tuple[pd.DataFrame, tuple[PlacedHotSpot, ...]]:
    """(measured cells with expected, excess, verdict, significant; the hot spots among them).

    Over places and time the scan judges what is too many: a cell that stands out only by itself leans, no more."""
    cells, place = page.measured(metric.key, by=(row, column)), place_of(page, metric, row, column)
    expected = page.expected(metric.key, (row, column))
    cells = cells.merge(
        expected[[row, column, "expected", "excess", "verdict", "significant"]], on=[row, column], how="left"
    )
    spots = hot_spots.of_page(page, metric, place) if place else ()
    if place:
        few = cells["significant"].fillna(False).astype(bool) & (cells["excess"] < 0)
        cells["significant"] = few | marked(cells, spots, place, column if place == row else row)
        scanned = lru_cache(_scanned)
        cells["verdict"] = [
            scanned(told, bool(sure)) for told, sure in zip(cells["verdict"], cells["significant"], strict=True)
        ]
    return cells, spots


def _scanned(told: Verdict, sure: bool) -> Verdict:
    if not isinstance(told, Verdict) or told.is_clear == sure:
        return told
    return replace(told, degree=CLEAR if sure else LEANING)
