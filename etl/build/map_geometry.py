"""Rings of points: closed, wound one way, measured; degrees become metres. Knows no file and no building.

Areas and centroids by the shoelace formula; degrees by an equirectangular projection round the campus's own middle,
which over ten kilometres is wrong by less than a metre in a thousand.
"""

import math
from collections.abc import Iterable, Sequence
from statistics import median

Point = tuple[float, float]
Ring = list[Point]
Part = list[Ring]  # the outer ring, anticlockwise, then its holes, clockwise

METRES_A_DEGREE = 111_320.0
FEWEST = 3  # of fewer shapes nobody can say which is the stray
WIDEST = 1.0  # degrees: no campus is 100 km wide, so numbers below 180 that spread further are metres


def pairs(points: Iterable[object]) -> Ring:
    """What is a pair of finite numbers, heights and immediate repeats left out."""
    corners: Ring = []
    for point in points:
        if not isinstance(point, Sequence) or isinstance(point, str) or len(point) < 2:
            continue
        x, y = point[0], point[1]
        if not all(
            isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 1e12 for one in (x, y)
        ):  # nor NaN
            continue
        if not corners or corners[-1] != (float(x), float(y)):
            corners.append((float(x), float(y)))
    return corners


def ring(points: Iterable[object]) -> Ring:
    """The points of one ring without the closing one; empty when fewer than three are left."""
    corners = pairs(points)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    return corners if len(set(corners)) >= 3 else []


def area(points: Ring) -> float:
    """Signed: positive when anticlockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True)) / 2


def part(rings: Iterable[Iterable[object]]) -> Part:
    """One polygon: its first ring anticlockwise, the others clockwise.
    Empty when the outer ring is none or has no area."""
    outer, *holes = [ring(points) for points in rings] or [[]]
    if not outer or abs(area(outer)) == 0:
        return []
    return [
        outer if area(outer) > 0 else outer[::-1],
        *(hole[::-1] if area(hole) > 0 else hole for hole in holes if hole and area(hole)),
    ]


def part_area(rings: Part) -> float:
    """Of the outer ring less its holes."""
    return sum(area(points) for points in rings)


def inside(rings: Part, at: Point) -> bool:
    """Even–odd rule over all rings, so that a hole is outside."""
    x, y = at
    crossed = False
    for points in rings:
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed = not crossed
    return crossed


def middle(rings: Part) -> Point:
    """The centroid of the outer ring, or, where that lies outside (an L, a ring road),
    the middle of the widest chord at three heights."""
    outer, size = rings[0], area(rings[0])
    x0, y0 = outer[0]  # measured from a corner: far from the origin the products lose digits
    moments = [
        ((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0), x1 + x2 - 2 * x0, y1 + y2 - 2 * y0)
        for (x1, y1), (x2, y2) in zip(outer, [*outer[1:], outer[0]], strict=True)
    ]
    centre = (
        x0 + sum(cross * x for cross, x, _ in moments) / (6 * size),
        y0 + sum(cross * y for cross, _, y in moments) / (6 * size),
    )
    if inside(rings, centre):
        return centre
    low, high = min(y for _, y in outer), max(y for _, y in outer)
    chords = [chord for share in (0.25, 0.5, 0.75) for chord in _chords(rings, low + (high - low) * share)]
    _, x, y = max(chords, default=(0.0, *centre))
    return x, y


def _chords(rings: Part, y: float) -> list[tuple[float, float, float]]:
    """(width, middle x, y) of what lies inside at one height."""
    cuts = sorted(
        (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for points in rings
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True)
        if (y1 > y) != (y2 > y)
    )
    return [(right - left, (left + right) / 2, y) for left, right in zip(cuts[::2], cuts[1::2], strict=False)]


def far_off(centres: Sequence[Point]) -> list[int]:
    """Positions of centres too far from the campus's own middle to be of it: half of WIDEST in degrees, as much in
    metres. Swapped coordinates and another reference system are; a second campus across the town is not."""
    if len(centres) < FEWEST:
        return []
    xs, ys = zip(*centres, strict=True)
    x, y = median(xs), median(ys)
    is_near = median(abs(one - x) for one in xs) < WIDEST / 2 and median(abs(one - y) for one in ys) < WIDEST / 2
    reach = WIDEST / 2 * (1 if is_near and abs(x) <= 180 and abs(y) <= 90 else METRES_A_DEGREE)
    return [at for at, one in enumerate(centres) if abs(one[0] - x) > reach or abs(one[1] - y) > reach]


def are_degrees(points: Sequence[Point]) -> bool:
    """Whether these can only be longitude and latitude: within their bounds, and a campus apart."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    bounded = all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
    return bounded and max(xs) - min(xs) < WIDEST and max(ys) - min(ys) < WIDEST


def to_metres(points: Sequence[Point]) -> tuple[Point, Point]:
    """(offset, scale) that bring these points to metres from their lower left corner: new = (old − offset) × scale."""
    left, bottom = min(x for x, _ in points), min(y for _, y in points)
    if not are_degrees(points):
        return (left, bottom), (1.0, 1.0)
    latitude = (bottom + max(y for _, y in points)) / 2
    return (left, bottom), (METRES_A_DEGREE * math.cos(math.radians(latitude)), METRES_A_DEGREE)


def moved(points: Ring, offset: Point, scale: Point) -> Ring:
    """The ring in metres, to the centimetre."""
    return [(round((x - offset[0]) * scale[0], 2), round((y - offset[1]) * scale[1], 2)) for x, y in points]
