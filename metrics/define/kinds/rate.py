"""What every rate has in common: a fraction shown in per cent, whose changes are told in 百分点."""

from metrics.define import numbers
from metrics.define.kinds.kind import Kind


class Rate(Kind):
    """Not a kind of its own: proportion, ratio and in_force are rates."""

    is_rate = True
    expects_by_whole = True
    sized_by = weighed_by = "whole"
    change_verbs = ("上升", "下降")

    def show(self, value: float, unit: str) -> str:
        return numbers.percent(value)

    def change(self, now: float, before: float) -> float:
        return (now - before) * 100

    def cell(self, value: float) -> str:
        return numbers.fixed(value * 100)

    def apart(self, excess: float, whole: float, per: float) -> float:
        return excess / whole * 100 if whole else float("nan")

    def apart_unit(self, unit: str) -> str:
        return "百分点"

    def change_unit(self, unit: str) -> str:
        return "百分点"
