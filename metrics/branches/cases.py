"""A few real stories of a branch, masked: chosen by a written rule, told from found to closed in the record's own
dates."""

import re
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from metrics.ask import members, sql
from metrics.ask.selection import EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import numbers, tables
from warehouse import Build

RULE = (
    "案例怎么选：从本期已经了结的隐患、工单、微心愿、矛盾纠纷里各挑一条；同一类先挑等级最高的，再挑环节记得最全的，再挑最近了结的；"
    "不足三条时每类再各挑一条。不按结果好坏挑，房间和人名都已隐去。"
)
ENOUGH = 3
ROOM = re.compile(r"(?<!\d)\d{3,4}(?=\s*(?:室|房|寝|宿舍|$))")
PHONE_LIKE = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class Kind:
    """One kind of record: the column that says it was closed, its dated steps in order, and when it was due."""

    table: str
    closed: str
    steps: tuple[tuple[str, str], ...]
    due: str = ""


KINDS = (
    Kind(
        "hazards",
        "is_closed",
        (("found_at", "发现"), ("rectified_at", "整改完成"), ("closed_at", "复查销号")),
        "due_at",
    ),
    Kind(
        "tickets", "is_closed", (("opened_at", "报修"), ("responded_at", "首次响应"), ("closed_at", "办结")), "due_at"
    ),
    Kind(
        "wishes",
        "is_fulfilled",
        (("wished_at", "提出"), ("claimed_at", "认领"), ("fulfilled_at", "实现")),
        "promised_at",
    ),
    Kind("disputes", "is_closed", (("raised_at", "排查发现"), ("escalated_at", "上交"), ("closed_at", "化解"))),
)


@dataclass(frozen=True)
class Case:
    """One masked story. `states`: (when, what) in order of time, from the record's own dates."""

    table: str
    record_id: str
    title: str
    words: str
    states: tuple[tuple[datetime, str], ...]


def of_branch(build: Build, branch: str, window: Window, scope: Scope = EVERYTHING) -> tuple[Case, ...]:
    """At least three where the records allow, one kind at most twice (see RULE)."""
    candidates = {
        kind.table: _candidates(build, kind, branch, window, scope) for kind in KINDS if kind.table in build.tables
    }
    first = [cases[0] for cases in candidates.values() if cases]
    second = [cases[1] for cases in candidates.values() if len(cases) > 1]
    return tuple(first + second[: max(ENOUGH - len(first), 0)])


def _candidates(build: Build, kind: Kind, branch: str, window: Window, scope: Scope) -> list[Case]:
    """The two best of one kind by the rule."""
    table, bound = tables.get(kind.table), sql.Bound()
    last = sql.column(kind.table, kind.steps[-1][0])
    conditions = [
        sql.column(kind.table, kind.closed),
        *sql.within(last, window, bound),
        *sql.selected(Selection(branches=(branch,)), bound),
        *sql.visible(scope, bound),
    ]
    wanted = [
        table.id,
        "category",
        "level",
        "description",
        "building_id",
        *(name for name, _ in kind.steps),
        *filter(None, [kind.due]),
    ]
    ranks = " ".join(f"WHEN {bound(level)} THEN {rank}" for level, rank in members.RANKS.items())
    steps_known = " + ".join(f"({sql.column(kind.table, name)} IS NOT NULL)::INTEGER" for name, _ in kind.steps)
    statement = f"""SELECT {", ".join(sql.column(kind.table, name) for name in wanted)} {sql.source(kind.table, False)}
        {sql.where(conditions)}
        ORDER BY CASE {sql.column(kind.table, "level")} {ranks} ELSE 9 END, {steps_known} DESC, {last} DESC,
        {sql.FACT}.{table.id} LIMIT 2"""
    return [_told(build, kind, row) for _, row in build.query(statement, bound.values).iterrows()]


def _told(build: Build, kind: Kind, row: pd.Series) -> Case:
    table = tables.get(kind.table)
    states = tuple(
        sorted(
            ((row[name].to_pydatetime(), word) for name, word in kind.steps if pd.notna(row[name])),
            key=lambda one: one[0],
        )
    )
    place = members.name(build, "building", row["building_id"]) if isinstance(row["building_id"], str) else "地点未识别"
    what = masked(next((row[name] for name in ("description", "category") if isinstance(row[name], str)), table.title))
    kinds = "，".join(row[name] for name in ("category", "level") if isinstance(row[name], str))
    steps = "，".join(f"{when:%Y-%m-%d} {word}" for when, word in states)
    return Case(
        kind.table,
        str(row[table.id]),
        f"{table.title}：{place}，{what}",
        f"{kinds + '；' if kinds else ''}{steps}{_lasted(kind, row, states)}。",
        states,
    )


def _lasted(kind: Kind, row: pd.Series, states: tuple) -> str:
    hours = (states[-1][0] - states[0][0]).total_seconds() / 3600
    due = row[kind.due] if kind.due else None
    ending = "" if due is None or pd.isna(due) else "，按期" if states[-1][0] <= due else "，没有按期"
    return (f"，历时 {numbers.hours(hours)}" if len(states) > 1 else "") + ending


def masked(text: str) -> str:
    """Without room numbers and long numbers; names and phones were masked before anything was stored."""
    return PHONE_LIKE.sub("***", ROOM.sub("***", text.strip()))[:60]
