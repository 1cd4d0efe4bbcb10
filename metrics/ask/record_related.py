"""What else there is like one record: in the same place, of the same kind, from the same reporter; each a count that
opens its list."""

from dataclasses import dataclass
from datetime import date

from metrics.ask import sql
from metrics.ask.selection import EVERYTHING, Scope
from metrics.define import tables
from metrics.define.tables import Table
from warehouse import Build

# Whose record it is, the first of these columns that a table has; a code, never a name.
PEOPLE = (
    "reporter_key",
    "requester_key",
    "wisher_key",
    "asker_key",
    "victim_key",
    "person_key",
    "owner_key",
    "organiser_key",
    "inspector_key",
)


@dataclass(frozen=True)
class Related:
    """Records that agree with one in `same` (column → value), itself among them; `first` and `last` are the days they
    span.

    kind: place, room, kind_here, kind or person.
    """

    kind: str
    same: dict[str, str]
    count: int
    first: date
    last: date


def related(build: Build, table: str, fields: dict, scope: Scope = EVERYTHING) -> tuple[Related, ...]:
    """The groups one record belongs to that have others in them, in one reading of the table; `fields` as record()
    gives them.

    The count is what metrics.ask.records lists with the same `same` over the days first … last.
    """
    facts, bound = tables.get(table), sql.Bound()
    groups = {kind: same for kind, same in _groups(facts, fields).items() if all(same.values())}
    if not groups:
        return ()
    time = sql.column(table, facts.time)
    conditions = [sql.column(table, facts.cohort)] if facts.cohort else []
    conditions += [f"{time} IS NOT NULL", *sql.visible(scope, bound)]
    picked = []
    for same in groups.values():
        test = " AND ".join(f"{sql.column(table, name)}::VARCHAR = {bound(value)}" for name, value in same.items())
        picked += [
            f"count(*) FILTER ({test})",
            f"min({time}) FILTER ({test})::DATE",
            f"max({time}) FILTER ({test})::DATE",
        ]
    row = build.rows(f"SELECT {', '.join(picked)} {sql.source(table, False)} {sql.where(conditions)}", bound.values)[0]
    relations = [
        Related(kind, same, *row[3 * number : 3 * number + 3]) for number, (kind, same) in enumerate(groups.items())
    ]
    return tuple(one for one in relations if one.count > 1)


def _groups(table: Table, fields: dict) -> dict[str, dict[str, str]]:
    """Kind of relation → what must agree."""
    written = {name: str(value) for name, value in fields.items() if isinstance(value, str) and value}
    whole = (
        {"building_id": written.get("building_id", "")}
        if written.get("building_id")
        else {"place_text": written.get("place_text", "")}
    )
    person = next((name for name in PEOPLE if name in table.columns), None)
    groups = {
        "room": {**whole, "room": written.get("room", "")},
        "place": whole,
        "kind_here": {**whole, "category": written.get("category", "")},
        "kind": {"category": written.get("category", "")},
    }
    return groups | ({"person": {person: written.get(person, "")}} if person else {})
