"""The drills: a fire drill per key site and half-year and per other building and school year, most of the time, and the
other kinds now and then."""

from datetime import datetime

import numpy as np

from etl.demo.campus import kinds
from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form.columns import NOTHING, Columns, pick, stream, words

HELD_SHARE = 0.94  # of the fire drills the rules ask for
WORKDAYS_OF_A_HALF = 70  # fit for drills; a half not yet over has fewer and so fewer drills
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


def draw(campus: Campus, days: Days, data_date: datetime, seed: int) -> Columns:
    """One row per drill held before the data date, sorted by time. A campus drawn at a smaller scale still has all its
    buildings, so the drills are not thinned."""
    random = stream(seed, "drills")
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def hold(where: np.ndarray, open_days: np.ndarray, what: np.ndarray) -> None:
        parts.append((where, days.day[random.choice(open_days, len(where))], what))

    key, other = np.flatnonzero(campus.is_key_site), np.flatnonzero(~campus.is_key_site & (campus.kind != "校门"))
    for year in sorted(set(days.day.astype("datetime64[Y]").astype(int) + 1970)):
        for months in ((3, 6), (9, 12)):
            open_days = _fit(days, year, months)
            share = HELD_SHARE * min(1.0, len(open_days) / WORKDAYS_OF_A_HALF)
            if len(open_days):
                held = [key[random.random(len(key)) < share]]
                held += [other[random.random(len(other)) < share]] if months[0] == 9 else []
                hold(where := np.concatenate(held), open_days, words(["消防演练"] * len(where)))
                others = pick(random, max(1, round(11 * share)), kinds.OTHER_DRILLS)
                hold(np.array([_fitting(random, campus, one) for one in others]), open_days, others)
    at, day, category = (np.concatenate([part[column] for part in parts]) for column in range(3))
    hour = random.choice([34200, 36000, 52200, 54000, 57600], len(at)).astype("timedelta64[s]")
    rows = Columns(at=at, held=day.astype("datetime64[s]") + hour, category=category)
    rows = rows.take(np.argsort(rows["held"], kind="stable"))
    rows = rows.take(rows["held"] < np.datetime64(data_date, "s"))
    _measured(rows, campus, random)
    return rows


def _fit(days: Days, year: int, months: tuple[int, int]) -> np.ndarray:
    """Working days of March to June or September to December, in teaching weeks 2 to 17."""
    years = days.day.astype("datetime64[Y]").astype(int) + 1970
    month = days.day.astype("datetime64[M]").astype(int) % 12 + 1
    inside = (years == year) & (month >= months[0]) & (month <= months[1]) & days.is_workday & ~days.is_holiday
    return np.flatnonzero(inside & (days.teaching_week >= 2) & (days.teaching_week <= 17))


def _fitting(random: np.random.Generator, campus: Campus, category: str) -> int:
    wanted = _FITTING.get(category, "宿舍")
    return int(random.choice(np.flatnonzero(campus.kind == wanted)))


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
