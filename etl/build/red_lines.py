"""data/school/red_lines.toml: checked key by key, then kept in the build as it is, so that a build always says the same."""

import json
from pathlib import Path

import duckdb

from warehouse import paths
from warehouse.errors import UserError

_LISTS = ("excluded", "contexts", "places", "grave")
_KNOWN = {
    "id",
    "label",
    "categories",
    "words",
    "together",
    "graded_categories",
    "graded_together",
    "clause",
    "source",
    "checked",
    "verified",
}


def checked(content: dict, name: str) -> str:
    """The file's values as JSON text; raises UserError naming the line and the key."""
    for key, value in content.items():
        if key != "line" and (key not in _LISTS or not _texts(value)):
            raise UserError(
                f"{name}：「{key}」{'要写成一组词' if key in _LISTS else '不认识，可用：line、' + '、'.join(_LISTS)}。"
            )
    lines = content.get("line", [])
    for one in lines:
        _line(one, f"{name} 红线「{one.get('id', '？')}」")
    if len({one["id"] for one in lines}) < len(lines):
        raise UserError(f"{name}：有两条红线的 id 相同，每条红线要有自己的 id。")
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def _line(one: dict, where: str) -> None:
    for key in one:
        if key not in _KNOWN:
            raise UserError(f"{where}：不认识的键「{key}」，可用：{'、'.join(sorted(_KNOWN))}。")
    for key in ("id", "label"):
        if not isinstance(one.get(key), str) or not one[key]:
            raise UserError(f"{where}：缺少「{key}」。")
    for key in ("categories", "words", "graded_categories"):
        if not _texts(one.get(key, [])):
            raise UserError(f'{where}：{key} 要写成一组词，如 ["飞线充电"]。')
    for key in ("together", "graded_together"):
        if not all(
            isinstance(groups, list) and groups and all(_texts(group) and group for group in groups)
            for groups in one.get(key, [])
        ):
            raise UserError(f'{where}：{key} 要写成几组词，如 [[["安全出口"], ["上锁"]]]。')


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def keep(connection: duckdb.DuckDBPyConnection, rules: str) -> None:
    """Table red_lines(rules): one row, the whole list as JSON; no row where the school has none."""
    connection.execute("CREATE TABLE red_lines (rules VARCHAR)")
    if rules:
        connection.execute("INSERT INTO red_lines VALUES (?)", [rules])


def file(school: Path) -> Path:
    """The school's own list, or the product's where it keeps none: a red line must not be missed because a file is."""
    own = school / "red_lines.toml"
    return own if own.exists() else paths.REPOSITORY / "data" / "school" / "red_lines.toml"
