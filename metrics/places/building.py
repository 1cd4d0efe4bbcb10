"""One building: what it is, its floors and rooms, its newest records of every kind, and whether it differs from others
of its kind."""

from dataclasses import dataclass

import pandas as pd

from metrics.ask import members, sql
from metrics.ask.measure import measure
from metrics.ask.question import Question
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue, tables
from metrics.define.catalogue import Metric
from metrics.define.errors import UnknownName
from metrics.define.small_numbers import PEER_BUILDINGS_FROM
from metrics.methods.funnel import Funnel, funnel
from warehouse import Build

RECENT = ("tickets", "hazards", "incidents", "drills", "inspections", "services", "equipment_services")
FLOOR = r"^[A-Za-z]?-?(\d{1,2})\d{2}$"  # 302 is on the third floor, 1204 on the twelfth
NO_ROOM, NO_FLOOR = "未登记房间", "楼层不明"


@dataclass(frozen=True)
class Facts:
    """A row of buildings with the names of its grid and branch; None where the school does not say."""

    building_id: str
    name: str
    kind: str
    grid: str | None
    branch: str | None
    residents: int | None
    floors: int | None
    is_key_site: bool


def facts(build: Build, building: str, scope: Scope = EVERYTHING) -> Facts:
    """Raises UnknownName when there is no such building or it may not be seen."""
    if building not in members.allowed(build, "building", ALL, scope):
        raise UnknownName(f"没有编号为「{building}」的楼宇，或者不在可见范围内，请从地图或列表里选。")
    row = build.query(
        """SELECT house.building_id, house.name, house.kind, grids.name AS grid, branches.name AS branch,
                  house.residents, house.floors, house.is_key_site
           FROM buildings house LEFT JOIN grids USING (grid_id)
           LEFT JOIN branches ON branches.branch_id = house.branch_id
           WHERE house.building_id = $building""",
        {"building": building},
    ).iloc[0]
    known = {name: value for name, value in row.items() if not pd.isna(value)}
    return Facts(
        str(known["building_id"]),
        str(known["name"]),
        str(known.get("kind", "")),
        str(known["grid"]) if "grid" in known else None,
        str(known["branch"]) if "branch" in known else None,
        int(known["residents"]) if "residents" in known else None,
        int(known["floors"]) if "floors" in known else None,
        bool(known.get("is_key_site", False)),
    )


def rooms(
    build: Build, metric: str | Metric, window: Window, only: Selection, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """What a metric counted by floor and room, most first: floor (「3 层」, 楼层不明), room, count. Rows without a room
    last."""
    question = Question(build, catalogue.get(metric), window, (), None, only, scope)
    bound, metric = sql.Bound(), question.metric
    room, whole = sql.column(metric.table, "room"), sql.column(metric.table, metric.whole)
    floor = f"nullif(regexp_extract({room}, '{FLOOR}', 1), '')"
    return build.query(
        f"""SELECT coalesce(CAST({floor} AS INTEGER) || ' 层', '{NO_FLOOR}') AS floor,
            coalesce({room}, '{NO_ROOM}') AS room, count(*)::BIGINT AS count
            {question.source} {sql.where([*question.conditions(bound, window), whole])}
            GROUP BY ALL ORDER BY bool_or({room} IS NULL), count DESC, room""",
        bound.values,
    )


def recent(build: Build, window: Window, only: Selection, scope: Scope = EVERYTHING, limit: int = 12) -> pd.DataFrame:
    """The newest records of every kind in the window: moment, table, title, record_id, category, words (state, else
    place), newest first."""
    parts, bound = [], sql.Bound()
    for name in (one for one in RECENT if one in build.tables):
        table = tables.get(name)
        time, state = sql.column(name, table.time), "status_text" if "status_text" in table.columns else "place_text"
        conditions = sql.within(time, window, bound) + sql.selected(only, bound) + sql.visible(scope, bound)
        conditions += [sql.column(name, table.cohort)] if table.cohort else []
        columns = (
            f'{time}::TIMESTAMP AS moment, {bound(name)} AS "table", {sql.column(name, table.id)}::VARCHAR AS record_id'
        )
        columns += f", {sql.column(name, 'category')} AS category, {sql.column(name, state)} AS words"
        parts.append(
            f"(SELECT {columns} {sql.source(name, sql.needs_building((), only))} {sql.where(conditions)} "
            f"ORDER BY moment DESC LIMIT {int(limit)})"
        )
    if not parts:
        return pd.DataFrame({name: [] for name in ("moment", "table", "title", "record_id", "category", "words")})
    rows = build.query(
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY moment DESC, record_id LIMIT {int(limit)}", bound.values
    )
    return rows.assign(title=[tables.get(name).title for name in rows["table"]])


def alike(
    build: Build, metric: str | Metric, window: Window, kind: str, only: Selection = ALL, scope: Scope = EVERYTHING
) -> Funnel | None:
    """Buildings of one kind judged against their own common level: counts by residents, proportions by their cases.

    `frame` has building, part, whole, value, expected, band …; None where the metric is neither or fewer than three can
    be compared.
    """
    metric = catalogue.get(metric)
    if not metric.kind.peers:
        return None
    among = Selection(
        **{**{name: getattr(only, name) for name in only.__dataclass_fields__}, "buildings": (), "kinds": (kind,)}
    )
    rows = measure(build, metric, window, "building", only=among, scope=scope)
    rows = rows[rows["building"].isin(members.allowed(build, "building", among, scope))]
    if metric.kind.peers == "rate":
        people = build.query("SELECT building_id, residents FROM buildings").set_index("building_id")["residents"]
        rows = rows.assign(whole=rows["building"].map(people).astype("float64").fillna(0.0))
    if (rows["whole"] > 0).sum() < PEER_BUILDINGS_FROM:
        return None
    return funnel(rows.reset_index(drop=True), metric.kind.peers)
