"""The reading side: the current build, one by name, all that are kept; queries on a locked, read-only connection."""

import json
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from warehouse import paths
from warehouse.errors import NoBuild

_connections: dict[str, duckdb.DuckDBPyConnection] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Build:
    """One published build. `data_date` is the build's "now"; numbers never look at the clock."""

    name: str
    path: Path
    generation: int
    data_date: datetime
    origin: str
    digest: str

    def query(self, sql: str, params: list | dict | None = None) -> pd.DataFrame:
        """Rows of one SELECT. Values are bound through `params`; the connection can neither write nor reach files."""
        return _connection(self.path).cursor().execute(sql, params or []).df()


def _connection(path: Path) -> duckdb.DuckDBPyConnection:
    with _lock:
        key = str(path)
        if key not in _connections:
            _connections[key] = open_read_only(path)
        return _connections[key]


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that cannot write, reach files or the network, load extensions or be reconfigured."""
    connection = duckdb.connect(
        str(path),
        read_only=True,
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
    )
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _described(entry: dict) -> Build:
    return Build(
        name=entry["name"],
        path=paths.builds() / f"{entry['name']}.duckdb",
        generation=entry["generation"],
        data_date=datetime.fromisoformat(entry["data_date"]),
        origin=entry["origin"],
        digest=entry["digest"],
    )


def current() -> Build | None:
    """The build the pointer names, or None before the first one."""
    pointer = paths.builds() / "current.json"
    if not pointer.exists():
        return None
    return _described(json.loads(pointer.read_text(encoding="utf-8")))


def history() -> list[Build]:
    """All builds still kept, newest generation first."""
    sidecars = paths.builds().glob("*.build.json")
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in sidecars]
    return sorted((_described(entry) for entry in entries), key=lambda build: -build.generation)


def get(name: str) -> Build:
    """One kept build by name; raises NoBuild in words when it is gone."""
    for build in history():
        if build.name == name:
            return build
    raise NoBuild(f"没有名为「{name}」的构建，用 python -m etl history 查看保留的构建。")
