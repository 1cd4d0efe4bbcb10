"""docs/sources.md: every declared source and column as a school reads it. Generated; python -m etl docs writes it."""

from collections.abc import Mapping

from etl.declare_model import Column, Source

COMMAND = "python -m etl docs"
FEED_KIND = {"facts": "业务记录", "dimension": "学校自己维护的表"}
TYPE_WORDS = {
    "text": "文字", "id": "编号（原样保留）", "integer": "整数", "number": "数", "percent": "百分比", "duration": "时长（存为秒）",
    "boolean": "是否", "date": "日期", "datetime": "日期时间", "deadline": "期限（只写日期算到当天 23:59:59）",
    "choice": "限定取值", "place": "地点（认到楼和房间）", "list": "多个值（、分开）",
}  # fmt: skip
PERSONAL_WORDS = {"key": "换成代码", "mask": "打码", "drop": "不保存"}


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
        "",
        "| 来源 | 名称 | 用途 | 多久应有一次 |",
        "| --- | --- | --- | --- |",
        *(
            f"| [{source.name}](#{source.name}) | {source.title} | {FEED_KIND[source.kind]} | {_every(source)} |"
            for source in ordered
        ),
    ]
    for source in ordered:
        parts += ["", *_section(source)]
    return "\n".join(parts) + "\n"


def _every(source: Source) -> str:
    return f"{source.expected_every_days} 天" if source.expected_every_days else "—"


def _section(source: Source) -> list[str]:
    dialect = source.dialect
    facts = [
        f"- 文件名：{_codes(source.files) or '任意，按表头认'}",
        f"- 主键：{'、'.join(source.column(name).label for name in source.key) or '没有，同一文件里完全相同的行都算数'}",
    ]
    if source.order_by:
        newest = "、".join(source.column(name).label for name in source.order_by)
        facts.append(f"- 同一主键在一个文件里有几行时，按{newest}先后，最后一行为准")
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


def _row(column: Column) -> str:
    kind = TYPE_WORDS[column.type] + (f"，只写数字按{column.unit}" if column.unit else "")
    cells = (
        f"`{column.name}`",
        column.label,
        "、".join(column.aliases),
        kind + (f"；原文存为 `{column.text_name}`" if column.keep_text else ""),
        "是" if column.required else "",
        _allowed(column),
        PERSONAL_WORDS.get(column.personal or "", ""),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _allowed(column: Column) -> str:
    """The values, each with its other spellings; or limits, pattern, constant."""
    parts = [f"**{canonical}**" + (f"：{'、'.join(more)}" if more else "") for canonical, more in column.allowed]
    if column.minimum is not None or column.maximum is not None:
        low, high = ("不限" if limit is None else f"{limit:g}" for limit in (column.minimum, column.maximum))
        parts.append(f"{low} 到 {high}")
    if column.pattern:
        parts.append(f"格式 `{column.pattern}`")
    if column.constant is not None:
        parts.append(f"文件里没有时为「{column.constant}」")
    return "<br>".join(parts)


def _codes(words: tuple[str, ...]) -> str:
    return "、".join(f"`{word}`" for word in words)
