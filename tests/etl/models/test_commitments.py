"""Rules of what branches and units promise: evidence, first deadlines, who must sign, which pairs acted this term."""

from datetime import date, datetime, timedelta

import pytest

from tests.etl.drawn_models import Models

NOW = datetime(2026, 11, 22, 8)


def tasks(*rows: dict) -> dict[str, dict]:
    models = Models(NOW)
    base = {"branch_id": "B1", "year": "2026年度", "due_at": datetime(2026, 10, 31, 23, 59, 59)}
    models.fill("feed_brand_tasks", *({"record_id": row["task"], **base, **row} for row in rows))
    models.fill(
        "states_brand_tasks",
        *(
            {"record_id": row["task"], "due_at": base["due_at"], **{k: v for k, v in row.items() if k == "due_at"}}
            for row in rows
        ),
    )
    return {row["title"]: row for row in models.run("brand_tasks")}


@pytest.mark.parametrize(
    ("row", "on_time", "said_done", "overdue"),
    [
        ({"status": "done", "done_at": datetime(2026, 10, 30), "evidence": "a.pdf"}, True, True, False),
        ({"status": "done", "done_at": datetime(2026, 10, 30), "evidence": "待补"}, False, True, True),
        ({"status": "done", "done_at": datetime(2026, 10, 30)}, False, True, True),
        ({"status": "done", "evidence": "a.pdf"}, False, True, False),
        ({"status": "done", "done_at": datetime(2026, 11, 3), "evidence": "a.pdf"}, False, True, False),
        ({"status": "open", "evidence": "a.pdf"}, False, False, True),
        ({"done_at": datetime(2026, 10, 31, 9), "evidence": "a.pdf"}, True, True, False),
        ({"status": "done", "done_at": datetime(2026, 12, 1), "evidence": "a.pdf"}, False, False, True),
    ],
)
def test_done_means_done_with_evidence_by_the_deadline(row, on_time, said_done, overdue):
    found = tasks({"task": "甲", **row})["甲"]
    assert (found["is_on_time"], found["is_said_done"], found["is_overdue_open"]) == (on_time, said_done, overdue)
    assert found["is_due"] and found["is_task"]


def test_what_is_not_due_or_called_off_is_in_no_rate():
    found = tasks(
        {
            "task": "甲",
            "due_at": datetime(2026, 12, 20, 23, 59, 59),
            "status": "done",
            "done_at": datetime(2026, 11, 1),
            "evidence": "a",
        },
        {"task": "乙", "status": "void"},
    )
    assert (found["甲"]["is_due"], found["甲"]["is_on_time"], found["甲"]["is_done"]) == (False, False, True)
    assert not found["乙"]["is_task"] and not found["乙"]["is_due"]


def test_the_first_deadline_judges():
    models = Models(NOW)
    record = {
        "record_id": "甲",
        "task": "甲",
        "branch_id": "B1",
        "year": "2026",
        "status": "done",
        "done_at": datetime(2026, 10, 5),
        "evidence": "a",
    }
    models.fill("feed_brand_tasks", {**record, "due_at": datetime(2026, 10, 31)})
    models.fill(
        "states_brand_tasks",
        {"record_id": "甲", "due_at": datetime(2026, 9, 30), "sequence": 1},
        {"record_id": "甲", "due_at": datetime(2026, 10, 31), "sequence": 2},
    )
    (found,) = models.run("brand_tasks")
    assert (found["due_at"], found["extended_due_at"], found["is_on_time"], found["is_extended"]) == (
        datetime(2026, 9, 30),
        datetime(2026, 10, 31),
        False,
        True,
    )


def test_two_spellings_of_a_branch_and_year_are_one_task():
    models = Models(NOW)
    for record, year, branch_time in (("一", "2026", datetime(2026, 1, 1)), ("二", "2026年度", datetime(2026, 2, 1))):
        models.fill(
            "feed_brand_tasks",
            {
                "record_id": record,
                "task": "甲",
                "branch_id": "B1",
                "year": year,
                "due_at": datetime(2026, 10, 31),
                "export_time": branch_time,
            },
        )
    assert [row["task_id"] for row in models.run("brand_tasks")] == ["二"]


def pledges(*said: dict, units: tuple[str, ...] = ("保卫处", "文学院", "理学院")) -> Models:
    models = Models(NOW)
    models.fill("feed_units", *({"unit_id": name, "name": name, "kind": "学院"} for name in units))
    models.run("units")
    models.fill("feed_pledges", *({"record_id": f"{row['unit']}·{row['year']}", **row} for row in said))
    return models


def test_every_unit_must_sign_whether_or_not_the_ledger_names_it():
    models = pledges(
        {
            "unit": "保卫处",
            "year": "2025",
            "due_at": datetime(2025, 4, 30, 23, 59, 59),
            "signed_at": datetime(2025, 4, 30),
        },
        {"unit": "文学院", "year": "2026年度", "signed_at": datetime(2026, 4, 10)},
    )
    rows = {(row["unit"], row["year"]): row for row in models.run("pledges")}
    assert len(rows) == 6
    assert (rows["保卫处", 2025]["is_on_time"], rows["保卫处", 2025]["days_late"]) == (True, 0)
    assert (rows["理学院", 2025]["due_at"], rows["理学院", 2025]["is_overdue_open"]) == (
        datetime(2025, 4, 30, 23, 59, 59),
        True,
    )
    late = rows["文学院", 2026]
    assert (late["due_at"], late["days_late"], late["is_signed"], late["is_on_time"]) == (
        datetime(2026, 3, 31, 23, 59, 59),
        10,
        True,
        False,
    )
    open_ = rows["理学院", 2026]
    assert (open_["days_late"], open_["unsigned_from"], open_["starts_at"], open_["ends_at"]) == (
        236,
        datetime(2026, 1, 1),
        datetime(2026, 1, 1),
        datetime(2027, 1, 1),
    )


def test_a_stranger_is_in_no_denominator_but_where_there_is_no_list_everyone_named_is():
    one = {"unit": "示范物业公司", "year": "2026", "signed_at": datetime(2026, 3, 1)}
    rows = {row["unit"]: row["is_required"] for row in pledges(one).run("pledges")}
    assert rows["示范物业公司"] is False and rows["保卫处"] is True
    assert [row["is_required"] for row in pledges(one, units=()).run("pledges")] == [True]


def test_a_signature_dated_after_the_data_date_is_none_yet():
    models = pledges({"unit": "保卫处", "year": "2026", "signed_at": datetime(2026, 12, 1)})
    assert [row["is_signed"] for row in models.run("pledges") if row["unit"] == "保卫处"] == [False]


def paired(signed: datetime, ends: datetime | None, *held: datetime) -> tuple[dict, list[dict]]:
    models = Models(NOW)
    models.connection.execute(
        "CREATE TABLE calendar AS SELECT day::DATE AS day, "
        "CASE WHEN day < DATE '2026-07-12' AND day >= DATE '2026-03-02' THEN '2025-2' "
        "WHEN day >= DATE '2026-08-31' THEN '2026-1' END AS term_id, "
        "'某学期' AS term_label FROM range(DATE '2026-02-01', DATE '2027-01-18', INTERVAL 1 DAY) t(day)"
    )
    models.fill(
        "feed_pairings",
        {"record_id": "P", "branch_id": "B1", "partner": "南湖 社区", "signed_at": signed, "ends_at": ends},
    )
    models.fill(
        "feed_joint_actions",
        *({"record_id": f"G{n}", "branch_id": "B1", "partner": "南湖社区", "held_at": at} for n, at in enumerate(held)),
    )
    models.run("joint_actions")
    (pair,) = models.run("pairings")
    return pair, models.run("pairing_terms")


def test_a_pair_is_asked_every_term_and_an_action_in_the_vacation_belongs_to_the_term_before():
    pair, terms = paired(datetime(2026, 1, 5), None, datetime(2026, 8, 1))
    assert [(row["term_id"], row["has_action"], row["actions"]) for row in terms] == [
        ("2025-2", True, 1),
        ("2026-1", False, 0),
    ]
    assert (terms[0]["ends_at"], terms[1]["idle_from"]) == (datetime(2026, 8, 31), datetime(2026, 8, 31))
    assert (pair["is_active"], pair["is_idle_this_term"], pair["last_action_at"]) == (True, True, datetime(2026, 8, 1))


def test_a_pair_that_ended_is_not_asked_any_more_and_a_planned_action_is_none():
    pair, terms = paired(datetime(2026, 4, 1), datetime(2026, 6, 30), datetime(2026, 12, 1))
    assert not pair["is_active"] and [row["term_id"] for row in terms] == ["2025-2"]
    assert terms[0]["starts_at"] == datetime(2026, 4, 1) and not terms[0]["has_action"]


def test_a_pair_that_ends_the_day_it_is_signed_stands_in_no_term():
    """Nonsense from a school's table must not stop the build; the gate asks that every row stands for some time."""
    assert paired(datetime(2026, 9, 1, 8, 30), datetime(2026, 9, 1, 8, 30))[1] == []


def test_points_of_one_subject_under_two_spellings_are_one_and_period_is_not_item():
    models = Models(NOW).fill(
        "branch_words", {"word": "一支部", "branch_id": "B1"}, {"word": "第一党支部", "branch_id": "B1"}
    )
    day = {"scored_at": datetime(2026, 6, 30), "points": 10.0}
    models.fill(
        "feed_points",
        {"subject": "一支部", "period": "甲", **day},
        {"subject": "第一党支部", "period": "甲", **day},
        {"subject": "一支部", "category": "甲", **day},
    )
    found = models.run("points")
    assert len(found) == 2 and len({row["point_id"] for row in found}) == 2
    assert {row["branch_id"] for row in found} == {"B1"}


def test_a_matter_of_the_meeting_is_judged_like_a_task():
    models = Models(NOW)
    rows = [
        {
            "record_id": "1",
            "title": "甲",
            "assigned_at": datetime(2026, 10, 12),
            "due_at": datetime(2026, 10, 18, 23, 59, 59),
            "status": "done",
            "closed_at": datetime(2026, 10, 17),
        },
        {
            "record_id": "2",
            "title": "乙",
            "assigned_at": datetime(2026, 10, 12),
            "due_at": datetime(2026, 10, 18, 23, 59, 59),
            "status": "open",
        },
        {"record_id": "3", "title": "丙", "assigned_at": datetime(2026, 11, 30), "due_at": datetime(2026, 12, 6)},
        {"record_id": "4", "title": "丁", "assigned_at": datetime(2026, 10, 12)},
    ]
    models.fill("feed_assignments", *rows).fill("states_assignments", *rows)
    found = {row["assignment_id"]: row for row in models.run("assignments")}
    judged = {
        key: (row["is_assignment"], row["is_due"], row["is_on_time"], row["is_overdue_open"])
        for key, row in found.items()
    }
    assert judged == {
        "1": (True, True, True, False),
        "2": (True, True, False, True),
        "3": (False, False, False, False),
        "4": (True, False, False, False),
    }


def test_several_places_in_a_cell_are_several_places():
    models = Models(NOW)
    models.fill("feed_buildings", {"building_id": "D08", "name": "8号楼", "kind": "宿舍"})
    models.fill("place_words", {"word": "8号楼", "building_id": "D08"})
    models.fill(
        "feed_campaigns",
        {
            "record_id": "X",
            "title": "落锁",
            "places": "8号楼、北区小树林",
            "category": "被盗",
            "starts_at": datetime(2026, 10, 1),
            "ends_at": datetime(2026, 10, 7, 23, 59, 59),
        },
    )
    for name in ("grids", "buildings", "campaigns"):
        models.run(name)
    assert [(row["place_text"], row["building_id"], row["kind"]) for row in models.run("campaign_places")] == [
        ("8号楼", "D08", "宿舍"),
        ("北区小树林", None, None),
    ]
    assert models.run("campaigns")[0]["days"] == 7 and models.run("campaigns")[0]["counted"] == "工单"


def test_a_plan_of_a_school_year_begins_in_september():
    models = Models(NOW).fill(
        "feed_brand_plans",
        {"record_id": "甲", "branch_id": "B1", "year": "2026-2027学年", "brand": "灯"},
        {"record_id": "乙", "branch_id": "B2", "year": "2026", "brand": "站"},
    )
    assert {row["plan_id"]: row["starts_at"].date() for row in models.run("brand_plans")} == {
        "甲": date(2026, 9, 1),
        "乙": date(2026, 1, 1),
    }


def health(name: str, **feeds: list[dict]) -> list[dict]:
    models = Models(NOW)
    models.connection.execute("CREATE TABLE noted_files(file_id VARCHAR, source VARCHAR, name VARCHAR)")
    models.fill("noted_files", {"file_id": "f", "source": "drawn", "name": "甲.csv"})
    for feed, rows in feeds.items():
        models.fill(f"feed_{feed}", *rows).fill(f"states_{feed}", *rows) if feed == "brand_tasks" else models.fill(
            f"feed_{feed}", *rows
        )
    models.fill("feed_grids", {"grid_id": "G01", "name": "第1网格"}).fill(
        "feed_branches", {"branch_id": "B1", "name": "第一党支部"}
    )
    models.fill("feed_units", {"unit_id": "U", "name": "保卫处", "kind": "学院"})
    for model in ("grids", "branches", "units", "brand_tasks", "pledges", "grid_visits"):
        models.run(model)
    return models.health(name)


def task(number: int, **more) -> dict:
    due = datetime(2026, number, 28, 23, 59, 59)
    return {
        "record_id": f"{number}",
        "task": f"任务{number}",
        "branch_id": "B1",
        "year": "2026",
        "status": "done",
        "due_at": due,
        "done_at": due - timedelta(days=number),
        "evidence": f"{number}.pdf",
        **more,
    }


def test_typical_lies_are_told_and_honest_records_are_not():
    honest = [task(number) for number in range(1, 7)]
    on_the_day = [task(number, done_at=datetime(2026, number, 28)) for number in range(1, 7)]
    assert (
        health("brand_due_day", brand_tasks=honest) == []
        and health("brand_due_day", brand_tasks=on_the_day)[0]["occurrences"] == 6
    )
    shared = [task(number, evidence="同一份.pdf") for number in range(1, 4)]
    assert (
        health("evidence_repeated", brand_tasks=honest) == []
        and health("evidence_repeated", brand_tasks=shared)[0]["occurrences"] == 3
    )
    visits = [
        {"record_id": f"{n}", "grid_id": "G01", "category": "信息采集", "visited_at": datetime(2026, 10, 31, 8, n)}
        for n in range(10)
    ]
    spread = [{**visit, "visited_at": datetime(2026, 10, 1 + n)} for n, visit in enumerate(visits)]
    assert (
        health("visits_in_bulk", grid_visits=spread) == []
        and "10/10" in health("visits_in_bulk", grid_visits=visits)[0]["message"]
    )
    stranger = [{"record_id": "x", "unit": "外人公司", "year": "2026", "signed_at": datetime(2026, 3, 1)}]
    assert "外人公司" in health("pledge_units", pledges=stranger)[0]["message"]
