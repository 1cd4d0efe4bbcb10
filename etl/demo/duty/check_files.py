"""The register of safety checks as its keepers export it: an old text file, two header rows, this term's in one that
grows."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.duty import checks as checks
from etl.demo.duty import shifts as shifts
from etl.demo.form.books import Book, Files, serial, written
from etl.demo.form.columns import Columns, within

_OLD_WORDS = {
    "师生安全检查": "师生联合检查",
    "学校消防检查": "校级消防检查",
    "单位防火检查": "防火检查",
    "食品安全检查": "食堂检查",
    "危化品检查": "危化检查",
    "日常巡查": "巡查",
}


def inspections(rows: Columns, autumns: list[date], data_date: datetime) -> Files:
    """Years long past in an old text file, last year in a workbook with two header rows, this term in
    one that grows."""
    last, now = shifts.school_year(autumns, 1), shifts.school_year(autumns, 0)
    for part, until, make in (
        (within(rows, "inspected", None, last), last, _old_checks),
        (within(rows, "inspected", last, now), now, _nested_checks),
    ):
        if len(part):
            moment = datetime.combine(until, datetime.min.time()) + timedelta(hours=8)
            yield "inspections", make(part, moment), moment
    for until in (data_date - timedelta(days=21), data_date):
        part = within(rows, "inspected", datetime.combine(now, datetime.min.time()), until)
        if len(part):
            yield "inspections", _new_checks(part, until, draft=until < data_date), until


def _numbers(rows: Columns, unit: str = "") -> list[str]:
    return [
        "—" if hidden else f"{number}{unit}"
        for number, hidden in zip(rows["found"].tolist(), rows["uncounted"].tolist(), strict=True)
    ]


def _old_checks(rows: Columns, until: datetime) -> Book:
    header = [
        "序号",
        "编号",
        "检查日期",
        "检查类别",
        "检查场所",
        "组织单位",
        "检查人员",
        "身份",
        "学生人数",
        "检查点数",
        "发现隐患数",
        "现场整改数",
        "对应隐患",
        "存档编号",
    ]
    lines = zip(
        range(1, len(rows) + 1),
        rows["id"],
        written(rows["inspected"], "slash"),
        (_OLD_WORDS[one] for one in rows["category"]),
        rows["place"],
        rows["unit"],
        rows["inspector"],
        rows["role"],
        rows["students"],
        (f"{one}项" for one in rows["items"]),
        _numbers(rows, "处"),
        rows["fixed"],
        rows["hazard"],
        rows["sheet_no"],
        strict=True,
    )
    return Book(f"安全检查台账_{until:%Y%m%d%H%M%S}.csv", header, [[str(cell) for cell in line] for line in lines])


def _nested_checks(rows: Columns, until: datetime) -> Book:
    header = [
        "检查编号",
        "检查时间",
        "检查类型",
        "检查地点",
        "检查单位",
        "检查人",
        "检查人身份",
        "参加学生人数",
        "检查项数",
        "发现问题数",
        "当场整改数",
        "隐患编号",
        "检查表编号",
    ]
    lines = zip(
        rows["id"],
        serial(rows["inspected"]),
        rows["category"],
        rows["place"],
        rows["unit"],
        rows["inspector"],
        rows["role"],
        rows["students"].tolist(),
        rows["items"].tolist(),
        _numbers(rows),
        rows["fixed"].tolist(),
        rows["hazard"],
        rows["sheet_no"],
        strict=True,
    )
    book = Book(f"安全检查登记表_{until:%Y%m%d%H%M%S}.xlsx", header, [list(line) for line in lines])
    book.title = ["安全检查登记表"]
    book.groups = [
        "",
        "",
        "",
        "检查对象",
        "检查对象",
        "参加人员",
        "参加人员",
        "参加人员",
        "检查结果",
        "检查结果",
        "检查结果",
        "检查结果",
        "",
    ]
    book.serials = {1: "yyyy-mm-dd hh:mm"}
    return book


def _new_checks(rows: Columns, until: datetime, draft: bool) -> Book:
    """This term's; in the earlier export the newest checks have no hazard number yet."""
    header = [
        "检查编号",
        "检查时间",
        "检查类型",
        "检查地点",
        "检查单位",
        "检查人",
        "检查人身份",
        "参加学生人数",
        "检查项数",
        "发现问题数",
        "当场整改数",
        "隐患编号",
        "检查表编号",
        "检查情况",
    ]
    late = rows["inspected"] > np.datetime64(until - timedelta(days=10), "s")
    hazard = ["" if draft and new else one for one, new in zip(rows["hazard"], late.tolist(), strict=True)]
    lines = zip(
        rows["id"],
        written(rows["inspected"], "iso"),
        rows["category"],
        rows["place"],
        rows["unit"],
        rows["inspector"],
        rows["role"],
        (f"{one}人" for one in rows["students"]),
        rows["items"].tolist(),
        _numbers(rows),
        rows["fixed"].tolist(),
        hazard,
        rows["sheet_no"],
        rows["said"],
        strict=True,
    )
    book = Book(f"安全检查登记表_{until:%Y%m%d%H%M%S}.xlsx", header, [list(line) for line in lines])
    book.title = ["示范大学安全检查登记表", f"导出时间：{until:%Y-%m-%d %H:%M:%S}"]
    book.footer = [["合计", f"共{len(rows)}次"]]
    return book
