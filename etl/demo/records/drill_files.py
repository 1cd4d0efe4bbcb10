"""Drill registers: a workbook per term, filled in by hand, and this term's growing one."""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from etl.demo.campus import schedules
from etl.demo.form import faults
from etl.demo.form.books import Book, written
from etl.demo.form.columns import Columns
from etl.demo.form.truth import Tally

_NEW = {
    "id": "演练编号",
    "title": "演练名称",
    "category": "演练类型",
    "unit": "组织单位",
    "organiser": "负责人",
    "place": "演练地点",
    "held": "演练时间",
    "expected": "应参加人数",
    "attended": "实到人数",
    "seconds": "疏散用时",
    "target": "目标用时",
    "found": "发现问题数",
    "fixed": "已整改问题数",
}
_OLD = {
    **_NEW,
    "category": "演练项目",
    "unit": "主办单位",
    "place": "演练场所",
    "held": "演练日期",
    "expected": "应到人数",
    "attended": "参演人数",
    "seconds": "实际疏散用时",
}
LAYOUTS = {"new": _NEW, "old": _OLD}


def books(
    rows: Columns, autumns: list[date], data_date: datetime, tally: Tally, random: np.random.Generator
) -> Iterator[tuple[Book, datetime]]:
    """Every register with the moment of its export: the halves of past school years, then monthly in
    the current term."""
    for number, export in enumerate(schedules.drills(autumns, data_date)):
        since, until = np.datetime64(export.since, "s"), np.datetime64(export.until, "s")
        inside = (rows["held"] >= since) & (rows["held"] < until)
        if inside.any():
            layout = LAYOUTS[export.layout]
            book = _book(rows.take(inside), export.until, layout, number)
            if number in (0, 5):
                faults.spoil(book, layout, "drills", tally, random)
            if number == 1:
                book.rows[0][book.header.index(layout["attended"])] = "若干"
                tally.add(tally.bad_cells, "drills.attended")
            yield book, export.until


def _book(rows: Columns, until: datetime, layout: dict[str, str], number: int) -> Book:
    held = written(rows["held"], "slash" if number < 4 else "iso")
    columns: dict[str, list] = {
        one: rows[one].tolist() for one in ("id", "title", "category", "unit", "organiser", "place")
    }
    columns["held"] = held
    columns |= {one: [f"{value}人" for value in rows[one].tolist()] for one in ("expected", "attended")}
    columns["seconds"] = [f"{value // 60}分{value % 60:02d}秒" if value else "—" for value in rows["seconds"].tolist()]
    columns["target"] = [
        (f"{value}秒" if number % 2 else f"{value // 60}分钟") if value else "/" for value in rows["target"].tolist()
    ]
    columns |= {
        one: [f"{value}处" if number % 3 == 1 else str(value) for value in rows[one].tolist()]
        for one in ("found", "fixed")
    }
    book = Book(
        f"演练登记表_{until:%Y%m%d%H%M%S}.xlsx",
        list(layout.values()),
        [list(row) for row in zip(*(columns[one] for one in layout), strict=True)],
    )
    book.title = ["应急演练登记表"]
    book.footer = [["填表人：示例甲", "审核人：示例乙"]] if number % 2 else []
    return book
