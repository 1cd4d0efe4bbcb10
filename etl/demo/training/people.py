"""Who holds which post, with which certificates, and what each was examined in: the truth behind the training files."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus
from etl.demo.form.columns import stream

DAY = timedelta(days=1)
# post → (how many, unit, certificate, items, kinds of building it is done in); how many 0: one per building
RECIPES: dict[str, tuple[int, str, str, tuple[str, ...], tuple[str, ...]]] = {
    "消防控制室值班员": (
        12,
        "保卫处",
        "消防设施操作员证",
        ("灭火器", "消火栓", "消防设施操作"),
        ("行政楼", "图书馆", "教学楼"),
    ),
    "校卫队员": (16, "保卫处", "保安员证", ("灭火器", "消火栓", "急救"), ("校门",)),
    "宿舍管理员": (0, "公寓管理中心", "", ("灭火器", "消火栓", "疏散引导"), ("宿舍",)),
    "食堂从业人员": (40, "饮食服务中心", "健康证", ("灭火器",), ("食堂",)),
    "电工": (10, "基建与维修中心", "低压电工作业证", ("灭火器",), ("行政楼", "其他")),
    "电梯安全管理员": (5, "后勤保障处", "特种设备安全管理证", ("急救",), ("行政楼", "图书馆")),
    "锅炉工": (4, "后勤保障处", "锅炉作业证", ("灭火器",), ("其他",)),
    "实验室安全员": (18, "化学与材料学院", "危险化学品安全管理证", ("灭火器", "急救"), ("实验楼",)),
    "校医院急救员": (8, "校医院", "红十字救护员证", ("急救",), ("其他",)),
}
TERMS = {
    "健康证": 1,
    "低压电工作业证": 3,
    "特种设备安全管理证": 4,
    "锅炉作业证": 4,
    "危险化学品安全管理证": 3,
    "红十字救护员证": 3,
}  # years; others for life
FIRST_PASS, WEAK_UNIT, WEAK_PASS = 0.88, "饮食服务中心", 0.60
SAME_SCORE_UNIT = "公寓管理中心"  # of the autumn before last everybody passed with 100
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = [f"{first}{second}" for first in ("虚构", "示例", "样本") for second in "甲乙丙丁戊己庚辛壬癸"]


@dataclass
class Post:
    """One person in one post; end is the last day, None while in post."""

    number: str
    name: str
    staff: str
    post: str
    unit: str
    certificate: str
    items: tuple[str, ...]
    at: int
    begin: date
    end: date | None

    def stands(self, day: date) -> bool:
        """In post on that day."""
        return self.begin <= day and (self.end is None or day <= self.end)


@dataclass
class Certificate:
    """valid_until is the last valid day, None for life."""

    number: str
    owner: Post
    code: str
    valid_from: date
    valid_until: date | None
    revoked: date | None = None

    def holds(self, day: date) -> bool:
        """In force on that day."""
        ends = [one for one in (self.valid_until, self.revoked and self.revoked - DAY) if one]
        return self.valid_from <= day and (not ends or day <= min(ends))


@dataclass
class Exam:
    """One sitting. passed None: absent."""

    number: str
    owner: Post
    title: str
    item: str
    at: datetime
    is_resit: bool
    passed: bool | None
    score: int | None


def name(position: int) -> str:
    """An invented name; 600 different ones."""
    return _SURNAMES[position % len(_SURNAMES)] + _GIVEN[position // len(_SURNAMES) % len(_GIVEN)]


def posts(campus: Campus, until: date, seed: int) -> list[Post]:
    """Every chain of holders since 2021, by post; one in eleven leaves a year."""
    random = stream(seed, "posts")
    held_by: list[Post] = []
    for post, (count, unit, certificate, items, kinds) in RECIPES.items():
        homes = np.flatnonzero(np.isin(campus.kind, kinds))
        for slot in range(count or len(homes)):
            at = int(homes[slot % len(homes)])
            where = ("生命科学学院" if slot % 3 == 2 else unit) if post == "实验室安全员" else unit
            begin = date(2021, 3, 1) + timedelta(days=int(random.integers(0, 500)))
            while begin <= until:
                stays = int(random.exponential(11 * 365)) + 60
                end = begin + timedelta(days=stays) if begin + timedelta(days=stays) < until else None
                position = len(held_by)
                held_by.append(
                    Post(
                        f"GW{position + 1:04d}",
                        name(position),
                        f"3{position + 1:06d}",
                        post,
                        where,
                        certificate,
                        items,
                        at,
                        begin,
                        end,
                    )
                )
                if end is None:
                    break
                begin = end + timedelta(days=int(random.integers(3, 40)))
    return held_by


def certificates(held_by: list[Post], until: date, seed: int) -> list[Certificate]:
    """First certificates and their renewals: mostly in time, some late, a few never. One number is written down for
    two people, one certificate was revoked."""
    random = stream(seed, "certificates")
    papers: list[Certificate] = []
    for owner in (one for one in held_by if one.certificate):
        years = TERMS.get(owner.certificate)
        luck = random.random()
        first = (
            owner.begin - timedelta(days=int(random.integers(5, 300)))
            if luck < 0.9
            else owner.begin + timedelta(days=int(random.integers(10, 90)))
        )
        while luck < 0.985 and first <= min(until, owner.end or until):
            last = first.replace(year=first.year + years, day=min(first.day, 28)) - DAY if years else None
            papers.append(Certificate(f"ZS{len(papers) + 1:04d}", owner, f"示{len(papers) + 10001}", first, last))
            lapse = random.random()
            if last is None or (lapse > 0.93 and last > until - 120 * DAY):  # not renewed, and nobody has noticed yet
                break
            first = (
                last
                + DAY
                + timedelta(days=int(random.integers(2, 60)) if lapse > 0.9 else -int(random.integers(2, 30)))
            )
    same = [one for one in papers if one.owner.post == "电工"]
    same[1].code = same[0].code
    living = [
        one
        for one in papers
        if one.valid_until is None and one.owner.end is None and one.valid_from < until - 200 * DAY
    ]
    if living:
        living[0].revoked = until - 30 * DAY
    return papers


def exams(held_by: list[Post], autumns: list[date], until: datetime, seed: int) -> list[Exam]:
    """Each post-holder once a school year, half of the slots in autumn and half in spring; re-sits
    a fortnight later."""
    random, sittings = stream(seed, "trainings"), []
    for first in autumns:
        for shift, season in ((49, "秋季"), (226, "春季")):
            for unit in dict.fromkeys(one.unit for one in held_by):
                day = first + timedelta(days=shift + int(random.integers(0, 5)))
                title = f"{day.year}年{season}{'红十字急救' if unit == '校医院' else '一警六员'}考核"
                alike = unit == SAME_SCORE_UNIT and season == "秋季" and len(autumns) > 1 and first == autumns[-2]
                for number, owner in enumerate(one for one in held_by if one.unit == unit and one.stands(day)):
                    if alike or (number % 2 == (season == "春季") and random.random() < 0.93):
                        sittings += _sitting(owner, title, day, alike, random)
    sittings = sorted((one for one in sittings if one.at < until), key=lambda one: (one.at, one.owner.number, one.item))
    for number, one in enumerate(sittings, 1):
        one.number = f"KH{one.at.year}{number:05d}"
    return sittings


def _sitting(owner: Post, title: str, day: date, alike: bool, random: np.random.Generator) -> list[Exam]:
    """One person's items of one day, and their re-sits."""
    sat, start = [], datetime(day.year, day.month, day.day, int(random.integers(9, 17)))
    for place, item in enumerate(owner.items):
        at = start + timedelta(minutes=20 * place)
        if not alike and random.random() < 0.03:
            sat.append(Exam("", owner, title, item, at, False, None, None))
            continue
        passed = alike or bool(random.random() < (WEAK_PASS if owner.unit == WEAK_UNIT else FIRST_PASS))
        sat.append(Exam("", owner, title, item, at, False, passed, 100 if alike else _score(passed, random)))
        again = at + timedelta(days=14)
        if not passed and random.random() < 0.95 and owner.stands(again.date()):
            better = bool(random.random() < 0.85)
            sat.append(Exam("", owner, f"{title}补考", item, again, True, better, _score(better, random)))
    return sat


def _score(passed: bool, random: np.random.Generator) -> int:
    return int(random.integers(60, 101) if passed else random.integers(25, 60))
