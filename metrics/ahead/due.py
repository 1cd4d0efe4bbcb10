"""What falls due in a week: open hazards and tickets by unit, drills whose period ends, certificates that expire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from metrics.ahead.calendar import midnight
from metrics.ask import sql
from metrics.ask.selection import NOT_FILLED, Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.define import tables
from warehouse import Build

SOON = timedelta(days=28)  # how far ahead a lapsing cadence or certificate is said


@dataclass(frozen=True)
class DueUnit:
    """Open records of one unit whose deadline falls in the week, and the earliest of the deadlines."""

    unit: str
    hazards: int
    tickets: int
    earliest: datetime


@dataclass(frozen=True)
class Lapsing:
    """Something required that runs out. kind: drill, obligation or certificate; `days` left at the judged week's end.

    `in_week`: it runs out in the week looked at, otherwise within four weeks. `record_id` of `table` opens it.
    """

    kind: str
    table: str
    record_id: str
    what: str
    place: str
    due: datetime
    days: int
    in_week: bool


def due_units(build: Build, week: date, moment: datetime, only: Selection, scope: Scope) -> tuple[DueUnit, ...]:
    """Per unit, most first: what was open at `moment` and falls due in the week of the Monday `week`."""
    counts: dict[str, dict] = {}
    for table in ("hazards", "tickets"):
        for unit, number, earliest in _due(build, table, week, moment, only, scope):
            entry = counts.setdefault(unit or NOT_FILLED, {"hazards": 0, "tickets": 0, "earliest": earliest})
            entry[table], entry["earliest"] = number, min(entry["earliest"], earliest)
    units = [DueUnit(unit, due["hazards"], due["tickets"], due["earliest"]) for unit, due in counts.items()]
    return tuple(sorted(units, key=lambda due: (-due.hazards - due.tickets, due.unit)))


def _due(build, table, week, moment, only, scope) -> list[tuple]:
    fact, bound = tables.get(table), sql.Bound()
    closed, begun, due = (sql.column(table, name) for name in ("closed_at", fact.time, "due_at"))
    still = f"({sql.column(table, 'is_open')} OR coalesce({closed} > {bound(moment)}, false))"
    conditions = [
        sql.column(table, fact.cohort),
        still,
        f"coalesce({begun} < {bound(moment)}, false)",
        f"{due} > {bound(moment)}",
    ]
    conditions += (
        sql.within(due, Window(week, week + WEEK), bound) + sql.selected(only, bound) + sql.visible(scope, bound)
    )
    return build.rows(
        f"SELECT {sql.FACT}.unit, count(*), min({due}) {sql.source(table, bool(only.kinds))} {sql.where(conditions)} "
        "GROUP BY 1",
        bound.values,
    )


def lapsing(build: Build, week: date, moment: datetime, only: Selection, scope: Scope) -> tuple[Lapsing, ...]:
    """Everything required that lapses by the end of the week or within four weeks of its end, the most urgent first."""
    ending = [one for read in READERS for one in read(build, week, moment, only, scope)]
    return tuple(sorted(ending, key=lambda one: (one.due, one.table, one.record_id)))


def _drills(build, week, moment, only, scope) -> list[Lapsing]:
    """Drills the law asks for whose period ends and which had not been held by `moment`; not those the table
    obligations has too."""
    held = f"(SELECT held_at FROM drills WHERE drills.drill_id = {sql.FACT}.drill_id)"
    also = (
        [f"{sql.FACT}.rule_id NOT IN (SELECT rule_id FROM obligations WHERE rule_id IS NOT NULL)"]
        if "obligations" in build.tables
        else []
    )
    return _running_out(
        build,
        "drill_obligations",
        "due_at",
        "drill",
        week,
        moment,
        only,
        scope,
        lambda at: [f"coalesce({held} > {at}, true)", _begun("period_start", at), *also],
    )


def _obligations(build, week, moment, only, scope) -> list[Lapsing]:
    """Statutory checks, drills and lessons of a month or longer that were not done by `moment`; daily rounds would fill
    the page."""
    return _running_out(
        build,
        "obligations",
        "due_at",
        "obligation",
        week,
        moment,
        only,
        scope,
        lambda at: [
            f"{sql.FACT}.is_begun",
            f"NOT coalesce({_time('done_at')} <= {at}, false)",
            _begun("period_start", at),
            f"{_time('due_at')} - {_time('period_start')} > INTERVAL 8 DAY",
        ],
    )


def _certificates(build, week, moment, only, scope) -> list[Lapsing]:
    """Certificates a post needs, in force at `moment`, whose validity ends."""
    return _running_out(
        build,
        "certificate_duties",
        "expires_at",
        "certificate",
        week,
        moment,
        only,
        scope,
        lambda at: [f"coalesce({_time('end_at')} > {at}, true)", _begun("begin_at", at)],
    )


READERS: tuple[Callable, ...] = (_drills, _obligations, _certificates)


def _time(name: str) -> str:
    return f"{sql.FACT}.{name}::TIMESTAMP"


def _begun(name: str, at: str) -> str:
    return f"coalesce({_time(name)} <= {at}, true)"


def _running_out(build, table, due_name, kind, week, moment, only, scope, more) -> list[Lapsing]:
    """Rows of a table of requirements that run out after `moment`, in the week or within four weeks of its end."""
    if table not in build.tables or table not in tables.all():
        return []
    fact, bound = tables.get(table), sql.Bound()
    due, at = _time(due_name), bound(moment)
    conditions = [f"{due} > {at}", f"{due} < {bound(midnight(week + WEEK) + SOON)}", *more(at)]
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    rows = build.query(
        f"""SELECT {sql.FACT}.{fact.id} AS id, {sql.FACT}.category AS what, {sql.FACT}.place_text AS place,
            {sql.FACT}.unit AS unit, {due} AS due
            {sql.source(table, bool(only.kinds))} {sql.where(conditions)}""",
        bound.values,
    )
    return [_lapsing(kind, table, row, week, moment) for row in rows.itertuples()]


def _lapsing(kind, table, row, week, moment) -> Lapsing:
    due = pd.Timestamp(row.due).to_pydatetime()
    place = next((one for one in (row.place, row.unit) if isinstance(one, str)), "")
    what = row.what if isinstance(row.what, str) else tables.get(table).title
    what = f"{what}证书" if kind == "certificate" and "证" not in what else what
    return Lapsing(
        kind, table, str(row.id), what, place, due, (due.date() - moment.date()).days, due < midnight(week + WEEK)
    )
