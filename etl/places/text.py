"""A place as people write it → plain forms: numerals, designators, rooms,
the words that tell kinds of building apart."""

import re
import unicodedata

from etl.form.text import chinese_number

# Longest first: 教工宿舍 is no 宿舍, 教工 is no 教.
_CLASS_WORDS = {
    "staff": "教工公寓 教工宿舍 教师公寓 教师宿舍 职工公寓 职工宿舍 青年教师公寓 人才公寓 教工楼 "
    "家属楼 家属区 教工 职工",
    "dorm": "学生公寓楼 学生宿舍楼 学生公寓 学生宿舍 男生宿舍 女生宿舍 研究生公寓 研究生宿舍 "
    "宿舍楼 公寓楼 寝室楼 生活楼 宿舍 公寓 寝室 男生 女生",
    "teaching": "公共教学楼 教学大楼 教学楼 公教楼 教学 公教 教",
    "laboratory": "实验大楼 实验楼 实训楼 科研楼 实验室 实验 实训",
    "canteen": "学生食堂 学生餐厅 食堂 餐厅 饭堂",
    "office": "行政办公楼 行政楼 办公楼 行政",
    "gate": "校门 大门 门岗 门",
}
_KIND_CLASS = {
    "宿舍": "dorm",
    "教工公寓": "staff",
    "教学楼": "teaching",
    "实验楼": "laboratory",
    "食堂": "canteen",
    "行政楼": "office",
    "校门": "gate",
}
_CLASS_OF = {word: name for name, words in _CLASS_WORDS.items() for word in words.split()}
CLASS_WORD = "|".join(sorted(_CLASS_OF, key=len, reverse=True))
_CLASS = re.compile(CLASS_WORD)

_NUMERAL = re.compile(rf"第?([零〇一二两三四五六七八九十]+)(?=号|#|栋|幢|座|舍|层|楼|单元|{CLASS_WORD})|第(?=\d)")
_DESIGNATOR = re.compile(r"(?<!\d)(0?\d{1,2})(?:号楼|#楼|栋楼?|幢楼?|座楼|号院|#|舍)")
_CAMPUS = re.compile(r"^(?:[一-龥]{2,12}大学(?=.{2}))?(?:[一-龥]{1,6}校区|本部|校内|校园内?|我校|本校)?的?")
_SEPARATORS = "-—_.,，、·:：;/|~()（）[]【】 的"

ROOM = re.compile(
    r"(?:(?P<unit>\d{1,2})单元)?(?:\d{1,2}(?:层|楼|f)\D{0,2})?(?P<room>[a-z]?-?\d{2,4}[a-z]?(?:-\d{1,2})?)(?![0-9a-z])"
    r"(?:室|房间?|号|寝室?|宿舍|床)?(?!楼|层|米|路|栋|幢|年|月)"
)
TAIL = re.compile(r"(.*[^0-9A-Za-z\s\-－—.,])[\s\-－—]*([0-9]{3,4})\s*(?:室|房|房间)?")

# A number or letter with what makes it a building: kind words before or after, 号楼, 座 …
DESIGNATED = re.compile(
    rf"(?P<before>[^0-9a-z]{{0,12}}?)(?<![0-9a-z])(?P<mark>\d{{1,2}}|[a-z])(?![0-9])"
    rf"(?P<suffix>号楼|号|座|栋|楼(?!层)|(?=-\d{{3}}))?(?P<after>\(?(?:{CLASS_WORD})*楼?)(?P<rest>.*)"
)
LETTERED = re.compile(r"(?P<before>[^0-9a-z]+)(?P<mark>[a-z])(?P<suffix>)(?P<after>)(?P<rest>-?\d{2,4}.*)")
BARE = re.compile(r"\d{1,2}(?:号楼)?")
MARKED = re.compile(r"[0-9a-z零一二三四五六七八九十]号?$")
RANGE = re.compile(r"(?<![0-9])([0-9]{1,2})[-~—至到]$")  # before 5号楼: 3-5号楼 are several
OTHER_BUILDING = re.compile(r"^-?(?:\d{1,2}|[a-z])(?:号楼|号|座|栋|教)|^[a-z]$")
ROUTE = re.compile(r"巡[逻查更检].*线")  # 南门-北门巡逻线 passes many buildings and is none
AND = re.compile(r"和|与|、|及|至|到|,|;|/|~")


def light(text: str) -> str:
    """Half-width, small letters, no blanks: as written otherwise."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def numerals(text: str) -> str:
    """Light form with Arabic numbers: 三舍 → 3舍, 第一食堂 → 1食堂."""
    return _NUMERAL.sub(lambda match: "" if not match[1] else str(chinese_number(match[1]) or match[1]), light(text))


def canonical(text: str) -> str:
    """Arabic numbers and one word for one thing: 三号宿舍楼 → 3号宿舍楼; 3#、3栋、3幢、3舍 → 3号楼."""
    return _DESIGNATOR.sub(lambda match: f"{int(match[1])}号楼", numerals(text))


def without_campus(text: str) -> str:
    """The text without a leading campus or school: 滨文校区3号楼 → 3号楼."""
    return _CAMPUS.sub("", text, count=1)


def class_words(text: str) -> tuple[frozenset[str], str]:
    """The kinds a text speaks of, and what is left of it."""
    classes = frozenset(_CLASS_OF[word] for word in _CLASS.findall(text))
    return classes, _CLASS.sub("", text).strip(_SEPARATORS).rstrip("楼")


def class_of(kind: str | None, name: str) -> str | None:
    """The class of a building by its declared kind, else by the words of its name."""
    words = class_words(canonical(name))[0]
    return _KIND_CLASS.get(kind or "") or (next(iter(words)) if len(words) == 1 else None)


def first_class(text: str) -> str | None:
    """The class of the word a text starts with."""
    match = _CLASS.match(text.lstrip(_SEPARATORS))
    return _CLASS_OF[match[0]] if match else None


def room_in(rest: str) -> str | None:
    """The room in what follows a building: '-302室' → '302', '5层512' → '512',
    '2单元302' → '2-302'; None when there is none."""
    plain = re.sub(r"^(?:楼|栋|幢|座|号|宿舍楼?|寝室)", "", rest.lstrip(_SEPARATORS)).lstrip(_SEPARATORS)
    match = ROOM.match(plain)
    if not match:
        return None
    room = match["room"].replace("-", "", 1).upper() if match["room"][0].isalpha() else match["room"].upper()
    return f"{match['unit']}-{room}" if match["unit"] else room
