"""上周交办复核: what was assigned, what its owner says, and what the records say whatever the owner says."""

from metrics.duties import outcomes
from reports.brief.request import BriefRequest
from reports.content.parts import Line, Link, Section, Table

MOST = 6
TONES = {outcomes.EFFECTIVE: "good", outcomes.RELAPSED: "bad", outcomes.OVERDUE: "bad", outcomes.NO_EFFECT: "bad"}
COLUMNS = ("编号", "交办事项", "责任单位", "期限", "记录核验")


def section(request: BriefRequest) -> Section:
    """Those that need a question one by one with their evidence, all of them in a table below."""
    if not request.assignments:
        return Section("reviewed", "上周交办复核", "还没有交办事项。")
    from reports.brief import assignments

    found = request.assignments
    asking = [one for one in found if one.outcome != outcomes.EFFECTIVE]
    more = f"另有 {len(asking) - MOST} 项，见下表。" if len(asking) > MOST else ""
    return Section(
        "reviewed",
        "上周交办复核",
        assignments.headline(found),
        tuple(_line(one) for one in asking[:MOST]),
        tables=(
            Table(
                "全部交办事项", COLUMNS, tuple(_row(one) for one in found), "lllll", tuple(_link(one) for one in found)
            ),
        ),
        note=more,
    )


def _line(one) -> Line:
    said = f"{one.report}：{one.report_said}" if one.report_said and one.report else one.report
    details = (one.sentence, f"核验方式：{one.check}", *(word for word in (said, one.verify) if word))
    return Line(
        f"【{one.outcome}】{one.task}（{one.unit}，{one.due.month}月{one.due.day}日前）",
        TONES.get(one.outcome, "warn"),
        _link(one),
        details,
    )


def _row(one) -> tuple[str, ...]:
    return (one.number, one.task, one.unit, f"{one.due:%Y-%m-%d}", one.outcome)


def _link(one) -> Link | None:
    return Link(one.page, tuple(one.query)) if one.page else None
