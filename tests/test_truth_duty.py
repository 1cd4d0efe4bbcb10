"""What was drawn of checks, shifts and services arrives whole, and the planted truths are found."""

import pytest

COUNTS = {
    "inspections": "count(*) FROM inspections",
    "inspections_with_students": "count(*) FROM inspections WHERE has_students",
    "inspections_problems": "sum(problems_found) FROM inspections WHERE has_count",
    "inspections_finding": "count(*) FROM inspections WHERE is_finding",
    "inspections_linked": "count(*) FROM inspections WHERE is_linked",
    "duty_shifts": "count(*) FROM duty_shifts WHERE is_shift",
    "duty_shifts_person_times": "sum(present) FROM duty_shifts WHERE has_present",
    "duty_shifts_short": "count(*) FROM duty_shifts WHERE is_short",
    "duty_shifts_planned": "count(*) FROM duty_shifts WHERE is_planned",
    "duty_shifts_of_the_reference_branch": "sum(present) FROM duty_shifts WHERE category = "
    "'支部值守' AND branch_id = 'B2' "
    "AND starts_at >= DATE '2026-03-02' AND starts_at < DATE '2026-03-02' + 15 * 7",
    "equipment_services": "count(*) FROM equipment_services",
}


@pytest.mark.parametrize("name", COUNTS)
def test_totals_agree(campus, truth, name):
    assert campus.rows(f"SELECT {COUNTS[name]}")[0][0] == truth["totals"][name]


def test_the_published_figure_of_one_branch(truth):
    assert truth["totals"]["duty_shifts_of_the_reference_branch"] == 364


def test_the_planted_truths_are_found(campus):
    """Two who never find anything; a college that stopped checking; weekend nights of one grid; a quarter nobody
    inspected; the drills as before."""
    assert campus.rows("SELECT who_kind, unit FROM idle_checks ORDER BY ALL") == [
        ("单位", "外国语学院"),
        ("检查人", "饮食服务中心"),
    ]
    assert campus.rows(
        "SELECT unit, count(*) FROM obligations WHERE rule_id = 'fire_check' AND is_missed AND period_start >"
        "= DATE '2026-09-01' GROUP BY unit HAVING count(*) > 1"
    ) == [("艺术学院", 2)]
    weekend = (
        "SELECT count(*), count(*) FILTER (is_met) FROM obligations WHERE category = '夜间巡查' AND is_due AND "
        "grid_id = 'G12' AND isodow(period_start) > 5"
    )
    asked, met = campus.rows(weekend)[0]
    assert asked > 50 and met == 0
    assert campus.rows(
        "SELECT period_start::VARCHAR FROM obligations WHERE rule_id = 'fire_inspection' AND is_missed"
    ) == [("2025-01-01",)]
    assert campus.rows(
        "SELECT count(*) FILTER (is_due), count(*) FILTER (is_due AND is_met) FROM drill_obligations"
    ) == [(504, 471)]
