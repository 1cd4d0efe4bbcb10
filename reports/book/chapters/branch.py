"""One branch on a page: brand, outcomes against its own past and what was to be expected, tasks, campaigns, cases,
honours, what was asked."""

from metrics.branches import own_past
from metrics.branches import tasks as branch_tasks
from metrics.branches.portrait import Portrait, Task
from metrics.define import numbers
from metrics.methods.verdict import NORMAL, WORDS
from reports.book.chapters import campaign
from reports.book.request import ReviewRequest, received
from reports.book.wording import change, counts, expected, label, past, value
from reports.book.wording import told as judged
from reports.content.failures import computed, reason
from reports.content.parts import Line, Link, Section, Table

OUTCOMES = ("指标", "本期", "分子 / 分母", "过去", "过去的分子 / 分母", "变化", "期望值", "与预期比")
TASKS = ("任务", "期限", "完成", "佐证", "状态")
BRAND = (("brand", "名称"), ("meaning", "内涵"), ("carrier", "载体"), ("effect", "成效"))
MOST, TOLD = 3, 3  # honours and cases on paper: a branch is one page; all of them stand in the workbook
UNWRITTEN = "支部没有填写"


def chapter(request: ReviewRequest, branch: str) -> Section:
    """Everything of one branch; where its portrait cannot be made, what the review says still stands."""
    name = request.branches[branch]
    outcomes = computed("outcomes", "各项成果", lambda: _outcomes(request, branch))
    try:
        portrait = request.portrait(branch)
    except Exception as error:
        failed = Section("portrait", "品牌、任务、案例", failure=reason(error, "part portrait"))
        return Section(branch, name, parts=(outcomes, failed))
    parts = (
        computed("brand", "品牌", lambda: _brand(request, portrait)),
        outcomes,
        computed("tasks", "任务与佐证", lambda: _tasks(request, portrait)),
        computed("campaigns", "专项行动前后", lambda: campaign.part(request, portrait)),
        computed("cases", "案例", lambda: _cases(portrait)),
        computed("honours", "荣誉", lambda: _honours(request, portrait)),
        computed("asked", "上次要求与回应", lambda: _last_time(request, portrait)),
    )
    title = f"{name}　{portrait.brand}" if portrait.brand else name
    return Section(
        branch,
        title,
        computed("answer", "", lambda: Section("answer", "", _answer(request, branch))).sentence,
        parts=parts,
    )


def _answer(request: ReviewRequest, branch: str) -> str:
    """「与自己的过去比：按期整改率好转，其余正常波动。与预期比，8 项都在正常波动内。」"""
    told = [(outcome, outcome.of(branch)) for outcome in request.review.outcomes if outcome.standings]
    changed = [
        f"{outcome.metric.label}{change(standing)}" for outcome, standing in told if standing.earlier.good is not None
    ]
    own_verdicts = [(outcome, one) for outcome, one in told if outcome.is_compared and one.is_judged]
    own_verdicts.sort(key=lambda pair: not pair[1].is_clear)
    odd = [f"{outcome.metric.label}{one.told}" for outcome, one in own_verdicts if not one.verdict.is_normal]
    untold = all(standing.earlier.verdict == own_past.UNTOLD for _, standing in told)
    own = f"{'、'.join(changed)}，其余正常波动或不作比较" if changed else "没有可比的项" if untold else WORDS[NORMAL]
    count = len(own_verdicts)
    others = (
        f"{'；'.join(odd)}，其余正常波动" if odd else f"可比的 {count} 项都在正常波动内" if count else "没有可比的项"
    )
    return f"与自己的过去比，{own}；与预期比，{others}。"


def _brand(request: ReviewRequest, portrait: Portrait) -> Section:
    received(request.build, "brand_plans")
    if not portrait.year_text and not any(getattr(portrait, name) for name, _ in BRAND[1:]):
        named = f"品牌名称：{portrait.brand}；" if portrait.brand else ""
        return Section("brand", "品牌", f"{named}没有这个支部的品牌计划。")
    written = "；".join(f"{label_of}：{getattr(portrait, name) or UNWRITTEN}" for name, label_of in BRAND)
    return Section("brand", f"品牌（{portrait.year_text}计划）" if portrait.year_text else "品牌", f"{written}。")


def _outcomes(request: ReviewRequest, branch: str) -> Section:
    told = [(outcome, outcome.of(branch)) for outcome in request.review.outcomes if outcome.standings]
    rows = tuple(
        (
            label(outcome.metric),
            value(outcome, standing),
            counts(outcome, standing),
            *past(outcome, standing),
            change(standing),
            expected(outcome, standing),
            _judged(outcome, standing),
        )
        for outcome, standing in told
    )
    compared = next((standing.earlier.period for _, standing in told if standing.earlier.period), None)
    beside = "".join(
        f"看{outcome.metric.label}时一并看{standing.beside}。"
        for outcome, standing in told
        if standing.beside and standing.whole
    )
    note = beside + (
        f"过去：{compared.label}，只取同样的天数。" if compared else "没有更早的同类时段，不与自己的过去比。"
    )
    return Section(
        "outcomes",
        "各项成果",
        tables=(Table("", OUTCOMES, rows, "lrrrrlrl", nothing="这一期还没有任何一项的记录。"),),
        note=note,
    )


def _judged(outcome, standing) -> str:
    """The word, and the place below it where there is one."""
    word = judged(outcome, standing)
    return f"{word}\n{standing.word}" if standing.rank else word


def _tasks(request: ReviewRequest, portrait: Portrait) -> Section:
    received(request.build, "brand_tasks")
    if not portrait.tasks:
        return Section("tasks", "任务与佐证", "没有登记这一期的品牌任务。")
    due = [task for task in portrait.tasks if task.is_of_period and task.state != branch_tasks.VOID]
    years = len({task.year_text for task in due}) > 1
    counted = {state: sum(task.state == state for task in due) for state in branch_tasks.STATES}
    states = "，".join(f"{state} {count} 项" for state, count in counted.items() if count)
    sentence = f"期限落在本期的任务 {len(due)} 项：{states}。" if due else "没有期限落在本期的任务。"
    rest = len(portrait.tasks) - len(due)
    note = "没有佐证的任务算没有完成。" + (f"另有 {rest} 项已取消或期限不在本期，见 Excel。" if rest else "")
    shown = (
        (Table("", TASKS, tuple(_task(task, years) for task in due), "lllll", tuple(_record(task) for task in due)),)
        if due
        else ()
    )
    return Section("tasks", "任务与佐证", sentence, tables=shown, note=note)


def _task(task: Task, years: bool) -> tuple[str, ...]:
    return (
        f"{task.title}（{task.year_text}）" if years else task.title,
        _day(task.due_at),
        _day(task.done_at),
        task.evidence or "没有",
        task.state,
    )


def _record(task: Task) -> Link | None:
    """The first record its evidence names."""
    return Link("records", (("record", ":".join(task.links[0])),)) if task.links else None


def _day(moment) -> str:
    return f"{moment:%Y-%m-%d}" if moment else numbers.NONE


def _cases(portrait: Portrait) -> Section:
    lines = tuple(
        Line(
            f"{case.title}。{case.words}（{case.record_id}）",
            "",
            Link("records", (("record", f"{case.table}:{case.record_id}"),)),
        )
        for case in portrait.cases[:TOLD]
    )
    return Section("cases", "案例", "" if lines else "这一期没有已经了结的记录可以作案例。", lines)


def _honours(request: ReviewRequest, portrait: Portrait) -> Section:
    received(request.build, "honours")
    if not portrait.honours:
        return Section("honours", "荣誉", "没有登记荣誉。")
    shown = "；".join(
        "，".join(filter(None, (_day(honour.awarded_on), honour.title, honour.level, honour.issuer)))
        for honour in portrait.honours[:MOST]
    )
    rest = len(portrait.honours) - MOST
    note = "荣誉只作佐证，不计入任何比率；证书名见 Excel。" + (f"另有更早的 {rest} 项。" if rest > 0 else "")
    return Section("honours", "荣誉", f"{shown}。", note=note)


def _last_time(request: ReviewRequest, portrait: Portrait) -> Section:
    """What the committee asked, what the branch answered, what the records say; then the checks."""
    received(request.build, "brand_plans")
    request_words = f"{portrait.request.words.rstrip('。')}。" if portrait.request else "党委还没有登记过意见。"
    lines = (
        Line(f"{request_words}{portrait.checks.words.rstrip('。')}。"),
        *([Line(portrait.request.records)] if portrait.request else []),
    )
    return Section("asked", "上次要求与回应", lines=lines)
