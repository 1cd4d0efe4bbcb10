"""Rosters of posts, their certificates and examinations: an old text file, two header rows, later exports that
overlap."""

from datetime import date, datetime, time, timedelta

from etl.demo.campus.campus import Campus, Days
from etl.demo.form.books import Book, Files
from etl.demo.form.truth import Tally
from etl.demo.training import papers as paper_files
from etl.demo.training import people as drawn
from etl.demo.training.people import Certificate, Exam, Post

NAMES = ("posts", "certificates", "trainings")
VANISHED = 3  # the fourth of those in post is missing in the newest roster, without a last day


def books(
    place: Campus, days: Days, autumns: list[date], data_date: datetime, scale: float, seed: int, tally: Tally
) -> Files:
    """Every file of the group with its source and the moment of its export."""
    held_by = drawn.posts(place, data_date.date(), seed)
    papers = drawn.certificates(held_by, data_date.date(), seed)
    sittings = drawn.exams(held_by, autumns, data_date, seed)
    _count(held_by, papers, sittings, data_date, tally)
    term = datetime.combine(autumns[-1], time(8))
    yield "posts", _old_roster(place, held_by, term), term
    yield "posts", _new_roster(place, held_by, term, data_date), data_date
    yield "certificates", paper_files.old_papers(papers, term), term
    yield "certificates", paper_files.new_papers(papers, data_date), data_date
    edge = datetime.combine(autumns[-2] if len(autumns) > 1 else autumns[-1], time(8))
    if old := [one for one in sittings if one.at < edge]:
        yield "trainings", paper_files.old_scores(old, edge), edge
    if last := [one for one in sittings if edge <= one.at < term]:
        yield "trainings", paper_files.nested_scores(last, term), term
    if new := [one for one in sittings if one.at >= term - timedelta(days=120)]:
        yield "trainings", paper_files.new_scores(new, data_date), data_date


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
    listed = [post for post in held_by if post.begin < until.date()]
    rows = [
        [
            str(at),
            post.number,
            post.post,
            post.name,
            post.staff,
            post.unit,
            place.name[post.at],
            post.certificate or "无",
            "，".join(post.items),
            f"{post.begin:%Y/%m/%d}",
            f"{post.end:%Y/%m/%d}" if post.end and post.end < until.date() else "",
        ]
        for at, post in enumerate(listed, 1)
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
    staying = [post for post in held_by if post.end is None][VANISHED]
    listed = [post for post in held_by if (post.end is None or post.end >= since.date()) and post is not staying]
    rows = [
        [
            post.number,
            post.post,
            post.name,
            post.staff,
            post.unit,
            place.name[post.at],
            paper_files.WRITTEN.get(post.certificate, post.certificate) or "—",
            "、".join(post.items),
            f"{post.begin:%Y-%m-%d}",
            f"{post.end:%Y-%m-%d}" if post.end else "",
            "",
        ]
        for post in listed
    ]
    book = Book(f"岗位花名册_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["示范大学应考核、应持证岗位花名册"]
    book.footer = [["合计", f"{len(rows)}人"]]
    return book


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
