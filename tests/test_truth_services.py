"""Services, wishes, questions, surveys and the hotline of the demonstration campus: from its files to the numbers of
the pages.

What the generator counted from its own records, before it wrote them into files, is what the product measures.
"""

from datetime import date

import pytest

from metrics.ask.measure import measure
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from metrics.methods import funnel

EVER = Window(date(2020, 1, 1), date(2027, 1, 1))


def found(campus, metric: str, **only) -> tuple[int, int]:
    row = measure(campus, metric, EVER, only=Selection(**only)).iloc[0]
    return int(row["part"]), int(row["whole"])


@pytest.mark.parametrize(
    ("metric", "part", "whole"),
    [
        ("service_count", "services_given", None),
        ("service_people", "services_people", "services_with_people"),
        ("wish_count", "wishes", None),
        ("wish_claimed_rate", "wishes_claimed", "wishes"),
        ("wish_fulfilled_rate", "wishes_due_fulfilled", "wishes_due"),
        ("wish_on_time_rate", "wishes_on_time", "wishes_due"),
        ("wish_overdue_open", "wishes_overdue", None),
        ("wish_time_to_fulfil", "wishes_fulfilled", "wishes"),
        ("question_on_spot_rate", "questions_on_spot", "questions"),
        ("question_on_time_rate", "questions_on_time", "questions_due"),
        ("question_overdue_open", "questions_overdue", None),
        ("survey_response_rate", "survey_answers", "surveys_invited"),
        ("hotline_events", "hotline_events", "hotline_summaries"),
        ("hotline_satisfaction_rate", "hotline_satisfied", "hotline_reached"),
    ],
)
def test_parts_and_wholes_are_those_written_down(campus, truth, metric, part, whole):
    counted = found(campus, metric)
    assert counted[0] == truth["totals"][part]
    assert whole is None or counted[1] == truth["totals"][whole]


def test_every_branch_gets_its_own_services(campus, truth):
    for number in range(1, 9):
        assert (
            found(campus, "service_count", branches=(f"B{number}",))[0] == truth["totals"][f"services_given_B{number}"]
        )


def test_the_letter_box_that_keeps_fewer_promises_is_the_only_channel_named(campus):
    frame = measure(campus, "wish_on_time_rate", EVER, by="channel")
    judged = funnel.funnel(frame, over=False).frame
    assert list(judged.loc[[one.word == "明显偏低" for one in judged["verdict"]], "channel"]) == ["信箱"]


def test_the_mean_of_the_latest_survey_is_of_those_who_answered_that_question(campus, truth):
    last = campus.rows("SELECT starts_at::DATE, ends_at::DATE, answered FROM surveys ORDER BY ends_at DESC LIMIT 1")[0]
    row = measure(campus, "survey_safety", Window(last[0], last[1].replace(day=last[1].day + 1))).iloc[0]
    totals = truth["totals"]
    assert (row["part"], row["whole"], last[2]) == (
        totals["survey_safety_sum_latest"],
        totals["survey_safety_n_latest"],
        totals["survey_answers_latest"],
    )
    assert row["low"] < row["value"] < row["high"]


def test_the_canteen_is_the_department_under_the_floor(campus):
    frame = measure(campus, "hotline_satisfaction_rate", EVER, by="unit")
    assert list(frame.loc[frame["value"] < 0.85, "unit"]) == ["饮食服务中心"]
