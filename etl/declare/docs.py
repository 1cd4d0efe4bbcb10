"""docs/sources.md: every declared source and column as a school reads it. Generated; python -m etl docs writes it."""

from collections.abc import Mapping
from typing import NamedTuple

from etl.form.model import Column, Source

COMMAND = "python -m etl docs"
FEED_KIND = {"facts": "业务记录", "dimension": "学校自己维护的表"}
TYPE_WORDS = {
    "text": "文字",
    "id": "编号（原样保留）",
    "integer": "整数",
    "number": "数",
    "percent": "百分比",
    "duration": "时长（存为秒）",
    "boolean": "是否",
    "date": "日期",
    "datetime": "日期时间",
    "deadline": "期限（只写日期算到当天 23:59:59）",
    "choice": "限定取值",
    "place": "地点（认到楼和房间）",
    "list": "多个值（、分开）",
}
PERSONAL_WORDS = {"key": "换成代码", "mask": "打码", "drop": "不保存"}


EXPLAINED = {
    "[source]": {
        "name": "来源的名字，与文件名相同",
        "title": "给人看的名称",
        "feeds": "进入哪张干净表，如 tickets；几个来源可以进同一张",
        "kind": "facts 为业务记录，dimension 为学校自己维护的表",
        "files": "文件名的样子，如 `*隐患*`；名字对不上时按表头认",
        "signs": "表头里至少有一处含有其中一个词，才按表头认；不写则不要求",
        "key": "主键列；[] 表示没有主键，完全相同的行都算数",
        "order_by": "同一主键在一个文件里有几行时，以这几列最晚的一行为准；分不出先后而内容不同的都不收",
        "expected_every_days": "多少天没有新文件算断档",
        "ignored": "认得但不用的表头，不再提示「第一次见到的列」",
        "system": "属于哪个业务系统，见 etl/form/systems.toml；不写的是学校自己的资料或新增的来源",
        "note": "说明",
        "dialect": "写法，见下",
    },
    "dialect": {
        "day_first": "日期是 日/月/年",
        "month_first": "日期是 月/日/年",
        "null": "另外当作空的写法",
        "header_row": "表头固定在第几行",
        "sheet": "只读哪张工作表",
        "utc_offset_hours": "带时区的时间换算到东几区，默认 8",
        "last_year": "日期最晚到哪一年，默认 2050；更晚的按写错拒绝",
    },
    "[[column]]": {
        "name": "列名，小写英文",
        "label": "表头的首选写法，也是空表里的表头",
        "aliases": "表头的其他写法",
        "type": "类型，见下",
        "required": "必填：缺列不收整张表，缺值不收这一行",
        "allowed": "限定取值：标准值 = 其他写法",
        "keep_text": "限定取值的原文另存一列",
        "personal": "个人信息：key 换成代码，mask 打码，drop 不保存",
        "constant": "文件里没有这一列时的值",
        "heading": "文件里没有这一列时，从表头上方的标题行、再从工作表名里取；"
        "写成带一对括号的式子，如 `(20\\d\\d年\\d{1,2}月)`",
        "pattern": "必须符合的正则表达式",
        "unit": "只写数字的时长按什么单位",
        "minimum": "最小值",
        "maximum": "最大值",
        "ahead": "日期可能在导出那天以后（有效期至、排班、计划），不能单凭它说明文件是什么时候导出的",
        "clock": '写着这个时间是几点的另一列的表头，如日期在「报修日期」、几点在「报修钟点」：`clock = ["报修钟点"]`',
        "day_from": "只写几点的，按哪一列的日期读；比那一列早的算次日，如到场 00:05",
        "zero": "数字列里等于 0 的写法，如 `无`；不写时「无」是没有填",
        "note": "说明",
        "example": "空表示例行里写什么；不写时由程序编一个",
    },
}


def render(sources: Mapping[str, Source]) -> str:
    """The whole page in Markdown, sources by kind and name."""
    ordered = sorted(sources.values(), key=lambda source: (source.kind != "facts", source.name))
    parts = [
        "# 数据来源",
        "",
        f"本页由 `etl/sources/*.toml` 生成，不要手改；改过声明后运行 `{COMMAND}`。",
        "",
        "学校要改表头写法、允许的取值或范围时，把对应的 TOML 复制到 `data/school/sources/` 再改，同名的以学校的为准。",
        "表头不分大小写、全角半角，「（必填）」、单位和「1、」之类的编号会先去掉；带括号的单位对时长有效，如「疏散用时（分钟）」。",
        "手工维护的来源可用 `python -m etl template 来源` 取得空表。",
        "",
        "| 来源 | 名称 | 用途 | 多久应有一次 |",
        "| --- | --- | --- | --- |",
        *(
            f"| [`{source.name}`](#{source.name}) | {source.title} | {FEED_KIND[source.kind]} | {_every(source)} |"
            for source in ordered
        ),
    ]
    for source in ordered:
        parts += ["", *_section(source)]
    parts += ["", *_how_to()]
    return "\n".join(parts) + "\n"


READ_AS = (
    "表格的错误值（`#N/A`、`#REF!` 等，无论是公式的结果还是文字）不是内容：必填的列不收这一行，其他的列不收这一格。",
    "公式没有存下结果的格按空白读并提醒；是主键或必填时不收这一行。用 Excel 或 WPS 打开、保存一次就有结果。",
    "几列是同一个意思（如「办结时间」「完成时间」）时，逐行取声明里排在前面、填了的一列；都填而不同的会提醒。"
    "表头一模一样的两列内容不同时，整张表不收。",
    "日期在一列、几点在另一列，两列又是同一个意思时，合成一个时间。",
    "同一个文件（各工作表一起算）里主键相同的几行：`order_by` 分得出先后的取最晚的；内容不矛盾的合成一条；其余都不收。",
    "编号成了科学计数（`2.02611E+17`）或存成 15 位以上的数字时，末尾几位已经丢失，不收这一行；存成文本的原样保留。",
    '编号外面的 `="001"`、开头的 `\'`、看不见的控制字符，读入时去掉。',
    "带时区的时间（`Z`、`+00:00`、Parquet 的 UTC）换算成本地时间。",
)


def _how_to() -> list[str]:
    """How cells are read, and what may stand in a declaration."""
    lines = ["## 怎样读一格", "", *(f"- {rule}" for rule in READ_AS), ""]
    lines += ["## 怎样写一份声明", "", "写错的键、重复的表头和缺少的键在装载前就会指出文件和行号。"]
    for part, keys in (*EXPLAINED.items(), ("type", TYPE_WORDS)):
        lines += ["", f"| {part} | 含义 |", "| --- | --- |", *(f"| `{key}` | {words} |" for key, words in keys.items())]
    return lines


def _every(source: Source) -> str:
    return f"{source.expected_every_days} 天" if source.expected_every_days else "—"


def _section(source: Source) -> list[str]:
    dialect = source.dialect
    key = "、".join(source.column(name).label for name in source.key)
    facts = [
        f"- 文件名：{_codes(source.files) or '任意，按表头认'}",
        *([f"- 文件名对不上时，表头里要有：{'、'.join(source.signs)}"] if source.signs else []),
        f"- 主键：{key or '没有，同一文件里完全相同的行都算数'}",
    ]
    if source.order_by:
        newest = "、".join(source.column(name).label for name in source.order_by)
        facts.append(f"- 同一主键在一个文件里有几行时，以{newest}最晚的一行为准")
    if dialect.day_first or dialect.month_first:
        facts.append(f"- 日期写法：{'日/月/年' if dialect.day_first else '月/日/年'}")
    if dialect.null:
        facts.append(f"- 另外当作空的写法：{_codes(dialect.null)}")
    if source.ignored:
        facts.append(f"- 认得但不用的列：{'、'.join(source.ignored)}")
    return [
        f"## {source.name}",
        "",
        f"**{source.title}**{'：' + source.note if source.note else ''}",
        "",
        *facts,
        "",
        "| 列 | 表头 | 也认 | 类型 | 必填 | 允许的取值 | 个人信息 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(_row, source.columns),
    ]


class Described(NamedTuple):
    """What a person filling in or exporting a column needs to know."""

    label: str
    aliases: str
    kind: str
    is_required: bool
    allowed: str
    personal: str


def described(column: Column) -> Described:
    """One column in words."""
    return Described(
        label=column.label,
        aliases="、".join(column.aliases),
        kind=TYPE_WORDS[column.type] + (f"，只写数字按{column.unit}" if column.unit else ""),
        is_required=column.required,
        allowed="；".join(_allowed(column)),
        personal=PERSONAL_WORDS.get(column.personal or "", ""),
    )


def _row(column: Column) -> str:
    words = described(column)
    cells = (
        f"`{column.name}`",
        words.label,
        words.aliases,
        words.kind + (f"；原文存为 `{column.text_name}`" if column.keep_text else ""),
        "是" if words.is_required else "",
        "<br>".join(_allowed(column, "**")),
        words.personal,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _allowed(column: Column, strong: str = "") -> list[str]:
    """The values, each with its other spellings; or limits, pattern, constant."""
    parts = [
        f"{strong}{canonical}{strong}" + (f"：{'、'.join(more)}" if more else "") for canonical, more in column.allowed
    ]
    if column.minimum is not None or column.maximum is not None:
        low, high = ("不限" if limit is None else f"{limit:g}" for limit in (column.minimum, column.maximum))
        parts.append(f"{low} 到 {high}")
    if column.zero:
        parts.append(f"{'、'.join(column.zero)} 是 0")
    if column.pattern:
        parts.append(f"格式 `{column.pattern}`" if strong else f"格式 {column.pattern}")
    if column.constant is not None:
        parts.append(f"文件里没有时为「{column.constant}」")
    if column.heading is not None:
        parts.append("文件里没有时，从表头上方的标题里取")
    return parts


def _codes(words: tuple[str, ...]) -> str:
    return "、".join(f"`{word}`" for word in words)
