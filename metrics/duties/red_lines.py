"""Red lines: what must never be, listed whatever the statistics say — every new one of a week and every one still open.

The list is data/school/red_lines.toml as it was when the build was made (table `red_lines`), so that a brief printed again
from the same build says the same. Judging a text is red_words'; finding the records is here.
"""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

import pandas as pd

from metrics.ask import arrivals, members, sql
from metrics.ask.selection import ALL, EVERYTHING, UNRECOGNISED, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.define import tables
from metrics.define.small_numbers import NEW_IN_BUILDING_FROM
from metrics.duties.red_words import Line, Rules, judge
from warehouse import Build

TABLES = ("hazards", "tickets")
TEXTS = ("description", "title")
LONGEST = 40


@dataclass(frozen=True)
class RedLine:
    """One record that crosses a red line. `table` and `record_id` open it; `text` is its masked description, shortened.

    `days` is its age at the week's end, or until it was closed; `because` says what was recognised (category or words).
    """

    line_id: str
    label: str
    table: str
    record_id: str
    place: str
    building: str | None
    category: str
    text: str
    unit: str
    found: datetime
    days: int
    is_new: bool
    is_open: bool
    because: str


@dataclass(frozen=True)
class Total:
    """One line of the list with its numbers: new in the week, open at its end, age in days of the oldest open one."""

    line: Line
    new: int
    open: int
    oldest: int | None


@dataclass(frozen=True)
class RedLines:
    """`items`: new ones first, in the list's order, then the standing ones, oldest first. `totals`: one per line of the list, also those with nothing.
    `sentence` says it all in one; `note` names what the list rests on, and what of it is not verified."""

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
    """Red lines of the week that begins on the Monday of `week_start`, as things stood at its end (or at the data date).

    Kept, because the headline and the list of one brief both ask.
    """
    known = rules(build)
    if not known.lines:
        return RedLines(
            (), (), "没有红线清单，无法逐条核对。", "请在 data/school/red_lines.toml 中填写红线清单，重新载入后再看。"
        )
    week = Window(monday(week_start), monday(week_start) + WEEK)
    moment = min(datetime.combine(week.end, time.min), build.data_date)
    found = [
        one
        for table in TABLES
        if table in tables.all()
        for one in _crossed(build, table, known, week, moment, only, scope)
    ]
    order = [line.line_id for line in known.lines]
    found.sort(
        key=lambda one: (
            not one.is_new,
            order.index(one.line_id) if one.is_new else 0,
            -one.days,
            one.table,
            one.record_id,
        )
    )
    totals = tuple(_total(line, [one for one in found if one.line_id == line.line_id]) for line in known.lines)
    return RedLines(tuple(found), totals, _sentence(build, week.start, found), _note(known))


def read(path: Path) -> dict:
    """red_lines.toml as plain values."""
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def rules_from(content: dict) -> Rules:
    """Rules from the plain values of the file."""
    lines = tuple(
        Line(
            one["id"],
            one["label"],
            tuple(one.get("categories", ())),
            tuple(one.get("words", ())),
            _groups(one.get("together", ())),
            tuple(one.get("graded_categories", ())),
            _groups(one.get("graded_together", ())),
            one.get("clause", ""),
            one.get("source", ""),
            str(one.get("checked", "")),
            bool(one.get("verified", False)),
        )
        for one in content.get("line", ())
    )
    return Rules(lines, *(tuple(content.get(name, ())) for name in ("excluded", "contexts", "places", "grave")))


def _groups(alternatives) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(map(tuple, groups)) for groups in alternatives)


@lru_cache(maxsize=8)
def rules(build: Build) -> Rules:
    """The list the build was made with; empty for a build that has none."""
    if "red_lines" not in build.tables:
        return Rules()
    found = build.rows("SELECT rules FROM red_lines")
    return rules_from(json.loads(found[0][0])) if found else Rules()


def _crossed(build, table, known, week, moment, only, scope) -> list[RedLine]:
    rows = _candidates(build, table, known, week, moment, only, scope)
    texts = [name for name in TEXTS if name in rows]
    found = []
    for row in rows.to_dict("records"):
        words = tuple(row[name] if isinstance(row[name], str) else None for name in texts)
        if crossed := judge(known, row["category"] or None, words, _is_grave(table, row["level"])):
            found.append(_item(build, table, row, *crossed, words, week, moment))
    return found


def _is_grave(table: str, level: str | None) -> bool:
    """Graded 重大, or a hazard nobody graded; what is asked of a repair desk is no hazard's grade."""
    return table == "hazards" and (level == "重大" or not isinstance(level, str))


def _candidates(build, table, known: Rules, week: Window, moment: datetime, only, scope) -> pd.DataFrame:
    """Rows found in the week or open at the moment, of which the category or the words could be a red line's."""
    bound, of_table = sql.Bound(), tables.get(table)
    time_, closed = sql.column(table, of_table.time), sql.column(table, "closed_at")
    texts = [name for name in TEXTS if name in of_table.columns]
    still = f"({sql.column(table, 'is_open')} OR coalesce({closed} > {bound(moment)}, false))"
    new = " AND ".join(sql.within(time_, week, bound))
    firsts = {word for line in known.lines for groups in (*line.together, *line.graded_together) for word in groups[0]}
    words = sorted(firsts.union(*(line.words for line in known.lines)))
    categories = sorted({name for line in known.lines for name in (*line.categories, *line.graded_categories)})
    conditions = [
        sql.column(table, of_table.cohort),
        f"coalesce({time_} < {bound(moment)}, false)",
        f"({still} OR ({new}))",
    ]
    written = f"concat_ws(' ', {', '.join(sql.column(table, name) for name in texts)})"
    listed = f"coalesce({sql.column(table, 'category')} IN {bound.listed(tuple(categories) or ('',))}, false)"
    conditions.append(f"({listed} OR list_bool_or([contains({_plain(written)}, word) FOR word IN {bound(words)}]))")
    conditions += sql.selected(only, bound) + sql.visible(scope, bound)
    columns = [
        of_table.id,
        of_table.time,
        "closed_at",
        "category",
        "level",
        "place_text",
        "building_id",
        "unit",
        *texts,
    ]
    picked = ", ".join(f"{sql.column(table, name)} AS {name}" for name in columns)
    return build.query(
        f"SELECT {picked}, {still} AS still {sql.source(table, bool(only.kinds))} {sql.where(conditions)} ORDER BY {of_table.id}",
        bound.values,
    )


def _plain(text: str) -> str:
    return f"regexp_replace({text}, '\\s+', '', 'g')"


def _item(build, table, row, line: Line, because: str, words, week: Window, moment: datetime) -> RedLine:
    known = tables.get(table)
    found, closed = pd.Timestamp(row[known.time]).to_pydatetime(), row["closed_at"]
    until = moment if pd.isna(closed) or closed > moment else pd.Timestamp(closed).to_pydatetime()
    building = row["building_id"] if isinstance(row["building_id"], str) else None
    place = (
        row["place_text"]
        if isinstance(row["place_text"], str)
        else members.name(build, "building", building)
        if building
        else UNRECOGNISED
    )
    text = next((word for word in words if word), "")
    return RedLine(
        line.line_id,
        line.label,
        table,
        str(row[known.id]),
        place,
        building,
        row["category"] if isinstance(row["category"], str) else "",
        text if len(text) <= LONGEST else text[: LONGEST - 1] + "…",
        row["unit"] if isinstance(row["unit"], str) else "",
        found,
        max((until.date() - found.date()).days, 0),
        week.start <= found.date() < week.end,
        bool(row["still"]),
        because,
    )


def _total(line: Line, found: list[RedLine]) -> Total:
    standing = [one.days for one in found if one.is_open]
    return Total(line, sum(one.is_new for one in found), len(standing), max(standing, default=None))


def _sentence(build: Build, week: date, found: list[RedLine]) -> str:
    """「本周新增红线问题 3 起（电动车或电池进楼、飞线充电 2 起，…）；未销号 12 起，最久 45 天（3号楼）。」"""
    new, standing = [one for one in found if one.is_new], [one for one in found if one.is_open]
    read = [table for table in TABLES if arrivals.begun(build, table, week)]
    if not read:
        return "这一周之前还没有数据，不知道有没有红线问题。"
    lacking = "、".join(tables.get(table).title for table in TABLES if table not in read)
    if not found:
        return f"本周没有新增红线问题，也没有未销号的{f'（{lacking}没有数据）' if lacking else ''}。"
    kinds = "，".join(f"{label} {count} 起" for label, count in Counter(one.label for one in new).most_common())
    start = f"本周新增红线问题 {len(new)} 起（{kinds}）{_mostly(build, new)}" if new else "本周没有新增红线问题"
    if not standing:
        return f"{start}；没有未销号的。"
    oldest = max(standing, key=lambda one: one.days)
    return f"{start}；未销号 {len(standing)} 起，最久 {oldest.days} 天（{oldest.place}）。"


def _mostly(build: Build, new: list[RedLine]) -> str:
    """「，3号楼最多（19 起）」 where one building has many of them."""
    (building, count), *_ = Counter(one.building for one in new if one.building).most_common(1) or [("", 0)]
    if count < NEW_IN_BUILDING_FROM:
        return ""
    return f"，{members.name(build, 'building', building)}最多（{count} 起）"


def _note(known: Rules) -> str:
    doubtful = sum(not line.verified for line in known.lines)
    sources = "；".join(dict.fromkeys(line.source for line in known.lines if line.source))
    return (
        f"红线按类别和描述用词识别，不看统计；依据：{sources}{'，未核实' if doubtful else ''}。"
        if sources
        else "红线按类别和描述用词识别，不看统计。"
    )
