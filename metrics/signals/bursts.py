"""Kinds of finding on counts: cases piling up at a place, in a grid, in a category or close together; a grid fallen
silent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

import numpy as np

from metrics.ask.selection import Selection
from metrics.ask.window import WEEK, Window
from metrics.define import tables
from metrics.methods.verdict import AMOUNT, clear
from metrics.signals.evidence import SignalRecords
from metrics.signals.finding import Finding, Homes, Proof, Quiet

BEFORE_SILENCE = 8  # weeks before a silence whose records show what was usual
LONE = 4  # weeks a grid must be silent in one table while it reports in the other
CLEARED = ("hazards",)  # tables whose records are each to be settled
HALF = 0.5  # of an excess: a cluster that holds so much of it explains it


def explaining_clusters(finding: Finding, others: Sequence[Finding], homes: Homes) -> Iterator[Finding]:
    """Clusters inside a wider finding that hold half of its excess."""
    for other in others:
        is_within = other.is_cluster and other.table == finding.table and _is_inside(other, finding, homes)
        if is_within and other.excess_within(finding.weeks) >= HALF * abs(finding.excess):
            yield other


def _is_inside(cluster: Finding, finding: Finding, homes: Homes) -> bool:
    if "category" in finding.where:
        return cluster.where.get("category") == finding.where["category"]
    home = homes.get(cluster.where.get("building", ""), {})
    return all(home.get(name) == value for name, value in finding.where.items())


@dataclass(frozen=True)
class Burst(Finding):
    """More cases than usual."""

    @property
    def size(self) -> float:
        return float(np.log1p(self.excess))


@dataclass(frozen=True)
class _Cleared(Burst):
    """Hazards of one place and category are to be settled, all of them; tickets are to be back within their limits."""

    @property
    def proof(self) -> Proof:
        return Proof.SETTLED if self.table in CLEARED else Proof.WITHIN_LIMITS


@dataclass(frozen=True, kw_only=True)
class _Placed(Burst):
    """A burst of one category, mostly in one building; `also` are the weaker ones of the same place and category."""

    joins: ClassVar[bool] = True
    is_cluster: ClassVar[bool] = True
    also: tuple[Burst, ...] = ()

    @property
    def size(self) -> float:
        return super().size + sum(other.size for other in self.also)

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        return behind.rooms() if "building" in self.where else behind.contributors()

    @classmethod
    def joined(cls, findings: Sequence[Self], quiet: Quiet) -> Self | None:
        """One finding for a place and category that stand out in tickets and in hazards; the stronger carries the
        other."""
        strongest, *also = sorted(findings, key=lambda finding: finding.p)
        return replace(strongest, also=tuple(also))


@dataclass(frozen=True, kw_only=True)
class Cluster(_Placed, _Cleared):
    """Building × category: more this week than its own past weeks foretell."""

    kind: ClassVar[str] = "cell"

    def excess_within(self, weeks: int) -> float:
        return self.excess * weeks

    def sentence(self, place: str) -> str:
        also = "".join(f"；{other.title} {other.much}，往常{other.usual}" for other in self.also)
        return f"{place} {self.what} 本周{self.title} {self.much}，往常每周{self.usual}{also}。"


@dataclass(frozen=True, kw_only=True)
class Closer(_Placed):
    """Rare cases that follow each other fast: `cases` of them in the days `span`, of old one in `every` days (None:
    never)."""

    kind: ClassVar[str] = "gap"
    cases: int
    span: Window
    every: float | None

    def window(self, week: date) -> Window:
        return self.span

    def is_explained(self, others: Sequence[Finding], homes: Homes) -> bool:
        """By a burst at the same place, by the category's wave, and a category by one of its places."""
        return any(
            (isinstance(other, Wave) and other.table == self.table and other.where.items() <= self.where.items())
            or (isinstance(other, Cluster) and other.where == self.where)
            or (
                other.is_cluster
                and "building" in other.where
                and "building" not in self.where
                and other.where["category"] == self.where["category"]
            )
            for other in others
        )

    def sentence(self, place: str) -> str:
        """「3号楼 财物失窃 最近 5 起（服务工单）集中在 9 天内，往常约 40 天一起。」"""
        usual = f"往常约 {self.every:,.0f} 天一起" if self.every else "此前从未有过"
        return f"{place} {self.what} 最近 {self.cases} 起（{self.title}）集中在 {self.span.days} 天内，{usual}。"


@dataclass(frozen=True)
class BusyGrid(_Cleared):
    """A grid: more this week than its own past weeks foretell."""

    kind: ClassVar[str] = "grid"

    def is_explained(self, others: Sequence[Finding], homes: Homes) -> bool:
        return any(explaining_clusters(self, others, homes))

    def sentence(self, place: str) -> str:
        return f"{place} 本周{self.title} {self.much}，往常每周{self.usual}。"


@dataclass(frozen=True, kw_only=True)
class Wave(_Cleared):
    """A category of the whole campus over some weeks, against so many earlier `years` (0: against the weeks before)."""

    kind: ClassVar[str] = "wave"
    years: int

    def is_explained(self, others: Sequence[Finding], homes: Homes) -> bool:
        return any(explaining_clusters(self, others, homes))

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        return behind.against_last_year() if self.years else behind.contributors()

    def sentence(self, place: str) -> str:
        span = f"近 {self.weeks} 周" if self.weeks > 1 else "本周"
        usual = "往年同教学周" if self.years else "往常同样长的时间"
        return f"{place} {self.what} {span}{self.title} {self.much}，{usual}{self.usual}。"


@dataclass(frozen=True, kw_only=True)
class Silence(Finding):
    """A grid without a record in the tables `silent_in` for `weeks`; expected: how many a week are usual."""

    kind: ClassVar[str] = "silent"
    joins: ClassVar[bool] = True
    silent_in: tuple[str, ...]

    @property
    def weight(self) -> float:
        return 2.0

    @property
    def size(self) -> float:
        return float(np.log1p(self.expected * min(self.weeks, BEFORE_SILENCE)))

    @classmethod
    def joined(cls, findings: Sequence[Self], quiet: Quiet) -> Self | None:
        """One finding for a grid silent in one table or two, as long as nothing came in any of them. A grid that
        reports in the other table is silent only after some weeks."""
        strongest = min(findings, key=lambda finding: finding.p)
        weeks = {table: of_grid.get(strongest.where["grid"], 0) for table, of_grid in quiet.items()}
        if all(weeks.values()):
            return replace(strongest, weeks=min(weeks.values()), silent_in=tuple(weeks))
        if strongest.weeks < LONE:
            return None
        return replace(strongest, silent_in=tuple(finding.table for finding in findings))

    def window(self, week: date) -> Window:
        """Also the eight weeks before it, when there was something."""
        return Window(week - WEEK * (self.weeks + BEFORE_SILENCE - 1), week + WEEK)

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        return behind.houses()

    @property
    def what(self) -> str:
        return "没有记录"

    @property
    def verdict(self) -> str:
        return clear(-1, AMOUNT)

    def sentence(self, place: str) -> str:
        both = "、".join(tables.get(name).title for name in self.silent_in)
        span = f"已连续 {self.weeks} 周" if self.weeks > 1 else "本周"
        return f"{place} {span}没有{both}，往常每周{self.usual}，可能是没人报，而不是没有事。"

    def task(self, place: str) -> str:
        return f"核实{place}为什么没有记录，恢复巡查和上报"
