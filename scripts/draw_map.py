"""The demonstration campus on paper: an invented plan of its buildings → data/school/map.csv. Run once; the file is
then the school's.

Metres from the south-west corner. Dormitories stand in their grids' courts, teaching in the east, sport in the south.
"""

import csv
import math
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "school" / "map.csv"
HEADER = ("编号或名称", "图形种类", "左", "下", "宽", "高", "角点")
COURTS = (5, 4, 4, 4, 5, 4, 4, 4, 4, 4)  # dormitories of the grids G01 … G10, in the order of their numbers
SLOTS = [(60 + 200 * column, 740 - 150 * row) for row in range(3) for column in range(4)]
CANTEENS = {5: "C01", 10: "C02"}  # slots of the twelve where no dormitory stands


def box(place: str, left: float, bottom: float, width: float, height: float, kind: str = "") -> tuple:
    return place, kind, left, bottom, width, height, ""


def shape(place: str, corners: list[tuple[float, float]], kind: str = "") -> tuple:
    return place, kind, "", "", "", "", " ".join(f"{x:g},{y:g}" for x, y in corners)


def dormitories() -> list[tuple]:
    """Two columns to a court, three rows at most; the canteens between them."""
    rows, number = [], 0
    slots = [place for at, place in enumerate(SLOTS) if at not in CANTEENS]
    for (left, bottom), count in zip(slots, COURTS, strict=True):
        for at in range(count):
            number += 1
            rows.append(box(f"D{number:02}", left + at % 2 * 88, bottom + (2 - at // 2) * 42, 74, 28))
    canteens = [box(name, SLOTS[at][0] + 14, SLOTS[at][1] + 28, 120, 56) for at, name in CANTEENS.items()]
    return rows + canteens


def comb(place: str, left: float, bottom: float, width: float, height: float) -> tuple:
    """A U open to the south, as teaching buildings are."""
    wing, spine = width * 0.28, height * 0.45
    return shape(
        place,
        [
            (left, bottom),
            (left + wing, bottom),
            (left + wing, bottom + height - spine),
            (left + width - wing, bottom + height - spine),
            (left + width - wing, bottom),
            (left + width, bottom),
            (left + width, bottom + height),
            (left, bottom + height),
        ],
    )


def oval(place: str, left: float, bottom: float, width: float, height: float, kind: str = "") -> tuple:
    half = height / 2
    turn = [
        (math.cos(angle) * half, math.sin(angle) * half)
        for angle in (math.pi * (step / 10 - 0.5) for step in range(11))
    ]
    right = [(round(left + width - half + x), round(bottom + half + y)) for x, y in turn]
    return shape(
        place, [*right, *((round(2 * left + width - x), round(2 * bottom + height - y)) for x, y in right)], kind
    )


def east() -> list[tuple]:
    teaching = [comb(f"T{at + 1:02}", 900 + at % 4 * 120, 770 - at // 4 * 100, 100, 70) for at in range(8)]
    laboratories = [box(f"L{at + 1:02}", 920 + at % 2 * 240, 210 - at // 2 * 80, 200, 48) for at in range(4)]
    library = shape(
        "K01", [(900, 430), (1040, 430), (1040, 480), (1000, 480), (1000, 590), (940, 590), (940, 480), (900, 480)]
    )
    return [*teaching, *laboratories, library, box("A01", 1200, 470, 150, 56)]


def south() -> list[tuple]:
    homes = [box(f"S{at + 1:02}", 60 + at * 108, 266, 92, 50) for at in range(3)]
    sport = [
        oval("P02", 400, 60, 220, 130),
        box("P01", 660, 80, 130, 90),
        box("Q01", 640, 240, 150, 60),
        box("Q02", 60, 150, 120, 60),
        box("C03", 230, 140, 120, 64),
    ]
    return homes + sport


def around() -> list[tuple]:
    gates = [
        box("M01", 1392, 372, 46, 26),
        box("M02", 832, 4, 46, 26),
        box("M03", 2, 372, 46, 26),
        box("M04", 832, 884, 46, 26),
    ]
    roads = [
        box("环湖路", 846, 34, 18, 846, "道路"),
        box("学院路", 52, 376, 1336, 18, "道路"),
        box("食堂路", 52, 560, 794, 10, "道路"),
        box("书院路", 864, 640, 524, 10, "道路"),
    ]
    green = [
        oval("静湖", 1070, 540, 110, 74, "水面"),
        box("中心草坪", 1070, 410, 110, 100, "绿地"),
        box("南草坪", 60, 40, 300, 80, "绿地"),
    ]
    return roads + green + gates


if __name__ == "__main__":
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows([*around(), *dormitories(), *east(), *south()])
