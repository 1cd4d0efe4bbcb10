"""Red lines: what must never be, listed whatever the statistics say — every new one of a week and every one still open.

The list is data/school/red_lines.toml as it was when the build was made (table `red_lines`), so that a brief printed
again from the same build says the same. Judging a text is red_words'; finding the records is here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from metrics.ask import arrivals, members, terms
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.define import tables
from metrics.define.small_numbers import NEW_IN_BUILDING_FROM
from metrics.duties.red_records import RedLine, crossed
from metrics.duties.red_rules import rules
from metrics.duties.red_words import Line, Rules
from warehouse import Build

TABLES = ("hazards", "tickets")


@dataclass(frozen=True)
class Total:
    """One line of the list with its numbers: new in the week; open as of the answer's moment, age in days of the
    oldest open one, and how many of the open ones were closed since."""

    line: Line
    new: int
    open: int
    oldest: int | None
    closed_since: int = 0

    @property
    def words(self) -> str:
        """「违规动火作业：新增 2 起，未销号 3 起（其中 1 起之后已销号），最久 45 天」"""
        since = f"（其中 {self.closed_since} 起之后已销号）" if self.closed_since else ""
        oldest = f"，最久 {self.oldest} 天" if self.oldest is not None else ""
        return f"{self.line.label}：新增 {self.new} 起，未销号 {self.open} 起{since}{oldest}"


@dataclass(frozen=True)
class RedLines:
    """`items`: line by line in the list's order; of each line the open ones, oldest first, then those new and closed
    already. `totals`: one per line of the list, also those with nothing. `sentence` says it all in one; `note` names
    what the list rests on, and what of it is not verified. What is open and how old stands as of `as_of`."""

    items: tuple[RedLine, ...]
    totals: tuple[Total, ...]
    sentence: str
    note: str
    as_of: datetime

    def of(self, line: Line) -> tuple[RedLine, ...]:
        """The records of one line, in order."""
        return tuple(one for one in self.items if one.line_id == line.line_id)

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
    listed, week, moment = rules(build), Window.week(week_start), terms.as_of(build, week_start)
    if not listed.lines:
        remedy = "请在 data/school/red_lines.toml 中填写红线清单，重新载入后再看。"
        return RedLines((), (), "没有红线清单，无法逐条核对。", remedy, moment)
    records = [
        record
        for table in TABLES
        if table in tables.all()
        for record in crossed(build, table, listed, week, moment, only, scope)
    ]
    order = [line.line_id for line in listed.lines]
    records.sort(
        key=lambda record: (
            order.index(record.line_id),
            not record.is_open,
            record.found_at,
            record.table,
            record.record_id,
        )
    )
    totals = tuple(_total(line, [one for one in records if one.line_id == line.line_id]) for line in listed.lines)
    return RedLines(tuple(records), totals, _sentence(build, week.start, records), _note(listed), moment)


def _total(line: Line, records: Sequence[RedLine]) -> Total:
    standing = [one.days for one in records if one.is_open]
    since = sum(one.is_open and one.closed_on is not None for one in records)
    return Total(line, sum(one.is_new for one in records), len(standing), max(standing, default=None), since)


def _sentence(build: Build, week: date, records: Sequence[RedLine]) -> str:
    """「截至 11-15，本周新增红线问题 3 起（电动车或电池进楼、飞线充电 2 起，…）；未销号 12 起（其中 3 起之后已销号），
    最久 45 天（3号楼）。」"""
    read = [table for table in TABLES if arrivals.begun(build, table, week)]
    if not read:
        return "这一周之前还没有数据，不知道有没有红线问题。"
    until = terms.as_of_words(build, terms.as_of(build, week))
    start = f"{f'{until}，' if until else ''}本周{'（未满）' if terms.is_running(build, week) else ''}"
    lacking = "、".join(tables.get(table).title for table in TABLES if table not in read)
    if not records:
        return f"{start}没有新增红线问题，也没有未销号的{f'（{lacking}没有数据）' if lacking else ''}。"
    return f"{start}{_new(build, records)}；{_standing([one for one in records if one.is_open])}。"


def _new(build: Build, records: Sequence[RedLine]) -> str:
    new = [one for one in records if one.is_new]
    kinds = "，".join(f"{label} {count} 起" for label, count in Counter(one.label for one in new).most_common())
    return f"新增红线问题 {len(new)} 起（{kinds}）{_mostly(build, new)}" if new else "没有新增红线问题"


def _standing(standing: Sequence[RedLine]) -> str:
    if not standing:
        return "没有未销号的"
    oldest, since = max(standing, key=lambda one: one.days), sum(one.closed_on is not None for one in standing)
    closed = f"（其中 {since} 起之后已销号）" if since else ""
    return f"未销号 {len(standing)} 起{closed}，最久 {oldest.days} 天（{oldest.place}）"


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
