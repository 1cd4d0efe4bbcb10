"""Visits to seven sites: booked, called off, held."""

from datetime import date, datetime, time, timedelta

import numpy as np

from etl.demo.campus.campus import Days
from etl.demo.form.books import Book
from etl.demo.form.columns import stream
from etl.demo.training.colleges import colleges_of

DAY = timedelta(days=1)
SITES = {
    "安全教育体验馆": 30,
    "反诈工作站": 14,
    "微型消防站": 12,
    "应急救护站": 12,
    "校园安全指挥中心": 10,
    "矛盾调解中心": 6,
    "师生服务中心": 16,
}
CLOSED_SITE = "矛盾调解中心"  # nobody came since this school year began
VISITS_A_YEAR = 320


def booked(days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int) -> list[dict]:
    """Bookings of the sites, also those called off and a few still to come."""
    random, colleges, bookings = stream(seed, "visits"), [one for one, _ in colleges_of()], []
    open_days = np.flatnonzero((days.teaching_week > 0) & days.is_workday)
    count = max(40, round(VISITS_A_YEAR * scale * len(days.day) / 365))
    when = [days.day[one].astype(object) for one in random.choice(open_days, count)] + [
        data_date.date() + (2 + one) * DAY for one in range(3)
    ]
    weights = np.array(list(SITES.values())) / sum(SITES.values())
    for number, day in enumerate(sorted(when), 1):
        site, outside = str(random.choice(list(SITES), p=weights)), random.random() < 0.12
        if site == CLOSED_SITE and day >= autumns[-1]:
            site = "安全教育体验馆"
        at = datetime.combine(day, time(int(random.integers(9, 17)), 30))
        state = "已预约" if at > data_date else "已取消" if random.random() < 0.07 else "已完成"
        bookings.append(
            {
                "id": f"CG{day.year}{number:04d}",
                "site": site,
                "at": at,
                "people": int(random.integers(12, 65)),
                "state": state,
                "unit": "" if outside else colleges[int(random.integers(0, len(colleges)))],
                "who": "校外人员" if outside else ("新生" if day.month in (9, 10) else "学生"),
            }
        )
    return bookings


def visit_book(visits: list[dict], until: datetime, file: str) -> Book:
    header = ["预约编号", "参观场馆", "参观时间", "参观单位", "参观对象", "参观人数", "状态", "预约渠道"]
    style = "%Y/%m/%d %H:%M" if file.endswith("csv") else "%Y-%m-%d %H:%M:%S"

    def state(one: dict) -> str:
        return "已预约" if one["at"] > until else one["state"]

    rows = [
        [
            one["id"],
            one["site"],
            one["at"].strftime(style),
            one["unit"] or "—",
            one["who"],
            f"{one['people']}人",
            state(one),
            "公众号",
        ]
        for one in visits
    ]
    book = Book(file, header, rows)
    book.footer = [] if file.endswith("csv") else [["合计", f"{len(rows)}批"]]
    return book
