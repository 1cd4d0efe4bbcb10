"""Red lines: what must never be, listed whatever the statistics say — every new one of a week and every one still open.

The list is data/school/red_lines.toml as it was when the build was made (table `red_lines`), so that a brief printed
again from the same build says the same. Judging a text is red_words'; finding the records is here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from metrics.ask import arrivals, members
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.define import tables
from metrics.define.small_numbers import NEW_IN_BUILDING_FROM
from metrics.duties.red_records import RedLine, crossed
from metrics.duties.red_rules import rules
from metrics.duties.red_words import Line, Rules
from warehouse import Build

TABLES = ("hazards", "tickets")


@dataclass(frozen=True)
class Total:
    """One line of the list with its numbers: new in the week, open at its end, age in days of the oldest open one."""

    line: Line
    new: int
    open: int
    oldest: int | None


@dataclass(frozen=True)
class RedLines:
    """`items`: new ones first, in the list's order, then the standing ones, oldest first. `totals`: one per line of the
    list, also those with nothing. `sentence` says it all in one; `note` names what the list rests on, and what of it is
    not verified."""

    items: tuple[RedLine, ...]
    totals: tuple[Total, ...]
    sentence: str
    note: str

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.items)

    @property
    def open(self) -> int:
        return sum(one.is_open for one in self.items)


@lru_cache(maxsize=64)
def red_lines(build: Build, week_start: date, only: Selection = ALL, scope: Scope = EVERYTHING) -> RedLines:
    """Red lines of the week that begins on the Monday of `week_start`, as things stood at its end (or at the data
    date).

    Kept, because the headline and the list of one brief both ask.
    """
    listed = rules(build)
    if not listed.lines:
        return RedLines(
            (), (), "没有红线清单，无法逐条核对。", "请在 data/school/red_lines.toml 中填写红线清单，重新载入后再看。"
        )
    week = Window(monday(week_start), monday(week_start) + WEEK)
    moment = min(datetime.combine(week.end, time.min), build.data_date)
    records = [
        record
        for table in TABLES
        if table in tables.all()
        for record in crossed(build, table, listed, week, moment, only, scope)
    ]
    order = [line.line_id for line in listed.lines]
    records.sort(
        key=lambda record: (
            not record.is_new,
            order.index(record.line_id) if record.is_new else 0,
            -record.days,
            record.table,
            record.record_id,
        )
    )
    totals = tuple(_total(line, [one for one in records if one.line_id == line.line_id]) for line in listed.lines)
    return RedLines(tuple(records), totals, _sentence(build, week.start, records), _note(listed))


def _total(line: Line, records: Sequence[RedLine]) -> Total:
    standing = [one.days for one in records if one.is_open]
    return Total(line, sum(one.is_new for one in records), len(standing), max(standing, default=None))


def _sentence(build: Build, week: date, records: Sequence[RedLine]) -> str:
    """「本周新增红线问题 3 起（电动车或电池进楼、飞线充电 2 起，…）；未销号 12 起，最久 45 天（3号楼）。」"""
    new, standing = [one for one in records if one.is_new], [one for one in records if one.is_open]
    read = [table for table in TABLES if arrivals.begun(build, table, week)]
    if not read:
        return "这一周之前还没有数据，不知道有没有红线问题。"
    lacking = "、".join(tables.get(table).title for table in TABLES if table not in read)
    if not records:
        return f"本周没有新增红线问题，也没有未销号的{f'（{lacking}没有数据）' if lacking else ''}。"
    kinds = "，".join(f"{label} {count} 起" for label, count in Counter(one.label for one in new).most_common())
    start = f"本周新增红线问题 {len(new)} 起（{kinds}）{_mostly(build, new)}" if new else "本周没有新增红线问题"
    if not standing:
        return f"{start}；没有未销号的。"
    oldest = max(standing, key=lambda one: one.days)
    return f"{start}；未销号 {len(standing)} 起，最久 {oldest.days} 天（{oldest.place}）。"


def _mostly(build: Build, new: Sequence[RedLine]) -> str:
    """「，3号楼最多（19 起）」 where one building has many of them."""
    (building, count), *_ = Counter(one.building for one in new if one.building).most_common(1) or [("", 0)]
    if count < NEW_IN_BUILDING_FROM:
        return ""
    return f"，{members.name(build, 'building', building)}最多（{count} 起）"


def _note(listed: Rules) -> str:
    doubtful = sum(not line.verified for line in listed.lines)
    sources = "；".join(dict.fromkeys(line.source for line in listed.lines if line.source))
    return (
        f"红线按类别和描述用词识别，不看统计；依据：{sources}{'，未核实' if doubtful else ''}。"
        if sources
        else "红线按类别和描述用词识别，不看统计。"
    )
