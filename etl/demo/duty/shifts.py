"""Shifts as they truly were: branches at the gates in term, the gates' own, and for a hundred days the patrols of
every grid."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.form.columns import Columns, stream, words

REFERENCE_BRANCH, REFERENCE_MONDAY, REFERENCE_WEEKS = "B2", date(2026, 3, 2), 15
PATROL_DAYS = 100  # since when the patrols are logged
LAZY_GRID = "G12"  # no night patrols at weekends
SHORT_BRANCH = "B7"  # often comes with fewer people than planned
ROSTER_DAYS = 7
_GATES = ("东门", "南门", "西门", "北门")


def branch_shifts(place: Campus, days: Days, data_date: datetime, seed: int) -> Columns:
    """支部值守: two shifts a branch and teaching week; three of eight people for the reference branch in its fifteen
    weeks."""
    random = stream(seed, "duty_shifts", "branches")
    branches = sorted(set(place.branch.tolist()))
    parts: list[tuple] = []
    for first in np.flatnonzero((days.weekday == 0) & (days.teaching_week > 0)):
        monday = days.day[first]
        for number, branch in enumerate(branches):
            reference = (
                branch == REFERENCE_BRANCH
                and 0 <= (monday - np.datetime64(REFERENCE_MONDAY)).astype(int) < 7 * REFERENCE_WEEKS
            )
            for weekday in (0, 2, 4) if reference else (1 + number % 2, 3 + number % 2):
                planned = 8 if reference else 3 + int(random.integers(0, 5))
                came = (
                    planned if reference else int(random.binomial(planned, 0.86 if branch == SHORT_BRANCH else 0.985))
                )
                extra = 4 if reference and monday == np.datetime64(REFERENCE_MONDAY) and weekday == 0 else 0
                if not reference and random.random() < 0.01:
                    came = 0
                parts.append(
                    (
                        monday + weekday,
                        7.0 + 10.5 * (number % 2),
                        2.0,
                        "支部值守",
                        _GATES[(number + weekday) % 4],
                        branch,
                        "",
                        planned,
                        came + extra,
                    )
                )
    return _columns(parts, data_date)


def gate_shifts(days: Days, data_date: datetime, seed: int, since: date) -> Columns:
    """校门值守: every gate on every workday since the school year before; with next week's roster."""
    random = stream(seed, "duty_shifts", "gates")
    parts = []
    coming = np.datetime64(data_date.date()) + np.arange(1, ROSTER_DAYS + 1)
    workdays = days.day[days.is_workday & (days.day >= np.datetime64(since))]
    for day in [*workdays, *coming]:
        for gate in _GATES:
            parts.append((day, 6.5, 12.0, "校门值守", gate, "", "", 3, int(random.binomial(3, 0.985))))
    return _columns(parts, data_date)


def patrols(place: Campus, data_date: datetime, seed: int) -> Columns:
    """防火巡查 and 夜间巡查 of every grid and day; a few were not done, and one grid has no nights at weekends."""
    random = stream(seed, "duty_shifts", "patrols")
    today = np.datetime64(data_date.date())
    parts = []
    for day in np.arange(today - PATROL_DAYS, today + ROSTER_DAYS):
        weekend = (day.astype("int64") + 3) % 7 >= 5
        for grid in sorted(set(place.grid.tolist())):
            for what, hour, share in (
                ("防火巡查", 9.0 + random.integers(0, 6), 0.97),
                ("夜间巡查", 21.5 + 0.5 * random.integers(0, 8), 0.98),
            ):
                done = random.random() < share and not (grid == LAZY_GRID and what == "夜间巡查" and weekend)
                if done or day >= today:
                    parts.append(
                        (
                            day,
                            hour,
                            1.0,
                            what,
                            f"第{int(grid[1:])}网格巡查线",
                            "",
                            grid,
                            2,
                            2 if random.random() < 0.97 else 1,
                        )
                    )
    return _columns(parts, data_date)


def _columns(parts: list[tuple], data_date: datetime) -> Columns:
    names = ("day", "hour", "hours", "category", "post", "branch", "grid", "planned", "present")
    listed = dict(zip(names, (list(column) for column in zip(*parts, strict=True)), strict=True))
    rows = Columns({name: words(listed[name]) for name in ("category", "post", "branch", "grid")})
    rows["starts"] = np.array(listed["day"], dtype="datetime64[s]") + (np.array(listed["hour"]) * 3600).astype(
        "timedelta64[s]"
    )
    rows["ends"] = rows["starts"] + (np.array(listed["hours"]) * 3600).astype("timedelta64[s]")
    rows["planned"], rows["present"] = np.array(listed["planned"]), np.array(listed["present"])
    rows = rows.take(np.argsort(rows["starts"], kind="stable"))
    rows["is_past"] = rows["starts"] <= np.datetime64(data_date, "s")
    return rows


def school_year(autumns: list[date], back: int) -> date:
    """The Monday of the school year so many years before the current one, or of the first drawn."""
    return autumns[max(len(autumns) - 1 - back, 0)] - timedelta(days=1)
