"""What the records say of an assignment, whatever its owner reports.

At the end of a week (or at the data date, while the week is not over) the assignment's machine check holds, does not
hold, or cannot yet be told. Its outcome, in this order:

- 无法核验: the export the check rests on never came, or stops before the moment; or the check names something that is
  not in the records. Why is said. Handed-in documents need no export.
- 已见效: the check holds at the moment, reported or not.
- 复发: the check does not hold, but did at the end of an earlier week since it was given, at an earlier review kept in
the ledger, or at the end of a day between the owner's report and now.
- 已办未见效: the owner reported it done, and the check does not hold.
- 逾期: the due day is past, not reported done, and the check does not hold (nor can it be told yet).
- 进行中: anything else: not yet due, or reported done and too early to tell. What was given or reported on the day of
the moment or later cannot show in the records yet.

A report never makes an assignment effective, and nobody's verification does: only the records do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from metrics.ask import arrivals, members
from metrics.ask.selection import EVERYTHING, NOT_FILLED, UNRECOGNISED, Scope
from metrics.ask.window import WEEK, monday
from metrics.define import catalogue, tables
from metrics.define.errors import UnknownName
from metrics.duties import outcome_checks
from metrics.duties.outcome_checks import Check, State
from warehouse import Build

EFFECTIVE, NO_EFFECT, OVERDUE, RELAPSED = "已见效", "已办未见效", "逾期", "复发"
RUNNING, UNKNOWN = "进行中", "无法核验"
WORST_FIRST = (RELAPSED, OVERDUE, NO_EFFECT, UNKNOWN, RUNNING, EFFECTIVE)
DAY = timedelta(days=1)
WEEKS_BACK, DAYS_BACK = 26, 60  # how far a relapse is looked for: weeks since the assignment, days since the report


@dataclass(frozen=True)
class Task:
    """An assignment in plain values. `reported_on`: day of the owner's last report, if it said done. `documents`: how
    many were handed in. `effective_on`: days at which earlier reviews found it effective."""

    given_on: date
    due: date
    check: Check
    reported_on: date | None = None
    documents: int = 0
    effective_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """`sentence`: the evidence with its numbers. part of whole: see outcome_checks.State. `page` and `query` open the
    records behind it ('' for none). `as_of`: the moment it was judged at."""

    outcome: str
    sentence: str
    part: float
    whole: float
    page: str
    query: tuple[tuple[str, str], ...]
    as_of: datetime


def checked(written: Mapping, build: Build | None = None) -> Check:
    """A check from its plain JSON. Raises UnknownName for a table, metric, dimension or (with a build) value that is
    none."""
    check = Check.of(written)
    if check.metric:
        metric = catalogue.get(check.metric)
        if check.goal == "target" and metric.target is None:
            raise UnknownName(f"指标「{metric.label}」没有设目标，核验方式请改为回到正常波动范围。")
    if check.table:
        tables.get(check.table)
    if check.kind == "open_zero":
        outcome_checks.standing_metric(check.table)
    if build is not None:
        _known_values(build, check)
    return check


def _known_values(build: Build, check: Check) -> None:
    for name, values in check.filters:
        names = members.names(build, name)
        for value in values:
            if value not in names and value not in (UNRECOGNISED, NOT_FILLED):
                raise UnknownName(f"核验条件里的「{value}」在数据里不存在，请修改交办的核验条件。")


def review(build: Build, task: Task, week: date, scope: Scope = EVERYTHING) -> Outcome:
    """The outcome at the end of the week that begins on the Monday of `week`, or at the data date before that."""
    end = min(monday(week) + WEEK, build.data_date.date() + DAY)
    moment = min(datetime.combine(end, time.min), build.data_date)
    if task.check.kind == "document":
        return _decided(task, moment, outcome_checks.document(task.documents, task.check.title), None)
    try:
        lacking = _lacking(build, task.check.fact, moment, monday(week) + WEEK <= build.data_date.date())
        if not lacking:
            checked({"kind": task.check.kind, **task.check.plain}, build)
    except UnknownName as problem:
        lacking = problem.sentence.rstrip("。")
    if lacking:
        return Outcome(UNKNOWN, f"无法核验：{lacking}。", float("nan"), float("nan"), "", (), moment)
    if task.given_on >= moment.date():
        return Outcome(RUNNING, "交办在数据截止之后，等下一次装载再核验。", float("nan"), float("nan"), "", (), moment)
    read = outcome_checks.READERS[task.check.kind]
    now = read(build, task.check, task.given_on, task.reported_on, [end], scope)[0]
    if now.unknown:
        return Outcome(UNKNOWN, f"无法核验：{now.unknown}。", now.part, now.whole, now.page, now.query, moment)
    before = None if now.holds else _last_effective(build, task, end, scope)
    return _decided(task, moment, now, before)


def _last_effective(build: Build, task: Task, end: date, scope: Scope) -> date | None:
    """The last end of a week, or of a day since the report, before `end` at which the check held."""
    if kept := [when for when in task.effective_on if when < end]:
        return max(kept)
    ends = _earlier_ends(task, end)
    if not ends:
        return None
    states = outcome_checks.READERS[task.check.kind](build, task.check, task.given_on, task.reported_on, ends, scope)
    return max((when for when, state in zip(ends, states, strict=True) if state.holds), default=None)


def _decided(task: Task, moment: datetime, now: State, before: date | None) -> Outcome:
    sentence = now.sentence
    if now.holds:
        outcome = EFFECTIVE
    elif before:
        outcome = RELAPSED
        sentence = f"曾在 {before - DAY} 见效，又不符合了：{sentence}"
    elif task.reported_on is not None:
        waits = now.holds is None or (task.check.kind != "document" and task.reported_on >= moment.date())
        outcome = RUNNING if waits else NO_EFFECT
    else:
        outcome = OVERDUE if moment.date() > task.due else RUNNING
    return Outcome(outcome, sentence, now.part, now.whole, now.page, now.query, moment)


def _earlier_ends(task: Task, end: date) -> list[date]:
    """Ends of the weeks since it was given, and of the days since it was reported done, before `end`."""
    first = monday(task.given_on) + WEEK
    weeks = [first + WEEK * number for number in range(max((end - first).days // 7 + 1, 0))]
    days = []
    if task.reported_on is not None:
        days = [task.reported_on + DAY * number for number in range(1, max((end - task.reported_on).days, 0))]
    if task.check.kind == "rate_within":  # told once a week
        days = []
    return sorted({one for one in weeks[-WEEKS_BACK:] + days[-DAYS_BACK:] if task.given_on < one < end})


def _lacking(build: Build, table: str, moment: datetime, is_over: bool) -> str:
    """Why the records cannot tell: 「还没有收到隐患台账的导出」, 「隐患台账只导出到 2026-11-12」; empty when they can.

    A weekly export must have been made after the week was over; a slower one, or any in a week not over yet, must not
    be overdue by its own rhythm.
    """
    if arrivals.missing(build, table):
        return arrivals.never(build, table)
    sources = arrivals.sources(build)
    for row in sources[(sources["feeds"] == arrivals.fact(table)) & sources["last_export"].notna()].itertuples():
        rhythm = timedelta(days=int(row.expected_every_days or 0))
        enough = row.last_export if is_over and row.expected_every_days <= 7 else row.last_export + rhythm
        if enough < moment:
            return f"{row.title}只导出到 {row.last_export:%Y-%m-%d}"
    return ""
