"""docs/sources.md, written from the declarations: every source, every column, every word it answers to."""

from collections.abc import Mapping

from etl.declare import Column, Source

_TYPES = {
    "text": "文字", "id": "编号", "integer": "整数", "number": "数", "percent": "百分数", "duration": "时长（存为秒）", "boolean": "是否",
    "date": "日期", "datetime": "日期时间", "deadline": "期限（只写日期时为当天结束）", "choice": "选项", "place": "地点", "list": "多个值",
}  # fmt: skip
_PERSONAL = {"key": "换成代号（同一人代号相同，认不出是谁）", "mask": "打码", "drop": "不保存"}
_HEAD = """# 数据来源

由 `python -m etl docs` 从 `etl/sources/*.toml` 生成，不要手改。学校自己的声明放在 `data/school/sources/`，同名的覆盖这里的。
表头不区分全角半角，括号里的单位和「必填」不影响识别；手工维护的来源可用 `python -m etl template 名称` 取得空表。
"""


EXPLAINED = {
    "[source]": {
        "name": "来源的名字，与文件名相同",
        "title": "给人看的名称",
        "feeds": "进入哪张干净表，如 tickets；几个来源可以进同一张",
        "kind": "facts 为业务记录，dimension 为学校自己维护的表",
        "files": "文件名的样子，如 `*隐患*`；名字对不上时按表头认",
        "key": "主键列；[] 表示没有主键，完全相同的行都算数",
        "order_by": "同一主键有几行时的先后",
        "expected_every_days": "多少天没有新文件算断档",
        "ignored": "认得但不用的表头，不再提示「第一次见到的列」",
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
        "pattern": "必须符合的正则表达式",
        "unit": "只写数字的时长按什么单位",
        "minimum": "最小值",
        "maximum": "最大值",
        "note": "说明",
    },
}


def render(sources: Mapping[str, Source]) -> str:
    """The whole document, facts first."""
    ordered = sorted(sources.values(), key=lambda source: (source.kind != "facts", source.name))
    return "\n".join([_HEAD, *(_source(source) for source in ordered)])


def _source(source: Source) -> str:
    lines = [
        f"## {source.title}（`{source.name}`）", "",
        f"- 类别：{'记录' if source.kind == 'facts' else '学校自己维护的表'}，汇入 `{source.feeds}`",
        f"- 文件名：{'、'.join(f'`{pattern}`' for pattern in source.files) or '不限，按表头识别'}",
        f"- 主键：{'、'.join(source.column(name).label for name in source.key) or '没有，一模一样的行都算数'}",
    ]  # fmt: skip
    if source.order_by:
        lines.append(
            f"- 同一文件里一条记录有几行时，按「{'、'.join(source.column(name).label for name in source.order_by)}」排先后，最后一行为准"
        )
    if source.expected_every_days:
        lines.append(f"- 应至少每 {source.expected_every_days} 天导出一次")
    if source.ignored:
        lines.append(f"- 不读的列：{'、'.join(source.ignored)}")
    lines += ["", "| 列 | 也认 | 类型 | 必填 | 允许值 | 个人信息 | 存为 |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(_column(column) for column in source.columns), ""])


def _column(column: Column) -> str:
    allowed = "；".join(
        f"{value}（{'、'.join(spellings)}）" if spellings else value for value, spellings in column.allowed
    )
    cells = (
        column.label, "、".join(column.aliases), _TYPES[column.type], "是" if column.required else "", allowed,
        _PERSONAL.get(column.personal or "", ""), f"`{column.name}`",
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
