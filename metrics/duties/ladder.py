"""小事一格: how far up the ladder 网格→楼栋/学院→部门→校级→校外 things had to go to be solved, how long they lay, how
often they came back.

A case needs a level when it was raised at it or below and closed (or lies open) at it or above; so every level's number
is a part of the one below plus what was raised there, whatever path the papers took. Open cases stay in.
"""

from dataclasses import dataclass

import pandas as pd

from metrics.ask import sql
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import numbers
from warehouse import Build

LEVELS = ("网格", "楼栋/学院", "部门", "校级", "校外")


@dataclass(frozen=True)
class Level:
    """One step. A case handed down counts where it was closed. needed = closed + open + passed_on; `raised` of them
    began here. reopened is a part of closed.

    hours and p90: Kaplan–Meier over the stays that began in the window, `left` of `stays` of them over; NaN without
    any.
    """

    name: str
    raised: int
    needed: int
    closed: int
    open: int
    passed_on: int
    reopened: int
    hours: float
    p90: float
    left: int
    stays: int

    @property
    def closed_share(self) -> float:
        """Of those that needed this level, the part it closed; NaN for none."""
        return self.closed / self.needed if self.needed else float("nan")

    @property
    def reopen_rate(self) -> float:
        return self.reopened / self.closed if self.closed else float("nan")


@dataclass(frozen=True)
class Ladder:
    """All levels, lowest first. `cases` are all of the window, `unknown` those whose level of raising or closing nobody
    wrote."""

    levels: tuple[Level, ...]
    cases: int
    open: int
    reopened: int
    closed: int
    unknown: int

    @property
    def placed(self) -> int:
        """Cases on the ladder."""
        return self.cases - self.unknown


def ladder(build: Build, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING) -> Ladder:
    """The ladder of what was raised in the window."""
    rows = _cases(build, window, only, scope)
    total = {name: int(rows[name].sum()) for name in ("cases", "open", "closed", "reopened")}
    placed = rows[rows["begin"].notna() & rows["end"].notna()]
    lasted = measure(build, "ladder_time_at_level", window, "level", only=only, scope=scope).set_index("level")
    levels = tuple(_level(rank, name, placed, lasted) for rank, name in enumerate(LEVELS))
    return Ladder(
        levels,
        total["cases"],
        total["open"],
        total["reopened"],
        total["closed"],
        total["cases"] - int(placed["cases"].sum()),
    )


def _level(rank: int, name: str, placed: pd.DataFrame, lasted: pd.DataFrame) -> Level:
    needed, here = placed[(placed["begin"] <= rank) & (placed["end"] >= rank)], placed[placed["end"] == rank]
    times = (
        lasted.loc[name]
        if name in lasted.index
        else {"value": float("nan"), "p90": float("nan"), "part": 0, "whole": 0}
    )
    count = int(needed["cases"].sum())
    closed, still = int(here["closed"].sum()), int(here["open"].sum())
    return Level(
        name,
        int(placed.loc[placed["begin"] == rank, "cases"].sum()),
        count,
        closed,
        still,
        count - closed - still,
        int(here["reopened"].sum()),
        float(times["value"]),
        float(times["p90"]),
        int(times["part"]),
        int(times["whole"]),
    )


def _cases(build: Build, window: Window, only: Selection, scope: Scope) -> pd.DataFrame:
    """begin, end (ranks on the ladder; NULL where unknown), cases, open, closed, reopened; one row a combination."""
    bound = sql.Bound()
    opened = sql.column("ladder_cases", "opened_at")
    conditions = sql.within(opened, window, bound) + sql.selected(only, bound) + sql.visible(scope, bound)
    names = ", ".join(bound(name) for name in LEVELS)
    fact = sql.FACT
    return build.query(
        f"""WITH lies AS (SELECT case_id, arg_max(level, step_number) AS level FROM ladder_steps WHERE NOT has_left
            GROUP BY case_id),
            cases AS (
                SELECT {fact}.*, list_position([{names}], raised_level) - 1 AS begin,
                    list_position([{names}], CASE WHEN is_closed THEN {fact}.level
                        ELSE coalesce(lies.level, raised_level) END) - 1 AS ends
                {sql.source("ladder_cases", bool(only.kinds))} LEFT JOIN lies ON lies.case_id = {fact}.case_id
                {sql.where(conditions)}
            )
            SELECT CASE WHEN begin > ends THEN ends ELSE begin END::INTEGER AS begin, ends::INTEGER AS "end",
                count(*) AS cases, count(*) FILTER (is_open) AS open,
                count(*) FILTER (is_closed) AS closed, count(*) FILTER (is_reopened) AS reopened
            FROM cases GROUP BY 1, 2""",
        bound.values,
    ).astype({"begin": "Int64", "end": "Int64"})


def sentence(ladder: Ladder) -> str:
    """「到网格的 2,310 件，1,069 件在网格内办结（46.3 %），其中 68 件又重办；26 件转到校外，97 件未办结」"""
    grid, last = ladder.levels[0], ladder.levels[-1]
    if not ladder.cases:
        return "这段时间没有工单和矛盾纠纷"
    if not grid.needed:
        return f"这段时间有 {numbers.exact_number(ladder.cases)} 件，没有写明发现层级的，画不出阶梯"
    told = (
        f"到网格的 {numbers.exact_number(grid.needed)} 件，"
        f"{numbers.exact_number(grid.closed)} 件在网格内办结（{numbers.percent(grid.closed_share)}），"
        f"其中 {numbers.exact_number(grid.reopened)} 件又重办"
    )
    away = f"；{numbers.exact_number(last.needed)} 件转到校外" if last.needed else "；没有转到校外的"
    return told + away + (f"，{numbers.exact_number(ladder.open)} 件未办结" if ladder.open else "")
