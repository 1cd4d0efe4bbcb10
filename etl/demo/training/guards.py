"""Guards of two contractors: the roster as it stood, with those who left."""

from datetime import date, datetime, timedelta

import numpy as np

from etl.demo.campus.campus import Campus
from etl.demo.form.books import Book
from etl.demo.form.columns import stream
from etl.demo.training.people import name

DAY = timedelta(days=1)
COMPANIES = {
    "示例保安服务有限公司": (58, 0.95),
    "平安样例物业有限公司": (38, 0.74),
}  # guards, share trained before the post
POSTS = {"门岗": 8, "巡逻岗": 7, "监控岗": 2, "宿舍门岗": 6}


def guards_of(place: Campus, start: date, until: date, seed: int) -> list[dict]:
    """Every guard since a little before the first day; about three in ten leave a year."""
    random = stream(seed, "contractors")
    guards: list[dict] = []
    weights = np.array(list(POSTS.values())) / sum(POSTS.values())
    for company, (count, trained) in COMPANIES.items():
        for _ in range(count):
            post = str(random.choice(list(POSTS), p=weights))
            homes = np.flatnonzero(
                np.isin(place.kind, {"门岗": ["校门"], "宿舍门岗": ["宿舍"]}.get(post, ["行政楼", "图书馆", "教学楼"]))
            )
            at, joined = int(random.choice(homes)), start - timedelta(days=int(random.integers(0, 300)))
            while joined <= until:
                left = joined + timedelta(days=int(random.exponential(3.2 * 365)) + 20)
                before, has_paper = random.random() < trained, random.random() < 0.93
                guards.append(
                    {
                        "id": f"BA{len(guards) + 1:04d}",
                        "name": name(len(guards) + 250),
                        "company": company,
                        "post": post,
                        "at": at,
                        "joined": joined,
                        "trained": joined - int(random.integers(0, 6)) * DAY if before else None,
                        "paper": f"保{len(guards) + 20001}" if has_paper else "",
                        "left": left if left < until else None,
                    }
                )
                if left >= until:
                    break
                joined = left + timedelta(days=int(random.integers(2, 25)))
    return guards


def roster(place: Campus, guards: list[dict], since: date | None, until: datetime) -> Book:
    header = [
        "编号",
        "姓名",
        "联系电话",
        "保安公司",
        "岗位",
        "派驻地点",
        "入职日期",
        "岗前培训",
        "保安员证号",
        "离职日期",
        "状态",
    ]
    day = until.date()
    listed = [
        guard
        for guard in guards
        if guard["joined"] < day and (since is None or guard["left"] is None or guard["left"] >= since)
    ]
    rows = []
    for at, guard in enumerate(listed):
        left = guard["left"] if guard["left"] and guard["left"] < day else None
        rows.append(
            [
                guard["id"],
                guard["name"],
                f"1380000{at:04d}",
                guard["company"],
                guard["post"],
                place.name[guard["at"]],
                f"{guard['joined']:%Y-%m-%d}",
                f"{guard['trained']:%Y-%m-%d}" if guard["trained"] else "无",
                guard["paper"],
                f"{left:%Y-%m-%d}" if left else "",
                "离职" if left else "在岗",
            ]
        )
    book = Book(f"外协保安员花名册_{until:%Y%m%d%H%M%S}.xlsx", header, rows)
    book.title = ["外协保安员花名册"]
    book.footer = [["合计", f"{len(rows)}人"]]
    return book
