"""What a night begins with: what came in since the evening before, what falls due, who is on duty, and until when each
source tells. Everything stands at the build's data date, the newest export; nothing looks at the clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pandas as pd

from metrics.ask import arrivals
from metrics.ask.records import records
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window, monday
from metrics.define import catalogue, numbers, tables
from metrics.duties import cadences, duty_shifts, liveness
from metrics.duties.red_lines import red_lines
from metrics.duties.red_records import RedLine
from warehouse import Build

DAY = timedelta(days=1)
EVENING, MORNING = time(18), time(8)
STREAMS = ("incidents", "tickets", "hazards", "fraud_cases", "disputes", "wishes")
OPEN = ("hazard_overdue_open", "ticket_overdue_open", "assignment_overdue_open")  # their whole is what is open
SHOWN = ("category", "place_text", "unit")
DUTY = "duty_shifts"
OTHERS = ("assignments", DUTY)


@dataclass(frozen=True)
class Stream:
    """How much of a table came in, and until when its newest export tells (None: the build does not say)."""

    table: str
    title: str
    noun: str
    count: int
    until: datetime | None
    days_only: bool  # its records know no time of day, so all of the evening's day are counted


@dataclass(frozen=True)
class Tonight:
    """`came`: table, id, at, what, category, place_text, unit, newest first. `due`: the same with due_at and is_late,
    soonest first, of the data date's day and the next. `duty`: duty_shifts.during(). `late`: sentences about sources.

    `others`: until when the exports tell that are no stream, title and time, of those ever received.

    `overdue` of `open`: all that is overdue of all that is open, of the tables of OPEN that were ever received.
    """

    since: datetime
    as_of: datetime
    streams: tuple[Stream, ...]
    came: pd.DataFrame
    red: tuple[RedLine, ...]
    due: pd.DataFrame
    overdue: int
    open: int
    duty: pd.DataFrame
    night_ends: datetime
    late: tuple[str, ...]
    others: tuple[tuple[str, datetime | None], ...] = ()

    @property
    def days(self) -> tuple[str, str]:
        """The data date's day and the next, as they are said: 「11-22」, 「11-23」."""
        return f"{self.as_of:%m-%d}", f"{self.as_of + DAY:%m-%d}"


def tonight(build: Build, only: Selection = ALL, scope: Scope = EVERYTHING) -> Tonight:
    """All of it for what may be seen and is selected."""
    now = build.data_date
    since = datetime.combine(now.date() - DAY, EVENING)
    ends = datetime.combine(now.date() + (DAY if now.time() >= MORNING else timedelta()), MORNING)
    told = [_stream(build, table, since, only, scope) for table in STREAMS if not arrivals.missing(build, table)]
    crossed = red_lines(build, monday(now), only, scope)
    due, overdue, still = _due(build, only, scope)
    return Tonight(
        since,
        now,
        tuple(stream for stream, _ in told),
        _joined([rows for _, rows in told], "at", False),
        tuple(sorted((one for one in crossed.items if one.is_open), key=lambda one: -one.days)),
        due,
        overdue,
        still,
        duty_shifts.during(build, now, ends, only, scope),
        ends,
        late(build),
        tuple(
            (arrivals.title(build, table), liveness.last_export(build, table))
            for table in OTHERS
            if not arrivals.missing(build, table)
        ),
    )


def late(build: Build) -> tuple[str, ...]:
    """「巡查记录最近一次导出是 2026-11-18」, one a source that is later than its rhythm allows, the latest first."""
    sources = arrivals.sources(build)
    behind = sources[sources["is_stale"] & sources["last_export"].notna()].sort_values("days_silent", ascending=False)
    return tuple(f"{one.title}最近一次导出是 {one.last_export:%Y-%m-%d}" for one in behind.itertuples())


def _stream(build: Build, table: str, since: datetime, only: Selection, scope: Scope) -> tuple[Stream, pd.DataFrame]:
    fact = tables.get(table)
    span = Window(since.date(), build.data_date.date() + DAY)
    rows, _ = records(build, table, span, only, limit=None, columns=(fact.time, *SHOWN), scope=scope)
    at = rows[fact.time]
    days_only = bool(len(at)) and bool((at == at.dt.normalize()).all())
    kept = rows[(days_only | (at >= since)) & (at <= build.data_date)]
    kept = kept.assign(table=table, id=kept[fact.id].astype(str), at=kept[fact.time], what=fact.title)
    told = Stream(table, fact.title, fact.noun, len(kept), liveness.last_export(build, table), days_only)
    return told, kept[["table", "id", "at", "what", *SHOWN]]


def _due(build: Build, only: Selection, scope: Scope) -> tuple[pd.DataFrame, int, int]:
    """What is open and due on the data date's day or the next, how much is overdue and how much open at all."""
    now, parts, overdue, still = build.data_date, [], 0, 0
    today, end = datetime.combine(now.date(), time()), datetime.combine(now.date() + 2 * DAY, time())
    for key in OPEN:
        fact = tables.get(catalogue.get(key).table)
        if arrivals.missing(build, fact.name):
            continue
        columns = ("due_at", "is_overdue_open", *SHOWN)
        rows, count = records(
            build, key, Window(now.date(), now.date() + DAY), only, limit=None, columns=columns, scope=scope
        )
        overdue, still = overdue + int(rows["is_overdue_open"].sum()), still + count
        rows = rows[(rows["due_at"] >= today) & (rows["due_at"] < end)]
        parts.append(
            rows.assign(table=fact.name, id=rows[fact.id].astype(str), what=fact.title, is_late=rows["is_overdue_open"])
        )
    lapsing = cadences.lapsing(build, today, end, only, scope)
    if len(lapsing):
        named = {"category": lapsing["label"], "place_text": lapsing["place"]}
        parts.append(lapsing.assign(table="", id="", what="法定频次", is_late=lapsing["due_at"] < now, **named))
    return _joined(parts, "due_at", True, "is_late"), overdue, still


def _joined(parts: list[pd.DataFrame], time_name: str, ascending: bool, *more: str) -> pd.DataFrame:
    columns = ["table", "id", time_name, "what", *SHOWN, *more]
    kept = [part[columns] for part in parts if len(part)]
    if not kept:
        return pd.DataFrame({name: pd.Series(dtype="datetime64[us]" if name == time_name else str) for name in columns})
    return pd.concat(kept).sort_values(time_name, ascending=ascending, kind="stable").reset_index(drop=True)


def sentence(night: Tonight) -> str:
    """「自 11-21 18:00 起新来 12 件（服务工单 11 单、案事件 1 起）；红线未销号 7 起，最久 34 天；…」

    A source that is late comes first.
    """
    parts = [_came(night)]
    parts.append(f"红线未销号 {len(night.red)} 起，最久 {night.red[0].days} 天" if night.red else "没有未销号的红线")
    parts.append(f"{'、'.join(night.days)} 到期 {len(night.due)} 件" if len(night.due) else "今明两天没有到期的")
    if night.open:
        parts.append(f"已逾期 {numbers.exact_number(night.overdue)} / {numbers.exact_number(night.open)} 件")
    if night.late:
        named = "、".join(night.late[:2]) + ("等" if len(night.late) > 2 else "")
        parts.insert(0, f"{len(night.late)} 个来源迟到（{named}），以下可能不全")
    return "；".join(parts)


def _came(night: Tonight) -> str:
    if not night.streams:
        return "还没有收到案事件、工单和隐患的导出"
    told = [f"{one.title} {numbers.exact_number(one.count)} {one.noun}" for one in night.streams if one.count]
    total = numbers.exact_number(sum(one.count for one in night.streams))
    return f"自 {night.since:%m-%d %H:%M} 起" + (f"新来 {total} 件（{'、'.join(told)}）" if told else "没有新来的")
