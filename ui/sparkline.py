"""A small line of recent weeks with its mean and limits, as an SVG picture: no library, no request, printable."""

import base64
from collections.abc import Sequence

import numpy as np

from metrics.spc import Xmr
from ui import theme

WIDTH, HEIGHT, MARGIN = 150, 42, 4


def image(series: Sequence[float], limits: Xmr, colour: str) -> str:
    """The picture as an <img> that carries its own data; nothing for fewer than two points."""
    drawn = svg(series, limits, colour)
    if not drawn:
        return ""
    data = base64.b64encode(drawn.encode()).decode()
    return f'<img class="tile-line-chart" width="{WIDTH}" height="{HEIGHT}" alt="最近 {len(series)} 周的走势" src="data:image/svg+xml;base64,{data}">'


def svg(series: Sequence[float], limits: Xmr, colour: str) -> str:
    """Line over a band from lower to upper limit; special points filled, the last point in `colour`; gaps stay gaps."""
    values = np.asarray(series, float)
    seen = values[np.isfinite(values)]
    if len(seen) < 2:
        return ""
    edges = [edge for edge in (limits.lower, limits.upper) if np.isfinite(edge)]
    low, high = min([*seen, *edges]), max([*seen, *edges])
    across = np.linspace(MARGIN, WIDTH - MARGIN, len(values))

    def level(value):
        return HEIGHT - MARGIN - (value - low) / ((high - low) or 1.0) * (HEIGHT - 2 * MARGIN)

    parts = _band(limits, level) if len(edges) == 2 else []
    for stretch in _stretches(values):
        points = " ".join(f"{across[index]:.1f},{level(values[index]):.1f}" for index in stretch)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{theme.SERIES[0]}" stroke-width="1.5"/>')
    marked = [(index, 2.2, theme.SERIES[0]) for index, rule in enumerate(limits.special) if rule]
    for index, size, fill in [*marked, (len(values) - 1, 3.5, colour)]:
        if np.isfinite(values[index]):
            parts.append(f'<circle cx="{across[index]:.1f}" cy="{level(values[index]):.1f}" r="{size}" fill="{fill}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'


def _band(limits: Xmr, level) -> list[str]:
    top, bottom, mean = level(limits.upper), level(limits.lower), level(limits.mean)
    return [
        f'<rect x="0" y="{top:.1f}" width="{WIDTH}" height="{max(bottom - top, 1):.1f}" fill="#EEF1F5"/>',
        f'<line x1="0" x2="{WIDTH}" y1="{mean:.1f}" y2="{mean:.1f}" stroke="#98A2B3" stroke-width="0.8"/>',
    ]


def _stretches(values: np.ndarray) -> list[list[int]]:
    """Runs of neighbouring present points, so that a holiday left out is a gap and not a straight line."""
    found: list[list[int]] = [[]]
    for index, value in enumerate(values):
        if np.isfinite(value):
            found[-1].append(index)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if len(stretch) > 1]
