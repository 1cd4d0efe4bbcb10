"""Whom the branches are paired with, and what they did together."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import stream
from etl.demo.form.truth import Tally
from etl.demo.party import wording

NAMES = ("pairings", "joint_actions")
ENDED = (3, 9)  # positions in PARTNERS whose agreement ran out


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Both files with the moment of their export."""
    pairs = _pairs(autumns)
    yield "pairings", _pairings(pairs, data_date, tally), data_date
    yield "joint_actions", _actions(pairs, days, autumns, data_date, seed, tally), data_date


def _pairs(autumns: list[date]) -> list[tuple[str, str, str, date, date | None]]:
    """(branch, partner, kind, signed, ends): two of them over, all signed in the first year but one."""
    first = autumns[0]
    ended = first + timedelta(days=300)
    return [
        (branch, partner, kind, first + timedelta(days=20 + 9 * number), ended if number in ENDED else None)
        for number, (branch, partner, kind) in enumerate(wording.PARTNERS)
    ]


def _pairings(pairs: list, data_date: datetime, tally: Tally) -> Book:
    today = data_date.date()
    tally.totals |= {
        "pairings": len(pairs),
        "pairings_active": sum(ends is None or ends >= today for *_, ends in pairs),
    }
    header = ["党支部", "共建单位", "单位类型", "结对时间", "有效期至", "共建内容"]
    rows = [
        [
            wording.NAMES[branch],
            partner,
            kind,
            f"{signed.year}年{signed.month}月{signed.day}日",
            f"{ends:%Y/%m/%d}" if ends else "",
            "资源共享、活动共办",
        ]
        for branch, partner, kind, signed, ends in pairs
    ]
    book = Book(f"结对共建名单_{data_date:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["支部结对共建单位一览表", f"截至{today.year}年{today.month}月{today.day}日"]
    return book


def _actions(pairs: list, days: Days, autumns: list[date], data_date: datetime, seed: int, tally: Tally) -> Book:
    """About two a pair and term; the last three active pairs of the list do nothing this term."""
    random, term = stream(seed, "joint_actions"), np.datetime64(autumns[-1])
    weight = np.where(days.teaching_week > 0, 2.2 / 135, 0.0)
    idle = {partner for _, partner, _, _, ends in [one for one in pairs if one[4] is None][-3:]}
    rows = []
    for branch, partner, kind, signed, ends in pairs:
        on = days.day[random.random(len(days.day)) < weight]
        on = on[
            (on >= np.datetime64(signed)) & (on < np.datetime64(data_date.date())) & ~((on >= term) & (partner in idle))
        ]
        rows += [(day, branch, partner, kind) for day in (on[on <= np.datetime64(ends)] if ends else on)]
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    this_term = [row for row in rows if row[0] >= term]
    tally.totals |= {
        "joint_actions": len(rows),
        "joint_actions_this_term": len(this_term),
        "pairings_idle_this_term": _idle(pairs, this_term, data_date),
    }
    header = ["行动编号", "党支部", "共建单位", "共建主题", "共建形式", "共建时间", "参加人数"]
    lines = [
        [
            f"GJ{number:04d}",
            wording.SPELLED[branch][number % 2],
            partner,
            wording.ACTIONS[number % len(wording.ACTIONS)],
            kind,
            *written(np.array([day]), "slash"),
            str(6 + number % 25),
        ]
        for number, (day, branch, partner, kind) in enumerate(rows, 1)
    ]
    return Book(f"共建行动记录_{data_date:%Y%m%d%H%M%S}.xlsx", header, lines)


def _idle(pairs: list, this_term: list, data_date: datetime) -> int:
    active = {(branch, partner) for branch, partner, _, _, ends in pairs if ends is None or ends >= data_date.date()}
    return len(active - {(branch, partner) for _, branch, partner, _ in this_term})
