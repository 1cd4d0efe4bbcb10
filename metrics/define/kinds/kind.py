"""What every kind of metric answers: how it is read, valued, shown, added up, compared and judged.

A kind is one class in one file of this folder, named in the list of its __init__. What is said here holds for a plain
quotient of rows; a kind overrides what is different about it. Nobody outside asks which kind it is, only what it does.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

import pandas as pd

from metrics.define import numbers


class Rows(Protocol):
    """The rows one question is about, as SQL expressions, and the two ways to group them (metrics.ask.reading.rows)."""

    @property
    def time(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def whole(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def due(self) -> str: ...
    @property
    def now(self) -> str:
        """The data date."""

    @property
    def first(self) -> str:
        """The time of the table's first row of all."""

    def dated(self, *picked: str) -> pd.DataFrame:
        """The question's groups of the rows dated in its window, with `picked` of each."""

    def standing(self, picked: tuple[str, ...], conditions: tuple[str, ...]) -> pd.DataFrame:
        """The same at the last instant (INSTANT) of every period, of all rows that meet the conditions, whenever
        dated."""

    def lasting(self) -> pd.DataFrame:
        """Groups with part, whole, value and p90 in hours: how long cases took, open ones kept in."""


INSTANT = "moments.instant"  # what Rows.standing calls the moment it counts at


@dataclass(frozen=True)
class Cases:
    """The rows behind a number: conditions of the whole, and the one that makes a row of it part."""

    whole: tuple[str, ...]
    part: str


class Kind:
    """A share of rows, until a subclass says otherwise. One of each: kinds.BY_NAME."""

    name: ClassVar[str]  # as catalogue.toml writes it
    words: ClassVar[str]  # as page and document say it

    is_rate = False  # the value is a fraction, shown in per cent, changes in 百分点
    is_standing = False  # rows are counted at a moment, not by the time they carry
    is_backlog = False  # what waits to be settled; the part, overdue by then, is the number shown
    is_amount = False  # no part of a whole: rows counted, or a number of each row added up
    is_plain = False  # the value is the part itself, and 0 where nothing was found
    is_level = True  # it lies high or low; what is counted is many or few
    is_undivided = False  # told alone, in whole numbers, without what it was divided from
    is_duration = False  # a median and a 90th percentile of hours, which chooses its own unit
    is_share_of_cases = False  # single cases, each in the part or not: chance has bands, χ² applies
    is_per_resident = False  # divided by the people of the place
    counts_rows = False  # every row counts one, and the value is how many
    counts_cases = False  # single cases that happen in place and time: hot spots, a past of one's own
    counts_days = False  # only grows by the days gone by: no trend, no map, no number of cases behind it
    adds_numbers = False  # the part is a number of each row added up
    has_parts = True  # there are two numbers to show beside the value
    has_misses = True  # whole without part means something
    has_interval = False  # comes with low and high
    has_expected_cells = False  # single cases, of which each cell of a table can be expected so many
    expects_by_whole = False  # a cell is expected its whole × the common rate
    is_testable = False  # a difference can be told from chance by part and whole
    needs_end = False  # a column must say when a row ends
    starts_at_nought = True  # an axis of it stands on 0
    peers: ClassVar[Literal["", "rate", "proportion"]] = ""  # how units are judged against their like, if they are
    sized_by: ClassVar[Literal["part", "whole"]] = "part"  # how many cases a comparison rests on
    weighed_by: ClassVar[Literal["part", "whole"]] = "part"  # what makes one row larger than another
    cell_digits = 0  # in a small cell
    change_digits = 1
    change_verbs: ClassVar[tuple[str, str]] = ("增加", "减少")
    extremes: ClassVar[tuple[str, str]] = ("最高的是", "最低的是")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return self.name

    def read(self, rows: Rows) -> pd.DataFrame:
        """Groups with part and whole (value, low, high, p90 where it is no quotient), in one statement."""
        return rows.dated(
            f"count(*) FILTER (WHERE {rows.part} AND {rows.whole}) AS part",
            f"count(*) FILTER (WHERE {rows.whole}) AS whole",
        )

    def cases(self, rows: Rows, instant: str) -> Cases:
        """The rows behind the number; `instant`: SQL of the moment at which those that stand are counted."""
        return Cases((rows.whole,), f"coalesce({rows.part}, false)")

    def case_of(self, part: str, whole: str) -> tuple[str, str]:
        """(part, whole) of one row as true/false expressions, where only the row is looked at."""
        return part, whole

    def value(self, answer: pd.DataFrame, per: float) -> pd.Series:
        """The number of each row of part and whole; NaN where there is nothing to divide by. `per`: residents it is
        told for."""
        return answer["part"] / answer["whole"].where(answer["whole"] > 0)

    def adds_up(self, over_time: bool) -> bool:
        """Whether a total is the sum of its cells; `over_time`: cells of several weeks, months or terms."""
        return False

    def show(self, value: float, unit: str) -> str:
        """「1,234 单」, 「4.66 万单」"""
        shown = numbers.whole_number(value)
        return f"{shown}{unit}" if shown.endswith("万") else f"{shown} {unit}"

    def cell(self, value: float) -> str:
        """The number alone, as short as a small cell needs it; half of one is said: 「46.5」."""
        whole = float(value).is_integer() and not self.cell_digits
        return numbers.fixed(value, 0 if whole or abs(value) >= 1000 else max(self.cell_digits, 1))

    def show_part_whole(self, part: float | None, whole: float, noun: str) -> str:
        """「806 / 1,000」; `noun`: what the table's rows are called."""
        return f"{numbers.exact_number(part)} / {numbers.exact_number(whole)}"

    def change(self, now: float, before: float) -> float:
        """The change in change_unit(): per cent."""
        return (now / before - 1) * 100

    def change_unit(self, unit: str) -> str:
        return "%"

    def apart(self, excess: float, whole: float, per: float) -> float:
        """How far `excess` cases beyond what was expected of a `whole` set its number apart, in apart_unit()."""
        return excess

    def apart_unit(self, unit: str) -> str:
        return unit
