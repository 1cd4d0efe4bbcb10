"""One parser per declared type: the text of a cell → a typed value, a caution,
or Unreadable. Pure; no table in sight."""

import re
from collections.abc import Callable
from functools import partial

from etl.form.model import Column, Dialect
from etl.form.text import NULL_WORDS, Caution, Parsed, Unreadable, half_width, is_null, normalise_word
from etl.typing.dates import date_order, parse_date, parse_datetime, parse_deadline, quick_moment
from etl.typing.numbers import parse_boolean, parse_duration, parse_integer, parse_number, parse_percent

__all__ = [
    "Caution",
    "Parsed",
    "Unreadable",
    "date_order",
    "is_null",
    "null_words_for",
    "parse_boolean",
    "parse_choice",
    "parse_date",
    "parse_datetime",
    "parse_deadline",
    "parse_duration",
    "parse_id",
    "parse_integer",
    "parse_list",
    "parse_number",
    "parse_percent",
    "parse_text",
    "parser_for",
    "quick_moment",
    "spelling_table",
]

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DECIMALS = re.compile(r"^(\d{3,15})\.00?$")
_LOST = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_REMARK = re.compile(r"(.+?)\(([^()]*)\)")
_CHANGES_IT = re.compile(r"[待未不否无重延再]")  # 已整改(待复查) is not 已整改
_SEPARATORS = re.compile(r"[、，,;；/|┋\n]+")


def parse_text(text: str) -> Parsed:
    """Outer blanks removed, nothing else."""
    return Parsed(text.strip())


def parse_id(text: str) -> Parsed:
    """An identifier is text: leading zeros and 20 digits stay. Outer blanks and Excel's ' go, full-width letters and
    digits become half-width, and '257081134.00' is a number some form wrote with decimals it never had. Raises
    Unreadable for one that lost its digits: 2.02611E+17 may be any of a million."""
    plain = text if text.isascii() else text.translate(_NARROW)
    plain = plain.strip().lstrip("'`").strip("\t ​﻿")
    if _LOST.fullmatch(plain):
        raise Unreadable(
            "lost_digits",
            "长编号被表格改成了科学计数，末尾几位已经丢失",
            "请导出为文本，或直接导出 csv 后不要用表格打开再保存。",
        )
    return Parsed(_DECIMALS.sub(r"\1", plain) if "." in plain[-3:] else plain)


def parse_list(text: str) -> Parsed:
    """Several values in one cell, split by 、，,;；/|┋ or a line break; blanks and repeats go; joined by 、."""
    parts = dict.fromkeys(part.strip() for part in _SEPARATORS.split(text))
    return Parsed("、".join(part for part in parts if part))


_TICKS = {"是": "√✓✔☑yY对", "否": "×✗✘✕☒xXnN"}


def spelling_table(column: Column) -> dict[str, str]:
    """Every spelling of a choice, normalised → its canonical value; where 是 or 否 is one, so is a tick or a cross."""
    table = {}
    for canonical, spellings in column.allowed:
        for spelling in (canonical, *spellings):
            table[normalise_word(spelling)] = canonical
    for word in _TICKS.keys() & table:
        table = dict.fromkeys(map(normalise_word, _TICKS[word]), table[word]) | table
    return table


def parse_choice(text: str, table: dict[str, str]) -> Parsed:
    """The canonical value of a spelling; one never seen is kept as read, with the caution unseen_value."""
    plain = normalise_word(text)
    value = table.get(plain)
    if value is None and plain.endswith(".0"):
        value = table.get(plain[:-2])
    if value is None and (remark := _REMARK.fullmatch(plain)) and not _CHANGES_IT.search(remark[2]):
        value = table.get(remark[1])
    if value is not None:
        return Parsed(value)
    return Parsed(text.strip(), Caution("unseen_value", "没见过的取值", "把这种写法加进来源声明的 allowed。"))


def null_words_for(column: Column, dialect: Dialect) -> frozenset[str]:
    """The words that mean 'nothing' in one column: the common ones and the source's, less what the column declares.

    无 in a yes/no column means no; a spelling listed in `allowed` means its value.
    """
    words = NULL_WORDS | {normalise_word(word) for word in dialect.null}
    return words - (
        {"无"} if column.type == "boolean" else {*spelling_table(column), *map(normalise_word, column.zero)}
    )


def _or_zero(parse: Callable[[str], Parsed], column: Column) -> Callable[[str], Parsed]:
    words = frozenset(map(normalise_word, column.zero))
    return lambda text: Parsed(0 if column.type == "integer" else 0.0) if normalise_word(text) in words else parse(text)


def _limited(parse: Callable[[str], Parsed], minimum: float | None, maximum: float | None) -> Callable[[str], Parsed]:
    def parse_within(text: str) -> Parsed:
        parsed = parse(text)
        if (minimum is not None and parsed.value < minimum) or (maximum is not None and parsed.value > maximum):
            low, high = ("不限" if limit is None else f"{limit:g}" for limit in (minimum, maximum))
            raise Unreadable(
                "out_of_limits", f"超出声明的范围（{low} 到 {high}）", "改正数值，或放宽来源声明里的范围。"
            )
        return parsed

    return parse_within


def _shaped(parse: Callable[[str], Parsed], pattern: str) -> Callable[[str], Parsed]:
    shape = re.compile(pattern)

    def parse_shaped(text: str) -> Parsed:
        parsed = parse(text)
        if not shape.fullmatch(half_width(text)):
            raise Unreadable("bad_pattern", "不合声明的格式", f"应符合 {pattern}。")
        return parsed

    return parse_shaped


def parser_for(column: Column, dialect: Dialect, unit: str | None = None) -> Callable[[str], Parsed]:
    """The parser of one column under one dialect.
    unit: what the file's header says in brackets, before the declared one."""
    known_unit = unit if unit in ("秒", "分钟", "小时", "天", "%") else column.unit
    subjects = frozenset(re.sub("^(是否|已)", "", half_width(header)) for header in (column.label, *column.aliases))
    parsers: dict[str, Callable[[str], Parsed]] = {
        "text": parse_text,
        "place": parse_text,
        "id": parse_id,
        "list": parse_list,
        "integer": partial(parse_integer, unit=unit),
        "number": partial(parse_number, unit=unit),
        "boolean": partial(parse_boolean, subjects=subjects),
        "percent": partial(parse_percent, unit=known_unit),
        "duration": partial(parse_duration, unit=known_unit),
        "date": partial(parse_date, dialect=dialect),
        "datetime": partial(parse_datetime, dialect=dialect),
        "deadline": partial(parse_deadline, dialect=dialect),
        "choice": partial(parse_choice, table=spelling_table(column)),
    }
    parse = parsers[column.type]
    if column.zero:
        parse = _or_zero(parse, column)
    if column.pattern:
        parse = _shaped(parse, column.pattern)
    if column.minimum is not None or column.maximum is not None:
        parse = _limited(parse, column.minimum, column.maximum)
    return parse
