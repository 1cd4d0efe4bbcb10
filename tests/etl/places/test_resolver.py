"""One building however it is written; nothing guessed; another school needs only another table."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.places.resolver import UNKNOWN, Resolver

BUILDINGS = [
    *((f"D{n:02}", f"{n}号楼", "宿舍", None) for n in range(1, 43)),
    *((f"S{n:02}", f"教工公寓{n}号", "教工公寓", None) for n in range(1, 4)),
    *((f"T{n:02}", f"教学楼{letter}座", "教学楼", None) for n, letter in enumerate("ABC", 1)),
    *((f"L{n:02}", f"实验楼{n}号", "实验楼", None) for n in (1, 2)),
    ("K01", "图书馆", "图书馆", "校图书馆、逸夫馆"),
    ("C01", "第一食堂", "食堂", None),
    ("C02", "第二食堂", "食堂", None),
    ("M01", "东门", "校门", None),
    ("P01", "体育馆", "体育馆", None),
]  # fmt: skip
ALIASES = [("化学楼", "L01", None), ("警务站", "图书馆", "101"), ("无此楼", "Z99", None)]


CAMPUS = Resolver(BUILDINGS, ALIASES)


@pytest.fixture
def campus():
    return CAMPUS


@pytest.mark.parametrize(
    ("text", "building", "room"),
    [
        ("3号楼", "D03", None),
        ("3幢302室、304室", "D03", "302"),
        ("3号楼一楼大厅、走廊", "D03", None),
        ("3号楼/5层", "D03", None),
        ("3#", "D03", None),
        ("3#楼", "D03", None),
        ("三号楼", "D03", None),
        ("三号宿舍楼", "D03", None),
        ("宿舍3栋", "D03", None),
        ("学生公寓3幢302", "D03", "302"),
        ("3号楼302室", "D03", "302"),
        ("三号楼 5层 512", "D03", "512"),
        ("３号楼３０２", "D03", "302"),
        ("3 号 楼 302", "D03", "302"),
        ("滨文校区3号楼302", "D03", "302"),
        ("某某大学3号楼", "D03", None),
        ("3-302", "D03", "302"),
        ("宿舍楼12-406", "D12", "406"),
        ("3号楼3单元302", "D03", "3-302"),
        ("3号楼b302", "D03", "B302"),
        ("03号楼", "D03", None),
        ("十三号楼", "D13", None),
        ("二十一号楼0101", "D21", "0101"),
        ("四十二栋", "D42", None),
        ("宿舍3栋南侧车棚", "D03", None),
        ("一号楼一楼大厅", "D01", None),
        ("女生宿舍5号楼", "D05", None),
        ("教工3栋", "S03", None),
        ("教工宿舍三号", "S03", None),
        ("教工公寓3号楼502", "S03", "502"),
        ("3号楼（教工）", "S03", None),
        ("教学楼A座101", "T01", "101"),
        ("教学楼a座阶梯教室", "T01", None),
        ("教学楼B-203", "T02", "203"),
        ("教B203", "T02", "203"),
        ("C教", "T03", None),
        ("实验楼1", "L01", None),
        ("1号实验楼", "L01", None),
        ("第二实验楼201", "L02", "201"),
        ("一食堂", "C01", None),
        ("学生第二食堂", "C02", None),
        ("图书馆3楼大厅", "K01", None),
        ("逸夫馆", "K01", None),
        ("化学楼305", "L01", "305"),
        ("警务站", "K01", "101"),
        ("体育馆东门", "P01", None),
        ("D03", "D03", None),
    ],
)
def test_one_building_in_many_spellings(campus, text, building, room):
    match = campus.resolve(text)
    assert (match.building_id, match.room) == (building, room) and match.how in ("exact", "alias", "pattern")


@pytest.mark.parametrize(
    ("text", "how"),
    [("3号楼302", "exact"), ("逸夫馆", "alias"), ("化学楼305", "alias"), ("3#302", "pattern"), ("宿舍3栋", "pattern")],
)
def test_how_it_was_found(campus, text, how):
    assert campus.resolve(text).how == how


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("3号楼与4号楼之间", "3号楼 或 4号楼"),
        ("50号楼", "5号楼"),
        ("实验楼B", "实验楼2号"),
        ("第三食堂", "第二食堂"),
        ("北区小树林", None),
        ("3号楼302、5#101", "3号楼 或 5号楼"),
        ("3-5号楼", "3号楼 或 5号楼"),
        ("3号楼101至5号楼", "3号楼 或 5号楼"),
        ("3楼", "3号楼"),
        ("宿舍302", None),
        ("A101", None),
        ("12345", None),
        ("无此楼", None),
        ("", None),
        (None, None),
    ],
)
def test_what_is_not_known_is_not_guessed(campus, text, suggestion):
    match = campus.resolve(text)
    assert (match.building_id, match.room, match.how) == (None, None, UNKNOWN)
    assert suggestion is None or match.suggestion == suggestion


def test_a_bare_number_that_fits_two_buildings_is_left_open():
    twin = Resolver([("A", "东区3号楼", "宿舍", None), ("B", "西区3号楼", "宿舍", None), ("C", "3舍", "宿舍", None)])
    assert twin.resolve("3号楼").building_id is None
    assert twin.resolve("3号楼").suggestion == "3舍 或 东区3号楼 或 西区3号楼"
    assert [twin.resolve(text).building_id for text in ("东区三栋302", "西区3#", "三舍")] == ["A", "B", "C"]


def test_the_kind_word_decides():
    school = Resolver(
        [("A", "宿舍3栋", "宿舍", None), ("B", "教工3栋", "教工公寓", None), ("C", "三教", "教学楼", None)]
    )
    texts = ("学生公寓3号楼", "教师公寓3#", "第三教学楼", "3栋")
    assert [school.resolve(text).building_id for text in texts] == ["A", "B", "C", None]


def test_a_longer_number_is_another_building():
    school = Resolver(
        [("A", "丁香园1栋", "宿舍", None), ("B", "丁香园11栋", "宿舍", None), ("C", "实验楼1", "实验楼", None)]
    )
    texts = ("丁香园11栋302", "丁香园十一栋", "丁香园1栋1302", "实验楼12", "实验楼1-203")
    assert [school.resolve(text).building_id for text in texts] == ["B", "B", "A", None, "C"]


def test_a_real_campus_resolves_its_own_names(real):
    features = json.loads((real / "campus_map" / "buildings.geojson").read_text(encoding="utf-8"))["features"]
    names = sorted({feature["properties"]["name"] for feature in features} - {None, ""})
    school = Resolver([(str(number), name, None, None) for number, name in enumerate(names)])
    assert {names.index(name): school.resolve(name)[:3] for name in names} == {
        number: (str(number), None, "exact") for number in range(len(names))
    }
    for text, name in (
        ("宿舍十栋302", "学生宿舍10号楼"),
        ("第三教学楼", "三教"),
        ("实验楼3号", "3号实验楼"),
        ("图书馆", "合肥工业大学图书馆"),
    ):
        assert school.names[school.resolve(text).building_id] == name


NUMBER = st.integers(1, 99).map(str)
ZONE = st.sampled_from(["", "东区", "北苑", "丁香园", "滨江校区", "明德", "紫荆"])
SHAPE = st.sampled_from(
    [
        "{z}{n}号楼",
        "{z}宿舍{n}栋",
        "{z}{n}#",
        "{z}教学楼{l}座",
        "{z}实验楼{l}",
        "{z}{l}楼",
        "第{n}食堂",
        "{z}公寓{n}号",
        "{z}图书馆",
        "{n}舍",
    ]
)
NAME = st.builds(
    lambda shape, n, z, letter: shape.format(n=n, z=z, l=letter), SHAPE, NUMBER, ZONE, st.sampled_from("ABCDEF")
)


@given(
    st.lists(
        NAME | st.text("楼馆堂甲乙丙一二三AB12号", min_size=2, max_size=6),
        min_size=1,
        max_size=30,
        unique_by=str.casefold,
    )
)
def test_every_buildings_own_name_is_itself_at_any_school(names):
    school = Resolver([(f"id{number}", name, None, None) for number, name in enumerate(names)])
    for number, name in enumerate(names):
        assert school.resolve(name)[:3] == (f"id{number}", None, "exact")


@given(st.integers(1, 42), st.integers(1, 7), st.integers(1, 30))
def test_rooms_of_every_dormitory(number, floor, door):
    room = f"{floor}{door:02}"
    for text in (f"{number}号楼{room}", f"{number}#{room}室", f"宿舍{number}栋-{room}", f"学生公寓{number}幢 {room}"):
        assert CAMPUS.resolve(text)[:2] == (f"D{number:02}", room)


@given(st.text(max_size=20))
def test_any_text_gives_an_answer(text):
    match = CAMPUS.resolve(text)
    assert (match.building_id is None) == (match.how == UNKNOWN)
