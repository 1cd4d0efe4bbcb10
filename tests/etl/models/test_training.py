"""Examinations, lessons and visits by their rules, and the warnings about lists that look too good."""

from datetime import date, datetime

import pytest

from tests.etl.drawn_models import Models
from tests.etl.models.test_duties import built, held, post, rows, sat

NOW = datetime(2026, 11, 22, 8)


def exam(number: int, at: datetime, **more) -> dict:
    return {"record_id": f"E{number}", "person_number": "k1", "category": "灭火器", "examined_at": at, **more}


def examined(*exams: dict) -> dict[str, dict]:
    return {row["exam_id"]: row for row in rows(built(exams=exams), "trainings")}


@pytest.mark.parametrize(
    ("exams", "first", "passed", "resit"),
    [
        ([exam(1, datetime(2026, 3, 1), result="合格")], ["E1"], ["E1"], []),
        (
            [exam(1, datetime(2026, 3, 1), result="不合格"), exam(2, datetime(2026, 3, 15), result="合格")],
            ["E1"],
            [],
            ["E2"],
        ),  # not said: by the rule
        (
            [exam(1, datetime(2025, 3, 1), result="不合格"), exam(2, datetime(2026, 3, 1), result="合格")],
            ["E1", "E2"],
            ["E2"],
            [],
        ),  # a year on: anew
        (
            [exam(1, datetime(2026, 3, 1), result="合格"), exam(2, datetime(2026, 3, 15), result="合格")],
            ["E1", "E2"],
            ["E1", "E2"],
            [],
        ),
        ([exam(1, datetime(2026, 3, 1), result="合格", attempt="补考")], [], [], ["E1"]),  # said
        (
            [
                exam(1, datetime(2026, 3, 1), result="不合格"),
                exam(2, datetime(2026, 3, 2), result="合格", attempt="首考"),
            ],
            ["E1", "E2"],
            ["E2"],
            [],
        ),
        (
            [
                exam(1, datetime(2026, 3, 1), result="不合格"),
                exam(2, datetime(2026, 3, 9), result="合格", category="急救"),
            ],
            ["E1", "E2"],
            ["E2"],
            [],
        ),
        (
            [exam(1, datetime(2026, 3, 1), score=60), exam(2, datetime(2026, 4, 1), score=59)],
            ["E1", "E2"],
            ["E1"],
            [],
        ),  # by the score alone
        (
            [exam(1, datetime(2026, 3, 1), result="缺考"), exam(2, datetime(2026, 3, 9), result="合格")],
            ["E2"],
            ["E2"],
            [],
        ),  # absent is not failed
        ([exam(1, datetime(2026, 12, 1), result="合格")], [], [], []),  # to come
        ([exam(1, datetime(2026, 3, 1))], [], [], []),  # no result
    ],
)
def test_first_sittings_and_resits(exams, first, passed, resit):
    found = examined(*exams)
    assert [key for key, row in found.items() if row["is_first"]] == first
    assert [key for key, row in found.items() if row["is_first_pass"]] == passed
    assert [key for key, row in found.items() if row["is_resit"]] == resit


def test_people_nobody_can_tell_apart_are_never_called_to_a_resit():
    found = examined(
        exam(1, datetime(2026, 3, 1), result="不合格", person_number=None),
        exam(2, datetime(2026, 3, 9), result="合格", person_number=None),
    )
    assert not any(row["is_resit"] for row in found.values())


def schooled(*lessons: dict, visits=(), now: datetime = NOW) -> Models:
    models = Models(data_date=now).fill(
        "feed_units", {"unit_id": "U1", "name": "甲学院", "kind": "学院", "people": 400, "freshmen": 100},
        {"unit_id": "U2", "name": "乙学院", "kind": "学院", "people": 300, "freshmen": 50},
        {"unit_id": "U3", "name": "保卫处", "kind": "职能部门", "people": 30},
    )  # fmt: skip
    models.fill("feed_lessons", *lessons).fill("feed_visits", *visits)
    for name in ("branches", "units", "lessons", "visits"):
        models.run(name)
    return models


def lesson(
    number: int, at: datetime, hours: float = 2, people: int | None = 100, unit: str = "甲学院", level: str = "新生"
) -> dict:
    return {"record_id": f"L{number}", "held_at": at, "hours": hours, "people": people, "unit": unit, "level": level}


def test_freshmen_hours_are_counted_over_all_freshmen_and_a_college_without_lessons_stays():
    found = schooled(
        lesson(1, datetime(2026, 9, 5), 2, 90), lesson(2, datetime(2026, 9, 12), 2, 100),
        lesson(3, datetime(2026, 9, 19), 1, 60),
        lesson(4, datetime(2026, 9, 20), 2, 300, level="学生"),
        lesson(5, datetime(2026, 6, 1), 2, 100), lesson(6, datetime(2026, 12, 1), 2, 100),
    ).run("college_lessons")  # fmt: skip
    told = [
        (row["unit"], row["hours"], row["is_current"], row["is_enough"], row["lessons"], row["attendances"])
        for row in found
    ]
    assert told == [
        ("甲学院", 4.4, False, False, 4, 550),
        ("甲学院", 4.4, True, True, 4, 550),
        ("乙学院", 0.0, True, False, 0, 0),
    ]
    assert (found[0]["begin_at"], found[0]["end_at"], found[1]["begin_at"]) == (
        datetime(2026, 8, 1),
        datetime(2026, 9, 19),
        datetime(2026, 9, 19),
    )


def test_three_hours_and_nine_tenths_are_not_four():
    found = schooled(lesson(1, datetime(2026, 9, 5), 3, 100), lesson(2, datetime(2026, 9, 6), 1, 90)).run(
        "college_lessons"
    )
    assert [(row["unit"], row["hours"], row["is_enough"]) for row in found] == [
        ("甲学院", 3.9, False),
        ("乙学院", 0.0, False),
    ]


def test_the_school_year_turns_in_august():
    found = schooled(lesson(1, datetime(2025, 9, 5), 4, 100), now=datetime(2026, 7, 31, 8)).run("college_lessons")
    assert [(row["unit"], row["is_enough"]) for row in found if row["is_current"]] == [
        ("甲学院", True),
        ("乙学院", False),
    ]
    assert not any(
        row["is_enough"]
        for row in schooled(lesson(1, datetime(2025, 9, 5), 4, 100), now=datetime(2026, 8, 1, 8)).run("college_lessons")
    )


def test_without_lessons_nothing_is_said_of_colleges():
    assert schooled().run("college_lessons") == []


def test_a_visit_called_off_or_still_to_come_is_none():
    moments = [
        ("done", datetime(2026, 11, 1)),
        (None, datetime(2026, 11, 1)),
        ("void", datetime(2026, 11, 1)),
        ("open", datetime(2026, 11, 1)),
        ("done", datetime(2026, 12, 1)),
    ]
    visits = [
        {"record_id": f"V{n}", "category": "体验馆", "visited_at": at, "status": status, "people": 20}
        for n, (status, at) in enumerate(moments)
    ]
    assert [row["is_visit"] for row in schooled(visits=visits).run("visits")] == [True, True, False, False, False]


def noted(models: Models, feed: str) -> Models:
    """What the build knows of files and sources when health queries run."""
    models.connection.execute(f"CREATE TABLE noted_files AS SELECT 'f' AS file_id, '{feed}' AS source")
    models.connection.execute(f"CREATE TABLE noted_sources AS SELECT '{feed}' AS source, '{feed}' AS feeds")
    return models


@pytest.mark.parametrize(("scores", "warned"), [([90] * 10, 1), ([90] * 9, 0), ([90] * 9 + [91], 0), ([50] * 10, 0)])
def test_everybody_passing_with_one_score_is_warned_of(scores, warned):
    exams = [
        sat(n, n, datetime(2026, 4, 9, 9), None, score=score, title="春季考核", unit="保卫处")
        for n, score in enumerate(scores)
    ]
    found = noted(built(exams=exams), "trainings").health("training_same_score")
    assert len(found) == warned and all("10 人全部合格，成绩都是 90 分" in row["message"] for row in found)


def test_a_certificate_number_of_two_people_is_warned_of_and_a_renewal_is_not():
    day = date(2026, 1, 1)
    papers = [
        held(1, 1, day, None),
        {**held(2, 2, day, None), "number": "no1"},
        held(3, 3, date(2023, 1, 1), day),
        {**held(4, 3, day, date(2029, 1, 1)), "number": "no3"},
    ]
    models = built([], papers)
    assert [row["certificate_id"] for row in rows(models, "certificates") if row["is_number_reused"]] == ["C1", "C2"]
    (found,) = noted(models, "certificates").health("certificate_reused")
    assert "2 个人名下（登记编号 C1、C2）" in found["message"]


def test_who_vanishes_from_the_roster_without_a_last_day_is_warned_of():
    old, new = datetime(2026, 9, 1, 8), datetime(2026, 11, 22, 8)
    posts = [
        post(1, date(2024, 1, 1), export_time=old),
        post(2, date(2024, 1, 1), date(2026, 9, 9), export_time=old),
        post(3, date(2024, 1, 1), export_time=new),
    ]
    (found,) = noted(built(posts), "posts").health("roster_vanished")
    assert found["occurrences"] == 1 and found["column_label"] == "离岗日期"


def test_who_left_before_coming_is_warned_of():
    (found,) = noted(built([post(1, date(2026, 3, 1), date(2026, 1, 1))]), "posts").health("roster_dates")
    assert found["code"] == "ended_before_begun" and found["occurrences"] == 1
