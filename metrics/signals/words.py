"""Where a signal is, in words, and who is responsible for it."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from metrics.ask import members, sql
from metrics.ask.reading import narrowed
from metrics.ask.selection import DIMENSIONS
from metrics.signals.evidence import SignalRecords
from metrics.signals.finding import Finding
from metrics.signals.search import homes
from warehouse import Build


@dataclass(frozen=True)
class Words:
    """Place and people of one finding; `behind` are its records."""

    finding: Finding
    behind: SignalRecords

    @cached_property
    def place(self) -> str:
        """「3号楼」, 「第4网格」, 「全校」 or 「所选范围」."""
        named = [(name, value) for name, value in self.finding.where.items() if name != "category"]
        return " ".join(members.name(self.behind.build, name, value) for name, value in named) or self._whole

    @cached_property
    def responsible(self) -> str:
        """Grid, branch and the unit most of the records belong to: 「第4网格 · 第五党支部 · 后勤处」."""
        build, where = self.behind.build, self.finding.where
        home: dict[str, str | None] = dict(homes(build).get(where.get("building", ""), {}))
        home |= {name: value for name, value in where.items() if name in ("grid", "branch")}
        grid = home.get("grid")
        if "grid" in home and "branch" not in home:
            home["branch"] = _branch_of_grid(build).get(grid or "")
        named = [
            members.name(build, name, value) for name in ("grid", "branch") if isinstance(value := home.get(name), str)
        ]
        unit = self._unit()
        return " · ".join([*named, unit] if unit else named) or self._whole

    @property
    def _whole(self) -> str:
        """「全校」, 「所选范围」 where filters or rights leave a part."""
        where = {DIMENSIONS[name].field: () for name in self.finding.where}
        return narrowed.whole(replace(self.behind.only, **where), self.behind.scope)

    def _unit(self) -> str:
        behind, bound = self.behind, sql.Bound()
        time = sql.column(behind.metric.table, behind.metric.time)
        conditions = (
            sql.within(time, behind.window, bound) + sql.selected(behind.only, bound) + sql.visible(behind.scope, bound)
        )
        source = sql.source(behind.metric.table, bool(behind.only.kinds))
        unit = behind.build.query(
            f"SELECT mode({sql.FACT}.unit) AS unit {source} {sql.where(conditions)}", bound.values
        )["unit"].iloc[0]
        return unit if isinstance(unit, str) and self.finding.where else ""


@lru_cache(maxsize=8)
def _branch_of_grid(build: Build) -> dict[str, str]:
    frame = build.query("SELECT grid_id, branch_id FROM grids")
    return dict(zip(frame["grid_id"], frame["branch_id"], strict=True))
