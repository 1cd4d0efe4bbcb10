"""One building: its facts, rooms, newest records and others of its kind, counted by hand."""

from datetime import date, timedelta

import pytest

from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.define.errors import UnknownName
from metrics.places import building
from tests.metrics.conftest import NOW, drill, hazard, ticket

WINDOW = Window(date(2026, 8, 31), NOW.date() + timedelta(days=7))
HERE = Selection(buildings=("D03",))


def test_facts_and_who_may_see_them(draw):
    build = draw()
    found = building.facts(build, "D03")
    assert (found.name, found.building_id) == ("3号楼", "D03")
    assert building.facts(build, "D03", Scope(buildings=("D03",))) == found
    for asked, scope in (("D99", Scope(everything=True)), ("D03", Scope(buildings=("D10",)))):
        with pytest.raises(UnknownName):
            building.facts(build, asked, scope)


def test_rooms_by_floor(draw):
    rooms = ["302", "302", "315", "1204", "A101", "东侧走廊", None]
    build = draw(
        tickets=[
            ticket(number, NOW - timedelta(days=1), building_id="D03", room=room) for number, room in enumerate(rooms)
        ]
        + [ticket(99, NOW, building_id="D10", room="302")]
    )
    found = building.rooms(build, "ticket_count", WINDOW, HERE)
    assert found.values.tolist() == [
        ["3 层", "302", 2],
        ["12 层", "1204", 1],
        ["3 层", "315", 1],
        ["1 层", "A101", 1],
        ["楼层不明", "东侧走廊", 1],
        ["楼层不明", building.NO_ROOM, 1],
    ]


def test_newest_records_of_every_kind_in_one_list(draw):
    build = draw(tickets=[ticket(1, NOW - timedelta(days=3), building_id="D03"),
                          ticket(2, NOW - timedelta(days=1), building_id="D10")],
                 hazards=[hazard(1, NOW - timedelta(days=2), building_id="D03")],
                 drills=[drill(1, NOW - timedelta(days=4), building_id="D03")])  # fmt: skip
    found = building.recent(build, WINDOW, HERE)
    assert found["record_id"].tolist() == ["H0001", "T0001", "DR001"] and found["title"].tolist() == [
        "安全隐患",
        "服务工单",
        "应急演练",
    ]
    assert len(building.recent(build, WINDOW, HERE, limit=2)) == 2


def test_others_of_its_kind_are_judged_by_residents_and_too_few_are_not(draw):
    houses = [(f"D{number:02}", f"{number}号楼", "宿舍", "G01", "B1", 400, 6, True, number) for number in range(1, 6)]
    many = [ticket(number, NOW - timedelta(days=1), building_id=f"D{1 + number % 5:02}") for number in range(100)] + [
        ticket(1000 + number, NOW, building_id="D01") for number in range(60)
    ]
    build = draw(buildings=houses, tickets=many)
    found = building.alike(build, "ticket_count", WINDOW, "宿舍", Selection(buildings=("D01",)))
    frame = found.frame.set_index("building")
    assert (
        frame["part"].to_dict() == {"D01": 80, "D02": 20, "D03": 20, "D04": 20, "D05": 20}
        and (frame["whole"] == 400).all()
    )
    assert (
        building.alike(build, "ticket_count", WINDOW, "图书馆") is None
        and building.alike(build, "time_to_close", WINDOW, "宿舍") is None
    )
