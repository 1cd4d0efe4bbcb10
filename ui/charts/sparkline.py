"""A small line of recent weeks with its mean and limits, as an SVG picture: no library, no request, printable."""

import base64
from collections.abc import Callable
from datetime import date

import numpy as np

from metrics.ask.window import WEEK
from metrics.compare.recent import Recent
from ui.charts import colours

WIDTH, HEIGHT, MARGIN = 150, 42, 4
MOST_STRETCHES = 6


def image(recent: Recent, colour: str) -> str:
    """The picture as an <img> that carries its own data; nothing for fewer than two points."""
    drawn = svg(recent, colour)
    if not drawn:
        return ""
    data = base64.b64encode(drawn.encode()).decode()
    words = f"可比的最近 {len(recent.weeks)} 周"
    return (
        f'<img class="tile-line-chart" width="{WIDTH}" height="{HEIGHT}" alt="{words}" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


def svg(recent: Recent, colour: str) -> str:
    """Line over a band of the limits; special points filled, the judged week in `colour`; holidays left out are
    gaps."""
    values = np.asarray(recent.values, float)
    seen = values[np.isfinite(values)]
    if len(seen) < 2:
        return ""
    banded = not recent.of_changes and not recent.limits.flat and np.isfinite(recent.limits.lower)
    edges = [recent.limits.lower, recent.limits.upper] if banded else []
    low, high = min([*seen, *edges]), max([*seen, *edges])
    across = np.linspace(MARGIN, WIDTH - MARGIN, len(values))

    def level(value: float) -> float:
        return HEIGHT - MARGIN - (value - low) / ((high - low) or 1.0) * (HEIGHT - 2 * MARGIN)

    parts = _band(recent, level) if banded else []
    whole = stretches(recent.weeks, values)
    if (
        len(whole) > MOST_STRETCHES or sum(map(len, whole)) < len(seen) - 1
    ):  # weeks far apart, such as those with a holiday: points say more
        parts += [
            f'<circle cx="{across[index]:.1f}" cy="{level(value):.1f}" r="1.5" fill="{colours.SERIES[0]}"/>'
            for index, value in enumerate(values)
            if np.isfinite(value)
        ]
        whole = []
    for stretch in whole:
        points = " ".join(f"{across[index]:.1f},{level(values[index]):.1f}" for index in stretch)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colours.SERIES[0]}" stroke-width="1.5"/>')
    special = recent.limits.special if banded else []
    marked = [(index, 2.2, colours.SERIES[0]) for index, rule in enumerate(special) if rule]
    for index, size, fill in [*marked, (len(values) - 1, 3.5, colour)]:
        if np.isfinite(values[index]):
            parts.append(f'<circle cx="{across[index]:.1f}" cy="{level(values[index]):.1f}" r="{size}" fill="{fill}"/>')
    frame = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{"".join(parts)}</svg>'


def _band(recent: Recent, level: Callable[[float], float]) -> list[str]:
    limits = recent.limits
    top, bottom, mean = level(limits.upper), level(limits.lower), level(limits.mean)
    return [
        f'<rect x="0" y="{top:.1f}" width="{WIDTH}" height="{max(bottom - top, 1):.1f}" fill="{colours.BAND}"/>',
        f'<line x1="0" x2="{WIDTH}" y1="{mean:.1f}" y2="{mean:.1f}" stroke="{colours.FAINT}" stroke-width="0.8"/>',
    ]


def stretches(weeks: tuple[date, ...], values: np.ndarray) -> list[list[int]]:
    """Positions of neighbouring weeks that have a value, so that a holiday left out is a gap; one odd week left out
    is bridged."""
    runs: list[list[int]] = [[]]
    for index, value in enumerate(values):
        if runs[-1] and (not np.isfinite(value) or weeks[index] - weeks[index - 1] > 2 * WEEK):
            runs.append([])
        if np.isfinite(value):
            runs[-1].append(index)
    return [stretch for stretch in runs if len(stretch) > 1]
