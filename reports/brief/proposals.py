"""拟交办: what a week's signals ask to be assigned, each with the machine check that will tell whether it worked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from metrics.ask import terms
from metrics.ask.selection import DIMENSIONS, Selection
from metrics.ask.window import WEEK, monday
from metrics.define import catalogue
from metrics.define.errors import UnknownName
from metrics.duties import outcome_checks
from metrics.signals.finding import Proof
from metrics.signals.signal import Signal
from warehouse import Build

FIELDS = {dimension.field: name for name, dimension in DIMENSIONS.items()}


@dataclass(frozen=True)
class Proposal:
    """An assignment not yet given: everything the form needs. `check` and `signal` are plain JSON."""

    task: str
    unit: str
    responsible: str
    why: str
    due: date
    check: dict
    signal: dict

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Address parameters of page `actions` that open the form filled in; see ui.parts.actions.form."""
        check = {name: value for name, value in self.check.items() if name != "filters" and value not in ("", 0, False)}
        pairs = [
            ("new", "1"),
            ("task", self.task),
            ("unit", self.unit),
            ("why", self.why),
            ("due", self.due.isoformat()),
        ]
        pairs += [("kind" if name == "kind" else f"check_{name}", str(value)) for name, value in check.items()]
        pairs += [
            ("only", f"{name}:{value}") for name, values in self.check.get("filters", {}).items() for value in values
        ]
        return tuple(pairs + [("signal", json.dumps(self.signal, ensure_ascii=False, sort_keys=True))])


def proposals(build: Build, week_start: date, signals: Iterable[Signal]) -> tuple[Proposal, ...]:
    """One a signal that is no improvement, in the signals' order; due at the end of the week after."""
    week = monday(week_start)
    return tuple(_proposed(build, week, signal) for signal in signals if signal.good is not True)


def clear_overdue(build: Build, week_start: date, unit: str, table: str, task: str) -> Proposal:
    """That a unit settles everything overdue of one table; `task`: 「了结逾期隐患 7 条」. Proved by the records of
    that unit."""
    week, filters = monday(week_start), {"unit": [unit]}
    plain = {
        "kind": "overdue",
        "metric": outcome_checks.standing_metric(table).key,
        "week": week.isoformat(),
        "week_label": terms.week_label(build, week),
        "filters": filters,
    }
    why = f"{terms.week_label(build, week)}末，{unit}{task.removeprefix('了结')}。"
    check = {"kind": "open_zero", "table": table, "filters": filters, "overdue": True}
    return Proposal(task, unit, unit, why, _due(week), check, plain)


def _due(week: date) -> date:
    """The Sunday of the week after."""
    return week + 2 * WEEK - timedelta(days=1)


def _proposed(build: Build, week: date, signal: Signal) -> Proposal:
    parts = signal.responsible.split(" · ")
    filters = filters_of(signal.only)
    plain = {
        "kind": signal.kind,
        "metric": signal.metric,
        "week": week.isoformat(),
        "week_label": terms.week_label(build, week),
        "filters": filters,
    }
    return Proposal(
        signal.task, parts[-1], signal.responsible, signal.sentence, _due(week), _check(signal, filters), plain
    )


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
