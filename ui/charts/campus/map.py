"""The campus as polygons coloured by a number, each a door to its building. Pure.

Plotly's map traces fetch tiles; filled scatter lines need no network. Shapes of one colour are one trace. A filled line
reports no click, so unseen markers lie over every building: one at its centre, more where it is large.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import plotly.graph_objects as go

from ui.charts.campus.shapes import SMALL, Place, Ring, label, path, size, spread
from ui.charts.colours import BAD, BLUES, FAINT, GREEN, INK, NEUTRAL, PAPER, ROAD, RULE, SHADE, UNSEEN, WATER
from ui.charts.style import Sheet, blend, nothing, plain_label, scale_of, text_on

WIDE, TALLEST, LOWEST = 820, 700, 300  # pixels: the width labels are fitted to, and the bounds of the height
EDGE, FOOT = 14, 34
PITCH = 24  # pixels between unseen markers of one building
RAMP = BLUES[1:]  # the lightest blue could not be told from the paper
STEPS = 12
_UNDER = {"道路": ROAD, "水面": WATER, "绿地": GREEN}


@dataclass(frozen=True)
class Scale:
    """Lowest and highest value with their words; reverse: the lowest is the darkest, for a rate that should be high."""

    low: float
    high: float
    low_words: str
    high_words: str
    reverse: bool = False

    def colour(self, value: float) -> str:
        """One of a dozen steps of blue, so that shapes of one colour can be drawn at once."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return blend(RAMP[::-1] if self.reverse else RAMP, round(min(max(share, 0.0), 1.0) * STEPS) / STEPS)


@dataclass
class _Drawing:
    sheet: Sheet
    scale: Scale
    per_metre: float
    groups: dict[str, list[Place]] = field(default_factory=dict)


def campus(places: list[Place], scale: Scale, *, title: str, subtitle: str) -> go.Figure:
    """Buildings from light to dark blue on the ground they stand on; labels where they fit, the chosen one outlined."""
    points = [
        point for place in places if place.kind == "楼宇" for points in place.rings for point in points
    ]  # roads may lead far out
    if not points:
        return nothing("地图上没有可以画的图形", title, subtitle)
    (left, bottom), (right, top) = np.min(points, axis=0), np.max(points, axis=0)
    wide, tall = max(right - left, 1.0), max(top - bottom, 1.0)
    height = min(max((WIDE - 2 * EDGE) * tall / wide, LOWEST), TALLEST)
    drawing = _Drawing(Sheet(), scale, min((WIDE - 2 * EDGE) / wide, height / tall))
    _ground(drawing, places)
    _buildings(drawing, [place for place in places if place.kind == "楼宇"])
    _labels(drawing, places)
    _marks(drawing, places)
    _doors(drawing, [place for place in places if place.key])
    _legend(drawing.sheet, scale)
    sheet, room = drawing.sheet, EDGE / drawing.per_metre
    sheet.axis("xaxis", visible=False, range=[left - room, right + room], constrain="domain")
    sheet.axis("yaxis", visible=False, range=[bottom - room, top + room], scaleanchor="x", constrain="domain")
    return sheet.figure(
        title,
        subtitle,
        round(height + 2 * EDGE + FOOT + 74),
        clickmode="event+select",
        hoverdistance=PITCH,
        margin={"l": 0, "r": 0, "t": 74, "b": FOOT},
    )


def _fill(sheet: Sheet, rings: list[Ring], colour: str, line: str, width: float, **more) -> None:
    x, y = path(rings)
    sheet.points(
        x,
        y,
        mode="lines",
        fill="toself",
        fillcolor=colour,
        hoverinfo="skip",
        line={"color": line, "width": width},
        **more,
    )


def _ground(drawing: _Drawing, places: list[Place]) -> None:
    """Lawns, water and roads, in the order in which they lie over one another."""
    for kind in ("绿地", "水面", "道路"):
        here = [place for place in places if place.kind == kind]
        rings = [ring for place in here for ring in place.rings]
        lines = [line for place in here for line in place.lines if len(line) > 1]
        if rings:
            _fill(drawing.sheet, rings, _UNDER[kind], _UNDER[kind], 0)
        if lines:
            x, y = path(lines, closed=False)
            drawing.sheet.points(x, y, mode="lines", hoverinfo="skip", line={"color": _UNDER[kind], "width": 2})
    spots = [line[0] for place in places if place.kind == "地点" for line in place.lines]
    if spots:
        drawing.sheet.points(
            [x for x, _ in spots],
            [y for _, y in spots],
            mode="markers",
            hoverinfo="text",
            hovertext=[plain_label(place.name) for place in places if place.kind == "地点" for _ in place.lines],
            marker={"symbol": "square", "size": 8, "color": FAINT},
        )


def _buildings(drawing: _Drawing, places: list[Place]) -> None:
    """What is no building of the school grey, what has no data hatched, the others by their value."""
    for place in places:
        drawing.groups.setdefault(_colour(drawing, place), []).append(place)
    for colour, group in drawing.groups.items():
        rings = [ring for place in group for ring in place.rings]
        if colour == "":
            _fill(
                drawing.sheet,
                rings,
                PAPER,
                FAINT,
                1,
                fillpattern={"shape": "/", "fgcolor": FAINT, "bgcolor": PAPER, "size": 6, "solidity": 0.15},
            )
        else:
            _fill(drawing.sheet, rings, colour, RULE if colour == SHADE else PAPER, 1)
    for place in places:
        if place.chosen:
            _fill(drawing.sheet, place.rings, UNSEEN, BAD, 3)


def _colour(drawing: _Drawing, place: Place) -> str:
    """Behind a building; '' for hatched."""
    if math.isfinite(place.value):
        return SHADE if place.few else drawing.scale.colour(place.value)
    return "" if place.key else SHADE


def _labels(drawing: _Drawing, places: list[Place]) -> None:
    written = []
    for place in places:
        if place.kind != "楼宇" or not place.rings or not place.name:
            continue
        wide, tall = (metres * drawing.per_metre for metres in size(place.rings))
        if words := label(place.name, wide, tall):
            colour = _colour(drawing, place)
            ink = NEUTRAL if colour in ("", SHADE) else text_on(colour)
            written.append((*place.centre, words, ink))
    if written:
        x, y, texts, inks = zip(*written, strict=True)
        drawing.sheet.points(
            list(x),
            list(y),
            mode="text",
            text=list(texts),
            textfont={"size": SMALL, "color": list(inks)},
            hoverinfo="skip",
        )


def _marks(drawing: _Drawing, places: list[Place]) -> None:
    """White with a dark rim: a disc at the upper right corner of what is clearly more or less, a diamond at the upper
    left of a hot spot."""
    for name, symbol, side in (("mark", "circle", max), ("hot", "diamond", min)):
        corners = [
            (side(x for x, _ in place.rings[0]), max(y for _, y in place.rings[0]))
            for place in places
            if getattr(place, name) and place.rings
        ]
        if corners:
            drawing.sheet.points(
                [x for x, _ in corners],
                [y for _, y in corners],
                mode="markers",
                hoverinfo="skip",
                marker={"symbol": symbol, "size": 9, "color": PAPER, "line": {"color": INK, "width": 2.5}},
            )


def _doors(drawing: _Drawing, places: list[Place]) -> None:
    """The unseen markers: hover words, and the key for the click."""
    spots = [
        (x, y, place)
        for place in places
        for x, y in [place.centre, *(spread(place.rings, PITCH / drawing.per_metre) if place.rings else [])]
    ]
    unseen = UNSEEN
    drawing.sheet.points(
        [x for x, _, _ in spots],
        [y for _, y, _ in spots],
        mode="markers",
        customdata=[[place.key] for _, _, place in spots],
        hovertext=[place.hover for _, _, place in spots],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": "square", "size": PITCH - 6, "color": unseen, "line": {"width": 0}},
        unselected={"marker": {"opacity": 0}},
        selected={"marker": {"color": unseen}},
    )


def _legend(sheet: Sheet, scale: Scale) -> None:
    """A bar of the blues with its two ends in words, below the map."""
    ramp = RAMP[::-1] if scale.reverse else RAMP
    for step, (_, colour) in enumerate(scale_of(ramp)):
        sheet.shapes.append(
            {
                "type": "rect",
                "xref": "paper",
                "yref": "paper",
                "x0": 0.09 + step * 0.03,
                "x1": 0.12 + step * 0.03,
                "y0": 0,
                "y1": 0,
                "ysizemode": "pixel",
                "yanchor": 0,
                "fillcolor": colour,
                "line": {"width": 0},
            }
            | {"y0": -24, "y1": -12}
        )
    sheet.note(
        scale.low_words, 0.085, 0, xref="paper", yref="paper", xanchor="right", yanchor="middle", yshift=-18, size=12
    )
    sheet.note(
        scale.high_words,
        0.095 + 0.03 * len(ramp),
        0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="middle",
        yshift=-18,
        size=12,
    )
