"""A branch's page as small HTML: its brand, its outcomes, its tasks with their evidence, its cases. Pure, everything
escaped; prints as it stands."""

import re
from collections.abc import Callable
from datetime import datetime, time

from metrics.branches.portrait import Case, Honour, Portrait, Task
from metrics.branches.review import JudgedRate, Review, Standing
from metrics.branches.tasks import LATE, NO_EVIDENCE, ON_TIME, OVERDUE, VOID
from ui.charts import colours
from ui.charts.branch import colour
from ui.frame.words import escaped

LIKE = "相比："
COLOURS = {ON_TIME: colours.GOOD, LATE: colours.WARNING, NO_EVIDENCE: colours.BAD, OVERDUE: colours.BAD}


def brand(portrait: Portrait) -> str:
    """名称, 内涵, 载体, 成效 as the branch wrote them."""
    year = f"（{portrait.year_text}）" if portrait.year_text else ""
    parts = (
        (f"名称{year}", portrait.brand, "name"),
        ("内涵", portrait.meaning, ""),
        ("载体", portrait.carrier, ""),
        ("成效（支部自述）", portrait.effect, ""),
    )
    return f'<dl class="brand">{"".join(_brand_part(*part) for part in parts)}</dl>'


def _brand_part(label: str, text: str, mark: str) -> str:
    return f'<div class="{mark}"><dt>{escaped(label)}</dt><dd>{escaped(text or "没有填写")}</dd></div>'


def outcomes(review: Review, branch: str, records: Callable[[JudgedRate], str]) -> str:
    """Every outcome of one branch: now, its own past, then what was to be expected of it."""
    rows = "".join(
        _outcome(outcome, outcome.of(branch), records(outcome)) for outcome in review.outcomes if outcome.standings
    )
    return _table(("指标", "本期", "与自己的过去比", "预期", "与预期比"), rows, right=(1, 3))


def like_days(review: Review, branch: str) -> str:
    """How a period that is not over is compared with the past, said once: 「本期未满，…与上年同学期同样 83 天相比」."""
    sentences = (outcome.of(branch).earlier.words for outcome in review.outcomes if outcome.standings)
    return next((text.partition(LIKE)[0] + LIKE.rstrip("：") for text in sentences if LIKE in text), "")


def _outcome(outcome: JudgedRate, standing: Standing, address: str) -> str:
    metric = outcome.metric
    has_value = standing.value == standing.value
    pair = (
        f"<small>{escaped(metric.show_part_whole(standing.part, standing.whole))}</small>"
        if metric.is_rate and has_value
        else ""
    )
    beside = f"<small>{_kept(standing.beside)}</small>" if standing.beside else ""
    now = f'<a href="{escaped(address)}">{escaped(metric.show(standing.value))}</a>' if has_value else "—"
    tone = {True: colours.GOOD, False: colours.BAD, None: ""}[standing.earlier.good]
    verdict = (
        f'<span class="state" style="color:{tone}">{"好转" if standing.earlier.good else "变差"}</span>'
        if tone
        else escaped(standing.earlier.verdict)
    )
    expected = "—" if not standing.whole or standing.expected != standing.expected else _expected(outcome, standing)
    return (
        f'<tr><td class="lead">{escaped(metric.label)}{beside}</td><td class="r">{now}{pair}</td>'
        f'<td class="text">{verdict}<small>{_kept(standing.earlier.words.rpartition(LIKE)[2])}</small></td>'
        f'<td class="r" data-label="预期">{expected}</td><td class="band">{_band(outcome, standing)}</td></tr>'
    )


def _kept(text: str) -> str:
    """Escaped, with no break between a number and what belongs to it."""
    return escaped(text).replace(" %", "&nbsp;%").replace(" / ", "&nbsp;/&nbsp;")


def _expected(outcome: JudgedRate, standing: Standing) -> str:
    """The expected on the number's own scale."""
    metric = outcome.metric
    return escaped(
        metric.show(
            standing.expected if metric.is_amount else standing.expected_value * (1 if metric.is_rate else metric.per)
        )
    )


def _band(outcome: JudgedRate, standing: Standing) -> str:
    if not outcome.is_compared:
        return f"<small>{escaped(outcome.note or '只列数字，不评价')}</small>"
    style = f' style="color:{colour(standing, outcome.metric)}"' if standing.is_clear else ""
    show = outcome.metric.show
    between = (
        f"<small>偶然会有的范围 {escaped(show(standing.limits[0]))} 至 {escaped(show(standing.limits[1]))}</small>"
        if standing.limits[0] == standing.limits[0]
        else ""
    )
    return (
        f'<span class="state"{style}>{escaped(standing.told)}</span>'
        f"{between}{f'<small>{escaped(standing.word)}</small>' if standing.rank else ''}"
    )


def tasks(branch_tasks: tuple[Task, ...], record: Callable[[tuple[str, str]], str], own: Callable[[Task], str]) -> str:
    """Each task with its state and its evidence; what the evidence names opens that record, the title the task's own.
    Those due in the period first."""
    heads = ("任务", "年度", "到期", "完成", "状态", "佐证")
    ordered = sorted(branch_tasks, key=lambda task: not task.is_of_period)
    return _table(heads, "".join(_task(task, record, own) for task in ordered))


def _task(task: Task, record: Callable[[tuple[str, str]], str], own: Callable[[Task], str]) -> str:
    due, done = (f"{moment:%Y-%m-%d}" if moment else "—" for moment in (task.due_at, task.done_at))
    evidence = escaped(
        "没有佐证，算没有完成"
        if task.state == NO_EVIDENCE
        else task.evidence or ("已取消，不计入" if task.state == VOID else "—")
    )
    mark = ' class="off"' if task.state == VOID else ""
    title = f'<a class="task" href="{escaped(own(task))}">{escaped(task.title)}</a>' + (
        "" if task.is_of_period else "<small>不在本期到期</small>"
    )
    return (
        f'<tr{mark}><td class="lead">{title}</td><td class="day">{escaped(task.year_text)}</td>'
        f'<td class="day" data-label="到期">{due}</td><td class="day" data-label="完成">{done}</td>'
        f'<td class="state" data-label="状态" style="color:{COLOURS.get(task.state, colours.NEUTRAL)}">'
        f"{escaped(task.state)}</td>"
        f'<td class="text" data-label="佐证" title="{escaped(task.words)}">{_linked(evidence, task, record)}</td></tr>'
    )


def _linked(evidence: str, task: Task, record: Callable[[tuple[str, str]], str]) -> str:
    """The evidence with every record it names as a way to that record."""
    links = {escaped(link[1]): link for link in task.links}
    if not links:
        return evidence
    longest_first = "|".join(re.escape(number) for number in sorted(links, key=len, reverse=True))
    return re.sub(
        longest_first,
        lambda found: f'<a class="proof" href="{escaped(record(links[found[0]]))}">{found[0]}</a>',
        evidence,
    )


def honours(awards: tuple[Honour, ...], record: Callable[[tuple[str, str]], str]) -> str:
    """Awards as evidence."""
    rows = "".join(
        f'<tr><td class="day">{honour.awarded_on or "—"}</td><td class="lead">'
        f'<a href="{escaped(record(("honours", honour.honour_id)))}">{escaped(honour.title)}</a></td>'
        f"<td>{escaped(honour.level)}</td><td>{escaped(honour.issuer)}</td>"
        f"<td>{escaped(honour.evidence or '—')}</td></tr>"
        for honour in awards
    )
    return _table(("日期", "荣誉", "级别", "颁发单位", "依据"), rows)


def case(story: Case, address: str) -> str:
    """One masked story with its dated states and the way to its record."""
    states = "".join(f"<li>{_when(when)}　{escaped(what)}</li>" for when, what in story.states)
    link = f'<a href="{escaped(address)}">看这条记录的来龙去脉</a>'
    return (
        f'<div class="case"><h4>{escaped(story.title)}</h4><ol>{states}</ol><p>{escaped(story.words)}</p>{link}</div>'
    )


def _when(moment: datetime) -> str:
    """Midnight is a day of which no hour was written down."""
    return f"{moment:%Y-%m-%d}" if moment.time() == time.min else f"{moment:%Y-%m-%d %H:%M}"


def _table(heads: tuple[str, ...], rows: str, right: tuple[int, ...] = ()) -> str:
    above = "".join(f"<th{' class=r' if at in right else ''}>{head}</th>" for at, head in enumerate(heads))
    return f'<div class="listed"><table><thead><tr>{above}</tr></thead><tbody>{rows}</tbody></table></div>'
