"""拟交办: what a week asks to be assigned — red lines left open, signals, what is overdue — each with the machine check
that will tell whether it worked, one unit that leads, and the next meeting as its deadline."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from metrics.ask import terms
from metrics.ask.selection import DIMENSIONS, NOT_FILLED, Selection
from metrics.ask.window import WEEK, monday
from metrics.define import catalogue
from metrics.define.errors import UnknownName
from metrics.duties import outcome_checks
from metrics.duties.red_records import RedLine
from metrics.duties.red_words import Line
from metrics.signals.finding import Proof
from metrics.signals.signal import Signal
from reports.content import wording
from warehouse import Build

FIELDS = {dimension.field: name for name, dimension in DIMENSIONS.items()}


@dataclass(frozen=True)
class Proposal:
    """An assignment not yet given: everything the form needs. `unit` leads, `helpers` help it. `check` and `signal` are
    plain JSON; signal["about"] says what the thing is from week to week."""

    task: str
    unit: str
    helpers: tuple[str, ...]
    why: str
    due: date
    check: dict
    signal: dict

    @property
    def responsible(self) -> str:
        """「后勤处」, 「牵头 保卫处，配合 第1网格、第一党支部」."""
        return f"牵头 {self.unit}，配合 {'、'.join(self.helpers)}" if self.helpers else self.unit

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Address parameters of page `actions` that open the form filled in; see ui.parts.actions.form."""
        check = {name: value for name, value in self.check.items() if name != "filters" and value not in ("", 0, False)}
        pairs = [
            ("new", "1"),
            ("task", self.task),
            ("unit", self.unit),
            ("why", f"{self.why}{f'{self.responsible}。' if self.helpers else ''}"),
            ("due", self.due.isoformat()),
        ]
        pairs += [("kind" if name == "kind" else f"check_{name}", str(value)) for name, value in check.items()]
        pairs += [
            ("only", f"{name}:{value}") for name, values in self.check.get("filters", {}).items() for value in values
        ]
        return tuple(pairs + [("signal", json.dumps(self.signal, ensure_ascii=False, sort_keys=True))])


def proposals(build: Build, week_start: date, signals: Iterable[Signal]) -> tuple[Proposal, ...]:
    """One a signal that is no improvement, in the signals' order."""
    week = monday(week_start)
    return tuple(_proposed(build, week, signal) for signal in signals if signal.good is not True)


def clear_overdue(build: Build, week_start: date, unit: str, table: str, task: str) -> Proposal:
    """That a unit settles everything overdue of one table; `task`: 「了结逾期隐患 7 条」. Proved by the records of
    that unit."""
    week, filters = monday(week_start), {"unit": [unit]}
    metric = outcome_checks.standing_metric(table).key
    about = _plain(build, week, "overdue", metric, filters, f"{metric}/{unit}")
    why = f"{terms.week_label(build, week)}末，{unit}{task.removeprefix('了结')}。"
    check = {"kind": "open_zero", "table": table, "filters": filters, "overdue": True}
    return Proposal(task, unit, (), why, due(build, week), check, about)


def close_red_line(build: Build, week_start: date, rule: Line, one: RedLine) -> Proposal:
    """That a record that crosses a red line and lies open is settled, and whatever of its category lies open there."""
    week, metric = monday(week_start), outcome_checks.standing_metric(one.table).key
    check, about = red_check(one), red_about(one)
    task = f"销号红线：{one.place} {one.text or one.category}（已 {one.days} 天）"
    clause = f"（{rule.clause_words}）" if rule.clause else ""
    why = (
        f"{terms.week_label(build, week)}末，{one.record_id} 已 {one.days} 天没有销号，属红线「{rule.label}」{clause}。"
    )
    plain = _plain(build, week, "red_line", metric, check.get("filters", {}), about)
    return Proposal(task, one.unit or NOT_FILLED, (), why, due(build, week), check, plain)


def red_about(one: RedLine) -> str:
    """What a red line's record is known by in the ledger."""
    return f"{one.table}:{one.record_id}"


def red_check(one: RedLine) -> dict:
    """Its category settled in its building, else with its unit; a picture handed in where neither is known."""
    where = {"building": one.building} if one.building else {"unit": one.unit}
    filters = {name: [value] for name, value in (where | {"category": one.category}).items() if value}
    if len(filters) < 2:
        return {"kind": "document", "title": "销号照片"}
    return {"kind": "open_zero", "table": one.table, "filters": filters, "overdue": False}


def due(build: Build, week: date) -> date:
    """The meeting after the one that hears of this week, or the first working day after it: `week` is a Monday."""
    return terms.next_workday(build, week + 2 * WEEK + timedelta(days=wording.meeting_weekday()))


def _plain(build: Build, week: date, kind: str, metric: str, filters: dict, about: str) -> dict:
    return {
        "kind": kind,
        "metric": metric,
        "week": week.isoformat(),
        "week_label": terms.week_label(build, week),
        "filters": filters,
        "about": about,
    }


def _proposed(build: Build, week: date, signal: Signal) -> Proposal:
    *helpers, unit = signal.responsible.split(" · ")
    filters = filters_of(signal.only)
    about = _plain(build, week, signal.kind, signal.metric, filters, "/".join(map(str, signal.finding.story)))
    check = _check(signal, filters)
    return Proposal(signal.task, unit, tuple(helpers), signal.sentence, due(build, week), check, about)


def _check(signal: Signal, filters: dict[str, list[str]]) -> dict:
    """The check that brings the proof a signal asks for; what cannot be settled is to be back within its limits."""
    metric = catalogue.get(signal.metric)
    if signal.proof is Proof.ON_THE_SPOT:
        return {"kind": "document", "title": "现场抽查记录"}
    if signal.proof is Proof.SETTLED and _can_be_settled(metric.table):
        return {"kind": "open_zero", "table": metric.table, "filters": filters, "overdue": False}
    return {"kind": "rate_within", "metric": metric.key, "filters": filters, "goal": "limits"}


def _can_be_settled(table: str) -> bool:
    try:
        return bool(outcome_checks.standing_metric(table))
    except UnknownName:
        return False


def filters_of(only: Selection) -> dict[str, list[str]]:
    """A selection as a check keeps it: dimension → values. A dimension the address cannot carry twice keeps its first
    value."""
    filters = {
        FIELDS[chosen.name]: list(getattr(only, chosen.name)) for chosen in fields(only) if getattr(only, chosen.name)
    }
    return {name: values if name in outcome_checks.IN_ADDRESS else values[:1] for name, values in filters.items()}
