"""Checks that never find anything, the shifts planned after the data date, and who is on duty at some time."""

from datetime import datetime

import pandas as pd

from metrics.ask import sql
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from warehouse import Build

IDLE, SHIFTS = "idle_checks", "duty_shifts"


def idle(build: Build, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Who checked twenty times or more in two years and never found anything, where others do; least likely first.

    Columns: who_kind (检查人, 单位, 检查类型), who, categories, unit, branch_id, checks, other_checks, other_findings,
    expected, chance. A viewer of some units or branches sees those alone.
    """
    if IDLE not in build.tables:
        return pd.DataFrame(columns=["who_kind", "who"])
    checks = build.query("SELECT * FROM idle_checks ORDER BY chance, who_kind, who")
    if scope.everything:
        return checks
    return checks[
        (checks["unit"].isin(scope.units) | checks["branch_id"].isin(scope.branches))
        & (checks["who_kind"] != "检查类型")
    ].reset_index(drop=True)


def chance_words(chance: float) -> str:
    """「约 0.32 %」, 「不到万分之一」, 「不到百万分之一」"""
    for limit, words in ((1e-6, "不到百万分之一"), (1e-4, "不到万分之一")):
        if chance < limit:
            return words
    return f"约 {chance * 100:.2f} %"


def planned(build: Build, only: Selection = ALL, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """The shifts after the data date, one row a kind: category, shifts, people (planned), first and last (times)."""
    if SHIFTS not in build.tables:
        return pd.DataFrame(columns=["category", "shifts"])
    bound = sql.Bound()
    conditions = ["is_planned", *sql.selected(only, bound), *sql.visible(scope, bound)]
    return build.query(
        f"""SELECT coalesce(category, '未填写') AS category, count(*) AS shifts,
                   coalesce(sum(planned), 0)::INTEGER AS people,
                   min(starts_at) AS first, max(starts_at) AS last
            {sql.source(SHIFTS, True)} {sql.where(conditions)} GROUP BY 1 ORDER BY shifts DESC, 1""",
        bound.values,
    )


def during(
    build: Build, start: datetime, end: datetime, only: Selection = ALL, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Shifts, planned ones too, that are running at some time of [start, end), the earliest first: category, post,
    place_text, grid_id, starts_at, ends_at, planned, is_planned. A shift without an end is taken for its begin."""
    columns = ["category", "post", "place_text", "grid_id", "starts_at", "ends_at", "planned", "is_planned"]
    if SHIFTS not in build.tables:
        return pd.DataFrame(columns=columns)
    bound = sql.Bound()
    begins, finishes, held, planned = (
        sql.column(SHIFTS, name) for name in ("starts_at", "ends_at", "is_shift", "is_planned")
    )
    conditions = [f"({held} OR {planned})", f"{begins} < {bound(end)}"]
    conditions += [f"coalesce({finishes}, {begins}) >= {bound(start)}"]
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    picked = ", ".join(f"{sql.column(SHIFTS, name)} AS {name}" for name in columns)
    return build.query(
        f"SELECT {picked} {sql.source(SHIFTS, True)} {sql.where(conditions)} ORDER BY starts_at, category, post",
        bound.values,
    )
