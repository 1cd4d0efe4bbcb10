"""One question put to a build, checked; what measure, records and the per-kind readers share."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from metrics.ask import sql, terms
from metrics.ask.selection import DIMENSIONS, VIRTUAL, Scope, Selection
from metrics.ask.window import EVERY, Window, periods
from metrics.define.catalogue import Metric
from metrics.define.errors import unknown
from warehouse import Build


@dataclass(frozen=True)
class Question:
    """Names are checked here, once: `by` against the dimensions, `every` against the periods."""

    build: Build
    metric: Metric
    window: Window
    by: tuple[str, ...]
    every: str | None
    only: Selection
    scope: Scope

    def __post_init__(self):
        for name in self.by:
            if name not in DIMENSIONS and name not in VIRTUAL:
                raise unknown("维度", name, [*DIMENSIONS, *VIRTUAL])
        if self.every is not None and self.every not in EVERY:
            raise unknown("周期", self.every, EVERY)
        if self.every and self.metric.is_standing and {"week", "month"} & set(self.by):
            raise unknown("分组", "、".join(self.by), [name for name in self.by if name not in ("week", "month")])

    @property
    def time(self) -> str:
        return sql.column(self.metric.table, self.metric.time)

    @property
    def source(self) -> str:
        return sql.source(self.metric.table, sql.needs_building(self.by, self.only))

    @property
    def cut(self) -> str | None:
        """What the window is cut into. A stock by week is the stock at each week's end, so for it `by` cuts as well."""
        if self.every is None and self.metric.is_standing:
            return next((name for name in self.by if name in ("week", "month")), None)
        return self.every

    @property
    def periods(self) -> list[Window]:
        """The periods to answer for, in order; the window itself when it is not cut."""
        if self.cut is None:
            return [self.window]
        return terms.term_periods(self.build, self.window) if self.cut == "term" else periods(self.window, self.cut)

    def period_sql(self, bound: sql.Bound) -> str:
        """The Monday, first of month … a row belongs to."""
        if self.every == "term":
            starts = ", ".join(bound(period.start) for period in self.periods)
            return f"list_max(list_filter([{starts}], lambda start: start <= {self.time}))::DATE"
        return f"date_trunc('{self.every}', {self.time})::DATE"

    @property
    def key_names(self) -> tuple[str, ...]:
        """What the groups' columns are called, in the order of keys()."""
        return (*(["period"] if self.every else []), *self.by)

    def keys(self, bound: sql.Bound) -> list[str]:
        """Select list of the groups: period first, then the dimensions, each named as in the answer."""
        period_key = [f"{self.period_sql(bound)} AS period"] if self.every else []
        return period_key + [f"{sql.grouped(name, self.time)} AS {name}" for name in self.by]

    def conditions(self, bound: sql.Bound, window: Window | None) -> list[str]:
        """Window, cohort, filters and scope: the same for a number and for the records behind it."""
        return (
            sql.within(self.time, window, bound)
            + sql.cohort(self.metric)
            + sql.selected(self.only, bound)
            + sql.visible(self.scope, bound)
        )

    def moment(self, period: Window) -> datetime:
        """When a stock is counted: the last instant of the period, never later than the data date.

        Midnight already belongs to the next period, and so does what carries only its date.
        """
        end = datetime.combine(min(period.end, self.window.end), datetime.min.time())
        return min(end - timedelta(microseconds=1), self.build.data_date)
