"""The hazard model: verified closing, the first deadline, recurrence."""

from datetime import datetime, timedelta

import pytest

from tests.etl.drawn_models import DATA_DATE, Models

FOUND = datetime(2026, 9, 1)
END = datetime(2026, 9, 15, 23, 59, 59)


def hazard(number: str = "H1", **more) -> dict:
    return {"record_id": number, "found_at": FOUND, "category": "通道堵塞", "level": "一般", "due_at": END} | more


def hazards(*rows: dict, states: tuple[dict, ...] = ()) -> dict[str, dict]:
    models = Models().fill("feed_hazards", *rows).fill("states_hazards", *(states or rows))
    return {row["hazard_id"]: row for row in models.run("hazards")}


@pytest.mark.parametrize(
    ("said", "expected", "closed_at"),
    [
        ({"status": "closed", "closed_at": END}, "closed", END),
        ({"status": "closed", "rectified_at": FOUND}, "closed", FOUND),
        ({"status": "closed"}, "closed", None),
        ({"status": "rectified", "rectified_at": FOUND}, "rectified", None),
        ({"status": "open", "closed_at": END}, "open", None),  # 复查不合格 with a date of the check
        ({"status": None, "closed_at": END}, "closed", END),
        ({"status": "没见过", "rectified_at": FOUND}, "rectified", None),
        ({"status": None}, "open", None),
        ({"status": "void", "closed_at": END}, "void", None),
        ({"status": "closed", "approval": "拒绝", "closed_at": END}, "void", None),
        ({"status": "closed", "approval": "同意", "closed_at": END}, "closed", END),
    ],
)
def test_closed_means_verified(said, expected, closed_at):
    row = hazards(hazard(**said))["H1"]
    assert (row["status"], row["closed_at"]) == (expected, closed_at)
    assert (row["is_hazard"], row["is_closed"]) == (expected != "void", expected == "closed")
    assert row["is_open"] is (expected in ("open", "rectified"))


@pytest.mark.parametrize(
    ("closed", "on_time", "on_day"),
    [
        (END, True, True),
        (END - timedelta(days=1), True, False),
        (END + timedelta(seconds=1), False, False),
        (None, False, False),
    ],
)
def test_on_time_is_verified_by_the_deadline(closed, on_time, on_day):
    row = hazards(hazard(status="closed" if closed else "rectified", closed_at=closed))["H1"]
    assert (row["is_due"], row["is_on_time"], row["is_on_deadline_day"], row["is_overdue_open"]) == (
        True,
        on_time,
        on_day,
        closed is None,
    )


def test_not_yet_due_and_without_a_deadline():
    found = hazards(hazard(due_at=DATA_DATE + timedelta(seconds=1)), hazard("H2", due_at=None))
    assert [found[name]["is_due"] for name in ("H1", "H2")] == [False, False]


def test_a_later_deadline_in_a_later_export_is_an_extension_and_the_first_one_judges():
    later = END + timedelta(days=10)
    now = hazard(due_at=later, status="closed", closed_at=later - timedelta(days=1))
    row = hazards(now, states=(hazard(sequence=1), hazard(sequence=2, due_at=later)))["H1"]
    assert (row["due_at"], row["extended_due_at"], row["is_extended"], row["is_on_time"]) == (END, later, True, False)


def test_an_earlier_deadline_in_a_later_export_is_a_correction():
    row = hazards(hazard(due_at=FOUND), states=(hazard(sequence=1), hazard(sequence=2, due_at=FOUND)))["H1"]
    assert (row["due_at"], row["is_extended"]) == (FOUND, False)


def test_a_deadline_taken_away_is_still_the_first_one():
    row = hazards(hazard(due_at=None), states=(hazard(sequence=1), hazard(sequence=2, due_at=None)))["H1"]
    assert row["due_at"] == END


def test_an_extension_column_is_shown_and_does_not_judge():
    row = hazards(hazard(extended_due_at=END + timedelta(days=5), status="closed", closed_at=END + timedelta(days=1)))[
        "H1"
    ]
    assert (row["due_at"], row["extended_due_at"], row["is_extended"], row["is_on_time"]) == (
        END,
        END + timedelta(days=5),
        True,
        False,
    )


@pytest.mark.parametrize(
    ("days", "place", "expected"), [(90, "3号楼东楼道", True), (91, "3号楼东楼道", False), (5, "3号楼西楼道", False)]
)
def test_recurrence_within_ninety_days_of_closing(days, place, expected):
    first = hazard(status="closed", closed_at=FOUND + timedelta(days=2), building_id="D03", place_text="3号楼东楼道")
    again = hazard("H2", found_at=FOUND + timedelta(days=2 + days), building_id="D03", place_text=place, status="open")
    assert hazards(first, again)["H1"]["is_recurrence"] is expected


def test_major_ones_apart():
    found = hazards(
        hazard(level="重大", status="closed"), hazard("H2", level="重大"), hazard("H3", level=None, status="closed")
    )
    assert [(row["is_major"], row["is_major_closed"]) for row in found.values()] == [
        (True, True),
        (True, False),
        (False, False),
    ]
