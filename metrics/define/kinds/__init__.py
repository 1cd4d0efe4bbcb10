"""The kinds of metric: one class in one file each, and its name in this list."""

from metrics.define.kinds.count import Count
from metrics.define.kinds.duration import Duration
from metrics.define.kinds.in_force import InForce
from metrics.define.kinds.kind import Cases, Kind, Rows
from metrics.define.kinds.mean import Mean
from metrics.define.kinds.per_residents import PerResidents
from metrics.define.kinds.proportion import Proportion
from metrics.define.kinds.ratio import Ratio
from metrics.define.kinds.stock import Stock
from metrics.define.kinds.streak import Streak
from metrics.define.kinds.sum import Sum
from metrics.define.kinds.sum_per_residents import SumPerResidents

ALL: tuple[Kind, ...] = (
    Proportion(),
    Ratio(),
    Count(),
    PerResidents(),
    Sum(),
    Mean(),
    SumPerResidents(),
    Duration(),
    Stock(),
    InForce(),
    Streak(),
)
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in ALL}

__all__ = ["ALL", "BY_NAME", "Cases", "Kind", "Rows"]
