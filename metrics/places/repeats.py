"""The same again: one room and category reported over and over, the same equipment failing at every service, hazards
closed and found again."""

from dataclasses import dataclass

import pandas as pd

from metrics.ask import sql
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import tables
from metrics.define.small_numbers import REPEATED_FROM
from warehouse import Build

TABLES = ("tickets", "hazards")


@dataclass(frozen=True)
class RepeatedPlaces:
    """`frame`: building_id, room, category, unit (most frequent), count, first, last, open; most frequent first, at
    most `most` rows. `places`: how many such places there are in all; `records` of `total` belong to them."""

    table: str
    frame: pd.DataFrame
    places: int
    records: int
    total: int


def repeated_places(
    build: Build,
    table: str,
    window: Window,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    least: int = REPEATED_FROM,
    most: int = 200,
) -> RepeatedPlaces:
    """Rooms with at least `least` records of one category in the window."""
    fact, bound = tables.get(table), sql.Bound()
    time = sql.column(table, fact.time)
    conditions = [
        sql.column(table, fact.cohort),
        *sql.within(time, window, bound),
        *sql.selected(only, bound),
        *sql.visible(scope, bound),
    ]
    source, where = sql.source(table, bool(only.kinds)), sql.where(conditions)
    frame = build.query(
        f"""SELECT fact.building_id, coalesce(fact.room, '') AS room, fact.category, mode(fact.unit) AS unit,
                count(*) AS count, min({time})::DATE AS first, max({time})::DATE AS last,
                count(*) FILTER ({sql.column(table, "is_open")}) AS open
            {source} {where} GROUP BY fact.building_id, coalesce(fact.room, ''), fact.category
            HAVING count(*) >= {int(least)} AND fact.building_id IS NOT NULL AND fact.category IS NOT NULL
                AND coalesce(fact.room, '') <> ''
            ORDER BY count DESC, last DESC, building_id, room, category""",
        bound.values,
    )
    total = int(build.rows(f"SELECT count(*) {source} {where}", bound.values)[0][0])
    return RepeatedPlaces(table, frame.head(most), len(frame), int(frame["count"].sum()), total)


def faulty(build: Build, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Equipment of one kind in one building found faulty at two services or more: building_id, category, services,
    faulty, devices, last."""
    if "equipment_services" not in build.tables:
        return pd.DataFrame(columns=["building_id", "category", "services", "faulty", "devices", "last"])
    bound = sql.Bound()
    conditions = [
        "fact.is_service",
        "fact.building_id IS NOT NULL",
        "fact.category IS NOT NULL",
        *sql.within("fact.serviced_at", window, bound),
        *sql.selected(only, bound),
        *sql.visible(scope, bound),
    ]
    return build.query(
        f"""SELECT fact.building_id, fact.category, count(*) AS services, count(*) FILTER (fact.is_faulty) AS faulty,
                sum(fact.faults)::BIGINT AS devices, max(fact.serviced_at)::DATE AS last
            {sql.source("equipment_services", bool(only.kinds))} {sql.where(conditions)} GROUP BY ALL
            HAVING faulty >= 2 ORDER BY faulty DESC, devices DESC, fact.building_id, fact.category""",
        bound.values,
    )


def chains(build: Build, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Hazards that came again after they were closed (is_recurrence, as the table defines it), linked from each to the
    next found at the same place: chains of at least two of which the last was found in the window. building_id, place,
    category, links, first, last, open, ids (in order). Longest first."""
    bound = sql.Bound()
    conditions = ["fact.is_hazard", "fact.category IS NOT NULL", *sql.selected(only, bound), *sql.visible(scope, bound)]
    inside = " AND ".join(sql.within("max(found_at)", window, bound))
    return build.query(
        f"""WITH placed AS (
                SELECT fact.hazard_id, fact.building_id, fact.place_text, fact.category, fact.found_at, fact.is_open,
                    CASE WHEN fact.is_recurrence THEN fact.closed_at END AS ended,
                    coalesce(fact.building_id || '/' || coalesce(fact.room, fact.place_text), fact.place_text) AS place
                {sql.source("hazards", bool(only.kinds))} {sql.where(conditions)}
            ),
            joined AS (
                SELECT *, max(ended) OVER earlier AS ended_before, lag(found_at) OVER earlier AS found_before
                FROM placed
                WHERE place IS NOT NULL
                WINDOW earlier AS (PARTITION BY place, category ORDER BY found_at, hazard_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            ),
            numbered AS (
                SELECT *, count(*) 
                    FILTER (NOT coalesce(ended_before < found_at AND ended_before >= found_before, false))
                    OVER (PARTITION BY place, category ORDER BY found_at, hazard_id) AS chain
                FROM joined
            )
            SELECT any_value(building_id) AS building_id, arg_max(place_text, found_at) AS place, category,
                count(*) AS links, min(found_at)::DATE AS first, max(found_at)::DATE AS last, bool_or(is_open) AS open,
                list(hazard_id ORDER BY found_at, hazard_id) AS ids
            FROM numbered GROUP BY numbered.place, category, chain
            HAVING count(*) >= 2 AND {inside} ORDER BY links DESC, last DESC, numbered.place, category""",
        bound.values,
    )
