"""docs/metrics.md: the catalogue as a reader sees it. Write it again with: python -m metrics.define.docs"""

from pathlib import Path

from metrics.define import catalogue, tables, versions
from metrics.define.catalogue import Metric

FILE = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"
HEAD = """# 指标说明

由 metrics/define/catalogue.toml 生成，请改那个文件，再运行 `python -m metrics.define.docs`。

每个数都是「分子 ÷ 分母」，两个数总是一起给出；分母为空时显示「—」，不显示 100 %。「现在」指数据日，不是打开网页的时刻。
"""


def render() -> str:
    """The whole document, ending in a newline."""
    rows = [
        f"| [{one.label}](#{one.key}) | {one.kind.words} | {one.better_words} | {one.question} |"
        for one in catalogue.all()
    ]
    index = ["| 指标 | 种类 | 方向 | 回答什么 |", "|---|---|---|---|", *rows]
    return "\n".join([HEAD, *index, "", *(_section(one) for one in catalogue.all())]).rstrip() + "\n"


def _section(metric: Metric) -> str:
    table = tables.get(metric.table)
    dated = f"期末时点（期限：{table.label(metric.due)}）" if metric.kind.is_backlog else table.label(metric.time)
    lines = [
        f'## <a id="{metric.key}"></a>{metric.label}',
        "",
        metric.question,
        "",
        f"- 范围：{metric.note}",
        f"- 公式：{metric.formula}",
        f"- 数据：{table.title}，按{dated}计入时段；{metric.source}",
        f"- 方向：{metric.better_words}" + (f"；目标 {metric.target_words}" if metric.target_words else ""),
    ]
    if metric.versions:
        lines.append(f"- 口径：{versions.history(metric.versions)}")
    if metric.beside:
        lines.append(f"- 必须同时看：{catalogue.get(metric.beside).label}")
    if metric.by_service:
        lines.append(f"- 与系统期限不同时并列：{catalogue.get(metric.by_service).label}")
    return "\n".join([*lines, f"- 代号：`{metric.key}`", ""])


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(render(), encoding="utf-8")
    print(f"已写入 {FILE.relative_to(FILE.parent.parent)}")
