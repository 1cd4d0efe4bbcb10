"""法定频次账本: who owes what by which clause, when it was last done, when it is due again, and what falls due soon."""

from datetime import datetime, time

import pandas as pd

from metrics.ask import sql
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import numbers
from warehouse import Build

TABLE = "obligations"
EVERY = {
    "day": "每日",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "school_year": "每学年",
    "year": "每年",
}
OVERDUE, OPEN, NOT_RECORDED, KEPT = "已逾期", "本期未完成", "未开始记录", "按期"
STATES = (OVERDUE, OPEN, NOT_RECORDED, KEPT)
UNVERIFIED, NO_DATA = "未核实", "没有数据"


def rules(build: Build) -> pd.DataFrame:
    """Every rule in the order of the file: rule_id, label, duty, every, binds, proven_by, evidence, at_least,
    in_vacation, next_workday, clause, source, checked (date), verified (bool). Empty for a build made before the rules
    were kept."""
    if TABLE not in build.tables:
        return pd.DataFrame(columns=["rule_id", "label", "duty", "every", "clause", "source", "checked", "verified"])
    return build.query("SELECT * EXCLUDE (sort_order) FROM cadences ORDER BY sort_order")


def obligations(
    build: Build, at: datetime | None = None, only: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """One row per place or unit and duty as of `at` (the data date), worst first.

    Columns: place, building_id, unit, branch_id, duty, rule_id, label, every (a key of EVERY), clause, source, checked,
    verified, state (one of STATES), last_done (time or NaT; a night patrol after midnight is told by its evening),
    evidence_table, evidence_id, overdue_since (time or NaT), next_due, streak (met periods in a row), met and due
    (periods that fell due so far). 已逾期: the last period that fell due was missed and nothing was done since; a daily
    duty done the day before counts as kept until the day is over.
    """
    if TABLE not in build.tables:
        return pd.DataFrame()
    bound = sql.Bound()
    now = bound(at or build.data_date)
    conditions = sql.selected(only, bound) + sql.visible(scope, bound)
    return build.query(
        f"""
        WITH seen AS (
            SELECT fact.*, house.sort_order AS place_order, coalesce(fact.building_id, fact.unit, '') AS target,
                fact.period_start <= {now} AS begins,
                is_due AND due_at <= {now} AS was_due, coalesce(done_at <= {now}, false) AS was_met,
                last_at <= {now} AS last_counts
            {sql.source(TABLE, True)} {sql.where(conditions)}
        ),
        marked AS (
            SELECT *, max(period_start) FILTER (was_due AND NOT was_met) OVER same AS missed_period,
                max(period_start) FILTER (was_met) OVER same AS met_period
            FROM seen WINDOW same AS (PARTITION BY category, target)
        ),
        told AS (
            SELECT category, target, any_value(place_text) AS place, any_value(building_id) AS building_id,
                any_value(unit) AS unit, any_value(branch_id) AS branch_id, any_value(rule_id) AS rule_id,
                any_value(place_order) AS place_order, bool_or(is_begun) AS is_begun,
                max(least(if(last_counts, last_at, done_at), due_at)) FILTER (was_met) AS last_done,
                arg_max(if(last_counts, [last_table, last_id], [evidence_table, evidence_id]), period_start)
                    FILTER (was_met) AS evidence,
                arg_max(due_at, period_start) FILTER (begins) AS this_due,
                arg_max(was_met, period_start) FILTER (begins) AS this_met,
                arg_max(NOT was_met, period_start) FILTER (was_due) AS last_missed,
                min(due_at) FILTER (NOT begins) AS following_due,
                min(due_at) FILTER (was_due AND NOT was_met AND coalesce(period_start > met_period, true))
                    AS overdue_since,
                count(*) FILTER (was_met AND coalesce(period_start > missed_period, true)) AS streak,
                count(*) FILTER (was_due AND was_met) AS met, count(*) FILTER (was_due) AS due
            FROM marked GROUP BY category, target
        ),
        judged AS (
            SELECT *, CASE WHEN NOT is_begun THEN '{NOT_RECORDED}' WHEN this_met THEN '{KEPT}'
                WHEN last_missed THEN '{OVERDUE}' WHEN every = 'day' THEN '{KEPT}' ELSE '{OPEN}' END AS state
            FROM told JOIN cadences USING (rule_id)
        )
        SELECT place, building_id, unit, branch_id, duty, rule_id, label, every, clause, source, checked, verified,
            state, last_done, evidence[1] AS evidence_table, evidence[2] AS evidence_id,
            CASE WHEN state = '{OVERDUE}' THEN overdue_since END AS overdue_since,
            CASE WHEN this_met OR this_due <= {now} THEN following_due ELSE this_due END AS next_due, streak, met, due
        FROM judged
        ORDER BY list_position(['{"', '".join(STATES)}'], state), sort_order, place_order NULLS LAST, target
    """,
        bound.values,
    )


def lapsing(
    build: Build,
    start: datetime,
    end: datetime,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    at: datetime | None = None,
) -> pd.DataFrame:
    """What falls due in [start, end) and was not done by `at` (the data date), soonest first; days are taken from
    midnight.

    Columns: due_at, place, building_id, unit, branch_id, duty, rule_id, label, every, clause, verified, period_start.
    Daily duties are left out: they fall due every day. So are duties nothing was ever recorded for.
    """
    if not {TABLE, "cadences"} <= set(build.tables):
        return pd.DataFrame()
    bound = sql.Bound()
    first, last = (bound(one if isinstance(one, datetime) else datetime.combine(one, time())) for one in (start, end))
    conditions = [
        f"due_at >= {first}",
        f"due_at < {last}",
        "is_begun",
        f"coalesce(done_at > {bound(at or build.data_date)}, true)",
        "every <> 'day'",
    ]
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    return build.query(
        f"""
        SELECT due_at, place_text AS place, fact.building_id, fact.unit, fact.branch_id, duty, fact.rule_id, label,
            every, clause, verified, period_start
        {sql.source(TABLE, True)} JOIN cadences ON cadences.rule_id = fact.rule_id
        {sql.where(conditions)} ORDER BY due_at, cadences.sort_order, house.sort_order NULLS LAST, place
    """,
        bound.values,
    )


def by_duty(
    build: Build, window: Window, standing: pd.DataFrame, only: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """One row a duty, in the order of the rules: duty, every (Chinese), part, whole, value (of what fell due in the
    window), places, overdue, open, and note (「没有数据」 where nothing was ever recorded). `found`: the ledger."""
    if standing.empty:
        return pd.DataFrame()
    rates = measure(build, "cadence_coverage_rate", window, by="category", only=only, scope=scope).set_index("category")
    rows = []
    order = list(dict.fromkeys(rules(build)["duty"]))
    for duty, group in sorted(standing.groupby("duty", sort=False), key=lambda pair: order.index(pair[0])):
        part, whole, value = (rates[name].get(duty, float("nan")) for name in ("part", "whole", "value"))
        counts = {name: int((group["state"] == state).sum()) for name, state in (("overdue", OVERDUE), ("open", OPEN))}
        note = NO_DATA if (group["state"] == NOT_RECORDED).all() else ""
        every = "、".join(dict.fromkeys(EVERY[one] for one in group["every"]))
        rows.append(
            {
                "duty": duty,
                "every": every,
                "part": part,
                "whole": whole,
                "value": value,
                "places": len(group),
                **counts,
                "note": note,
            }
        )
    return pd.DataFrame(rows)


def headline(standing: pd.DataFrame, duties: pd.DataFrame) -> str:
    """「137 项定期要求到期，125 项按期；每日巡查做到 96.4 %；现在 14 项逾期，如教学楼D座消防演练」"""
    if standing.empty:
        return "没有法定频次要求：data/school/cadences.toml 里没有规则，或者没有约束到任何地点和单位"
    daily = duties["every"] == EVERY["day"]
    parts = []
    other, rounds = ([duties.loc[rows, name].sum() for name in ("part", "whole")] for rows in (~daily, daily))
    if other[1] > 0:
        parts.append(f"{other[1]:,.0f} 项定期要求到期，{other[0]:,.0f} 项按期")
    if rounds[1] > 0:
        parts.append(f"每日巡查做到 {numbers.percent(rounds[0] / rounds[1])}")
    late = standing[standing["state"] == OVERDUE]
    parts.append(
        f"现在 {len(late)} 项逾期，如{late['place'].iloc[0]}{late['duty'].iloc[0]}" if len(late) else "现在没有逾期"
    )
    if len(silent := duties.loc[duties["note"] != "", "duty"]):
        parts.append(f"{'、'.join(silent)}{NO_DATA}")
    return "；".join(parts)
