"""What the grids do: which of the seven duties, how much each member carries, how long nothing has come.

A grid that sent no visit at all is not a grid that did nothing: its duties are not counted, and it is named.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from metrics.ask import members, sql
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.compare.excess import expected
from warehouse import Build

DUTIES = ("安全教育", "信息采集", "社情民意", "隐患整治", "矛盾化解", "政策宣传", "平安学院")
WORK = {"visits": "grid_visit_count", "tickets": "ticket_count", "hazards": "hazard_count"}
REPORTS = {
    "grid_visits": ("visited_at", "is_visit"),
    "tickets": ("opened_at", "is_ticket"),
    "hazards": ("found_at", "is_hazard"),
}


def duties(build: Build, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Visits by grid and duty: grid, category, visits and what metrics.compare.excess says of them: expected, excess,
    verdict, significant. NaN, None and not significant for every duty of a grid that sent no visit in the window.

    A filter of categories narrows the duties shown, not what counts as having sent something.
    """
    everything = Selection(buildings=only.buildings, grids=only.grids, branches=only.branches)
    cells = expected(build, "grid_visit_count", window, ("grid", "category"), everything, scope).rename(
        columns={"observed": "visits"}
    )
    cells = cells[(cells["grid"] != UNRECOGNISED) & cells["category"].isin(DUTIES)]
    grids = list(members.allowed(build, "grid", only, scope))
    wanted = pd.MultiIndex.from_product([grids, DUTIES], names=["grid", "category"])
    visits = (
        cells.set_index(["grid", "category"])[["visits", "expected", "excess", "significant"]]
        .astype(float)
        .reindex(wanted, fill_value=0)
        .reset_index()
    )
    told = cells.set_index(["grid", "category"])["verdict"].reindex(wanted)
    heard = visits["grid"].isin(
        measure(build, "grid_visit_count", window, by="grid", only=everything, scope=scope).query("part > 0")["grid"]
    )
    numbers = {name: visits[name].astype(float).where(heard) for name in ("visits", "expected", "excess")}
    verdicts = told.reset_index(drop=True).where(heard)
    return visits.assign(**numbers, verdict=verdicts, significant=visits["significant"].astype(bool) & heard)


def grids(build: Build, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """One row a grid: grid, done (duties done at least once, NaN where nothing was sent), visits, tickets, hazards,
    members, residents, load (tickets, hazards and visits per member), residents_per_member, silent_visits and
    silent_days (days from the last visit, and from the last record of any kind, to the end of the window or the data
    date; NaN where there is none)."""
    cells = duties(build, window, only, scope)
    work = (
        cells.groupby("grid", sort=False)["visits"]
        .agg(lambda visits: (visits > 0).sum() if visits.notna().any() else np.nan)
        .rename("done")
        .reset_index()
    )
    for name, key in WORK.items():
        answer = measure(
            build,
            key,
            window,
            by="grid",
            only=Selection(grids=tuple(work["grid"])) if len(work) else ALL,
            scope=scope,
        )
        work[name] = (
            work["grid"].map(answer.set_index("grid")["part"]).astype(float).fillna(0)
        )  # of no grids at all the map is of words
    sizes = _sizes(build).reindex(work["grid"])
    work["members"], work["residents"] = sizes["members"].to_numpy(), sizes["residents"].to_numpy()
    people = work["members"].where(work["members"] > 0)
    work["load"], work["residents_per_member"] = work[list(WORK)].sum(axis=1) / people, work["residents"] / people
    last = _last(build, window, scope)
    moment = min(datetime.combine(window.end, datetime.min.time()), build.data_date)
    for name, tables in (("silent_visits", ["grid_visits"]), ("silent_days", list(REPORTS))):
        newest = last.reindex(columns=tables).max(axis=1).reindex(work["grid"]).to_numpy()
        work[name] = (
            pd.Timestamp(moment).normalize() - pd.Series(pd.to_datetime(newest), work.index).dt.normalize()
        ).dt.days
    return work


def _sizes(build: Build) -> pd.DataFrame:
    return build.query(
        """SELECT grid_id AS grid, any_value(grids.members)::DOUBLE AS members,
           coalesce(sum(residents), 0)::DOUBLE AS residents
           FROM grids LEFT JOIN buildings USING (grid_id) GROUP BY grid_id"""
    ).set_index("grid")


def _last(build: Build, window: Window, scope: Scope) -> pd.DataFrame:
    """Newest record of every kind by grid, before the end of the window and not after the data date."""
    frames = {}
    for table, (time, cohort) in REPORTS.items():
        if table not in build.tables:
            continue
        bound = sql.Bound()
        when = sql.column(table, time)
        before = bound(datetime.combine(window.end, datetime.min.time()))
        conditions = [
            f"{when} < {before}",
            f"{when} <= {bound(build.data_date)}",
            sql.column(table, cohort),
            *sql.visible(scope, bound),
        ]
        statement = (
            f"SELECT {sql.place('grid')} AS grid, max({when}) AS last {sql.source(table, False)} "
            f"{sql.where(conditions)} GROUP BY 1"
        )
        answer = build.query(statement, bound.values).dropna(subset=["grid"])
        frames[table] = pd.to_datetime(answer.set_index("grid")["last"])
    return pd.DataFrame(frames)
