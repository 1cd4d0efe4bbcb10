"""The values a dimension can take in a build, in the order people expect: 3号楼 before 10号楼, 重大 before 一般."""

import re
from functools import lru_cache

import pandas as pd

from metrics.ask import sql
from metrics.ask.selection import ALL, DIMENSIONS, EVERYTHING, VIRTUAL, WEEKDAYS, Scope, Selection
from metrics.define import tables
from metrics.define.errors import unknown
from warehouse import Build

RANKS = {
    "紧急": 0,
    "重大": 0,
    "较大": 1,
    "一般": 2,
    "低": 3,
    "轻微": 3,
    "网格": 0,
    "楼栋/学院": 1,
    "部门": 2,
    "校级": 3,
    "校外": 4,
}
_OWN_TABLE = {"building": "buildings", "grid": "grids", "branch": "branches"}


def natural(text: str) -> tuple:
    """Sort key in which 3号楼 comes before 10号楼."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", str(text)) if part
    )


@lru_cache(maxsize=64)
def names(build: Build, dimension: str) -> dict[str, str]:
    """id → name of every building, grid or branch, in their own order; name → name for other dimensions."""
    if dimension in _OWN_TABLE:
        column, table = DIMENSIONS[dimension].column, _OWN_TABLE[dimension]
        frame = build.query(f"SELECT {column} AS id, name FROM {table} ORDER BY sort_order NULLS LAST, {column}")
        return dict(zip(frame["id"], frame["name"], strict=True))
    if dimension == "kind":
        frame = build.query(
            "SELECT kind FROM buildings WHERE kind IS NOT NULL GROUP BY kind ORDER BY min(sort_order), kind"
        )
        return {kind: kind for kind in frame["kind"]}
    if dimension in DIMENSIONS:
        return {value: value for value in _in_facts(build, DIMENSIONS[dimension].column)}
    raise unknown("维度", dimension, [*DIMENSIONS, *VIRTUAL])


def _in_facts(build: Build, column: str) -> list[str]:
    union = " UNION ".join(f"SELECT {column} AS value FROM {name}" for name in tables.of(build))
    values = build.query(f"SELECT value FROM ({union}) WHERE value IS NOT NULL")["value"]
    return sorted(values, key=lambda value: (RANKS.get(value, 9), natural(value)))


def name(build: Build, dimension: str, value: object) -> str:
    """What to call one value: '3号楼' for 'D03'; the value itself where it has no name."""
    text = str(value)
    return names(build, dimension).get(text, text) if dimension in DIMENSIONS else text


@lru_cache(maxsize=256)
def allowed(build: Build, dimension: str, only: Selection = ALL, scope: Scope = EVERYTHING) -> tuple[str, ...]:
    """Values of a place dimension that have a building left after filters and scope, so that zero rows can be shown."""
    bound = sql.Bound()
    places = tuple(one for one in ("building", "grid", "branch", "kind") if only.values(one))
    conditions = sql.selected(only, bound, sql.BUILDING, places) + sql.visible(scope, bound, sql.BUILDING, True)
    column = f"{sql.BUILDING}.{DIMENSIONS[dimension].column}"
    statement = f"SELECT DISTINCT {column} AS value FROM buildings {sql.BUILDING} {sql.where(conditions)}"
    here = set(build.query(statement, bound.values)["value"].dropna())
    return tuple(value for value in names(build, dimension) if value in here)


def ordered(build: Build, dimension: str, values: pd.Index | list) -> list:
    """Values in the order to show them; what has no place in the order comes last."""
    if dimension in VIRTUAL:
        return list(values) if dimension != "weekday" else [day for day in WEEKDAYS if day in set(values)]
    order = {value: number for number, value in enumerate(names(build, dimension))}
    return sorted(values, key=lambda value: (order.get(value, len(order)), natural(value)))
