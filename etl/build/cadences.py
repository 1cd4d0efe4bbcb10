"""data/school/cadences.toml: who must do what how often, by which clause;
checked rule by rule, then kept in the build."""

from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import Annotated, Literal, get_args

import duckdb
from msgspec import Meta
from msgspec.structs import asdict

from warehouse.errors import UserError
from warehouse.validated import Blocks, Misfit, Shape, Word, fitted

Every = Literal["day", "week", "month", "quarter", "half_year", "school_year", "year"]
Proof = Literal["drills", "inspections", "duty_shifts", "equipment_services", "lessons"]
EVERY: tuple[str, ...] = get_args(Every)
Filled = Annotated[str, Meta(pattern=r"\S")]
Flag = Annotated[bool, Meta(title=" true 或 false")]
_WORDS = '一组词，如 binds = ["重点部位"]'


class _Rules(Shape, frozen=True):
    rule: Blocks = ()


class _Rule(Shape, frozen=True, kw_only=True):
    """One [[rule]] as written."""

    id: Filled
    label: Filled
    duty: Filled
    every: Every
    clause: Filled
    source: Filled
    binds: Annotated[tuple[Word, ...], Meta(min_length=1, title=_WORDS)]
    evidence: Annotated[tuple[Word, ...], Meta(title=_WORDS)] = ()
    proven_by: Annotated[tuple[Proof, ...], Meta(min_length=1, title=_WORDS)]
    in_vacation: Flag = True
    next_workday: Flag = False
    verified: Flag = False
    at_least: Annotated[float, Meta(ge=0, title="不小于 0 的数")] = 0.0
    checked: Annotated[date, Meta(title="核对的日期，如 2026-11-20")]


@dataclass(frozen=True)
class Cadence:
    """One rule. binds: kinds of buildings or units, 重点部位, 全部楼宇, 全部单位 or 学校; evidence: categories of the
    records in the tables proven_by, empty for all; at_least: how much of them a period needs in total; position: place
    in the file. Of the rules on one duty the shortest `every` wins."""

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
    try:
        blocks = fitted(content, _Rules).rule
    except Misfit as misfit:
        raise UserError(f"{name}：不认识的键「{misfit.key}」，每条规则写在 [[rule]] 下面。") from None
    rules = tuple(_cadence(block, name, position) for position, block in enumerate(blocks, 1))
    if len({rule.rule_id for rule in rules}) < len(rules):
        raise UserError(f"{name}：有两条规则的 id 相同，每条规则要有自己的 id。")
    return rules


def _cadence(block: dict[str, object], name: str, position: int) -> Cadence:
    moment = block.get("checked")
    day = {"checked": moment.date()} if isinstance(moment, datetime) else {}
    try:
        values = asdict(fitted(block | day, _Rule))
    except Misfit as misfit:
        raise UserError(f"{name} 规则「{block.get('id', '？')}」：{misfit.sentence_of_a_rule}") from None
    values["at_least"] = float(values["at_least"])
    return Cadence(values.pop("id"), **values, position=position)


def keep(connection: duckdb.DuckDBPyConnection, rules: tuple[Cadence, ...]) -> None:
    """Table noted_cadences, one row a rule, and the macro period_of(every, moment):
    the first day of a moment's period."""
    connection.execute("""
        CREATE TABLE memory.main.noted_cadences (
            rule_id VARCHAR, label VARCHAR, duty VARCHAR, binds VARCHAR[], every VARCHAR, proven_by VARCHAR[],
            evidence VARCHAR[], at_least DOUBLE, in_vacation BOOLEAN, next_workday BOOLEAN, clause VARCHAR,
            source VARCHAR, checked DATE, verified BOOLEAN, position INTEGER)
    """)
    for rule in rules:
        values = [list(value) if isinstance(value, tuple) else value for value in astuple(rule)]
        connection.execute(
            f"INSERT INTO memory.main.noted_cadences VALUES ({', '.join('?' * len(fields(Cadence)))})", values
        )
    connection.execute("""
        CREATE MACRO memory.main.length_of(every) AS CASE every
            WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6
            WHEN 'school_year' THEN 12 WHEN 'year' THEN 12 ELSE 0 END
    """)
    connection.execute("""
        CREATE MACRO memory.main.months_back(moment, since, length) AS
            (date_trunc('month', moment) - to_months((month(moment)::INTEGER + since) % length))::DATE
    """)
    connection.execute("""
        CREATE MACRO memory.main.period_of(every, moment) AS CASE every
            WHEN 'day' THEN moment::DATE
            WHEN 'week' THEN date_trunc('week', moment)::DATE
            WHEN 'half_year' THEN months_back(moment, 3, 6)
            WHEN 'school_year' THEN months_back(moment, 3, 12)
            ELSE months_back(moment, -1, length_of(every)) END
    """)
