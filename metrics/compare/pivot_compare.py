"""Two periods or two places side by side, row by row, by the rules of compare.py; which rows differ by more than
chance."""

from dataclasses import dataclass

import numpy as np

from metrics.ask import members
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, DIMENSIONS, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.compare import compare
from metrics.compare.comparison import Comparison, Pair, worded
from metrics.compare.pivot import MOST_ROWS, NAMES, ORDERED
from metrics.compare.pivot_question import CALENDAR
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName, unknown
from metrics.define.small_numbers import CHANGE_FROM
from metrics.methods import many_tests
from metrics.methods import verdict as verdicts
from metrics.methods.verdict import FEW, NOTHING, Verdict
from warehouse import Build

LEVEL = verdicts.LEVEL
FIGURES, EMPTY = ["part", "whole", "value"], {"part": 0.0, "whole": 0.0}


@dataclass(frozen=True)
class Sides:
    """left and right: what the two are called; `rows`: key → Comparison (now = left, base = right), largest first, at
    most MOST_ROWS; hidden: rows not listed, all of them in `grand`; verdicts: of each row, left held against right,
    corrected for the number of rows; None where it was not tested. `whole`: the same of `grand`, which is one look.
    """

    metric: Metric
    by: str
    left: str
    right: str
    rows: dict[object, Comparison]
    grand: Comparison
    hidden: int
    verdicts: dict[object, Verdict | None]
    whole: Verdict | None
    are_places: bool = False

    @property
    def tested(self) -> bool:
        return self.metric.kind.is_testable

    @property
    def differing(self) -> list:
        """Rows that clearly differ, in their order."""
        return [key for key, one in self.verdicts.items() if one and one.is_clear]

    @property
    def leaning(self) -> list:
        """Rows that would differ if they had been the only ones looked at."""
        return [key for key, one in self.verdicts.items() if one and one.is_leaning]


def two_periods(
    build: Build,
    metric: str | Metric,
    window: Window,
    base: Window,
    name: str,
    word: str,
    by: str,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> Sides:
    """`window` against `base`, told by `name` (环比, 同比 …) and `word` (上期 …). A dimension of the calendar has no
    rows in common: UnknownName."""
    metric = catalogue.get(metric)
    _known(by, (*CALENDAR,))
    rows = compare.each(build, metric, window, base, name, word, by, scope, only)
    grand = compare.against(build, metric, window, base, name, word, only, scope)
    return _sides(metric, by, "本期", word, rows, grand, False)


def two_places(
    build: Build,
    metric: str | Metric,
    window: Window,
    of: str,
    pair: tuple[str, str],
    by: str,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> Sides:
    """Two values of the dimension `of` over the same period. Raises UnknownName for values that do not exist or are the
    same."""
    metric = catalogue.get(metric)
    _known(by, (of, "term"))
    if of not in DIMENSIONS:
        raise unknown("维度", of, DIMENSIONS)
    if pair[0] == pair[1]:
        raise UnknownName(f"两处是同一个{NAMES[of]}，请选两个不同的。")
    names = [members.name(build, of, value) for value in pair]
    both = _narrowed(only, of, pair)
    cells = measure(build, metric, window, (of, by), only=both, scope=scope)
    keys = list(cells[by].unique())
    fill = {"fill_value": 0.0} if metric.kind.is_plain else {}
    left, right = (
        cells.loc[cells[of] == value, FIGURES + [by]].set_index(by).reindex(keys, **fill).fillna(EMPTY)
        for value in pair
    )
    whole = (
        measure(build, metric, window, of, only=both, scope=scope)
        .set_index(of)[FIGURES]
        .reindex(list(pair), **fill)
        .fillna(EMPTY)
    )

    def compared(here, there) -> Comparison:
        return worded(Pair("两处", metric, window, window, here, there, names[1]))

    rows = {key: compared(left.loc[key], right.loc[key]) for key in keys}
    return _sides(metric, by, names[0], names[1], rows, compared(whole.iloc[0], whole.iloc[1]), True)


def _known(by: str, barred: tuple[str, ...]) -> None:
    if by not in NAMES or by in barred:
        raise unknown("维度", by, [name for name in NAMES if name not in barred])


def _narrowed(only: Selection, of: str, pair: tuple[str, str]) -> Selection:
    fields = {name: only.values(name) for name in DIMENSIONS if name != of}
    return Selection(
        **{DIMENSIONS[name].field: values for name, values in fields.items()}, **{DIMENSIONS[of].field: pair}
    )


def _sides(metric: Metric, by: str, left: str, right: str, rows: dict, grand: Comparison, are_places: bool) -> Sides:
    kept = {key: one for key, one in rows.items() if _size(metric, one) > 0}
    order = list(kept) if by in ORDERED else sorted(kept, key=lambda key: -_size(metric, kept[key]))
    shown = order[:MOST_ROWS]
    told = dict(zip(order, judged(metric, [kept[key] for key in order], right, are_places), strict=True))
    return Sides(
        metric,
        by,
        left,
        right,
        {key: kept[key] for key in shown},
        grand,
        len(order) - len(shown),
        {key: told[key] for key in sorted(shown, key=lambda key: _size(metric, kept[key]), reverse=True)},
        judged(metric, [grand], right, are_places)[0],
        are_places,
    )


def judged(metric: Metric, comparisons: list[Comparison], against: str, are_places: bool) -> list[Verdict | None]:
    """A verdict for each comparison, all of them corrected together; None for what the law cannot test."""
    if not metric.kind.is_testable:
        return [None] * len(comparisons)
    chance = np.array([_chance(metric, one, are_places) for one in comparisons])
    looks, names = int(np.isfinite(chance).sum()), verdicts.sides(metric.kind.is_level)
    told: list[Verdict | None] = []
    for degree, one in zip(verdicts.degrees(chance, many_tests.adjusted(chance)), comparisons, strict=True):
        missing = not one.comparable or numbers.missing(one.now)
        side = 1 if (one.change or 0) > 0 else -1
        told.append(
            Verdict(NOTHING if missing and degree == FEW else degree, side, names, against, one.now_whole, looks)
        )
    return told


def _size(metric: Metric, comparison: Comparison) -> float:
    """What both sides hold together: the cases, of a quotient its whole; 0 where nothing is known of either."""
    sides = (
        (comparison.now_part, comparison.base_part)
        if metric.kind.weighed_by == "part"
        else (comparison.now_whole, comparison.base_whole)
    )
    return float(np.nansum(np.abs(sides)))


def _chance(metric: Metric, comparison: Comparison, are_places: bool) -> float:
    """Two-sided chance of two sides as far apart: rates on the arcsine scale; counts of two places by the exact
    binomial of Przyborowski and Wilenski, of two periods no less than two ordinary years differ (the logarithm of
    their ratio). NaN where the two were not compared or hold too few cases."""
    if not metric.kind.is_testable or not comparison.comparable or comparison.change is None:
        return float("nan")
    from scipy.special import ndtr

    if metric.is_rate:
        angles = [
            np.arcsin(np.sqrt(part / whole))
            for part, whole in (
                (comparison.now_part, comparison.now_whole),
                (comparison.base_part, comparison.base_whole),
            )
        ]
        return float(
            2
            * ndtr(
                -abs(angles[0] - angles[1]) / np.sqrt(1 / (4 * comparison.now_whole) + 1 / (4 * comparison.base_whole))
            )
        )
    from scipy.stats import binomtest

    share = (
        comparison.now_whole / (comparison.now_whole + comparison.base_whole) if metric.kind.is_per_resident else 0.5
    )
    now, base = comparison.now_part, comparison.base_part
    exact = float(binomtest(int(now), int(now + base), share).pvalue)
    if are_places or not now or not base:
        return exact
    apart = np.log(now / base * (1 - share) / share)
    return max(exact, float(2 * ndtr(-abs(apart) / np.sqrt(1 / now + 1 / base + many_tests.ORDINARY**2))))


def change_words(metric: Metric, comparison: Comparison) -> str:
    """「+3.2 百分点」, 「−12.5 %」; of fewer than 30 cases or a refusal why there is none."""
    if not comparison.comparable or numbers.missing(comparison.now) or numbers.missing(comparison.base):
        return numbers.NONE
    if comparison.change is None:
        return f"不足 {CHANGE_FROM}，只看数量"
    return f"{numbers.signed(comparison.change, metric.kind.change_digits)} {comparison.unit}"
