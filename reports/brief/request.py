"""What a brief is about: one build, one week, one set of filters. Sections are computed from this and from nothing
else."""

from __future__ import annotations

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
from reports.content.wording import day, last_day
from warehouse import Build

if TYPE_CHECKING:
    from ledger import Assignment
    from reports.brief.assignments import Reviewed


Reviews = Sequence | Callable[[], Sequence]  # of reports.brief.assignments.Reviewed
Given = Sequence | Callable[[], Sequence]  # of ledger.Assignment


@dataclass(frozen=True)
class BriefRequest:
    """`week` is a Monday; `reviewed` are the assignments as reports.brief.assignments judges them, or a function that
    asks for them; `everything`: all that was ever assigned, likewise."""

    build: Build
    week: date
    only: Selection = ALL
    scope: Scope = EVERYTHING
    reviewed: Reviews = ()
    everything: Given = ()

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
    def given(self) -> tuple[Assignment, ...]:
        """All that was assigned, also after the week."""
        return tuple(self.everything() if callable(self.everything) else self.everything)

    @cached_property
    def cut_short(self) -> list[str]:
        return arrivals.cut_short(self.build, self.week)


def week_words(request: BriefRequest) -> str:
    """「第11教学周（2026年11月9日至11月15日）」; the year is said twice where the week lies in two."""
    end = last_day(request.week, request.week + timedelta(days=6))
    label = terms.week(request.build, request.week)
    named = label.label if label.number is not None or label.phase else f"第{request.week.isocalendar().week}周"
    return f"{named}（{day(request.week)}至{end}）"


def filter_words(request: BriefRequest) -> str:
    """「全部楼宇 · 全部类别」, or the names of what was chosen; and that the viewer sees only a part, where so."""
    places = [_listed(request, name) for name in ("building", "grid", "branch", "kind") if request.only.values(name)]
    others = [_listed(request, name) for name in ("category", "level", "channel", "unit") if request.only.values(name)]
    rights = [] if request.scope.everything else ["仅限有权查看的范围"]
    return " · ".join([*(places or ["全部楼宇"]), *(others or ["全部类别"]), *rights])


def _listed(request: BriefRequest, dimension: str) -> str:
    return "、".join(members.name(request.build, dimension, value) for value in request.only.values(dimension))
