"""The drills: a fire drill per key site and half-year, most of the time, and the other kinds now and then."""

from datetime import datetime

import numpy as np

from etl.demo import kinds
from etl.demo.campus import Campus, Days
from etl.demo.columns import NOTHING, Columns, pick, stream, words
from etl.demo.wording import people, places

HELD_SHARE = 0.94  # of the half-yearly fire drills
_UNIT = {
    "宿舍": "公寓管理中心",
    "教工公寓": "后勤保障处",
    "教学楼": "教务处",
    "实验楼": "实验室与设备管理处",
    "图书馆": "保卫处",
    "食堂": "饮食服务中心",
    "体育馆": "学生工作部",
    "行政楼": "保卫处",
    "校门": "保卫处",
    "其他": "保卫处",
}
_FITTING = {"实验室演练": "实验楼", "食品安全演练": "食堂"}


def draw(campus: Campus, days: Days, data_date: datetime, scale: float, seed: int) -> Columns:
    """One row per drill held before the data date, sorted by time. A share `scale` of the sites takes part."""
    random = stream(seed, "drills")
    at, day, category = [], [], []
    sites = np.flatnonzero(campus.is_key_site)
    sites = sites[: max(3, round(len(sites) * min(1.0, scale)))]
    for half in sorted({(one.year, one.month > 6) for one in days.day.astype(object)}):
        open_days = _fit(days, half)
        if len(open_days):
            held = sites[random.random(len(sites)) < HELD_SHARE]
            _add(at, day, category, held, days.day[random.choice(open_days, len(held))], ["消防演练"] * len(held))
            others = pick(random, max(1, round(11 * scale)), kinds.OTHER_DRILLS)
            places_ = [_fitting(random, campus, one) for one in others]
            _add(at, day, category, places_, days.day[random.choice(open_days, len(others))], others)
    rows = Columns(at=np.array(at), held=np.array(day, dtype="datetime64[D]"), category=words(category))
    rows["held"] = rows["held"].astype("datetime64[s]") + random.choice(
        [34200, 36000, 52200, 54000, 57600], len(rows)
    ).astype("timedelta64[s]")
    rows = rows.take(np.argsort(rows["held"], kind="stable"))
    rows = rows.take(rows["held"] < np.datetime64(data_date, "s"))
    _measured(rows, campus, random)
    return rows


def _fit(days: Days, half: tuple[int, bool]) -> np.ndarray:
    """Working days of a half-year in teaching weeks 2 to 17, in whole: a half not yet over is filled as far as it goes."""
    years, months = (
        days.day.astype("datetime64[Y]").astype(int) + 1970,
        days.day.astype("datetime64[M]").astype(int) % 12 + 1,
    )
    inside = (years == half[0]) & ((months > 6) == half[1]) & days.is_workday & ~days.is_holiday
    return np.flatnonzero(inside & (days.teaching_week >= 2) & (days.teaching_week <= 17))


def _fitting(random: np.random.Generator, campus: Campus, category: str) -> int:
    wanted = _FITTING.get(category, "宿舍")
    return int(random.choice(np.flatnonzero(campus.kind == wanted)))


def _add(at: list, day: list, category: list, where, when, what) -> None:
    at.extend(where)
    day.extend(when)
    category.extend(what)


def _measured(rows: Columns, campus: Campus, random: np.random.Generator) -> None:
    count, at = len(rows), rows["at"]
    expected = np.maximum(20, campus.residents[at] * random.uniform(0.8, 1.0, count)).astype(int)
    rows["expected"], rows["attended"] = expected, (expected * random.beta(30, 3.2, count)).astype(int)
    evacuates = np.isin(rows["category"], ["消防演练", "地震演练"])
    rows["target"] = np.where(evacuates, np.where(campus.floors[at] > 6, 300, 240), 0)
    rows["seconds"] = np.where(evacuates, rows["target"] * np.exp(random.normal(np.log(0.82), 0.17, count)), 0).astype(
        int
    )
    found = random.poisson(1.3, count)
    rows["found"], rows["fixed"] = found, random.binomial(found, 0.82)
    rows["unit"] = words(_UNIT[kind] for kind in campus.kind[at])
    rows["organiser"], _, _ = people(random, count, 40)
    rows["place"], rows["resolved"] = places(random, campus, at, 0.0)
    names = campus.name[at]
    rows["title"] = words(f"{name}{what}" for name, what in zip(names, rows["category"], strict=True))
    years = rows["held"].astype("datetime64[Y]").astype(int) + 1970
    rows["id"] = words(f"YL{year}{number:04d}" for number, year in enumerate(years.tolist(), 1))
    rows["cleared"] = np.full(count, NOTHING)
