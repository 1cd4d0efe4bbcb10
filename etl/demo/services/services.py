"""Services to students and staff, the wishes they make, what they ask at the monthly meeting, and what they say in
surveys and on the hotline."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import Columns, pick, stream, words
from etl.demo.form.truth import Tally
from etl.demo.services import hotline, questions, surveys, wishes
from etl.demo.services.shared import branch_words, moments

NAMES = ("services", "wishes", "questions", "surveys", "survey_answers", "hotline_summaries")
SERVICES_A_YEAR = 980
_KINDS = {
    "安心护送": 38.0,
    "共享暖心伞": 24.0,
    "义诊": 5.0,
    "应急搭电": 8.0,
    "失物招领": 14.0,
    "证件代办": 6.0,
    "应急送医": 5.0,
}
_WRITTEN = {
    "安心护送": "夜间护送",
    "共享暖心伞": "借伞",
    "失物招领": "失物认领",
    "证件代办": "户籍服务",
    "应急搭电": "搭电",
    "应急送医": "送医",
    "义诊": "义诊活动",
}
_HOURS = {"安心护送": (21, 24), "共享暖心伞": (8, 20), "义诊": (9, 16), "应急送医": (0, 24)}
_CHANNELS = {"守护码": 55.0, "电话": 25.0, "现场": 15.0, "微信群": 5.0}


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """(source, book, exported at) of every file of the group; totals go into the tally."""
    yield from _services(place, days, autumns[-1], data_date, scale, seed, tally)
    yield from wishes.wishes(place, days, autumns[-1], data_date, scale, seed, tally)
    yield from questions.questions(place, days, data_date, seed, tally)
    yield from surveys.surveys(place, days, data_date, scale, seed, tally)
    yield from hotline.hotline(days, data_date, seed, tally)


def _services(
    place: Campus, days: Days, autumn: date, data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    rows = _draw(place, days, data_date, scale, stream(seed, "services"))
    now, since = np.datetime64(data_date, "s"), np.datetime64(autumn, "s")
    given = (rows["status"] == "已完成") & (rows["at"] <= now)
    counted = given & (rows["people"] >= 0)
    tally.totals |= {
        "services": len(rows),
        "services_given": int(given.sum()),
        "services_people": int(rows["people"][counted].sum()),
        "services_with_people": int(counted.sum()),
        "services_unresolved": int((~rows["resolved"]).sum()),
    }
    for number in range(1, 9):
        tally.totals[f"services_given_B{number}"] = int((given & (rows["branch"] == f"B{number}")).sum())
    last = datetime.combine(autumn, datetime.min.time()) - timedelta(hours=8)
    if (old := rows["at"] < since - np.timedelta64(1, "D")).any():
        yield "services", _old_book(rows.take(old), last), last
    recent = rows["at"] >= since - np.timedelta64(30, "D")
    yield "services", _new_book(rows.take(recent), data_date), data_date


def _draw(place: Campus, days: Days, data_date: datetime, scale: float, random: np.random.Generator) -> Columns:
    """One row per service asked for, the last few booked for the days to come."""
    day = moments(days, random, SERVICES_A_YEAR * scale)
    day[-3:] = np.datetime64(data_date.date(), "s") + np.timedelta64(2, "D")  # booked, not yet given
    count, kind = len(day), pick(random, len(day), _KINDS)
    low, high = (np.array([_HOURS.get(one, (8, 22))[end] for one in kind]) for end in (0, 1))
    at = day + ((low + random.random(count) * (high - low)) * 60).astype(int) * np.timedelta64(60, "s")
    where = random.choice(len(place.weight), size=count, p=place.weight)
    crowd = np.where(
        kind == "义诊", random.poisson(45, count), np.where(kind == "安心护送", 1 + random.binomial(2, 0.2, count), 1)
    )
    text, resolved = places(random, place, where, 0.1)
    staff, _, _ = people(random, count, 80)
    asker, _, phone = people(random, count, 900)
    status = np.where(random.random(count) < 0.03, "已取消", "已完成").astype(object)
    status[at > np.datetime64(data_date, "s")] = "已预约"
    order = np.argsort(at, kind="stable")
    branch = np.where(random.random(count) < 0.97, place.branch[where], "")
    branch[(branch == "") & resolved] = place.branch[where][(branch == "") & resolved]  # the building tells it
    rows = Columns(
        at=at,
        kind=kind,
        people=np.where(random.random(count) < 0.03, -1, crowd),
        place=text,
        resolved=resolved,
        staff=staff,
        asker=asker,
        phone=phone,
        status=status,
        branch=branch,
        channel=pick(random, count, _CHANNELS),
        written=_branch_written(random, branch),
    ).take(order)
    rows["id"] = words(f"FW{str(one)[:4]}{number:05d}" for number, one in enumerate(rows["at"], 1))
    return rows


def _branch_written(random: np.random.Generator, branch: np.ndarray) -> np.ndarray:
    out = np.full(len(branch), "", dtype=object)
    out[branch != ""] = branch_words(random, branch[branch != ""])
    return out


def _cells(rows: Columns, style: str, suffix: str) -> list[list]:
    many = [f"{one}{suffix}" if one >= 0 else "" for one in rows["people"].tolist()]
    names = ("id", "kind", "channel", "written", "staff", "asker", "phone", "place")
    columns = [*(rows[name].tolist() for name in names), written(rows["at"], style), many, rows["status"].tolist()]
    return [list(row) for row in zip(*columns, strict=True)]


def _old_book(rows: Columns, until: datetime) -> Book:
    """GB18030 csv of the years before, with the old words for services."""
    rows["kind"] = words(_WRITTEN[one] for one in rows["kind"])
    header = [
        "服务单号",
        "服务类型",
        "预约方式",
        "承办支部",
        "值班员",
        "服务对象",
        "手机号",
        "服务场所",
        "服务日期",
        "受益人数",
        "完成情况",
    ]
    return Book(f"安全服务历年台账_{until:%Y%m%d%H%M%S}.csv", header, _cells(rows, "slash", ""))


def _new_book(rows: Columns, until: datetime) -> Book:
    header = [
        "服务编号",
        "服务项目",
        "申请渠道",
        "党支部",
        "服务人员",
        "申请人",
        "联系电话",
        "服务地点",
        "服务时间",
        "服务人数",
        "状态",
    ]
    book = Book(f"安全服务登记_{until:%Y%m%d%H%M%S}.xlsx", header, _cells(rows, "iso", "人"))
    book.title, book.footer = ["安全服务登记表"], [["合计", *[""] * 8, str(len(rows)), ""], ["填表人：示例甲"]]
    return book
