"""The branches: plans, activities, honours, points; their tasks stand in a file of their own."""

from datetime import date, datetime

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people
from etl.demo.form.books import Book, Files, serial, written
from etl.demo.form.columns import Columns, pick, stream, words
from etl.demo.form.truth import Tally
from etl.demo.party import wording
from etl.demo.party.tasks import tasks

NAMES = ("brand_plans", "brand_tasks", "activities", "honours", "points")
BRANCHES = tuple(wording.BRANDS)
ACTIVITIES_A_WEEK = 0.75  # of one branch in term


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Every file of the group with its source and the moment of its export."""
    years = range(days.day[0].astype(object).year, data_date.year + 1)
    yield "brand_plans", _plans(years, data_date, tally), data_date
    random = stream(seed, "activities")
    held = _held(random, days, data_date)
    yield "brand_tasks", tasks(years, held, data_date, seed, tally), data_date
    yield "activities", _activities(random, held, data_date, tally), data_date
    yield "honours", _honours(years, data_date, seed, tally), data_date
    yield "points", _points(years, data_date, seed, tally), data_date


def _plans(years: range, data_date: datetime, tally: Tally) -> Book:
    header = [
        "支部名称",
        "年度",
        "名称",
        "内涵",
        "载体",
        "成效",
        "中期检查时间",
        "检查意见",
        "落实情况",
        "下次检查时间",
    ]
    rows: list[list[object]] = []
    for year in years:
        for branch, (brand, meaning, carrier, effect) in wording.BRANDS.items():
            current = year == data_date.year
            opinion = wording.OPINIONS[(year + int(branch[1:])) % len(wording.OPINIONS)]
            answer = "—" if current else wording.RESPONSES[(year + int(branch[1:])) % len(wording.RESPONSES)]
            rows.append(
                [
                    wording.NAMES[branch],
                    f"{year}年度",
                    brand,
                    meaning,
                    carrier,
                    "待年底总结" if current else effect,
                    f"{year}年6月20日",
                    opinion,
                    answer,
                    f"{year + 1}年6月20日",
                ]
            )
    tally.totals["brand_plans"] = len(rows)
    book = Book(wording.file_name("支部品牌计划汇总", data_date), header, rows)
    book.title, book.groups = ["一支部一品牌建设计划汇总表"], ["", "", *["品牌"] * 4, *["中期检查"] * 4]
    return book


def _held(random: np.random.Generator, days: Days, data_date: datetime) -> Columns:
    """branch, held, kind of every activity up to the data date, in the order they are numbered."""
    weight = np.where(days.teaching_week > 0, ACTIVITIES_A_WEEK / 6, 0.01) * np.where(days.is_holiday, 0.2, 1.0)
    counts = random.poisson(np.tile(weight[:, None], (1, len(BRANCHES))))
    day, branch = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    rows = Columns(
        branch=words(BRANCHES)[branch],
        held=days.day[day].astype("datetime64[s]") + np.timedelta64(14 * 3600 + 1800, "s"),
    )
    rows = rows.take(rows["held"] < np.datetime64(data_date, "s"))
    rows["kind"] = pick(random, len(rows), {"宣讲": 24, "志愿服务": 34, "微课堂": 18, "主题党日": 24})
    return rows


def _activities(random: np.random.Generator, rows: Columns, data_date: datetime, tally: Tally) -> Book:
    count = len(rows)
    rows["people"], rows["reach"] = 5 + random.poisson(11, count), 20 + random.poisson(70, count)
    rows["half_hours"], rows["unknown"] = random.integers(2, 7, count), random.random(count) < 0.2
    who, _, _ = people(random, count, 80)
    tally.totals |= {
        "activities": count,
        "activities_people": int(rows["people"].sum()),
        "activities_hours_halved": int(rows["half_hours"].sum()),
        "activities_reach": int(rows["reach"][~rows["unknown"]].sum()),
    }
    header = ["编号", "活动主题", "活动类型", "主办支部", "主讲人", "地点", "开展时间", "参加人数", "时长", "受众人数"]
    lines: list[list[object]] = [
        [
            f"HD{number:05d}",
            wording.TOPICS[kind][number % len(wording.TOPICS[kind])],
            wording.KINDS_WRITTEN[kind][number % 2],
            wording.SPELLED[one][number % 3 > 0],
            person,
            wording.ROOMS[number % len(wording.ROOMS)],
            when,
            f"{many}人",
            f"{half * 30}分钟" if half % 2 else f"{half // 2}小时",
            "" if unknown else str(reach),
        ]
        for number, (kind, one, person, when, many, half, unknown, reach) in enumerate(
            zip(
                rows["kind"],
                rows["branch"],
                who,
                written(rows["held"], "dot"),
                rows["people"],
                rows["half_hours"],
                rows["unknown"],
                rows["reach"],
                strict=True,
            ),
            1,
        )
    ]
    return Book(wording.file_name("支部活动登记", data_date, "csv"), header, lines)


def _honours(years: range, data_date: datetime, seed: int, tally: Tally) -> Book:
    random = stream(seed, "honours")
    rows: list[list[object]] = []
    for year in years:
        for number in range(9):
            day = np.datetime64(f"{year}-{1 + number:02d}-{10 + number:02d}")
            if np.datetime64(wording.FIRST_HONOUR) <= day < np.datetime64(data_date.date()):
                branch, (title, level, issuer) = (
                    BRANCHES[int(random.integers(0, 8))],
                    wording.HONOURS[int(random.integers(0, len(wording.HONOURS)))],
                )
                rows.append(
                    [
                        f"RY{year}{number:02d}",
                        title,
                        level,
                        wording.NAMES[branch],
                        issuer,
                        *serial(np.array([day], "datetime64[s]")),
                        f"证书_{year}{number:02d}.jpg",
                    ]
                )
    tally.totals["honours"] = len(rows)
    book = Book(
        wording.file_name("表彰荣誉登记表", data_date),
        ["编号", "表彰名称", "表彰级别", "获奖支部", "颁发单位", "获奖日期", "证书"],
        rows,
    )
    book.title, book.serials = ["表彰荣誉登记表"], {5: "yyyy-mm-dd"}
    return book


def _points(years: range, data_date: datetime, seed: int, tally: Tally) -> Book:
    random, total = stream(seed, "points"), 0
    rows: list[list[object]] = []
    for year in years:
        for half, (month, day) in (("上半年", (6, 30)), ("下半年", (12, 31))):
            if data_date <= datetime(year, month, day) or year < years.start + (half == "上半年"):
                continue
            for branch in BRANCHES:
                for item in wording.POINT_ITEMS:
                    points = int(random.integers(14, 26))
                    total += points
                    rows.append(
                        [
                            wording.SPELLED[branch][0],
                            f"{year}年{half}",
                            f"{year}-{month:02d}-{day:02d}",
                            item,
                            str(points),
                        ]
                    )
    tally.totals |= {"points": len(rows), "points_sum": total}
    book = Book(
        wording.file_name("支部绩效积分表", data_date, "csv"),
        ["支部", "考核周期", "统计日期", "考核项目", "得分"],
        rows,
    )
    book.encoding = "utf-8-sig"
    return book
