"""A branch's yearly tasks: due, done, evidence, state, and the records the evidence names. Without evidence a task is
not done."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from metrics.ask import sql
from metrics.ask.selection import EVERYTHING, Scope, Selection
from metrics.branches.periods import Period
from metrics.define import tables
from warehouse import Build

ON_TIME, LATE, NO_EVIDENCE, OVERDUE, NOT_DUE, VOID = "按期完成", "逾期完成", "缺佐证", "逾期未完成", "未到期", "取消"
STATES = (ON_TIME, LATE, NO_EVIDENCE, OVERDUE, NOT_DUE, VOID)
NUMBER = re.compile(r"[A-Za-z]{1,6}[-_]?\d[\dA-Za-z-]*|\d{5,}")
COLUMNS = (
    "task_id",
    "title",
    "year_text",
    "year",
    "starts_at",
    "due_at",
    "done_at",
    "status",
    "evidence",
    "description",
    "has_evidence",
    "is_task",
    "is_due",
    "is_said_done",
    "is_done",
    "is_on_time",
    "is_without_evidence",
    "is_overdue_open",
    "extended_due_at",
)


@dataclass(frozen=True)
class Task:
    """`state`: one of STATES. `words`: due, done, evidence in one sentence. `links`: (table, record id) of records the
    evidence names that the viewer may see. `is_of_period`: due in the period reviewed, so counted in its rate."""

    task_id: str
    title: str
    year_text: str
    due_at: datetime | None
    done_at: datetime | None
    evidence: str
    state: str
    words: str
    links: tuple[tuple[str, str], ...]
    is_of_period: bool = True


def of_branch(build: Build, branch: str, period: Period, scope: Scope = EVERYTHING) -> tuple[Task, ...]:
    """Tasks of every year the period touches, by due date; those called off last."""
    if "brand_tasks" not in build.tables:
        return ()
    bound = sql.Bound()
    conditions = sql.selected(Selection(branches=(branch,)), bound) + sql.visible(scope, bound)
    rows = build.query(
        f"SELECT {', '.join(COLUMNS)} FROM brand_tasks {sql.FACT} {sql.where(conditions)} "
        "ORDER BY NOT is_task, due_at, task_id",
        bound.values,
    )
    window = period.window
    year = timedelta(days=366)
    begins = rows["starts_at"].fillna(rows["due_at"])
    rows = rows[(begins < pd.Timestamp(window.end)) & (begins + year > pd.Timestamp(window.start))]
    named = linked(build, [f"{_text(row.evidence)} {_text(row.description)}" for row in rows.itertuples()], scope)
    proves = build.query(
        "SELECT evidence, count(*) AS n FROM brand_tasks WHERE is_task AND has_evidence GROUP BY evidence "
        "HAVING count(*) > 1"
    )
    shared = dict(zip(proves["evidence"], proves["n"], strict=True))
    return tuple(_task(row, period, links, shared) for row, links in zip(rows.itertuples(), named, strict=True))


def _task(row, period: Period, links: tuple, shared: dict[str, int]) -> Task:
    due, done = _moment(row.due_at), _moment(row.done_at)
    state, evidence = _state(row), _text(row.evidence) if row.has_evidence else ""
    inside = due is not None and period.window.start <= due.date() < period.window.end
    return Task(
        row.task_id,
        _text(row.title),
        _text(row.year_text),
        due,
        done,
        evidence,
        state,
        _words(row, state, due, done, evidence, shared),
        links,
        inside,
    )


def _state(row) -> str:
    if not row.is_task:
        return VOID
    if row.is_without_evidence:
        return NO_EVIDENCE
    if row.is_done:
        late = row.is_due and not row.is_on_time
        return LATE if late or (pd.notna(row.done_at) and row.done_at > row.due_at) else ON_TIME
    return OVERDUE if row.is_overdue_open else NOT_DUE


def _words(row, state: str, due, done, evidence: str, shared: dict[str, int]) -> str:
    parts = [f"{due:%Y-%m-%d} 到期" if due else "没有写期限"]
    if row.is_said_done:
        parts.append(f"{done:%Y-%m-%d} 完成" if done else "没有写完成日期，不算按期")
    if _moment(row.extended_due_at):
        parts.append(f"延期到 {row.extended_due_at:%Y-%m-%d}，仍按首次期限判断")
    parts.append(
        {VOID: "已取消，不计入", NO_EVIDENCE: "没有佐证，算没有完成", OVERDUE: "没有完成", NOT_DUE: "还没有到期"}.get(
            state, f"佐证：{evidence}"
        )
    )
    if evidence and shared.get(evidence, 0) > 1:
        parts.append(f"同一份佐证用在 {shared[evidence]} 项任务上，请核对")
    return "，".join(parts)


def linked(build: Build, texts: list[str], scope: Scope = EVERYTHING) -> list[tuple[tuple[str, str], ...]]:
    """For each text, the records it names by their number that the viewer may see, in the order named."""
    numbers = [list(dict.fromkeys(NUMBER.findall(text))) for text in texts]
    wanted = sorted({number for one in numbers for number in one})
    if not wanted:
        return [()] * len(texts)
    bound, parts = sql.Bound(), []
    listed = bound.listed(tuple(wanted))
    for name in tables.of(build):
        conditions = [f"{sql.FACT}.{tables.get(name).id} IN {listed}", *sql.visible(scope, bound)]
        parts.append(
            f"SELECT '{name}' AS name, {sql.FACT}.{tables.get(name).id} AS id FROM {name} {sql.FACT} "
            f"{sql.where(conditions)}"
        )
    records = build.query(f"SELECT id, min(name) AS name FROM ({' UNION ALL '.join(parts)}) GROUP BY id", bound.values)
    held = dict(zip(records["id"], records["name"], strict=True))
    return [tuple((held[number], number) for number in one if number in held) for one in numbers]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime()
