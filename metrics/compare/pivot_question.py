"""One question put to a metric by rows and columns, narrowed again and again to what is left of them."""

from dataclasses import dataclass, replace

import pandas as pd

from metrics.ask.measure import measure
from metrics.ask.question import Question
from metrics.ask.reading.durations import Watched, watched
from metrics.ask.selection import DIMENSIONS, Scope, Selection
from metrics.ask.window import Window
from metrics.define.catalogue import Metric
from warehouse import Build

CALENDAR = {"week": "周", "month": "月", "term": "学期"}


@dataclass(frozen=True)
class PivotQuestion:
    """One question, narrowed again and again to rows, columns and what is left of them."""

    build: Build
    metric: Metric
    window: Window
    row: str
    column: str
    only: Selection
    scope: Scope
    watched: Watched | None = None

    def divided(self, *sides: str) -> tuple[tuple[str, ...], str | None]:
        """What measure calls `by` and `every`: a term is a period, everything else a dimension."""
        names = [getattr(self, side) for side in sides]
        return tuple(name for name in names if name != "term"), "term" if "term" in names else None

    def reading(self, *sides: str) -> "PivotQuestion":
        """With the cases of a duration at hand, whose margins would otherwise each read all of them again."""
        if not self.metric.kind.is_duration:
            return self
        return replace(
            self,
            watched=watched(
                Question(self.build, self.metric, self.window, *self.divided(*sides), self.only, self.scope)
            ),
        )

    def by(self, *sides: str) -> pd.DataFrame:
        """Measured by 'row', 'column', both or neither; the keys are called so whatever the dimension."""
        cases = self.watched
        read = (lambda question: cases.by(question.key_names)) if cases else None
        frame = measure(self.build, self.metric, self.window, *self.divided(*sides), self.only, self.scope, read)
        return frame.drop(columns="complete").rename(columns={self.named(side): side for side in sides})

    def named(self, side: str) -> str:
        name = getattr(self, side)
        return "period" if name == "term" else name

    def within(self, side: str, hidden: list, shown: list) -> "PivotQuestion":
        """The same question about what is hidden of one side."""
        name, cases = getattr(self, side), self.watched and self.watched.only(self.named(side), hidden)
        if name in CALENDAR:
            return replace(self, window=Window(self.window.start, pd.Timestamp(shown[0]).date()), watched=cases)
        return replace(self, only=replace(self.only, **{DIMENSIONS[name].field: tuple(hidden)}), watched=cases)
