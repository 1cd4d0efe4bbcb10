"""Pieces of SQL: names checked against lists, values only ever bound. The one place where statements are put
together."""

from dataclasses import dataclass, field
from datetime import date, datetime

from metrics.ask.selection import DIMENSIONS, EVERYTHING, NOT_FILLED, UNRECOGNISED, VIRTUAL, WEEKDAYS, Scope, Selection
from metrics.ask.window import Window
from metrics.define import tables
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName, unknown

FACT, BUILDING = "fact", "house"

# True/false columns the clean tables do not carry, because only one metric asks for them.
DERIVED = {
    ("obligations", "clause"): "(SELECT any_value(clause) FROM cadences WHERE cadences.rule_id = fact.rule_id)",
    ("tickets", "is_raised_in_grid"): "(fact.is_ticket AND fact.grid_id IS NOT NULL)",
    ("tickets", "is_grid_resolved"): "(fact.is_closed AND fact.closing_level IS NOT DISTINCT FROM '网格')",
}


@dataclass
class Bound:
    """Values on their way into one statement. Calling it with a value gives the placeholder to write."""

    values: dict[str, object] = field(default_factory=dict)

    def __call__(self, value: object) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def listed(self, values: tuple) -> str:
        return "(" + ", ".join(self(value) for value in values) + ")"


def column(table: str, name: str) -> str:
    """A column of a fact table, checked against tables.toml; raises UnknownName."""
    if name not in tables.get(table).columns:
        raise unknown("列", name, tables.get(table).columns)
    return DERIVED.get((table, name), f"{FACT}.{name}")


def source(table: str, with_building: bool) -> str:
    """FROM clause: the fact table, with its building's row where the building's kind is asked for."""
    tables.get(table)
    joined = f" LEFT JOIN buildings {BUILDING} ON {BUILDING}.building_id = {FACT}.building_id" if with_building else ""
    return f"FROM {table} {FACT}{joined}"


def needs_building(by: tuple[str, ...], only: Selection) -> bool:
    return "kind" in by or bool(only.kinds)


def place(name: str, alias: str = FACT) -> str:
    """The column behind a dimension of DIMENSIONS."""
    if name not in DIMENSIONS:
        raise unknown("维度", name, [*DIMENSIONS, *VIRTUAL])
    return f"{BUILDING if name == 'kind' else alias}.{DIMENSIONS[name].column}"


def grouped(name: str, time: str) -> str:
    """What to select and group by for a dimension or a virtual one (weekday, hour, week, month)."""
    virtual = {
        "weekday": f"isodow({time})",
        "hour": f"hour({time})",
        "week": f"date_trunc('week', {time})::DATE",
        "month": f"date_trunc('month', {time})::DATE",
    }
    if name in virtual:
        return virtual[name]
    return f"coalesce({place(name)}, '{DIMENSIONS[name].missing}')" if name in DIMENSIONS else place(name)


def selected(only: Selection, bound: Bound, alias: str = FACT, names: tuple[str, ...] = tuple(DIMENSIONS)) -> list[str]:
    """Conditions for the reader's filters; the words for a missing value select NULL."""
    conditions = []
    for name in names:
        values = only.values(name)
        if not values:
            continue
        target = place(name, alias)
        present = tuple(value for value in values if value not in (UNRECOGNISED, NOT_FILLED))
        parts = [f"{target} IN {bound.listed(present)}"] if present else []
        if len(present) < len(values):
            parts.append(f"{target} IS NULL")
        conditions.append("(" + " OR ".join(parts) + ")")
    if only.not_from and alias == FACT:
        newer = f"SELECT file_id FROM files WHERE source IN {bound.listed(only.not_from)}"
        conditions.append(f"({alias}.file_id IN ({newer})) IS NOT TRUE")
    return conditions


def visible(scope: Scope, bound: Bound, alias: str = FACT, places_only: bool = False) -> list[str]:
    """Conditions for what the viewer may see: any grant suffices, no grant shows nothing."""
    if scope == EVERYTHING or scope.everything:
        return []
    grants = [(name, values) for name, values in scope.granted() if not (places_only and name == "unit")]
    if not grants:
        return ["false"]
    return [
        "(" + " OR ".join(f"coalesce({alias}.{name} IN {bound.listed(values)}, false)" for name, values in grants) + ")"
    ]


def within(time: str, window: Window | None, bound: Bound) -> list[str]:
    """Conditions that a time lies in a window; none without a window."""
    if window is None:
        return []
    start, end = (datetime.combine(day, datetime.min.time()) for day in (window.start, window.end))
    return [f"{time} >= {bound(start)}", f"{time} < {bound(end)}"]


def at_cell(by_values: dict, time: str, bound: Bound) -> list[str]:
    """Conditions for one cell of a grouped answer, virtual dimensions included."""
    conditions = []
    for name, value in by_values.items():
        if name == "weekday":
            conditions.append(f"isodow({time}) = {bound(_weekday(value))}")
        elif name == "hour":
            conditions.append(f"hour({time}) = {bound(int(value))}")
        elif name in ("week", "month"):
            conditions += within(time, Window.week(day(value)) if name == "week" else Window.month(day(value)), bound)
        elif name in DIMENSIONS:
            conditions += selected(Selection().narrowed(**{name: value}), bound)
        else:
            raise unknown("维度", name, [*DIMENSIONS, *VIRTUAL])
    return conditions


def day(value: object) -> date:
    """A date from a date, a Timestamp or 'YYYY-MM-DD…'; raises UnknownName."""
    try:
        return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UnknownName(f"「{value}」不是日期，请写成 2026-11-16 这样。") from None


def _weekday(value: object) -> int:
    if value in WEEKDAYS:
        return WEEKDAYS.index(value) + 1
    raise unknown("星期", value, WEEKDAYS)


def cohort(metric: Metric) -> list[str]:
    return [column(metric.table, metric.cohort)] if metric.cohort else []


def where(conditions: list[str]) -> str:
    return "WHERE " + " AND ".join(conditions) if conditions else ""
