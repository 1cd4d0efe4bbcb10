"""The campus and its calendar, as data/school describes them, in the form the drawing needs."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from etl.demo.form import truth
from etl.demo.form.columns import stream, words
from warehouse import paths
from warehouse.errors import UserError


@dataclass(frozen=True)
class Campus:
    """Buildings as parallel arrays, in the order of data/school/buildings.csv; weight sums to 1."""

    building: np.ndarray
    name: np.ndarray
    kind: np.ndarray
    grid: np.ndarray
    branch: np.ndarray
    residents: np.ndarray
    floors: np.ndarray
    is_key_site: np.ndarray
    weight: np.ndarray

    def index(self, building: str) -> int:
        """Position of a building by its id."""
        return int(np.flatnonzero(self.building == building)[0])


@dataclass(frozen=True)
class Days:
    """Every day from the start to the data date (included), and what kind of day it is."""

    day: np.ndarray
    weekday: np.ndarray
    teaching_week: np.ndarray  # 0 outside the terms
    weeks_in_term: np.ndarray
    is_autumn: np.ndarray
    is_holiday: np.ndarray
    is_long_holiday: np.ndarray
    is_workday: np.ndarray
    is_heating: np.ndarray
    term_starts: tuple[date, ...]

    def position(self, day: date) -> int:
        """Index of a day, bounded to the range."""
        return int(np.clip((np.datetime64(day) - self.day[0]).astype(int), 0, len(self.day) - 1))


def read_campus(seed: int) -> Campus:
    """Buildings with their ticket and hazard weight: residents times a small lasting difference (sd 8 %)."""
    rows = _rows("buildings.csv")
    listed = {row["楼宇编号"] for row in rows}
    needed = {truth.EBIKE_BUILDING, truth.HOT_SPOT_BUILDING, *truth.BICYCLE_BUILDINGS}
    if not needed <= listed:
        raise UserError(
            "演示数据要用自带的楼宇清单，而 data/school/buildings.csv 里没有 "
            f"{'、'.join(sorted(needed - listed))}；请换回自带的文件再生成。"
        )
    residents = np.array([int(row["人数"]) for row in rows])
    weight = residents * np.exp(stream(seed, "campus").normal(0, 0.08, len(rows)))
    return Campus(
        building=words(row["楼宇编号"] for row in rows),
        name=words(row["楼宇名称"] for row in rows),
        kind=words(row["楼宇类型"] for row in rows),
        grid=words(row["网格编号"] for row in rows),
        branch=words(row["党支部编号"] for row in rows),
        residents=residents,
        floors=np.array([int(row["层数"]) for row in rows]),
        is_key_site=np.array([row["消防重点部位"] == "是" for row in rows]),
        weight=weight / weight.sum(),
    )


def read_days(data_date: datetime, years: float) -> Days:
    """Days from the first Monday of the school year in which `years` years before the data date lie."""
    terms = [
        (row["学期编号"], date.fromisoformat(row["第一教学周周一"]), int(row["教学周数"])) for row in _rows("terms.csv")
    ]
    wanted = data_date.date() - timedelta(days=round(years * 365.25))
    autumns = [first for term, first, _ in terms if term.endswith("-1") and first <= data_date.date()]
    if not autumns:
        raise UserError("data/school/terms.csv 里没有数据日期之前的秋季学期，无法生成演示数据；请补上。")
    start = max([first for first in autumns if first <= wanted + timedelta(days=45)] or autumns[:1])
    day = np.arange(np.datetime64(start), np.datetime64(data_date.date()) + 1)
    weekday = (day.astype("int64") + 3) % 7
    week, weeks, autumn = (np.zeros(len(day), dtype=int) for _ in range(3))
    for term, first, count in terms:
        inside = (day >= np.datetime64(first)) & (day < np.datetime64(first) + 7 * count)
        week[inside] = (day[inside] - np.datetime64(first)).astype(int) // 7 + 1
        weeks[inside], autumn[inside] = count, term.endswith("-1")
    holiday, long_holiday, workday = _holidays(day, weekday)
    monthday = day.astype("datetime64[M]").astype(int) % 12 * 100 + (day - day.astype("datetime64[M]")).astype(int) + 1
    heating = (monthday >= 1015) | (monthday < 216)  # 15 November to 15 March, months counted from 0
    return Days(day, weekday, week, weeks, autumn.astype(bool), holiday, long_holiday, workday, heating, tuple(autumns))


def _holidays(day: np.ndarray, weekday: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    off, long, extra = (np.zeros(len(day), dtype=bool) for _ in range(3))
    for row in _rows("holidays.csv"):
        first, last = np.datetime64(row["开始日期"]), np.datetime64(row["结束日期"])
        inside = (day >= first) & (day <= last)
        if row["类型"] == "上班":
            extra |= inside
            continue
        off |= inside
        if (last - first).astype(int) >= 4:
            long |= inside
    return off, long, extra | ((weekday < 5) & ~off)


def _rows(name: str) -> list[dict[str, str]]:
    path: Path = paths.school() / name
    if not path.exists():
        raise UserError(f"缺少 {path.name}：演示数据按 data/school 里的校园生成，请把自带的 data/school 放回去。")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
