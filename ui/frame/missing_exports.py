"""Exports the numbers rest on: never received, not yet begun in a week, or stopping before its end; each said with
its remedy."""

from collections.abc import Iterable

from metrics.ask import arrivals
from metrics.ask.arrivals import REMEDY, begun, missing, title
from metrics.ask.reading import answerable, known
from metrics.ask.reading.known import NOT_RECEIVED
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from ui.frame import states
from warehouse import Build

__all__ = ["NOT_RECEIVED", "REMEDY", "announced", "begun", "first_known", "missing", "sentence", "title"]


def source(build: Build, table: str) -> str:
    """The declared source a table is fed by, the one named like it first."""
    sources, fact = arrivals.sources(build), arrivals.awaited(build, table)
    names = sources.loc[sources["feeds"] == fact, "source"].tolist()
    return next((name for name in names if name == fact), names[0] if names else "")


def sentence(build: Build, table: str) -> str:
    """「还没有收到隐患台账的导出。请从业务系统导出后放进 data/inbox，再运行 python -m etl load。」"""
    return f"还没有收到{title(build, table)}的导出。{REMEDY}"


def first_known(build: Build, keys: Iterable[str]) -> str:
    """The first metric of which there are records, for a page's own choice; the very first when there are none of
    any."""
    keys = list(keys)
    return next((key for key in keys if not missing(build, catalogue.get(key).table)), keys[0])


def waits(page, metric: Metric) -> str:
    """「还没有收到（热线办理汇总只统计到 2026-10-31）」 where nothing of the page's period was told of yet;
    '' otherwise."""
    return known.not_received(page.build, metric, page.window.start)


def announced(page, metric: Metric) -> bool:
    """Say on the page that the export behind the metric never came, or that its records cannot be filtered so; False
    where there is an answer."""
    if not missing(page.build, metric.table):
        return refused(page, metric)
    page.headline(f"{metric.label}：没有数据，还没有收到{title(page.build, metric.table)}的导出")
    offered(page, metric.table)
    return True


def refused(page, metric: Metric, by: tuple[str, ...] = ()) -> bool:
    """Say in the headline why the records cannot be cut or filtered so; False where they can."""
    if why := answerable.why_not(page.build, metric, by, page.selection):
        page.headline(f"{metric.label}：{why}")
        states.empty(f"{why}。", remedy="可以换一种分法、放宽筛选或换一个指标。")
    return bool(why)


def offered(page, table: str) -> bool:
    """Say that an export never came and where its empty table is; False where it did."""
    if not missing(page.build, table):
        return False
    states.empty(sentence(page.build, table), remedy="没有系统的，可以取空表手工登记。")
    page.link("取空表", "quality", source=source(page.build, table))
    return True
