"""models/*.sql, one clean table a file, run in the order of who reads whom; checks/*.sql,
each selecting what must not exist."""

from contextlib import suppress
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from etl.build import cadences as build_cadences
from etl.build.inputs import Inputs
from etl.build.reads import tables_read
from etl.build.red_lines import keep
from etl.build.sql import quoted, text
from etl.form.digest import ETL
from warehouse import paths
from warehouse.errors import GateFailed, UserError


def discover(kind: str) -> dict[str, Path]:
    """'models' or 'checks': the product's own, overridden or joined by data/school's; name → file."""
    folders = [ETL / kind, paths.school() / kind]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.sql"))}


def reads_of(models: dict[str, Path]) -> dict[str, frozenset[str]]:
    """Name → what the model reads, itself aside."""
    read = tables_read(path.read_text(encoding="utf-8") for path in models.values())
    return {name: tables - {name} for name, tables in zip(models, read, strict=True)}


def ordered(models: dict[str, Path]) -> list[str]:
    """Names so that every model comes after those it reads. Raises UserError on a circle."""
    sorter = TopologicalSorter({name: read & models.keys() for name, read in reads_of(models).items()})
    with suppress(CycleError):  # all that is in no circle can be had all the same
        sorter.prepare()
    names: list[str] = []
    ready: list[str] = []
    while ready := sorted([*ready, *sorter.get_ready()]):
        names.append(ready.pop(0))
        sorter.done(names[-1])
    if waiting := models.keys() - set(names):
        circle = "、".join(sorted(waiting))
        raise UserError(f"模型之间互相引用，排不出先后：{circle}，请检查 models 里的 SQL。")
    return names


def define_moment(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """What a model may ask besides tables: data_date(), first_day(), limit_of(path, name, otherwise),
    noted_cadences, exported_until, red_lines."""
    firsts = [export.account["first_record"] for export in inputs.exports if export.account.get("first_record")]
    first = max(min(firsts, default=inputs.data_date.isoformat()), f"{inputs.data_date.year - 30}-01-01")
    limits = ", ".join(f"{text(path)}: {value}" for path, value in sorted(inputs.settings.limits.numbers.items()))
    connection.execute(f"CREATE MACRO memory.main.data_date() AS TIMESTAMP {text(inputs.data_date.isoformat(sep=' '))}")
    connection.execute(f"CREATE MACRO memory.main.first_day() AS DATE {text(first[:10])}")
    connection.execute(
        f"CREATE MACRO memory.main.limit_of(path, name, otherwise) AS coalesce("
        f"map_extract_value(MAP {{{limits}}}, path || '.' || name), "
        f"map_extract_value(MAP {{{limits}}}, path || '.' || otherwise))"
    )
    build_cadences.keep(connection, inputs.settings.cadences)
    _exports_until(connection, inputs)
    keep(connection, inputs.settings.red_lines)


def _exports_until(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Table exported_until(feed, until): when the newest export that feeds a model was made;
    what came later is not known."""
    newest: dict[str, datetime] = {}
    for export in inputs.exports:
        feed = inputs.sources[export.source].feeds
        newest[feed] = max([*export.times, *([newest[feed]] if feed in newest else [])])
    connection.execute("CREATE TABLE memory.main.exported_until (feed VARCHAR, until TIMESTAMP)")
    for feed, until in newest.items():
        connection.execute("INSERT INTO memory.main.exported_until VALUES (?, ?)", [feed, until])


def run_model(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """One clean table. A query of the school's that fails raises UserError with its name."""
    try:
        connection.execute(f"CREATE TABLE {quoted(name)} AS {path.read_text(encoding='utf-8').rstrip().rstrip(';')}")
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as problem:
        if path.is_relative_to(ETL):
            raise
        raise UserError(f"模型 {path.name} 不能运行，请检查其中的 SQL：{str(problem).splitlines()[0]}") from None


def gate(connection: duckdb.DuckDBPyConnection, checks: dict[str, Path]) -> None:
    """Run every check on the finished file; any row raises GateFailed naming the checks in their own first words."""
    failed = []
    for path in checks.values():
        query = path.read_text(encoding="utf-8")
        rows = connection.execute(query).fetchall()
        if rows:
            title = query.splitlines()[0].removeprefix("--").strip()
            failed.append(f"{title}（{len(rows)} 处，如 {'，'.join(str(value) for value in rows[0])}）")
    if failed:
        raise GateFailed(f"构建没有通过检查，未发布，仍使用上一份构建：{'；'.join(failed)}。")
