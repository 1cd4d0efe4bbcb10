"""data/school/limits.toml, cadences.toml and red_lines.toml: thresholds and statutory rules, checked key by key."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from etl.build import red_lines as build_red_lines
from etl.build.cadences import Cadence, cadences
from warehouse.errors import UserError
from warehouse.validated import fits

Limit = Annotated[float, msgspec.Meta(ge=0)]
DEFAULT_LIMITS = {
    "tickets.response_minutes.紧急": 30.0,
    "tickets.response_minutes.一般": 120.0,
    "tickets.due_hours.紧急": 24.0,
    "tickets.due_hours.一般": 72.0,
    "tickets.repeat_days": 30.0,
    "hazards.recurrence_days": 90.0,
}


@dataclass(frozen=True)
class Settings:
    """Limits by dotted path, the statutory cadences, and the red lines as JSON text."""

    limits: dict[str, float]
    cadences: tuple[Cadence, ...] = ()
    red_lines: str = ""


def load_settings(school: Path) -> Settings:
    """All three files; a missing one means the defaults and no rules. Raises UserError with file and key."""
    limits = dict(DEFAULT_LIMITS)
    for path, value in _flat(_toml(school / "limits.toml")).items():
        if not fits(value, Limit):
            raise UserError(f"{school.name}/limits.toml：「{path}」要写成不小于 0 的数。")
        limits[path] = msgspec.convert(value, float)
    rules = cadences(_toml(school / "cadences.toml"), f"{school.name}/cadences.toml")
    red_lines = build_red_lines.file(school)
    return Settings(limits, rules, build_red_lines.checked(_toml(red_lines), f"{school.name}/{red_lines.name}"))


def _toml(path: Path) -> dict:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(f"{path.parent.name}/{path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as problem:
        place = (
            str(problem).rpartition("(at ")[2].rstrip(")").replace("line", "第").replace(", column", " 行第") + " 列"
        )
        raise UserError(f"{path.parent.name}/{path.name} 写法有误（{place}），请检查引号、括号是否成对。") from None


def _flat(content: dict, prefix: str = "") -> dict[str, object]:
    """Nested tables → dotted paths."""
    flat: dict[str, object] = {}
    for key, value in content.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat
