"""The school's own map: every shape that can be drawn is drawn, and what cannot be is said in words."""

import json
import math
import shutil

import pytest

from etl.build.map import _without_strays
from etl.build.map_geojson import BUILDING, GREEN, ROAD, SPOT, WATER, Shape, read
from etl.build.map_geometry import area, far_off, inside, middle, part, part_area, to_metres

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10]]
ELL = [[0, 0], [100, 0], [100, 10], [10, 10], [10, 100], [0, 100]]
TICKET = "工单编号,报修时间,类别,地点,状态"


def feature(geometry: dict | None, **properties) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: list) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def written(folder, *features: dict, mark: str = "", encoding: str = "utf-8"):
    path = folder / "map.geojson"
    text = mark + json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_ring_is_closed_and_wound_and_its_hole_the_other_way():
    outer, hole = part([[*SQUARE, [0, 0]], [[2, 2], [4, 2], [4, 4], [2, 4]]])
    assert len(outer) == 4 and area(outer) == 100 and area(hole) == -4
    assert area(part([SQUARE[::-1]])[0]) == 100
    assert part_area([outer, hole]) == 96 and not inside([outer, hole], (3, 3)) and inside([outer, hole], (5, 5))


@pytest.mark.parametrize(
    "rings",
    [
        [],
        [[]],
        [[[0, 0], [1, 1]]],
        [[[0, 0], [1, 1], [2, 2]]],
        [[[0, 0], "a", None, [1], [1, "2"], [True, 2]]],
        [[[0, 0], [float("nan"), 1], [1, 1]]],
    ],
)
def test_what_is_no_face_is_none(rings):
    assert part(rings) == []


def test_the_centre_is_the_centroid_or_else_still_inside():
    assert middle(part([SQUARE])) == (5, 5)
    assert middle(part([[[x + 1e6, y + 4e6] for x, y in SQUARE]])) == (1e6 + 5, 4e6 + 5)
    rings = part([ELL])
    assert inside(rings, middle(rings))


def test_degrees_become_metres_and_metres_stay():
    (left, bottom), (wide, high) = to_metres([(117.2, 31.77), (117.21, 31.78)])
    assert (left, bottom) == (117.2, 31.77)
    assert 0.01 * wide == pytest.approx(
        1113.2 * math.cos(math.radians(31.775)), rel=1e-6
    ) and 0.01 * high == pytest.approx(1113.2)
    assert to_metres([(5, 5), (105, 65)]) == ((5, 5), (1.0, 1.0))


@pytest.mark.parametrize(
    ("key", "word"),
    [("name", "3号楼"), ("名称", "3号楼"), ("NAME", "3号楼"), ("building", "D03"), ("id", "D03"), ("楼宇编号", "D03")],
)
@pytest.mark.parametrize(("mark", "encoding"), [("", "utf-8"), ("\ufeff", "utf-8"), ("", "gb18030")])
def test_a_shape_is_named_by_any_of_the_usual_properties(tmp_path, key, word, mark, encoding):
    (shape,), notes = read(
        written(tmp_path, feature(polygon(SQUARE), **{key: word, "说明": "食堂"}), mark=mark, encoding=encoding)
    )
    assert word in shape.numbers + shape.names and notes == []


def test_kinds_of_geometry(tmp_path):
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[20, 0], [30, 0], [30, 10]]]]}
    folded = {"type": "GeometryCollection", "geometries": [polygon(SQUARE), {"type": "Point", "coordinates": [1, 1]}]}
    shapes, notes = read(written(
        tmp_path, feature(many), feature(folded), feature({"type": "LineString", "coordinates": [[0, 0], [9, 9, 3.0]]}),
        feature({"type": "Point", "coordinates": [3, 4]}, name="东门"),
        feature(polygon(SQUARE), natural="water"), feature(polygon(SQUARE), leisure="pitch"),
        feature(None), feature(polygon([])), feature({"type": "Odd"}),
        feature(polygon([[0, 0], [1, 1], [2, 2]])), feature(polygon([["a", "b"]])), "strange"))  # fmt: skip
    assert [shape.kind for shape in shapes] == [BUILDING, BUILDING, ROAD, SPOT, WATER, GREEN]
    assert [len(shape.parts) for shape in shapes] == [2, 1, 0, 0, 1, 1]
    assert {note.code: note.occurrences for note in notes} == {"map_empty": 5, "map_odd": 1}


@pytest.mark.parametrize(("content", "said"), [
    (b'{"type": "FeatureCollection", "features": [', "不是完整的 JSON（第 1 行第"),
    (b"[]", "不是 GeoJSON"), (b"", "不是完整的 JSON"),
    (b"[" * 100_000, "嵌套太深"), (b'{"features": 3}', "不是 GeoJSON"),
    (b"\xff\xfe\x00", "map.geojson"), (b"9" * 9000, "嵌套太深或数字太长"),
])  # fmt: skip
def test_an_unreadable_file_is_one_sentence(tmp_path, content, said):
    path = tmp_path / "map.geojson"
    path.write_bytes(content)
    shapes, (note,) = read(path)
    assert shapes == [] and note.code == "map_unreadable" and said in note.message


def shapes_of(build) -> dict[str, tuple]:
    return {name: rest for name, *rest in build.rows("SELECT name, building_id, x, y, area FROM map_shapes")}


def notes_of(build) -> dict[str, int]:
    return dict(build.rows("SELECT code, occurrences FROM warnings WHERE source = 'map'"))


@pytest.mark.slow
def test_the_demonstrations_own_map_shows_every_building(campus):
    build = campus.load(campus.write("工单_20261115080000.csv", TICKET, "T1,2026-11-01 08:00,a,3号楼,处理中"))
    assert build.rows(
        "SELECT count(*) FROM buildings "
        "WHERE building_id NOT IN (SELECT building_id FROM map_shapes WHERE building_id IS NOT NULL)"
    ) == [(0,)]
    assert notes_of(build) == {}


@pytest.mark.slow
def test_rows_of_a_table_in_any_of_its_forms_and_a_row_without_an_area(campus):
    campus.write(
        "school/map.csv",
        "名称,左,下,宽,高,右,上,角点,备注",
        "D01,100,50,60,20,,,,",
        "2号楼,0,0,,,30,10,,",
        '3号楼,,,,,,,"0,100 40,100 40,120",',
        "外星楼,0,0,5,5,,,,",
        "4号楼,1,2,,,,,,",
    )
    build = campus.load(campus.write("工单_20261115080000.csv", TICKET, "T1,2026-11-01 08:00,a,3号楼,处理中"))
    found = shapes_of(build)
    assert (
        found["D01"] == ["D01", 130, 60, 1200]
        and found["2号楼"] == ["D02", 15, 5, 300]
        and found["3号楼"][0] == "D03"
        and found["3号楼"][3] == 400
    )
    assert found["外星楼"][0] is None and "4号楼" not in found
    assert notes_of(build) == {"map_empty": 1, "map_unknown": 1, "map_absent": 67}


@pytest.mark.slow
def test_an_unreadable_map_keeps_the_build_and_is_said(campus):
    campus.write("school/map.geojson", '{"type": "FeatureCollection", "features": [')
    build = campus.load(campus.write("工单_20261115080000.csv", TICKET, "T1,2026-11-01 08:00,a,3号楼,处理中"))
    assert build.rows("SELECT count(*) FROM tickets") == [(1,)] and build.rows("SELECT count(*) FROM map_shapes") == [
        (0,)
    ]
    assert notes_of(build) == {"map_unreadable": 1}


def test_a_real_campus_loads_and_says_what_cannot_be_coloured(campus, real):
    for name in ("buildings", "roads", "water", "gates"):
        shutil.copy(
            real / "campus_map" / f"{name}.geojson",
            campus.folder / "school" / ("map.geojson" if name == "buildings" else f"map_{name}.geojson"),
        )
    build = campus.load(campus.write("工单_20261115080000.csv", TICKET, "T1,2026-11-01 08:00,a,学生宿舍3号楼,处理中"))
    assert build.rows("SELECT kind, count(*) FROM map_shapes GROUP BY kind ORDER BY count(*) DESC") == [
        ("道路", 231),
        ("楼宇", 101),
        ("地点", 4),
        ("水面", 1),
    ]
    said = dict(build.rows("SELECT code, message FROM warnings WHERE source = 'map'"))
    assert (
        "101 个楼宇图形里有 46 个没有名称" in said["map_unnamed"]
        and "map_roads.geojson 有 1 个图形没有坐标" in said["map_empty"]
    )
    assert "1号实验楼（5 个）" in said["map_repeated"] and "翡翠科教楼" in said["map_unknown"] and "map_absent" in said
    assert build.rows(
        "SELECT count(DISTINCT building_id) FROM map_shapes WHERE name LIKE '学生宿舍%' AND building_id LIKE 'D%'"
    ) == [(12,)]


def block(x: float, y: float, size: float = 0.0005) -> dict:
    return polygon([[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]])


@pytest.mark.parametrize(
    "at",
    [(0.0, 0.0), (32.05, 118.8), (13224755.0, 3768000.0)],
    ids=["nowhere", "swapped", "other reference system"],
)
def test_a_stray_is_left_out_and_named_and_the_campus_keeps_its_shape(at):
    def house(name: str, x: float, y: float) -> Shape:
        return Shape(BUILDING, name, (), (), [part(block(x, y, size=50 if x > 1000 else 0.0005)["coordinates"])])

    shapes = [house(f"{n}号楼", 118.8 + n / 1000, 32.05) for n in range(4)]
    stray = house("别处", *at)
    kept, (note,) = _without_strays([*shapes[:2], stray, *shapes[2:]])
    assert kept == shapes and (note.code, note.occurrences) == ("map_stray", 1) and "别处" in note.message
    assert _without_strays(shapes) == (shapes, [])


def test_a_second_campus_across_the_town_is_no_stray_nor_a_plan_in_metres():
    towns = [(118.8 + n / 1000, 32.05) for n in range(5)] + [(118.95, 32.2)]
    assert far_off(towns) == [] and far_off([(n * 100.0, n * 50.0) for n in range(6)]) == []
    assert far_off([*((1.32e7 + n * 100, 3.7e6) for n in range(5)), (118.8, 32.05)]) == [5]


def test_a_closed_line_that_says_building_is_a_building(tmp_path):
    outline = {"type": "LineString", "coordinates": [*SQUARE, SQUARE[0]]}
    path = written(
        tmp_path, feature(outline, building="yes", name="甲"), feature(outline, highway="service", name="环路")
    )
    (house, road), _ = read(path)
    assert (house.kind, bool(house.parts)) == (BUILDING, True) and (road.kind, road.parts) == (ROAD, [])
