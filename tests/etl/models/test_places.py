"""Buildings, grids, branches, the calendar: what the school's own tables become."""

from datetime import date, datetime

import pytest

from tests.etl.drawn_models import Models

AUTUMN = {"term_id": "2026-1", "term_label": "2026-2027学年第一学期", "first_day": date(2026, 8, 31), "weeks": 20}
SPRING = {"term_id": "2026-2", "term_label": "2026-2027学年第二学期", "first_day": date(2027, 3, 2), "weeks": 18}


def calendar(*terms: dict, holidays: tuple[dict, ...] = ()) -> dict[date, dict]:
    models = Models().fill("latest_terms", *terms).fill("latest_holidays", *holidays)
    return {row["day"]: row for row in models.run("calendar")}


@pytest.mark.parametrize(
    ("day", "term", "week", "phase"),
    [
        (date(2026, 8, 30), None, None, "校历未登记"),  # before the first declared term
        (date(2026, 8, 31), "2026-1", 1, "学期"),
        (date(2026, 9, 6), "2026-1", 1, "学期"),
        (date(2026, 9, 7), "2026-1", 2, "学期"),
        (date(2027, 1, 17), "2026-1", 20, "学期"),
        (date(2027, 1, 18), None, None, "寒假"),
        (date(2027, 3, 1), "2026-2", 1, "学期"),  # a term that begins on a Tuesday has its week from Monday
        (date(2027, 7, 5), None, None, "暑假"),
    ],
)
def test_teaching_weeks_run_monday_to_sunday(day, term, week, phase):
    row = calendar(AUTUMN, SPRING)[day]
    assert (row["term_id"], row["teaching_week"], row["phase"]) == (term, week, phase)
    assert row["week_start"].isoweekday() == 1 and 0 <= (day - row["week_start"]).days < 7


def test_holidays_and_moved_workdays():
    days = calendar(AUTUMN, holidays=(
        {"name": "国庆节", "from_day": date(2026, 10, 1), "to_day": date(2026, 10, 7), "kind": "放假"},
        {"name": "国庆节调休", "from_day": date(2026, 10, 10), "to_day": None, "kind": "上班"},
    ))  # fmt: skip
    told = {
        day.day: (days[day]["holiday"], days[day]["is_workday"]) for day in (date(2026, 10, d) for d in (1, 8, 10, 11))
    }
    assert told == {1: ("国庆节", False), 8: (None, True), 10: (None, True), 11: (None, False)}


def test_the_calendar_reaches_a_year_past_the_data_date_and_has_every_day_once():
    days = sorted(calendar(AUTUMN))
    assert days[-1] >= date(2027, 11, 22)
    assert len(days) == (days[-1] - days[0]).days + 1


def test_without_a_calendar_file_the_month_decides():
    days = calendar()
    assert {days[day]["phase"] for day in (date(2027, 2, 1),)} == {"寒假"}
    assert days[date(2027, 10, 11)]["phase"] == "学期" and days[date(2027, 10, 11)]["term_id"] is None


def test_a_building_without_a_branch_belongs_to_its_grids():
    models = (
        Models()
        .fill("feed_branches", {"branch_id": "B1", "name": "第一党支部"}, {"branch_id": "B2", "name": "第二党支部"})
        .fill("branch_words", {"word": "B1", "branch_id": "B1"}, {"word": "第二党支部", "branch_id": "B2"})
        .fill("feed_grids", {"grid_id": "G01", "name": "第1网格", "branch_id": "B1"})
        .fill("grid_words", {"word": "第1网格", "grid_id": "G01"})
        .fill(
            "feed_buildings",
            {"building_id": "D01", "name": "1号楼", "grid_id": "第1网格"},
            {
                "building_id": "D02",
                "name": "2号楼",
                "grid_id": "第1网格",
                "branch_id": "第二党支部",
                "kind": "宿舍",
                "residents": 400,
            },
            {"building_id": "D03", "name": "3号楼", "grid_id": "第9网格"},
        )
    )
    models.run("branches")
    assert [row["branch_id"] for row in models.run("grids")] == ["B1"]
    found = {
        row["building_id"]: (row["kind"], row["grid_id"], row["branch_id"], row["is_key_site"])
        for row in models.run("buildings")
    }
    assert found == {
        "D01": ("其他", "G01", "B1", False),
        "D02": ("宿舍", "G01", "B2", False),
        "D03": ("其他", None, None, False),
    }


def test_an_event_of_one_day_ends_the_day_it_begins():
    models = Models().fill(
        "feed_events", {"event_id": "E1", "name": "校庆", "from_day": date(2026, 10, 1), "building_id": "D99"}
    )
    models.fill("feed_buildings", {"building_id": "D01", "name": "1号楼"})
    models.run("grids"), models.run("buildings")
    (event,) = models.run("events")
    assert (event["to_day"], event["building_id"]) == (date(2026, 10, 1), None)


def test_a_planned_drill_is_no_drill_yet():
    rows = (
        Models()
        .fill(
            "feed_drills",
            {
                "record_id": "A",
                "held_at": datetime(2026, 11, 22, 8),
                "expected": 10,
                "attended": 8,
                "target_seconds": 240,
                "evacuation_seconds": 240,
            },
            {
                "record_id": "B",
                "held_at": datetime(2026, 11, 23),
                "expected": 10,
                "attended": 8,
                "target_seconds": 240,
                "evacuation_seconds": 1,
            },
            {"record_id": "C", "held_at": datetime(2026, 11, 1), "expected": 0, "attended": 8, "target_seconds": 240},
        )
        .run("drills")
    )
    told = [(row["is_drill"], row["has_attendance"], row["has_target"], row["is_on_target"]) for row in rows]
    assert told == [(True, True, True, True), (False, False, False, False), (True, False, True, False)]
