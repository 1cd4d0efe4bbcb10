"""The reading side: the current build, one by name, all that are kept; queries on a locked, read-only connection."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import paths
from warehouse.errors import NoBuild

if TYPE_CHECKING:  # neither is needed to know where things lie, and child processes ask for no more
    import duckdb
    import pandas as pd
    import pyarrow as pa

LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "lock_configuration": "true",
}
Values = list | dict | None  # bound to the placeholders of one statement
_connections: dict[str, duckdb.DuckDBPyConnection] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Build:
    """One published build. `data_date` is the build's "now"; numbers never look at the clock, nor at `published_on`,
    which tells by which version of a metric its tables were counted; None where it is not known."""

    name: str
    path: Path
    generation: int
    data_date: datetime
    origin: str
    digest: str
    published_on: date | None = None

    def query(self, sql: str, params: Values = None) -> pd.DataFrame:
        """Rows of one SELECT. Values are bound through `params`; the connection can neither write nor reach files."""
        return self._run(sql, params).df()

    def arrow(self, sql: str, params: Values = None) -> pa.Table:
        """The same as columns, for callers that read a million rows: a data frame of them takes six times as long."""
        return self._run(sql, params).to_arrow_table()

    def rows(self, sql: str, params: Values = None) -> list[tuple]:
        """The same as plain tuples, for callers that want no data frame."""
        return self._run(sql, params).fetchall()

    @property
    def tables(self) -> frozenset[str]:
        """Names of its tables; a build made by an older version may lack some."""
        return _tables(self.path)

    def _run(self, sql: str, params: Values) -> duckdb.DuckDBPyConnection:
        return _connection(self.path).cursor().execute(sql, params or [])


@lru_cache(maxsize=64)
def _tables(path: Path) -> frozenset[str]:
    names = _connection(path).cursor().execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")
    return frozenset(name for (name,) in names.fetchall())


def _connection(path: Path) -> duckdb.DuckDBPyConnection:
    with _lock:
        key = str(path)
        if key not in _connections:
            _drop_gone()
            _connections[key] = open_read_only(path)
        return _connections[key]


def _drop_gone() -> None:
    """Forget connections to builds that retention has removed, so that their disk space is freed."""
    for key in [key for key in _connections if not Path(key).exists()]:
        _connections.pop(key).close()


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that cannot write, reach files or the network, load extensions or be reconfigured."""
    if not path.exists():
        raise NoBuild(f"构建「{path.stem}」的文件不见了，请用 python -m etl rollback 回到另一份，或重新装载。")
    import _duckdb  # DuckDB's own module; the wrapper around it first reads the version of every installed package

    return _duckdb.connect(str(path), read_only=True, config=LOCKED)


def described(entry: dict) -> Build:
    """A Build from what its sidecar or the pointer says."""
    return Build(
        name=entry["name"],
        path=paths.builds() / f"{entry['name']}.duckdb",
        generation=entry["generation"],
        data_date=datetime.fromisoformat(entry["data_date"]),
        origin=entry["origin"],
        digest=entry["digest"],
        published_on=date.fromisoformat(entry["published_at"][:10]) if entry.get("published_at") else None,
    )


def pointer() -> dict | None:
    """What current.json says, or None before the first publication."""
    try:
        return json.loads((paths.builds() / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def current() -> Build | None:
    """The build the pointer names, or None before the first one."""
    entry = pointer()
    return None if entry is None else described(entry)


def history() -> list[Build]:
    """All builds still kept, newest first. What a killed publisher left behind the pointer is not one of them."""
    now = pointer()
    if now is None:
        return []
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in paths.builds().glob("*.build.json")]
    kept = [entry for entry in entries if entry["generation"] <= now["generation"]]
    return sorted((described(entry) for entry in kept), key=lambda build: -build.generation)


def get(name: str) -> Build:
    """One kept build by name; raises NoBuild in words when it is gone."""
    for build in history():
        if build.name == name:
            return build
    raise NoBuild(f"没有名为「{name}」的构建，用 python -m etl history 查看保留的构建。")
