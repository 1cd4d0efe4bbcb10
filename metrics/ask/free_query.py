"""One free SELECT over the clean tables, for a reader who may see everything: bounded in time, memory and rows, and
nothing else.

What may run is decided on DuckDB's own reading of the text (json_serialize_sql): one SELECT, known tables, no function
that reaches beyond them. It runs on a connection of its own that cannot write, reach files or be reconfigured.
"""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pandas as pd

from metrics.ask.free_query_words import MEMORY_MB, explained
from metrics.ask.selection import Scope
from metrics.define import tables
from metrics.define.errors import unknown
from warehouse import Build
from warehouse.errors import UserError

OTHERS = (
    "buildings",
    "grids",
    "branches",
    "units",
    "calendar",
    "events",
    "files",
    "rejects",
    "warnings",
    "sources",
    "places",
    "record_states",
)
SECONDS, MOST_ROWS, LONGEST = 20, 5_000, 20_000
TABLE_FUNCTIONS = ("range", "generate_series", "unnest")
FORBIDDEN = (
    "current_setting",
    "getvariable",
    "nextval",
    "currval",
    "setseed",
    "write_log",
    "query",
    "query_table",
    "sleep_ms",
)
NO_RIGHT = "查询能看到全部记录，只开放给权限不受限的人；请改用「记录明细」，那里只显示您有权看的记录。"
_ONE_SELECT = (
    "一次只能运行一条 SELECT 语句，不能修改数据、改设置或读文件；请改成一条以 SELECT、WITH 或 FROM 开头的语句。"
)
_WHOLE_WINDOW = (
    "语句里有既排序又不设上下界的窗口，分组很多时数据库可能算错，请去掉 OVER 里的 ORDER BY 或改用 GROUP BY 后核对。"
)


class Refused(UserError):
    """A query that may not run, or did not come to an end."""


@dataclass(frozen=True)
class Answer:
    """At most MOST_ROWS rows; `is_cut` when there are more. `seconds`: how long the database took;
    `caution`: see caution().
    """

    frame: pd.DataFrame
    is_cut: bool
    seconds: float
    caution: str = ""


def readable(build: Build) -> tuple[str, ...]:
    """The tables a query may read: facts first, then what describes them."""
    return (*tables.of(build), *(name for name in OTHERS if name in build.tables))


def schema(build: Build, table: str) -> pd.DataFrame:
    """column, kind, label of one table; label '' where it has none."""
    if table not in readable(build):
        raise unknown("表", table, readable(build))
    labels = tables.all()[table].columns if table in tables.all() else {}
    rows = build.rows(
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE table_name = $1 AND schema_name = 'main' AND database_name = current_database() "
        "ORDER BY column_index",
        [table],
    )
    return pd.DataFrame(
        [(name, kind, labels.get(name, "")) for name, kind in rows], columns=["column", "kind", "label"]
    )


def checked(build: Build, text: str, scope: Scope) -> str:
    """The statement as it will run. Raises Refused in words when it may not."""
    if not scope.everything:
        raise Refused(NO_RIGHT)
    if len(text) > LONGEST:
        raise Refused(f"语句超过 {LONGEST:,} 个字，请写短一些。")
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as problem:
        raise Refused(explained(problem)) from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise Refused(_ONE_SELECT)
    if text.lstrip().upper().startswith("PRAGMA"):  # a SELECT to DuckDB 1.5, not to 2.0
        raise Refused(_ONE_SELECT)
    statement = statements[0].query.strip().rstrip(";")
    tree = json.loads(build.rows("SELECT json_serialize_sql($1::VARCHAR)", [statement])[0][0])
    if tree.get("error") or len(tree["statements"]) != 1:
        raise Refused(_ONE_SELECT)
    _only_known(tree, readable(build))
    return statement


def caution(build: Build, statement: str) -> str:
    """A sentence when the pinned DuckDB may answer a window of a checked statement wrongly (duckdb#24985), else ''."""
    tree = json.loads(build.rows("SELECT json_serialize_sql($1::VARCHAR)", [statement])[0][0])
    whole = ("UNBOUNDED_PRECEDING", "UNBOUNDED_FOLLOWING")
    for node in _nodes(tree):
        if node.get("class") == "WINDOW" and node.get("orders") and (node.get("start"), node.get("end")) == whole:
            return _WHOLE_WINDOW
    return ""


def _only_known(tree: dict, allowed: tuple[str, ...]) -> None:
    named = {entry["key"].lower() for node in _nodes(tree) for entry in (node.get("cte_map") or {}).get("map", [])}
    for node in _nodes(tree):
        kind = node.get("type")
        if kind == "BASE_TABLE":
            name, place = node["table_name"].lower(), (node.get("catalog_name"), node.get("schema_name"))
            if name not in (*allowed, *named) or not set(place) <= {"", "main", "build", None}:
                raise Refused(unknown("表", node["table_name"], allowed).sentence)
        elif kind == "SHOW_REF":
            raise Refused(_ONE_SELECT)
        elif kind == "TABLE_FUNCTION" and node["function"].get("function_name", "").lower() not in TABLE_FUNCTIONS:
            raise Refused(f"不能用「{node['function'].get('function_name', '')}」读数据，请只从右边列出的表里查。")
        elif kind == "FUNCTION" and node.get("function_name", "").lower() in FORBIDDEN:
            raise Refused(f"不能用函数「{node['function_name']}」，请去掉后重试。")


def _nodes(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)


class Running(threading.Thread):
    """One query under way. `answer` or `problem` (a sentence) is set when it has ended."""

    def __init__(self, build: Build, statement: str, seconds: float = SECONDS):
        """`statement` comes from checked()."""
        super().__init__(daemon=True)
        self.answer: Answer | None = None
        self.problem = ""
        self._statement, self._seconds, self._is_cancelled = statement, seconds, False
        self._caution = caution(build, statement)
        self._connection = _bounded(build)
        self.start()

    def cancel(self) -> None:
        """Give up; the problem then says so."""
        self._is_cancelled = True
        self._connection.interrupt()

    def run(self) -> None:
        timer = threading.Timer(self._seconds, self._connection.interrupt)
        timer.start()
        begin = time.perf_counter()
        try:
            rows = self._connection.execute(f"SELECT * FROM (\n{self._statement}\n) LIMIT {MOST_ROWS + 1}").df()
            spent = time.perf_counter() - begin
            self.answer = Answer(rows.head(MOST_ROWS), len(rows) > MOST_ROWS, spent, self._caution)
        except duckdb.InterruptException:
            self.problem = (
                "已取消。"
                if self._is_cancelled
                else f"{self._seconds:g} 秒内没有算完，已停止；请加上时间或地点的条件后重试。"
            )
        except duckdb.Error as problem:
            self.problem = explained(problem)
        finally:
            timer.cancel()
            self._connection.close()


def _bounded(build: Build) -> duckdb.DuckDBPyConnection:
    """An instance of its own with the build attached read-only, limits set and locked."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{MEMORY_MB}MB",
        "threads": "2",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=config)
    file = str(build.path).replace("'", "''")
    for statement in (
        f"ATTACH '{file}' AS build (READ_ONLY)",
        "USE build",
        "SET max_temp_directory_size = '0KB'",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection
