"""What a branch has on record: tasks and their evidence, cases, honours, what the committee asked of it."""

from reports.book.request import ReviewRequest, received
from reports.book.sheets.cells import day, made, portraits
from reports.content.parts import Sheet

TASKS = (
    ("支部", "l"),
    ("任务", "l"),
    ("年度", "l"),
    ("期限", "l"),
    ("完成", "l"),
    ("状态", "l"),
    ("计入本期", "l"),
    ("佐证", "l"),
    ("佐证指向的记录", "l"),
    ("说明", "l"),
)
CASES = (("支部", "l"), ("案例", "l"), ("经过", "l"), ("记录编号", "l"))
HONOURS = (("支部", "l"), ("荣誉", "l"), ("级别", "l"), ("授予单位", "l"), ("日期", "l"), ("佐证", "l"))
ASKED = (("支部", "l"), ("上次检查", "l"), ("党委意见", "l"), ("支部答复", "l"), ("记录", "l"), ("下次检查", "l"))


def tasks(request: ReviewRequest) -> Sheet:
    received(request.build, "brand_tasks")
    rows = [
        [
            portrait.name,
            task.title,
            task.year_text,
            day(task.due_at),
            day(task.done_at),
            task.state,
            "是" if task.is_of_period else "否",
            task.evidence,
            "、".join(record for _, record in task.links),
            task.words,
        ]
        for portrait in portraits(request)
        for task in portrait.tasks
    ]
    return made("任务", TASKS, rows)


def cases(request: ReviewRequest) -> Sheet:
    return made(
        "案例",
        CASES,
        [
            [portrait.name, case.title, case.words, case.record_id]
            for portrait in portraits(request)
            for case in portrait.cases
        ],
    )


def honours(request: ReviewRequest) -> Sheet:
    received(request.build, "honours")
    rows = [
        [portrait.name, honour.title, honour.level, honour.issuer, day(honour.awarded_on), honour.evidence]
        for portrait in portraits(request)
        for honour in portrait.honours
    ]
    return made("荣誉", HONOURS, rows)


def requests(request: ReviewRequest) -> Sheet:
    received(request.build, "brand_plans")
    rows = [
        [
            portrait.name,
            day(portrait.checks.last),
            *(
                [portrait.request.opinion, portrait.request.response or "还没有答复", portrait.request.records]
                if portrait.request
                else [None] * 3
            ),
            day(portrait.checks.next),
        ]
        for portrait in portraits(request)
    ]
    return made("上次要求", ASKED, rows)
