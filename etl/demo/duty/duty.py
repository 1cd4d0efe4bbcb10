"""Registers of checks, of shifts and patrols, and of the yearly service of the fire equipment, as their keepers export
them."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.duty import checks as checks
from etl.demo.duty import shifts as shifts
from etl.demo.duty.check_files import inspections
from etl.demo.duty.shift_files import gate_books, patrol_book
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import Columns, words
from etl.demo.form.truth import Tally

NAMES = ("inspections", "duty_shifts", "equipment_services")


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Every file of the group with its source and the moment of its export."""
    inspected = checks.draw(place, days, data_date, scale, seed)
    yield from inspections(inspected, autumns, data_date)
    at_gates = [
        shifts.branch_shifts(place, days, data_date, seed),
        shifts.gate_shifts(days, data_date, seed, shifts.school_year(autumns, 1)),
    ]
    gates = _joined(at_gates, "ZS")
    yield from gate_books(gates, autumns, data_date)
    patrols = _joined([shifts.patrols(place, data_date, seed)], "XC")
    for until in (data_date - timedelta(days=28), data_date):
        yield "duty_shifts", patrol_book(patrols, until, data_date), until
    served = checks.services(place, days, data_date, seed)
    yield "equipment_services", _service_book(served, data_date), data_date
    _count(inspected, gates, patrols, served, tally)


def _count(inspected: Columns, gates: Columns, patrols: Columns, served: Columns, tally: Tally) -> None:
    counted, totals = ~inspected["uncounted"], tally.totals
    totals["inspections"], totals["inspections_with_students"] = len(inspected), int((inspected["students"] > 0).sum())
    totals["inspections_problems"] = int(inspected["found"][counted].sum())
    totals["inspections_finding"] = int((inspected["found"][counted] > 0).sum())
    totals["inspections_linked"] = int((inspected["hazard"] != "").sum())
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
