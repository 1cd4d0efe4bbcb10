"""What becomes of a ticket once it is opened: answered, closed, reopened, rated, corrected, reported again."""

from datetime import datetime

import numpy as np

from etl.demo.campus import kinds
from etl.demo.campus.campus import Campus
from etl.demo.campus.wording import people, sentences
from etl.demo.form import truth
from etl.demo.form.columns import HOUR, MINUTE, NOTHING, Columns, pick, pick_each, seconds, words
from etl.demo.form.truth import Signal


def lived(rows: Columns, random: np.random.Generator) -> Columns:
    """Response, closing, reopening, rating, withdrawal. On time is drawn apart from unit, building, category and
    level."""
    count = len(rows)
    urgent = random.random(count) < 0.12
    limit, answer_limit = np.where(urgent, 24 * 60, 72 * 60), np.where(urgent, 30, 120)
    closing, forgotten = _closing(random, limit)
    prompt = random.random(count) < truth.RESPONSE_ON_TIME
    answer = np.where(
        prompt,
        1 + answer_limit * random.beta(1.3, 2.4, count) * 0.98,
        answer_limit + 1 + np.exp(random.normal(np.log(60), 0.9, count)),
    )
    again = (random.random(count) < 0.025) & ~forgotten & (closing > 120)
    first = np.where(again, closing * random.uniform(0.35, 0.6, count), closing).astype(int)
    answer = np.where(forgotten & (random.random(count) < 0.3), first - 5, answer.astype(int))
    void = random.random(count) < 0.018
    opened = rows["opened"]
    at = {"responded": answer.clip(1, np.maximum(first - 5, 1)), "first_close": first, "closed": closing}
    moments = {name: np.where(void, NOTHING, opened + seconds(minutes)) for name, minutes in at.items()}
    moments["reopened"] = np.where(
        again & ~void, opened + seconds(closing * random.uniform(0.65, 0.85, count)), NOTHING
    )
    moments["voided"] = np.where(void, opened + seconds(random.integers(10, 2000, count)), NOTHING)
    rows.update(
        moments,
        level=np.where(urgent, "紧急", "一般"),
        response_due=opened + seconds(answer_limit),
        due=opened + seconds(limit),
    )
    return rows


def _closing(random: np.random.Generator, limit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(minutes to the closing, forgotten). A miss is usually a day or so late; one in six lies for months."""
    count = len(limit)
    on_time = random.random(count) < truth.TICKET_ON_TIME
    early = np.minimum(limit, 12 + limit * random.beta(1.2, 2.6, count))
    late = limit + 1 + np.exp(random.normal(np.log(26 * 60), 1.0, count))
    forgotten = ~on_time & (random.random(count) < 0.16)
    late = np.where(forgotten, limit + 2880 + random.exponential(200 * 1440, count), late)
    return np.where(on_time, early, late).astype(int), forgotten


def with_repeats(
    rows: Columns, random: np.random.Generator, data_date: datetime, planted: dict[str, Signal], campus: Campus
) -> Columns:
    """About one in forty comes back: the same place and category, one to four weeks after it was closed."""
    chosen = np.flatnonzero((random.random(len(rows)) < 0.025) & ~np.isnat(rows["closed"]) & rows["resolved"])
    steady = ~np.isin(rows["category"][chosen], [truth.EBIKE_CATEGORY, truth.FRAUD_CATEGORY, truth.BICYCLE_CATEGORY])
    back = rows.take(chosen[steady])
    back["opened"] = back["closed"] + seconds(random.integers(600, 27 * 1440, len(back)))
    silent = planted.get("silent_grid")
    hushed = (
        (campus.grid[back["at"]] == silent.where[0]) & silent.holds(back["opened"].astype("datetime64[D]"))
        if silent
        else False
    )
    back = lived(back.take((back["opened"] < np.datetime64(data_date, "s")) & ~np.asarray(hushed)), random)
    both = Columns({name: np.concatenate([rows[name], back[name]]) for name in rows})
    return both.take(np.argsort(both["opened"], kind="stable"))


def described(rows: Columns, random: np.random.Generator) -> None:
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
    rows["rated"] = np.where(
        by == "",
        NOTHING,
        closed + np.where(by == "系统默认", 7 * 24 * HOUR, seconds(random.integers(20, 5 * 1440, count))),
    )
    said = pick(random, count, {"非常满意": 34, "满意": 44, "基本满意": 9, "一般": 5, "不满意": 8})
    rows["rated_by"], rows["rating"] = by, np.where(by == "系统默认", "满意", said)
    wrong = random.random(count) < 0.015
    rows["corrected"] = np.where(wrong, rows["opened"] + seconds(random.integers(700, 45 * 1440, count)), NOTHING)
    rows["first_category"], rows["first_unit"] = (
        pick(random, count, dict.fromkeys(kinds.TICKETS, 1)),
        pick(random, count, dict.fromkeys(truth.UNITS, 1)),
    )
    stamps = np.char.replace(np.char.replace(np.char.replace(rows["opened"].astype(str), "-", ""), ":", ""), "T", "")
    rows["id"] = words(
        f"{stamp}{number % 1_000_000:06d}"
        for stamp, number in zip(stamps, np.arange(count) * 7919 + 104_729, strict=True)
    )
    skewed = random.permutation(
        np.flatnonzero(~np.isnat(closed[: count // 5]) & np.isnat(rows["reopened"][: count // 5]))
    )[: max(3, count // 1500)]
    rows["closed"][skewed] = rows["first_close"][skewed] = (
        rows["opened"][skewed] - random.integers(2, 240, len(skewed)) * MINUTE
    )
    rows["rated"][skewed] = rows["responded"][skewed] = rows["corrected"][skewed] = NOTHING
