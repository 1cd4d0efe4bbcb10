"""Whole small tables of a build by name: dimensions, provenance and health. Facts are asked through metrics."""

import pandas as pd

from warehouse.builds import Build

SMALL = (
    "buildings",
    "grids",
    "branches",
    "units",
    "calendar",
    "events",
    "files",
    "rejects",
    "warnings",
    "sources",
    "source_columns",
    "places",
    "manifest",
    "map_shapes",
)
CATEGORIES_OF = ("tickets", "hazards", "drills")


def table(build: Build, name: str) -> pd.DataFrame:
    """All rows of one small table, in the order they were stored; raises KeyError for any other name."""
    if name not in SMALL:
        raise KeyError(name)
    return build.query(f"SELECT * FROM {name}")


def template(build: Build, source: str) -> bytes | None:
    """The empty workbook of a declared source; None when the build knows no such source or carries no templates."""
    if "templates" not in build.tables:
        return None
    found = build.rows("SELECT workbook FROM templates WHERE source = $1", [source])
    return bytes(found[0][0]) if found else None


def categories(build: Build, facts: tuple[str, ...] = CATEGORIES_OF) -> list[str]:
    """Every category some facts carry, most frequent first. Names of facts are the caller's own, never a reader's."""
    known = [fact for fact in facts if fact in build.tables]
    union = " UNION ALL ".join(f"SELECT category FROM {fact}" for fact in known) or "SELECT NULL::VARCHAR AS category"
    frame = build.query(
        f"SELECT category, count(*) AS n FROM ({union}) WHERE category IS NOT NULL "
        "GROUP BY category ORDER BY n DESC, category"
    )
    return frame["category"].tolist()
