"""data/school as shipped: the campus it describes, a sound calendar, aliases that point somewhere."""

import csv
import tomllib
from collections import Counter
from datetime import date, timedelta

import pytest

from etl.demo.form import truth
from warehouse.paths import REPOSITORY

SCHOOL = REPOSITORY / "data" / "school"


def school(name: str) -> list[dict[str, str]]:
    with (SCHOOL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_campus_is_the_one_described():
    buildings, grids, branches = school("buildings.csv"), school("grids.csv"), school("branches.csv")
    kinds = Counter(row["楼宇类型"] for row in buildings)
    assert (kinds["宿舍"], kinds["教工公寓"], len(buildings)) == (42, 3, 70)
    assert (len(grids), len(branches), sum(int(row["人数"]) for row in buildings)) == (15, 8, 23_000)
    assert {row["网格编号"] for row in buildings} == {row["网格编号"] for row in grids}
    assert {row["党支部编号"] for row in grids} == {row["党支部编号"] for row in branches}
    branch_of = {row["网格编号"]: row["党支部编号"] for row in grids}
    assert all(branch_of[row["网格编号"]] == row["党支部编号"] for row in buildings)


def test_the_calendar_is_sound_and_reaches_a_year_past_the_data_date():
    ends = date.min
    for row in school("terms.csv"):
        first = date.fromisoformat(row["第一教学周周一"])
        assert first.weekday() == 0 and first > ends
        ends = first + timedelta(weeks=int(row["教学周数"])) - timedelta(days=1)
        assert 18 <= int(row["教学周数"]) <= 20
    assert ends > truth.DATA_DATE.date() + timedelta(days=365)
    assert all(row["开始日期"] <= row["结束日期"] for row in school("holidays.csv") + school("events.csv"))
    assert all(
        date.fromisoformat(row["开始日期"]).weekday() >= 5 for row in school("holidays.csv") if row["类型"] == "上班"
    )


@pytest.mark.parametrize("name", ["place_aliases.csv", "branch_aliases.csv"])
def test_aliases_are_unique_and_point_somewhere(name):
    rows = school(name)
    known = {row["楼宇编号"] for row in school("buildings.csv")} | {row["党支部编号"] for row in school("branches.csv")}
    assert max(Counter(next(iter(row.values())) for row in rows).values()) == 1
    assert {list(row.values())[1] for row in rows} <= known


def test_cadences_carry_clause_source_and_check():
    rules = tomllib.loads((SCHOOL / "cadences.toml").read_text(encoding="utf-8"))["rule"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["clause"] and rule["source"] and isinstance(rule["checked"], date)
    kinds = {row["楼宇类型"] for row in school("buildings.csv")} | {row["单位类型"] for row in school("units.csv")}
    everyone = {"重点部位", "全部楼宇", "全部单位", "学校"}
    assert {word for rule in rules for word in rule["binds"]} <= kinds | everyone
    assert [rule["id"] for rule in rules if not rule["verified"]] == ["other_unit_drill"]
