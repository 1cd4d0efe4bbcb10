"""The catalogue as a reader sees it: what is counted, out of what, dated by what, and what it reads today."""

import pandas as pd

from metrics.ask.reading import clocks
from metrics.define import catalogue, tables, versions
from metrics.define.catalogue import Metric
from ui.frame.page import Page
from ui.widgets.tables import Column
from warehouse import Build

COLUMNS = (
    Column("label", "指标", width="medium"),
    Column("about", "对象", width=170),
    Column("question", "回答什么", width="large"),
    Column("value", "所选时段"),
    Column("part_whole", "分子 / 分母"),
    Column("better", "方向"),
    Column("target", "目标"),
)


def sentence() -> str:
    """「共 115 个指标，其中 62 个是比率，每个比率都同时给出分子和分母；24 个设了目标」"""
    every = catalogue.all()
    rates, aimed = (
        sum(bool(of(metric)) for metric in every)
        for of in (lambda one: one.is_rate, lambda one: one.target is not None)
    )
    return f"共 {len(every)} 个指标，其中 {rates} 个是比率，每个比率都同时给出分子和分母；{aimed} 个设了目标"


def target(metric: Metric) -> str:
    return "未设" if metric.target is None else metric.show(metric.target)


def definition(build: Build, metric: Metric) -> list[tuple[str, str]]:
    """What the reader is told about one metric, in order: (heading, words)."""
    table = tables.get(metric.table)
    rows = [
        ("回答的问题", metric.question),
        ("公式", metric.formula),
        ("算哪些、不算哪些", metric.note),
        ("类型", metric.kind.words),
        ("按什么时间归入", table.label(metric.time)),
        ("好坏方向", metric.better_words),
        ("目标", metric.target_words or "未设"),
        ("数据来源", metric.source),
    ]
    if clock := clocks.words(build, metric):
        rows.append(("期限怎么走", clock))
    if metric.versions:
        rows.append(("这份数据的口径", versions.counted_by(metric.versions, build.published_on)))
        rows.append(("口径的变化", versions.history(metric.versions)))
    if metric.by_service:
        rows.append(("与系统期限不同时并列", catalogue.get(metric.by_service).label))
    if metric.beside:
        rows.append(("必须同时看", catalogue.get(metric.beside).label))
    return rows


def example(page: Page, metric: Metric) -> str:
    """「近 12 周 · 全部楼宇 …：80.6 %（806 / 1,000）；本人评价率 55.0 %」 on the current build with the reader's
    filters."""
    row = page.measured(metric.key).iloc[0]
    shown, parts = metric.show(row["value"]), metric.show_part_whole(row["part"], row["whole"])
    sentence = f"{page.filters.sentence(page.names)}：{shown}" + (f"（{parts}）" if metric.kind.has_parts else "")
    if by_clock := clocks.both(page.build, metric, page.window, page.selection, page.scope):
        sentence = f"{page.filters.sentence(page.names)}：{by_clock}"
    if metric.beside:
        other = catalogue.get(metric.beside)
        sentence += f"；{other.label} {other.show(page.measured(other.key).iloc[0]['value'])}"
    return sentence


def overview(page: Page) -> pd.DataFrame:
    """One row a metric with its value over the reader's filters."""
    rows = []
    for metric in catalogue.all():
        row = page.measured(metric.key).iloc[0]
        rows.append(
            {
                "label": metric.label,
                "about": tables.get(metric.table).title,
                "question": metric.question,
                "value": metric.show(row["value"]),
                "part_whole": metric.show_part_whole(row["part"], row["whole"]),
                "better": metric.better_words,
                "target": target(metric.at(page.build.data_date.date())),
            }
        )
    return pd.DataFrame(rows)
