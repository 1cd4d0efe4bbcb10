"""How fast units close their cases: a survival curve each, open cases kept in, and whether the curves really differ."""

from dataclasses import dataclass

import numpy as np

from metrics.ask import members
from metrics.ask.question import Question
from metrics.ask.reading.durations import watched
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName
from metrics.define.small_numbers import CURVE_FROM
from metrics.methods import many_tests
from metrics.methods.survival import Survival, kaplan_meier, logrank
from warehouse import Build

LEVEL = 0.05
SLOWER, FASTER, ALIKE, TOO_FEW = "慢于其他", "快于其他", "与其他无明显差别", "样本太小，不判断"


@dataclass(frozen=True)
class Pace:
    """One unit: its curve (hours), the p-value of the log-rank test against all the others, corrected for all units,
    and a word."""

    key: str
    name: str
    curve: Survival
    p: float
    word: str


@dataclass(frozen=True)
class Paces:
    """`units` slowest first; `everyone`: all together; `p`: the log-rank test of one pace for all units with enough
    cases."""

    metric: Metric
    units: tuple[Pace, ...]
    everyone: Survival
    p: float


def paces(
    build: Build, metric_key: str, window: Window, by: str = "unit", only: Selection = ALL, scope: Scope = EVERYTHING
) -> Paces:
    """Curves of every value of `by` that has cases begun in the window. Raises UnknownName for a metric that is no
    duration."""
    metric = catalogue.get(metric_key)
    if not metric.kind.is_duration:
        raise UnknownName(f"「{metric.label}」不是用时，画不出快慢曲线，请选一个用时指标。")
    rows = watched(Question(build, metric, window, (by,), None, only, scope))
    hours, ended, code, labels = rows.hours, rows.ended, rows.codes[by], rows.labels[by]
    own = {str(labels[at]): code == at for at in labels.argsort()}
    curves = {key: kaplan_meier(hours[cases], ended[cases]) for key, cases in own.items()}
    judged = [key for key, curve in curves.items() if curve.n >= CURVE_FROM]
    chances = np.array([logrank(hours, ended, own[key])[1] if len(judged) > 1 else np.nan for key in judged])
    corrected = dict(zip(judged, many_tests.adjusted(chances), strict=True))
    units = []
    for key, curve in curves.items():
        rest = kaplan_meier(hours[~own[key]], ended[~own[key]])
        p = float(corrected.get(key, np.nan))
        units.append(Pace(key, members.name(build, by, key), curve, p, _word(p, curve, rest)))
    overall = float("nan")
    if len(judged) > 1:
        among = np.any([own[key] for key in judged], axis=0)
        overall = logrank(hours[among], ended[among], code[among])[1]
    order = sorted(units, key=lambda one: (np.isnan(one.curve.median), one.curve.median, one.curve.p90), reverse=True)
    return Paces(metric, tuple(order), kaplan_meier(hours, ended), overall)


def _word(p: float, curve: Survival, rest: Survival) -> str:
    if np.isnan(p):
        return TOO_FEW
    if p > LEVEL:
        return ALIKE
    return SLOWER if _area(curve, rest) > 0 else FASTER


def _area(own: Survival, other: Survival) -> float:
    """The signed area between two curves as far as both are known: above 0 the first stays open longer."""
    end = min(own.times[-1], other.times[-1])
    times = np.unique(np.concatenate([[0.0], own.times[own.times <= end], other.times[other.times <= end], [end]]))
    first, second = (open_share(curve, times[:-1]) for curve in (own, other))
    return float(((first - second) * np.diff(times)).sum())


def open_share(curve: Survival, hours: np.ndarray) -> np.ndarray:
    """The share still open at some hours; 1 before the first closing."""
    at = np.searchsorted(curve.times, hours, side="right") - 1
    return np.where(at < 0, 1.0, curve.open_share[np.maximum(at, 0)]) if len(curve.times) else np.ones(len(hours))


def sentence(answer: Paces) -> str:
    """「办结用时：10 个部门快慢没有明显差别，一半在 38.2 小时内办结」 or who is slower and who faster."""
    usual = answer.metric.show(answer.everyone.median)
    half = f"一半在 {usual}内办结" if answer.everyone.median == answer.everyone.median else "还不到一半办结"
    named = [(word, [one.name for one in answer.units if one.word == word]) for word in (SLOWER, FASTER)]
    differing = [f"{'、'.join(names)}{word}" for word, names in named if names]
    counted = sum(one.word != TOO_FEW for one in answer.units)
    if counted < 2:
        return f"{answer.metric.label}：够 {CURVE_FROM} 件的不到两家，不比较；{half}"
    return f"{answer.metric.label}：{'；'.join(differing) if differing else f'{counted} 家快慢没有明显差别'}；{half}"
