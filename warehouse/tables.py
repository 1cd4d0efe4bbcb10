"""Whole small tables of a build by name: dimensions, provenance and health. Facts are asked through metrics."""

import pandas as pd

from warehouse.builds import Build

SMALL = (
    "buildings", "grids", "branches", "calendar", "events",
    "files", "rejects", "warnings", "sources", "places", "manifest",
)  # fmt: skip
CATEGORIES_OF = ("tickets", "hazards", "drills")


def table(build: Build, name: str) -> pd.DataFrame:
    """All rows of one small table, in the order they were stored; raises KeyError for any other name."""
    if name not in SMALL:
        raise KeyError(name)
    return build.query(f"SELECT * FROM {name}")


def categories(build: Build) -> list[str]:
    """Every category the facts carry, most frequent first."""
    union = " UNION ALL ".join(f"SELECT category FROM {fact}" for fact in CATEGORIES_OF)
    frame = build.query(
        f"SELECT category, count(*) AS n FROM ({union}) WHERE category IS NOT NULL GROUP BY category ORDER BY n DESC, category"
    )
    return frame["category"].tolist()
