"""A signal of the week and the week's signals, as pages and reports read them."""

from dataclasses import dataclass
from datetime import datetime

from metrics.ask.selection import Selection
from metrics.ask.window import Window
from metrics.compare.comparison import Comparison
from metrics.signals.evidence import Example
from metrics.signals.finding import Finding, Proof


@dataclass(frozen=True)
class Signal:
    """One thing that is not noise: its `finding` with place and people. `metric`, `window`, `only` and `which` open
    exactly the records behind it.

    `place` names in words where it is. `good` is True for a change for the better. `score` ranks. `made_of` says where
    it is concentrated or that it is everywhere, `examples` are three masked records; `weeks` in a row it has come out,
    this one included (at most 9).
    """

    finding: Finding
    place: str
    what: str
    sentence: str
    responsible: str
    metric: str
    window: Window
    only: Selection
    which: str
    severity: float
    score: float
    good: bool | None
    verdict: str
    made_of: str = ""
    examples: tuple[Example, ...] = ()
    weeks: int = 1

    @property
    def kind(self) -> str:
        return self.finding.kind

    @property
    def where(self) -> dict[str, str]:
        """Dimension → id."""
        return self.finding.where

    @property
    def observed(self) -> float:
        return self.finding.observed

    @property
    def expected(self) -> float:
        return self.finding.expected

    @property
    def task(self) -> str:
        """What is to be assigned because of it."""
        return self.finding.task(self.place)

    @property
    def proof(self) -> Proof:
        return self.finding.proof

    @property
    def since(self) -> str:
        """「连续第 3 周」, 「新出现」."""
        return f"连续第 {self.weeks} 周" if self.weeks > 1 else "新出现"


@dataclass(frozen=True)
class Signals:
    """The week's signals, strongest first. `tested`: how many looks were taken; `expected_false`: how many of all
    `total` signals chance alone would bring in such a week; `total` counts those beyond the five as well. `standing`
    are differences and improvements still there but known for long: sentences, no signals. `summary` is the sentence's
    first part, about the signals alone; `new_red` counts the week's new red lines."""

    items: tuple[Signal, ...]
    tested: int
    expected_false: float
    total: int
    sentence: str
    note: str
    overdue: Comparison
    standing: tuple[str, ...] = ()
    summary: str = ""
    new_red: int = 0
    as_of: datetime | None = None  # the moment the week's numbers stand at
