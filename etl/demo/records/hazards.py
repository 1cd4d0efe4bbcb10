"""The hazards as they truly are. Their ledgers know days, not hours, so every date here is a day."""

from datetime import datetime

import numpy as np

from etl.demo.campus import kinds, rhythm
from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places, sentences
from etl.demo.form import truth
from etl.demo.form.columns import Columns, pick, pick_each, stream, words
from etl.demo.form.truth import Signal

NEVER = np.datetime64("NaT", "D")
DAYS_ALLOWED = {"重大": 3, "较大": 7, "一般": 15, "低": 30}


def draw(
    campus: Campus, days: Days, planted: dict[str, Signal], data_date: datetime, scale: float, seed: int
) -> Columns:
    """One row per hazard found before the data date's day, sorted by the day it was found."""
    # Of several streams the one in which no recent week and no branch stands out by accident (all |z| below 1.6).
    random = stream(seed, "hazards", "d")
    index = rhythm.drawn_per_day(random, rhythm.hazard_days(days), truth.HAZARDS_A_YEAR * scale)
    where = random.choice(len(campus.weight), size=len(index), p=campus.weight)
    category = pick_each(random, campus.kind[where], kinds.HAZARD_MIX)
    if "ebike_cluster" in planted:
        inside = np.flatnonzero(planted["ebike_cluster"].holds(days.day))
        a_week = max(1, round(truth.EBIKE_HAZARDS_A_WEEK * scale))
        extra = np.concatenate(
            [random.choice(week, size=a_week) for week in np.split(inside, range(7, len(inside), 7))]
        )
        index, where = (
            np.concatenate([index, extra]),
            np.concatenate([where, np.full(len(extra), campus.index(truth.EBIKE_BUILDING))]),
        )
        category = np.concatenate([category, words([truth.EBIKE_CATEGORY] * len(extra))])
    keep = days.day[index] < np.datetime64(data_date.date())
    if "silent_grid" in planted:
        keep &= ~((campus.grid[where] == truth.SILENT_GRID) & planted["silent_grid"].holds(days.day[index]))
    order = np.flatnonzero(keep)[np.argsort(index[keep], kind="stable")]
    rows = Columns(at=where[order], found=days.day[index[order]], category=category[order])
    rows["place"], rows["resolved"] = places(random, campus, rows["at"], 0.55)
    _judged(rows, random, campus)
    rows = _with_recurrences(rows, random, campus, planted, data_date)
    _described(rows, random, days)
    return rows


def on_time_rate(branch: np.ndarray, deadline: np.ndarray, resolved: np.ndarray) -> np.ndarray:
    """The true chance of closing by the deadline: one for all, but for the improver and the laggard."""
    rate = np.full(len(branch), truth.HAZARD_ON_TIME)
    before, after = truth.IMPROVING_RATES
    improver = resolved & (branch == truth.IMPROVING_BRANCH)
    rate[improver] = np.where(deadline[improver] >= np.datetime64(truth.IMPROVING_DAY), after, before)
    rate[resolved & (branch == truth.LAGGARD_BRANCH)] = truth.LAGGARD_RATE
    return rate


def _judged(rows: Columns, random: np.random.Generator, campus: Campus) -> None:
    """Level, deadline, closing, in place. E-bikes indoors are 重大 by direct judgement."""
    count, found = len(rows), rows["found"]
    level = pick(random, count, kinds.HAZARD_LEVELS)
    rows["level"] = np.where(rows["category"] == truth.EBIKE_CATEGORY, "重大", level).astype(object)
    allowed = np.array([DAYS_ALLOWED[one] for one in rows["level"]]) + random.integers(0, 3, count)
    due = found + allowed
    on_time = random.random(count) < on_time_rate(campus.branch[rows["at"]], due, rows["resolved"])
    early = found + np.minimum(allowed, (allowed + 1) * random.beta(1.6, 1.5, count)).astype(int)
    late = due + 1 + np.exp(random.normal(np.log(6), 0.9, count)).astype(int)
    forgotten = random.random(count) < 0.12
    late = np.where(forgotten, due + 20 + random.exponential(90, count).astype(int), late)
    closed = np.where(on_time, early, late)
    month = np.datetime64(truth.DEADLINE_MONTH, "M")
    here = due.astype("datetime64[M]") == month
    closed[here] = due[here]
    # Nothing else is closed in that month: early closings wait for the next month, late ones are later still.
    strays = ~here & (closed.astype("datetime64[M]") == month)
    after = (month + 1).astype("datetime64[D]")
    room = np.where(on_time, np.maximum((due - after).astype(int), 0), 25)
    closed[strays] = (after + (random.random(count) * (room + 1)).astype(int))[strays]
    void = random.random(count) < 0.015
    rows["voided"] = np.where(void, found + 1, NEVER)
    closed[void] = NEVER
    rectified = np.maximum(found, closed - np.where(here, 0, random.integers(0, 3, count)))
    rows["due"], rows["closed"], rows["rectified"] = due, closed, rectified
    asked = ~on_time & ~here & (random.random(count) < 0.3)
    rows["extended"] = np.where(asked, due + random.integers(5, 20, count), NEVER)
    rows["undated"] = (random.random(count) < 0.01) & ~here


def _with_recurrences(
    rows: Columns, random: np.random.Generator, campus: Campus, planted: dict[str, Signal], data_date: datetime
) -> Columns:
    """About one in twenty comes back in the same place and category within 90 days of closing."""
    chosen = (
        (random.random(len(rows)) < 0.05)
        & ~np.isnat(rows["closed"])
        & rows["resolved"]
        & (rows["category"] != truth.EBIKE_CATEGORY)
    )
    back = rows.take(chosen)
    back["found"] = back["closed"] + random.integers(5, 80, len(back))
    keep = back["found"] < np.datetime64(data_date.date())
    if "silent_grid" in planted:
        keep &= ~((campus.grid[back["at"]] == truth.SILENT_GRID) & planted["silent_grid"].holds(back["found"]))
    back = back.take(keep)
    _judged(back, random, campus)
    both = Columns({name: np.concatenate([rows[name], back[name]]) for name in rows})
    return both.take(np.argsort(both["found"], kind="stable"))


def _described(rows: Columns, random: np.random.Generator, days: Days) -> None:
    count = len(rows)
    rows["description"] = sentences(random, rows["category"], {key: said for key, (said, _) in kinds.HAZARDS.items()})
    rows["unit"] = pick_each(random, rows["category"], {key: units for key, (_, units) in kinds.HAZARDS.items()})
    rows["channel"] = pick(random, count, kinds.HAZARD_CHANNELS)
    rows["closed_word"] = pick(random, count, kinds.CLOSED_WORDS)
    rows["void_word"] = pick(random, count, {"误报": 6, "重复上报": 4})
    week = days.teaching_week[(rows["found"] - days.day[0]).astype(int)]
    rows["campaign"] = np.where(
        (week >= 1) & (week <= 3) & (rows["channel"] == "专项排查"), "开学安全大排查", ""
    ).astype(object)
    rows["reporter"], _, rows["phone"] = people(random, count, 900)
    first, _, _ = people(random, count, 60)
    second, _, _ = people(random, count, 60)
    rows["owner"] = np.where(random.random(count) < 0.25, first + "、" + second, first)
    rows["verifier"], _, _ = people(random, count, 30)
    years = rows["found"].astype("datetime64[Y]").astype(int) + 1970
    rows["id"] = words(f"YH{year}{number:06d}" for number, year in enumerate(years.tolist(), 1))
