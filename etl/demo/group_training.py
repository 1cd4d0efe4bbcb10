"""Rosters, certificates and examinations as offices keep them: an old text file, two header rows, later exports that overlap."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from etl.demo import training_people as drawn
from etl.demo.books import Book
from etl.demo.campus import Campus, Days
from etl.demo.training_people import Certificate, Exam, Post
from etl.demo.truth import Tally

NAMES = ("posts", "certificates", "trainings")
VANISHED = 3  # the fourth of those in post is missing in the newest roster, without a last day
_CALLED = {
    "低压电工作业证": "电工证",
    "特种设备安全管理证": "电梯安全管理员证",
    "红十字救护员证": "救护员证",
}  # as the office writes them


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Iterator[tuple[str, Book, datetime]]:
    """Every file of the group with its source and the moment of its export."""
    held_by = drawn.posts(place, data_date.date(), seed)
    papers = drawn.certificates(held_by, data_date.date(), seed)
    sittings = drawn.exams(held_by, autumns, data_date, seed)
    _count(held_by, papers, sittings, data_date, tally)
    term = datetime.combine(autumns[-1], time(8))
    yield "posts", _old_roster(place, held_by, term), term
    yield "posts", _new_roster(place, held_by, term, data_date), data_date
    yield "certificates", _old_papers(papers, term), term
    yield "certificates", _new_papers(papers, data_date), data_date
    edge = datetime.combine(autumns[-2] if len(autumns) > 1 else autumns[-1], time(8))
    if old := [one for one in sittings if one.at < edge]:
        yield "trainings", _old_scores(old, edge), edge
    if last := [one for one in sittings if edge <= one.at < term]:
        yield "trainings", _nested_scores(last, term), term
    if new := [one for one in sittings if one.at >= term - timedelta(days=120)]:
        yield "trainings", _new_scores(new, data_date), data_date


def _old_roster(place: Campus, held_by: list[Post], until: datetime) -> Book:
    """Everybody since the register began, as a text file in the old encoding."""
    header = [
        "序号",
        "编号",
        "岗位名称",
        "姓名",
        "职工号",
        "所在部门",
        "值守地点",
        "持证要求",
        "应考项目",
        "上岗日期",
        "离岗日期",
    ]
    known = [one for one in held_by if one.begin < until.date()]
    rows = [
        [
            str(at),
            one.number,
            one.post,
            one.name,
            one.staff,
            one.unit,
            place.name[one.at],
            one.certificate or "无",
            "，".join(one.items),
            f"{one.begin:%Y/%m/%d}",
            f"{one.end:%Y/%m/%d}" if one.end and one.end < until.date() else "",
        ]
        for at, one in enumerate(known, 1)
    ]
    return Book(f"应考核人员岗位花名册_{until:%Y%m%d%H%M%S}.csv", header, rows)


def _new_roster(place: Campus, held_by: list[Post], since: datetime, until: datetime) -> Book:
    header = [
        "岗位编号",
        "岗位",
        "姓名",
        "工号",
        "所在单位",
        "工作地点",
        "所需证书",
        "应考核项目",
        "到岗日期",
        "离岗日期",
        "备注",
    ]
    staying = [one for one in held_by if one.end is None][VANISHED]
    known = [one for one in held_by if (one.end is None or one.end >= since.date()) and one is not staying]
    rows = [
        [
            one.number,
            one.post,
            one.name,
            one.staff,
            one.unit,
            place.name[one.at],
            _CALLED.get(one.certificate, one.certificate) or "—",
            "、".join(one.items),
            f"{one.begin:%Y-%m-%d}",
            f"{one.end:%Y-%m-%d}" if one.end else "",
            "",
        ]
        for one in known
    ]
    book = Book(f"岗位花名册_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["示范大学应考核、应持证岗位花名册"]
    book.footer = [["合计", f"{len(rows)}人"]]
    return book


def _old_papers(papers: list[Certificate], until: datetime) -> Book:
    header = ["编号", "证书名称", "持证人", "工号", "部门", "证书号", "有效期起", "有效期止", "发证机关"]
    known = [one for one in papers if one.valid_from < until.date()]
    rows = [
        [
            one.number,
            _CALLED.get(one.owner.certificate, one.owner.certificate),
            one.owner.name,
            one.owner.staff,
            one.owner.unit,
            one.code,
            f"{one.valid_from:%Y.%m.%d}",
            f"{one.valid_until:%Y.%m.%d}" if one.valid_until else "长期",
            "示范市主管部门",
        ]
        for one in known
    ]
    book = Book(f"持证上岗台账_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["持证上岗人员台账"]
    return book


def _new_papers(papers: list[Certificate], until: datetime) -> Book:
    header = [
        "登记编号",
        "姓名",
        "工号",
        "所在单位",
        "证书类型",
        "证书编号",
        "发证日期",
        "有效期至",
        "状态",
        "注销日期",
    ]
    today = until.date()

    def state(one: Certificate) -> str:
        return "注销" if one.revoked else "有效" if one.holds(today) else "过期"

    rows = [
        [
            one.number,
            one.owner.name,
            one.owner.staff,
            one.owner.unit,
            one.owner.certificate,
            f"'{one.code}",
            f"{one.valid_from:%Y年%-m月%-d日}",
            f"{one.valid_until:%Y年%-m月%-d日}" if one.valid_until else "长期有效",
            state(one),
            f"{one.revoked:%Y年%-m月%-d日}" if one.revoked else "/",
        ]
        for one in papers
    ]
    book = Book(f"证书台账_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.hidden = [["证书类型"], *([one] for one in dict.fromkeys(paper.owner.certificate for paper in papers))]
    return book


def _old_scores(sittings: list[Exam], until: datetime) -> Book:
    """No word on first sitting or re-sit, and no result but the score: the rules have to tell."""
    header = ["序号", "成绩编号", "姓名", "职工号", "部门", "人员类别", "考核科目", "考试日期", "得分", "说明"]
    called = {"消火栓": "水带连接", "急救": "心肺复苏", "灭火器": "灭火器使用"}
    rows = [
        [
            str(at),
            one.number,
            one.owner.name,
            one.owner.staff,
            one.owner.unit,
            one.owner.post,
            called.get(one.item, one.item),
            f"{one.at:%Y/%m/%d %H:%M}",
            "—" if one.score is None else f"{one.score}分",
            "缺席" if one.passed is None else "",
        ]
        for at, one in enumerate(sittings, 1)
    ]
    return Book(f"消防实训考核成绩_{until:%Y%m%d%H%M%S}.csv", header, rows)


def _nested_scores(sittings: list[Exam], until: datetime) -> Book:
    """Two header rows, as an approval form's detail table has them."""
    header = [
        "记录编号",
        "考核批次",
        "姓名",
        "工号",
        "所在单位",
        "岗位",
        "项目",
        "考核日期",
        "考次",
        "成绩",
        "是否合格",
    ]
    groups = ["", "", "人员", "人员", "人员", "人员", "考核", "考核", "考核", "考核", "考核"]
    book = Book(
        f"一警六员考核成绩_{until:%Y%m%d%H%M%S}.xlsx",
        header,
        [_scored(one, "第一次", "第二次") for one in sittings],
        groups=groups,
    )
    return book


def _new_scores(sittings: list[Exam], until: datetime) -> Book:
    header = [
        "记录编号",
        "考核名称",
        "姓名",
        "工号",
        "所在单位",
        "人员类别",
        "考核项目",
        "考核时间",
        "考核性质",
        "成绩",
        "考核结果",
    ]
    book = Book(f"技能考核成绩_{until:%Y%m%d%H%M%S}.xlsx", header, [_scored(one, "首考", "补考") for one in sittings])
    book.title = ["示范大学消防安全技能考核成绩册"]
    book.footer = [["合计", f"{len(sittings)}人次"]]
    return book


def _scored(one: Exam, first: str, again: str) -> list[object]:
    result = "缺考" if one.passed is None else "合格" if one.passed else "不合格"
    return [
        one.number,
        one.title,
        one.owner.name,
        one.owner.staff,
        one.owner.unit,
        one.owner.post,
        one.item,
        f"{one.at:%Y-%m-%d %H:%M:%S}",
        again if one.is_resit else first,
        "" if one.score is None else str(one.score),
        result,
    ]


def _count(
    held_by: list[Post], papers: list[Certificate], sittings: list[Exam], data_date: datetime, tally: Tally
) -> None:
    """What is true at the data date, counted by hand: person by person, without pieces of time."""
    today, year = data_date.date(), data_date - timedelta(days=365)
    needing = [one for one in held_by if one.certificate and one.stands(today)]
    by_owner: dict[str, list[Certificate]] = {}
    for paper in papers:
        by_owner.setdefault(paper.owner.number, []).append(paper)
    valid = [one for one in needing if any(paper.holds(today) for paper in by_owner.get(one.number, ()))]
    obliged = [(one, item) for one in held_by if one.stands(today) for item in one.items]
    seen = {(one.owner.number, one.item) for one in sittings if one.passed is not None and one.at > year}
    first = [one for one in sittings if one.passed is not None and not one.is_resit]
    tally.totals |= {
        "posts": len(held_by),
        "posts_in_post": sum(one.stands(today) for one in held_by),
        "certificates": len(papers),
        "trainings": len(sittings),
        "trainings_examined": sum(one.passed is not None for one in sittings),
        "trainings_first": len(first),
        "trainings_first_pass": sum(bool(one.passed) for one in first),
        "training_duties": len(obliged),
        "training_duties_covered": sum((one.number, item) in seen for one, item in obliged),
        "certificate_duties": len(needing),
        "certificate_duties_valid": len(valid),
    }
    for ahead in (30, 60, 90):
        later = today + timedelta(days=ahead + 1)  # 30 days left are within 30 days
        tally.totals[f"certificate_duties_expiring_{ahead}"] = sum(
            not any(paper.valid_from <= today and paper.holds(later) for paper in by_owner[one.number]) for one in valid
        )
