"""What a signal is made of, in one sentence, and three masked records that show it."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from metrics.ask import members, terms
from metrics.ask.reading.newcomers import newcomers
from metrics.ask.records import records
from metrics.ask.selection import NOT_FILLED, UNRECOGNISED, Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.compare import explain
from metrics.compare.grounds import last_year
from metrics.compare.weeks import LONG_BASELINE
from metrics.define import tables
from metrics.define.catalogue import Metric
from warehouse import Build

EXAMPLES, LONGEST = 3, 40
TEXTS: tuple[str, ...] = ("description", "title")
BASE_WEEKS = 8
MOSTLY = 0.5
EVENING = 0.6  # of the records, from which they are said to come in the evening
CUTS = (("building", "category"), ("category",), ("building",))


@dataclass(frozen=True)
class Example:
    """One record behind a signal: `table` and `record_id` open it; `text` is its masked description, shortened."""

    table: str
    record_id: str
    moment: datetime | None
    place: str
    category: str
    text: str


@dataclass(frozen=True)
class SignalRecords:
    """The records behind one signal; `which` says whether they are the whole, the part or the misses.

    Every method answers (what they are made of, '' where nothing can be said; the group named).
    """

    build: Build
    metric: Metric
    window: Window
    only: Selection
    which: str
    scope: Scope

    def of_weeks(self, weeks: int) -> "SignalRecords":
        """The same over so many weeks, the last one kept."""
        return replace(self, window=Window(self.window.end - WEEK * weeks, self.window.end))

    def contributors(self) -> tuple[str, Selection]:
        """「主要集中在 …（9 / 12）」 or 「普遍上升…」, against the weeks before."""
        base = self._usual()
        return self._against(base) if base else ("", self.only)

    def against_last_year(self) -> tuple[str, Selection]:
        """The same against last year's same teaching weeks."""
        base = last_year(self.build, self.window)[0]
        return self._against(base) if base else ("", self.only)

    def houses(self) -> tuple[str, Selection]:
        """「网格内 3 栋楼都没有记录。」"""
        houses = members.allowed(self.build, "building", self.only, self.scope)
        return (f"网格内 {len(houses)} 栋楼都没有记录。" if len(houses) > 1 else ""), self.only

    def rooms(self) -> tuple[str, Selection]:
        """Within one building and category: one room, one time of day, or spread."""
        table, time = tables.get(self.metric.table), self.metric.time
        rows, total = records(
            self.build, self.metric, self.window, self.only, limit=None, columns=("room", time), scope=self.scope
        )
        rooms = rows["room"].dropna().value_counts()
        if len(rooms) and rooms.iloc[0] >= max(MOSTLY * total, 2):
            return f"主要集中在 {rooms.index[0]} 室，{rooms.iloc[0]} / {total}。", self.only
        spread = f"分散在 {len(rooms)} 个房间" if len(rooms) > 1 else "没有写明房间"
        hours = pd.to_datetime(rows[time].dropna()).dt.hour
        evening = int(((hours >= 18) & (hours <= 23)).sum()) if (hours > 0).any() else 0
        when = f"，多在 18–24 时（{evening} / {total}）" if total and evening >= EVENING * total else ""
        return f"{spread}{when}，共 {total} {table.noun}。", self.only

    def shares(self, column: str, noun: str) -> tuple[str, Selection]:
        """How they are spread over the values of a column: 「主要集中在 食品卫生，64 / 91。」"""
        rows, total = records(
            self.build,
            self.metric,
            self.window,
            self.only,
            self.which,
            limit=None,
            columns=(column,),
            scope=self.scope,
        )
        sizes = rows[column].dropna().value_counts()
        if sizes.empty:
            return "", self.only
        most = f"{sizes.iloc[0]} / {total}"
        if sizes.iloc[0] >= MOSTLY * total:
            return f"主要集中在 {sizes.index[0]}，{most}。", self.only
        return f"普遍如此：{len(sizes)} {noun}都有，最多的是{sizes.index[0]}（{most}）。", self.only

    def examples(self, only: Selection) -> tuple[Example, ...]:
        """The three newest of a group of them; what identified people in them was masked when they were read."""
        table = tables.get(self.metric.table)
        texts = [name for name in TEXTS if name in table.columns]
        columns = (table.time, "place_text", "category", *texts)
        rows, _ = records(
            self.build,
            self.metric,
            self.window,
            only,
            self.which,
            limit=EXAMPLES,
            columns=columns,
            scope=self.scope,
        )
        return tuple(_example(table, texts, row) for row in rows.to_dict("records"))

    def _usual(self) -> Window | None:
        """A year before for a rate, else up to eight weeks before of the same phase."""
        build, start = self.build, self.window.start
        if self.metric.is_rate:
            return Window(start - WEEK * LONG_BASELINE, start)
        phase, first = terms.week(build, start).phase, start
        while (start - first).days < 7 * BASE_WEEKS and terms.week(build, first - WEEK).phase == phase:
            first -= WEEK
        return Window(first, start) if first < start else last_year(build, self.window)[0]

    def _against(self, base: Window) -> tuple[str, Selection]:
        only = newcomers(self.build, self.metric, base, self.only).only
        made = explain.main_contributors(self.build, self.metric, self.window, base, only, self.scope, CUTS)
        if made.concentrated:
            return explain.misses_counted(self.metric) + _concentrated(self.build, made, self.only), made.only
        return made.sentence if "普遍" in made.sentence else "", self.only


def _concentrated(build: Build, made: explain.Contributors, only: Selection) -> str:
    """「主要集中在 3号楼 电动车充电：超出往常的 12 件中占 9 件（9 / 12）。」"""
    total = abs(made.cells["observed"].sum() - made.cells["expected"].sum())
    part = min(abs(made.observed - made.expected), total)
    word = "超出" if made.observed > made.expected else "低于"
    narrowed = (
        ("building", made.only.buildings, only.buildings),
        ("category", made.only.categories, only.categories),
        ("channel", made.only.channels, only.channels),
    )
    names = [
        members.name(build, dimension, value)
        for dimension, values, before in narrowed
        if values != before
        for value in values
        if value not in (UNRECOGNISED, NOT_FILLED)
    ]
    place = " ".join(names) or "地点或类别没有写明的记录"
    return f"主要集中在 {place}：{word}往常的 {total:,.0f} 件中占 {part:,.0f} 件（{part:,.0f} / {total:,.0f}）。"


def _example(table: tables.Table, texts: list[str], row: dict) -> Example:
    text = next((row[name] for name in texts if isinstance(row[name], str) and row[name]), "")
    return Example(
        table.name,
        str(row[table.id]),
        None if pd.isna(row[table.time]) else pd.Timestamp(row[table.time]).to_pydatetime(),
        row["place_text"] if isinstance(row["place_text"], str) else "",
        row["category"] if isinstance(row["category"], str) else "",
        text if len(text) <= LONGEST else text[: LONGEST - 1] + "…",
    )
