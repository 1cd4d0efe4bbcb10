"""The tickets as they truly are, before any system exports them."""

from datetime import datetime

import numpy as np

from etl.demo import kinds, rhythm, truth
from etl.demo.campus import Campus, Days
from etl.demo.columns import HOUR, MINUTE, NOTHING, Columns, pick, pick_each, seconds, stream, words
from etl.demo.truth import Signal
from etl.demo.wording import people, places, sentences


def draw(campus: Campus, days: Days, planted: dict[str, Signal], data_date: datetime, scale: float, seed: int) -> Columns:
    """One row per ticket opened before the data date, sorted by opening time, with every later moment of its life.

    Moments are datetime64[s], NaT where the thing never happens; spans are whole minutes, so dropping the seconds of an
    export changes no comparison.
    """
    where, day, category, evening = _what(campus, days, planted, scale, seed)
    random = stream(seed, "tickets", "life")
    opened = np.where(evening, rhythm.moments(random, day, rhythm.EVENING_HOURS), rhythm.moments(random, day, rhythm.TICKET_HOURS))
    kept = opened < np.datetime64(data_date, "s")
    order = np.argsort(opened[kept], kind="stable")
    rows = Columns(at=where[kept][order], opened=opened[kept][order], category=category[kept][order])
    rows["place"], rows["spot"], rows["resolved"] = places(random, campus, rows["at"], 0.72)
    rows = _with_repeats(_lived(rows, random), random, data_date, planted, campus)
    _described(rows, random, seed)
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
    parts = [(where, index, category, np.zeros(len(index), dtype=bool))]
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
    keep = kept_after_cuts(campus, days, planted, where, index, category, random)
    return where[keep], days.day[index[keep]], category[keep], evening[keep]


def _every_week(campus: Campus, days: Days, planted: dict[str, Signal], a_week: float, random: np.random.Generator) -> tuple[np.ndarray, ...]:
    """The e-bike cluster: the same number in every one of its weeks, on drawn days, in the evening."""
    if "ebike_cluster" not in planted:
        nothing = np.zeros(0, dtype=int)
        return nothing, nothing, words([]), nothing.astype(bool)
    signal = planted["ebike_cluster"]
    inside = np.flatnonzero(signal.holds(days.day))
    index = np.sort(np.concatenate([random.choice(week, size=max(1, round(a_week))) for week in np.split(inside, range(7, len(inside), 7))]))
    return np.full(len(index), campus.index(signal.where[0])), index, words([signal.category] * len(index)), np.ones(len(index), dtype=bool)


def kept_after_cuts(campus: Campus, days: Days, planted: dict[str, Signal], where: np.ndarray, index: np.ndarray, category: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Mask without what the silent grid never reports and what the bicycle campaign prevented (an exact share)."""
    keep = np.ones(len(where), dtype=bool)
    if "silent_grid" in planted:
        signal = planted["silent_grid"]
        keep &= ~((campus.grid[where] == signal.where[0]) & signal.holds(days.day[index]))
    if "bicycle_campaign" in planted:
        signal = planted["bicycle_campaign"]
        inside = np.isin(campus.building[where], signal.where) & signal.holds(days.day[index]) & (category == signal.category)
        prevented = random.permutation(np.flatnonzero(inside))[: round(inside.sum() * signal.size)]
        keep[prevented] = False
    return keep


def _heated(random: np.random.Generator, days: Days, index: np.ndarray, category: np.ndarray) -> np.ndarray:
    """In the heating season one in twenty of the other tickets is about water, power and heating instead."""
    change = days.is_heating[index] & (random.random(len(index)) < 0.05) & ~np.isin(category, [truth.EBIKE_CATEGORY, truth.FRAUD_CATEGORY, truth.BICYCLE_CATEGORY])
    return np.where(change, "水电报修", category)


def _lived(rows: Columns, random: np.random.Generator) -> Columns:
    """Response, closing, reopening, rating, withdrawal. On time is drawn apart from unit, building, category and level."""
    count = len(rows)
    urgent = random.random(count) < 0.12
    limit, answer_limit = np.where(urgent, 24 * 60, 72 * 60), np.where(urgent, 30, 120)
    on_time = random.random(count) < truth.TICKET_ON_TIME
    early = np.minimum(limit, 12 + limit * random.beta(1.2, 2.6, count))
    late = limit + 1 + np.exp(random.normal(np.log(26 * 60), 1.0, count))
    closing = np.where(on_time, early, late).astype(int)
    never = ~on_time & (random.random(count) < 0.10)
    prompt = random.random(count) < truth.RESPONSE_ON_TIME
    answer = np.where(prompt, 1 + answer_limit * random.beta(1.3, 2.4, count) * 0.98, answer_limit + 1 + np.exp(random.normal(np.log(60), 0.9, count)))
    again = (random.random(count) < 0.025) & ~never & (closing > 120)
    first = np.where(again, closing * random.uniform(0.35, 0.6, count), closing).astype(int)
    void = random.random(count) < 0.018
    opened = rows["opened"]
    at = {"responded": answer.astype(int).clip(1, np.maximum(first - 5, 1)), "first_close": first, "closed": closing}
    moments = {name: opened + seconds(minutes) for name, minutes in at.items()}
    for name in ("first_close", "closed"):
        moments[name][never | void] = NOTHING
    moments["responded"][void | (never & (random.random(count) < 0.3))] = NOTHING
    moments["reopened"] = np.where(again & ~void, opened + seconds(closing * random.uniform(0.65, 0.85, count)), NOTHING)
    moments["voided"] = np.where(void, opened + seconds(random.integers(10, 2000, count)), NOTHING)
    rows.update(moments, level=np.where(urgent, "紧急", "一般"), response_due=opened + seconds(answer_limit), due=opened + seconds(limit))
    return rows


def _with_repeats(rows: Columns, random: np.random.Generator, data_date: datetime, planted: dict[str, Signal], campus: Campus) -> Columns:
    """About one in forty comes back: the same place and category, one to four weeks after it was closed."""
    chosen = np.flatnonzero((random.random(len(rows)) < 0.025) & ~np.isnat(rows["closed"]) & rows["resolved"])
    steady = ~np.isin(rows["category"][chosen], [truth.EBIKE_CATEGORY, truth.FRAUD_CATEGORY, truth.BICYCLE_CATEGORY])
    back = rows.take(chosen[steady])
    back["opened"] = back["closed"] + seconds(random.integers(600, 27 * 1440, len(back)))
    silent = planted.get("silent_grid")
    hushed = (campus.grid[back["at"]] == silent.where[0]) & silent.holds(back["opened"].astype("datetime64[D]")) if silent else False
    back = _lived(back.take((back["opened"] < np.datetime64(data_date, "s")) & ~np.asarray(hushed)), random)
    both = Columns({name: np.concatenate([rows[name], back[name]]) for name in rows})
    return both.take(np.argsort(both["opened"], kind="stable"))


def _described(rows: Columns, random: np.random.Generator, seed: int) -> None:
    """Words, people, ratings, corrections and ids, in place."""
    count, closed = len(rows), rows["closed"]
    units = {key: unit for key, (_, unit) in kinds.TICKETS.items()}
    rows["description"] = sentences(random, rows["category"], {key: said for key, (said, _) in kinds.TICKETS.items()})
    rows["unit"], rows["channel"] = pick_each(random, rows["category"], units), pick(random, count, kinds.CHANNELS)
    rows["reporter"], rows["number"], rows["phone"] = people(random, count, 6000)
    rows["handler"], _, _ = people(random, count, 90)
    rows["closing_level"] = pick(random, count, kinds.CLOSING_LEVELS)
    rows["void_word"] = pick(random, count, {"已撤销": 60, "重复工单": 25, "误报": 15})
    rows["reopened_count"] = np.where(np.isnat(rows["reopened"]), 0, 1 + (random.random(count) < 0.1))
    by = pick(random, count, {"本人": 40, "系统默认": 34, "代评": 6, "": 20})
    rows["rated"] = np.where(by == "", NOTHING, closed + np.where(by == "系统默认", 7 * 24 * HOUR, seconds(random.integers(20, 5 * 1440, count))))
    said = pick(random, count, {"非常满意": 34, "满意": 44, "基本满意": 9, "一般": 5, "不满意": 8})
    rows["rated_by"], rows["rating"] = by, np.where(by == "系统默认", "满意", said)
    wrong = random.random(count) < 0.015
    rows["corrected"] = np.where(wrong, rows["opened"] + seconds(random.integers(700, 45 * 1440, count)), NOTHING)
    rows["first_category"], rows["first_unit"] = pick(random, count, dict.fromkeys(kinds.TICKETS, 1)), pick(random, count, dict.fromkeys(truth.UNITS, 1))
    stamps = np.char.replace(np.char.replace(np.char.replace(rows["opened"].astype(str), "-", ""), ":", ""), "T", "")
    rows["id"] = words(f"{stamp}{number % 1_000_000:06d}" for stamp, number in zip(stamps, np.arange(count) * 7919 + 104_729, strict=True))
    skewed = random.permutation(np.flatnonzero(~np.isnat(closed[: count // 5]) & np.isnat(rows["reopened"][: count // 5])))[: max(3, count // 1500)]
    rows["closed"][skewed] = rows["first_close"][skewed] = rows["opened"][skewed] - random.integers(2, 240, len(skewed)) * MINUTE
    rows["rated"][skewed] = rows["responded"][skewed] = rows["corrected"][skewed] = NOTHING
