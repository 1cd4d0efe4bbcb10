"""Shapes in metres: what they are, how wide, where a name fits, which points lie inside. Pure."""

import math
import re
from dataclasses import dataclass

import numpy as np

from ui.charts.style import plain_label

SMALL = 11  # pixels: type inside a building
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """One shape in metres. key: what a click hands on ('' for nothing); value: NaN where there is no data; mark:
    clearly more or less than it is held against; hot: a hot spot; few: too few cases for a colour."""

    kind: str
    rings: list[Ring]
    lines: list[Ring]
    centre: tuple[float, float]
    key: str = ""
    name: str = ""
    value: float = math.nan
    hover: str = ""
    mark: bool = False
    hot: bool = False
    chosen: bool = False
    few: bool = False


def path(rings: list[Ring], closed: bool = True) -> tuple[list, list]:
    """x and y of several rings as one line with gaps; what runs the other way round inside one stays open (SVG's
    nonzero rule)."""
    x, y = [], []
    for points in rings:
        whole = [*points, points[0]] if closed else points
        x += [*(one for one, _ in whole), None]
        y += [*(one for _, one in whole), None]
    return x[:-1], y[:-1]


def size(rings: list[Ring]) -> tuple[float, float]:
    """Width and height of the first ring, in metres."""
    x, y = zip(*rings[0], strict=True)
    return max(x) - min(x), max(y) - min(y)


def label(name: str, wide: float, tall: float) -> str:
    """The name as it fits into so many pixels: whole, on two lines, a number alone, or ''."""
    clean = plain_label(name, 12)
    numbered = re.fullmatch(r"\D{0,6}?(\d+)(?:号楼|号?宿舍楼?|栋|幢|#)", clean)
    digit = re.search(r"\d", clean)
    cut = digit.start() if digit else -(-len(clean) // 2)
    forms = [
        clean,
        f"{clean[:cut]}<br>{clean[cut:]}" if len(clean) > 3 and cut > 1 else "",
        numbered[1] if numbered else "",
    ]
    return next((form for form in forms if form and _fits(form, wide, tall)), "")


def _fits(form: str, wide: float, tall: float) -> bool:
    lines = form.split("<br>")
    longest = max(sum(SMALL if ord(letter) > 255 else SMALL * 0.58 for letter in line) for line in lines)
    return longest <= wide - 2 and len(lines) * SMALL * 1.15 <= tall + 2


def spread(rings: list[Ring], pitch: float) -> list[tuple[float, float]]:
    """Points of a square lattice inside the rings, even–odd; at most a few dozen."""
    x, y = zip(*rings[0], strict=True)
    across, down = (
        np.arange(min(axis) + pitch / 2, max(axis), max(pitch, (max(axis) - min(axis)) / 8)) for axis in (x, y)
    )
    spots = np.array([(one, other) for one in across for other in down]).reshape(-1, 2)
    inside = np.zeros(len(spots), dtype=bool)
    for points in rings:
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if y1 != y2:
                crosses = ((y1 > spots[:, 1]) != (y2 > spots[:, 1])) & (
                    spots[:, 0] < (x2 - x1) * (spots[:, 1] - y1) / (y2 - y1) + x1
                )
                inside ^= crosses
    return [(float(one), float(other)) for one, other in spots[inside]]
