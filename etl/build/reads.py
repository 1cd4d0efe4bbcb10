"""Which tables a query reads, as DuckDB itself takes the query apart; names of its own WITH are none."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import duckdb

_WORD = re.compile(r"[A-Za-z_]\w*")
_COMMENT = re.compile(r"--[^\n]*")
_TREES = (
    "SELECT json_serialize_sql(query, skip_null := true, skip_default := true, skip_empty := true) "
    "FROM (SELECT unnest($1::VARCHAR[]) AS query)"
)


def tables_read(queries: Iterable[str]) -> list[frozenset[str]]:
    """Of each query the tables it names without a schema, or in main.

    Only a SELECT can be taken apart. Of anything else every word counts, so that it waits for whatever it may read.
    """
    return list(_tables_read(tuple(queries)))


@lru_cache(maxsize=4)
def _tables_read(queries: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        rows = connection.execute(_TREES, [list(queries)]).fetchall()
    trees = (json.loads(tree) for (tree,) in rows)
    return tuple(
        frozenset(_words(query) if tree["error"] else _tables(tree["statements"], frozenset()))
        for query, tree in zip(queries, trees, strict=True)
    )


def _words(query: str) -> list[str]:
    return _WORD.findall(_COMMENT.sub("", query))


def _tables(node: object, own: frozenset[str]) -> Iterator[str]:
    """Every table below a node of the tree. own: names given by a WITH around it."""
    if isinstance(node, list):
        for part in node:
            yield from _tables(part, own)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and _is_plain(node, own):
            yield node["table_name"]
        if node.get("type") == "RECURSIVE_CTE_NODE":
            own |= {node["cte_name"]}
        for entry in node.get("cte_map", {}).get("map", ()):  # each knows those before it, and all know the tables
            yield from _tables(entry["value"], own)
            own |= {entry["key"]}
        for key, part in node.items():
            if key != "cte_map":
                yield from _tables(part, own)


def _is_plain(table: dict, own: frozenset[str]) -> bool:
    schema = table.get("schema_name", "")
    return schema == "main" or (not schema and table["table_name"] not in own)
