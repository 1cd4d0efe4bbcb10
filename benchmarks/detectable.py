"""When a planted signal becomes detectable at all: a plain test that knows where and since when to look, but pays for
every look of the week as the page must (0.05 ÷ 2,000). Counts straight from the clean tables; nothing of metrics is
used to judge."""

from datetime import date, timedelta

import numpy as np
from scipy.special import gammainc, gammaincc, ndtr
from scipy.stats import binom

from warehouse import Build

LEVEL = 0.05 / 2000
WEEK = timedelta(days=7)
SHOWN = {
    "ebike_cluster": ("cell", "gap"),
    "fraud_wave": ("wave",),
    "improving_branch": ("branch", "series"),
    "laggard_branch": ("lasting",),
    "silent_grid": ("silent",),
    "deadline_month": ("deadline",),
    "bicycle_campaign": ("cell", "gap", "wave"),
    "hot_spot": ("busy",),
}


def shows(key: str, planted: dict, signal) -> bool:
    """Whether a signal of the page is the planted one: its kind, its place, its category."""
    if signal.kind not in SHOWN.get(key, ()):
        return False
    places = [value for name, value in signal.where.items() if name != "category"]
    right_place = not places or any(place in planted["where"] for place in places)
    return right_place and signal.where.get("category", planted["category"]) == planted["category"]


def week(build: Build, key: str, planted: dict, truth: dict) -> date | None:
    """Monday of the first week at whose end the test comes out; None when it never does by the data date."""
    test = {
        "ebike_cluster": _cluster,
        "fraud_wave": _wave,
        "silent_grid": _silence,
        "improving_branch": _branch,
        "laggard_branch": _branch,
        "deadline_month": _deadline,
        "hot_spot": _hot_spot,
        "bicycle_campaign": _campaign,
    }.get(key)
    start, end = (day - timedelta(days=day.weekday()) for day in (planted["from_day"], planted["to_day"]))
    while test and start <= min(end, truth["data_date"].date()):
        if test(build, planted, start) <= LEVEL:
            return start
        start += WEEK
    return None


def _count(build: Build, where: str, start: date, end: date, table: str = "tickets", time: str = "opened_at") -> float:
    valid = {"tickets": "is_ticket", "hazards": "is_hazard"}[table]
    statement = f"SELECT count(*) FROM {table} WHERE {valid} AND {where} AND {time} >= ? AND {time} < ?"
    return float(build.rows(statement, [start, end])[0][0])


def _listed(values: list[str]) -> str:
    return "(" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + ")"


def _more(seen: float, expected: float) -> float:
    return float(gammainc(seen, expected)) if seen else 1.0


def _cluster(build, planted, week) -> float:
    """This week's cases against the term weeks of the year before."""
    where = f"building_id IN {_listed(planted['where'])} AND category = '{planted['category']}'"
    year = planted["from_day"] - timedelta(days=364)
    return _more(
        _count(build, where, week, week + WEEK), max(_count(build, where, year, planted["from_day"]) / 40, 0.1)
    )


def _wave(build, planted, week) -> float:
    """Cases since it began against the same weeks of last year."""
    where, year = f"category = '{planted['category']}'", timedelta(days=364)
    seen = _count(build, where, planted["from_day"], week + WEEK)
    return _more(seen, _count(build, where, planted["from_day"] - year, week + WEEK - year))


def _silence(build, planted, week) -> float:
    """Nothing since it began, where the term's weeks before had so many."""
    where = f"grid_id IN {_listed(planted['where'])}"
    usual = _count(build, where, planted["from_day"] - 4 * WEEK, planted["from_day"]) / 4
    return float(
        gammaincc(
            _count(build, where, planted["from_day"], week + WEEK) + 1,
            usual * ((week + WEEK - planted["from_day"]).days / 7),
        )
    )


def _rate(build: Build, where: str, start: date, end: date, part: str, time: str) -> tuple[float, float]:
    rows = build.rows(
        f"SELECT count(*) FILTER ({part}), count(*) FROM hazards WHERE is_hazard AND {where} AND {time} >= ? "
        f"AND {time} < ?",
        [start, end],
    )
    return float(rows[0][0]), float(rows[0][1])


def _apart(now: tuple[float, float], other: tuple[float, float]) -> float:
    if not now[1] or not other[1]:
        return 1.0
    angles = [np.arcsin(np.sqrt(part / whole)) for part, whole in (now, other)]
    return float(2 * ndtr(-abs(angles[0] - angles[1]) / np.sqrt(1 / (4 * now[1]) + 1 / (4 * other[1]))))


def _branch(build, planted, week) -> float:
    """The branch's rate since it began against its own before; without a before, against the other branches."""
    here, until = f"is_due AND branch_id IN {_listed(planted['where'])}", week + WEEK
    now = _rate(build, here, planted["from_day"], until, "is_on_time", "due_at")
    before = _rate(build, here, date(2000, 1, 1), planted["from_day"], "is_on_time", "due_at")
    others = _rate(build, here.replace(" IN ", " NOT IN "), planted["from_day"], until, "is_on_time", "due_at")
    return _apart(now, before if before[1] else others)


def _deadline(build, planted, week) -> float:
    """Share closed on the very day since it began against the year before."""
    now = _rate(build, "is_closed", planted["from_day"], week + WEEK, "is_on_deadline_day", "closed_at")
    return _apart(
        now,
        _rate(
            build, "is_closed", planted["from_day"] - 52 * WEEK, planted["from_day"], "is_on_deadline_day", "closed_at"
        ),
    )


def _hot_spot(build, planted, week) -> float:
    """Cases per head since the beginning against buildings of the same kind: of all these cases so many at one place
    (conditional binomial)."""
    here = planted["where"][0]
    kind = f"(SELECT kind FROM buildings WHERE building_id = '{here}')"
    people = dict(build.rows(f"SELECT building_id, residents FROM buildings WHERE kind = {kind}"))
    same = _count(
        build,
        f"building_id IN (SELECT building_id FROM buildings WHERE kind = {kind})",
        planted["from_day"],
        week + WEEK,
    )
    seen = _count(build, f"building_id = '{here}'", planted["from_day"], week + WEEK)
    return float(binom.sf(seen - 1, same, people[here] / sum(people.values())))


def _campaign(build, planted, week) -> float:
    """Fewer cases since it began than in as many term weeks of the year before."""
    where = f"building_id IN {_listed(planted['where'])} AND category = '{planted['category']}'"
    usual = _count(build, where, planted["from_day"] - timedelta(days=364), planted["from_day"]) / 40
    weeks = (week + WEEK - planted["from_day"]).days / 7
    return float(gammaincc(_count(build, where, planted["from_day"], week + WEEK) + 1, usual * weeks))
