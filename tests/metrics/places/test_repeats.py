"""The same room again, hazards closed and found again, equipment failing twice: counted by hand."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.compare import pace
from metrics.define.errors import UnknownName
from metrics.methods import survival
from metrics.places import repeats
from tests.metrics.conftest import hazard, ticket

WINDOW = Window(date(2026, 10, 1), date(2026, 12, 1))


def test_a_room_with_three_of_one_category_is_listed(draw):
    rows = [
        ticket(number, datetime(2026, 10, 5 + number, 9), building_id="D03", room="302", category="水电")
        for number in range(3)
    ]
    rows += [
        ticket(10 + number, datetime(2026, 10, 5, 9), building_id="D03", room="303", category="水电")
        for number in range(2)
    ]
    rows += [
        ticket(20 + number, datetime(2026, 10, 5, 9), building_id="D03", room=None, category="水电")
        for number in range(9)
    ]
    build = draw(tickets=rows)
    found = repeats.repeated_places(build, "tickets", WINDOW)
    (row,) = found.frame.itertuples()
    assert (row.building_id, row.room, row.category, row.count, str(row.first)[:10], str(row.last)[:10]) == (
        "D03",
        "302",
        "水电",
        3,
        "2026-10-05",
        "2026-10-07",
    )
    assert (found.places, found.records, found.total) == (1, 3, 14)
    assert repeats.repeated_places(build, "tickets", WINDOW, least=2).places == 2
    assert repeats.repeated_places(build, "tickets", WINDOW, scope=Scope(branches=("B9",))).total == 0


def closed(number: int, found: datetime, days: int, again: bool, **more) -> dict:
    return hazard(
        number,
        found,
        closed_at=found + timedelta(days=days),
        is_closed=True,
        is_open=False,
        is_recurrence=again,
        **more,
    )


def test_hazards_that_come_again_make_a_chain(draw):
    here = {"building_id": "D03", "room": "302", "category": "水电"}
    rows = [
        closed(1, datetime(2026, 8, 1), 5, True, **here), closed(2, datetime(2026, 9, 1), 5, True, **here),
        hazard(3, datetime(2026, 10, 10), **here),
        closed(4, datetime(2026, 8, 1), 5, False, **(here | {"room": "303"})),
        hazard(5, datetime(2026, 10, 10), **(here | {"room": "303"})),
        closed(6, datetime(2026, 10, 1), 5, True, **(here | {"category": "门锁"})),
        hazard(7, datetime(2026, 10, 20), **(here | {"category": "门锁"})),
    ]  # fmt: skip
    found = repeats.chains(draw(hazards=rows), WINDOW)
    assert [(row.category, row.links, list(row.ids), row.open) for row in found.itertuples()] == [
        ("水电", 3, ["H0001", "H0002", "H0003"], True), ("门锁", 2, ["H0006", "H0007"], True)]  # fmt: skip
    assert repeats.chains(draw(hazards=rows), Window(date(2026, 11, 1), date(2026, 12, 1))).empty


def service(number: int, building: str, kind: str, faults: int, day: int) -> dict:
    return {"service_id": f"F{number}", "building_id": building, "category": kind,
            "serviced_at": datetime(2026, 10, day),
            "faults": faults, "is_service": True, "is_faulty": faults > 0}  # fmt: skip


def test_equipment_found_faulty_twice_is_listed_within_the_filters(draw):
    rows = [service(1, "D03", "灭火器", 2, 1), service(2, "D03", "灭火器", 0, 8), service(3, "D03", "灭火器", 3, 15),
            service(4, "D10", "灭火器", 1, 1), service(5, "D10", "灭火器", 1, 8),
            service(6, "D03", "消火栓", 1, 1)]  # fmt: skip
    build = draw(equipment_services=rows)
    found = repeats.faulty(build, WINDOW)
    assert [(row.building_id, row.category, row.services, row.faulty, row.devices) for row in found.itertuples()] == [
        ("D03", "灭火器", 3, 2, 5),
        ("D10", "灭火器", 2, 2, 2),
    ]
    assert repeats.faulty(build, WINDOW, Selection(buildings=("D10",)))["building_id"].tolist() == ["D10"]
    assert repeats.faulty(build, Window(date(2026, 10, 10), date(2026, 12, 1))).empty


def lasting(number: int, hours: float, unit: str) -> dict:
    start = datetime(2026, 10, 5, 8) + timedelta(minutes=number)
    return ticket(number, start, unit=unit, closed_at=start + timedelta(hours=hours), is_closed=True, is_open=False)


def test_a_slower_unit_is_named_and_small_ones_are_not_judged(draw):
    rows = [lasting(number, 10 + number % 7, "后勤处") for number in range(60)]
    rows += [lasting(100 + number, 30 + number % 7, "保卫处") for number in range(60)]
    rows += [lasting(200 + number, 90, "教务处") for number in range(5)]
    found = pace.paces(draw(tickets=rows), "time_to_close", WINDOW)
    assert [(one.key, one.verdict.word) for one in found.units] == [
        ("教务处", "样本太小，不判断"),
        ("保卫处", "明显偏慢"),
        ("后勤处", "明显偏快"),
    ]
    assert found.p < 1e-6 and pace.sentence(found).startswith(
        "办结用时：2 家中，后勤处明显偏快；保卫处明显偏慢；一半在"
    )


def test_units_of_one_pace_are_not_told_apart(draw):
    rows = [
        lasting(number, 5 + (number * 37) % 50, ("后勤处", "保卫处", "教务处")[number % 3]) for number in range(300)
    ]
    found = pace.paces(draw(tickets=rows), "time_to_close", WINDOW)
    assert {one.verdict.word for one in found.units} == {"正常波动"} and "3 家都在正常波动内" in pace.sentence(found)


def test_a_rate_has_no_pace(draw):
    with pytest.raises(UnknownName, match="不是用时"):
        pace.paces(draw(tickets=[lasting(1, 2, "保卫处")]), "ticket_on_time_rate", WINDOW)


def test_the_test_needs_two_groups():
    statistic, p = survival.logrank([1.0, 2.0], [True, True], ["a", "a"])
    assert statistic != statistic and p != p
