"""The four machine checks of an assignment, each read from the records at several moments with one question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from metrics.ask import members, terms
from metrics.ask.measure import measure, total
from metrics.ask.records import records
from metrics.ask.selection import DIMENSIONS, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.compare.recent import recent
from metrics.define import catalogue, numbers, tables
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName, unknown
from metrics.methods import spc
from warehouse import Build

DAY = timedelta(days=1)
KINDS = ("open_zero", "rate_within", "no_new", "document")
IN_ADDRESS = ("building", "grid", "branch", "category")  # the rest travels as a cell of one value


@dataclass(frozen=True)
class Check:
    """A machine check: see ledger.checks for what each kind means. `filters`: (dimension, values) pairs."""

    kind: str
    table: str = ""
    metric: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    days: int = 0
    goal: str = "limits"
    overdue: bool = False
    title: str = ""

    @classmethod
    def of(cls, written: Mapping) -> "Check":
        """From plain JSON; raises UnknownName for a kind or a dimension there is not."""
        if written.get("kind") not in KINDS:
            raise unknown("核验方式", written.get("kind"), KINDS)
        filters = []
        for name, values in dict(written.get("filters") or {}).items():
            if name not in DIMENSIONS:
                raise unknown("维度", name, DIMENSIONS)
            if len(values) > 1 and name not in IN_ADDRESS:
                raise UnknownName(f"核验条件里的「{DIMENSIONS[name].label}」只能选一个，请减少。")
            filters.append((name, tuple(values)))
        plain = {
            name: written[name] for name in ("table", "metric", "days", "goal", "overdue", "title") if name in written
        }
        return cls(written["kind"], filters=tuple(filters), **plain)

    @property
    def plain(self) -> dict:
        names = ("table", "metric", "days", "goal", "overdue", "title")
        return {
            "filters": {name: list(values) for name, values in self.filters},
            **{name: getattr(self, name) for name in names},
        }

    @property
    def only(self) -> Selection:
        return Selection(**{DIMENSIONS[name].field: values for name, values in self.filters})

    @property
    def fact(self) -> str:
        """The table the check rests on."""
        return self.table or catalogue.get(self.metric).table

    def where(self, build: Build) -> str:
        """「（3号楼、电动车充电）」, or nothing without filters."""
        names = [members.name(build, name, value) for name, values in self.filters for value in values]
        return f"（{'、'.join(names[:4])}{'等' if len(names) > 4 else ''}）" if names else ""

    def address(self, first: date, last: date, **more: str) -> tuple[tuple[str, str], ...]:
        """Query of the list of records with these filters between two days, both included."""
        pairs = [("since", min(first, last).isoformat()), ("until", last.isoformat())]
        for name, values in self.filters:
            pairs += [(name, value) if name in IN_ADDRESS else ("cell", f"{name}:{value}") for value in values]
        return tuple(pairs + list(more.items()))


@dataclass(frozen=True)
class State:
    """A check at one moment. holds: None while it is too early to tell. `unknown`: why the records cannot tell at all.

    part of whole: still open of those to be settled; days without a new case of those asked for; a rate's own part and
    whole; documents handed in of one.
    """

    holds: bool | None
    sentence: str = ""
    part: float = float("nan")
    whole: float = float("nan")
    page: str = ""
    query: tuple[tuple[str, str], ...] = ()
    unknown: str = ""


def standing_metric(table: str) -> Metric:
    """The stock that says which records of a table are not settled; raises UnknownName where there is none."""
    stocks = [metric for metric in catalogue.all() if metric.kind.is_backlog and metric.table == table]
    if not stocks:
        raise UnknownName(f"「{tables.get(table).title}」没有了结与否的记录，不能用清零来核验，请换一种核验方式。")
    return stocks[0]


def open_zero(build: Build, check: Check, given: date, _reported, ends: list[date], scope: Scope) -> list[State]:
    """Holds when no record with these filters is open (or overdue) at the end of the day before."""
    metric, fact = standing_metric(check.table), tables.get(check.table)
    lasting = measure(
        build, metric, Window(min(given, ends[0] - DAY), ends[-1]), every="day", only=check.only, scope=scope
    )
    column = "part" if check.overdue else "whole"
    left = dict(zip(lasting["period"].dt.date, lasting[column], strict=True))
    if not any(left.values()) and not _any(build, check, ends[-1], scope):
        return [_never(build, check)] * len(ends)
    states = [State(left[end - DAY] == 0) for end in ends]
    now = int(left[ends[-1] - DAY])
    _, new = records(build, fact, _after(given, ends[-1]), check.only, limit=0, columns=(), scope=scope)
    due = max(int(left.get(given, 0)) + (0 if check.overdue else new), now)
    what = f"{'逾期未了结' if check.overdue else '未了结'}的{fact.title}{check.where(build)}"
    outcome = f"{what}已经清零" if now == 0 else f"{what}还有 {now:,} {fact.noun}"
    at_first = f"交办时 {int(left.get(given, 0)):,} {fact.noun}" + (
        "" if check.overdue else f"，之后新增 {new:,} {fact.noun}"
    )
    query = check.address(given, ends[-1] - DAY, metric=metric.key, which="part" if check.overdue else "whole")
    states[-1] = State(now == 0, f"{outcome}（{at_first}）。", now, due, "records", query)
    return states


def _after(given: date, end: date) -> Window:
    """The days after the one it was given on; at least one, so that the window is not empty."""
    return Window(given + DAY, max(end, given + 2 * DAY))


def no_new(
    build: Build, check: Check, given: date, reported: date | None, ends: list[date], scope: Scope
) -> list[State]:
    """Holds when so many whole days have passed without a new record, the day of the assignment at the earliest."""
    fact = tables.get(check.table)
    rows, _ = records(
        build,
        fact,
        Window(given, max(ends[-1], given + DAY)),
        check.only,
        limit=None,
        columns=(fact.time,),
        scope=scope,
    )
    times = rows[fact.time].dropna().sort_values()
    if times.empty and not _any(build, check, ends[-1], scope):
        return [_never(build, check)] * len(ends)
    states = []
    for end in ends:
        moment = min(datetime.combine(end, time.min), build.data_date)
        cases = times[times < moment]
        since = cases.iloc[-1].date() + DAY if len(cases) else given
        quiet = max((moment.date() - since).days, 0)
        new = int((cases >= pd.Timestamp((reported or given) + DAY)).sum())
        holds = True if quiet >= check.days else False if new else None
        outcome = f"{fact.title}{check.where(build)}已连续 {quiet} 天无新增，要求 {check.days} 天"
        last = f"，最近一{fact.noun}在 {cases.iloc[-1]:%Y-%m-%d}" if len(cases) else ""
        told = f"{'报告完成' if reported else '交办'}之后新增 {new:,} {fact.noun}{last}"
        query = check.address(given, end - DAY, table=check.table)
        states.append(State(holds, f"{outcome}（{told}）。", min(quiet, check.days), check.days, "records", query))
    return states


def rate_within(build: Build, check: Check, given: date, _reported, ends: list[date], scope: Scope) -> list[State]:
    """Holds when the last whole week is back within its limits, or meets the target. A week counts from the assignment
    on when most of its days lie after it."""
    weeks = [monday(min(end, build.data_date.date())) - WEEK for end in ends]
    early = State(None, f"交办之后还没有满一周的{catalogue.get(check.metric).label}。")
    states: dict[date, State] = {}
    for week in sorted(set(weeks), reverse=True):
        states[week] = _judged(build, check, week, scope) if week + 3 * DAY >= given else early
        if states[week].holds:  # what held last is all that is asked of earlier weeks
            break
    return [states.get(week, early) for week in weeks]


def _judged(build: Build, check: Check, week: date, scope: Scope) -> State:
    metric = catalogue.get(check.metric).at(Window.week(week).last_day)
    row = total(build, metric, Window.week(week), check.only, scope)
    query = check.address(week, week + 6 * DAY, metric=metric.key)
    name = f"{metric.label}{check.where(build)}{terms.week_label(build, week)}"
    counted = metric.show_part_whole(row["part"], row["whole"])
    if numbers.missing(row["value"]):
        return State(None, unknown=f"{name}没有可以计算的记录", page="records", query=query)
    value = f"{name} {metric.show(row['value'])}" + ("" if metric.is_amount else f"（{counted}）")
    basis = {"part": row["part"], "whole": row["whole"], "page": "records", "query": query}
    if check.goal == "target" and metric.target is None:
        return State(None, unknown=f"{name}没有设目标，目标另有起止日期", **basis)
    if check.goal == "target":
        met = row["value"] <= metric.target if metric.better == "down" else row["value"] >= metric.target
        return State(
            bool(met), f"{value}，目标 {metric.show(metric.target)}，{'达到' if met else '没有达到'}。", **basis
        )
    limits = recent(build, metric, week, check.only, scope).limits
    if not limits.verdict.is_judged:
        return State(None, unknown=f"{name}之前可比的周太少，还没有正常波动的范围", **basis)
    good = limits.verdict.good(metric.better)
    holds = limits.verdict.is_normal or good is True
    return State(holds, f"{value}，{limits.verdict.word}{_range(metric, limits)}。", **basis)


def _range(metric: Metric, limits: spc.Xmr) -> str:
    if metric.kind.is_backlog:  # its changes are judged
        return ""
    return f"（平常 {metric.show(limits.lower)} 至 {metric.show(limits.upper)}）"


def document(count: int, title: str) -> State:
    """Holds when something was handed in."""
    what = title or "材料"
    return State(count > 0, f"已交来{what} {count} 份。" if count else f"还没有交来{what}。", count, max(count, 1))


def _any(build: Build, check: Check, end: date, scope: Scope) -> int:
    """How many records ever matched the filters before `end`."""
    return records(build, check.table, Window(date(1990, 1, 1), end), check.only, limit=0, columns=(), scope=scope)[1]


def _never(build: Build, check: Check) -> State:
    return State(None, unknown=f"{tables.get(check.table).title}{check.where(build)}从来没有过记录，请核对核验条件")


READERS: dict[str, Callable[..., list[State]]] = {"open_zero": open_zero, "rate_within": rate_within, "no_new": no_new}
