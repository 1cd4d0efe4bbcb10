"""The rules of services, wishes, questions, surveys and hotline summaries, row by row."""

from datetime import datetime, timedelta

import pytest

from metrics.define import catalogue
from tests.etl.drawn_models import DATA_DATE, Models

ASKED = datetime(2026, 9, 1, 9)
PROMISED = datetime(2026, 9, 15, 23, 59, 59)
DAY = timedelta(days=1)


def wishes(*rows: dict, states: tuple[dict, ...] = ()) -> dict[str, dict]:
    models = Models().fill("feed_wishes", *rows).fill("states_wishes", *(states or rows))
    return {row["wish_id"]: row for row in models.run("wishes")}


def wish(number: str = "W1", **more) -> dict:
    return {"record_id": number, "wished_at": ASKED, "promised_at": PROMISED} | more


def rules(row: dict, *names: str) -> list[bool]:
    return [row[name] for name in names]


@pytest.mark.parametrize(
    ("said", "fulfilled", "on_time", "late", "overdue"),
    [
        ({"status": "fulfilled", "fulfilled_at": PROMISED}, True, True, False, False),
        ({"status": "fulfilled", "fulfilled_at": PROMISED + timedelta(seconds=1)}, True, False, True, False),
        ({"status": "fulfilled"}, True, False, True, False),  # nobody wrote when: done, but not known to be in time
        ({"status": None, "fulfilled_at": PROMISED - DAY}, True, True, False, False),
        ({"status": "claimed"}, False, False, False, True),
        ({"status": None}, False, False, False, True),
        ({"status": "declined"}, False, False, False, False),
        ({"status": "fulfilled", "decision": "no", "fulfilled_at": PROMISED - DAY}, False, False, False, False),
    ],
)
def test_what_fell_due_stays_in_the_whole_whatever_became_of_it(said, fulfilled, on_time, late, overdue):
    row = wishes(wish(**said))["W1"]
    assert row["is_due"] and row["is_wish"]
    assert rules(row, "is_due_fulfilled", "is_on_time", "is_late", "is_overdue_open") == [
        fulfilled,
        on_time,
        late,
        overdue,
    ]


def test_void_wishes_and_those_of_the_future_are_in_nothing():
    found = wishes(wish(status="void"), wish("W2", wished_at=DATA_DATE + DAY))
    assert [row[name] for row in found.values() for name in ("is_wish", "is_due", "is_open", "is_claimed")] == [
        False
    ] * 8


def test_without_a_promise_a_wish_is_never_due_and_is_counted_as_unpromised():
    row = wishes(wish(promised_at=None, status="open"))["W1"]
    assert rules(row, "is_wish", "has_promise", "is_due", "is_overdue_open", "is_unclaimed") == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_the_first_promise_judges():
    later = PROMISED + 30 * DAY
    now = wish(promised_at=later, status="fulfilled", fulfilled_at=later - DAY)
    row = wishes(now, states=(wish(sequence=1), now | {"sequence": 2}))["W1"]
    assert (row["promised_at"], row["later_promised_at"]) == (PROMISED, later)
    assert rules(row, "is_on_time", "is_late", "is_postponed") == [False, True, True]


@pytest.mark.parametrize(
    ("said", "claimed", "unclaimed"),
    [({"status": "open"}, False, True), ({"status": "open", "claimed_at": ASKED}, True, False),
     ({"status": "claimed"}, True, False),
     ({"status": "fulfilled"}, True, False), ({"status": "declined"}, False, False),
     ({"status": "declined", "claimed_at": ASKED}, True, False)],
)  # fmt: skip
def test_claimed_is_what_somebody_took_up(said, claimed, unclaimed):
    assert rules(wishes(wish(**said))["W1"], "is_claimed", "is_unclaimed") == [claimed, unclaimed]


def question(**more) -> dict:
    models = Models()
    row = {"record_id": "Q1", "raised_at": ASKED, "due_at": PROMISED} | more
    (found,) = models.fill("feed_questions", row).fill("states_questions", row).run("questions")
    return found


@pytest.mark.parametrize(
    ("said", "on_spot", "resolved", "on_time", "overdue"),
    [
        ({"answer": "on_spot", "status": "resolved", "due_at": None}, True, True, False, False),
        ({"answer": "on_spot", "status": "open"}, True, False, False, True),  # answered is not resolved
        ({"answer": "later", "status": "resolved", "resolved_at": PROMISED}, False, True, True, False),
        ({"answer": "later", "status": "resolved", "resolved_at": PROMISED + DAY}, False, True, False, False),
        ({"answer": None, "status": None, "resolved_at": PROMISED}, False, True, True, False),
        ({"answer": "没说清", "status": "open"}, False, False, False, True),
    ],
)
def test_questions(said, on_spot, resolved, on_time, overdue):
    assert rules(question(**said), "is_on_spot", "is_resolved", "is_on_time", "is_overdue_open") == [
        on_spot,
        resolved,
        on_time,
        overdue,
    ]


def test_a_question_resolved_on_the_spot_was_resolved_at_the_meeting():
    assert question(answer="on_spot", status="resolved", due_at=None)["resolved_at"] == ASKED
    assert question(answer="later", status="resolved")["resolved_at"] is None


@pytest.mark.parametrize(
    ("said", "is_service", "status"),
    [({"status": "done"}, True, "done"), ({"status": None}, True, "done"),
     ({"status": "没见过"}, True, "done"), ({"status": "void"}, False, "void"),
     ({"status": "planned"}, False, "planned"), ({"status": "done", "served_at": DATA_DATE + DAY}, False, "done"),
     ({"status": None, "served_at": DATA_DATE + DAY}, False, "planned")],
)  # fmt: skip
def test_a_service_is_one_that_was_given(said, is_service, status):
    (row,) = Models().fill("feed_services", {"record_id": "F1", "served_at": ASKED, "people": 3} | said).run("services")
    assert (row["is_service"], row["has_people"], row["status"]) == (is_service, is_service, status)


def survey(number: str, first: datetime, days: int, invited: int = 10, **more) -> dict:
    return {
        "record_id": number,
        "survey_id": number,
        "title": f"调查{number}",
        "starts_at": first,
        "ends_at": first + days * DAY,
        "invited": invited,
    } | more


def answered(at: datetime, number: int = 1, **more) -> dict:
    return {"record_id": f"{number}·{at}", "answered_at": at} | more


def asked(surveys: list[dict], answers: list[dict]) -> Models:
    models = (
        Models(limits={"survey_answers.hasty_seconds": 30.0})
        .fill("feed_surveys", *surveys)
        .fill("feed_survey_answers", *answers)
    )
    for name in ("survey_answers", "survey_scores", "survey_choices"):
        models.run(name)
    return models


def test_a_sheet_belongs_to_the_survey_it_names_else_to_the_latest_begun_that_is_running():
    surveys = [survey("A", ASKED, 30), survey("B", ASKED + 5 * DAY, 5), survey("C", ASKED + 60 * DAY, 5)]
    answers = [answered(ASKED + DAY), answered(ASKED + 6 * DAY),
               answered(ASKED + 6 * DAY, 2, survey="调查A"), answered(ASKED + 6 * DAY, 3, survey="别的"),
               answered(ASKED + 50 * DAY)]  # fmt: skip
    found = asked(surveys, answers).run("survey_answers")
    assert [row["survey_id"] for row in sorted(found, key=lambda row: (row["answered_at"], row["answer_id"]))] == [
        "A",
        "B",
        "A",
        None,
        None,
    ]


def test_those_who_did_not_answer_stay_in_the_whole_and_silence_is_not_nought():
    surveys = [survey("A", ASKED, 7), survey("B", ASKED + 20 * DAY, 7, returned=4),
               survey("C", ASKED + 40 * DAY, 7), survey("D", DATA_DATE - DAY, 7),
               survey("E", DATA_DATE + DAY, 7)]  # fmt: skip
    models = asked(surveys, [answered(ASKED + DAY), answered(ASKED + DAY, 2), answered(DATA_DATE - timedelta(hours=1))])
    told = {
        row["survey_id"]: (row["answered"], row["has_response"], row["is_running"]) for row in models.run("surveys")
    }
    assert told == {
        "A": (2, True, False),
        "B": (4, True, False),
        "C": (None, False, False),
        "D": (1, False, True),
        "E": (None, False, False),
    }


def test_more_sheets_than_people_asked_is_said_and_a_word_that_is_no_score_has_none():
    models = asked(
        [survey("A", ASKED, 7, invited=1)],
        [
            answered(ASKED, safety_score="5"),
            answered(ASKED, 2, safety_score="说不准"),
            answered(ASKED, 3, safety_score="7"),
        ],
    )
    assert models.run("surveys")[0]["is_overfull"]
    assert [row["safety_score"] for row in models.run("survey_answers")] == [5, None, None]
    assert [(row["category"], row["score"]) for row in models.run("survey_scores")] == [("总体安全感", 5)]


def test_what_was_not_ticked_is_in_the_whole_and_what_was_skipped_is_not():
    sheets = [answered(ASKED, worries="失窃、诈骗"), answered(ASKED, 2, worries="诈骗"), answered(ASKED, 3)]
    found = asked([survey("A", ASKED, 7)], sheets).run("survey_choices")
    assert sorted((row["category"], row["is_ticked"]) for row in found) == [
        ("失窃", False),
        ("失窃", True),
        ("诈骗", True),
        ("诈骗", True),
    ]


def summaries(*rows: dict) -> list[dict]:
    known = {"unit": "后勤处", "period": "2026年10月", "events": 10, "export_time": datetime(2026, 11, 2, 9)}
    return (
        Models()
        .fill("feed_hotline_summaries", *({"record_id": f"{at}"} | known | row for at, row in enumerate(rows)))
        .run("hotline_summaries")
    )


@pytest.mark.parametrize(
    ("period", "start", "end", "known"),
    [
        ("2026年10月", datetime(2026, 10, 1), datetime(2026, 10, 31, 23, 59, 59), True),
        ("2024年2月份", datetime(2024, 2, 1), datetime(2024, 2, 29, 23, 59, 59), True),
        ("2026-10-05 至 2026-10-11", datetime(2026, 10, 5), datetime(2026, 10, 11, 23, 59, 59), True),
        ("2026.10.5—10.11", datetime(2026, 10, 5), datetime(2026, 10, 11, 23, 59, 59), True),
        ("2026年第46周", datetime(2026, 11, 2), datetime(2026, 11, 2, 23, 59, 59), False),
    ],
)
def test_periods_as_people_write_them(period, start, end, known):
    (row,) = summaries({"period": period})
    assert (row["period_start"], row["period_end"], row["has_period"]) == (start, end, known)


def test_a_week_inside_an_exported_month_does_not_count_twice_nor_does_a_total():
    rows = summaries(
        {},
        {"period": "2026-10-05 至 2026-10-11"},
        {"period": "2026-09-28 至 2026-10-04"},
        {"unit": "合 计"},
        {"period": "2026年12月"},
    )
    assert {row["summary_id"]: row["is_summary"] for row in rows} == {
        "0": True,
        "1": False,
        "2": True,
        "3": False,
        "4": False,
    }


@pytest.mark.parametrize(("satisfied", "under"), [(16, True), (17, False)])
def test_the_floor_is_the_target_of_the_metric(satisfied, under):
    assert 16 / 20 < catalogue.get("hotline_satisfaction_rate").target == 17 / 20
    assert summaries({"both_satisfied": satisfied, "dissatisfied": 20 - satisfied})[0]["is_under_floor"] is under


@pytest.mark.parametrize(
    ("open_", "late", "unbalanced"), [(2, 1, False), (3, 1, False), (4, 1, True), (None, None, False)]
)
def test_open_late_may_be_part_of_open_or_beside_it(open_, late, unbalanced):
    (row,) = summaries({"closed_on_time": 6, "closed_late": 1, "open": open_, "open_late": late})
    assert row["is_unbalanced"] is unbalanced
