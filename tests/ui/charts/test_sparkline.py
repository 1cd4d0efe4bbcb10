"""The small line: holidays are gaps, special weeks are dots, nothing is drawn from nothing."""

from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest

from metrics.ask.window import WEEK
from metrics.compare.recent import Recent
from metrics.define import catalogue
from metrics.methods import spc
from ui.charts.sparkline import HEIGHT, WIDTH, image, stretches, svg

NAN = float("nan")
START = date(2026, 5, 4)


def drawn(values: list[float], steps: list[int] | None = None, of_changes: bool = False) -> Recent:
    steps = steps or list(range(len(values)))
    weeks = tuple(START + WEEK * step for step in steps)
    limits = spc.xmr(values, floor=0.0)
    return Recent(
        catalogue.get("ticket_count"),
        weeks,
        tuple(values),
        values[-1],
        values[-1],
        values[-1],
        limits,
        of_changes,
        True,
    )


def parts(found: Recent, tag: str) -> list:
    return ElementTree.fromstring(svg(found, "#667085")).findall(f"{{http://www.w3.org/2000/svg}}{tag}")


@pytest.mark.parametrize(
    ("values", "steps", "expected"),
    [
        ([1, 2, 3], [0, 1, 2], [[0, 1, 2]]),
        ([1, 2, 3, 4], [0, 1, 3, 4], [[0, 1, 2, 3]]),  # one odd week left out is bridged
        ([1, 2, 3, 4], [0, 1, 9, 10], [[0, 1], [2, 3]]),  # a holiday is a gap
        ([1, 2, NAN, 4, 5], [0, 1, 2, 3, 4], [[0, 1], [3, 4]]),
        ([1, NAN, 3], [0, 1, 2], []),
    ],
)
def test_stretches(values, steps, expected):
    weeks = tuple(START + WEEK * step for step in steps)
    assert stretches(weeks, np.array(values, float)) == expected


def test_everything_lies_inside_the_picture():
    found = drawn([5, 9, 4, 30, 6, 7, 5, 8, 6, 5, 7, 6, 5.0])
    xs, ys = zip(
        *(map(float, point.split(",")) for line in parts(found, "polyline") for point in line.get("points").split()),
        strict=True,
    )
    assert min(xs) >= 0 and max(xs) <= WIDTH
    assert min(ys) >= 0 and max(ys) <= HEIGHT
    assert len(parts(found, "rect")) == 1


def test_special_weeks_and_the_last_one_are_dots():
    found = drawn([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 60, 5.0])
    special = [index for index, rule in enumerate(found.limits.special) if rule]
    assert 11 in special
    assert len(parts(found, "circle")) == len(special) + 1


def test_a_stock_has_no_band():
    assert parts(drawn([5, 6, 7, 8.0], of_changes=True), "rect") == []


@pytest.mark.parametrize("values", [[3.0], [NAN, NAN], [NAN, 4.0]])
def test_nothing_is_drawn_from_nothing(values):
    assert image(drawn(values), "#667085") == ""


def test_the_same_every_week_is_a_level_line():
    assert {point.split(",")[1] for point in parts(drawn([4.0] * 10), "polyline")[0].get("points").split()} == {
        f"{HEIGHT - 4:.1f}"
    }
