"""Targets with the days they hold: what was aimed at when, who decided it and where that is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta

from warehouse.validated import Shape, Text

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Target:
    """`value` (fraction, count or hours) from the first to the last of its days, both included; None: still holds."""

    value: float
    from_day: date
    to_day: date | None
    decided_by: str
    source: str

    def holds(self, day: date) -> bool:
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)

    @property
    def days(self) -> str:
        """「2026-03-02 至 2026-08-30」, 「2026-08-31 起」."""
        return f"{self.from_day} 起" if self.to_day is None else f"{self.from_day} 至 {self.to_day}"


class Block(Shape, frozen=True):
    """One target as written in catalogue.toml."""

    value: Annotated[float, Meta(title="数")]
    from_day: Annotated[date, Meta(title="不带引号的日期，如 2026-09-01")]
    decided_by: Text
    source: Text
    to_day: Annotated[date, Meta(title="不带引号的日期，如 2027-01-17")] | None = None


def problem(targets: Sequence[Target], is_rate: bool) -> str:
    """What is wrong with the dated targets of one metric, in the order of the file, as half a sentence; '' for
    nothing."""
    for number, one in enumerate(targets, start=1):
        before = targets[number - 2] if number > 1 else None
        if one.to_day is not None and one.to_day < one.from_day:
            return f"第 {number} 个目标的 to_day {one.to_day} 早于 from_day {one.from_day}，请改正"
        if before and (before.to_day is None or one.from_day <= before.to_day):
            return f"第 {number} 个目标从 {one.from_day} 起，与上一个目标的日期重叠，请给上一个写上更早的 to_day"
        if is_rate and not 0 <= one.value <= 1:
            return f"第 {number} 个目标 {one.value:g} 不是 0 到 1 之间的数，85 % 请写成 0.85"
    return ""


def at(targets: Sequence[Target], day: date) -> float | None:
    """The value that holds on a day; None where none does."""
    return next((one.value for one in targets if one.holds(day)), None)


def since(targets: Sequence[Target], day: date) -> date | None:
    """First day of the value that holds on `day`: said again without a gap, it has not changed. None where none
    holds."""
    first: date | None = None
    for one in sorted(targets, key=lambda one: one.from_day, reverse=True):
        if first is None and one.holds(day):
            first, value = one.from_day, one.value
        elif first is not None and one.value == value and one.to_day == first - DAY:
            first = one.from_day
    return first
