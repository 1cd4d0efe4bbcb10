"""The checks a declaration must pass, each failing with one sentence that names file, line and remedy."""

import re
import tomllib
from pathlib import Path

from etl.declare.lines import line_of
from etl.declare.shapes import Blocks, ColumnBlock, DialectBlock, SourceBlock
from etl.form.headers import normalise_header
from etl.form.model import Column, DeclarationError, Dialect
from etl.form.systems import systems
from etl.form.text import normalise_word
from etl.typing.values import Unreadable, parser_for
from warehouse import paths
from warehouse.validated import Misfit, ShapeT, fits, fitted, no_choice

RESERVED = ("sheet", "row_number", "file_id", "record_id", "source", "export_time")
_MEASURED = ("integer", "number", "percent", "duration")


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

    def everything(self, content: dict) -> Blocks:
        """All checks of a file's blocks in the order a reader would make them."""
        for key in content:
            if key not in ("source", "column"):
                place = self.place(line_of(self.text, key, None))
                raise DeclarationError(f"{place}：不认识的段落「{key}」，只能有 [source] 与 [[column]]。")
        if not fits(content.get("source"), dict) or not fits(content.get("column"), list[dict]):
            raise DeclarationError(f"{self.place(1)}：要有一个 [source] 和至少一个 [[column]]。")
        source = self.fitted("source", content["source"], SourceBlock)
        dialect = self.fitted("source", source.dialect, DialectBlock)
        columns = []
        for position, block in enumerate(content["column"]):
            columns.append(self.fitted(position, block, ColumnBlock))
            self.column(position, columns[-1])
        self.source(source, dialect, columns)
        self.aliases(columns)
        return Blocks(source, dialect, tuple(columns))

    def fitted(self, block: str | int, content: dict, shape: type[ShapeT]) -> ShapeT:
        """Unknown keys, missing keys, values of the wrong type, words that are no choice."""
        try:
            return fitted(content, shape)
        except Misfit as misfit:
            key = None if misfit.problem == "missing" else misfit.key
            raise self.fail(block, key, misfit.sentence, misfit.value) from None

    def source(self, source: SourceBlock, dialect: DialectBlock, columns: list[ColumnBlock]) -> None:
        """Rules within [source] and between it and its columns."""
        if source.name != self.path.stem:
            raise self.fail("source", "name", f"name 是「{source.name}」，要与文件名「{self.path.stem}」相同。")
        if source.system is not None and source.system not in systems():
            raise self.fail(
                "source", "system", f"「system」不能是 {source.system}，etl/form/systems.toml 里没有这个编号。"
            )
        if dialect.day_first and dialect.month_first:
            raise self.fail("source", "dialect", "day_first 与 month_first 只能有一个为真。", "day_first")
        names = [column.name for column in columns]
        for position, column in enumerate(columns):
            if column.keep_text and f"{column.name}_text" in names:
                raise self.fail(position, "keep_text", f"原文要存为「{column.name}_text」，但已有同名的列。")
        for key, mentioned in (("key", source.key), ("order_by", source.order_by)):
            for name in mentioned:
                if name not in names:
                    raise self.fail("source", key, no_choice(key, name, names), name)
        moments = [column.name for column in columns if column.type in ("date", "datetime")]
        for position, column in enumerate(columns):
            if column.day_from and (column.day_from not in moments or column.day_from == column.name):
                raise self.fail(position, "day_from", no_choice("day_from", column.day_from, moments), column.day_from)
            if column.name in source.key and not column.required:
                raise self.fail(position, "name", f"「{column.name}」是主键，要写 required = true。")

    def column(self, position: int, column: ColumnBlock) -> None:
        """Rules within one [[column]]."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", column.name):
            raise self.fail(position, "name", f"name「{column.name}」只能用小写英文字母、数字和下划线，以字母开头。")
        if column.name in RESERVED:
            raise self.fail(position, "name", f"name「{column.name}」已留给装载程序，请换一个。")
        self.kind(position, column)
        if column.personal == "drop" and column.required:
            raise self.fail(position, "personal", 'personal = "drop" 的列不保存，不能又是必填。')
        self.pattern(position, "pattern", column.pattern)
        self.pattern(position, "heading", column.heading)
        self.spellings(position, column.spellings)

    def kind(self, position: int, column: ColumnBlock) -> None:
        """Keys that go with some types only."""
        if (column.type == "choice") != (column.allowed is not None):
            raise self.fail(position, "allowed", "类型 choice 要写 allowed，其他类型不能写 allowed。")
        if column.keep_text and column.type != "choice":
            raise self.fail(position, "keep_text", "keep_text 只用于类型 choice。")
        for key in ("minimum", "maximum", "unit"):
            if getattr(column, key) is not None and column.type not in _MEASURED:
                raise self.fail(position, key, f"「{key}」只用于类型 {'、'.join(_MEASURED)}。")
        if column.zero is not None and column.type not in ("integer", "number"):
            raise self.fail(position, "zero", "「zero」只用于类型 integer、number。")
        for key in ("clock", "day_from"):
            if getattr(column, key) and column.type not in ("datetime", "deadline"):
                raise self.fail(position, key, f"「{key}」只用于类型 datetime、deadline。")
        if column.ahead and column.type not in ("date", "datetime"):
            raise self.fail(position, "ahead", "「ahead」只用于类型 date、datetime。")

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

    def spellings(self, position: int, allowed: dict[str, tuple[str, ...]]) -> None:
        """One spelling may stand for one value only."""
        owner: dict[str, str] = {}
        for canonical, others in allowed.items():
            for spelling in (canonical, *others):
                first = owner.setdefault(normalise_word(spelling), canonical)
                if first != canonical:
                    sentence = f"写法「{spelling}」同时属于「{first}」和「{canonical}」，只留一处。"
                    raise self.fail(position, "allowed", sentence, spelling)

    def aliases(self, columns: list[ColumnBlock]) -> None:
        """One header may belong to one column only, one name to one column."""
        owner: dict[str, int] = {}
        for position, column in enumerate(columns):
            for header in (column.name, column.label, *column.aliases, *column.clock):
                first = owner.setdefault(normalise_header(header), position)
                if first != position:
                    sentence = f"表头「{header}」已属于列「{columns[first].name}」，不能再属于「{column.name}」。"
                    raise self.fail(position, None, sentence, header)
