"""Grid visits (an old text file and this year's workbook, overlapping) and the register of campaigns."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form import truth
from etl.demo.form.books import Book, Files, written
from etl.demo.form.columns import Columns, pick, stream, words
from etl.demo.form.truth import Signal, Tally

NAMES = ("grid_visits", "campaigns")
VISITS_A_WEEK = 2.6  # of one grid in term
PAPER_GRID = "G12"  # keeps this term's visits on paper: nothing arrives, which is not nothing done
DUTIES = {"安全教育": 18, "信息采集": 22, "社情民意": 15, "隐患整治": 24, "矛盾化解": 7, "政策宣传": 9, "平安学院": 5}
_OLD_DUTIES = {"隐患整治": "隐患排查", "矛盾化解": "矛盾调解", "安全教育": "安全宣教"}
_SAID = {
    "安全教育": "逐寝提醒离寝断电",
    "信息采集": "核对住宿信息",
    "社情民意": "听取对热水和门禁的意见",
    "隐患整治": "查看楼道与配电间",
    "矛盾化解": "调解作息不合",
    "政策宣传": "讲解消防规定",
    "平安学院": "检查平安学院建设台账",
}


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Every file of the group with its source and the moment of its export."""
    planted = truth.signals(data_date, days.day[0].astype(object), autumns[-1])
    visits = _visits(place, days, planted.get("silent_grid"), autumns[-1], data_date, seed)
    _count(visits, data_date, tally)
    random = stream(seed, "grid_visits", "files")
    handed_over = datetime.combine(autumns[-1], datetime.min.time()) + timedelta(hours=8)
    overlap = np.datetime64(handed_over - timedelta(days=60), "s")
    old, new = visits["visited"] < np.datetime64(handed_over, "s"), visits["visited"] >= overlap
    if old.any():
        yield "grid_visits", _old_book(visits.take(old), handed_over, random), handed_over
    yield "grid_visits", _new_book(visits.take(new), data_date), data_date
    yield "campaigns", _campaigns(autumns, data_date, planted.get("bicycle_campaign"), tally), data_date


def _visits(place: Campus, days: Days, silent: Signal | None, term: date, data_date: datetime, seed: int) -> Columns:
    """One row per visit, sorted by time; the silent grid and the one on paper are left out where they say nothing."""
    random = stream(seed, "grid_visits")
    busy = (
        np.where(days.teaching_week > 0, 1.0, 0.06)
        * np.where(days.is_workday, 1.0, 0.35)
        * np.where(days.is_holiday, 0.2, 1.0)
    )
    a_day = VISITS_A_WEEK / 5.7 * busy
    grids = sorted(set(place.grid.tolist()))
    counts = random.poisson(np.tile(a_day[:, None], (1, len(grids))))
    day, grid = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    rows = Columns(grid=words(grids)[grid], day=days.day[day])
    rows["visited"] = rows["day"].astype("datetime64[s]") + (random.integers(8 * 60, 21 * 60, len(rows)) * 60).astype(
        "timedelta64[s]"
    )
    keep = (rows["visited"] < np.datetime64(data_date, "s")) & ~(
        (rows["grid"] == PAPER_GRID) & (rows["day"] >= np.datetime64(term))
    )
    if silent is not None:
        keep &= ~((rows["grid"] == silent.where[0]) & silent.holds(rows["day"]))
    rows = rows.take(keep)
    rows = rows.take(np.argsort(rows["visited"], kind="stable"))
    count = len(rows)
    rows["duty"], rows["people"] = pick(random, count, DUTIES), 1 + random.poisson(7, count)
    homes = {one: np.flatnonzero(place.grid == one) for one in grids}
    rows["at"] = np.array([random.choice(homes[one]) for one in rows["grid"]], dtype=int)
    rows["place"], _ = places(random, place, rows["at"], 0.4)
    rows["worker"], _, _ = people(random, count, 100)
    rows["uncounted"] = random.random(count) < 0.04
    years = rows["visited"].astype("datetime64[Y]").astype(int) + 1970
    rows["id"] = words(f"ZF{year}{number:05d}" for number, year in enumerate(years.tolist(), 1))
    return rows


def _count(rows: Columns, data_date: datetime, tally: Tally) -> None:
    """Visits, people reached, and the pairs of grid and duty of the twelve weeks that end with the data date's."""
    monday = np.datetime64(data_date.date() - timedelta(days=data_date.weekday() + 77))
    recent = rows.take(rows["day"] >= monday)
    tally.totals["grid_visits"] = len(rows)
    tally.totals["grid_visits_people"] = int(rows["people"][~rows["uncounted"]].sum())
    tally.totals["grid_visits_pairs_of_12_weeks"] = len(
        set(zip(recent["grid"].tolist(), recent["duty"].tolist(), strict=True))
    )
    tally.totals["grid_visits_of_12_weeks"] = len(recent)


def _old_book(rows: Columns, until: datetime, random: np.random.Generator) -> Book:
    """A text file in the old encoding: old words for duties; what the newer workbook corrects is still wrong here."""
    corrected = rows["visited"] >= np.datetime64(
        until - timedelta(days=60), "s"
    )  # the newer workbook reaches back so far
    wrong = corrected & (random.random(len(rows)) < 0.2)
    header = ["序号", "编号", "网格名称", "走访日期", "工作类型", "走访人", "楼栋", "人数", "工作内容"]
    shown = [
        "—" if uncounted else f"{number + off}人"
        for number, uncounted, off in zip(
            rows["people"].tolist(), rows["uncounted"].tolist(), wrong.astype(int).tolist(), strict=True
        )
    ]
    lines = zip(
        range(1, len(rows) + 1),
        rows["id"],
        (f"第{int(one[1:])}网格" for one in rows["grid"]),
        written(rows["visited"], "slash"),
        (_OLD_DUTIES.get(one, one) for one in rows["duty"]),
        rows["worker"],
        rows["place"],
        shown,
        (_SAID[one] for one in rows["duty"]),
        strict=True,
    )
    return Book(f"网格走访日志_{until:%Y%m%d%H%M%S}.csv", header, [[str(cell) for cell in line] for line in lines])


def _new_book(rows: Columns, until: datetime) -> Book:
    header = ["走访编号", "网格编号", "走访时间", "网格职责", "网格员", "走访地点", "走访人数", "走访情况", "照片"]
    shown = [
        "" if hidden else str(number)
        for number, hidden in zip(rows["people"].tolist(), rows["uncounted"].tolist(), strict=True)
    ]
    lines = zip(
        rows["id"],
        rows["grid"],
        written(rows["visited"], "iso"),
        rows["duty"],
        rows["worker"],
        rows["place"],
        shown,
        (_SAID[one] for one in rows["duty"]),
        ("[图片]",) * len(rows),
        strict=True,
    )
    book = Book(f"网格走访记录_{until:%Y%m%d%H%M%S}.xlsx", header, [list(line) for line in lines])
    book.title = ["示范大学微网格走访记录", f"导出时间：{until:%Y-%m-%d %H:%M:%S}"]
    book.footer = [["合计", f"共{len(rows)}次"]]
    return book


def _teaching_week(first: date, number: int) -> date:
    """The Monday of a teaching week; `first`: that of the first."""
    return first + timedelta(days=7 * (number - 1))


def _campaigns(autumns: list[date], data_date: datetime, bicycle: Signal | None, tally: Tally) -> Book:
    """The planted campaign, and others nobody planted an effect for. Several places stand in one cell."""
    listed: list[tuple[str, str, date, date, str, str, str, str]] = []
    for first in autumns:
        listed += [
            (
                "飞线充电专项整治",
                "3号楼、4号楼、5号楼、10号楼、11号楼、12号楼",
                _teaching_week(first, 10),
                _teaching_week(first, 14) - timedelta(days=1),
                "违规用电",
                "隐患",
                "保卫处",
                "逐层清查，张贴告知单",
            ),
            (
                "反诈进宿舍",
                "18#、19#、20#、21#、22#",
                _teaching_week(first, 3),
                _teaching_week(first, 7) - timedelta(days=1),
                "诈骗",
                "工单",
                "学生处",
                "入寝宣讲，发放案例",
            ),
            (
                "食堂后厨燃气检查",
                "一食堂、二食堂、三食堂",
                _teaching_week(first, 6),
                _teaching_week(first, 8) - timedelta(days=1),
                "燃气与厨房",
                "隐患",
                "饮食中心",
                "清洗油烟管道",
            ),
        ]
    if bicycle is not None:
        listed.append(
            (
                "提示停车落锁行动",
                "8号楼、25号楼、36号楼",
                bicycle.from_day,
                bicycle.to_day,
                bicycle.category,
                "工单",
                "保卫处",
                "车棚挂牌，保安提示落锁",
            )
        )
    last_monday = data_date.date() - timedelta(days=data_date.weekday())
    listed.append(
        (
            "门禁规范使用提醒",
            "27号楼、28号楼、29号楼、30号楼",
            last_monday,
            last_monday + timedelta(days=20),
            "门禁与门锁",
            "工单",
            "公寓中心",
            "门口张贴提示",
        )
    )
    listed = sorted((one for one in listed if one[2] <= data_date.date()), key=lambda one: one[2])
    tally.totals["campaigns"] = len(listed)
    tally.totals["campaign_places"] = sum(len(one[1].split("、")) for one in listed)
    header = ["编号", "专项名称", "行动范围", "开始日期", "结束日期", "针对类别", "观察口径", "牵头部门", "做法"]
    rows = [
        [f"ZX{number:03d}", name, where, f"{start:%Y.%m.%d}", f"{end:%Y.%m.%d}", what, kind, unit, how]
        for number, (name, where, start, end, what, kind, unit, how) in enumerate(listed, 1)
    ]
    book = Book(f"专项行动台账_{data_date:%Y%m%d%H%M%S}.xlsx", header, [list(row) for row in rows])
    book.title = ["专项行动台账"]
    return book
