"""The ticket model: every rule on a drawn row, before, at and after its boundary."""

from datetime import datetime, timedelta

import pytest

from tests.etl.drawn_models import DATA_DATE, Models

OPENED = datetime(2026, 11, 1, 8)


def ticket(number: str = "T1", **more) -> dict:
    return {"record_id": number, "opened_at": OPENED, "category": "水电维修", "level": "一般"} | more


def tickets(*rows: dict, **settings) -> dict[str, dict]:
    return {row["ticket_id"]: row for row in Models(**settings).fill("feed_tickets", *rows).run("tickets")}


@pytest.mark.parametrize(
    ("status", "closed_at", "expected"),
    [
        ("open", None, "open"),
        ("closed", None, "closed"),
        ("open", OPENED, "open"),
        ("没见过", OPENED, "closed"),
        ("没见过", None, "open"),
        (None, OPENED, "closed"),
        ("void", OPENED, "void"),
    ],
)
def test_the_word_decides_and_else_the_closing_time(status, closed_at, expected):
    row = tickets(ticket(status=status, closed_at=closed_at))["T1"]
    assert row["status"] == expected
    assert (row["is_ticket"], row["is_open"], row["is_closed"]) == (
        expected != "void",
        expected == "open",
        expected == "closed",
    )
    assert row["closed_at"] == (closed_at if expected == "closed" else None)


@pytest.mark.parametrize(
    ("due", "closed", "is_due", "is_on_time", "is_overdue_open"),
    [
        (DATA_DATE, DATA_DATE, True, True, False),
        (DATA_DATE, DATA_DATE + timedelta(seconds=1), True, False, False),
        (DATA_DATE, None, True, False, True),
        (DATA_DATE + timedelta(seconds=1), OPENED, False, False, False),
        (DATA_DATE + timedelta(seconds=1), None, False, False, False),
        (None, None, False, False, False),
    ],
)
def test_due_counts_open_and_closed_ones_alike(due, closed, is_due, is_on_time, is_overdue_open):
    row = tickets(ticket(due_at=due, closed_at=closed), ticket("T2", due_at=OPENED))["T1"]
    assert (row["is_due"], row["is_on_time"], row["is_overdue_open"]) == (is_due, is_on_time, is_overdue_open)


def test_a_void_ticket_counts_nowhere():
    row = tickets(
        ticket(
            status="void",
            due_at=OPENED,
            closed_at=OPENED,
            responded_at=OPENED,
            response_due_at=OPENED,
            reopened_count=2,
        )
    )["T1"]
    assert [name for name, value in row.items() if value is True] == []


def test_an_approval_that_was_refused_is_no_ticket():
    assert tickets(ticket(status="closed", approval="拒绝"))["T1"]["status"] == "void"
    assert tickets(ticket(status="closed", approval="同意"))["T1"]["status"] == "closed"


def test_limits_by_class_only_where_the_export_has_no_such_column():
    models = Models().has("bare", "ticket_id", "responded_at").has("mute", "ticket_id")
    models.fill(
        "feed_tickets", ticket("A", level="紧急", file_id="bare"),
        ticket("B", file_id="bare"), ticket("C", file_id="bare", level="没见过"),
        ticket("D", due_at=OPENED), ticket("E"), ticket("F", file_id="mute"),
    )  # fmt: skip
    found = {row["ticket_id"]: row for row in models.run("tickets")}
    hours = {name: row["due_at"] and (row["due_at"] - OPENED) / timedelta(hours=1) for name, row in found.items()}
    assert hours == {"A": 24, "B": 72, "C": 72, "D": 0, "E": None, "F": 72}
    minutes = {
        name: row["response_due_at"] and (row["response_due_at"] - OPENED) / timedelta(minutes=1)
        for name, row in found.items()
    }
    assert minutes == {
        "A": 30,
        "B": 120,
        "C": 120,
        "D": None,
        "E": None,
        "F": None,
    }  # no responses recorded: no limit, no rate


def test_a_school_changes_the_limits():
    models = Models(limits={"tickets.due_hours.紧急": 12.0}).has("bare", "ticket_id")
    (row,) = models.fill("feed_tickets", ticket(level="紧急", file_id="bare")).run("tickets")
    assert row["due_at"] == OPENED + timedelta(hours=12)


@pytest.mark.parametrize(
    ("after", "expected"), [(timedelta(minutes=120), True), (timedelta(minutes=121), False), (None, False)]
)
def test_response_within_the_limit(after, expected):
    row = tickets(ticket(responded_at=after and OPENED + after, response_due_at=OPENED + timedelta(hours=2)))["T1"]
    assert (row["is_response_due"], row["is_response_on_time"]) == (True, expected)


@pytest.mark.parametrize(
    ("rating", "text", "rated_by", "by_person", "satisfied"),
    [
        ("满意", "满意", "本人", True, True),
        ("不满意", "不满意", "本人", True, False),
        ("一般", "一般", "本人", True, False),
        ("满意", "满意", "系统默认", False, False),
        ("满意", "满意", "代评", False, False),
        ("满意", "满意（系统默认）", None, False, False),
        ("满意", "满意", None, True, True),
        ("未评价", "未评价", None, False, False),
        ("还行吧", "还行吧", "本人", False, False),
        (None, None, None, False, False),
    ],
)
def test_only_the_persons_own_answer_is_an_answer(rating, text, rated_by, by_person, satisfied):
    row = tickets(ticket(closed_at=OPENED, rating=rating, rating_text=text, rated_by=rated_by))["T1"]
    assert (row["is_rated_by_person"], row["is_satisfied"]) == (by_person, satisfied)


def test_an_unmarked_rating_is_not_the_persons_where_the_export_marks_them():
    models = Models().has("marked", "ticket_id", "rated_by")
    (row,) = models.fill("feed_tickets", ticket(closed_at=OPENED, rating="满意", file_id="marked")).run("tickets")
    assert row["is_rated_by_person"] is False


@pytest.mark.parametrize(
    ("place", "category", "days", "expected"),
    [
        ({"building_id": "D03", "room": "302"}, "水电维修", 30, True),
        ({"building_id": "D03", "room": "302"}, "水电维修", 30.001, False),
        ({"building_id": "D03", "room": "302"}, "水电维修", 0, False),
        ({"building_id": "D03", "room": "303"}, "水电维修", 1, False),
        ({"building_id": "D03", "room": "302"}, "门锁故障", 1, False),
        ({"building_id": None, "room": None}, "水电维修", 1, False),
    ],
)
def test_repeat_is_the_same_place_and_category_after_closing(place, category, days, expected):
    first = ticket(place_text="3号楼302", building_id="D03", room="302", closed_at=OPENED + timedelta(days=1))
    again = ticket("T2", **place, category=category, opened_at=OPENED + timedelta(days=1 + days), place_text="3#-302")
    found = tickets(first, again)
    assert found["T1"]["is_repeat"] is expected
    assert found["T1"]["is_reopened_or_repeat"] is expected
    assert found["T2"]["is_repeat"] is False


def test_repeat_by_words_where_no_building_is_known_and_void_ones_do_not_repeat():
    closed = {"place_text": "北区小树林", "closed_at": OPENED + timedelta(hours=1)}
    later = OPENED + timedelta(days=2)
    assert tickets(ticket(**closed), ticket("T2", place_text="北区小树林", opened_at=later))["T1"]["is_repeat"]
    assert not tickets(ticket(**closed), ticket("T2", place_text="北区小树林", opened_at=later, status="void"))["T1"][
        "is_repeat"
    ]


def test_a_ticket_closed_before_it_opened_is_flagged_and_does_not_repeat_itself():
    row = tickets(ticket(closed_at=OPENED - timedelta(days=1), place_text="北区小树林"))["T1"]
    assert row["is_closed_before_opened"] and not row["is_repeat"]
    same_day = tickets(ticket(closed_at=datetime(2026, 11, 1)))["T1"]  # a closing with a day but no clock
    assert not same_day["is_closed_before_opened"]


def test_reopened_counts_only_what_is_closed():
    found = tickets(
        ticket(reopened_count=2, closed_at=OPENED), ticket("T2", reopened_count=1), ticket("T3", closed_at=OPENED)
    )
    assert [found[name]["is_reopened"] for name in ("T1", "T2", "T3")] == [True, False, False]
    assert [found[name]["reopened_count"] for name in ("T1", "T2", "T3")] == [2, 1, 0]
