"""A branch against its own past: the rules of compare.py, and whether a change is more than chance.

A change of a rate is tested by Fisher's exact test where both wholes are 30 or more; all branches and outcomes of one
review are corrected together (Benjamini and Hochberg 1995, 5 %), so that a review of unchanged branches names one in
twenty times at most.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from metrics.ask import terms
from metrics.ask.selection import Scope
from metrics.ask.window import Window
from metrics.branches.periods import MONTH, PROJECT, SCHOOL_YEAR, TERM, Period, earlier
from metrics.compare import compare
from metrics.compare.comparison import Comparison
from metrics.define.catalogue import Metric
from metrics.methods import many_tests
from metrics.methods.verdict import NORMAL, WORDS, Verdict, clear, degrees
from warehouse import Build

SAME = {
    TERM: ("同比", "上年同学期"),
    MONTH: ("环比", "上月"),
    SCHOOL_YEAR: ("环比", "上学年"),
    PROJECT: ("环比", "上一个两年"),
}
ROSE, FELL, CHANCE, UNTOLD = clear(1), clear(-1), WORDS[NORMAL], "不作比较"
WATCHED = {
    "hazard_recurrence_rate": (90, "销号还没满 90 天，看不出复发")
}  # days a case must have been watched before it is told
WHOLE_TERM = ("pairing_action_rate",)  # a past term is known to its end, the running one is not


@dataclass(frozen=True)
class Earlier:
    """The same outcome of the same branch in its own past, over like days. part, whole, value are the past's (NaN when
    not told).

    `words`: the whole sentence, or why nothing is compared. `verdict`: the word of metrics.methods.verdict, or
    不作比较; `good`: a change beyond chance for the better; None without one. `chance`: the corrected p."""

    period: Period | None
    part: float
    whole: float
    value: float
    words: str
    verdict: str = UNTOLD
    good: bool | None = None
    chance: float = float("nan")


def of_branches(
    build: Build, metric: Metric, period: Period, scope: Scope
) -> tuple[dict[str, Earlier], dict[str, float], str]:
    """By branch: its own past, and the p of no change (NaN where it is not tested); why there is nothing to compare for
    any of them ('' where there is). Verdicts come with `judged`."""
    base = earlier(build, period)
    if base is None:
        return {}, {}, "没有更早的数据"
    window, past, reason = _spans(build, metric, period, base)
    if reason:
        return {}, {}, reason
    name, word = SAME[period.kind]
    compared = compare.each(build, metric, window, past, name, word, "branch", scope)
    pasts = {branch: _told(base, comparison) for branch, comparison in compared.items()}
    return pasts, {branch: _chance(metric, comparison) for branch, comparison in compared.items()}, ""


def nothing(base: Period | None, reason: str) -> Earlier:
    """No comparison, and why."""
    return Earlier(base, np.nan, np.nan, np.nan, f"{reason}，不与自己的过去比")


def judged(pasts: list[Earlier], chances: list[float], better: list[str]) -> list[Earlier]:
    """Every comparison of one review with its verdict, corrected together."""
    told = []
    corrected = many_tests.adjusted(np.array(chances, float))
    for past, degree, chance, side in zip(
        pasts, degrees(np.array(chances, float), corrected), corrected, better, strict=True
    ):
        if np.isnan(chance):
            told.append(past)
            continue
        verdict = Verdict(degree, 1 if past.verdict == ROSE else -1)
        words = f"{past.words}，{verdict.word}"
        told.append(replace(past, words=words, verdict=verdict.word, good=verdict.good(side), chance=float(chance)))
    return told


def _spans(build: Build, metric: Metric, period: Period, base: Period) -> tuple[Window, Window, str]:
    """The two spans to compare, and why there is nothing to compare ('' when there is)."""
    if metric.key in WHOLE_TERM and not period.is_over:
        return period.window, base.window, "这一期还没有过完，共建行动按整个学期看"
    if metric.key not in WATCHED:
        return period.window, base.window, ""
    days, sentence = WATCHED[metric.key]
    until = terms.last_whole_day(build) + timedelta(
        days=1 - days
    )  # closed before this day, it has been watched long enough
    if period.window.end <= until:
        return period.window, base.window, ""
    if until <= period.window.start:
        return period.window, base.window, sentence
    return (
        Window(period.window.start, until),
        Window(base.window.start, base.window.start + (until - period.window.start)),
        "",
    )


def _told(base: Period, comparison: Comparison) -> Earlier:
    verdict = UNTOLD if comparison.change is None else ROSE if comparison.change > 0 else FELL
    told = comparison.comparable and not np.isnan(comparison.base)
    past = (comparison.base_part, comparison.base_whole, comparison.base) if told else (np.nan, np.nan, np.nan)
    return Earlier(base, *past, comparison.sentence.rstrip("。"), verdict)


def _chance(metric: Metric, comparison: Comparison) -> float:
    if not metric.is_rate or comparison.change is None:
        return np.nan
    return fisher(comparison.now_part, comparison.now_whole, comparison.base_part, comparison.base_whole)


def fisher(part: float, whole: float, past_part: float, past_whole: float) -> float:
    """Two-sided p of equal shares (Fisher's exact test, as R's fisher.test)."""
    from scipy.stats import fisher_exact  # slow to load

    return float(fisher_exact([[part, whole - part], [past_part, past_whole - past_part]])[1])
