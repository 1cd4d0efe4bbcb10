"""data/school/cadences.toml: who must do what how often, by which clause; checked rule by rule, then kept in the build."""

from dataclasses import astuple, dataclass, fields
from datetime import date

import duckdb

from warehouse.errors import UserError

EVERY = ("day", "week", "month", "quarter", "half_year", "school_year", "year")
PROVEN_BY = ("drills", "inspections", "duty_shifts", "equipment_services", "lessons")
_REQUIRED = ("id", "label", "duty", "every", "clause", "source")
_LISTS = ("binds", "proven_by", "evidence")
_FLAGS = ("in_vacation", "next_workday", "verified")
_KNOWN = {*_REQUIRED, *_LISTS, *_FLAGS, "at_least", "checked"}


@dataclass(frozen=True)
class Cadence:
    """One rule. binds: kinds of buildings or units, 重点部位, 全部楼宇, 全部单位 or 学校; evidence: categories of the records
    in the tables proven_by, empty for all; at_least: how much of them a period needs in total; position: place in the file.
    Of the rules on one duty the shortest `every` wins."""

    rule_id: str
    label: str
    duty: str
    binds: tuple[str, ...]
    every: str
    proven_by: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    at_least: float = 0.0
    in_vacation: bool = True
    next_workday: bool = False
    clause: str = ""
    source: str = ""
    checked: date | None = None
    verified: bool = False
    position: int = 0


def cadences(content: dict, name: str) -> tuple[Cadence, ...]:
    """The rules of a file's values. Raises UserError naming the file, the rule and the key."""
    for key in content:
        if key != "rule":
            raise UserError(f"{name}：不认识的键「{key}」，每条规则写在 [[rule]] 下面。")
    found = [
        _cadence(rule, f"{name} 规则「{rule.get('id', '？')}」", at)
        for at, rule in enumerate(content.get("rule", []), 1)
    ]
    if len({cadence.rule_id for cadence in found}) < len(found):
        raise UserError(f"{name}：有两条规则的 id 相同，每条规则要有自己的 id。")
    return tuple(found)


def _cadence(rule: dict, where: str, position: int) -> Cadence:
    for key in rule:
        if key not in _KNOWN:
            raise UserError(f"{where}：不认识的键「{key}」，可用：{'、'.join(sorted(_KNOWN))}。")
    for key in _REQUIRED:
        if not isinstance(rule.get(key), str) or not rule[key].strip():
            raise UserError(f"{where}：缺少「{key}」。")
    if rule["every"] not in EVERY:
        raise UserError(f"{where}：every 不能是「{rule['every']}」，可用：{'、'.join(EVERY)}。")
    for key in _LISTS:
        value = rule.get(key, [])
        if (
            not isinstance(value, list)
            or not all(isinstance(word, str) and word for word in value)
            or (key != "evidence" and not value)
        ):
            raise UserError(f'{where}：{key} 要写成一组词，如 binds = ["重点部位"]。')
    if unknown := [word for word in rule["proven_by"] if word not in PROVEN_BY]:
        raise UserError(f"{where}：proven_by 不能是「{unknown[0]}」，可用：{'、'.join(PROVEN_BY)}。")
    for key in _FLAGS:
        if not isinstance(rule.get(key, False), bool):
            raise UserError(f"{where}：{key} 要写成 true 或 false。")
    at_least, day = rule.get("at_least", 0), rule.get("checked")
    if isinstance(at_least, bool) or not isinstance(at_least, int | float) or at_least < 0:
        raise UserError(f"{where}：at_least 要写成不小于 0 的数。")
    if not isinstance(day, date):
        raise UserError(f"{where}：checked 要写成核对的日期，如 2026-11-20。")
    texts = {key: rule[key] for key in _REQUIRED if key != "id"}
    lists = {key: tuple(rule.get(key, ())) for key in _LISTS}
    flags = {key: rule[key] for key in _FLAGS if key in rule}
    return Cadence(rule["id"], **texts, **lists, **flags, at_least=float(at_least), checked=day, position=position)


def keep(connection: duckdb.DuckDBPyConnection, rules: tuple[Cadence, ...]) -> None:
    """Table noted_cadences, one row a rule, and the macro period_of(every, moment): the first day of the period a moment lies in."""
    columns = "rule_id VARCHAR, label VARCHAR, duty VARCHAR, binds VARCHAR[], every VARCHAR, proven_by VARCHAR[], evidence VARCHAR[], at_least DOUBLE, "
    columns += "in_vacation BOOLEAN, next_workday BOOLEAN, clause VARCHAR, source VARCHAR, checked DATE, verified BOOLEAN, position INTEGER"
    connection.execute(f"CREATE TABLE memory.main.noted_cadences ({columns})")
    for rule in rules:
        values = [list(value) if isinstance(value, tuple) else value for value in astuple(rule)]
        connection.execute(
            f"INSERT INTO memory.main.noted_cadences VALUES ({', '.join('?' * len(fields(Cadence)))})", values
        )
    connection.execute("""
        CREATE MACRO memory.main.length_of(every) AS
            CASE every WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6 WHEN 'school_year' THEN 12 WHEN 'year' THEN 12 ELSE 0 END
    """)
    connection.execute("""
        CREATE MACRO memory.main.period_of(every, moment) AS CASE every WHEN 'day' THEN moment::DATE WHEN 'week' THEN date_trunc('week', moment)::DATE
            WHEN 'half_year' THEN (date_trunc('month', moment) - to_months((month(moment)::INTEGER + 3) % 6))::DATE
            WHEN 'school_year' THEN (date_trunc('month', moment) - to_months((month(moment)::INTEGER + 3) % 12))::DATE
            ELSE (date_trunc('month', moment) - to_months((month(moment)::INTEGER - 1) % length_of(every)))::DATE END
    """)
