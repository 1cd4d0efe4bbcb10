"""The campus map and a building's portrait on the drawn build."""

import json

import pytest

from tests.pages.conftest import words


def spec(at, number: int = 0) -> dict:
    return json.loads(at.get("plotly_chart")[number].proto.spec)


def test_the_map_says_its_answer_and_opens_buildings(open_at):
    at = open_at("campus_map")
    assert not at.exception and "工单量：" in words(at)
    doors = next(trace for trace in spec(at)["data"] if trace.get("customdata"))
    assert {key for (key,) in doors["customdata"]} == {"D01", "D02"}
    assert at.dataframe[0].value["楼宇"].tolist()[0] == "1号楼"


def test_a_chosen_building_is_outlined_and_the_others_stay(open_at):
    at = open_at("campus_map", building="D02")
    drawn = spec(at)["data"]
    assert sum(trace.get("fillcolor") == "rgba(0,0,0,0)" for trace in drawn) == 1
    assert len(at.dataframe[0].value) == 3


@pytest.mark.parametrize(
    "metric",
    ["ticket_on_time_rate", "hazard_overdue_open", "time_to_close", "activity_people", "zero_streak", "nonsense"],
)
def test_any_number_colours_the_map_or_says_why_not(open_at, metric):
    at = open_at("campus_map", metric=metric)
    assert not at.exception and not at.error and "nan" not in words(at).lower()


def test_the_portrait_opens_on_the_building_to_look_at_first(open_at):
    at = open_at("building")
    assert (
        not at.exception and "没有指定一栋楼，先看工单量" in words(at) and "1号楼：工单" in words(at).replace("\\", "")
    )
    assert at.session_state["conditions"].startswith("1号楼 · ") and "building" not in at.query_params
    (nav,) = (one.proto.body for one in at.get("html") if 'class="tabs"' in one.proto.body)
    assert "building=" not in nav  # the other tabs are not narrowed to it
    assert "先看" in words(open_at("building", building=["D02", "T01"]))
    assert "没有这栋楼可看" in words(open_at("building", building="未识别"))


@pytest.mark.parametrize(
    ("part", "said"),
    [("when", "星期 × 时段"), ("rooms", "最多的房间"), ("owed", "没有整改的隐患"), ("alike", "宿舍不到三栋可以比较")],
)
def test_the_portrait_in_parts(open_at, part, said):
    at = open_at("building", building="D01", part=part)
    assert not at.exception and not at.error
    text = words(at)
    assert (
        "1号楼：工单" in text.replace("\\", "")
        and "400 人" in text
        and said in text + "".join(one.value for one in at.info)
    )


def test_rooms_and_newest_records_are_those_of_the_building(open_at):
    rooms = open_at("building", building="D01", part="rooms").dataframe
    assert rooms[0].value["楼层"].tolist() == ["1 层"] and rooms[1].value["房间"].tolist() == ["101"]
    newest = open_at("building", building="D02").dataframe[-1].value
    assert set(newest["记录"]) == {"安全隐患"} and newest["时间"].is_monotonic_decreasing
