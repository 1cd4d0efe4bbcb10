"""What every finding says of itself: where, how much against the usual, how grave, since when, in which words.

A kind of finding is one class: those on counts stand in `bursts`, those on charts and rates in `shifts`. Whoever ranks,
words, shows or proposes asks the finding and never which kind it is.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar, Self

import numpy as np

from metrics.ask.selection import Selection
from metrics.ask.window import WEEK, Window
from metrics.define import numbers, tables
from metrics.define.catalogue import Metric
from metrics.duties.red_words import Rules
from metrics.methods.verdict import clear, sides
from metrics.signals.evidence import SignalRecords

GRAVE = 3.0  # what can kill or ruin
WEIGHT = {"hazards": 2.0}  # of a table's findings; 1 otherwise
MOST_CERTAIN = 1e-12  # chances below it are not told apart

Homes = Mapping[str, Mapping[str, str]]  # building id → {'grid': id, 'branch': id}
Quiet = Mapping[str, Mapping[str, int]]  # table → grid id → weeks without a record


class Proof(Enum):
    """How it will be seen that what a finding asks for has been done."""

    ON_THE_SPOT = "on the spot"
    SETTLED = "settled"  # every open record of the place and category
    WITHIN_LIMITS = "within limits"


@dataclass(frozen=True)
class Finding(ABC):
    """One test that came out: where (dimension → id), observed against expected, p before and after correction."""

    kind: ClassVar[str]  # what the ledger and benchmarks know it by: never changed
    joins: ClassVar[bool] = False  # several of one place and category are told as one
    is_cluster: ClassVar[bool] = False  # cases of one category, at one place or everywhere, piling up

    metric: Metric
    where: dict[str, str]
    observed: float
    expected: float
    p: float
    p_adjusted: float
    weeks: int = 1

    @property
    def table(self) -> str:
        return self.metric.table

    @property
    def excess(self) -> float:
        return self.observed - self.expected

    @property
    def is_more(self) -> bool:
        """True where it is more than usual."""
        return self.observed > self.expected

    @property
    def story(self) -> tuple:
        """What stays the same from week to week about one thing: where, of which number, up or down."""
        number = self.metric.key if self.metric.is_rate else "count"
        return (*sorted(self.where.items()), number, self.is_more)

    # how much it matters

    @property
    def is_good(self) -> bool | None:
        """True for a change for the better, False for the worse, None where more is neither."""
        return False

    @property
    def weight(self) -> float:
        return WEIGHT.get(self.table, 1.0)

    @property
    def size(self) -> float:
        """How far from the usual, on a scale on which ten times as many is not ten times as urgent."""
        return float(np.log1p(min(-np.log10(max(self.p, MOST_CERTAIN)), 6)))

    def severity(self, rules: Rules) -> float:
        """GRAVE for the school's red lines, 2 for hazards and silence, 1 otherwise; better or neutral news weighs
        half."""
        weight = GRAVE if rules.is_grave(self.where.get("category", "")) else self.weight
        return weight if self.is_good is False else weight / 2

    # among the others of its week

    def is_explained(self, others: Sequence["Finding"], homes: Homes) -> bool:
        """True where another finding of the week already says it."""
        return False

    def excess_within(self, weeks: int) -> float:
        """How many of a longer finding's excess cases of so many weeks are this one's."""
        return self.excess

    @classmethod
    def joined(cls, findings: Sequence[Self], quiet: Quiet) -> Self | None:
        """One finding for several of one place and category; None where they are not enough after all."""
        return min(findings, key=lambda finding: finding.p)

    # the records behind it

    @property
    def which(self) -> str:
        """Whether its records are the whole, the part or the misses."""
        rate_down = self.metric.is_rate and self.observed < self.expected
        return "miss" if rate_down and self.metric.better == "up" else "whole"

    def window(self, week: date) -> Window:
        """The weeks whose records show it, `week` being the last."""
        return Window(week - WEEK * (self.weeks - 1), week + WEEK)

    def made_of(self, behind: SignalRecords) -> tuple[str, Selection]:
        """(「主要集中在 …（9 / 12）」 or 「普遍上升…」; '' where nothing can be said, the group named)."""
        return behind.contributors()

    # in words

    @property
    def what(self) -> str:
        return self.where.get("category") or self.metric.label

    @property
    def verdict(self) -> str:
        return clear(1, sides(self.metric.kind.is_level))

    @property
    def title(self) -> str:
        return tables.get(self.table).title

    @property
    def noun(self) -> str:
        return tables.get(self.table).noun

    @property
    def much(self) -> str:
        """「12 单」."""
        return f"{self.observed:,.0f} {self.noun}"

    @property
    def usual(self) -> str:
        """「约 1.4 单」, 「几乎没有」."""
        if self.expected < 0.05:
            return "几乎没有"
        return f"约 {numbers.decimal(self.expected)} {self.noun}"

    @abstractmethod
    def sentence(self, place: str) -> str:
        """The finding in one sentence, its place named in words."""

    # what it asks for

    @property
    def proof(self) -> Proof:
        return Proof.WITHIN_LIMITS

    def task(self, place: str) -> str:
        """What is to be assigned because of it."""
        return f"核实并处置{place}的{self.what}"
