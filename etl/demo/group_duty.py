"""Registers of checks, of shifts and patrols, and of the yearly service of the fire equipment, as their keepers export them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np

from etl.demo import group_duty_checks as checks
from etl.demo import group_duty_shifts as shifts
from etl.demo.books import Book, serial, written
from etl.demo.campus import Campus, Days
from etl.demo.columns import Columns, words
from etl.demo.truth import Tally

NAMES = ("inspections", "duty_shifts", "equipment_services")
_OLD_WORDS = {
    "师生安全检查": "师生联合检查",
    "学校消防检查": "校级消防检查",
    "单位防火检查": "防火检查",
    "食品安全检查": "食堂检查",
    "危化品检查": "危化检查",
    "日常巡查": "巡查",
}


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Iterator[tuple[str, Book, datetime]]:
    """Every file of the group with its source and the moment of its export."""
    found = checks.draw(place, days, data_date, scale, seed)
    yield from _inspections(found, autumns, data_date)
    at_gates = [
        shifts.branch_shifts(place, days, data_date, seed),
        shifts.gate_shifts(days, data_date, seed, shifts.school_year(autumns, 1)),
    ]
    gates = _joined(at_gates, "ZS")
    yield from _gate_books(gates, autumns, data_date)
    patrols = _joined([shifts.patrols(place, data_date, seed)], "XC")
    for until in (data_date - timedelta(days=28), data_date):
        yield "duty_shifts", _patrol_book(patrols, until, data_date), until
    served = checks.services(place, days, data_date, seed)
    yield "equipment_services", _service_book(served, data_date), data_date
    _count(found, gates, patrols, served, tally)


def _count(found: Columns, gates: Columns, patrols: Columns, served: Columns, tally: Tally) -> None:
    counted, totals = ~found["uncounted"], tally.totals
    totals["inspections"], totals["inspections_with_students"] = len(found), int((found["students"] > 0).sum())
    totals["inspections_problems"] = int(found["found"][counted].sum())
    totals["inspections_finding"] = int((found["found"][counted] > 0).sum())
    totals["inspections_linked"] = int((found["hazard"] != "").sum())
    past = [rows.take(rows["is_past"]) for rows in (gates, patrols)]
    totals["duty_shifts"] = sum(len(rows) for rows in past)
    totals["duty_shifts_person_times"] = int(sum(rows["present"].sum() for rows in past))
    totals["duty_shifts_short"] = int(sum((rows["present"] < rows["planned"]).sum() for rows in past))
    totals["duty_shifts_planned"] = len(gates) + len(patrols) - totals["duty_shifts"]
    monday = np.datetime64(shifts.REFERENCE_MONDAY, "s")
    inside = (gates["branch"] == shifts.REFERENCE_BRANCH) & (gates["starts"] >= monday)
    inside &= gates["starts"] < monday + np.timedelta64(7 * shifts.REFERENCE_WEEKS, "D")
    totals["duty_shifts_of_the_reference_branch"] = int(gates["present"][inside].sum())
    totals["equipment_services"] = len(served)


def _joined(parts: list[Columns], prefix: str) -> Columns:
    rows = Columns({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    rows = rows.take(np.argsort(rows["starts"], kind="stable"))
    years = rows["starts"].astype("datetime64[Y]").astype(int) + 1970
    rows["id"] = words(f"{prefix}{year}{number:05d}" for number, year in enumerate(years.tolist(), 1))
    return rows


def _since(rows: Columns, column: str, since: date | datetime | None, until: date | datetime) -> Columns:
    inside = rows[column] < np.datetime64(until, "s")
    return rows.take(inside & (rows[column] >= np.datetime64(since, "s")) if since else inside)


def _inspections(rows: Columns, autumns: list[date], data_date: datetime) -> Iterator[tuple[str, Book, datetime]]:
    """Years long past in an old text file, last year in a workbook with two header rows, this term in one that grows."""
    last, now = shifts.school_year(autumns, 1), shifts.school_year(autumns, 0)
    for part, until, make in (
        (_since(rows, "inspected", None, last), last, _old_checks),
        (_since(rows, "inspected", last, now), now, _nested_checks),
    ):
        if len(part):
            moment = datetime.combine(until, datetime.min.time()) + timedelta(hours=8)
            yield "inspections", make(part, moment), moment
    for until in (data_date - timedelta(days=21), data_date):
        part = _since(rows, "inspected", datetime.combine(now, datetime.min.time()), until)
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


def _gate_books(rows: Columns, autumns: list[date], data_date: datetime) -> Iterator[tuple[str, Book, datetime]]:
    """Past years in an old text file, last year and this term in workbooks; the newest holds next week's roster."""
    last, now = shifts.school_year(autumns, 1), shifts.school_year(autumns, 0)
    old = _since(rows, "starts", None, last)
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
        part = _since(rows, "starts", datetime.combine(since, datetime.min.time()), before)
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


def _patrol_book(rows: Columns, until: datetime, data_date: datetime) -> Book:
    """The patrol system's list: up to the export, the newest one with the coming week's routes, nobody counted yet."""
    part = _since(rows, "starts", None, data_date + timedelta(days=9) if until == data_date else until)
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


def _service_book(rows: Columns, until: datetime) -> Book:
    header = ["维保单号", "完成日期", "设备类别", "楼栋", "维护单位", "数量", "不合格数", "已更换数"]
    lines = zip(
        rows["id"],
        written(rows["day"], "chinese"),
        ("年度维保",) * len(rows),
        rows["place"],
        ("示例消防维保公司",) * len(rows),
        (f"{one}具" for one in rows["devices"]),
        rows["faults"].tolist(),
        rows["replaced"].tolist(),
        strict=True,
    )
    book = Book(f"消防设施维保记录_{until:%Y%m%d%H%M%S}.xlsx", header, [list(line) for line in lines])
    book.title = ["消防设施、器材年度维保记录"]
    book.footer = [["合计", f"共{len(rows)}栋次"]]
    return book
