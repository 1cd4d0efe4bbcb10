"""Every one of the 26 systems, from the demonstration's files to a number on a page in a real browser.

What is expected was counted by the generator from what it drew (truth.toml), never by the product.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etl.form.systems import systems
from ui.frame.menu import PAGES

Totals = dict[str, int]


def of(part: str, whole: str) -> Callable[[Totals], str]:
    return lambda told: f"{told[part]:,} / {told[whole]:,}"


def number(key: str, *less: str) -> Callable[[Totals], str]:
    return lambda told: f"{told[key] - sum(told[one] for one in less):,}"


def listed(key: str, *less: str) -> Callable[[Totals], str]:
    return lambda told: f"共 {told[key] - sum(told[one] for one in less):,} "


HEADLINE = ".st-key-headline"
# system → (page and what it is asked, where on it, what must stand there)
WALK = {
    1: ("records?metric=ticket_count", HEADLINE, listed("tickets", "tickets_void")),
    2: ("services?", ".st-key-tile_service_count", number("services_given")),
    3: ("records?metric=hazard_count", HEADLINE, listed("hazards", "hazards_void")),
    4: ("services?", ".st-key-tile_wish_fulfilled_rate", of("wishes_due_fulfilled", "wishes_due")),
    5: ("records?metric=drill_count", HEADLINE, listed("drills")),
    6: ("drills?", ".st-key-tile_training_pass_rate", of("trainings_first_pass", "trainings_first")),
    7: ("drills?", ".st-key-tile_certified_rate", of("certificate_duties_valid", "certificate_duties")),
    8: ("grid_work?", ".st-key-tile_grid_visit_count", number("grid_visits")),
    9: ("ladder?", ".st-key-tile_dispute_resolved_rate",
        lambda told: f"{told['disputes_closed']:,} / {told['disputes'] - told['disputes_void']:,}"),
    10: ("incidents?", ".st-key-tile_incident_count", number("incidents", "incidents_void")),
    11: ("zero_report?", "[data-testid=stMain]", lambda told: f"{told['zero_days_fire']:,}"),
    12: ("incidents?", ".st-key-tile_fraud_dissuaded_rate", lambda told: f"诈骗案件数 {told['fraud_cases_real']:,} 起"),
    13: ("duty?", ".st-key-tile_duty_person_times", number("duty_shifts")),
    14: ("commitments?", ".st-key-tile_brand_task_on_time_rate", of("brand_tasks_on_time", "brand_tasks_due")),
    15: ("records?metric=activity_count", HEADLINE, listed("activities")),
    16: ("commitments?", ".st-key-tile_joint_action_count", number("joint_actions")),
    17: ("commitments?", ".st-key-tile_pledge_signed_rate",
         of("pledges_signed_this_year", "pledges_required_this_year")),
    18: ("commitments?", ".st-key-tile_assignment_on_time_rate", of("assignments_on_time", "assignments_due")),
    19: ("services?", ".st-key-tile_question_on_spot_rate", of("questions_on_spot", "questions")),
    20: ("records?table=campaigns", HEADLINE, listed("campaigns")),
    21: ("duty?", ".st-key-tile_inspection_count", number("inspections")),
    22: ("records?metric=contractor_in_post", HEADLINE, listed("contractors_in_post")),
    23: ("records?table=honours", HEADLINE, listed("honours")),
    24: ("surveys?", ".st-key-tile_survey_safety",
         lambda told: f"{told['survey_safety_sum_latest'] / told['survey_safety_n_latest']:.2f}"),
    25: ("records?metric=visit_count", HEADLINE, listed("visits_held")),
    26: ("records?table=points", HEADLINE, listed("points")),
}  # fmt: skip


@pytest.fixture(scope="session")
def told(browser_home: Path) -> dict:
    return tomllib.loads((browser_home / "demo" / "exports" / "truth.toml").read_text(encoding="utf-8"))


def test_no_system_is_left_out():
    assert list(WALK) == list(systems())


@pytest.mark.parametrize("address", dict.fromkeys(address for address, _, _ in WALK.values()))
def test_from_the_file_to_a_number_on_a_page(server, watched, told, address):
    """All systems of one page at one visit."""
    first = told["from_day"].replace(
        year=told["from_day"].year - 1
    )  # what is kept by the year begins before the tickets do
    span = f"from={first}&to={told['data_date'].date()}"
    tab = watched.open(f"{server}/{address}&{span}".replace("?&", "?"))
    expect(tab.locator("h1")).to_have_text(PAGES[address.partition("?")[0]].title)
    expect(tab.get_by_test_id("stException")).to_have_count(0)
    for where, expected in ((where, expected) for page, where, expected in WALK.values() if page == address):
        expect(tab.locator(where).first).to_contain_text(expected(told["totals"]), timeout=30_000)
