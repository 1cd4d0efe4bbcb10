"""Hazard ledgers: one per school year, kept in a text file, monthly workbooks last year, and this term's growing
ledger."""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from etl.demo.campus import schedules
from etl.demo.campus.schedules import Export
from etl.demo.form import faults
from etl.demo.form.books import Book, serial, written
from etl.demo.form.columns import Columns
from etl.demo.form.truth import Tally
from etl.demo.records.hazards import NEVER

EVENTS = ("found", "rectified", "closed", "voided")
_UNCHANGING = (
    "id",
    "description",
    "category",
    "level",
    "found",
    "place",
    "campaign",
    "channel",
    "reporter",
    "phone",
    "owner",
    "unit",
    "due",
    "undated",
)
_PLAIN = {
    "id": "编号",
    "description": "隐患描述",
    "category": "隐患类别",
    "level": "风险等级",
    "found": "发现日期",
    "place": "地点",
    "campaign": "专项行动",
    "channel": "上报渠道",
    "reporter": "上报人",
    "phone": "联系电话",
    "owner": "整改负责人",
    "unit": "责任部门",
    "due": "整改期限",
    "status": "状态",
    "rectified": "整改完成时间",
    "closed": "销号时间",
    "extended": "延期至",
    "verifier": "复查人",
}
_OLD = {
    **_PLAIN,
    "id": "隐患编号",
    "description": "问题描述",
    "level": "隐患等级",
    "found": "排查日期",
    "place": "隐患部位",
    "reporter": "检查人",
    "unit": "整改单位",
    "due": "限期",
    "status": "整改情况",
    "rectified": "整改完成日期",
    "closed": "销号日期",
}
# layout → header, how a day is written, how a grade is written (canonical, digit), encoding
LAYOUTS = {
    "ledger_a": (_OLD, "slash", "{digit}", "gb18030"),
    "ledger_b": (_OLD, "dot", "{digit}级", "gb18030"),
    "ledger_c": (_PLAIN, "chinese", "{name}{digit}级", "gb18030"),
    "ledger_d": (_PLAIN, "iso", "{name}隐患", "utf-8-sig"),
    "monthly": (_PLAIN, "serial", "{name}", ""),
    "term": (_PLAIN, "iso", "{name}", ""),
}
_DIGITS = {"重大": "1", "较大": "2", "一般": "3", "低": "4"}


def touched(rows: Columns, since: datetime, until: datetime) -> np.ndarray:
    """Positions of the hazards a ledger holds; a day is known from the next morning on."""
    after, before = np.datetime64(since.date()), np.datetime64(until.date())
    hit = np.zeros(len(rows), dtype=bool)
    for event in EVENTS:
        hit |= (rows[event] >= after) & (rows[event] < before)
    return np.flatnonzero(hit & (rows["found"] < before))


def state(rows: Columns, until: datetime) -> Columns:
    """The hazards as a ledger of that morning shows them."""
    today = np.datetime64(until.date())
    known = {event: ~np.isnat(rows[event]) & (rows[event] < today) for event in EVENTS}
    out = Columns({name: rows[name] for name in _UNCHANGING})
    overdue = rows["due"] < today
    out["extended"] = np.where(overdue, rows["extended"], NEVER)
    cases = [known["voided"], known["closed"], known["rectified"], overdue & ~np.isnat(rows["extended"])]
    cases += [overdue & ~rows["undated"], rows["found"] < today - 2]
    said = [rows["void_word"], rows["closed_word"], "待复查", "延期整改", "逾期未整改", "整改中"]
    out["status"] = np.select(cases, [np.asarray(word, dtype=object) for word in said], "未整改")
    for event in ("rectified", "closed"):
        out[event] = np.where(known[event], rows[event], NEVER)
    out["verifier"] = np.where(known["closed"], rows["verifier"], "")
    return out


def books(
    rows: Columns, autumns: list[date], data_date: datetime, tally: Tally, random: np.random.Generator
) -> Iterator[tuple[Book, datetime]]:
    """Every ledger with the moment of its export."""
    seen: set[str] = set()
    for export in schedules.hazards(autumns, data_date):
        index = touched(rows, export.since, export.until)
        if len(index):
            book = _book(export, state(rows.take(index), export.until), tally)
            if export.layout not in seen:
                faults.spoil(book, LAYOUTS[export.layout][0], "hazards", tally, random)
            seen.add(export.layout)
            yield book, export.until


def _book(export: Export, now: Columns, tally: Tally) -> Book:
    layout, style, grade, encoding = LAYOUTS[export.layout]
    fields = list(layout)
    columns = {one: now[one].tolist() for one in fields if now[one].dtype.kind != "M"}
    moments = [one for one in fields if now[one].dtype.kind == "M"]
    columns |= {one: serial(now[one]) if style == "serial" else written(now[one], style) for one in moments}
    columns["level"] = [grade.format(name=one, digit=_DIGITS[one]) for one in columns["level"]]
    for position in np.flatnonzero(now["undated"]).tolist():
        columns["due"][position] = ("待定", "尽快")[position % 2]
        tally.add(tally.bad_cells, "hazards.due")
    rows = [list(row) for row in zip(*(columns[one] for one in fields), strict=True)]
    book = Book(
        export.name.format(stamp=export.until.strftime("%Y%m%d%H%M%S")),
        [layout[one] for one in fields],
        rows,
        encoding=encoding,
    )
    if style == "serial":
        # Only the day it was found is formatted as a date; the others are bare numbers such as 45925.
        book.serials = {fields.index("found"): "yyyy-mm-dd", fields.index("due"): "yyyy/m/d"}
    if export.layout in ("monthly", "term"):
        book.title = ["示范大学安全隐患整改台账", f"导出时间：{export.until:%Y-%m-%d %H:%M:%S}"]
        book.footer = [["合计", f"共{len(rows)}条"]]
    return book
