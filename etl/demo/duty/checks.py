"""Checks as they truly were: units' monthly ones, the school's quarterly ones, canteens, laboratories, students'
walks; and the yearly service of the fire equipment."""

from datetime import date, datetime

import numpy as np

from etl.demo.campus.campus import Campus, Days
from etl.demo.campus.wording import people, places
from etl.demo.form import truth
from etl.demo.form.columns import Columns, stream, words
from etl.demo.records import hazards
from warehouse import paths

IDLE_UNIT = "外国语学院"  # its monthly checks have never found anything
IDLE_CANTEEN = "C03"  # nor has the one person who checks this canteen
LAPSED_UNIT, LAPSED_SINCE = "艺术学院", date(2026, 9, 1)  # has not checked since
MISSED_QUARTER = date(2025, 1, 1)  # the school inspected nothing
UNIT_CHECK_SHARE = 0.96
NOT_SERVICED = ("X", "D17", "T05")  # the buildings of these ids were left out last year
_FOUND = {
    "单位防火检查": 0.5,
    "学校消防检查": 2.0,
    "食品安全检查": 0.6,
    "危化品检查": 0.9,
    "师生安全检查": 0.8,
    "日常巡查": 0.4,
}
_SAID = {
    "单位防火检查": "月度自查",
    "学校消防检查": "季度消防安全检查",
    "食品安全检查": "后厨与留样检查",
    "危化品检查": "试剂柜与气瓶检查",
    "师生安全检查": "师生联合走访检查",
    "日常巡查": "日常安全巡查",
}
_ROLES = {
    "单位防火检查": "单位安全员",
    "学校消防检查": "保卫人员",
    "食品安全检查": "保卫人员",
    "危化品检查": "单位安全员",
    "师生安全检查": "学生",
    "日常巡查": "网格员",
}
_UNITS = {
    "食品安全检查": "饮食服务中心",
    "危化品检查": "实验室与设备管理处",
    "学校消防检查": "保卫处",
    "师生安全检查": "学生工作部",
    "日常巡查": "公寓管理中心",
}


def draw(place: Campus, days: Days, data_date: datetime, scale: float, seed: int) -> Columns:
    """One row per check before the data date, sorted by time."""
    random = stream(seed, "inspections")
    open_days = days.day[days.is_workday & (days.teaching_week > 0)]
    parts: list[tuple[str, np.datetime64, int, str]] = []
    units = school_units()

    def add(kind: str, day: np.datetime64, at: int, unit: str = "") -> None:
        parts.append((kind, day, at, unit or _UNITS[kind]))

    offices = np.flatnonzero(np.isin(place.kind, ["行政楼", "教学楼", "实验楼", "其他"]))
    for month in np.unique(days.day.astype("datetime64[M]")):
        workdays = days.day[(days.day.astype("datetime64[M]") == month) & days.is_workday]
        for number, unit in enumerate(units):
            held, day = random.random() < UNIT_CHECK_SHARE, random.choice(workdays) if len(workdays) else None
            if day is not None and held and not (unit == LAPSED_UNIT and day >= np.datetime64(LAPSED_SINCE)):
                add("单位防火检查", day, int(offices[number % len(offices)]), unit)
    for quarter in np.unique(days.day.astype("datetime64[M]").astype(int) // 3 * 3).astype("datetime64[M]"):
        inside = open_days[(open_days >= quarter) & (open_days < quarter + 3)]
        if len(inside) and quarter != np.datetime64(MISSED_QUARTER, "M"):
            day = random.choice(inside)
            for at in random.choice(np.flatnonzero(place.is_key_site), 12, replace=False):
                add("学校消防检查", day, int(at))
    for day in open_days[days_of(open_days) == 2]:  # every Wednesday of a term
        for at in np.flatnonzero(place.kind == "食堂"):
            add("食品安全检查", day, int(at))
        for at in random.choice(np.flatnonzero(place.kind == "实验楼"), 2, replace=False):
            add("危化品检查", day + 1, int(at))
        for _ in range(random.poisson(6 * scale)):
            add("师生安全检查", day + int(random.integers(-2, 3)), int(random.choice(len(place.kind), p=place.weight)))
        for _ in range(random.poisson(4 * scale)):
            add("日常巡查", day + int(random.integers(-2, 3)), int(random.choice(len(place.kind), p=place.weight)))
    kinds, days_of_check, places_of_check, units = (list(column) for column in zip(*parts, strict=True))
    rows = Columns(
        category=words(kinds),
        day=np.array(days_of_check, dtype="datetime64[D]"),
        at=np.array(places_of_check),
        unit=words(units),
    )
    rows["inspected"] = rows["day"].astype("datetime64[s]") + (
        random.integers(8 * 12, 17 * 12, len(rows)) * 300
    ).astype("timedelta64[s]")
    rows = rows.take(rows["inspected"] < np.datetime64(data_date, "s"))
    rows = rows.take(np.argsort(rows["inspected"], kind="stable"))
    _counted(rows, place, random)
    _linked(rows, place, days, data_date, scale, seed, random)
    return rows


def school_units() -> list[str]:
    """Names of the units in data/school/units.csv, in its order."""
    lines = (paths.school() / "units.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [line.split(",")[1] for line in lines if line.strip()]


def days_of(day: np.ndarray) -> np.ndarray:
    """0 for Monday … 6 for Sunday."""
    return (day.astype("int64") + 3) % 7


def _counted(rows: Columns, place: Campus, random: np.random.Generator) -> None:
    count, category = len(rows), rows["category"]
    idle = (rows["unit"] == IDLE_UNIT) | ((category == "食品安全检查") & (rows["at"] == place.index(IDLE_CANTEEN)))
    rows["found"] = np.where(idle, 0, random.poisson([_FOUND[one] for one in category]))
    rows["fixed"] = random.binomial(rows["found"], 0.6)
    rows["items"] = random.integers(8, 31, count)
    rows["students"] = np.where(category == "师生安全检查", random.integers(2, 13, count), 0)
    rows["role"] = words(_ROLES[one] for one in category)
    regular = ~np.isin(category, ["师生安全检查", "日常巡查"])  # one person a unit or canteen; the others take turns
    who = [
        f"{one}{unit}{at if one == '食品安全检查' else ''}"
        for one, unit, at in zip(category, rows["unit"], rows["at"].tolist(), strict=True)
    ]
    number_of_regular = {
        one: number
        for number, one in enumerate(sorted({one for one, alone in zip(who, regular.tolist(), strict=True) if alone}))
    }
    names = list(dict.fromkeys(people(stream(1, "inspectors"), 4000, 400)[0]))
    turn = len(number_of_regular) + random.integers(0, 60, count)
    rows["inspector"] = words(
        names[number_of_regular[one] if alone else other]
        for one, alone, other in zip(who, regular.tolist(), turn.tolist(), strict=True)
    )
    rows["place"], _ = places(random, place, rows["at"], 0.2)
    rows["said"] = words(_SAID[one] for one in category)
    years = rows["inspected"].astype("datetime64[Y]").astype(int) + 1970
    rows["id"] = words(f"JC{year}{number:05d}" for number, year in enumerate(years.tolist(), 1))
    rows["sheet_no"] = words(f"AQ-{year}-{number:05d}" for number, year in enumerate(years.tolist(), 1))
    rows["uncounted"] = random.random(count) < 0.03
    rows["uncounted"] &= ~idle


def _linked(
    rows: Columns, place: Campus, days: Days, data_date: datetime, scale: float, seed: int, random: np.random.Generator
) -> None:
    """The number of a hazard of the same building and day or the two after, in half of the checks that found one."""
    planted = truth.signals(data_date, days.day[0].astype(object), days.term_starts[-1])
    drawn = hazards.draw(place, days, planted, data_date, scale, seed)
    numbers: dict[tuple[int, int], str] = {}
    for at, day, number, resolved in zip(
        drawn["at"].tolist(), drawn["found"].astype("int64").tolist(), drawn["id"], drawn["resolved"], strict=True
    ):
        if resolved:
            numbers.setdefault((at, day), number)
    written = (rows["found"] > 0) & (random.random(len(rows)) < 0.5)
    linked = []
    for at, day, wanted in zip(
        rows["at"].tolist(), rows["day"].astype("int64").tolist(), written.tolist(), strict=True
    ):
        hazard = (
            next((numbers[at, day + later] for later in range(3) if (at, day + later) in numbers), "") if wanted else ""
        )
        linked.append(hazard)
    rows["hazard"] = words(linked)


def services(place: Campus, days: Days, data_date: datetime, seed: int) -> Columns:
    """One row per building and year, most in October and November; last year three buildings were left out."""
    random = stream(seed, "equipment_services")
    parts = []
    for year in range(days.day[0].astype(object).year, data_date.year + 1):
        for at, building in enumerate(place.building):
            if year < data_date.year - 1 or not str(building).startswith(NOT_SERVICED) or year == data_date.year:
                parts.append((at, np.datetime64(date(year, 9, 12)) + int(random.integers(0, 90))))
    rows = Columns(at=np.array([at for at, _ in parts]), day=np.array([day for _, day in parts], dtype="datetime64[D]"))
    rows = rows.take((rows["day"] < np.datetime64(data_date.date())) & (rows["day"] >= days.day[0]))
    rows = rows.take(np.argsort(rows["day"], kind="stable"))
    count = len(rows)
    rows["devices"] = np.maximum(6, place.floors[rows["at"]] * random.integers(6, 11, count))
    rows["faults"] = random.binomial(rows["devices"], 0.03)
    rows["replaced"] = random.binomial(rows["faults"], 0.9)
    rows["place"] = words(place.name[at] for at in rows["at"])
    years = rows["day"].astype("datetime64[Y]").astype(int) + 1970
    rows["id"] = words(f"WB{year}{number:04d}" for number, year in enumerate(years.tolist(), 1))
    return rows
