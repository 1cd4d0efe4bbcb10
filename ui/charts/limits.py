"""Natural limits of a series on a time axis: what they are, and the thin lines with their names. Pure."""

import math
from dataclasses import dataclass, field, replace

import pandas as pd

from ui.charts.colours import FAINT
from ui.charts.style import Sheet, panel, plain_label


@dataclass(frozen=True)
class Limits:
    """Natural process limits of a series (XmR): mean ± 2.66 × mean moving range, and the points that stand out.

    special: period → why in words, only for points that stand out; provisional: under 12 points. `over`: the periods
    the limits speak of; None for all. A week of another kind (a holiday) gets no lines and a grey point.
    """

    mean: float
    lower: float
    upper: float
    special: dict = field(default_factory=dict)
    provisional: bool = False
    over: frozenset | None = None

    def covers(self, period: pd.Timestamp) -> bool:
        return self.over is None or period in self.over


def _spans(periods: pd.Series, limits: Limits) -> list[tuple[str, str]]:
    """Unbroken stretches of the periods the limits speak of, half a step beyond the first and last point."""
    step = periods.diff().min() / 2 if len(periods) > 1 else pd.Timedelta(days=3.5)
    spans: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for before, period in zip([None, *periods], periods, strict=False):
        if not limits.covers(period):
            continue
        if before is not None and limits.covers(before):  # months are not equally long
            spans[-1] = (spans[-1][0], period + step)
        else:
            spans.append((period - step, period + step))
    return [(start.isoformat(), end.isoformat()) for start, end in spans]


def limit_lines(sheet: Sheet, limits: Limits, metric, periods: pd.Series, number: int = 0, least: float = 0.0) -> None:
    """Mean and limits as thin grey lines where they apply; with words in a chart of one, `least` apart."""
    words: list[tuple[float, str, str]] = []
    yref = f"y{panel(number)}"
    dash = "dash" if limits.provisional else "solid"
    for name, level, style in (
        ("均值", limits.mean, dash),
        ("上限", limits.upper, "dot"),
        ("下限", limits.lower, "dot"),
    ):
        if not math.isfinite(level) or (name == "下限" and level <= 0):
            continue
        if limits.over is None:
            sheet.line((0, 1), (level, level), FAINT, style, xref=f"x{panel(number)} domain", yref=yref)
        for span in _spans(periods, limits) if limits.over is not None else []:
            sheet.line(span, (level, level), FAINT, style, xref=f"x{panel(number)}", yref=yref)
        words.append((level, f"{name} {plain_label(metric.show(level).partition('/')[0], 20)}", FAINT))
    for height, text, _ in [] if number else apart(words, least):
        sheet.note(text, 1, height, xref="paper", xanchor="left", xshift=4)


def dated(limits: Limits | None) -> Limits | None:
    """Periods under one type, however the caller wrote them."""
    over = None if limits is None or limits.over is None else frozenset(map(pd.Timestamp, limits.over))
    return limits and replace(
        limits, special={pd.Timestamp(day): why for day, why in limits.special.items()}, over=over
    )


def apart(ends: list[tuple[float, str, str]], least: float) -> list[tuple[float, str, str]]:
    """Labels moved up just enough that two lines ending together can both be read."""
    placed: list[tuple[float, str, str]] = []
    for height, name, colour in sorted(ends):
        placed.append((max(height, placed[-1][0] + least) if placed else height, name, colour))
    return placed
