"""红线: what must never be, listed whatever the statistics say."""

from metrics.duties.red_lines import RedLines, red_lines
from reports.brief import links
from reports.brief.request import BriefRequest
from reports.content.failures import reason
from reports.content.parts import Line, Link, Table

MOST = 5
TOTALS = ("红线", "本周新增（起）", "未销号（起）", "最久未销号（天）")
COLUMNS = ("红线", "地点", "情况", "责任部门", "未销号（天）")


def part(request: BriefRequest) -> tuple[Line, tuple[Table, ...], str]:
    """(the answer, the records crossed, what the list rests on). A failure of its own leaves the overdue list as it
    is."""
    try:
        answer = red_lines(request.build, request.week, request.only, request.scope)
    except Exception as error:
        return Line(f"红线：{reason(error, 'red lines')}", "warn"), (), ""
    tone = "bad" if answer.new or answer.open else ""
    return Line(answer.sentence, tone, _page(request)), _tables(answer) if answer.items else (), answer.note


def _page(request: BriefRequest) -> Link:
    """Every one of them, with the same filters."""
    return Link("red_lines", (("week", request.week.isoformat()), *links.places(request.only)))


def _tables(answer: RedLines) -> tuple[Table, ...]:
    """How many of each kind, and the few that have been open longest."""
    numbers = tuple(
        (
            crossed.line.label,
            f"{crossed.new:,}",
            f"{crossed.open:,}",
            "—" if crossed.oldest is None else f"{crossed.oldest:,}",
        )
        for crossed in answer.totals
    )
    oldest = sorted(
        (crossed for crossed in answer.items if crossed.is_open),
        key=lambda crossed: (-crossed.days, crossed.table, crossed.record_id),
    )[:MOST]
    rows = tuple(
        (crossed.label, crossed.place, crossed.text or crossed.category, crossed.unit or "未填写", f"{crossed.days:,}")
        for crossed in oldest
    )
    links = tuple(Link("records", (("record", f"{crossed.table}:{crossed.record_id}"),)) for crossed in oldest)
    counted = Table(f"红线问题：本周新增 {answer.new:,} 起，未销号 {answer.open:,} 起", TOTALS, numbers, "lrrr")
    return (
        (counted, Table(f"未销号最久的 {len(rows)} 起，最久 {oldest[0].days:,} 天", COLUMNS, rows, "llllr", links))
        if rows
        else (counted,)
    )
