"""Guards of two contractors, visits to seven sites, and safety lessons by college; with what is planted in them counted."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import numpy as np

from etl.demo.books import Book
from etl.demo.campus import Campus, Days
from etl.demo.columns import stream
from etl.demo.training_people import name
from etl.demo.truth import Tally
from warehouse.paths import school

NAMES = ("contractors", "visits", "lessons")
DAY = timedelta(days=1)
COMPANIES = {
    "示例保安服务有限公司": (58, 0.95),
    "平安样例物业有限公司": (38, 0.74),
}  # guards, share trained before the post
POSTS = {"门岗": 8, "巡逻岗": 7, "监控岗": 2, "宿舍门岗": 6}
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
SILENT_COLLEGE, SHORT_COLLEGES = (
    "艺术学院",
    ("外国语学院", "体育学院"),
)  # no lesson at all this school year; not enough hours
_LESSONS = ("消防安全", "防诈骗", "交通安全", "应急救护", "国家安全", "实验室安全", "人身财产安全")


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Iterator[tuple[str, Book, datetime]]:
    """Every file of the group with its source and the moment of its export."""
    term = datetime.combine(autumns[-1], time(8))
    guards = _guards(place, days.day[0].astype(object), data_date.date(), seed)
    tally.totals |= {"contractors": len(guards), "contractors_in_post": sum(one["left"] is None for one in guards)}
    yield "contractors", _roster(place, guards, None, term), term
    yield "contractors", _roster(place, guards, term.date(), data_date), data_date
    visits = _visits(days, autumns, data_date, scale, seed)
    came = [one for one in visits if one["state"] == "已完成"]
    tally.totals |= {
        "visits": len(visits),
        "visits_held": len(came),
        "visits_people": sum(one["people"] for one in came),
    }
    overlap = term - timedelta(days=40)
    if old := [one for one in visits if one["at"] < term]:
        yield "visits", _visited(old, term, f"场馆参观记录_{term:%Y%m%d%H%M%S}.csv"), term
    yield (
        "visits",
        _visited(
            [one for one in visits if one["at"] >= overlap],
            data_date,
            f"一馆三站三中心参观预约_{data_date:%Y%m%d%H%M%S}.xlsx",
        ),
        data_date,
    )
    lessons = _lessons(days, autumns, data_date, seed)
    _count(lessons, data_date, tally)
    yield "lessons", _taught(lessons, data_date), data_date


def _guards(place: Campus, start: date, until: date, seed: int) -> list[dict]:
    """Every guard since a little before the first day; about three in ten leave a year."""
    random, found = stream(seed, "contractors"), []
    weights = np.array(list(POSTS.values())) / sum(POSTS.values())
    for company, (count, trained) in COMPANIES.items():
        for _ in range(count):
            post = str(random.choice(list(POSTS), p=weights))
            homes = np.flatnonzero(
                np.isin(place.kind, {"门岗": ["校门"], "宿舍门岗": ["宿舍"]}.get(post, ["行政楼", "图书馆", "教学楼"]))
            )
            at, joined = int(random.choice(homes)), start - timedelta(days=int(random.integers(0, 300)))
            while joined <= until:
                left = joined + timedelta(days=int(random.exponential(3.2 * 365)) + 20)
                before, has_paper = random.random() < trained, random.random() < 0.93
                found.append(
                    {
                        "id": f"BA{len(found) + 1:04d}",
                        "name": name(len(found) + 250),
                        "company": company,
                        "post": post,
                        "at": at,
                        "joined": joined,
                        "trained": joined - int(random.integers(0, 6)) * DAY if before else None,
                        "paper": f"保{len(found) + 20001}" if has_paper else "",
                        "left": left if left < until else None,
                    }
                )
                if left >= until:
                    break
                joined = left + timedelta(days=int(random.integers(2, 25)))
    return found


def _roster(place: Campus, guards: list[dict], since: date | None, until: datetime) -> Book:
    header = [
        "编号",
        "姓名",
        "联系电话",
        "保安公司",
        "岗位",
        "派驻地点",
        "入职日期",
        "岗前培训",
        "保安员证号",
        "离职日期",
        "状态",
    ]
    day = until.date()
    known = [
        one for one in guards if one["joined"] < day and (since is None or one["left"] is None or one["left"] >= since)
    ]
    rows = []
    for at, one in enumerate(known):
        left = one["left"] if one["left"] and one["left"] < day else None
        rows.append(
            [
                one["id"],
                one["name"],
                f"1380000{at:04d}",
                one["company"],
                one["post"],
                place.name[one["at"]],
                f"{one['joined']:%Y-%m-%d}",
                f"{one['trained']:%Y-%m-%d}" if one["trained"] else "无",
                one["paper"],
                f"{left:%Y-%m-%d}" if left else "",
                "离职" if left else "在岗",
            ]
        )
    book = Book(f"外协保安员花名册_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["外协保安员花名册"]
    book.footer = [["合计", f"{len(rows)}人"]]
    return book


def _colleges() -> list[tuple[str, int]]:
    """(name, freshmen) of every college in data/school/units.csv."""
    lines = [line.split(",") for line in (school() / "units.csv").read_text(encoding="utf-8-sig").splitlines()[1:]]
    return [(line[1], int(line[5])) for line in lines if line[3] == "学院"]


def _visits(days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int) -> list[dict]:
    """Bookings of the sites, also those called off and a few still to come."""
    random, colleges, found = stream(seed, "visits"), [one for one, _ in _colleges()], []
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
        found.append(
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
    return found


def _visited(visits: list[dict], until: datetime, file: str) -> Book:
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


def _lessons(days: Days, autumns: list[date], data_date: datetime, seed: int) -> list[dict]:
    """Freshmen's lessons in the first weeks of autumn, others through the year; hours are school hours."""
    random, found = stream(seed, "lessons"), []
    for first in autumns:
        for college, freshmen in _colleges():
            this_year = first == autumns[-1]
            if this_year and college == SILENT_COLLEGE:
                continue
            hours = [2, 1] if this_year and college in SHORT_COLLEGES else [2, 2, 2]
            plans = [
                (first + timedelta(days=int(random.integers(5 + 14 * turn, 17 + 14 * turn))), length, "新生", freshmen)
                for turn, length in enumerate(hours)
            ]
            plans += [
                (first + timedelta(days=int(random.integers(20, 280))), 2, "学生", round(freshmen * 0.6))
                for _ in range(4)
            ]
            plans.append((first + timedelta(days=int(random.integers(30, 270))), 1, "教职工", 60))
            for day, length, who, expected in plans:
                day += timedelta(
                    days=8 if day.month == 10 and day.day <= 8 else 2 if day.weekday() > 4 else 0
                )  # no lesson in a holiday
                at = datetime.combine(day, time(int(random.choice([9, 14, 19])), 0))
                found.append(
                    {
                        "college": college,
                        "at": at,
                        "hours": length,
                        "who": who,
                        "expected": expected,
                        "people": int(expected * random.beta(30, 2.4)),
                        "what": str(random.choice(_LESSONS)),
                    }
                )
    found = sorted((one for one in found if one["at"] < data_date), key=lambda one: (one["at"], one["college"]))
    return [one | {"id": f"AQ{one['at'].year}{number:04d}"} for number, one in enumerate(found, 1)]


def _taught(lessons: list[dict], until: datetime) -> Book:
    header = [
        "编号",
        "课程名称",
        "教育类别",
        "授课时间",
        "院系",
        "授课对象",
        "学时",
        "应到人数",
        "实到人数",
        "授课方式",
    ]
    rows = [
        [
            one["id"],
            f"{one['college']}{one['what']}教育",
            one["what"],
            f"{one['at']:%Y年%-m月%-d日 %H:%M}",
            one["college"],
            one["who"],
            f"{one['hours']}.00 ",
            f"{one['expected']}人",
            f"{one['people']}人",
            "线下",
        ]
        for one in lessons
    ]
    book = Book(f"安全教育课记录_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["安全教育课登记表", f"导出时间：{until:%Y-%m-%d %H:%M:%S}"]
    return book


def _count(lessons: list[dict], data_date: datetime, tally: Tally) -> None:
    since = datetime(data_date.year - (data_date.month < 8), 8, 1)
    heard: dict[str, int] = {}
    for one in lessons:
        if one["who"] == "新生" and one["at"] >= since:
            heard[one["college"]] = heard.get(one["college"], 0) + one["hours"] * one["people"]
    tally.totals |= {
        "lessons": len(lessons),
        "lessons_people": sum(one["people"] for one in lessons),
        "lessons_colleges": len(_colleges()),
        "lessons_colleges_enough": sum(heard.get(college, 0) / freshmen >= 4 for college, freshmen in _colleges()),
    }
