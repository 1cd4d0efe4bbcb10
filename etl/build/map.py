"""The school's own map → map_shapes: what is drawn of the campus,
each shape's building and centre; map_notes: what could not be.

map.geojson (and map_*.geojson for roads, water, gates) decides where there is one; else the rows of map.csv or
map.xlsx.
"""

import json
import re
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.build.feeds import resolver
from etl.build.map_geojson import BUILDING, Note, Shape, read
from etl.build.map_geometry import area, far_off, middle, moved, part, part_area, to_metres
from etl.build.sql import store
from etl.places.resolver import Resolver
from warehouse import paths

FILES = ("map*.geojson", "map*.json")
SHAPES = {
    "shape_id": pa.int32(),
    "kind": pa.string(),
    "name": pa.string(),
    "building_id": pa.string(),
    "x": pa.float64(),
    "y": pa.float64(),
    "area": pa.float64(),
    "rings": pa.string(),
    "lines": pa.string(),
}
NOTES = {"code": pa.string(), "message": pa.string(), "remedy": pa.string(), "occurrences": pa.int64()}
TABLE = "map.csv"
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,，]\s*(-?\d+(?:\.\d+)?)")


def load_map(connection: duckdb.DuckDBPyConnection) -> None:
    """map_shapes: one row a shape; rings and lines are JSON, a list of lists of [x,
    y] in metres from the map's lower left corner.

    A ring that runs clockwise is a hole of the one before it. Both tables are empty where the school has no map.
    """
    files = sorted({path for pattern in FILES for path in paths.school().glob(pattern)})
    shapes, notes = _from_files(files) if files else _from_table(connection)
    shapes, stray = _without_strays(shapes)
    places = resolver(connection)
    _to_metres(shapes)
    rows = [_row(number, shape, _building(shape, places)) for number, shape in enumerate(shapes, 1)]
    if rows:
        notes += _doubts(rows, places, files[0].name if files else TABLE)
    notes += stray
    store(connection, "noted_shapes", SHAPES, rows)
    connection.execute("CREATE TABLE map_shapes AS FROM noted_shapes ORDER BY shape_id")
    store(connection, "map_notes", NOTES, [vars(note) for note in notes])


def _from_files(files: list[Path]) -> tuple[list[Shape], list[Note]]:
    read_files = [read(path) for path in files]
    return [shape for shapes, _ in read_files for shape in shapes], [note for _, notes in read_files for note in notes]


def _from_table(connection: duckdb.DuckDBPyConnection) -> tuple[list[Shape], list[Note]]:
    """Shapes of the rows of map.csv, in the order of the file."""
    rows = connection.execute("""
        SELECT place, drawn_as, x_from, y_from, width, height, x_to, y_to, corners, row_number
        FROM feed_map ORDER BY file_id, sheet, row_number""").fetchall()
    shapes, bad = [], []
    for place, kind, left, bottom, width, height, right, top, corners, row_number in rows:
        rings = part([_corners(left, bottom, width, height, right, top, corners)])
        if rings:
            shapes.append(Shape(kind or BUILDING, place, (place,), (place,), [rings]))
        else:
            bad.append(row_number)
    listed = "、".join(str(number) for number in bad[:8]) + ("等" if len(bad) > 8 else "")
    message = f"校园地图表第 {listed} 行没有成面的坐标，没有画"
    return shapes, [
        Note("map_empty", message, "一行写左、下、宽、高，或左、下、右、上，或一格三个以上的角点", len(bad))
    ] if bad else []


def _corners(left, bottom, width, height, right, top, corners) -> list[tuple[float, float]]:
    """The corners of one row of the table; none when its numbers make no area."""
    if corners:
        return [(float(x), float(y)) for x, y in _PAIR.findall(corners)]
    right = right if right is not None or None in (left, width) else left + width
    top = top if top is not None or None in (bottom, height) else bottom + height
    if None in (left, bottom, right, top):
        return []
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def _without_strays(shapes: list[Shape]) -> tuple[list[Shape], list[Note]]:
    """The shapes without those that one slip put far from the campus, which would shrink it to a point; those named."""
    centres = [points[0] for shape in shapes for points in shape.rings[:1]]
    far = set(far_off(centres)) if len(centres) == len(shapes) else set()
    if not far:
        return shapes, []
    named = _listed([shapes[at].name or f"第 {at + 1} 个图形" for at in sorted(far)])
    message = f"地图上的{named}离其余图形五十公里以上，没有画"
    remedy = "核对它的坐标：经度和纬度是否写反，坐标系是否与其余图形相同"
    return [shape for at, shape in enumerate(shapes) if at not in far], [Note("map_stray", message, remedy, len(far))]


def _to_metres(shapes: list[Shape]) -> None:
    """Everything in metres from one common corner, in place."""
    points = [point for shape in shapes for points in shape.rings for point in points]
    if not points:
        return
    offset, scale = to_metres(points)
    for shape in shapes:
        shape.parts = [[moved(points, offset, scale) for points in rings] for rings in shape.parts]
        shape.lines = [moved(points, offset, scale) for points in shape.lines]


def _building(shape: Shape, places: Resolver) -> str | None:
    """The building a shape is, by its number or its name.
    A bare running number is a building's only where the school uses it."""
    if shape.kind != BUILDING:
        return None
    words = [word for word in shape.numbers if word in places.names or not word.isdigit()]
    for word in [*words, *shape.names]:
        match = places.resolve(word)
        if match.building_id and match.room is None:
            return match.building_id
    return None


def _row(number: int, shape: Shape, building: str | None) -> dict:
    largest = max(shape.parts, key=part_area, default=None)
    x, y = (
        middle(largest)
        if largest and area(largest[0])
        else shape.lines[0][len(shape.lines[0]) // 2]
        if shape.lines
        else (None, None)
    )
    rings, lines = (
        json.dumps(drawn, separators=(",", ":"))
        for drawn in ([points for rings in shape.parts for points in rings], shape.lines)
    )
    return {
        "shape_id": number,
        "kind": shape.kind,
        "name": shape.name,
        "building_id": building,
        "x": x,
        "y": y,
        "area": sum(map(part_area, shape.parts)),
        "rings": rings,
        "lines": lines,
    }


def _doubts(rows: list[dict], places: Resolver, file: str) -> list[Note]:
    """What keeps a shape or a building from being coloured, each in one sentence."""
    drawn = [row for row in rows if row["kind"] == BUILDING]
    absent = [name for key, name in places.names.items() if key not in {row["building_id"] for row in drawn}]
    lacking = Note(
        "map_absent",
        f"{len(absent)} 栋楼在地图上没有图形：{_listed(absent)}",
        "在地图里补画，或给已有的图形写上这些楼的名称或编号",
        len(absent),
    )
    return [note for note in (*_doubts_of_names(drawn, file), lacking) if note.occurrences]


def _doubts_of_names(drawn: list[dict], file: str) -> tuple[Note, ...]:
    """Buildings drawn without a name, under one nobody knows, or under one another has too; of each how many, or 0."""
    unnamed = sum(row["name"] is None and row["building_id"] is None for row in drawn)
    strangers = Counter(row["name"] for row in drawn if row["name"] and row["building_id"] is None)
    named = Counter(row["name"] for row in drawn if row["name"] and row["building_id"])
    repeated = {name: count for name, count in named.items() if count > 1}
    each = _listed([f"{name}（{count} 个）" for name, count in repeated.items()])
    return (
        Note(
            "map_unnamed",
            f"{file} 的 {len(drawn)} 个楼宇图形里有 {unnamed} 个没有名称，只画轮廓，不能上色",
            "在地图软件里给它们的 name 写上楼宇名称或编号",
            unnamed,
        ),
        Note(
            "map_unknown",
            f"地图上的{_listed(list(strangers))}在楼宇表里找不到，只画轮廓，不能上色",
            "把这些写法加进 data/school/place_aliases.csv，或改地图里的名称",
            sum(strangers.values()),
        ),
        Note(
            "map_repeated",
            f"地图上同名的图形不止一个：{each}，都按同一栋楼画",
            "不是同一栋楼的，请在地图里写清各自的名称或编号",
            sum(repeated.values()),
        ),
    )


def _listed(words: list[str], most: int = 6) -> str:
    return "、".join(words[:most]) + (f"等 {len(words)} 个" if len(words) > most else "")
