"""Tickets as the service desk exported them over the years: yearly, then by half-year, by month, at last every week.

An export shows each ticket as it stood at that moment, and holds what was opened or touched since a given day; so every
later export corrects the earlier ones, and the last state of every ticket is in some file.
"""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from etl.demo.campus import schedules
from etl.demo.campus.schedules import Export
from etl.demo.form import faults
from etl.demo.form.books import Book, serial, written
from etl.demo.form.columns import MINUTE, NOTHING, Columns, happened, latest, words
from etl.demo.form.truth import Tally

EVENTS = ("opened", "responded", "first_close", "reopened", "closed", "voided", "rated", "corrected")
_UNCHANGING = ("id", "level", "description", "place", "reporter", "number", "phone", "channel", "handler", "opened")

_PLAIN = {
    "id": "工单编号",
    "title": "标题",
    "category": "类别",
    "level": "紧急程度",
    "description": "问题描述",
    "place": "地点",
    "reporter": "报修人",
    "number": "学工号",
    "phone": "联系电话",
    "channel": "来源渠道",
    "unit": "责任部门",
    "handler": "处理人",
    "status": "状态",
    "opened": "报修时间",
    "responded": "响应时间",
    "closed": "办结时间",
    "rating": "满意度",
    "rated_by": "评价方式",
    "reopened_count": "重办次数",
    "closing_level": "办结层级",
}
_YEARLY = {
    **_PLAIN,
    "id": "12345工单编号",
    "category": "12345工单类型",
    "description": "12345内容描述",
    "place": "12345诉求地址",
    "channel": "12345工单来源",
    "opened": "12345受理时间",
    "unit": "承办单位",
    "reporter": "反映人",
    "rating": "满意情况",
    "status": "处理状态",
}
_HALF = {
    **_PLAIN,
    "category": "工单类型",
    "opened": "受理时间",
    "unit": "承办单位",
    "reporter": "上报人",
    "rating": "评价结果",
    "status": "工单状态",
    "place": "事发地点",
}
_WEEKLY = {**_PLAIN, "updated": "更新时间"}
_GROUPS = {
    "报修信息": (
        "title",
        "category",
        "level",
        "description",
        "place",
        "reporter",
        "number",
        "phone",
        "channel",
        "opened",
    ),
    "处理信息": ("unit", "handler", "status", "responded", "closed", "reopened_count", "closing_level"),
    "评价信息": ("rating", "rated_by"),
}
LAYOUTS = {
    "yearly": _YEARLY,
    "half": _HALF,
    "nested": _PLAIN,
    "monthly": {**_PLAIN, "category": "报修类型"},
    "annual": _PLAIN,
    "weekly": _WEEKLY,
}


def touched(rows: Columns, since: datetime, until: datetime) -> np.ndarray:
    """Positions of the tickets an export holds."""
    after, before = np.datetime64(since, "s"), np.datetime64(until, "s")
    hit = np.zeros(len(rows), dtype=bool)
    for event in EVENTS:
        hit |= (rows[event] > after) & (rows[event] <= before)
    return np.flatnonzero(hit & (rows["opened"] < before))


def state(rows: Columns, until: datetime) -> Columns:
    """The tickets as they stood at a moment: what had not happened yet is empty."""
    now = np.datetime64(until, "s")
    out = Columns({name: rows[name] for name in _UNCHANGING})
    first, done = happened(rows["first_close"], now), happened(rows["closed"], now)
    again, answered = happened(rows["reopened"], now), happened(rows["responded"], now)
    is_closed, rated = done | (first & ~again), happened(rows["rated"], now) & done
    dispatched = happened(rows["opened"] + 3 * MINUTE, now)
    known = [happened(rows["voided"], now), rated, is_closed, again, answered, dispatched]
    said = [rows["void_word"], "已评价", "已办结", "重办中", "处理中", "已派单"]
    out["status"] = np.select(known, [np.asarray(word, dtype=object) for word in said], "待受理")
    out["responded"] = np.where(answered, rows["responded"], NOTHING)
    out["closed"] = np.where(done, rows["closed"], np.where(is_closed, rows["first_close"], NOTHING))
    out["rating"], out["rated_by"] = np.where(rated, rows["rating"], ""), np.where(rated, rows["rated_by"], "")
    out["reopened_count"] = words(map(str, np.where(again, rows["reopened_count"], 0).tolist()))
    out["closing_level"] = np.where(is_closed, rows["closing_level"], "")
    wrong = rows["corrected"] > now
    out["category"] = np.where(wrong, rows["first_category"], rows["category"])
    out["unit"] = np.where(wrong, rows["first_unit"], rows["unit"])
    out["title"] = out["category"] + "：" + rows["place"]
    out["updated"] = latest([rows[event] for event in EVENTS], now)
    return out


def books(
    rows: Columns, autumns: list[date], data_date: datetime, tally: Tally, random: np.random.Generator
) -> Iterator[tuple[Book, datetime]]:
    """Every ticket file with the moment of its export."""
    seen: set[str] = set()
    for export in schedules.tickets(autumns, data_date):
        index = touched(rows, export.since, export.until)
        if len(index):
            book = _book(export, state(rows.take(index), export.until), random)
            if export.layout not in seen or export.until == data_date:
                faults.spoil(book, LAYOUTS[export.layout], "tickets", tally, random)
            seen.add(export.layout)
            yield book, export.until


def _book(export: Export, now: Columns, random: np.random.Generator) -> Book:
    layout, count = LAYOUTS[export.layout], len(now)
    fields = list(layout)
    if export.layout == "nested":
        fields = ["id", *(one for group in _GROUPS.values() for one in group)]
    columns = {one: now[one].tolist() for one in fields if now[one].dtype.kind != "M"}
    moments = [one for one in fields if now[one].dtype.kind == "M"]
    style = "slash" if export.layout == "yearly" else "iso"
    columns |= {one: serial(now[one]) if export.layout == "monthly" else written(now[one], style) for one in moments}
    columns["id"] = _marked(columns["id"], random.random(count), "\t" if export.layout == "yearly" else "'")
    if export.layout in ("half", "monthly"):
        columns["phone"] = [float(one) for one in columns["phone"]]
    book = Book(
        export.name.format(stamp=export.until.strftime("%Y%m%d%H%M%S")),
        [layout[one] for one in fields],
        [list(row) for row in zip(*(columns[one] for one in fields), strict=True)],
    )
    if export.layout != "yearly":
        book.title = ["校园守护码工单明细", f"导出时间：{export.until:%Y-%m-%d %H:%M:%S}"]
    if export.layout == "monthly":
        book.serials = {fields.index(one): "yyyy-mm-dd hh:mm:ss" for one in moments}
    if export.layout == "nested":
        book.groups = ["", *(group for group, members in _GROUPS.items() for _ in members)]
    if export.layout in ("half", "annual", "monthly"):
        book.footer = [["合计", f"{count}条"], ["注：本表由校园守护码系统自动生成，数据以系统为准。"]]
    if export.layout == "annual":
        book.hidden = [["字典项", "取值"], ["紧急程度", "紧急"], ["紧急程度", "一般"]]
    return book


def _marked(values: list[str], chance: np.ndarray, mark: str) -> list[str]:
    """Some ids carry the mark people put before a long number to keep it text."""
    return [mark + value if hit < 0.06 else value for value, hit in zip(values, chance.tolist(), strict=True)]
