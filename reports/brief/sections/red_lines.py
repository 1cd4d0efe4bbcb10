"""红线: what must never be, rule by rule, listed whatever the statistics say."""

from metrics.duties.red_lines import RedLines, red_lines
from reports.brief import given, links
from reports.brief.request import BriefRequest
from reports.content.failures import reason
from reports.content.parts import Line, Link, Table

MOST = 3  # of a rule
TOTALS = ("红线", "依据条款", "本周新增（起）", "未销号（起）", "最久（天）")
COLUMNS = ("红线", "地点", "情况", "责任部门", "未销号（天）", "状态")


def part(request: BriefRequest) -> tuple[Line, tuple[Table, ...], str]:
    """(the answer, the records crossed, what the list rests on). A failure of its own leaves the overdue list as it
    is."""
    try:
        answer = red_lines(request.build, request.week, request.only, request.scope)
    except Exception as error:
        return Line(f"红线：{reason(error, 'red lines')}", "warn"), (), ""
    tone = "bad" if answer.new or answer.open else ""
    return Line(answer.sentence, tone, _page(request)), _tables(request, answer) if answer.items else (), answer.note


def _page(request: BriefRequest) -> Link:
    """Every one of them, with the same filters."""
    return Link("red_lines", (("week", request.week.isoformat()), *links.places(request.only)))


def _tables(request: BriefRequest, answer: RedLines) -> tuple[Table, ...]:
    """How many of each rule with its clause, and of each rule the few that have been open longest."""
    numbers = tuple(
        (
            total.line.label,
            total.line.clause_words,
            f"{total.new:,}",
            f"{total.open:,}",
            "—" if total.oldest is None else f"{total.oldest:,}",
        )
        for total in answer.totals
    )
    counted = Table(f"红线问题：本周新增 {answer.new:,} 起，未销号 {answer.open:,} 起", TOTALS, numbers, "llrrr")
    oldest = [one for total in answer.totals for one in answer.of(total.line)[: min(MOST, total.open)]]
    if not oldest:
        return (counted,)
    rows = tuple(
        (
            one.label,
            one.place,
            one.text or one.category,
            one.unit or "未填写",
            f"{one.days:,}",
            one.state + given.of_red_line(request.given, one),
        )
        for one in oldest
    )
    opened = tuple(Link("records", (("record", f"{one.table}:{one.record_id}"),)) for one in oldest)
    title = f"每条红线未销号最久的，共 {len(rows)} 起，最久 {max(one.days for one in oldest):,} 天"
    return counted, Table(title, COLUMNS, rows, "llllrl", opened)
