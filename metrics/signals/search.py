"""Every finding of one week, each named once, and since how many weeks it is there: computed once per build, week
and viewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics.ask import arrivals
from metrics.ask.first_day import first_whole_week
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import WEEK
from metrics.compare.weekly_counts import counts
from metrics.compare.weeks import Plan, plan
from metrics.signals import findings, gaps, rate_shifts, series_shifts, standing_differences
from metrics.signals.finding import Finding, Quiet
from metrics.signals.findings import Family
from warehouse import Build

TABLES = ("tickets", "hazards")
RUN_BACK = 8  # weeks looked back at to say how long a signal has been there


@dataclass(frozen=True)
class WeekFindings:
    """`findings`: each thing once. `standing`: came out as well, but known for long. `tested` looks, `expected_false`
    by chance alone."""

    findings: tuple[Finding, ...]
    standing: tuple[Finding, ...]
    tested: int
    expected_false: float


@lru_cache(maxsize=512)
def of_week(build: Build, week: date, only: Selection, scope: Scope) -> WeekFindings:
    """All tests of one week (a Monday), families corrected each for itself, nothing named twice."""
    quiet: dict[str, dict[str, int]] = {}
    families = [family for family in _families(build, week, only, scope, quiet) if family.tested]
    hits = [finding for family in families for finding in family.findings]
    return WeekFindings(
        tuple(_once(build, hits, quiet)),
        tuple(finding for family in families for finding in family.standing),
        sum(family.tested for family in families),
        sum(family.expected_false for family in families),
    )


def _families(
    build: Build, week: date, only: Selection, scope: Scope, quiet: dict[str, dict[str, int]]
) -> list[Family]:
    """Every family of the week; `quiet` is filled with table → grid → weeks without a record."""
    families: list[Family] = []
    plans: dict[str, Plan] = {}
    for table in TABLES:
        first = first_whole_week(build, table)
        if week < first or (planned := plan(build, week, first, table)).days <= 0:
            continue
        plans[table] = planned
        counted = counts(build, table, planned.days, only, scope)
        quiet[table] = findings.quiet(counted, planned)
        families += [
            findings.cells(counted, planned),
            findings.grids(counted, planned),
            findings.waves(counted, planned),
            findings.silence(counted, planned),
        ]
        families += gaps.closer(build, table, planned, first, only, scope)
        families.append(standing_differences.buildings(build, counted, planned, only, scope))
    whole = [table for table in plans if plans[table].days == 7]
    if not whole:
        return families
    series = {table: plans[table] for table in whole}
    families += [
        series_shifts.campus(build, series, only, scope),
        *(series_shifts.areas(build, series, name, only, scope) for name in series_shifts.AREAS),
    ]
    families.append(rate_shifts.branches(build, series, only, scope))
    if "hazards" in series:
        families.append(rate_shifts.deadline_day(build, series["hazards"], only, scope))
    families.append(standing_differences.branches(build, series, only, scope))
    return families


@lru_cache(maxsize=8)
def homes(build: Build) -> dict[str, dict[str, str]]:
    """building id → {'grid': id, 'branch': id}."""
    frame = build.query("SELECT building_id, grid_id, branch_id FROM buildings")
    return {
        building: {"grid": grid, "branch": branch}
        for building, grid, branch in zip(frame["building_id"], frame["grid_id"], frame["branch_id"], strict=True)
    }


def _once(build: Build, hits: Sequence[Finding], quiet: Quiet) -> list[Finding]:
    """Nothing is named twice: no grid, branch or wave for what one building explains, no place for its tickets and its
    hazards."""
    unexplained = [finding for finding in hits if not finding.is_explained(hits, homes(build))]
    places: dict[tuple, list[Finding]] = {}
    for finding in unexplained:
        if finding.joins:
            places.setdefault((type(finding), *finding.where.values()), []).append(finding)
    joined = [type(same[0]).joined(same, quiet) for same in places.values()]
    return [finding for finding in unexplained if not finding.joins] + [one for one in joined if one is not None]


def running(build: Build, week: date, only: Selection, scope: Scope, wanted: Sequence[Finding]) -> dict[tuple, int]:
    """Story → for how many weeks in a row, this one included, it has come out (at most RUN_BACK + 1)."""
    open_stories, weeks = {finding.story for finding in wanted}, {finding.story: 1 for finding in wanted}
    for back in range(1, RUN_BACK + 1):
        before = week - WEEK * back
        open_stories &= (
            {finding.story for finding in of_week(build, before, only, scope).findings} if open_stories else set()
        )
        for story in open_stories:
            weeks[story] = back + 1
        if not open_stories or all(arrivals.missing(build, table) for table in TABLES):
            break
    return weeks
