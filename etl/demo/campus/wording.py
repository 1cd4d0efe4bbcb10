"""Words as people type them: a place in its many spellings, a description, an invented person."""

import numpy as np

from etl.demo.campus.campus import Campus
from etl.demo.form import truth
from etl.demo.form.columns import words

_NUMERALS = "零一二三四五六七八九"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = tuple(f"{first}{second}" for first in ("虚构", "示例", "样本") for second in "甲乙丙丁戊己庚辛壬癸")

# Spellings with their frequency; {n} arabic number, {c} Chinese number. A room follows with its own joint.
_DORMITORY = (
    ("{n}号楼", 40, ("{p}{r}", "{p} {r}室", "{p}-{r}")),
    ("{n}#", 14, ("{p}{r}", "{p} {r}")),
    ("{c}号楼", 12, ("{p}{r}", "{p}{r}室")),
    ("{c}号宿舍楼", 10, ("{p}{r}", "{p} {r}")),
    ("宿舍{n}栋", 12, ("{p}{r}", "{p}-{r}")),
    ("学生公寓{n}幢", 12, ("{p}{r}", "{p}{r}室")),
)
_ALIASES = {
    "T": ("教{l}", "{l}教", "教学楼{l}"),
    "L": ("化学实验楼", "生物实验楼", "材料实验楼", "机电实验楼"),
    "C": ("一食堂", "二食堂", "三食堂"),
    "K": ("校图书馆",),
    "A": ("办公楼", "行政办公楼"),
    "Q": ("活动中心", "卫生所"),
    "M": ("学校东门", "学校南门", "学校西门", "学校北门"),
}
_SHEDS = ("南侧车棚", "北侧车棚", "东侧车棚", "西侧车棚", "门前")
_SPOTS = (
    "一楼大厅",
    "东侧楼梯口",
    "西侧楼梯口",
    "二楼走廊",
    "三楼走廊",
    "四楼走廊",
    "配电间",
    "开水房",
    "南侧车棚",
    "北侧车棚",
    "值班室",
    "天台入口",
)


def chinese(number: int) -> str:
    """1…99 in Chinese numerals: 12 → 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def _spellings(building: str, name: str) -> list[tuple[str, float, tuple[str, ...]]]:
    """(text, weight, joints with a room) for one building."""
    if building.startswith("D"):
        number = int(building[1:])
        return [(form.format(n=number, c=chinese(number)), weight, joints) for form, weight, joints in _DORMITORY]
    plain = ("{p}{r}室", "{p} {r}")
    forms = _ALIASES.get(building[0], ())
    if building[0] == "T":
        others = [form.format(l=name[3]) for form in forms]
    elif building[0] in "LCMQ":
        others = [forms[int(building[1:]) - 1]]
    else:
        others = list(forms)
    return [(name, 70.0, plain), *((other, 30.0 / len(others), plain) for other in others)]


def places(
    random: np.random.Generator, campus: Campus, at: np.ndarray, room_share: float, outside: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(text, resolved) for building indices: a spelling of the building, then a room, a corner, or nothing.

    A share of UNRESOLVED_SHARE names a place no list knows; their resolved is False. outside: rows that happen at the
    bicycle sheds, never in a room.
    """
    count = len(at)
    table = [_spellings(building, name) for building, name in zip(campus.building, campus.name, strict=True)]
    chance, joint, lottery = random.random(count), random.integers(0, 6, count), random.random(count)
    rooms = (1 + (random.random(count) * campus.floors[at]).astype(int)) * 100 + random.integers(1, 31, count)
    corner, texts = random.integers(0, 60, count), []
    sheds = np.zeros(count, dtype=bool) if outside is None else outside
    for row, building in enumerate(at.tolist()):
        text, joints = _spelled(table[building], chance[row])
        if sheds[row]:
            text += _SHEDS[corner[row] % len(_SHEDS)]
        elif campus.kind[building] != "校门" and lottery[row] < room_share:
            text = joints[joint[row] % len(joints)].format(p=text, r=rooms[row])
        elif campus.kind[building] != "校门" and lottery[row] < 0.5 + room_share / 2:
            text += _SPOTS[corner[row] % len(_SPOTS)]
        texts.append(text)
    resolved = random.random(count) >= truth.UNRESOLVED_SHARE
    nowhere = words(truth.UNRESOLVED_PLACES)[random.integers(0, len(truth.UNRESOLVED_PLACES), count)]
    return np.where(resolved, words(texts), nowhere), resolved


def _spelled(forms: list[tuple[str, float, tuple[str, ...]]], chance: float) -> tuple[str, tuple[str, ...]]:
    """One spelling drawn by weight, with the joints that fit it."""
    left = chance * sum(weight for _, weight, _ in forms)
    for form in forms:
        left -= form[1]
        if left <= 0:
            break
    return form[0], form[2]


def people(random: np.random.Generator, count: int, pool: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(name, number, phone) of made-up people; the phones are of the never assigned 13800000xxx kind."""
    who = random.integers(0, pool, count)
    names = words(_SURNAMES[i % len(_SURNAMES)] + _GIVEN[(i // 7) % len(_GIVEN)] for i in range(pool))
    numbers = words(f"20{20 + i % 7}{900000 + i}" for i in range(pool))
    phones = words(f"13800000{i % 1000:03d}" for i in range(pool))
    return names[who], numbers[who], phones[who]


def sentences(random: np.random.Generator, category: np.ndarray, templates: dict[str, tuple[str, ...]]) -> np.ndarray:
    """One of its category's sentences for every record."""
    which = random.integers(0, 1000, len(category))
    return words(
        templates[key][number % len(templates[key])] for key, number in zip(category, which.tolist(), strict=True)
    )
