"""The branches: plans and yearly tasks with their evidence, activities, honours, points."""

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from etl.demo import party_words as said
from etl.demo.books import Book, serial, written
from etl.demo.campus import Campus, Days
from etl.demo.columns import Columns, pick, stream, words
from etl.demo.truth import Tally
from etl.demo.wording import people

NAMES = ("brand_plans", "brand_tasks", "activities", "honours", "points")
BRANCHES = tuple(said.BRANDS)
ACTIVITIES_A_WEEK = 0.75  # of one branch in term
NAMED_BY = {
    "开展安全宣讲不少于八场": "宣讲",
    "举办消防微课堂": "微课堂",
}  # tasks whose evidence names the numbers of the branch's own activities
DUE_DAY_BRANCH, SAME_PROOF_BRANCH = "B6", "B5"  # last year's tasks: all done on their due day; one paper proves three


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Iterator[tuple[str, Book, datetime]]:
    """Every file of the group with its source and the moment of its export."""
    years = range(days.day[0].astype(object).year, data_date.year + 1)
    yield "brand_plans", _plans(years, data_date, tally), data_date
    random = stream(seed, "activities")
    held = _held(random, days, data_date)
    yield "brand_tasks", _tasks(years, held, data_date, seed, tally), data_date
    yield "activities", _activities(random, held, data_date, tally), data_date
    yield "honours", _honours(years, data_date, seed, tally), data_date
    yield "points", _points(years, data_date, seed, tally), data_date


def _named(source: str, data_date: datetime, suffix: str = "xlsx") -> str:
    return f"{source}_{data_date:%Y%m%d%H%M%S}.{suffix}"


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
        for branch, (brand, meaning, carrier, effect) in said.BRANDS.items():
            current = year == data_date.year
            asked = said.OPINIONS[(year + int(branch[1:])) % len(said.OPINIONS)]
            answer = "—" if current else said.RESPONSES[(year + int(branch[1:])) % len(said.RESPONSES)]
            rows.append(
                [
                    said.NAMES[branch],
                    f"{year}年度",
                    brand,
                    meaning,
                    carrier,
                    "待年底总结" if current else effect,
                    f"{year}年6月20日",
                    asked,
                    answer,
                    f"{year + 1}年6月20日",
                ]
            )
    tally.totals["brand_plans"] = len(rows)
    book = Book(_named("支部品牌计划汇总", data_date), header, rows)
    book.title, book.groups = ["一支部一品牌建设计划汇总表"], ["", "", *["品牌"] * 4, *["中期检查"] * 4]
    return book


def _tasks(years: range, held: Columns, data_date: datetime, seed: int, tally: Tally) -> Book:
    """Five or six tasks a branch and year; four of five done in time, one of twelve without evidence."""
    random, today = stream(seed, "brand_tasks"), np.datetime64(data_date.date())
    owners, _, _ = people(random, 400, 60)
    asked = [
        (year, branch, number)
        for year in years
        for branch in BRANCHES
        for number in range(5 + (int(branch[1:]) + year) % 2)
    ]
    rows, counted = [], {"due": 0, "on_time": 0, "without_evidence": 0}
    for at, (year, branch, number) in enumerate(asked):
        task, kind, month, day = said.TASKS[number]
        due, done, proof, void = _done(
            random, year, branch, number, np.datetime64(f"{year}-{month:02d}-{day:02d}"), data_date
        )
        is_done = done < today and not void
        counted["due"] += due < today and not void
        counted["on_time"] += due < today and is_done and bool(proof) and done <= due
        counted["without_evidence"] += is_done and not proof
        status = "取消" if void else "已完成" if is_done else "进行中" if due - today < 40 else "未开始"
        due_text, done_text = written(np.array([due, done]), "chinese")
        proof = _named_activities(held, branch, task, done, proof)
        shown = proof or ("待补", "暂无", "")[number % 3]
        rows.append(
            [
                said.SPELLED[branch][year % 2],
                f"{year}年度",
                task,
                kind,
                owners[at % 400],
                due_text,
                status,
                done_text if is_done else "",
                shown if is_done else "",
                "",
            ]
        )
    tally.totals |= {"brand_tasks": len(rows), **{f"brand_tasks_{key}": int(value) for key, value in counted.items()}}
    header = ["党支部", "年度", "重点任务", "类别", "责任人", "完成时限", "完成情况", "完成日期", "佐证材料", "备注"]
    book = Book(_named("品牌任务清单", data_date), header, rows)
    book.title, book.footer = ["一支部一品牌分年度任务清单"], [["合计", f"共{len(rows)}项"]]
    return book


def _done(
    random: np.random.Generator, year: int, branch: str, number: int, due: np.datetime64, data_date: datetime
) -> tuple:
    """(due, done, evidence, void) of one task, with last year's two planted lies."""
    late = random.random() < 0.18
    done = due + (int(random.integers(3, 40)) if late else -int(random.integers(0, 25)))
    proof, void = _proof(random, branch, year, number), random.random() < 0.02
    if year == data_date.year - 1 and branch == DUE_DAY_BRANCH:
        done = due
    if year == data_date.year - 1 and branch == SAME_PROOF_BRANCH and number < 3:
        proof = said.SHARED_PROOF
    return due, done, proof, void


def _proof(random: np.random.Generator, branch: str, year: int, number: int) -> str:
    if random.random() < 0.09:
        return ""
    name = f"{branch}-{year}-{number + 1:02d}"
    return f"https://example.com/party/{name}" if random.random() < 0.5 else f"佐证_{name}.pdf"


def _named_activities(held: Columns, branch: str, task: str, done: np.datetime64, proof: str) -> str:
    """The evidence with the numbers of the last three activities of the kind the task asks for, held in its year before it was done."""
    if not proof or task not in NAMED_BY or proof == said.SHARED_PROOF:
        return proof
    year, day = done.astype("datetime64[Y]"), held["held"].astype("datetime64[D]")
    fits = (held["branch"] == branch) & (held["kind"] == NAMED_BY[task]) & (day <= done) & (day >= year)
    numbers = [f"HD{at + 1:05d}" for at in np.flatnonzero(fits)[-3:]]
    return f"活动记录 {'、'.join(numbers)}；{proof}" if numbers else proof


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
    lines = [
        [
            f"HD{number:05d}",
            said.TOPICS[kind][number % len(said.TOPICS[kind])],
            said.KINDS_WRITTEN[kind][number % 2],
            said.SPELLED[one][number % 3 > 0],
            person,
            said.ROOMS[number % len(said.ROOMS)],
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
    return Book(_named("支部活动登记", data_date, "csv"), header, lines)


def _honours(years: range, data_date: datetime, seed: int, tally: Tally) -> Book:
    random = stream(seed, "honours")
    rows: list[list[object]] = []
    for year in years:
        for number in range(9):
            day = np.datetime64(f"{year}-{1 + number:02d}-{10 + number:02d}")
            if np.datetime64(said.FIRST_HONOUR) <= day < np.datetime64(data_date.date()):
                branch, (title, level, issuer) = (
                    BRANCHES[int(random.integers(0, 8))],
                    said.HONOURS[int(random.integers(0, len(said.HONOURS)))],
                )
                rows.append(
                    [
                        f"RY{year}{number:02d}",
                        title,
                        level,
                        said.NAMES[branch],
                        issuer,
                        *serial(np.array([day], "datetime64[s]")),
                        f"证书_{year}{number:02d}.jpg",
                    ]
                )
    tally.totals["honours"] = len(rows)
    book = Book(
        _named("表彰荣誉登记表", data_date),
        ["编号", "表彰名称", "表彰级别", "获奖支部", "颁发单位", "获奖日期", "证书"],
        rows,
    )
    book.title, book.serials = ["表彰荣誉登记表"], {5: "yyyy-mm-dd"}
    return book


def _points(years: range, data_date: datetime, seed: int, tally: Tally) -> Book:
    random, rows, total = stream(seed, "points"), [], 0
    for year in years:
        for half, (month, day) in (("上半年", (6, 30)), ("下半年", (12, 31))):
            if data_date <= datetime(year, month, day) or year < years.start + (half == "上半年"):
                continue
            for branch in BRANCHES:
                for item in said.POINT_ITEMS:
                    points = int(random.integers(14, 26))
                    total += points
                    rows.append(
                        [said.SPELLED[branch][0], f"{year}年{half}", f"{year}-{month:02d}-{day:02d}", item, str(points)]
                    )
    tally.totals |= {"points": len(rows), "points_sum": total}
    book = Book(_named("支部绩效积分表", data_date, "csv"), ["支部", "考核周期", "统计日期", "考核项目", "得分"], rows)
    book.encoding = "utf-8-sig"
    return book
