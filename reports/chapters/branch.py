"""One branch on a page: brand, outcomes against its own past and what was to be expected, tasks, campaigns, cases, honours, what was asked."""

from metrics.branches import own_past
from metrics.branches import tasks as branch_tasks
from metrics.branches.portrait import Portrait, Task
from metrics.define import numbers
from metrics.methods import funnel
from reports.chapters import Asked, band, campaign, change, counts, expected, label, part, past, received, value
from reports.parts import Line, Link, Section, Table

OUTCOMES = ("指标", "本期", "分子 / 分母", "过去", "过去的分子 / 分母", "变化", "期望值", "判断")
TASKS = ("任务", "期限", "完成", "佐证", "状态")
BRAND = (("brand", "名称"), ("meaning", "内涵"), ("carrier", "载体"), ("effect", "成效"))
MOST, TOLD = 3, 3  # honours and cases on paper: a branch is one page; all of them stand in the workbook
UNWRITTEN = "支部没有填写"
WITHIN = funnel.WITHIN
BANDS = (funnel.ABOVE, WITHIN, funnel.BELOW)


def chapter(asked: Asked, branch: str) -> Section:
    """Everything of one branch; where its portrait cannot be made, what the review says still stands."""
    name = asked.branches[branch]
    try:
        found, failed = asked.portrait(branch), None
    except Exception as error:
        found, failed = None, error
    outcomes = part("outcomes", "各项成果", lambda: _outcomes(asked, branch))
    if found is None:
        return Section(branch, name, parts=(outcomes, part("portrait", "品牌、任务、案例", lambda: _raised(failed))))
    parts = (
        part("brand", "品牌", lambda: _brand(asked, found)),
        outcomes,
        part("tasks", "任务与佐证", lambda: _tasks(asked, found)),
        part("campaigns", "专项行动前后", lambda: campaign.part(asked, found)),
        part("cases", "案例", lambda: _cases(found)),
        part("honours", "荣誉", lambda: _honours(asked, found)),
        part("asked", "上次要求与回应", lambda: _last_time(asked, found)),
    )
    title = f"{name}　{found.brand}" if found.brand else name
    return Section(
        branch, title, part("answer", "", lambda: Section("answer", "", _answer(asked, branch))).sentence, parts=parts
    )


def _raised(error: Exception) -> Section:
    raise error


def _answer(asked: Asked, branch: str) -> str:
    """「与自己的过去比：按期整改率好转，其余看不出变化。与别的支部比：8 项都符合预期。」"""
    known = [(one, one.of(branch)) for one in asked.review.outcomes if one.standings]
    changed = [f"{one.metric.label}{change(standing)}" for one, standing in known if standing.earlier.good is not None]
    judged = [(one, standing) for one, standing in known if one.is_compared and standing.band in BANDS]
    odd = [f"{one.metric.label}{standing.band}" for one, standing in judged if standing.band != WITHIN]
    untold = all(standing.earlier.verdict == own_past.UNTOLD for _, standing in known)
    own = f"{'、'.join(changed)}，其余看不出变化或不作比较" if changed else "没有可比的项" if untold else "看不出变化"
    others = (
        f"{'、'.join(odd)}，其余符合预期" if odd else f"可比的 {len(judged)} 项都符合预期" if judged else "没有可比的项"
    )
    return f"与自己的过去比，{own}；与别的支部比，{others}。"


def _brand(asked: Asked, found: Portrait) -> Section:
    received(asked.build, "brand_plans")
    if not found.year_text and not any(getattr(found, name) for name, _ in BRAND[1:]):
        named = f"品牌名称：{found.brand}；" if found.brand else ""
        return Section("brand", "品牌", f"{named}没有这个支部的品牌计划。")
    said = "；".join(f"{said}：{getattr(found, name) or UNWRITTEN}" for name, said in BRAND)
    return Section("brand", f"品牌（{found.year_text}计划）" if found.year_text else "品牌", f"{said}。")


def _outcomes(asked: Asked, branch: str) -> Section:
    known = [(one, one.of(branch)) for one in asked.review.outcomes if one.standings]
    rows = tuple(
        (
            label(one.metric),
            value(one, standing),
            counts(one, standing),
            *past(one, standing),
            change(standing),
            expected(one, standing),
            _judged(one, standing),
        )
        for one, standing in known
    )
    compared = next((standing.earlier.period for _, standing in known if standing.earlier.period), None)
    beside = "".join(
        f"看{one.metric.label}时一并看{standing.beside}。"
        for one, standing in known
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


def _judged(one, standing) -> str:
    """The band, and the place below it where there is one."""
    return f"{band(one, standing)}\n{standing.word}" if standing.rank else band(one, standing)


def _tasks(asked: Asked, found: Portrait) -> Section:
    received(asked.build, "brand_tasks")
    if not found.tasks:
        return Section("tasks", "任务与佐证", "没有登记这一期的品牌任务。")
    due = [one for one in found.tasks if one.is_of_period and one.state != branch_tasks.VOID]
    years = len({one.year_text for one in due}) > 1
    counted = {state: sum(one.state == state for one in due) for state in branch_tasks.STATES}
    said = "，".join(f"{state} {count} 项" for state, count in counted.items() if count)
    sentence = f"期限落在本期的任务 {len(due)} 项：{said}。" if due else "没有期限落在本期的任务。"
    rest = len(found.tasks) - len(due)
    note = "没有佐证的任务算没有完成。" + (f"另有 {rest} 项已取消或期限不在本期，见 Excel。" if rest else "")
    shown = (
        (Table("", TASKS, tuple(_task(one, years) for one in due), "lllll", tuple(_record(one) for one in due)),)
        if due
        else ()
    )
    return Section("tasks", "任务与佐证", sentence, tables=shown, note=note)


def _task(one: Task, years: bool) -> tuple[str, ...]:
    return (
        f"{one.title}（{one.year_text}）" if years else one.title,
        _day(one.due_at),
        _day(one.done_at),
        one.evidence or "没有",
        one.state,
    )


def _record(one: Task) -> Link | None:
    """The first record its evidence names."""
    return Link("records", (("record", ":".join(one.links[0])),)) if one.links else None


def _day(moment) -> str:
    return f"{moment:%Y-%m-%d}" if moment else numbers.NONE


def _cases(found: Portrait) -> Section:
    lines = tuple(
        Line(
            f"{one.title}。{one.words}（{one.record_id}）",
            "",
            Link("records", (("record", f"{one.table}:{one.record_id}"),)),
        )
        for one in found.cases[:TOLD]
    )
    return Section("cases", "案例", "" if lines else "这一期没有已经了结的记录可以作案例。", lines)


def _honours(asked: Asked, found: Portrait) -> Section:
    received(asked.build, "honours")
    if not found.honours:
        return Section("honours", "荣誉", "没有登记荣誉。")
    shown = "；".join(
        "，".join(filter(None, (_day(one.awarded_on), one.title, one.level, one.issuer)))
        for one in found.honours[:MOST]
    )
    rest = len(found.honours) - MOST
    note = "荣誉只作佐证，不计入任何比率；证书名见 Excel。" + (f"另有更早的 {rest} 项。" if rest > 0 else "")
    return Section("honours", "荣誉", f"{shown}。", note=note)


def _last_time(asked: Asked, found: Portrait) -> Section:
    """What the committee asked, what the branch answered, what the records say; then the checks."""
    received(asked.build, "brand_plans")
    said = f"{found.request.words.rstrip('。')}。" if found.request else "党委还没有登记过意见。"
    lines = (
        Line(f"{said}{found.checks.words.rstrip('。')}。"),
        *([Line(found.request.records)] if found.request else []),
    )
    return Section("asked", "上次要求与回应", lines=lines)
