"""What else there is like one record: counts against the lists they open."""

from datetime import date, datetime, timedelta

from metrics.ask.record_related import related
from metrics.ask.records import record, records
from metrics.ask.selection import EVERYTHING, Scope
from metrics.ask.window import Window
from tests.metrics.conftest import ticket

START = datetime(2026, 11, 2, 9)


def rows() -> list[dict]:
    told = [
        ("D03", "101", "水电", "甲"),
        ("D03", "101", "门锁", "乙"),
        ("D03", "102", "水电", "甲"),
        ("D10", "101", "水电", "丙"),
        (None, None, "水电", "甲"),
    ]
    return [
        ticket(
            number,
            START + timedelta(days=number),
            building_id=building,
            room=room,
            category=kind,
            reporter_key=who,
            place_text="操场" if building is None else None,
        )
        for number, (building, room, kind, who) in enumerate(told)
    ]


def test_each_count_is_the_length_of_the_list_it_opens(draw):
    build = draw(tickets=rows())
    found = related(build, "tickets", record(build, "tickets", "T0000"))
    assert {one.kind: one.count for one in found} == {"room": 2, "place": 3, "kind_here": 2, "kind": 4, "person": 3}
    for one in found:
        listed, total = records(build, "tickets", Window(one.first, one.last + timedelta(days=1)), same=one.same)
        assert total == one.count == len(listed) and "T0000" in set(listed["ticket_id"])
    assert next(one for one in found if one.kind == "kind").last == date(2026, 11, 6)


def test_what_is_alone_is_not_called_related_and_rights_count(draw):
    build = draw(tickets=rows())
    assert {one.kind for one in related(build, "tickets", record(build, "tickets", "T0004"))} == {"kind", "person"}
    fields = record(build, "tickets", "T0003", EVERYTHING)
    assert related(build, "tickets", fields, Scope(buildings=("D10",))) == ()
