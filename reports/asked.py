"""What a brief is about: one build, one week, one set of filters. Sections are computed from this and from nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from metrics.ask import arrivals, members, terms
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window
from metrics.signals import signals
from metrics.signals.signal import Signals
from warehouse import Build, paths

if TYPE_CHECKING:
    from reports.assignments import Reviewed


Reviews = Sequence | Callable[[], Sequence]  # of reports.assignments.Reviewed


@dataclass(frozen=True)
class Asked:
    """`week` is a Monday; `reviewed` are the assignments as reports.assignments judges them, or a function that asks for them."""

    build: Build
    week: date
    only: Selection = ALL
    scope: Scope = EVERYTHING
    reviewed: Reviews = ()

    @property
    def window(self) -> Window:
        return Window(self.week, self.week + WEEK)

    @property
    def is_over(self) -> bool:
        """Whether the data date lies after the week: an unfinished one is shown and not compared."""
        return self.window.last_day <= terms.last_whole_day(self.build)

    @cached_property
    def signals(self) -> Signals:
        """The week's signals: headline, section and proposals rest on the same answer."""
        return signals.weekly(self.build, self.week, self.only, self.scope)

    @cached_property
    def assignments(self) -> tuple[Reviewed, ...]:
        """The assignments, worst first."""
        return tuple(self.reviewed() if callable(self.reviewed) else self.reviewed)

    @cached_property
    def cut_short(self) -> list[str]:
        return arrivals.cut_short(self.build, self.week)


def day(moment: date) -> str:
    """「2026年11月22日」, as documents write days."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def week_words(asked: Asked) -> str:
    """「第11教学周（2026年11月9日至11月15日）」; the year is said twice where the week lies in two."""
    last = asked.week + timedelta(days=6)
    end = day(last) if last.year != asked.week.year else f"{last.month}月{last.day}日"
    label = terms.week(asked.build, asked.week)
    named = label.label if label.number is not None or label.phase else f"第{asked.week.isocalendar().week}周"
    return f"{named}（{day(asked.week)}至{end}）"


def filter_words(asked: Asked) -> str:
    """「全部楼宇 · 全部类别」, or the names of what was chosen; and that the viewer sees only a part, where so."""
    places = [_listed(asked, name) for name in ("building", "grid", "branch", "kind") if asked.only.values(name)]
    others = [_listed(asked, name) for name in ("category", "level", "channel", "unit") if asked.only.values(name)]
    rights = [] if asked.scope.everything else ["仅限有权查看的范围"]
    return " · ".join([*(places or ["全部楼宇"]), *(others or ["全部类别"]), *rights])


def _listed(asked: Asked, dimension: str) -> str:
    return "、".join(members.name(asked.build, dimension, value) for value in asked.only.values(dimension))


def school() -> dict:
    """data/school/school.toml: campus, short_name …; empty where there is none."""
    path = paths.school() / "school.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
