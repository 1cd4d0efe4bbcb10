"""GeoJSON as schools have it → shapes and sentences about what could not be used. Nothing here stops a build."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.build.map_geometry import Part, Ring, pairs, part
from etl.reading.decode import decode
from warehouse.errors import UserError

MOST_BYTES, MOST_SHAPES, MOST_POINTS = 30_000_000, 5_000, 300_000
NAMES = ("name", "名称", "楼名", "楼宇名称", "建筑名称", "楼栋名称", "name:zh", "title", "label", "标题")
NUMBERS = ("building_id", "楼宇编号", "编号", "building", "楼宇", "楼栋", "code", "ref", "id", "alt_name", "short_name")
BUILDING, ROAD, WATER, GREEN, SPOT = "楼宇", "道路", "水面", "绿地", "地点"
_GREEN = {"grass", "park", "garden", "wood", "forest", "pitch", "track", "recreation_ground"}


@dataclass(frozen=True)
class Note:
    """Something the map's file said that could not be used: one warning."""

    code: str
    message: str
    remedy: str
    occurrences: int = 1


@dataclass
class Shape:
    """One thing to draw: polygons (kind 楼宇, 水面 …), lines (道路) or a point (地点).
    `numbers` and `names` may tell its building."""

    kind: str
    name: str | None
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    lines: list[Ring] = field(default_factory=list)

    @property
    def rings(self) -> list[Ring]:
        return [points for rings in self.parts for points in rings] + self.lines


def read(path: Path) -> tuple[list[Shape], list[Note]]:
    """Shapes of one file and what has to be said about it; an unreadable file gives one note and no shape."""
    try:
        return _features(_content(path), path.name)
    except UserError as problem:
        return [], [Note("map_unreadable", problem.sentence, "改好后再放进 data/school；其他数字不受影响")]


def _content(path: Path) -> list[object]:
    """The list of features. Raises UserError in one sentence."""
    if path.stat().st_size > MOST_BYTES:
        raise UserError(
            f"{path.name} 有 {path.stat().st_size // 1_000_000} MB，超过 {MOST_BYTES // 1_000_000} MB，没有读；"
            "请只导出校园范围内的楼宇。"
        )
    text, cut_short = decode(path, path.read_bytes())
    if cut_short:
        raise UserError(f"{path.name} 没有写完，末尾断在一个字中间，地图没有读进来，请重新导出。")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UserError(
            f"{path.name} 不是完整的 JSON（第 {problem.lineno} 行第 {problem.colno} 列），地图没有读进来，请重新导出。"
        ) from None
    except (RecursionError, ValueError):
        raise UserError(f"{path.name} 的嵌套太深或数字太长，不像地图，没有读，请重新导出。") from None
    if isinstance(content, dict) and content.get("type") == "Feature":
        return [content]
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise UserError(
            f"{path.name} 不是 GeoJSON：要有 type 为 FeatureCollection 的对象和 features 一组图形，"
            "请用地图软件另存为 GeoJSON。"
        )
    return features


def _features(features: list[object], file: str) -> tuple[list[Shape], list[Note]]:
    shapes, bare, odd, points = [], 0, 0, 0
    for feature in features[:MOST_SHAPES]:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        properties = feature.get("properties") if isinstance(feature, dict) else None
        shape = _shape(
            geometry if isinstance(geometry, dict) else {}, properties if isinstance(properties, dict) else {}, feature
        )
        points += sum(map(len, shape.rings)) if shape else 0
        if shape and points <= MOST_POINTS:
            shapes.append(shape)
        elif shape is None and _has_numbers(geometry):
            odd += 1
        else:
            bare += 1
    notes = (
        [
            Note(
                "map_empty",
                f"{file} 有 {bare} 个图形没有坐标或坐标不成面，没有画",
                "在地图软件里删掉或补画这些图形",
                bare,
            )
        ]
        if bare
        else []
    )
    if odd:
        notes.append(
            Note(
                "map_odd", f"{file} 有 {odd} 个图形的坐标写法读不懂或面积为零，没有画", "在地图软件里重画这些图形", odd
            )
        )
    if len(features) > MOST_SHAPES or points > MOST_POINTS:
        notes.append(Note("map_large", f"{file} 太大，只画了前 {len(shapes):,} 个图形", "请只导出校园范围内的楼宇"))
    return shapes, notes


def _has_numbers(geometry: object) -> bool:
    """Whether some number stands in the coordinates at all."""
    first = geometry.get("coordinates") or geometry.get("geometries") if isinstance(geometry, dict) else None
    while isinstance(first, list) and first:
        first = first[0]
    return isinstance(first, int | float | dict)


def _shape(geometry: dict, properties: dict, feature: object) -> Shape | None:
    """One feature as it will be drawn; None when there is nothing to draw."""
    own = {"id": feature["id"]} if isinstance(feature, dict) and "id" in feature else {}
    shape = Shape(
        _kind(properties), _first(properties, NAMES), _all(own | properties, NUMBERS), _all(properties, NAMES)
    )
    for kind, coordinates in _simple(geometry):
        if kind == "Polygon":
            shape.parts += [rings] if (rings := part(_lists(coordinates))) else []
        elif kind in ("LineString", "Point"):
            line = pairs([coordinates] if kind == "Point" else _lists(coordinates))
            if _is_outline(line, properties):  # drawn as a closed line, meant as a building
                shape.parts += [rings] if (rings := part([line])) else []
            shape.lines += [line] if len(line) >= (1 if kind == "Point" else 2) else []
    if shape.parts:
        shape.lines = []
        return shape
    if shape.lines:
        shape.kind = SPOT if all(len(line) == 1 for line in shape.lines) else WATER if shape.kind == WATER else ROAD
        return shape
    return None


def _is_outline(line: Ring, properties: dict) -> bool:
    return len(line) > 3 and line[0] == line[-1] and str(properties.get("building") or "no").casefold() != "no"


def _simple(geometry: dict, depth: int = 0) -> Iterator[tuple[str, object]]:
    """(Polygon, LineString or Point, coordinates) of any geometry, collections unfolded."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection" and depth < 4:
        for inner in geometry.get("geometries") or []:
            yield from _simple(inner, depth + 1) if isinstance(inner, dict) else ()
    elif kind in ("MultiPolygon", "MultiLineString", "MultiPoint"):
        yield from ((kind.removeprefix("Multi"), part) for part in _lists(coordinates))
    elif isinstance(kind, str):
        yield kind, coordinates


def _lists(several: object) -> list[list]:
    """The lists in a list; nothing where it is none."""
    return [part for part in several if isinstance(part, list)] if isinstance(several, list) else []


def _kind(properties: dict) -> str:
    low = {str(key).casefold(): str(value).casefold() for key, value in properties.items() if value is not None}
    if low.get("natural") == "water" or "waterway" in low or low.get("landuse") in ("basin", "reservoir"):
        return WATER
    if {low.get("landuse"), low.get("leisure"), low.get("natural")} & _GREEN and low.get("building", "no") == "no":
        return GREEN
    return ROAD if "highway" in low else BUILDING


def _first(properties: dict, keys: tuple[str, ...]) -> str | None:
    """The first of these properties that says something, letter case aside, as it is written."""
    lowered = {str(key).casefold().strip(): value for key, value in properties.items()}
    values = (lowered.get(key.casefold()) for key in keys)
    texts = (" ".join(str(value).split()) for value in values if isinstance(value, str | int))
    return next((text[:80] for text in texts if text), None)


def _all(properties: dict, keys: tuple[str, ...]) -> tuple[str, ...]:
    texts = [_first(properties, (key,)) for key in keys]
    return tuple(dict.fromkeys(text for text in texts if text))
