"""Exports the numbers rest on: never received, not yet begun in a week, or stopping before its end; each said with its remedy."""

from collections.abc import Iterable
from datetime import date, datetime, time

import warehouse
from metrics import Metric, catalogue, span, tables
from metrics.window import WEEK
from ui import data, states

FED_BY = {"drill_obligations": "drills"}  # what is required is known without a single drill, what was done is not
REMEDY = "请从业务系统导出后放进 data/inbox，再运行 python -m etl load。"


def _fact(table: str) -> str:
    return FED_BY.get(table, table)


def title(build_name: str, table: str) -> str:
    """「隐患台账」: what the school calls the export that feeds a table."""
    sources = data.health(build_name, "sources")
    names = sources.loc[sources["feeds"] == _fact(table), "title"]
    return "、".join(names) or tables.get(table).title


def missing(build_name: str, table: str) -> bool:
    """Whether not one record of the table was ever received: nothing is known then, which is not zero."""
    return span.first_day(warehouse.get(build_name), _fact(table)) == date.max


def begun(build_name: str, table: str, week: date) -> bool:
    """Whether the table has records from the week of the Monday `week` or earlier."""
    return span.first_day(warehouse.get(build_name), _fact(table)) < week + WEEK


def stops(build_name: str, table: str, week: date) -> bool:
    """Whether a weekly export that feeds the table was last made before the week of `week` was over."""
    known = data.unfinished(build_name, datetime.combine(week + WEEK, time.min))
    return bool((known["feeds"] == _fact(table)).any())


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
    states.empty(sentence(page.build.name, metric.table), remedy="")
    return True
