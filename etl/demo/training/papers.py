"""Certificates and examinations as offices export them: old registers, two header rows, later exports that overlap."""

from datetime import datetime

from etl.demo.form.books import Book
from etl.demo.training.people import Certificate, Exam

WRITTEN = {
    "低压电工作业证": "电工证",
    "特种设备安全管理证": "电梯安全管理员证",
    "红十字救护员证": "救护员证",
}  # as the office writes them


def old_papers(papers: list[Certificate], until: datetime) -> Book:
    header = ["编号", "证书名称", "持证人", "工号", "部门", "证书号", "有效期起", "有效期止", "发证机关"]
    valid = [one for one in papers if one.valid_from < until.date()]
    rows: list[list[object]] = [
        [
            one.number,
            WRITTEN.get(one.owner.certificate, one.owner.certificate),
            one.owner.name,
            one.owner.staff,
            one.owner.unit,
            one.code,
            f"{one.valid_from:%Y.%m.%d}",
            f"{one.valid_until:%Y.%m.%d}" if one.valid_until else "长期",
            "示范市主管部门",
        ]
        for one in valid
    ]
    book = Book(f"持证上岗台账_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["持证上岗人员台账"]
    return book


def new_papers(papers: list[Certificate], until: datetime) -> Book:
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

    rows: list[list[object]] = [
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


def old_scores(sittings: list[Exam], until: datetime) -> Book:
    """No word on first sitting or re-sit, and no result but the score: the rules have to tell."""
    header = ["序号", "成绩编号", "姓名", "职工号", "部门", "人员类别", "考核科目", "考试日期", "得分", "说明"]
    called = {"消火栓": "水带连接", "急救": "心肺复苏", "灭火器": "灭火器使用"}
    rows: list[list[object]] = [
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


def nested_scores(sittings: list[Exam], until: datetime) -> Book:
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


def new_scores(sittings: list[Exam], until: datetime) -> Book:
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
