"""Rows for every clean table the catalogue asks, whatever its columns: times, places, numbers and rules at random,
parts inside their wholes.
"""

from datetime import datetime, timedelta

import numpy as np

from metrics.define import catalogue
from metrics.define import tables as known_tables

COUNT = 120
PLACES = {"building_id": ("D03", "D10", "T01", None),
          "category": ("水电", "火警", "门锁", None), "unit": ("后勤处", "保卫处", None),
          "channel": ("电话", "微信", None), "level": ("一般", "紧急", None)}  # fmt: skip
SUMMED = ("sum", "mean", "sum_per_residents")


def random_table(name: str, kinds: dict[str, str], home: dict, now: datetime, seed: int = 7) -> list[dict]:
    """`kinds`: column → BOOL, TIMESTAMP, DOUBLE or TEXT; `home`: building → (grid, branch)."""
    random = np.random.default_rng([seed, *name.encode()])
    table, asked = known_tables.get(name), [one for one in catalogue.all() if one.table == name]
    rows = []
    for number in range(COUNT):
        begun = now - timedelta(minutes=int(random.integers(1, 20 * 7 * 24 * 60)))
        row = {column: _value(kind, random, begun, now) for column, kind in kinds.items()}
        row |= {column: values[random.integers(len(values))] for column, values in PLACES.items() if column in kinds}
        row["grid_id"], row["branch_id"] = home.get(row.get("building_id"), (None, None))
        row |= {table.id: f"{name}-{number:03}", **{one.time: begun for one in asked}, table.time: begun}
        rows.append({column: value for column, value in row.items() if column in kinds})
    for row in rows:
        _inside(row, asked)
    return rows


def _value(kind: str, random: np.random.Generator, begun: datetime, now: datetime) -> object:
    if kind == "BOOL":
        return bool(random.random() < 0.7)
    if kind == "TIMESTAMP":
        after = begun + timedelta(minutes=int(random.exponential(20 * 1440)))
        return after if after < now and random.random() > 0.2 else None
    return float(random.integers(1, 40)) if kind == "DOUBLE" else "示例"


def _inside(row: dict, asked: list) -> None:
    """Every part inside its whole and its cohort, however they lean on each other."""
    for _ in asked:
        for one in asked:
            if one.kind.name == "ratio":
                row[one.part] = min(row[one.part], row[one.whole])
            elif one.kind.name not in SUMMED and one.part in row and isinstance(row[one.part], bool):
                row[one.part] = row[one.part] and bool(row[one.whole]) and bool(row.get(one.cohort, True))
            if isinstance(row.get(one.whole), bool) and one.cohort:
                row[one.whole] = row[one.whole] and row[one.cohort]
