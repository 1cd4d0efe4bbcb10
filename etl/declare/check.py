"""The checks a declaration must pass, each failing with one sentence that names file, line and remedy."""

import difflib
import re
import tomllib
from collections.abc import Collection
from pathlib import Path

from etl.declare.lines import line_of
from etl.form.headers import normalise_header
from etl.form.model import KINDS, PERSONAL, TYPES, Column, DeclarationError, Dialect
from etl.form.systems import systems
from etl.form.text import normalise_word
from etl.typing.values import Unreadable, parser_for
from warehouse import paths

_STRINGS = "一组文字"
SOURCE_KEYS = {
    "name": "文字",
    "title": "文字",
    "feeds": "文字",
    "kind": "文字",
    "files": _STRINGS,
    "signs": _STRINGS,
    "key": _STRINGS,
    "order_by": _STRINGS,
    "expected_every_days": "整数",
    "ignored": _STRINGS,
    "note": "文字",
    "dialect": "表",
    "system": "整数",
}
DIALECT_KEYS = {
    "day_first": "真假值",
    "month_first": "真假值",
    "null": _STRINGS,
    "header_row": "整数",
    "sheet": "文字",
    "utc_offset_hours": "数",
}
COLUMN_KEYS = {
    "name": "文字",
    "label": "文字",
    "aliases": _STRINGS,
    "type": "文字",
    "required": "真假值",
    "allowed": "表或一组文字",
    "keep_text": "真假值",
    "personal": "文字",
    "constant": "文字",
    "heading": "文字",
    "pattern": "文字",
    "unit": "文字",
    "minimum": "数",
    "maximum": "数",
    "note": "文字",
    "example": "文字",
    "zero": _STRINGS,
}
UNITS = ("秒", "分钟", "小时", "天")
RESERVED = ("sheet", "row_number", "file_id", "record_id", "source", "export_time")
_MEASURED = ("integer", "number", "percent", "duration")


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_SHAPES = {
    "文字": lambda value: isinstance(value, str) and value.strip() != "",
    "真假值": lambda value: isinstance(value, bool),
    "整数": lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
    "数": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    _STRINGS: _is_strings,
    "表": lambda value: isinstance(value, dict),
    "表或一组文字": lambda value: (
        _is_strings(value) or (isinstance(value, dict) and all(_is_strings(item) for item in value.values()))
    ),
}


class Check:
    """One file under examination. Every method raises DeclarationError or returns nothing."""

    def __init__(self, path: Path):
        self.path = path
        self.text = ""

    def read(self) -> None:
        """Take in the file's text, which must be UTF-8."""
        try:
            self.text = self.path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise DeclarationError(f"来源声明 {self.place(1)} 不是 UTF-8 编码，请另存为 UTF-8。") from None

    def place(self, line: int | None) -> str:
        """File and line in words; the path is relative to the repository where it lies inside."""
        inside = self.path.resolve().is_relative_to(paths.REPOSITORY)
        shown = self.path.resolve().relative_to(paths.REPOSITORY) if inside else self.path
        return f"{shown} 第 {line} 行" if line else str(shown)

    def fail(self, block: str | int, key: str | None, sentence: str, value: str | None = None) -> DeclarationError:
        """block: 'source' or the position of a [[column]]; the line is that of the value, the key or the block."""
        return DeclarationError(f"{self.place(line_of(self.text, block, key, value))}：{sentence}")

    def bad_toml(self, problem: tomllib.TOMLDecodeError) -> DeclarationError:
        """tomllib's English message → place and the two commonest remedies."""
        line = re.search(r"at line (\d+)", str(problem))
        number = int(line.group(1)) if line else len(self.text.splitlines())
        again = "，同一个键写了两遍" if "overwrite" in str(problem) else "，检查引号、括号是否成对"
        return DeclarationError(f"{self.place(number)}：不合 TOML 语法{again}。")

    def everything(self, content: dict) -> None:
        """All checks in the order a reader would make them."""
        for key in content:
            if key not in ("source", "column"):
                raise DeclarationError(
                    f"{self.place(line_of(self.text, key, None))}：不认识的段落「{key}」，只能有 [source] 与 [[column]]。"
                )
        if not isinstance(content.get("source"), dict) or not isinstance(content.get("column"), list):
            raise DeclarationError(f"{self.place(1)}：要有一个 [source] 和至少一个 [[column]]。")
        self.block("source", content["source"], SOURCE_KEYS, ("name", "title", "feeds", "kind"))
        self.block("source", content["source"].get("dialect", {}), DIALECT_KEYS, ())
        for position, column in enumerate(content["column"]):
            self.block(position, column, COLUMN_KEYS, ("name", "label", "type"))
            self.column(position, column)
        self.source(content["source"], content["column"])
        self.aliases(content["column"])

    def block(self, block: str | int, found: dict, known: dict[str, str], needed: tuple[str, ...]) -> None:
        """Unknown keys, missing keys and values of the wrong shape."""
        for key, value in found.items():
            if key not in known:
                raise self.fail(block, key, f"不认识的键「{key}」{self.hint(key, known)}。")
            if not _SHAPES[known[key]](value):
                raise self.fail(block, key, f"「{key}」要写成{known[key]}。")
        for key in needed:
            if key not in found:
                raise self.fail(block, None, f"缺少「{key}」。")

    def one_of(self, block: str | int, key: str, value: str, known: Collection[str]) -> None:
        """A word from a list."""
        if value not in known:
            raise self.fail(
                block, key, f"「{key}」不能是「{value}」{self.hint(value, known)}，可用：{'、'.join(known)}。", value
            )

    def source(self, head: dict, columns: list[dict]) -> None:
        """Rules within [source] and between it and its columns."""
        if head["name"] != self.path.stem:
            raise self.fail("source", "name", f"name 是「{head['name']}」，要与文件名「{self.path.stem}」相同。")
        self.one_of("source", "kind", head["kind"], KINDS)
        if "system" in head and head["system"] not in systems():
            raise self.fail(
                "source", "system", f"「system」不能是 {head['system']}，etl/form/systems.toml 里没有这个编号。"
            )
        dialect = head.get("dialect", {})
        if dialect.get("day_first") and dialect.get("month_first"):
            raise self.fail("source", "dialect", "day_first 与 month_first 只能有一个为真。", "day_first")
        names = [column["name"] for column in columns]
        for position, column in enumerate(columns):
            if column.get("keep_text") and f"{column['name']}_text" in names:
                raise self.fail(position, "keep_text", f"原文要存为「{column['name']}_text」，但已有同名的列。")
        for key in ("key", "order_by"):
            for name in head.get(key, ()):
                self.one_of("source", key, name, names)
        for position, column in enumerate(columns):
            if column["name"] in head.get("key", ()) and not column.get("required"):
                raise self.fail(position, "name", f"「{column['name']}」是主键，要写 required = true。")

    def column(self, position: int, column: dict) -> None:
        """Rules within one [[column]]."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", column["name"]):
            raise self.fail(position, "name", f"name「{column['name']}」只能用小写英文字母、数字和下划线，以字母开头。")
        if column["name"] in RESERVED:
            raise self.fail(position, "name", f"name「{column['name']}」已留给装载程序，请换一个。")
        self.one_of(position, "type", column["type"], TYPES)
        if "personal" in column:
            self.one_of(position, "personal", column["personal"], PERSONAL)
        if "unit" in column:
            self.one_of(position, "unit", column["unit"], UNITS)
        if (column["type"] == "choice") != ("allowed" in column):
            raise self.fail(position, "allowed", "类型 choice 要写 allowed，其他类型不能写 allowed。")
        if column.get("keep_text") and column["type"] != "choice":
            raise self.fail(position, "keep_text", "keep_text 只用于类型 choice。")
        for key in ("minimum", "maximum", "unit"):
            if key in column and column["type"] not in _MEASURED:
                raise self.fail(position, key, f"「{key}」只用于类型 {'、'.join(_MEASURED)}。")
        if "zero" in column and column["type"] not in ("integer", "number"):
            raise self.fail(position, "zero", "「zero」只用于类型 integer、number。")
        if column.get("personal") == "drop" and column.get("required"):
            raise self.fail(position, "personal", 'personal = "drop" 的列不保存，不能又是必填。')
        self.pattern(position, "pattern", column.get("pattern"))
        self.pattern(position, "heading", column.get("heading"))
        self.spellings(position, column.get("allowed", {}))

    def pattern(self, position: int, key: str, pattern: str | None) -> None:
        """A regular expression that compiles; for a heading, one with a group for what is taken."""
        try:
            groups = re.compile(pattern or "()").groups
        except re.error:
            raise self.fail(position, key, f"{key}「{pattern}」不是合法的正则表达式。") from None
        if key == "heading" and groups != 1:
            raise self.fail(position, key, f"heading「{pattern}」要有一对括号，括住要取的内容。")

    def constant(self, position: int, column: Column, dialect: Dialect) -> None:
        """A constant and an example that their own type can read."""
        for key in ("constant", "example"):
            try:
                if (value := getattr(column, key)) is not None:
                    parser_for(column, dialect)(value)
            except Unreadable as problem:
                raise self.fail(position, key, f"{key}「{value}」{problem.reason}，{problem.remedy}") from None

    def spellings(self, position: int, allowed: dict | list) -> None:
        """One spelling may stand for one value only."""
        owner: dict[str, str] = {}
        for canonical in allowed:
            for spelling in (canonical, *(allowed[canonical] if isinstance(allowed, dict) else ())):
                first = owner.setdefault(normalise_word(spelling), canonical)
                if first != canonical:
                    raise self.fail(
                        position,
                        "allowed",
                        f"写法「{spelling}」同时属于「{first}」和「{canonical}」，只留一处。",
                        spelling,
                    )

    def aliases(self, columns: list[dict]) -> None:
        """One header may belong to one column only, one name to one column."""
        owner: dict[str, int] = {}
        for position, column in enumerate(columns):
            for header in (column["name"], column["label"], *column.get("aliases", ())):
                first = owner.setdefault(normalise_header(header), position)
                if first != position:
                    other = columns[first]["name"]
                    raise self.fail(
                        position, None, f"表头「{header}」已属于列「{other}」，不能再属于「{column['name']}」。", header
                    )

    @staticmethod
    def hint(word: str, known: Collection[str]) -> str:
        """「，是不是想写 …」 when something is close."""
        near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
        return f"，是不是想写「{near[0]}」" if near else ""
