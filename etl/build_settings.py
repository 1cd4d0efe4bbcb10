"""data/school/limits.toml, cadences.toml and red_lines.toml: thresholds and statutory rules, checked key by key."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from etl import build_red_lines
from warehouse.errors import UserError

DEFAULT_LIMITS = {
    "tickets.response_minutes.紧急": 30.0,
    "tickets.response_minutes.一般": 120.0,
    "tickets.due_hours.紧急": 24.0,
    "tickets.due_hours.一般": 72.0,
    "tickets.repeat_days": 30.0,
    "hazards.recurrence_days": 90.0,
}
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "school_year": 12}
_TEXTS = ("id", "label", "every", "drill_category", "clause", "source")
_KNOWN = {*_TEXTS, "applies_to", "key_site", "checked", "verified"}


@dataclass(frozen=True)
class Cadence:
    """One rule that asks for a drill. kinds: building kinds it binds; key_site: every key site; months: its period."""

    rule_id: str
    label: str
    kinds: tuple[str, ...]
    key_site: bool
    months: int
    drill_category: str


@dataclass(frozen=True)
class Settings:
    """Limits by dotted path, the cadences that drills prove, and the red lines as JSON text."""

    limits: dict[str, float]
    cadences: tuple[Cadence, ...] = ()
    red_lines: str = ""


def load_settings(school: Path) -> Settings:
    """All three files; a missing one means the defaults and no rules. Raises UserError with file and key."""
    limits = dict(DEFAULT_LIMITS)
    for path, value in _flat(_toml(school / "limits.toml")).items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise UserError(f"{school.name}/limits.toml：「{path}」要写成不小于 0 的数。")
        limits[path] = float(value)
    rules = _toml(school / "cadences.toml").get("rule", [])
    cadences = [cadence for rule in rules if (cadence := _cadence(rule, school)) is not None]
    if len({cadence.rule_id for cadence in cadences}) < len(cadences):
        raise UserError(f"{school.name}/cadences.toml：有两条规则的 id 相同，每条规则要有自己的 id。")
    red_lines = build_red_lines.file(school)
    return Settings(limits, tuple(cadences), build_red_lines.checked(_toml(red_lines), f"{school.name}/{red_lines.name}"))


def _cadence(rule: dict, school: Path) -> Cadence | None:
    """A rule without drill_category is proven by other records than drills and is left out here."""
    where = f"{school.name}/cadences.toml 规则「{rule.get('id', '？')}」"
    for key in rule:
        if key not in _KNOWN:
            raise UserError(f"{where}：不认识的键「{key}」，可用：{'、'.join(sorted(_KNOWN))}。")
    for key in ("id", "label", "every"):
        if not isinstance(rule.get(key), str) or not rule[key]:
            raise UserError(f"{where}：缺少「{key}」。")
    if rule["every"] not in MONTHS:
        raise UserError(f"{where}：every 不能是「{rule['every']}」，可用：{'、'.join(MONTHS)}。")
    if not rule.get("drill_category"):
        return None
    kinds = tuple(rule.get("applies_to", ()))
    return Cadence(
        rule["id"], rule["label"], kinds, bool(rule.get("key_site")), MONTHS[rule["every"]], rule["drill_category"]
    )


def _toml(path: Path) -> dict:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise UserError(f"{path.parent.name}/{path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as problem:
        place = str(problem).rpartition("(at ")[2].rstrip(")").replace("line", "第").replace(", column", " 行第") + " 列"
        raise UserError(f"{path.parent.name}/{path.name} 写法有误（{place}），请检查引号、括号是否成对。") from None


def _flat(content: dict, prefix: str = "") -> dict[str, object]:
    """Nested tables → dotted paths."""
    flat: dict[str, object] = {}
    for key, value in content.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat
