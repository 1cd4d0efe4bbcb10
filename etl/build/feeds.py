"""All sources that feed one model → feed_<model>, with places, grids, branches and units resolved; the same for states.

A column no source declares is NULL. What a row itself says of grid and branch wins over what its building implies.
"""

from collections.abc import Collection, Iterable

import duckdb
import pyarrow as pa

from etl.build.inputs import Inputs, sql_columns
from etl.build.sql import quoted, store, text
from etl.form.model import Source
from etl.places.resolver import Resolver

BY_PLACE = ("place", "room", "grid", "branch", "building_id")
PROVENANCE = {
    "record_id": "VARCHAR",
    "sequence": "INTEGER",
    "source": "VARCHAR",
    "export_time": "TIMESTAMP",
    "file_id": "VARCHAR",
    "sheet": "VARCHAR",
    "row_number": "BIGINT",
}
SHARED = ("category", "level", "channel", "unit", "description")  # every clean table is asked for them


def feeds_of(inputs: Inputs, kind: str) -> dict[str, list[Source]]:
    """Feed → its sources, the one named like the feed first (it decides the types)."""
    feeds: dict[str, list[Source]] = {}
    for source in sorted(inputs.sources.values(), key=lambda source: (source.name != source.feeds, source.name)):
        if source.kind == kind:
            feeds.setdefault(source.feeds, []).append(source)
    return feeds


def columns_of(feed: str, sources: list[Source], inputs: Inputs) -> dict[str, str]:
    """Column → type over all sources of a feed; the product's own declaration counts even where a school overrides
    it."""
    standard = [
        source for source in inputs.standard.values() if source.feeds == feed and source.kind == sources[0].kind
    ]
    columns: dict[str, str] = {}
    for source in [*sorted(standard, key=lambda source: source.name != feed), *sources]:
        for name, kind in sql_columns(source).items():
            columns.setdefault(name, kind)
    return columns


def _union(view: str, sources: list[Source], columns: dict[str, str], inputs: Inputs) -> str:
    """One SELECT a source of which anything came, joined; missing columns NULL, types those of the feed."""
    parts = []
    for source in (source for source in sources if source.name in inputs.busy):
        own = sql_columns(source)
        fields = ", ".join(
            f"CAST({quoted(name) if name in own else 'NULL'} AS {kind}) AS {quoted(name)}"
            for name, kind in columns.items()
        )
        parts.append(
            f"SELECT record_id, sequence, source, export_time, file_id, sheet, row_number, {fields} "
            f"FROM memory.main.{quoted(view + source.name)}"
        )
    return " UNION ALL ".join(parts) or f"SELECT {_nothing(columns)} WHERE false"


def _nothing(columns: dict[str, str]) -> str:
    """Provenance and columns of a feed that has no row, as a SELECT list."""
    return ", ".join(f"NULL::{kind} AS {quoted(name)}" for name, kind in (PROVENANCE | columns).items())


def load_dimensions(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """feed_<dimension>, and the words by which branches and grids are called."""
    for feed, sources in feeds_of(inputs, "dimension").items():
        columns = columns_of(feed, sources, inputs)
        connection.execute(
            f"CREATE TABLE memory.main.{quoted('feed_' + feed)} AS {_union('latest_', sources, columns, inputs)}"
        )
    for what, more in (("branch", "UNION ALL SELECT alias, branch_id FROM feed_branch_aliases"), ("grid", "")):
        plural = {"branch": "branches", "grid": "grids"}[what]
        connection.execute(f"""
            CREATE TABLE memory.main.{what}_words AS
            SELECT word, min({what}_id) AS {what}_id
            FROM (
                SELECT {what}_id AS word, {what}_id FROM feed_{plural}
                UNION ALL SELECT name, {what}_id FROM feed_{plural} {more})
            WHERE {what}_id IN (SELECT {what}_id FROM feed_{plural})
            GROUP BY word HAVING count(DISTINCT {what}_id) = 1
        """)
    connection.execute("""
        CREATE TABLE memory.main.unit_words AS
        SELECT word, min(name) AS name
        FROM (SELECT unit_id AS word, name FROM feed_units UNION ALL SELECT name, name FROM feed_units
              UNION ALL SELECT trim(unnest(string_split_regex(aliases, '[、,，;；|]'))), name
              FROM feed_units WHERE aliases IS NOT NULL)
        WHERE word <> '' GROUP BY word HAVING count(DISTINCT name) = 1
    """)


def separate_twins(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Where two sources of one feed use the same record id, the later-named source's records get its name as suffix."""
    for sources in feeds_of(inputs, "facts").values():
        before: list[str] = []
        for name in sorted(source.name for source in sources if source.name in inputs.busy):
            if before:
                taken = " UNION ALL ".join(f"SELECT record_id FROM {quoted('ranked_' + other)}" for other in before)
                connection.execute(
                    f"UPDATE {quoted('ranked_' + name)} SET record_id = record_id || '@' || {text(name)} "
                    f"WHERE record_id IN ({taken})"
                )
            before.append(name)


def match_places(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """place_words: what every place text means. Read from the typed files themselves,
    so that it need not wait for their tables."""
    facts = {source.name: source for sources in feeds_of(inputs, "facts").values() for source in sources}
    parts = []
    for name, source in facts.items():
        files = ", ".join(text(str(export.typed)) for export in inputs.exports if export.source == name)
        if files:
            parts += [f"SELECT {place} AS word FROM read_parquet([{files}])" for place in _places(source)]
    union = " UNION ALL ".join(parts) or "SELECT NULL::VARCHAR AS word"
    words = connection.execute(f"SELECT DISTINCT word FROM ({union}) WHERE word IS NOT NULL ORDER BY word").fetchall()
    places = resolver(connection)
    matches = [(word, places.resolve(word)) for (word,) in words]
    kinds = dict.fromkeys(("word", "building_id", "room", "how", "suggestion"), pa.string())
    store(
        connection,
        "place_words",
        kinds,
        [(word, match.building_id, match.room, match.how, match.suggestion) for word, match in matches],
    )


def count_places(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """The places table: every place text of every fact source, in how many records, and the building it means."""
    parts = [
        f"SELECT source, {place} AS place_text FROM memory.main.{quoted('latest_' + source.name)}"
        for sources in feeds_of(inputs, "facts").values()
        for source in sources
        if source.name in inputs.busy
        for place in _places(source)
    ]
    union = " UNION ALL ".join(parts) or "SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS place_text WHERE false"
    count_names(connection, inputs)
    connection.execute(f"""
        CREATE TABLE places AS
        SELECT place_text, source, count(*) AS occurrences,
            any_value(building_id) AS building_id, any_value(room) AS room,
            any_value(how) AS how, any_value(suggestion) AS suggestion
        FROM ({union}) JOIN place_words ON word = place_text
        GROUP BY place_text, source ORDER BY place_text, source
    """)


def count_names(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """unknown_names: what records say of their branch or grid that is neither;
    nothing where the school has listed none."""
    parts = [
        f"SELECT {text(source.name)} AS source, {text(what)} AS what, {text(source.column(what).label)} AS label, "
        f"{what} AS word FROM memory.main.{quoted('latest_' + source.name)} "
        f"WHERE {what} NOT IN (SELECT word FROM {what}_words) AND EXISTS (FROM feed_{plural})"
        for sources in feeds_of(inputs, "facts").values()
        for source in sources
        for what, plural in (("branch", "branches"), ("grid", "grids"))
        if source.name in inputs.busy and sql_columns(source).get(what) == "VARCHAR"
    ]
    union = (
        " UNION ALL ".join(parts)
        or "SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS what, NULL::VARCHAR AS label, NULL::VARCHAR AS word "
        "WHERE false"
    )
    connection.execute(f"""
        CREATE TABLE memory.main.unknown_names AS
        SELECT source, what, label, word, count(*) AS occurrences FROM ({union}) GROUP BY ALL
    """)


def _posts(sources: Iterable[Source]) -> list[str]:
    """Columns that name a place under another name than `place`: where somebody stands, not what he stands for."""
    places = (column.name for source in sources for column in source.columns if column.type == "place")
    return [name for name in dict.fromkeys(places) if name not in BY_PLACE]


def _place(columns: Collection[str], posts: Collection[str] = ()) -> str | None:
    """The expression for what a row says of its place: the place column, else the number of a building, else a post."""
    names = [name for name in ("place", "building_id", *posts) if name in columns]
    return f"coalesce({', '.join(names)})" if names else None


def _places(source: Source) -> list[str]:
    """The expressions for every place a row names: its own,
    and each of several in one cell (a list called `places`)."""
    columns = sql_columns(source)
    several = ["unnest(string_split(places, '、'))"] if "places" in columns else []
    return [*filter(None, [_place(columns, _posts([source]))]), *several]


def resolver(connection: duckdb.DuckDBPyConnection) -> Resolver:
    """What tells places, by the school's own buildings and aliases."""
    buildings = connection.execute(
        "SELECT building_id, name, kind, aliases FROM feed_buildings ORDER BY ALL"
    ).fetchall()
    aliases = connection.execute("SELECT alias, building_id, room FROM feed_place_aliases ORDER BY ALL").fetchall()
    return Resolver(buildings, aliases)


def load_fact(connection: duckdb.DuckDBPyConnection, feed: str, inputs: Inputs) -> None:
    """feed_<fact> with place_text, building_id, room, grid_id, branch_id; a view, since a model reads it once. A post
    says where, not of which branch: who stands at a gate is seldom of the one that looks after it."""
    sources = feeds_of(inputs, "facts")[feed]
    placed = {**dict.fromkeys((*BY_PLACE, *SHARED), "VARCHAR"), **columns_of(feed, sources, inputs)}
    view = f"CREATE VIEW memory.main.{quoted('feed_' + feed)} AS"
    if not any(source.name in inputs.busy for source in sources):
        resolved = dict.fromkeys((*SHARED, "place_text", "building_id", "room", "grid_id", "branch_id"), "VARCHAR")
        unplaced = {name: kind for name, kind in placed.items() if name not in BY_PLACE}
        connection.execute(f"{view} SELECT {_nothing(resolved | unplaced)} WHERE false")
        return
    others = ", ".join(f"facts.{quoted(name)}" for name in placed if name not in (*BY_PLACE, "unit"))
    connection.execute(f"""
        {view}
        SELECT facts.record_id, facts.source, facts.export_time, facts.file_id, facts.sheet, facts.row_number, {others},
            coalesce(unit_words.name, facts.unit) AS unit, facts.place_written AS place_text, buildings.building_id,
            coalesce(regexp_replace(facts.room, '(室|房间|房)$', ''), places.room) AS room,
            coalesce(grid_words.grid_id, buildings.grid_id) AS grid_id,
            coalesce(branch_words.branch_id, if(at_place, buildings.branch_id, NULL), grids.branch_id) AS branch_id
        FROM (
            SELECT *, {_place(placed, _posts(sources))} AS place_written, {_place(placed)} IS NOT NULL AS at_place
            FROM ({_union("latest_", sources, placed, inputs)})
        ) AS facts
        LEFT JOIN memory.main.place_words AS places ON places.word = facts.place_written
        LEFT JOIN build.main.buildings AS buildings ON buildings.building_id = places.building_id
        LEFT JOIN memory.main.grid_words AS grid_words ON grid_words.word = facts.grid
        LEFT JOIN build.main.grids AS grids ON grids.grid_id
            = coalesce(grid_words.grid_id, if(at_place, buildings.grid_id, NULL))
        LEFT JOIN memory.main.branch_words AS branch_words ON branch_words.word = facts.branch
        LEFT JOIN memory.main.unit_words AS unit_words ON unit_words.word = facts.unit
    """)


def load_states(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """states_<fact>: every distinct state of every record, columns as read, over all sources of a feed."""
    for feed, sources in feeds_of(inputs, "facts").items():
        union = _union("states_of_", sources, columns_of(feed, sources, inputs), inputs)
        connection.execute(f"CREATE VIEW memory.main.{quoted('states_' + feed)} AS {union}")
