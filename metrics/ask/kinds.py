"""How each kind of metric is read: one statement each, rows of groups with part and whole (and value where it is not a quotient)."""

import numpy as np
import pandas as pd

from metrics.ask import sql
from metrics.ask.durations import watched
from metrics.ask.question import Question
from metrics.ask.selection import DIMENSIONS


def _group(question: Question) -> str:
    count = len(question.by) + bool(question.every)
    return "GROUP BY " + ", ".join(str(number + 1) for number in range(count)) if count else ""


def _query(question: Question, picked: list[str], bound: sql.Bound, conditions: list[str]) -> pd.DataFrame:
    columns = ", ".join(question.keys(bound) + picked)
    statement = f"SELECT {columns} {question.source} {sql.where(conditions)} {_group(question)}"
    return question.build.query(statement, bound.values)


def counted(question: Question) -> pd.DataFrame:
    """proportion, count, per_residents: rows for which whole is true, and part as well."""
    bound, metric = sql.Bound(), question.metric
    part, whole = sql.column(metric.table, metric.part), sql.column(metric.table, metric.whole)
    picked = [f"count(*) FILTER (WHERE {part} AND {whole}) AS part", f"count(*) FILTER (WHERE {whole}) AS whole"]
    return _query(question, picked, bound, question.conditions(bound, question.window))


def summed(question: Question) -> pd.DataFrame:
    """ratio: two numeric columns summed over the cohort; never a mean of ratios."""
    bound, metric = sql.Bound(), question.metric
    picked = [
        f"sum({sql.column(metric.table, name)})::DOUBLE AS {alias}"
        for name, alias in ((metric.part, "part"), (metric.whole, "whole"))
    ]
    return _query(question, picked, bound, question.conditions(bound, question.window))


def added(question: Question) -> pd.DataFrame:
    """sum, mean, sum_per_residents: a number of each row, and how many rows carry one; for a mean its 95 % t-interval as well."""
    bound, metric = sql.Bound(), question.metric
    number = sql.column(metric.table, metric.part)
    counted_rows = f"FILTER (WHERE {sql.column(metric.table, metric.whole)} AND {number} IS NOT NULL)"
    picked = [f"sum({number}) {counted_rows}::DOUBLE AS part", f"count(*) {counted_rows} AS whole"]
    if metric.kind == "mean":
        picked.append(f"stddev_samp({number}) {counted_rows}::DOUBLE AS spread")
    found = _query(question, picked, bound, question.conditions(bound, question.window))
    return found.drop(columns="spread").assign(**_interval(found)) if metric.kind == "mean" else found


def _interval(found: pd.DataFrame) -> dict[str, np.ndarray]:
    """low, high: mean ± t(0.975, n − 1) × s / √n; NaN below two rows."""
    from scipy import stats  # slow to load, and only a mean needs it

    many = found["whole"].where(found["whole"] > 1).astype("float64")
    half = stats.t.ppf(0.975, many - 1) * found["spread"].astype("float64") / np.sqrt(many)
    middle = found["part"].astype("float64") / many
    return {"low": (middle - half).to_numpy(), "high": (middle + half).to_numpy()}


def lasting(question: Question) -> pd.DataFrame:
    """duration: Kaplan–Meier median and 90th percentile in hours; what is open is censored at the data date."""
    return watched(question).by(question.key_names)


def standing(question: Question) -> pd.DataFrame:
    """stock: rows open at the end of each period (whole) and past due by then (part); a record may stand in many periods."""
    bound, metric = sql.Bound(), question.metric
    end = sql.column(metric.table, metric.end)
    now = bound(question.build.data_date)
    open_then = f"({sql.column(metric.table, metric.whole)} OR ({end} > moments.instant AND moments.instant < {now}))"
    overdue = f"count(*) FILTER (WHERE {sql.column(metric.table, metric.due)} <= moments.instant) AS part"
    begun = f"({question.time} <= moments.instant) IS NOT FALSE"
    return _at_moments(question, bound, [overdue, "count(*) AS whole"], [begun, open_then])


def in_force(question: Question) -> pd.DataFrame:
    """in_force: rows begun and not ended at the end of each period (whole), and those whose `due` had not come (part)."""
    bound, metric = sql.Bound(), question.metric
    valid = f"count(*) FILTER (WHERE coalesce({sql.column(metric.table, metric.due)} > moments.instant, true)) AS part"
    standing_then = f"coalesce({sql.column(metric.table, metric.end)} > moments.instant, true)"
    conditions = [f"{question.time} <= moments.instant", standing_then, sql.column(metric.table, metric.whole)]
    return _at_moments(question, bound, [valid, "count(*) AS whole"], conditions)


def streak(question: Question) -> pd.DataFrame:
    """streak: days from the last row with part true to the end of each period (part); days since the first row of all (whole).

    Where there was none, the streak is as old as the record itself.
    """
    bound, metric = sql.Bound(), question.metric
    last = f"max({question.time}) FILTER (WHERE {sql.column(metric.table, metric.part)})"
    first = f"(SELECT min({question.time}) {sql.source(metric.table, False)})"
    whole = f"date_diff('day', {first}, any_value(moments.instant))"
    picked = [f"coalesce(date_diff('day', {last}, any_value(moments.instant)), {whole}) AS part", f"{whole} AS whole"]
    return _at_moments(question, bound, picked, [f"{question.time} <= moments.instant"])


def _at_moments(question: Question, bound: sql.Bound, picked: list[str], conditions: list[str]) -> pd.DataFrame:
    """Groups counted at the last instant of every period; no window, since what stands may have begun long before."""
    moments = _moments(question, bound)
    keys = ["moments.period AS period"] if question.every else []
    for name in question.by:
        grouped = "moments.period" if name in ("week", "month") else sql.grouped(name, question.time)
        keys.append(f"{grouped} AS {name}")
    filters = sql.where(question.conditions(bound, None) + conditions)
    statement = f"SELECT {', '.join(keys + picked)} {question.source}, {moments} {filters} {_group(question)}"
    return question.build.query(statement, bound.values)


def _moments(question: Question, bound: sql.Bound) -> str:
    rows = ", ".join(
        f"({bound(period.start)}::DATE, {bound(question.moment(period))}::TIMESTAMP)"
        for period in question.periods
        if question.moment(period).date() >= period.start
    )
    return (
        f"(VALUES {rows}) AS moments(period, instant)"
        if rows
        else "(SELECT NULL::DATE AS period, NULL::TIMESTAMP AS instant WHERE false) AS moments"
    )


def residents(question: Question, answer: pd.DataFrame) -> np.ndarray:
    """People living or working in the places of each row; groups that are not places share the whole selection's."""
    bound = sql.Bound()
    places = [name for name in question.by if name in DIMENSIONS and DIMENSIONS[name].is_place]
    columns = [f"{sql.BUILDING}.{DIMENSIONS[name].column} AS {name}" for name in places]
    filters = tuple(name for name in ("building", "grid", "branch", "kind") if question.only.values(name))
    conditions = sql.selected(question.only, bound, sql.BUILDING, filters)
    conditions += sql.visible(question.scope, bound, sql.BUILDING, places_only=True)
    grouping = "GROUP BY ALL" if places else ""
    statement = (
        f"SELECT {', '.join([*columns, f'coalesce(sum({sql.BUILDING}.residents), 0)::DOUBLE AS people'])} "
        f"FROM buildings {sql.BUILDING} {sql.where(conditions)} {grouping}"
    )
    people = question.build.query(statement, bound.values)
    if not places:
        return np.full(len(answer), people["people"].iloc[0])
    return answer[places].merge(people, on=places, how="left")["people"].fillna(0).to_numpy()


READERS = {
    "proportion": counted,
    "count": counted,
    "per_residents": counted,
    "ratio": summed,
    "sum": added,
    "mean": added,
    "sum_per_residents": added,
    "duration": lasting,
    "stock": standing,
    "in_force": in_force,
    "streak": streak,
}
