"""Shifts at the gates, patrols on their routes: past ones counted, those of the coming week planned."""

from datetime import date, datetime, timedelta

from etl.demo.duty import checks as checks
from etl.demo.duty import shifts as shifts
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import Columns, within


def gate_books(rows: Columns, autumns: list[date], data_date: datetime) -> Files:
    """Past years in an old text file, last year and this term in workbooks; the newest holds next week's roster."""
    last, now = shifts.school_year(autumns, 1), shifts.school_year(autumns, 0)
    old = within(rows, "starts", None, last)
    if len(old):
        until = datetime.combine(last, datetime.min.time()) + timedelta(hours=8)
        header = ["序号", "值守编号", "值守时间", "下岗时间", "班次类型", "点位", "值守支部", "计划人数", "到岗人数"]
        lines = zip(
            range(1, len(old) + 1),
            old["id"],
            written(old["starts"], "dot"),
            written(old["ends"], "dot"),
            old["category"],
            old["post"],
            _branches(old),
            old["planned"],
            (f"{one}人" for one in old["present"]),
            strict=True,
        )
        yield (
            "duty_shifts",
            Book(f"支部值守登记_{until:%Y%m%d%H%M%S}.csv", header, [[str(cell) for cell in line] for line in lines]),
            until,
        )
    ends = [
        (last, now, datetime.combine(now, datetime.min.time()) + timedelta(hours=8)),
        (now, data_date + timedelta(days=9), data_date),
    ]
    for since, before, until in ends:
        part = within(rows, "starts", datetime.combine(since, datetime.min.time()), before)
        if not len(part):
            continue
        header = ["班次编号", "开始时间", "结束时间", "值守类型", "岗位", "党支部", "值守单位", "应到人数", "实到人数"]
        lines = zip(
            part["id"],
            written(part["starts"], "iso"),
            written(part["ends"], "iso"),
            part["category"],
            (f"{one}岗" for one in part["post"]),
            _branches(part),
            ("" if one else "保卫处" for one in part["branch"]),
            part["planned"].tolist(),
            _present(part),
            strict=True,
        )
        book = Book(f"校门值守记录_{until:%Y%m%d%H%M%S}.xlsx", header, [list(line) for line in lines])
        book.title = ["校门与支部值守记录"]
        book.footer = [["合计", f"共{len(part)}班"]]
        yield "duty_shifts", book, until


def _branches(rows: Columns) -> list[str]:
    return [f"第{'零一二三四五六七八九'[int(one[1:])]}党支部" if one else "" for one in rows["branch"]]


def _present(rows: Columns) -> list:
    return [
        number if past else "" for number, past in zip(rows["present"].tolist(), rows["is_past"].tolist(), strict=True)
    ]


def patrol_book(rows: Columns, until: datetime, data_date: datetime) -> Book:
    """The patrol system's list: up to the export, the newest one with the coming week's routes, nobody counted yet."""
    part = within(rows, "starts", None, data_date + timedelta(days=9) if until == data_date else until)
    header = ["巡更编号", "巡更时间", "离岗时间", "任务", "巡逻路线", "巡查网格", "应到", "实到"]
    lines = zip(
        part["id"],
        written(part["starts"], "iso"),
        written(part["ends"], "iso"),
        part["category"],
        part["post"],
        (f"第{int(one[1:])}网格" for one in part["grid"]),
        (str(one) for one in part["planned"].tolist()),
        (str(one) for one in _present(part)),
        strict=True,
    )
    return Book(f"巡更记录_{until:%Y%m%d%H%M%S}.csv", header, [list(line) for line in lines], encoding="utf-8-sig")
