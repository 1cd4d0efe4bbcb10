"""Signals on rates: campus series by XmR, branches against their own past, hazards closed suspiciously on the very day."""

from datetime import timedelta

import numpy as np
import pandas as pd
from scipy.special import bdtrc, ndtr

from metrics import catalogue, discovery, spc
from metrics.findings import LEVEL, Family, Finding
from metrics.measure import measure, total
from metrics.selection import UNRECOGNISED, Scope, Selection
from metrics.weekly import LONG_BASELINE, WAVE, Plan
from metrics.window import WEEK, Window
from warehouse import Build

CAMPUS = (
    "ticket_count",
    "ticket_response_rate",
    "ticket_on_time_rate",
    "ticket_satisfaction_rate",
    "hazard_count",
    "hazard_on_time_rate",
)
BRANCH = ("ticket_on_time_rate", "hazard_on_time_rate")
XMR_FALSE = (
    0.03  # chance that the newest of 26 normal points breaks one of the four rules (simulated: 0.025; 12 points: 0.03)
)
BRANCH_WEEKS, ENOUGH = 8, 30
ORDINARY_SHIFT = 0.03  # on the arcsine scale: rates wander by two or three 百分点 without anything being the matter
NORMAL_P = {spc.RUN_RULE: 0.010, spc.TREND_RULE: 0.0005, spc.TWO_OF_THREE: 0.003}


def campus(build: Build, plan: Plan, only: Selection, scope: Scope) -> Family:
    """XmR of campus metrics: limits from past weeks of the same phase, judged at this week. Whole weeks only."""
    if plan.days < 7 or len(plan.baseline) < spc.VERDICT_FROM:
        return Family([], 0)
    weeks = [pd.Timestamp(week) for week in sorted([*plan.baseline, plan.week])]
    found, tested = [], 0
    for key in CAMPUS:
        metric = catalogue.get(key)
        series = measure(build, metric, Window(weeks[0].date(), plan.week + WEEK), every="week", only=only, scope=scope)
        series = series[series["period"].isin(weeks)]
        if len(series) < 2 or not np.isfinite(series["value"].iloc[-1]) or series["whole"].iloc[-1] < 5:
            continue
        tested += 1
        chart = spc.xmr(series["value"], metric.better, len(series) - 1, 0.0, 1.0 if metric.is_rate else None)
        if chart.last_rule:
            found.append(_charted(metric, series.iloc[-1], chart))
    return Family(found, tested)


def _charted(metric, row: pd.Series, chart: spc.Xmr) -> Finding:
    half = max(chart.upper - chart.mean, chart.mean - chart.lower) or 1e-9
    beyond = 2 * ndtr(-3 * abs(row["value"] - chart.mean) / half)
    p = float(NORMAL_P.get(chart.last_rule, max(beyond, 1e-12)))
    more = {"metric": metric, "chart": chart, "part": row["part"], "whole": row["whole"]}
    return Finding("xmr", metric.table, {}, float(row["value"]), chart.mean, p, p, 1, more)


def branches(build: Build, plan: Plan, only: Selection, scope: Scope) -> Family:
    """Each branch's last eight weeks against its own weeks of the same phase before: arcsine difference, both directions."""
    if plan.days < 7 or len(plan.long_baseline) < 2 * BRANCH_WEEKS:
        return Family([], 0)
    start = plan.week - WEEK * (BRANCH_WEEKS - 1)
    before = {pd.Timestamp(week) for week in plan.long_baseline if week < start}
    found, looks = [], []
    for key in BRANCH:
        metric = catalogue.get(key)
        window = Window(min(plan.long_baseline), plan.week + WEEK)
        rows = measure(build, metric, window, "branch", "week", only, scope)
        rows = rows[rows["branch"] != UNRECOGNISED]
        late = rows[rows["period"] >= pd.Timestamp(start)].groupby("branch")[["part", "whole"]].sum()
        early = (
            rows[rows["period"].isin(before)].groupby("branch")[["part", "whole"]].sum().reindex(late.index).fillna(0)
        )
        for branch in late.index[(late["whole"] >= ENOUGH) & (early["whole"] >= ENOUGH)]:
            looks.append((metric, branch, late.loc[branch], early.loc[branch]))
    if not looks:
        return Family([], 0)
    p = np.array([_difference(now, past) for _, _, now, past in looks])
    correct = discovery.adjusted(p)
    for (metric, branch, now, past), chance, adjusted in zip(looks, p, correct, strict=True):
        if adjusted <= LEVEL:
            more = {"metric": metric, "part": now["part"], "whole": now["whole"]}
            rates = float(now["part"] / now["whole"]), float(past["part"] / past["whole"])
            found.append(
                Finding(
                    "branch",
                    metric.table,
                    {"branch": branch},
                    *rates,
                    float(chance),
                    float(adjusted),
                    BRANCH_WEEKS,
                    more,
                )
            )
    return Family(found, len(looks))


def _difference(now: pd.Series, past: pd.Series) -> float:
    angle = [np.arcsin(np.sqrt(row["part"] / row["whole"])) for row in (now, past)]
    error = np.sqrt(1 / (4 * now["whole"]) + 1 / (4 * past["whole"]) + ORDINARY_SHIFT**2)
    return float(2 * ndtr(-abs(angle[0] - angle[1]) / error))


def deadline_day(build: Build, plan: Plan, only: Selection, scope: Scope) -> Family:
    """Hazards of four weeks closed on the very day of their deadline far more often than in the year before."""
    metric = catalogue.get("hazard_deadline_day_rate")
    recent = Window(plan.recent[-1], plan.week + timedelta(days=max(plan.days, 1)))
    now = total(build, metric, recent, only, scope)
    past = total(build, metric, Window(recent.start - LONG_BASELINE * WEEK, recent.start), only, scope)
    if now["whole"] < 10 or past["whole"] < ENOUGH:
        return Family([], 0)
    usual = (past["part"] + 1) / (past["whole"] + 2)
    p = float(bdtrc(int(now["part"]) - 1, int(now["whole"]), min(usual * (1 + ORDINARY_SHIFT * 10), 0.99)))
    found = Finding(
        "deadline",
        "hazards",
        {},
        float(now["value"]),
        float(usual),
        p,
        p,
        WAVE,
        {"metric": metric, "part": now["part"], "whole": now["whole"]},
    )
    return Family([found] if p <= LEVEL / 10 and now["value"] > 2 * usual else [], 1)
