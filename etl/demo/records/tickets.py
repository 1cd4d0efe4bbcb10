"""The tickets as they truly are, before any system exports them."""

from datetime import datetime

import numpy as np

from etl.demo.campus import kinds, rhythm
from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import places
from etl.demo.form import truth
from etl.demo.form.columns import Columns, pick_each, stream, words
from etl.demo.form.truth import Signal
from etl.demo.records.ticket_life import described, lived, with_repeats


def draw(
    campus: Campus, days: Days, planted: dict[str, Signal], data_date: datetime, scale: float, seed: int
) -> Columns:
    """One row per ticket opened before the data date, sorted by opening time, with every later moment of its life.

    Moments are datetime64[s], NaT where the thing never happens; spans are whole minutes, so dropping the seconds of an
    export changes no comparison.
    """
    where, day, category, evening = _what(campus, days, planted, scale, seed)
    random = stream(seed, "tickets", "life")
    opened = np.where(
        evening, rhythm.moments(random, day, rhythm.EVENING_HOURS), rhythm.moments(random, day, rhythm.TICKET_HOURS)
    )
    kept = opened < np.datetime64(data_date, "s")
    order = np.argsort(opened[kept], kind="stable")
    rows = Columns(at=where[kept][order], opened=opened[kept][order], category=category[kept][order])
    rows["place"], rows["resolved"] = places(
        random, campus, rows["at"], 0.72, outside=rows["category"] == truth.BICYCLE_CATEGORY
    )
    rows = with_repeats(lived(rows, random), random, data_date, planted, campus)
    described(rows, random)
    return rows


def _what(campus: Campus, days: Days, planted: dict[str, Signal], scale: float, seed: int) -> tuple[np.ndarray, ...]:
    """Where, on which day and about what: the plain campus with the planted signals added and taken away."""
    random = stream(seed, "tickets", "what")
    weights = rhythm.ticket_days(days)
    a_year = truth.TICKETS_A_YEAR * scale
    index = rhythm.drawn_per_day(random, weights, a_year)
    where = random.choice(len(campus.weight), size=len(index), p=campus.weight)
    category = pick_each(random, campus.kind[where], kinds.TICKET_MIX)
    category = _heated(random, days, index, category)
    parts: list[tuple[np.ndarray, ...]] = [(where, index, category, np.zeros(len(index), dtype=bool))]
    per_day = weights * a_year / (weights.mean() * 365.25)

    def more(expected: np.ndarray, buildings: np.ndarray, label: str | None, evening: bool = False) -> None:
        extra = np.repeat(np.arange(len(days.day)), random.poisson(expected))
        at = random.choice(buildings, size=len(extra), p=campus.weight[buildings] / campus.weight[buildings].sum())
        what = pick_each(random, campus.kind[at], kinds.TICKET_MIX) if label is None else words([label] * len(extra))
        parts.append((at, extra, what, np.full(len(extra), evening)))

    every = np.flatnonzero(campus.kind != "校门")
    if "fraud_wave" in planted:
        signal = planted["fraud_wave"]
        share = float(np.mean(category == signal.category))
        more(per_day * share * (signal.size - 1) * signal.holds(days.day), every, signal.category)
    spots = np.array([campus.index(one) for one in truth.BICYCLE_BUILDINGS])
    share = kinds.TICKET_MIX["宿舍"][truth.BICYCLE_CATEGORY] / sum(kinds.TICKET_MIX["宿舍"].values())
    more(per_day * share * campus.weight[spots].sum() * (truth.BICYCLE_BASE_FACTOR - 1), spots, truth.BICYCLE_CATEGORY)
    spot = np.array([campus.index(truth.HOT_SPOT_BUILDING)])
    more(per_day * campus.weight[spot].sum() * (truth.HOT_SPOT_FACTOR - 1), spot, None)
    parts.append(_every_week(campus, days, planted, truth.EBIKE_TICKETS_A_WEEK * scale, random))
    where, index, category, evening = (np.concatenate([part[column] for part in parts]) for column in range(4))
    keep = _kept_after_cuts(campus, days, planted, where, index, category, random)
    return where[keep], days.day[index[keep]], category[keep], evening[keep]


def _every_week(
    campus: Campus, days: Days, planted: dict[str, Signal], a_week: float, random: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """The e-bike cluster: the same number in every one of its weeks, on drawn days, in the evening."""
    if "ebike_cluster" not in planted:
        nothing = np.zeros(0, dtype=int)
        return nothing, nothing, words([]), nothing.astype(bool)
    signal = planted["ebike_cluster"]
    inside = np.flatnonzero(signal.holds(days.day))
    index = np.sort(
        np.concatenate(
            [random.choice(week, size=max(1, round(a_week))) for week in np.split(inside, range(7, len(inside), 7))]
        )
    )
    return (
        np.full(len(index), campus.index(signal.where[0])),
        index,
        words([signal.category] * len(index)),
        np.ones(len(index), dtype=bool),
    )


def _kept_after_cuts(
    campus: Campus,
    days: Days,
    planted: dict[str, Signal],
    where: np.ndarray,
    index: np.ndarray,
    category: np.ndarray,
    random: np.random.Generator,
) -> np.ndarray:
    """Mask without what the silent grid never reports and what the bicycle campaign prevented (an exact share)."""
    keep = np.ones(len(where), dtype=bool)
    if "silent_grid" in planted:
        signal = planted["silent_grid"]
        keep &= ~((campus.grid[where] == signal.where[0]) & signal.holds(days.day[index]))
    if "bicycle_campaign" in planted:
        signal = planted["bicycle_campaign"]
        inside = (
            np.isin(campus.building[where], signal.where)
            & signal.holds(days.day[index])
            & (category == signal.category)
        )
        prevented = random.permutation(np.flatnonzero(inside))[: round(inside.sum() * signal.size)]
        keep[prevented] = False
    return keep


def _heated(random: np.random.Generator, days: Days, index: np.ndarray, category: np.ndarray) -> np.ndarray:
    """In the heating season one in twenty of the other tickets is about water, power and heating instead."""
    change = (
        days.is_heating[index]
        & (random.random(len(index)) < 0.05)
        & ~np.isin(category, [truth.EBIKE_CATEGORY, truth.FRAUD_CATEGORY, truth.BICYCLE_CATEGORY])
    )
    return np.where(change, "水电报修", category)
