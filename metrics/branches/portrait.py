"""One branch on one page: its brand, its tasks with evidence, its campaigns, cases, outcomes over time, honours and
checks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import pandas as pd

from metrics.ask import arrivals, sql
from metrics.ask.first_day import first_day
from metrics.ask.measure import measure
from metrics.ask.selection import EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.branches import campaigns as branch_campaigns
from metrics.branches import cases as branch_cases
from metrics.branches import committee_request
from metrics.branches import tasks as branch_tasks
from metrics.branches.campaigns import Series, Story
from metrics.branches.cases import RULE, Case
from metrics.branches.committee_request import Checks, CommitteeRequest
from metrics.branches.periods import MONTH, TERM, Period, periods
from metrics.branches.review import OUTCOMES, branches
from metrics.branches.tasks import Task
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName
from warehouse import Build

__all__ = [
    "RULE",
    "CommitteeRequest",
    "Case",
    "Checks",
    "Honour",
    "Past",
    "Point",
    "Portrait",
    "Series",
    "Story",
    "Task",
    "portrait",
]
MONTHS = 24  # of history; terms and years are shown all


@dataclass(frozen=True)
class Honour:
    """Evidence, never in a rate."""

    honour_id: str
    title: str
    level: str
    issuer: str
    awarded_on: date | None
    evidence: str


@dataclass(frozen=True)
class Point:
    """One period of an outcome; value NaN where there is nothing to divide by."""

    period: Period
    part: float
    whole: float
    value: float


@dataclass(frozen=True)
class Past:
    """One outcome over the periods of one kind, oldest first, up to the one reviewed; none of which the records miss
    the first half."""

    metric: Metric
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Portrait:
    """Everything said of one branch over one period. Texts are as the branch wrote them ('' where it wrote nothing)."""

    branch: str
    name: str
    brand: str
    meaning: str
    carrier: str
    effect: str
    year_text: str
    tasks: tuple[Task, ...]
    campaigns: tuple[Story, ...]
    cases: tuple[Case, ...]
    history: tuple[Past, ...]
    honours: tuple[Honour, ...]
    request: CommitteeRequest | None
    checks: Checks


def portrait(build: Build, branch: str, period: Period, scope: Scope = EVERYTHING) -> Portrait:
    """One branch. Raises UnknownName for a branch that does not exist or may not be seen."""
    names = branches(build, scope)
    if branch not in names:
        raise UnknownName(f"没有编号为「{branch}」的党支部，或者不在可见范围内，请核对编号。")
    plans = committee_request.plans(build, branch, scope)
    middle = datetime.combine(period.window.start, datetime.min.time()) + timedelta(days=period.window.days // 2)
    plan = _plan(plans, min(middle, build.data_date))
    brand = plan.get("brand") or _brands(build).get(branch, "")
    return Portrait(
        branch,
        names[branch],
        brand,
        plan.get("meaning", ""),
        plan.get("carrier", ""),
        plan.get("effect", ""),
        plan.get("year_text", ""),
        branch_tasks.of_branch(build, branch, period, scope),
        branch_campaigns.of_branch(build, branch, period, scope),
        branch_cases.of_branch(build, branch, period.window, scope),
        history(build, branch, period, scope),
        honours(build, branch, period, scope),
        committee_request.of_branch(build, branch, period, plans, scope),
        committee_request.checks(build, period, plans),
    )


def _plan(plans: pd.DataFrame, until: datetime) -> dict[str, str]:
    """The plan in force in the middle of the period; without one the oldest there is."""
    begun = plans[plans["starts_at"] < until]
    if plans.empty:
        return {}
    row = begun.iloc[0] if len(begun) else plans.iloc[-1]
    return {
        name: row[name] if isinstance(row[name], str) else ""
        for name in ("brand", "meaning", "carrier", "effect", "year_text")
    }


@lru_cache(maxsize=8)
def _brands(build: Build) -> dict[str, str]:
    rows = build.query("SELECT branch_id, coalesce(brand, '') AS brand FROM branches")
    return dict(zip(rows["branch_id"], rows["brand"], strict=True))


def history(build: Build, branch: str, period: Period, scope: Scope = EVERYTHING) -> tuple[Past, ...]:
    """Every outcome that has records, over the periods of the same kind up to this one."""
    alike = [
        one for one in reversed(periods(build)) if one.kind == period.kind and one.window.start <= period.window.start
    ]
    wanted = tuple(alike[-MONTHS:] if period.kind == MONTH else alike)
    metrics = [catalogue.get(key) for key in OUTCOMES if not arrivals.missing(build, catalogue.get(key).table)]
    return tuple(Past(metric, _points(build, metric, branch, wanted, scope)) for metric in metrics)


def _points(build: Build, metric: Metric, branch: str, wanted: tuple[Period, ...], scope: Scope) -> tuple[Point, ...]:
    begun = first_day(build, arrivals.fact(metric.table))
    rows = _by_period(build, metric.key, wanted, scope)
    return tuple(
        Point(one, *rows.get((one.key, branch), (0.0, 0.0, float("nan"))))
        for one in wanted
        if begun <= one.window.start + timedelta(days=one.window.days // 2)
    )


@lru_cache(maxsize=64)
def _by_period(
    build: Build, key: str, wanted: tuple[Period, ...], scope: Scope
) -> dict[tuple[str, str], tuple[float, float, float]]:
    """(period key, branch) → part, whole, value of all branches, asked once for a whole book."""
    if wanted and wanted[0].kind in (MONTH, TERM):
        window = Window(wanted[0].window.start, wanted[-1].counted.end)
        rows = measure(build, key, window, "branch", "month" if wanted[0].kind == MONTH else "term", scope=scope)
        starts = {pd.Timestamp(one.window.start): one.key for one in wanted}
        rows = rows.assign(key=rows["period"].map(starts)).dropna(subset="key")
    else:
        rows = pd.concat(
            [measure(build, key, one.counted, "branch", scope=scope).assign(key=one.key) for one in wanted]
        )
    return {(row.key, row.branch): (row.part, row.whole, row.value) for row in rows.itertuples()}


def honours(build: Build, branch: str, period: Period, scope: Scope = EVERYTHING) -> tuple[Honour, ...]:
    """Awards up to the end of the period, newest first."""
    if "honours" not in build.tables:
        return ()
    bound = sql.Bound()
    end = bound(datetime.combine(period.window.end, datetime.min.time()))
    conditions = [
        "is_honour",
        f"awarded_at < {end}",
        *sql.selected(Selection(branches=(branch,)), bound),
        *sql.visible(scope, bound),
    ]
    rows = build.query(
        f"""SELECT honour_id, title, level, issuer, awarded_at, evidence FROM honours {sql.FACT} {sql.where(conditions)}
            ORDER BY awarded_at DESC, honour_id""",
        bound.values,
    )
    words = [
        {name: value if isinstance(value, str) else "" for name, value in row.items()}
        for row in rows.to_dict("records")
    ]
    return tuple(
        Honour(
            one["honour_id"],
            one["title"],
            one["level"],
            one["issuer"],
            None if pd.isna(day) else day.date(),
            one["evidence"],
        )
        for one, day in zip(words, rows["awarded_at"], strict=True)
    )
