"""Kinds of finding on charts and rates: a series out of its limits, a branch that moved or differs, a busy building,
hazards closed on the very day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from metrics.ask.selection import Selection
from metrics.define import numbers
from metrics.methods import spc
from metrics.methods.verdict import AMOUNT, BETTER, WORSE, clear
from metrics.signals.bursts import BusyGrid, Silence, explaining_clusters
from metrics.signals.evidence import SignalRecords
from metrics.signals.finding import Finding, Homes, Proof


def find_the_cause(place: str, what: str) -> str:
    """The assignment to find out why a number moved."""
    return f"查明{place}{what}变化的原因并整改"


@dataclass(frozen=True, kw_only=True)
class Counted(Finding):
    """A value told with the part and the whole it is made of."""

    part: float
    whole: float

    @property
    def counts(self) -> str:
        """「45 / 60」."""
        return self.metric.show_part_whole(self.part, self.whole)


@dataclass(frozen=True, kw_only=True)
class ChartShift(Counted):
    """The newest point of an XmR chart breaks a rule."""

    chart: spc.Xmr

    @property
    def is_good(self) -> bool | None:
        return self.chart.verdict.good(self.metric.better)

    @property
    def verdict(self) -> str:
        return self.chart.verdict.word

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        """Of a run or a trend: of all its weeks."""
        is_run = self.chart.last_rule in (spc.RUN_RULE, spc.TREND_RULE)
        return (behind.of_weeks(spc.RUN) if is_run else behind).contributors()

    def sentence(self, place: str) -> str:
        chart, show = self.chart, self.metric.show
        counts = f"（{self.counts}）" if self.metric.is_rate else ""
        band = f"正常范围 {show(chart.lower)} 至 {show(chart.upper)}"
        reason = "超出正常范围" if chart.last_rule == spc.BEYOND else chart.last_rule
        return f"{self.metric.label} {show(self.observed)}{counts}，{reason}（{band}），{self.verdict}。"


@dataclass(frozen=True, kw_only=True)
class CampusShift(ChartShift):
    """A number of the whole campus."""

    kind: ClassVar[str] = "xmr"

    def task(self, place: str) -> str:
        return find_the_cause(place, self.what)


@dataclass(frozen=True, kw_only=True)
class AreaShift(ChartShift):
    """A number of one grid or branch."""

    kind: ClassVar[str] = "series"

    def is_explained(self, others: Sequence[Finding], homes: Homes) -> bool:
        """A count by its grid's burst or silence and by a cluster inside it; a rate by nothing."""
        if self.metric.is_rate:
            return False
        return any(
            isinstance(other, BusyGrid | Silence) and other.table == self.table and other.where == self.where
            for other in others
        ) or any(explaining_clusters(self, others, homes))

    def sentence(self, place: str) -> str:
        return f"{place} 本周{super().sentence(place)}"


@dataclass(frozen=True, kw_only=True)
class BranchRate(Counted):
    """A branch's rate over some weeks against another rate."""

    @property
    def is_good(self) -> bool | None:
        return self.is_more == (self.metric.better == "up")


@dataclass(frozen=True, kw_only=True)
class BranchShift(BranchRate):
    """Against its own past."""

    kind: ClassVar[str] = "branch"

    @property
    def verdict(self) -> str:
        return BETTER if self.is_good else WORSE

    def sentence(self, place: str) -> str:
        show = self.metric.show
        return (
            f"{place} {self.metric.label}近 {self.weeks} 周 {show(self.observed)}（{self.counts}），"
            f"此前 {show(self.expected)}，{self.verdict}。"
        )

    def task(self, place: str) -> str:
        return find_the_cause(place, self.what)


@dataclass(frozen=True, kw_only=True)
class LastingDifference(BranchRate):
    """Against all the other branches, over half a year."""

    kind: ClassVar[str] = "lasting"

    @property
    def verdict(self) -> str:
        return clear(1 if self.is_more else -1)

    def is_explained(self, others: Sequence[Finding], homes: Homes) -> bool:
        """By the same number of the same branch having moved."""
        return any(
            isinstance(other, BranchShift | AreaShift)
            and other.where == self.where
            and other.metric.key == self.metric.key
            for other in others
        )

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        return behind.shares("category", "类")

    def sentence(self, place: str) -> str:
        show, word = self.metric.show, "一直高于" if self.is_more else "一直低于"
        return (
            f"{place} {self.metric.label}近 {self.weeks} 周 {show(self.observed)}（{self.counts}），"
            f"{word}其他支部（{show(self.expected)}）。"
        )


@dataclass(frozen=True)
class BusyBuilding(Finding):
    """A building with more cases of half a year than its people and the others of its kind explain."""

    kind: ClassVar[str] = "busy"

    @property
    def verdict(self) -> str:
        return clear(1, AMOUNT)

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        return behind.shares("category", "类")

    def sentence(self, place: str) -> str:
        usual = f"按人数和同类楼宇约应为 {numbers.decimal(self.expected)} {self.noun}"
        return f"{place} 近 {self.weeks} 周{self.title} {self.much}，{usual}。"


@dataclass(frozen=True, kw_only=True)
class DeadlineDay(Counted):
    """Hazards closed on the very day of their deadline far more often than usual."""

    kind: ClassVar[str] = "deadline"

    @property
    def which(self) -> str:
        return "part"

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        return behind.shares("unit", "个责任部门")

    def sentence(self, place: str) -> str:
        return (
            f"近 {self.weeks} 周销号的 {self.whole:,.0f} 条隐患中，{self.part:,.0f} 条恰好在期限当天销号"
            f"（往常约 {self.metric.show(self.expected)}），请到现场抽查。"
        )

    @property
    def proof(self) -> Proof:
        """What was tallied on its deadline day is looked at on the spot: the proof is what was seen there."""
        return Proof.ON_THE_SPOT

    def task(self, place: str) -> str:
        return "到现场抽查恰好在期限当天销号的隐患"
