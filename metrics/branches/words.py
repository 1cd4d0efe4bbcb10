"""What is said of a review: who differs, what changed, how it is made fair, and what to be careful of."""

import pandas as pd

from metrics.ask import terms
from metrics.ask.measure import measure
from metrics.ask.selection import UNRECOGNISED, Scope
from metrics.compare.grounds import half_loaded
from metrics.define import numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import BRANCHES_FROM
from metrics.methods import funnel
from warehouse import Build

NAMED = 3  # of each sort in the headline; the rest are counted
NOTES = {
    "hazard_reporting_rate": "报得多说明查得勤，不论多少都不拉低任何支部",
    "activity_people": "人次只说明做了什么，多少不作评价",
    "duty_person_times": "人次只说明做了什么，多少不作评价",
    "hazard_recurrence_rate": "最近 90 天销号的还没观察满，数字会偏低",
    "ticket_satisfaction_rate": "要和本人评价率一起看",
    "brand_task_on_time_rate": "没有佐证的任务算没有完成",
    "pairing_action_rate": "按期末所在学期看",
}
OWN_PROMISES = ("brand_task_on_time_rate", "pairing_action_rate")


def basis(metric: Metric, cells: pd.DataFrame, by_people: bool) -> str:
    """How the expected number is made, in one sentence."""
    if by_people:
        return "期望值按各支部所管楼宇的常住人数 × 开放天数，把全校的总数摊到各支部；只作参照，不作评价。"
    if metric.key in OWN_PROMISES:
        return "各支部自己答应的事，不按楼宇折算，期望值就是全部支部合起来的水平。"
    kinds = cells[cells["whole"] > 0].groupby("kind")["branch"].nunique()
    single = [kind for kind in kinds.index[kinds == 1] if kind != UNRECOGNISED]
    named = "、".join(single[:NAMED]) + (f"等 {len(single)} 类" if len(single) > NAMED else "")
    tail = f"；{named}只有一个支部管，按全校水平算" if single else ""
    return f"期望值按楼宇类型折算：这个支部管的每一类楼宇，都按全校同类楼宇的水平算{tail}。"


def note(metric: Metric) -> str:
    """What the number may not be read without."""
    return NOTES.get(metric.key, "")


def outcome(judged) -> str:
    """Who really differs from what was to be expected, or that nobody does."""
    metric = judged.metric
    if not judged.standings:
        return f"{metric.label}：{judged.note}。"
    if not judged.is_compared:
        return f"{metric.label}：{_range(metric, judged.standings)}，只列数字，不比较。"
    counted = [standing for standing in judged.standings if standing.is_judged]
    odd = sorted((one for one in counted if not one.verdict.is_normal), key=lambda one: not one.is_clear)
    parts = [
        f"{_joined([_shown(metric, standing) for standing in odd if standing.told == word])}{word}"
        for word in dict.fromkeys(standing.told for standing in odd)
    ]
    placed = [
        f"{standing.name}排在{standing.word}"
        for standing in sorted(counted, key=lambda standing: standing.rank or 99)
        if standing.rank
    ]
    head = f"{metric.label}：可比的 {len(counted)} 个支部"
    if not parts and not placed:
        return f"{head}与预期比都在正常波动内，不排名。" if counted else f"{metric.label}：没有可比的支部。"
    return f"{head}与预期比，{'；'.join(parts + placed)}；其余正常波动，不排名。"


def headline(period, outcomes: tuple) -> str:
    """The answer first: what changed against their own past, then who differs from the others."""
    changed = [
        (outcome, standing)
        for outcome in outcomes
        for standing in outcome.standings
        if standing.earlier.good is not None
    ]
    word = {True: "好转", False: "变差"}
    own = [
        f"{standing.name}{outcome.metric.label}{word[standing.earlier.good]}"
        f"（{outcome.metric.show(standing.earlier.value)} → {_now(outcome.metric, standing)}）"
        for outcome, standing in changed
    ]
    odd = [
        f"{standing.name}{outcome.metric.label}{standing.told}"
        f"（{outcome.metric.show_part_whole(standing.part, standing.whole)}）"
        for outcome in outcomes
        for standing in outcome.standings
        if outcome.is_compared and standing.is_clear
    ]
    compared = [outcome for outcome in outcomes if outcome.is_compared]
    if not any(standing.whole > 0 for outcome in outcomes for standing in outcome.standings):
        return f"{period.label}：还没有可以评议的记录"
    has_past = any(one.earlier.value == one.earlier.value for outcome in outcomes for one in outcome.standings)
    steady = "与自己的过去比，都在正常波动内" if has_past else "没有可以与自己的过去比的比率"
    past = f"与自己的过去比，{_listed(own, '处')}" if own else steady
    if not compared:
        return f"{period.label}：{past}；看得到的支部不足 {BRANCHES_FROM} 个，不与别的支部比"
    others = (
        f"与预期比，{_listed(odd, '处')}，其余不排名"
        if odd
        else f"与预期比，{len(compared)} 项比率上没有一个支部明显偏高或偏低，不排名"
    )
    leaning = [
        f"{one.name}{outcome.metric.label}{one.told}"
        for outcome in compared
        for one in outcome.standings
        if one.verdict.is_leaning
    ]
    return f"{period.label}：{past}；{others}" + (f"；{_listed(leaning, '处')}" if leaning else "")


def cautions(build: Build, period, outcomes: tuple, scope: Scope) -> tuple[str, ...]:
    """What to be careful of, most important first."""
    sentences = [f"{outcome.metric.label}：{outcome.note}。" for outcome in outcomes if not outcome.standings]
    if not period.is_over:
        sentences.append(
            f"{period.label}还没有结束，数字只算到 {terms.last_whole_day(build)}；与过去比时只取同样的天数。"
        )
    sentences += dict.fromkeys(
        f"{words}，之后的还没有算进来。"
        for outcome in outcomes
        if (words := half_loaded(build, outcome.metric, period.window))
    )
    sentences += _nobodys(build, period, outcomes, scope)
    judged = [
        standing for outcome in outcomes if outcome.is_compared for standing in outcome.standings if standing.is_judged
    ]
    if judged:
        by_chance = numbers.decimal(len(judged) * (1 - funnel.OUTER), 2)
        sentences.append(
            f"这里一共比较了 {len(judged)} 次：即使支部之间毫无差别，"
            f"平均也会有约 {by_chance} 次碰巧落在 99.8 % 的范围之外，要和做法、记录一起看。"
        )
    return tuple(sentences)


def _nobodys(build: Build, period, outcomes: tuple, scope: Scope) -> list[str]:
    """Records that belong to no branch, where the viewer may see them."""
    lost_records = []
    for outcome in outcomes:
        if (
            scope.everything
            and outcome.is_compared
            and outcome.metric.key in ("hazard_on_time_rate", "ticket_on_time_rate")
        ):
            rows = measure(build, outcome.metric, period.counted, "branch", scope=scope).set_index("branch")["whole"]
            if lost := rows.get(UNRECOGNISED, 0):
                lost_records.append(
                    f"{outcome.metric.label}：{numbers.exact_number(lost)} 条记录的地点认不出归哪个支部，"
                    f"没有算到任何支部（共 {numbers.exact_number(rows.sum())} 条）。"
                )
    return lost_records


def _shown(metric: Metric, standing) -> str:
    return f"{standing.name} {_now(metric, standing)}" + (
        f"（{metric.show_part_whole(standing.part, standing.whole)}）" if metric.is_rate and standing.whole else ""
    )


def _range(metric: Metric, standings: tuple) -> str:
    """「8 个支部从 79 人次 到 248 人次」, without saying whose."""
    values = [standing.value for standing in standings if not numbers.missing(standing.value)]
    if not values:
        return "没有可算的记录"
    return (
        f"{len(values)} 个支部从 {metric.show(min(values))} 到 {metric.show(max(values))}"
        if len(values) > 1
        else metric.show(values[0])
    )


def _now(metric: Metric, standing) -> str:
    return metric.show(standing.value)


def _joined(names: list[str]) -> str:
    return "、".join(names)


def _listed(parts: list[str], unit: str) -> str:
    return "；".join(parts[:NAMED]) + (f"等 {len(parts)} {unit}" if len(parts) > NAMED else "")
