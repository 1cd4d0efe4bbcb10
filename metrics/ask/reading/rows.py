"""What a kind of metric is given to read from: the rows of one question, dated in its window or standing at moments."""

from dataclasses import dataclass, field

import pandas as pd

from metrics.ask import sql
from metrics.ask.question import Question
from metrics.ask.reading.durations import watched


@dataclass(frozen=True)
class QuestionRows:
    """metrics.define.kinds.Rows of one question. One object reads one statement: what it binds is kept in `bound`."""

    question: Question
    bound: sql.Bound = field(default_factory=sql.Bound)

    def _column(self, name: str) -> str:
        return sql.column(self.question.metric.table, name)

    @property
    def time(self) -> str:
        return self.question.time

    @property
    def part(self) -> str:
        return self._column(self.question.metric.part)

    @property
    def whole(self) -> str:
        return self._column(self.question.metric.whole)

    @property
    def end(self) -> str:
        return self._column(self.question.metric.end)

    @property
    def due(self) -> str:
        return self._column(self.question.metric.due)

    @property
    def now(self) -> str:
        return self.bound(self.question.build.data_date)

    @property
    def first(self) -> str:
        return f"(SELECT min({self.time}) {sql.source(self.question.metric.table, False)})"

    def dated(self, *picked: str) -> pd.DataFrame:
        """The question's groups of the rows dated in its window, with `picked` of each."""
        question = self.question
        return self._grouped(
            [*question.keys(self.bound), *picked],
            question.source,
            question.conditions(self.bound, question.window),
        )

    def standing(self, picked: tuple[str, ...], conditions: tuple[str, ...]) -> pd.DataFrame:
        """The same at the last instant of every period; no window, since what stands may have begun long before."""
        question, moments = self.question, self._moments()
        keys = ["moments.period AS period"] if question.every else []
        for name in question.by:
            grouped = "moments.period" if name in ("week", "month") else sql.grouped(name, question.time)
            keys.append(f"{grouped} AS {name}")
        return self._grouped(
            [*keys, *picked],
            f"{question.source}, {moments}",
            [*question.conditions(self.bound, None), *conditions],
        )

    def lasting(self) -> pd.DataFrame:
        """Groups with part, whole, value and p90 in hours."""
        return watched(self.question).by(self.question.key_names)

    def _grouped(self, columns: list[str], source: str, conditions: list[str]) -> pd.DataFrame:
        count = len(self.question.key_names)
        grouping = "GROUP BY " + ", ".join(str(number + 1) for number in range(count)) if count else ""
        statement = f"SELECT {', '.join(columns)} {source} {sql.where(conditions)} {grouping}"
        return self.question.build.query(statement, self.bound.values)

    def _moments(self) -> str:
        """FROM clause of (period, instant); a period not begun by the data date has no moment."""
        instants = [(period.start, self.question.moment(period)) for period in self.question.periods]
        rows = ", ".join(
            f"({self.bound(start)}::DATE, {self.bound(instant)}::TIMESTAMP)"
            for start, instant in instants
            if instant.date() >= start
        )
        return (
            f"(VALUES {rows}) AS moments(period, instant)"
            if rows
            else "(SELECT NULL::DATE AS period, NULL::TIMESTAMP AS instant WHERE false) AS moments"
        )


def behind(question: Question, which: str, bound: sql.Bound) -> list[str]:
    """Conditions of the rows behind a number beside those of the question: 'whole', 'part', or 'miss' (whole, not
    part).

    What stands is taken at the end of the window; a window that has not begun has no rows.
    """
    moment = question.moment(question.window)
    if question.metric.is_standing and moment.date() < question.window.start:
        return ["false"]
    instant = bound(moment) if question.metric.is_standing else ""
    cases = question.metric.kind.cases(QuestionRows(question, bound), instant)
    return [*cases.whole, *{"whole": [], "part": [cases.part], "miss": [f"NOT {cases.part}"]}[which]]
