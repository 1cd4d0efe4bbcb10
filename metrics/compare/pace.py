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
from metrics.methods.verdict import FEW, NORMAL, PACE, Verdict, degrees, listed
from warehouse import Build

OTHERS = "其他各家"


@dataclass(frozen=True)
class Pace:
    """One unit: its curve (hours), the p-value of the log-rank test against all the others, corrected for all units,
    and the verdict."""

    key: str
    name: str
    curve: Survival
    p: float
    verdict: Verdict


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
        own_p = chances[judged.index(key)] if key in judged else np.nan
        told = _verdict(float(own_p), p, len(judged), curve, rest)
        units.append(Pace(key, members.name(build, by, key), curve, p, told))
    overall = float("nan")
    if len(judged) > 1:
        among = np.any([own[key] for key in judged], axis=0)
        overall = logrank(hours[among], ended[among], code[among])[1]
    order = sorted(units, key=lambda one: (np.isnan(one.curve.median), one.curve.median, one.curve.p90), reverse=True)
    return Paces(metric, tuple(order), kaplan_meier(hours, ended), overall)


def _verdict(chance: float, corrected: float, looks: int, curve: Survival, rest: Survival) -> Verdict:
    degree = degrees(np.array([chance]), np.array([corrected]))[0]
    side = 0 if degree in (FEW, NORMAL) else 1 if _area(curve, rest) > 0 else -1
    return Verdict(degree, side, PACE, OTHERS, curve.n, looks)


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
    """「办结用时：10 家都在正常波动内；一半在 38.2 小时内办结」 or who is slower and who faster."""
    usual = answer.metric.show(answer.everyone.median)
    half = f"一半在 {usual}内办结" if answer.everyone.median == answer.everyone.median else "还不到一半办结"
    counted = sum(one.verdict.is_judged for one in answer.units)
    if counted < 2:
        return f"{answer.metric.label}：够 {CURVE_FROM} 件的不到两家，不比较；{half}"
    told = listed([one.name for one in answer.units], [one.verdict for one in answer.units], "家")
    return f"{answer.metric.label}：{told}；{half}"
