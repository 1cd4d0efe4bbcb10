"""下周提示: what the calendar, the deadlines and past years foretell for the week after a given one, from what was
known then."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.ahead import calendar as foresight_calendar
from metrics.ahead.calendar import Rise, midnight
from metrics.ahead.due import DueUnit, Lapsing, due_units, lapsing
from metrics.ahead.expected import expected, span
from metrics.ask import arrivals, terms
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, monday
from warehouse import Build

COUNTS = ("ticket_count", "hazard_count")
MOST = 5


@dataclass(frozen=True)
class Foresight:
    """`week` is the Monday looked ahead to. `calendar`: sentences; `rises`: beyond chance in past years; `due`:
    deadlines by unit; `lapsing`: what runs out within the week (in_week) or four weeks after it. `sentence` is the
    answer in one; `told` are all the others in words, in order, each with what it rests on: calendar, rises, due, a
    table of what lapses, or the key of a metric."""

    week: date
    label: str
    sentence: str
    calendar: tuple[str, ...]
    rises: tuple[Rise, ...]
    due: tuple[DueUnit, ...]
    lapsing: tuple[Lapsing, ...]
    told: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(sentence for _, sentence in self.told)


def foresight(build: Build, week_start: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> Foresight:
    """What the week after that of `week_start` will bring, from records and calendar as known at the end of
    `week_start`'s week.

    For a week that is not over the data date is the moment known. Never looks at what came later.
    """
    this = monday(week_start)
    week, moment = this + WEEK, min(midnight(this + WEEK), build.data_date)
    until = min(week, terms.last_whole_day(build) + timedelta(days=1))
    calendar = foresight_calendar.sentences(build, week)
    rises, looked = foresight_calendar.rises(build, week, only, scope)
    due = due_units(build, week, moment, only, scope)
    ending = lapsing(build, week, moment, only, scope)
    ranges = tuple(expected(build, key, week, until, only, scope) for key in COUNTS)
    label = terms.week_label(build, week)
    topics = {"calendar": calendar, "rises": _rises(rises, looked), "due": _due(build, due)}
    told = [(topic, sentence) for topic, sentences in topics.items() for sentence in sentences]
    told += [*_lapsing(ending), *((one.metric, one.sentence) for one in ranges)]
    return Foresight(
        week,
        label,
        _sentence(label, calendar, rises, due, ending, ranges),
        calendar,
        rises,
        due,
        ending,
        tuple(told),
    )


def _sentence(label, calendar, rises, due, ending, ranges) -> str:
    """「下周是第13教学周：没有放假、考试和其他安排；36 项到期；工单预计 241–295 单。」"""
    parts = [f"下周是{label}：{calendar[0].rstrip('。') if calendar else '校历和大事记没有安排'}"]
    if len(calendar) > 1:
        parts[0] += f"等 {len(calendar)} 项安排"
    if rises:
        parts.append(f"往年这一周{'、'.join(one.category for one in rises[:3])}偏多")
    total = sum(one.hazards + one.tickets for one in due)
    parts.append(
        f"{total} 项到期，{due[0].unit}最多（{due[0].hazards + due[0].tickets} 项）"
        if total
        else "没有到期的隐患和工单"
    )
    if soon := sum(one.in_week for one in ending):
        parts.append(f"{soon} 项法定要求或证件在下周到期")
    first = ranges[0]
    if first.low == first.low:
        parts.append(f"{first.label}预计 {span(first.low, first.high)} {first.unit}")
    return "；".join(parts) + "。"


def _rises(rises: tuple[Rise, ...], looked: int) -> list[str]:
    if not looked:
        return []
    if len(rises) <= MOST:
        return [one.sentence for one in rises] or [f"往年同一教学周没有明显偏多的类别（比较了 {looked} 类）。"]
    return [
        f"往年这一周普遍偏多：{looked} 类中有 {len(rises)} 类高于前后几周，列出最多的 {MOST} 类。",
        *(one.sentence for one in rises[:MOST]),
    ]


def _due(build: Build, due: tuple[DueUnit, ...]) -> list[str]:
    tables = [table for table in ("hazards", "tickets") if not arrivals.missing(build, table)]
    if not tables:
        return []
    if not due:
        return ["下周没有到期的隐患和工单。"]
    hazards, tickets = sum(one.hazards for one in due), sum(one.tickets for one in due)
    units = "，".join(f"{one.unit} {_counted(one.hazards, one.tickets)}" for one in due[:5])
    return [
        f"下周到期 {_counted(hazards, tickets)}：{units}{f'，另有 {len(due) - 5} 个部门' if len(due) > 5 else ''}。"
    ]


def _counted(hazards: int, tickets: int) -> str:
    return "、".join(
        part for part in (f"隐患 {hazards} 条" if hazards else "", f"工单 {tickets} 单" if tickets else "") if part
    )


def _lapsing(ending: tuple[Lapsing, ...]) -> list[tuple[str, str]]:
    """(table, sentence) of each kind of thing that runs out."""
    lines = []
    for in_week, when in ((True, "下周到期"), (False, "四周内到期")):
        chosen = [end for end in ending if end.in_week is in_week]
        counts = Counter(end.what for end in chosen)
        for what, count in counts.most_common():
            places = Counter(end.place for end in chosen if end.what == what and end.place).most_common()
            told = "、".join(f"{place} {number} 项" if number > 1 else place for place, number in places[:3])
            named = f"（{told}{'等' if len(places) > 3 else ''}）" if places else ""
            table = next(end.table for end in chosen if end.what == what)
            lines.append((table, f"{what} {count} 项{when}，还没有完成或续期{named}。"))
    return lines
