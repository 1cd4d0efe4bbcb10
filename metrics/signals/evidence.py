"""What a signal is made of, in one sentence, and three masked records that show it."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from metrics.ask import members, terms
from metrics.ask.records import records
from metrics.ask.selection import NOT_FILLED, UNRECOGNISED, Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.compare import explain
from metrics.compare.grounds import last_year
from metrics.compare.weeks import LONG_BASELINE
from metrics.define import tables
from metrics.define.catalogue import Metric
from metrics.methods import spc
from metrics.signals.findings import Finding
from warehouse import Build

EXAMPLES, LONGEST = 3, 40
BASE_WEEKS = 8
MOSTLY = 0.5
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

    @property
    def words(self) -> str:
        """「11-12 3号楼302 有人把电动车电池拿到房间充电」."""
        when = f"{self.moment:%m-%d}" if self.moment else ""
        return " ".join(part for part in (when, self.place, self.text or self.category) if part)


def made_of(
    build: Build, finding: Finding, metric: Metric, window: Window, only: Selection, which: str, scope: Scope
) -> tuple[str, Selection]:
    """(「主要集中在 …（9 / 12）」 or 「普遍上升…」; '' where nothing can be said, the group named)."""
    if finding.kind == "silent":
        return _silent(build, only, scope), only
    if finding.kind in ("cell", "gap") and "building" in finding.where:
        return _rooms(build, metric, window, only, scope), only
    if finding.kind in ("deadline", "busy", "lasting"):
        return _share(
            build, metric, window, only, which, scope, "unit" if finding.kind == "deadline" else "category"
        ), only
    if finding.kind in ("xmr", "series") and finding.more["chart"].last_rule in (spc.RUN_RULE, spc.TREND_RULE):
        window = Window(window.end - WEEK * spc.RUN, window.end)
    base = _base(build, finding, metric, window)
    if base is None:
        return "", only
    made = explain.main_contributors(build, metric, window, base, only, scope, CUTS)
    if made.concentrated:
        return explain.against(metric) + _concentrated(build, made, only), made.only
    return made.sentence if "普遍" in made.sentence else "", only


def _concentrated(build: Build, made: explain.Contributors, only: Selection) -> str:
    """「主要集中在 3号楼 电动车充电：超出往常的 12 件中占 9 件（9 / 12）。」"""
    total = abs(made.cells["observed"].sum() - made.cells["expected"].sum())
    part = min(abs(made.observed - made.expected), total)
    word = "超出" if made.observed > made.expected else "低于"
    names = [
        members.name(build, name, value)
        for name, field in (("building", "buildings"), ("category", "categories"), ("channel", "channels"))
        if (values := getattr(made.only, field)) != getattr(only, field)
        for value in values
        if value not in (UNRECOGNISED, NOT_FILLED)
    ]
    place = " ".join(names) or "地点或类别没有写明的记录"
    return f"主要集中在 {place}：{word}往常的 {total:,.0f} 件中占 {part:,.0f} 件（{part:,.0f} / {total:,.0f}）。"


def _base(build: Build, finding: Finding, metric: Metric, window: Window) -> Window | None:
    """What is usual: a year before for a rate, last year's same teaching weeks for a wave judged by years, else up to eight weeks
    before of the same phase."""
    if metric.is_rate:
        return Window(window.start - WEEK * LONG_BASELINE, window.start)
    if finding.more.get("years"):
        return last_year(build, window)[0]
    phase, start = terms.week(build, window.start).phase, window.start
    while (window.start - start).days < 7 * BASE_WEEKS and terms.week(build, start - WEEK).phase == phase:
        start -= WEEK
    return Window(start, window.start) if start < window.start else last_year(build, window)[0]


def _rooms(build: Build, metric: Metric, window: Window, only: Selection, scope: Scope) -> str:
    """Within one building and category: one room, one time of day, or spread."""
    table = tables.get(metric.table)
    rows, total = records(build, metric, window, only, limit=None, columns=("room", metric.time), scope=scope)
    rooms = rows["room"].dropna().value_counts()
    if len(rooms) and rooms.iloc[0] >= max(MOSTLY * total, 2):
        return f"主要集中在 {rooms.index[0]} 室，{rooms.iloc[0]} / {total}。"
    spread = f"分散在 {len(rooms)} 个房间" if len(rooms) > 1 else "没有写明房间"
    hours = pd.to_datetime(rows[metric.time].dropna()).dt.hour
    evening = int(((hours >= 18) & (hours <= 23)).sum()) if (hours > 0).any() else 0
    when = f"，多在 18–24 时（{evening} / {total}）" if total and evening >= 0.6 * total else ""
    return f"{spread}{when}，共 {total} {table.noun}。"


def _silent(build: Build, only: Selection, scope: Scope) -> str:
    houses = members.allowed(build, "building", only, scope)
    return f"网格内 {len(houses)} 栋楼都没有记录。" if len(houses) > 1 else ""


def _share(build: Build, metric: Metric, window: Window, only: Selection, which: str, scope: Scope, name: str) -> str:
    """How its records are spread over units or categories: 「主要集中在 食品卫生，64 / 91。」"""
    rows, total = records(build, metric, window, only, which, limit=None, columns=(name,), scope=scope)
    sizes = rows[name].dropna().value_counts()
    if sizes.empty:
        return ""
    if sizes.iloc[0] >= MOSTLY * total:
        return f"主要集中在 {sizes.index[0]}，{sizes.iloc[0]} / {total}。"
    kinds = {"unit": "个责任部门", "category": "类"}[name]
    return f"普遍如此：{len(sizes)} {kinds}都有，最多的是{sizes.index[0]}（{sizes.iloc[0]} / {total}）。"


def examples(
    build: Build, metric: Metric, window: Window, only: Selection, which: str, scope: Scope
) -> tuple[Example, ...]:
    """The three newest records behind it; what identified people in them was masked when they were read."""
    table = tables.get(metric.table)
    texts = [name for name in ("description", "title") if name in table.columns]
    rows, _ = records(
        build,
        metric,
        window,
        only,
        which,
        limit=EXAMPLES,
        columns=(table.time, "place_text", "category", *texts),
        scope=scope,
    )
    found = []
    for row in rows.to_dict("records"):
        text = next((row[name] for name in texts if isinstance(row[name], str) and row[name]), "")
        moment = None if pd.isna(row[table.time]) else pd.Timestamp(row[table.time]).to_pydatetime()
        words = [row[name] if isinstance(row[name], str) else "" for name in ("place_text", "category")]
        found.append(
            Example(
                table.name,
                str(row[table.id]),
                moment,
                *words,
                text if len(text) <= LONGEST else text[: LONGEST - 1] + "…",
            )
        )
    return tuple(found)
