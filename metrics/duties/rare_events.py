"""How far apart the cases of a rare category lie: days between them, their limits (t chart), and the wait that still
runs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from metrics.ask import sql
from metrics.ask.first_day import first_day
from metrics.ask.selection import EVERYTHING, Scope
from metrics.compare.recent import USUAL, Between
from metrics.define import numbers
from metrics.define.small_numbers import RARE_EVENTS_FROM
from metrics.duties import liveness
from metrics.methods import time_between
from metrics.methods.verdict import Verdict
from warehouse import Build

OFTEN = 0.5  # a week; above that a weekly chart sees more


@dataclass(frozen=True)
class Rare:
    """`days`: the events; `gaps`: days from each to the next, one fewer; `waited`: days since the last, up to
    `until`."""

    category: str
    days: tuple[date, ...]
    gaps: tuple[float, ...]
    limits: time_between.Gaps
    verdict: Verdict
    special: tuple[bool, ...]
    waited: float
    until: date

    @property
    def as_of(self) -> datetime:
        """The end of the day up to which the wait is counted."""
        return datetime.combine(self.until + timedelta(days=1), datetime.min.time())

    @property
    def sentence(self) -> str:
        """「盗窃：共 42 起，平均隔 12.3 天一起；最近一起在 2026-11-20，到现在 2 天；与平常比，正常波动」"""
        every = np.mean(self.gaps)
        told = (
            f"{self.category}：共 {len(self.days)} 起，平均隔 {numbers.decimal(float(every))} 天一起；"
            f"最近一起在 {self.days[-1]}，到 {self.until} 为 {self.waited:.0f} 天"
        )
        longer = "，已经久过平常的上限" if np.isfinite(self.limits.upper) and self.waited > self.limits.upper else ""
        return f"{told}{longer}；{self.verdict.told}"


def categories(build: Build, at: datetime | None = None, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Categories of incidents rare enough for this chart, with their counts, most frequent first."""
    bound, at = sql.Bound(), at or build.data_date
    counted = sql.column("incidents", "category")
    conditions = [
        sql.column("incidents", "is_incident"),
        f"{counted} IS NOT NULL",
        f"{sql.column('incidents', 'received_at')} <= {bound(at)}",
    ]
    conditions += sql.visible(scope, bound)
    rows = build.rows(
        f"SELECT {counted}, count(*) {sql.source('incidents', False)} {sql.where(conditions)} "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        bound.values,
    )
    weeks = max((at.date() - first_day(build, "incidents")).days / 7, 1.0) if rows else 1.0
    return {category: count for category, count in rows if count >= RARE_EVENTS_FROM and count / weeks <= OFTEN}


def between(build: Build, category: str, at: datetime | None = None, scope: Scope = EVERYTHING) -> Rare | None:
    """The chart of one category; None below RARE_EVENTS_FROM events."""
    bound, at = sql.Bound(), at or build.data_date
    moment = sql.column("incidents", "received_at")
    conditions = [
        sql.column("incidents", "is_incident"),
        f"{sql.column('incidents', 'category')} = {bound(category)}",
        f"{moment} <= {bound(at)}",
    ]
    conditions += sql.visible(scope, bound)
    rows = build.rows(
        f"SELECT {moment} {sql.source('incidents', False)} {sql.where(conditions)} ORDER BY 1", bound.values
    )
    moments = pd.DatetimeIndex([one for (one,) in rows])
    if len(moments) < RARE_EVENTS_FROM:
        return None
    gaps = np.diff(moments.to_numpy()) / np.timedelta64(1, "D")
    until = min(at, liveness.last_export(build, "incidents") or at)
    waited = max((until - moments[-1]) / pd.Timedelta(days=1), 0.0)
    return Rare(
        category,
        tuple(one.date() for one in moments),
        tuple(float(gap) for gap in gaps),
        time_between.t_chart(gaps),
        time_between.judged(gaps, waited, USUAL, fresh=len(gaps)),
        tuple(why is not None for why in time_between.chart(gaps).special),
        waited,
        until.date(),
    )


def of_weeks(name: str, found: Between) -> Rare | None:
    """The chart of a metric's cases in the comparable weeks; the fresh gaps are judged by the limits of the others."""
    if len(found.days) < RARE_EVENTS_FROM:
        return None
    before = len(found.gaps) - found.fresh if 0 < found.fresh < len(found.gaps) - 1 else None
    drawn = time_between.chart(found.gaps, before)
    return Rare(
        name,
        found.days,
        found.gaps,
        time_between.carried_back(drawn),
        found.verdict,
        tuple(why is not None for why in drawn.special),
        found.waited,
        found.days[-1] + timedelta(days=int(found.waited)),
    )
