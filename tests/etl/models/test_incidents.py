"""Calls to the campus 110, the kinds of event that must not happen, frauds: every rule a named column."""

from datetime import date, datetime, timedelta

import pytest

from tests.etl.drawn_models import Models

CALL = ("incident_id", "received_at", "arrived_at", "closed_at", "level")
AT = datetime(2026, 11, 2, 20, 0)


def minutes(count: float) -> datetime:
    return AT + timedelta(minutes=count)


def incidents(*rows: dict, types: tuple[dict, ...] = (), columns=CALL, limits: dict | None = None) -> list[dict]:
    models = Models(limits=limits).has("g", *columns)
    models.fill("feed_zero_types", *types)
    models.fill(
        "feed_incidents",
        *({"record_id": f"I{n}", "received_at": AT, "file_id": "g", **row} for n, row in enumerate(rows, 1)),
    )
    for name in ("zero_types", "zero_events", "incidents"):
        models.run(name)
    return models.run("incidents")


@pytest.mark.parametrize(
    ("row", "due", "on_time", "arrived"),
    [
        ({"arrived_at": minutes(9)}, True, True, True),
        ({"arrived_at": minutes(10)}, True, True, True),
        ({"arrived_at": minutes(11)}, True, False, True),
        ({}, True, False, False),
        ({"arrived_at": minutes(-5)}, True, False, True),  # before the call: no proof of haste
        ({"handling": "电话处置"}, False, False, False),
        ({"handling": "出警", "arrived_at": minutes(3)}, True, True, True),
        ({"status": "void", "arrived_at": minutes(3)}, False, False, False),
        ({"received_at": datetime(2026, 11, 22, 7, 55)}, False, False, False),  # its ten minutes are not over
        ({"received_at": datetime(2026, 12, 1), "arrived_at": datetime(2026, 12, 1)}, False, False, False),  # a plan
    ],
)
def test_arrival_is_judged_against_ten_minutes(row, due, on_time, arrived):
    (found,) = incidents(row)
    assert (found["is_arrival_due"], found["is_arrived_on_time"], found["is_arrived"]) == (due, on_time, arrived)


def test_a_register_without_arrivals_shows_no_rate():
    (found,) = incidents({}, columns=("incident_id", "received_at"))
    assert (found["is_incident"], found["is_dispatched"], found["is_arrival_due"]) == (True, False, False)


def test_the_school_sets_the_limit_by_level():
    limits = {"incidents.arrival_minutes.一般": 15.0, "incidents.arrival_minutes.重大": 5.0}
    found = incidents({"arrived_at": minutes(7), "level": "重大"}, {"arrived_at": minutes(12)}, limits=limits)
    assert [row["is_arrived_on_time"] for row in found] == [False, True]


def test_what_is_void_or_yet_to_come_counts_nowhere():
    found = incidents(
        {"status": "void", "level": "重大"},
        {"received_at": datetime(2026, 12, 1)},
        {"level": "较大", "status": "closed"},
    )
    assert [(row["is_incident"], row["is_severe"], row["is_open"], row["is_closed"]) for row in found] == [
        (False, False, False, False), (False, False, False, False), (True, True, False, True),
    ]  # fmt: skip


FIRE = {"type_id": "Z1", "label": "火灾", "categories": "火灾、火灾事故", "words": "起火、着火"}
CRIME = {"type_id": "Z2", "label": "重大治安刑事案件", "categories": "刑事案件", "words": "持刀", "least_level": "重大"}
LAB = {"type_id": "Z3", "label": "实验室", "categories": "实验室事故", "since": date(2026, 11, 2)}


@pytest.mark.parametrize(
    ("row", "types", "counted", "suspected"),
    [
        ({"category": "火灾"}, "Z1", True, False),
        ({"category": "火灾报警误报"}, "", False, False),
        ({"category": "求助", "description": "垃圾桶起火，已扑灭"}, "Z1", False, True),
        ({"category": "求助", "description": "演练中模拟起火"}, "", False, False),
        ({"category": "求助", "description": "着火系误报"}, "", False, False),
        ({"category": "火灾", "status": "void"}, "", False, False),
        ({"category": "刑事案件", "level": "重大"}, "Z2", True, False),
        ({"category": "刑事案件", "level": "一般"}, "", False, False),
        ({"category": "刑事案件"}, "Z2", False, True),  # grave only with its level; without one a person must look
        ({"category": "实验室事故"}, "Z3", True, False),
        ({"category": "实验室事故", "received_at": datetime(2026, 11, 1, 23)}, "", False, False),  # not yet kept apart
        ({"category": None, "description": None}, "", False, False),
    ],
)
def test_category_and_level_decide_and_words_only_suspect(row, types, counted, suspected):
    models = (
        Models()
        .fill("feed_zero_types", FIRE, CRIME, LAB)
        .fill("feed_incidents", {"record_id": "I1", "received_at": AT, **row})
    )
    models.run("zero_types")
    found = models.run("zero_events")
    assert [(one["type_id"], one["is_counted"], one["is_suspected"]) for one in found] == (
        [(types, counted, suspected)] if types else []
    )
    (incident,) = models.run("incidents")
    assert incident["is_zero_type"] is counted


def test_one_incident_may_break_two_streaks():
    both = FIRE | {"type_id": "Z9", "label": "公共安全", "categories": "火灾"}
    models = (
        Models()
        .fill("feed_zero_types", FIRE, both)
        .fill("feed_incidents", {"record_id": "I1", "received_at": AT, "category": "火灾"})
    )
    models.run("zero_types")
    assert [(one["zero_event_id"], one["category"]) for one in models.run("zero_events")] == [
        ("Z1/I1", "火灾"),
        ("Z9/I1", "公共安全"),
    ]


def frauds(cases: list[dict], outreach: list[dict]) -> Models:
    models = Models().fill(
        "feed_fraud_cases", *({"record_id": f"C{n}", "happened_at": AT, **row} for n, row in enumerate(cases, 1))
    )
    models.fill(
        "feed_fraud_outreach",
        *({"record_id": f"O{n}", "held_at": AT, "category": "劝阻", **row} for n, row in enumerate(outreach, 1)),
    )
    for name in ("fraud_cases", "fraud_outreach"):
        models.run(name)
    return models


def test_attempts_count_only_from_the_day_both_registers_have_begun():
    models = frauds(
        [{"happened_at": datetime(2026, 9, 1)}, {}, {"status": "void"}],
        [{}, {"category": "宣传"}, {"held_at": datetime(2026, 12, 1)}],
    )
    found = {row["attempt_id"]: (row["is_attempt"], row["is_dissuaded"]) for row in models.run("fraud_attempts")}
    assert found == {"受骗/C1": (False, False), "受骗/C2": (True, False), "劝阻/O1": (True, True)}


@pytest.mark.parametrize(("cases", "outreach"), [([{}], []), ([], [{}]), ([], [])])
def test_one_register_alone_gives_no_rate(cases, outreach):
    assert not any(row["is_attempt"] for row in frauds(cases, outreach).run("fraud_attempts"))


def test_a_dissuasion_without_a_number_is_one_person_and_publicity_without_is_unknown():
    found = frauds([], [{}, {"category": "宣传"}, {"category": "宣传", "people": 40}, {"people": 3}]).run(
        "fraud_outreach"
    )
    assert [(row["people"], row["has_audience"]) for row in found] == [
        (1, False),
        (None, False),
        (40, True),
        (3, False),
    ]


def noted(models: Models, feed: str, file_id: str) -> Models:
    models.table("noted_files", {"file_id": "VARCHAR", "source": "VARCHAR", "name": "VARCHAR"})
    models.table("noted_sources", {"source": "VARCHAR", "title": "VARCHAR", "feeds": "VARCHAR"})
    models.fill("noted_files", {"file_id": file_id, "source": feed}, {"file_id": file_id, "source": "other"})
    return models.fill("noted_sources", {"source": feed, "feeds": feed}, {"source": "other", "feeds": "other"})


@pytest.mark.parametrize(
    ("at_once", "later", "codes"), [(6, 4, {"arrived_at_once": 6}), (5, 5, {}), (6, 2, {}), (0, 12, {})]
)
def test_arrivals_in_the_minute_of_the_call_are_told(at_once, later, codes):
    models = noted(Models().has("g", *CALL), "incidents", "g")
    arrivals = [minutes(0.5)] * at_once + [minutes(5)] * later
    models.fill(
        "feed_incidents",
        *({"record_id": f"I{n}", "received_at": AT, "arrived_at": at, "file_id": "g"} for n, at in enumerate(arrivals)),
    )
    for name in ("zero_types", "zero_events", "incidents"):
        models.run(name)
    assert {row["code"]: row["occurrences"] for row in models.health("incident_times")} == codes


def test_an_arrival_before_the_call_is_told_with_its_row():
    models = noted(Models().has("g", *CALL), "incidents", "g")
    models.fill(
        "feed_incidents",
        {"record_id": "I1", "received_at": AT, "file_id": "g"},
        {"record_id": "I2", "received_at": AT, "arrived_at": minutes(-3), "file_id": "g"},
    )
    for name in ("zero_types", "zero_events", "incidents"):
        models.run(name)
    (found,) = models.health("incident_times")
    assert (found["code"], found["row_number"], found["occurrences"], found["source"]) == (
        "arrived_before_call",
        2,
        1,
        "incidents",
    )
