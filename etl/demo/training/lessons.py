"""Guards of two contractors, visits to seven sites, and safety lessons by college; with what is planted in them
counted."""

from datetime import date, datetime, time, timedelta

from etl.demo.campus.campus import Campus, Days
from etl.demo.form.books import Book, Files
from etl.demo.form.columns import stream
from etl.demo.form.truth import Tally
from etl.demo.training.colleges import colleges_of
from etl.demo.training.guards import guards_of, roster
from etl.demo.training.visits import booked, visit_book

NAMES = ("contractors", "visits", "lessons")
SILENT_COLLEGE, SHORT_COLLEGES = (
    "艺术学院",
    ("外国语学院", "体育学院"),
)  # no lesson at all this school year; not enough hours
_LESSONS = ("消防安全", "防诈骗", "交通安全", "应急救护", "国家安全", "实验室安全", "人身财产安全")


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Every file of the group with its source and the moment of its export."""
    term = datetime.combine(autumns[-1], time(8))
    guards = guards_of(place, days.day[0].astype(object), data_date.date(), seed)
    tally.totals |= {"contractors": len(guards), "contractors_in_post": sum(one["left"] is None for one in guards)}
    yield "contractors", roster(place, guards, None, term), term
    yield "contractors", roster(place, guards, term.date(), data_date), data_date
    visits = booked(days, autumns, data_date, scale, seed)
    came = [one for one in visits if one["state"] == "已完成"]
    tally.totals |= {
        "visits": len(visits),
        "visits_held": len(came),
        "visits_people": sum(one["people"] for one in came),
    }
    overlap = term - timedelta(days=40)
    if old := [one for one in visits if one["at"] < term]:
        yield "visits", visit_book(old, term, f"场馆参观记录_{term:%Y%m%d%H%M%S}.csv"), term
    yield (
        "visits",
        visit_book(
            [one for one in visits if one["at"] >= overlap],
            data_date,
            f"一馆三站三中心参观预约_{data_date:%Y%m%d%H%M%S}.xlsx",
        ),
        data_date,
    )
    lessons = _lessons(days, autumns, data_date, seed)
    _count(lessons, data_date, tally)
    yield "lessons", _taught(lessons, data_date), data_date


def _lessons(days: Days, autumns: list[date], data_date: datetime, seed: int) -> list[dict]:
    """Freshmen's lessons in the first weeks of autumn, others through the year; hours are school hours."""
    random = stream(seed, "lessons")
    held: list[dict] = []
    for first in autumns:
        for college, freshmen in colleges_of():
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
                held.append(
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
    held = sorted((one for one in held if one["at"] < data_date), key=lambda one: (one["at"], one["college"]))
    return [one | {"id": f"AQ{one['at'].year}{number:04d}"} for number, one in enumerate(held, 1)]


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
        "lessons_colleges": len(colleges_of()),
        "lessons_colleges_enough": sum(heard.get(college, 0) / freshmen >= 4 for college, freshmen in colleges_of()),
    }
