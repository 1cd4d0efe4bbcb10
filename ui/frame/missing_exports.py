"""Exports the numbers rest on: never received, not yet begun in a week, or stopping before its end; each said with its remedy."""

from collections.abc import Iterable
from datetime import date

import warehouse
from metrics.ask import arrivals
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from ui.frame import states

__all__ = ["REMEDY", "begun", "first_known", "missing", "said", "sentence", "stops", "title"]
REMEDY = arrivals.REMEDY


def title(build_name: str, table: str) -> str:
    """「隐患台账」: what the school calls the export that feeds a table."""
    return arrivals.title(warehouse.get(build_name), table)


def source(build_name: str, table: str) -> str:
    """The declared source a table is fed by, the one named like it first."""
    build = warehouse.get(build_name)
    known, fact = arrivals.sources(build), arrivals.awaited(build, table)
    names = known.loc[known["feeds"] == fact, "source"].tolist()
    return next((name for name in names if name == fact), names[0] if names else "")


def missing(build_name: str, table: str) -> bool:
    """Whether not one record of the table was ever received: nothing is known then, which is not zero."""
    return arrivals.missing(warehouse.get(build_name), table)


def begun(build_name: str, table: str, week: date) -> bool:
    """Whether the table has records from the week of the Monday `week` or earlier."""
    return arrivals.begun(warehouse.get(build_name), table, week)


def stops(build_name: str, table: str, week: date) -> bool:
    """Whether a weekly export that feeds the table was last made before the week of `week` was over."""
    return arrivals.stops(warehouse.get(build_name), table, week)


def sentence(build_name: str, table: str) -> str:
    """「还没有收到隐患台账的导出。请从业务系统导出后放进 data/inbox，再运行 python -m etl load。」"""
    return f"还没有收到{title(build_name, table)}的导出。{REMEDY}"


def first_known(build_name: str, keys: Iterable[str]) -> str:
    """The first metric of which there are records, for a page's own choice; the very first when there are none of any."""
    keys = list(keys)
    return next((key for key in keys if not missing(build_name, catalogue.get(key).table)), keys[0])


def said(page, metric: Metric) -> bool:
    """Say on the page that the export behind the metric never came; False where it did."""
    if not missing(page.build.name, metric.table):
        return False
    page.headline(f"{metric.label}：没有数据，还没有收到{title(page.build.name, metric.table)}的导出")
    offered(page, metric.table)
    return True


def offered(page, table: str) -> bool:
    """Say that an export never came and where its empty table is; False where it did."""
    if not missing(page.build.name, table):
        return False
    states.empty(sentence(page.build.name, table), remedy="没有系统的，可以取空表手工登记。")
    page.link("取空表", "quality", source=source(page.build.name, table))
    return True
