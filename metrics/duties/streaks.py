"""Zero reports: for every kind of event that must not happen, the days since the last one, and whether the zero is
alive.

A streak begins with the last event of its kind, or, where there never was one, with the later of the first day of
incident records and the day from which the school keeps the kind apart. It ends where the records end: at the moment
asked for or with the newest export of incidents, whichever is earlier. Without any incident records there is no streak.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pandas as pd

from metrics.ask import arrivals, sql
from metrics.ask.first_day import first_day
from metrics.ask.selection import EVERYTHING, Scope
from metrics.define import numbers
from metrics.duties import liveness
from metrics.duties.liveness import Evidence
from warehouse import Build

ALIVE, SILENT, RECENT, UNKNOWN, NO_DATA = "零发生、上报正常", "零且沉默", "近期发生", "无法判断", "没有数据"
STRAY_DAYS = 90  # a single record further back than this before all others is a wrong year, not the beginning
FRESH_DAYS = 28  # as long as the evidence looks back: before that there is no zero to speak of


@dataclass(frozen=True)
class Streak:
    """One kind of event. days, since, previous_best … are None where there are no incident records.

    `since`: the day the streak began; `last`: the last event, None if there never was one; `start`: the first day of
    record of this kind; `until`: the day the records end; `as_of`: the moment asked for.
    `previous_best` (days) is the longest earlier streak and
    ended with an event on `previous_best_ended`; None before the first event. `suspected`: incidents a person must look
    at.
    """

    type_id: str
    label: str
    days: int | None
    since: date | None
    previous_best: int | None
    previous_best_ended: date | None
    alive: str
    evidence: tuple[Evidence, ...]
    sentence: str
    last: date | None = None
    start: date | None = None
    until: date | None = None
    events: int = 0
    suspected: int = 0
    basis: str = ""
    as_of: datetime | None = None

    @property
    def is_warning(self) -> bool:
        """A silent zero is a warning, never praise; so is an event of these days."""
        return self.alive in (SILENT, RECENT)

    @property
    def is_record(self) -> bool:
        """Whether the streak is longer than any before it."""
        return self.days is not None and self.previous_best is not None and self.days > self.previous_best


def streaks(build: Build, at: datetime | None = None, scope: Scope = EVERYTHING) -> tuple[Streak, ...]:
    """Every kind of the school's list, in its order, as of a moment (the data date unless told otherwise). Empty
    without a list."""
    if not {"zero_types", "zero_events", "incidents"} <= build.tables:
        return ()
    at = min(at or build.data_date, build.data_date)
    types = build.rows("SELECT type_id, label, since, coalesce(basis, '') FROM zero_types ORDER BY sort_order, type_id")
    begun = _begun(build)
    if arrivals.missing(build, "incidents") or begun > at.date():
        words = f"{arrivals.title(build, 'incidents')}还没有导出，天数无从算起"
        return tuple(
            Streak(
                type_id,
                label,
                None,
                None,
                None,
                None,
                NO_DATA,
                (),
                f"{label}：没有数据，{words}。",
                basis=basis,
                as_of=at,
            )
            for type_id, label, _, basis in types
        )
    seen, proof = _events(build, at, scope), liveness.evidence(build, at, scope)
    until = min(at, liveness.last_export(build, "incidents") or at).date()
    every = (_streak(row, seen[seen["type_id"] == row[0]], begun, until, until < at.date(), proof) for row in types)
    return tuple(replace(one, as_of=at) for one in every)


def _begun(build: Build) -> date:
    """The first day of incident records, a stray from long before left aside; date.max without any."""
    usual = first_day(build, "incidents")
    if usual == date.max:
        return usual
    bound = sql.Bound()
    near = bound(datetime.combine(usual, time.min) - timedelta(days=STRAY_DAYS))
    received = sql.column("incidents", "received_at")
    return build.rows(
        f"SELECT min({received})::DATE {sql.source('incidents', False)} WHERE {received} >= {near}", bound.values
    )[0][0]


def _streak(
    row: tuple, seen: pd.DataFrame, begun: date, until: date, short: bool, proof: tuple[Evidence, ...]
) -> Streak:
    type_id, label, since, basis = row
    start = max(begun, since) if since else begun
    days = sorted(day for day in seen.loc[seen["is_counted"], "day"] if start <= day <= until)
    suspected = int((seen["is_suspected"] & (seen["day"] >= max([start, *days[-1:]]))).sum())
    if start > until:
        words = f"{label}：自 {start} 起登记，还没有可数的日子。"
        return Streak(
            type_id, label, None, None, None, None, NO_DATA, proof, words, start=start, until=until, basis=basis
        )
    best, ended = _previous_best(start, days)
    begin = days[-1] if days else start
    count = (until - begin).days
    verdict = _verdict(bool(days), count, proof)
    words = _sentence(label, count, begin, bool(days), best, ended, verdict, proof, suspected) + (
        f"数到 {until}，案事件只导出到这一天。" if short else ""
    )
    return Streak(
        type_id,
        label,
        count,
        begin,
        best,
        ended,
        verdict,
        proof,
        words,
        days[-1] if days else None,
        start,
        until,
        len(days),
        suspected,
        basis,
    )


def _previous_best(start: date, days: list[date]) -> tuple[int | None, date | None]:
    """The longest streak that has ended, and the day of the event that ended it; of equal ones the latest."""
    ended = [((later - earlier).days, later) for earlier, later in zip([start, *days], days, strict=False)]
    return max(ended, default=(None, None))


def _verdict(happened: bool, count: int, proof: tuple[Evidence, ...]) -> str:
    if happened and count < FRESH_DAYS:
        return RECENT
    if any(one.is_silent for one in proof):
        return SILENT
    return ALIVE if any(one.is_judged for one in proof) else UNKNOWN


def _sentence(
    label: str,
    count: int,
    begin: date,
    happened: bool,
    best: int | None,
    ended: date | None,
    verdict: str,
    proof: tuple[Evidence, ...],
    suspected: int,
) -> str:
    """「火灾：连续 412 天未发生（自 2025-10-06 起），以往最长 380 天；零发生、上报正常：上报 412 / 预期 398 …」"""
    since = f"最近一起在 {begin}" if happened else f"自 {begin} 有记录以来没有发生过"
    if best is None:
        record = ""
    elif count > best:
        record = f"，已超过以往最长的 {numbers.exact_number(best)} 天"
    else:
        record = f"，以往最长 {numbers.exact_number(best)} 天（到 {ended} 为止）"
    silent = [one for one in proof if one.is_silent]
    told = "、".join(one.words for one in (silent or [one for one in proof if one.is_judged]))
    doubt = f"；另有 {suspected} 起疑似待核对" if suspected else ""
    why = f"{verdict}（{told}）" if told and verdict != RECENT else verdict
    return f"{label}：连续 {numbers.exact_number(count)} 天未发生（{since}）{record}；{why}{doubt}。"


def _events(build: Build, at: datetime, scope: Scope) -> pd.DataFrame:
    """type_id, day, is_counted, is_suspected of what the viewer may see, up to the moment."""
    bound = sql.Bound()
    conditions = [f"{sql.column('zero_events', 'happened_at')} <= {bound(at)}", *sql.visible(scope, bound)]
    picked = ", ".join(
        sql.column("zero_events", name) for name in ("type_id", "happened_at", "is_counted", "is_suspected")
    )
    frame = build.query(f"SELECT {picked} {sql.source('zero_events', False)} {sql.where(conditions)}", bound.values)
    return frame.assign(day=[moment.date() for moment in pd.to_datetime(frame["happened_at"])])


def headline(streaks: tuple[Streak, ...]) -> str:
    """The page's first sentence: how many kinds are at zero, the shortest streak, and what is silent."""
    counted = [streak for streak in streaks if streak.days is not None]
    if not streaks:
        return "还没有零报告类型的清单，请在 data/school/zero_types.csv 里填写"
    if not counted:
        return "零报告：没有数据，还没有收到校园110案事件的导出"
    fresh, silent = (
        [streak for streak in counted if streak.alive == RECENT],
        [streak for streak in counted if streak.alive == SILENT],
    )
    zeros = (
        f"{len(counted)} 类中 {len(counted) - len(fresh)} 类近 {FRESH_DAYS} 天未发生"
        if fresh
        else f"{len(counted)} 类近 {FRESH_DAYS} 天都未发生"
    )
    parts = [f"{zeros}，{_since(counted)}"]
    if fresh:
        parts.append("近期发生：" + "、".join(streak.label for streak in fresh))
    if silent:
        proof = "、".join(evidence.words for evidence in silent[0].evidence if evidence.is_silent)
        parts.append(f"但这个零是沉默的：{proof}，先查有没有人在报")
    elif any(streak.alive == ALIVE for streak in counted):
        parts.append(
            "上报、巡查、检查照常"
            if all(evidence.is_judged for evidence in counted[0].evidence[:3])
            else "收得到的来源照常"
        )
    if doubt := sum(streak.suspected for streak in counted):
        parts.append(f"{doubt} 起疑似待核对")
    return "；".join(parts)


def _since(counted: list[Streak]) -> str:
    """「距最近一次火灾 214 天」; 「有记录的 34 天里一次也没有」 where none ever happened."""
    happened = [streak for streak in counted if streak.last]
    if not happened:
        return f"有记录的 {numbers.exact_number(max(streak.days or 0 for streak in counted))} 天里一次也没有"
    least = min(happened, key=lambda streak: streak.days or 0)
    return f"距最近一次{least.label} {numbers.exact_number(least.days)} 天"


def moment_of(day: date) -> datetime:
    """The last instant of a day, for asking how things stood when it ended."""
    return datetime.combine(day, time.min) + timedelta(days=1, microseconds=-1)
