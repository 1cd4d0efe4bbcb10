"""Rosters, certificates, examinations, guards, visits and lessons of the demonstration campus: every total as the
generator wrote it down."""

from datetime import date

import pytest

from metrics.ask.measure import measure
from metrics.ask.measure import total as measured
from metrics.ask.window import Window
from metrics.methods import funnel

EVERYTHING = Window(date(2019, 1, 1), date(2026, 11, 23))
TABLES = ("posts", "certificates", "trainings", "contractors", "visits", "lessons")
# truth.toml → (metric, part or whole)
NUMBERS = {
    "trainings_examined": ("training_count", "part"),
    "trainings_first": ("training_pass_rate", "whole"),
    "trainings_first_pass": ("training_pass_rate", "part"),
    "training_duties": ("training_coverage_rate", "whole"),
    "training_duties_covered": ("training_coverage_rate", "part"),
    "certificate_duties": ("certified_rate", "whole"),
    "certificate_duties_valid": ("certified_rate", "part"),
    "certificate_duties_expiring_30": ("certificate_expiring_30", "part"),
    "certificate_duties_expiring_60": ("certificate_expiring_60", "part"),
    "certificate_duties_expiring_90": ("certificate_expiring_90", "part"),
    "contractors_in_post": ("contractor_in_post", "part"),
    "visits_held": ("visit_count", "part"),
    "visits_people": ("visit_people", "part"),
    "lessons_people": ("lesson_people", "part"),
    "lessons_colleges": ("freshmen_taught_rate", "whole"),
    "lessons_colleges_enough": ("freshmen_taught_rate", "part"),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_record_arrives_once(campus, truth, table):
    assert campus.query(f"SELECT count(*) AS n FROM {table}").n[0] == truth["totals"][table]


@pytest.mark.parametrize("name", NUMBERS)
def test_the_number_is_what_was_drawn(campus, truth, name):
    metric, which = NUMBERS[name]
    assert measured(campus, metric, EVERYTHING)[which] == truth["totals"][name]


def test_the_weak_unit_is_told_apart_and_those_who_all_passed_are_warned_of(campus):
    judged = funnel.funnel(measure(campus, "training_pass_rate", EVERYTHING, by="unit")).frame
    assert judged.set_index("unit").at["饮食服务中心", "verdict"].word == "明显偏低"
    found = campus.query("SELECT message FROM warnings WHERE code = 'same_score'").message
    assert len(found) == 3 and all("公寓管理中心" in message for message in found)


def test_a_number_with_two_holders_and_a_vanished_person_are_warned_of(campus):
    assert campus.query("SELECT occurrences FROM warnings WHERE code = 'number_reused'").occurrences.tolist() == [2]
    assert campus.query("SELECT occurrences FROM warnings WHERE code = 'roster_vanished'").occurrences.tolist() == [1]
