"""Every finding of one week, each named once, and since how many weeks it is found: computed once per build, week and viewer."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from metrics.ask import arrivals
from metrics.ask.first_day import first_whole_week
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK
from metrics.compare.weekly_counts import counts
from metrics.compare.weeks import Plan, plan
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.signals import findings, gaps, rate_shifts, series_shifts, standing_differences
from metrics.signals.findings import Family, Finding
from warehouse import Build

TABLES = ("tickets", "hazards")
COUNT_OF = {"tickets": "ticket_count", "hazards": "hazard_count"}
LONE = 4  # weeks a grid must be silent in one table while it reports in the other
RUN_BACK = 8  # weeks looked back at to say how long a signal has been there
PLACED = ("cell", "gap", "silent")


@dataclass(frozen=True)
class Found:
    """`findings`: each thing once. `standing`: found as well, but known for long. `tested` looks, `expected_false` by chance alone."""

    findings: tuple[Finding, ...]
    standing: tuple[Finding, ...]
    tested: int
    expected_false: float


@lru_cache(maxsize=512)
def found(build: Build, week: date, only: Selection, scope: Scope) -> Found:
    """All tests of one week (a Monday), families corrected each for itself, nothing named twice."""
    quiet: dict[str, dict[str, int]] = {}
    families = [family for family in _families(build, week, only, scope, quiet) if family.tested]
    hits = [one for family in families for one in family.findings]
    standing = tuple(one for family in families for one in family.standing)
    return Found(
        tuple(_once(build, hits, quiet)),
        standing,
        sum(one.tested for one in families),
        sum(one.expected_false for one in families),
    )


def _families(
    build: Build, week: date, only: Selection, scope: Scope, quiet: dict[str, dict[str, int]]
) -> list[Family]:
    """Every family of the week; `quiet` is filled with table → grid → weeks without a record."""
    known: list[Family] = []
    plans: dict[str, Plan] = {}
    for table in TABLES:
        first = first_whole_week(build, table)
        if week < first or (wanted := plan(build, week, first, table)).days <= 0:
            continue
        plans[table] = wanted
        counted = counts(build, table, wanted.days, only, scope)
        quiet[table] = findings.quiet(counted, wanted)
        known += [
            findings.cells(counted, wanted),
            findings.grids(counted, wanted),
            findings.waves(counted, wanted),
            findings.silence(counted, wanted),
        ]
        known += gaps.closer(build, table, wanted, first, only, scope)
        known.append(standing_differences.buildings(build, counted, wanted, only, scope))
    whole = [table for table in plans if plans[table].days == 7]
    if not whole:
        return known
    series = {table: plans[table] for table in whole}
    known += [
        series_shifts.campus(build, series, only, scope),
        *(series_shifts.areas(build, series, name, only, scope) for name in series_shifts.AREAS),
    ]
    known.append(rate_shifts.branches(build, series, only, scope))
    if "hazards" in series:
        known.append(rate_shifts.deadline_day(build, series["hazards"], only, scope))
    known.append(standing_differences.branches(build, series, only, scope))
    return known


@lru_cache(maxsize=8)
def homes(build: Build) -> dict[str, dict[str, str]]:
    """building id → {'grid': id, 'branch': id}."""
    frame = build.query("SELECT building_id, grid_id, branch_id FROM buildings")
    return {
        b: {"grid": g, "branch": r}
        for b, g, r in zip(frame["building_id"], frame["grid_id"], frame["branch_id"], strict=True)
    }


def _once(build: Build, hits: list[Finding], quiet: dict[str, dict[str, int]]) -> list[Finding]:
    """Nothing is named twice: no grid, branch or wave for what one building explains, no place for its tickets and its hazards."""
    clusters = [one for one in hits if one.kind in ("cell", "gap")]
    kept = [one for one in hits if one.kind not in PLACED and not _explained(build, one, hits, clusters)]
    places: dict[tuple, list[Finding]] = {}
    for one in hits:
        if one.kind in PLACED and not (one.kind == "gap" and _explained(build, one, hits, clusters)):
            places.setdefault((one.kind, *one.where.values()), []).append(one)
    merged = [
        _one_silence(both, quiet) if kind == "silent" else _one_place(both) for (kind, *_), both in places.items()
    ]
    return kept + [one for one in merged if one is not None]


def _explained(build: Build, one: Finding, hits: list[Finding], clusters: list[Finding]) -> bool:
    if one.kind == "gap":  # by a burst at the same place, by the category's wave, and a category by one of its places
        return any(
            (other.kind == "wave" and other.table == one.table and other.where.items() <= one.where.items())
            or (other.kind == "cell" and other.where == one.where)
            or (
                other in clusters
                and "building" in other.where
                and "building" not in one.where
                and other.where["category"] == one.where["category"]
            )
            for other in hits
        )
    if one.kind in ("grid", "series", "wave"):
        if one.kind == "series" and metric_of(one).is_rate:
            return False
        stronger = [
            other
            for other in hits
            if other.kind in ("grid", "silent") and other.table == one.table and one.kind == "series"
        ]
        inside = [other for other in clusters if other.table == one.table and _inside(build, other, one)]
        return any(other.where == one.where for other in stronger) or any(
            other.excess * (one.weeks if other.kind == "cell" else 1) >= 0.5 * abs(one.excess) for other in inside
        )
    if one.kind == "lasting":
        return any(
            other.kind in ("branch", "series")
            and other.where == one.where
            and metric_of(other).key == metric_of(one).key
            for other in hits
        )
    return False


def _inside(build: Build, cluster: Finding, one: Finding) -> bool:
    if "category" in one.where:
        return cluster.where.get("category") == one.where["category"]
    home = homes(build).get(cluster.where.get("building", ""), {})
    return all(home.get(name) == value for name, value in one.where.items())


def _one_silence(both: list[Finding], quiet: dict[str, dict[str, int]]) -> Finding | None:
    """One finding for a grid silent in one table or two, as long as nothing came in any of them. A grid that reports in the other
    table is silent only after some weeks."""
    strongest = min(both, key=lambda one: one.p)
    weeks = {table: of_grid.get(strongest.where["grid"], 0) for table, of_grid in quiet.items()}
    if all(weeks.values()):
        return replace(strongest, weeks=min(weeks.values()), more={"tables": list(weeks)})
    if strongest.weeks < LONE:
        return None
    return replace(strongest, more={"tables": [one.table for one in both]})


def _one_place(both: list[Finding]) -> Finding:
    """One finding for a place and category that stand out in tickets and in hazards; the stronger carries the other."""
    strongest, *also = sorted(both, key=lambda one: one.p)
    return replace(strongest, more=strongest.more | {"also": also})


def metric_of(finding: Finding) -> Metric:
    """The metric whose records show it."""
    return finding.more.get("metric") or catalogue.get(COUNT_OF[finding.table])


def story(finding: Finding) -> tuple:
    """What stays the same from week to week about one thing: where, of which number, up or down."""
    metric = metric_of(finding)
    return (
        *sorted(finding.where.items()),
        metric.key if metric.is_rate else "count",
        finding.observed > finding.expected,
    )


def running(build: Build, week: date, only: Selection, scope: Scope, wanted: list[Finding]) -> dict[tuple, int]:
    """Story → for how many weeks in a row, this one included, it has been found (at most RUN_BACK + 1)."""
    open_stories, weeks = {story(one) for one in wanted}, {story(one): 1 for one in wanted}
    for back in range(1, RUN_BACK + 1):
        before = week - WEEK * back
        open_stories &= {story(one) for one in found(build, before, only, scope).findings} if open_stories else set()
        for one in open_stories:
            weeks[one] = back + 1
        if not open_stories or all(arrivals.missing(build, table) for table in TABLES):
            break
    return weeks
