"""What a question is narrowed to (Selection), what a viewer may see (Scope), and the dimensions both speak of."""

from dataclasses import dataclass, fields, replace

from metrics.define.errors import unknown

UNRECOGNISED = "未识别"
NOT_FILLED = "未填写"


@dataclass(frozen=True)
class Dimension:
    """Something to group or filter by. `column` is in every fact table, except `kind`, which is the building's."""

    name: str
    label: str
    column: str
    field: str
    missing: str = NOT_FILLED
    is_place: bool = False


DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("building", "楼宇", "building_id", "buildings", UNRECOGNISED, True),
        Dimension("grid", "网格", "grid_id", "grids", UNRECOGNISED, True),
        Dimension("branch", "党支部", "branch_id", "branches", UNRECOGNISED, True),
        Dimension("category", "类别", "category", "categories"),
        Dimension("level", "等级", "level", "levels"),
        Dimension("unit", "责任部门", "unit", "units"),
        Dimension("channel", "渠道", "channel", "channels"),
        Dimension("kind", "楼宇类型", "kind", "kinds", UNRECOGNISED, True),
    )
}
VIRTUAL = {"weekday": "星期", "hour": "时段", "week": "周", "month": "月"}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True)
class Selection:
    """The reader's filters: tuples of ids or names, empty = all. '未识别' and '未填写' both select what is missing.

    Different fields are ANDed, values of one field ORed. `not_from`: exports whose records are left out, by a
    comparison and never by a reader.
    """

    buildings: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    not_from: tuple[str, ...] = ()

    def __post_init__(self):
        for field in fields(self):
            object.__setattr__(self, field.name, tuple(str(value) for value in getattr(self, field.name)))

    def values(self, dimension: str) -> tuple[str, ...]:
        return getattr(self, DIMENSIONS[dimension].field)

    def narrowed(self, **by: str) -> "Selection":
        """A copy for one cell: narrowed(building='D03', category='火警'). Names are those of DIMENSIONS."""
        for name in by:
            if name not in DIMENSIONS:
                raise unknown("维度", name, DIMENSIONS)
        return replace(self, **{DIMENSIONS[name].field: (value,) for name, value in by.items()})

    @property
    def is_empty(self) -> bool:
        return self == Selection()


ALL = Selection()


@dataclass(frozen=True)
class Scope:
    """What the viewer may see. A row is visible when any granted place or unit owns it; nothing granted shows nothing.

    Rows whose place is not recognised are visible to `everything` only, or through their unit.
    """

    everything: bool = False
    buildings: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def __post_init__(self):
        for name in ("buildings", "grids", "branches", "units"):
            object.__setattr__(self, name, tuple(str(value) for value in getattr(self, name)))

    def granted(self) -> list[tuple[str, tuple[str, ...]]]:
        """(column, allowed values) of every grant that is not empty."""
        pairs = [
            (DIMENSIONS[name].column, getattr(self, DIMENSIONS[name].field))
            for name in ("building", "grid", "branch", "unit")
        ]
        return [(column, values) for column, values in pairs if values]


EVERYTHING = Scope(everything=True)
