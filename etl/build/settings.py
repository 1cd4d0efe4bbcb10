"""data/school/limits.toml, cadences.toml and red_lines.toml: limits, statutory rules and red lines, each checked."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from etl.build import red_lines as build_red_lines
from etl.build.cadences import Cadence, cadences
from etl.clocks.limits import Limits, limits
from warehouse.errors import UserError


@dataclass(frozen=True)
class Settings:
    """Limits and their clocks, the statutory cadences, and the red lines as JSON text."""

    limits: Limits = field(default_factory=Limits)
    cadences: tuple[Cadence, ...] = ()
    red_lines: str = ""


def load_settings(school: Path) -> Settings:
    """All three files; a missing one means the defaults and no rules. Raises UserError with file and key."""
    path = school / "limits.toml"
    content = _toml(path)
    declared = limits(content, f"{school.name}/{path.name}", path.read_text(encoding="utf-8-sig") if content else "")
    rules = cadences(_toml(school / "cadences.toml"), f"{school.name}/cadences.toml")
    red_lines = build_red_lines.file(school)
    return Settings(declared, rules, build_red_lines.checked(_toml(red_lines), f"{school.name}/{red_lines.name}"))


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
