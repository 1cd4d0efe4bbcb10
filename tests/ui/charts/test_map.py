"""The campus map: labels that fit, colours that say something, a door over every building."""

import math

import pytest

from ui.charts.campus.map import RAMP, STEPS, Scale, campus
from ui.charts.campus.shapes import Place, label, spread
from ui.charts.colours import PAPER, SHADE

SCALE = Scale(0, 12, "0 单", "12 单")


def square(x: float, y: float, size: float) -> list[tuple[float, float]]:
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]


def place(key: str, x: float, value: float = 3.0, **more) -> Place:
    return Place(
        **{
            "kind": "楼宇",
            "rings": [square(x, 0, 40)],
            "lines": [],
            "centre": (x + 20, 20),
            "key": key,
            "name": key,
            "value": value,
            "hover": key,
            **more,
        }
    )


def drawn(*places: Place):
    return campus(list(places), SCALE, title="标题", subtitle="说明").to_dict()


@pytest.mark.parametrize(("name", "wide", "tall", "said"), [
    ("3号楼", 60, 20, "3号楼"), ("3号楼", 20, 14, "3"), ("3号楼", 6, 14, ""), ("10号楼", 26, 40, "10"),
    ("学生宿舍12号楼", 200, 20, "学生宿舍12号楼"), ("学生宿舍12号楼", 50, 40, (
        "学生宿舍<br>"
        "12号楼"
    )),
    ("学生宿舍12号楼", 30, 16, "12"), ("教工公寓1号", 30, 16, ""), ("图书馆", 20, 60, ""), ("行政办公中心", 40, 30, (
        "行政办<br>"
        "公中心"
    )), ("<b>x</b>", 200, 20, "〈b〉x〈/b〉"),
])  # fmt: skip
def test_a_label_stands_only_where_it_fits(name, wide, tall, said):
    assert label(name, wide, tall) == said


def test_every_building_is_a_door_and_nothing_else_is():
    figure = drawn(
        place("D01", 0), place("D02", 100), place("", 200), Place("道路", [], [[(0, 50), (5000, 50)]], (0, 50))
    )
    doors = next(trace for trace in figure["data"] if trace.get("customdata") is not None)
    assert {key for (key,) in doors["customdata"]} == {"D01", "D02"}
    for x, y, (key,) in zip(doors["x"], doors["y"], doors["customdata"], strict=True):
        assert (0 <= x <= 40 if key == "D01" else 100 <= x <= 140) and 0 <= y <= 40
    assert figure["layout"]["xaxis"]["range"][1] < 300, "a road that leads far out does not shrink the campus"


def test_colours_are_light_to_dark_hatched_without_data_and_grey_for_strangers_and_few():
    figure = drawn(
        place("D01", 0, 0.0),
        place("D02", 60, 12.0),
        place("D03", 120, math.nan),
        place("", 180, math.nan),
        place("D04", 240, 5.0, few=True),
    )
    fills = {trace["fillcolor"]: trace for trace in figure["data"] if trace.get("fill") == "toself"}
    assert set(fills) == {RAMP[0], RAMP[-1], PAPER, SHADE}
    assert fills[PAPER]["fillpattern"]["shape"] == "/"
    assert list(fills[SHADE]["x"]).count(None) == 1, "two shapes, one trace"
    assert Scale(0, 12, "", "", reverse=True).colour(0) == RAMP[-1]
    assert len({SCALE.colour(value / 10) for value in range(121)}) <= STEPS + 1


def test_the_chosen_is_outlined_and_the_marked_has_a_disc():
    figure = drawn(place("D01", 0, chosen=True), place("D02", 100, mark=True))
    assert [trace["line"]["width"] for trace in figure["data"] if trace.get("fillcolor") == "rgba(0,0,0,0)"] == [3]
    discs = [trace for trace in figure["data"] if trace.get("marker", {}).get("size") == 9]
    assert [(list(disc["x"]), list(disc["y"])) for disc in discs] == [([140], [40])]


def test_points_are_spread_inside_and_not_in_a_hole():
    rings = [square(0, 0, 100), square(25, 25, 50)[::-1]]
    points = spread(rings, 10)
    assert points and all(0 < x < 100 and 0 < y < 100 and not (25 < x < 75 and 25 < y < 75) for x, y in points)
    assert len(spread([square(0, 0, 1000)], 1)) <= 81


def test_no_building_is_said():
    assert (
        "没有可以画的图形" in drawn(Place("道路", [], [[(0, 0), (1, 1)]], (0, 0)))["layout"]["annotations"][0]["text"]
    )
