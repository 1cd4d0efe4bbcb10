"""Who must do what, when, and which record met it."""

from datetime import date, datetime

import pytest

from etl.build.cadences import Cadence
from etl.build.settings import load_settings
from tests.etl.drawn_models import Models
from warehouse.errors import UserError

DATA_DATE = datetime(2026, 11, 22, 8)
DRILLED = {"proven_by": ("drills",), "evidence": ("消防演练",)}
HALF = Cadence("half", "重点部位消防演练", "消防演练", ("重点部位",), "half_year", **DRILLED)
YEAR = Cadence("year", "学生消防演练", "消防演练", ("宿舍",), "school_year", **DRILLED)
CHECK = Cadence("check", "单位防火检查", "单位防火检查", ("学院",), "month", ("inspections",), ("单位防火检查",))
PATROL = Cadence("patrol", "每日防火巡查", "每日防火巡查", ("重点部位",), "day", ("duty_shifts",), ("防火巡查",))
NIGHT = Cadence("night", "夜间巡查", "夜间巡查", ("教学楼",), "day", ("duty_shifts",), ("夜间巡查",), in_vacation=False)
TAUGHT = Cadence(
    "taught", "新生安全教育", "新生安全教育", ("学院",), "school_year", ("lessons",), ("新生安全教育",), at_least=4
)
FED = ("drills", "inspections", "duty_shifts", "equipment_services", "lessons", "tickets", "hazards")


def drawn(cadences, data_date=DATA_DATE, **feeds: list[dict]) -> Models:
    """Three buildings (two in grid G01), two colleges, two terms, the later from 31 August to 17 January;
    `feeds` by the fact's name.
    """
    models = Models(data_date=data_date, cadences=cadences)
    models.fill("feed_grids", {"grid_id": "G01", "name": "第1网格"}, {"grid_id": "G02", "name": "第2网格"})
    models.fill("grid_words", {"word": "G01", "grid_id": "G01"}, {"word": "G02", "grid_id": "G02"})
    models.fill(
        "feed_buildings",
        {"building_id": "D01", "name": "1号楼", "kind": "宿舍", "is_key_site": True, "grid_id": "G01"},
        {"building_id": "D02", "name": "2号楼", "kind": "宿舍", "is_key_site": False, "grid_id": "G01"},
        {"building_id": "T01", "name": "教学楼", "kind": "教学楼", "is_key_site": True, "grid_id": "G02"},
        {"building_id": "X01", "name": "车库", "kind": "其他"},
    )
    models.fill(
        "feed_units",
        {"unit_id": "U1", "name": "文学院", "kind": "学院", "freshmen": 100},
        {"unit_id": "U2", "name": "理学院", "kind": "学院", "freshmen": 50},
    )
    models.fill(
        "latest_terms",
        {"term_id": "2025-1", "term_label": "去年秋", "first_day": date(2025, 9, 1), "weeks": 20},
        {"term_id": "2026-1", "term_label": "秋", "first_day": date(2026, 8, 31), "weeks": 20},
    )
    models.fill(
        "latest_holidays",
        {"name": "国庆节", "from_day": date(2026, 10, 1), "to_day": date(2026, 10, 7), "kind": "放假"},
    )
    for feed, rows in feeds.items():
        models.fill(f"feed_{feed}", *({"record_id": f"{feed}{n}"} | row for n, row in enumerate(rows)))
    for name in ("grids", "units", "buildings", "tickets", "hazards", "drills",
                 "inspections", "duty_shifts", "equipment_services", "lessons",
                 "calendar", "cadences", "evidence", "obligations"):  # fmt: skip
        models.run(name)
    return models


def asked(cadences, **given) -> list[dict]:
    return drawn(cadences, **given).run("obligations")


def drills(*held: tuple[str, str, datetime]) -> list[dict]:
    """The drill obligations of a campus whose records begin in August 2025."""
    rows = [{"record_id": f"R{n}", "building_id": b, "category": c, "held_at": at} for n, (b, c, at) in enumerate(held)]
    models = drawn((HALF, YEAR), tickets=[{"opened_at": datetime(2025, 8, 1)}], drills=rows)
    return [row for row in models.run("drill_obligations") if row["building_id"] != "T01"]


def test_the_stricter_of_two_rules_stays_and_periods_begin_in_march_and_september():
    found = drills(("D01", "消防演练", datetime(2025, 10, 1)))
    told = {(row["building_id"], row["rule_id"], row["period_start"]) for row in found}
    assert told == {
        ("D01", "half", date(2025, 9, 1)), ("D01", "half", date(2026, 3, 1)), ("D01", "half", date(2026, 9, 1)),
        ("D02", "year", date(2025, 9, 1)), ("D02", "year", date(2026, 9, 1)),
    }  # fmt: skip


def test_due_at_the_end_of_the_period_and_met_by_the_first_fitting_drill():
    found = drills(
        ("D01", "防汛演练", datetime(2025, 9, 2)), ("D01", "消防演练", datetime(2026, 2, 28, 23)),
        ("D01", "消防演练", datetime(2025, 12, 1)),
        ("D02", "消防演练", datetime(2026, 9, 1)),
    )  # fmt: skip
    by_id = {row["obligation_id"]: row for row in found}
    first = by_id["half-D01-20250901"]
    assert (first["due_at"], first["is_due"], first["is_met"], first["drill_id"]) == (
        datetime(2026, 2, 28, 23, 59, 59),
        True,
        True,
        "R2",
    )
    assert (by_id["half-D01-20260301"]["is_due"], by_id["half-D01-20260301"]["is_met"]) == (True, False)
    assert (by_id["year-D02-20260901"]["is_due"], by_id["year-D02-20260901"]["is_met"]) == (False, True)


def test_no_drill_is_asked_for_before_there_are_records_of_drills():
    assert drills() == []


def test_a_duty_nothing_was_ever_recorded_for_is_not_begun_and_never_due():
    found = asked((HALF, YEAR))
    assert {(row["building_id"], row["is_begun"], row["is_due"], row["is_met"]) for row in found} == {
        ("D01", False, False, False), ("D02", False, False, False), ("T01", False, False, False)}  # fmt: skip


def test_a_planned_drill_meets_nothing():
    found = drills(("D01", "消防演练", datetime(2025, 10, 1)), ("D02", "消防演练", datetime(2026, 12, 1)))
    assert {row["is_met"] for row in found if row["building_id"] == "D02"} == {False}


def test_units_are_asked_every_month_from_the_first_check_on_and_the_next_month_is_known():
    checks = [{"unit": "文学院", "category": "单位防火检查", "inspected_at": datetime(2026, 9, 20)},
              {"unit": "文学院", "category": "食品安全检查", "inspected_at": datetime(2026, 10, 20)}]  # fmt: skip
    found = asked((CHECK,), tickets=[{"opened_at": datetime(2026, 7, 1)}], inspections=checks)
    told = {(row["unit"], row["period_start"].month, row["is_due"], row["is_met"], row["is_missed"]) for row in found}
    assert told == {
        ("文学院", 9, True, True, False), ("文学院", 10, True, False, True),
        ("文学院", 11, False, False, False), ("文学院", 12, False, False, False),
        ("理学院", 9, True, False, True), ("理学院", 10, True, False, True),
        ("理学院", 11, False, False, False), ("理学院", 12, False, False, False),
    }  # fmt: skip
    assert {row["evidence_id"] for row in found} == {"inspections0", None}


def shift(day: datetime, category: str = "防火巡查", **where) -> dict:
    return {"starts_at": day, "category": category, "planned": 2, "present": 2} | where


def test_a_patrol_of_a_grid_covers_its_buildings_and_is_asked_for_on_holidays_too():
    shifts = [
        shift(datetime(2026, 10, 1, 9), grid_id="G01"),
        shift(datetime(2026, 10, 2, 9), building_id="T01", grid_id="G02"),
    ]
    found = asked((PATROL,), data_date=datetime(2026, 10, 3, 8), duty_shifts=shifts)
    told = {(row["building_id"], row["period_start"].day): (row["is_due"], row["is_met"]) for row in found}
    assert told == {
        ("D01", 1): (True, True), ("D01", 2): (True, False), ("D01", 3): (False, False), ("D01", 4): (False, False),
        ("T01", 1): (True, False), ("T01", 2): (True, True), ("T01", 3): (False, False), ("T01", 4): (False, False),
    }  # fmt: skip


def test_a_closed_place_is_not_asked_for_in_holidays_and_night_belongs_to_the_evening_before():
    shifts = [
        shift(datetime(2026, 9, 29, 22), "夜间巡查", building_id="T01"),
        shift(datetime(2026, 10, 1, 1), "夜间巡查", building_id="T01"),
    ]
    found = asked((NIGHT,), data_date=datetime(2026, 10, 9, 8), duty_shifts=shifts)
    told = [(f"{row['period_start']:%m-%d}", row["is_due"], row["is_met"]) for row in found]
    assert told == [
        ("09-29", True, True),
        ("09-30", True, True),
        ("10-08", True, False),
        ("10-09", False, False),
        ("10-10", False, False),
    ]
    assert found[1]["done_at"] == datetime(2026, 10, 1, 1)


def test_a_roster_without_anyone_counted_proves_nothing_but_a_log_without_numbers_does():
    shifts = [shift(datetime(2026, 11, 20, 9), building_id="D01"),
              shift(datetime(2026, 11, 21, 9), building_id="D01", present=None),
              shift(datetime(2026, 11, 20, 9), building_id="T01", present=0),
              shift(datetime(2026, 11, 21, 9), building_id="T01", planned=None, present=None)]  # fmt: skip
    found = asked((PATROL,), duty_shifts=shifts)
    met = {(row["building_id"], row["period_start"].day) for row in found if row["is_met"]}
    assert met == {("D01", 20), ("T01", 21)}


def test_what_is_not_exported_yet_is_not_missed():
    models = drawn((PATROL,), duty_shifts=[shift(datetime(2026, 11, 15, 9), grid_id="G01")])
    models.fill("exported_until", {"feed": "duty_shifts", "until": datetime(2026, 11, 18, 8)})
    due = sorted({row["period_start"].day for row in models.run("obligations") if row["is_due"]})
    assert due == [15, 16, 17]


@pytest.mark.parametrize(
    ("next_workday", "due_on", "met"), [(False, date(2026, 10, 31), False), (True, date(2026, 11, 2), True)]
)
def test_a_due_day_moves_to_the_next_workday_only_where_the_rule_says_so(next_workday, due_on, met):
    rule = Cadence("moved", "检查", "检查", ("学校",), "month", ("inspections",), next_workday=next_workday)
    checks = [
        {"category": "学校消防检查", "inspected_at": datetime(2026, 9, 3)},
        {"category": "学校消防检查", "inspected_at": datetime(2026, 11, 2, 10)},
    ]
    found = {
        row["period_start"].month: row
        for row in asked((rule,), tickets=[{"opened_at": datetime(2026, 7, 1)}], inspections=checks)
    }
    assert (found[10]["due_at"].date(), found[10]["is_met"], found[11]["is_met"]) == (due_on, met, True)


def test_lessons_count_by_their_hours_per_freshman_and_those_in_august_for_the_new_year():
    lessons = [{"unit": "文学院", "level": "新生", "held_at": datetime(2026, 8, 30), "hours": 3.0, "people": 100},
               {"unit": "文学院", "level": "新生", "held_at": datetime(2026, 10, 9), "hours": 2.0, "people": 50},
               {"unit": "理学院", "level": "新生", "held_at": datetime(2026, 9, 9),
                "hours": 4.0, "people": 49}]  # fmt: skip
    found = {
        row["unit"]: row
        for row in asked((TAUGHT,), tickets=[{"opened_at": datetime(2026, 7, 1)}], lessons=lessons)
        if row["period_start"].year == 2026
    }
    assert (found["文学院"]["is_met"], found["文学院"]["done_at"]) == (
        True,
        datetime(2026, 10, 9),
    )  # (3 × 100 + 2 × 50) ÷ 100 = 4
    assert (found["理学院"]["is_met"], found["理学院"]["done_at"]) == (False, None)  # 4 × 49 ÷ 50 < 4


def test_of_equally_long_rules_the_verified_one_stays():
    rules = [Cadence(name, name, "检查", ("全部楼宇",), "year", ("inspections",), verified=verified, position=at)
             for at, (name, verified) in enumerate((("a", False), ("b", True)))]  # fmt: skip
    assert {row["rule_id"] for row in asked(tuple(rules))} == {"b"}


RULE = (
    '[[rule]]\nid="a"\nlabel="b"\nduty="c"\nevery="month"\nbinds=["宿舍"]\nproven_by=["drills"]\nclause="d"\n'
    'source="e"\nchecked=2026-11-20\n'
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RULE.replace("month", "fortnight"), "every"),
        (RULE.replace('every="month"', ""), "every"),
        (RULE + 'kinds=["宿舍"]\n', "kinds"),
        (RULE.replace('["宿舍"]', '"宿舍"'), "binds"),
        (RULE.replace("drills", "tickets"), "proven_by"),
        (RULE.replace("2026-11-20", '"去年"'), "checked"),
        (RULE + 'at_least="四"\n', "at_least"),
        (RULE + 'in_vacation="否"\n', "in_vacation"),
        (RULE * 2, "id 相同"),
        ('[rules]\nid="a"\n', "rules"),
        ("[[rule]\n", "写法有误"),
    ],
)
def test_a_wrong_rule_is_refused_in_words(tmp_path, text, words):
    (tmp_path / "cadences.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as problem:
        load_settings(tmp_path)
    assert words in problem.value.sentence and "cadences.toml" in problem.value.sentence


def test_limits_from_the_school_over_the_defaults(tmp_path):
    (tmp_path / "limits.toml").write_text('[tickets.due_hours]\n"紧急" = 12\n', encoding="utf-8")
    limits = load_settings(tmp_path).limits.numbers
    assert (limits["tickets.due_hours.紧急"], limits["tickets.due_hours.一般"]) == (12.0, 72.0)
    (tmp_path / "limits.toml").write_text('[tickets]\nrepeat_days = "三十"\n', encoding="utf-8")
    with pytest.raises(UserError):
        load_settings(tmp_path)
