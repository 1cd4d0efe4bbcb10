"""The clean tables as a reader sees them: id, time, Chinese column labels (tables.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrics.define.errors import unknown
from warehouse import Build

FILE = Path(__file__).with_name("tables.toml")


@dataclass(frozen=True)
class Table:
    """One fact table. `listed` are the columns of a list, `searched` those a text search looks into."""

    name: str
    title: str
    noun: str
    id: str
    time: str
    cohort: str
    listed: tuple[str, ...]
    searched: tuple[str, ...]
    columns: dict[str, str]

    def label(self, column: str) -> str:
        """The Chinese heading of a column; the column must be declared."""
        if column not in self.columns:
            raise unknown("列", column, self.columns)
        return self.columns[column]

    def __hash__(self) -> int:
        return hash(self.name)


@cache
def all() -> dict[str, Table]:
    """Every fact table by name."""
    blocks = tomllib.loads(FILE.read_text(encoding="utf-8"))
    shared = blocks.pop("shared")["columns"]
    declared = {}
    for name, block in blocks.items():
        columns = block.pop("columns")
        if block.pop("has_shared", True):  # a table may call a shared column by a name of its own
            columns |= {column: label for column, label in shared.items() if column not in columns}
        listed, searched = tuple(block.pop("listed")), tuple(block.pop("searched"))
        declared[name] = Table(name=name, listed=listed, searched=searched, columns=columns, **block)
    return declared


def of(build: Build) -> tuple[str, ...]:
    """Names of the fact tables a build has: one made before a table was thought of lacks it."""
    return tuple(name for name in all() if name in build.tables)


def get(name: str) -> Table:
    """One table by name; raises UnknownName."""
    if name not in all():
        raise unknown("数据表", name, all())
    return all()[name]
