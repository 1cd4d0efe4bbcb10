"""data/school/red_lines.toml: checked key by key, then kept in the build as it is,
so that a build always says the same."""

import json
from pathlib import Path
from typing import Annotated

import duckdb
from msgspec import Meta

from warehouse import paths
from warehouse.errors import UserError
from warehouse.validated import Blocks, Misfit, Shape, Word, fitted

Words = Annotated[tuple[Word, ...], Meta(title='一组词，如 ["飞线充电"]')]
Listed = Annotated[tuple[Word, ...], Meta(title="一组词")]
_Group = Annotated[tuple[Annotated[tuple[Word, ...], Meta(min_length=1)], ...], Meta(min_length=1)]
Groups = Annotated[tuple[_Group, ...], Meta(title='几组词，如 [[["安全出口"], ["上锁"]]]')]


class _RedLines(Shape, frozen=True):
    line: Blocks = ()
    excluded: Listed = ()
    contexts: Listed = ()
    places: Listed = ()
    grave: Listed = ()


class _RedLine(Shape, frozen=True):
    """One [[line]] as written; what is not looked at here is kept as it stands."""

    id: Word
    label: Word
    categories: Words = ()
    words: Words = ()
    graded_categories: Words = ()
    together: Groups = ()
    graded_together: Groups = ()
    clause: object = None
    source: object = None
    checked: object = None
    verified: object = None


def checked(content: dict, name: str) -> str:
    """The file's values as JSON text; raises UserError naming the line and the key."""
    try:
        blocks = fitted(content, _RedLines).line
    except Misfit as misfit:
        wrong = f"不认识，可用：{'、'.join(misfit.known)}" if misfit.problem == "unknown" else f"要写成{misfit.words}"
        raise UserError(f"{name}：「{misfit.key}」{wrong}。") from None
    lines = [_line(block, name) for block in blocks]
    if len({line.id for line in lines}) < len(lines):
        raise UserError(f"{name}：有两条红线的 id 相同，每条红线要有自己的 id。")
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def _line(block: dict[str, object], name: str) -> _RedLine:
    try:
        return fitted(block, _RedLine)
    except Misfit as misfit:
        raise UserError(f"{name} 红线「{block.get('id', '？')}」：{misfit.sentence_of_a_rule}") from None


def keep(connection: duckdb.DuckDBPyConnection, rules: str) -> None:
    """Table red_lines(rules): one row, the whole list as JSON; no row where the school has none."""
    connection.execute("CREATE TABLE red_lines (rules VARCHAR)")
    if rules:
        connection.execute("INSERT INTO red_lines VALUES (?)", [rules])


def file(school: Path) -> Path:
    """The school's own list, or the product's where it keeps none: a red line must not be missed because a file is."""
    own = school / "red_lines.toml"
    return own if own.exists() else paths.REPOSITORY / "data" / "school" / "red_lines.toml"
