"""拟交办: what the week's findings ask for, each with the check that will tell whether it worked;
the meeting decides."""

from datetime import date

from metrics.define import catalogue
from metrics.duties import outcomes, overdue
from reports.brief.request import BriefRequest
from reports.content.parts import Link, Section, Table

MOST_UNITS = 3
Row = tuple[tuple[str, ...], Link | None]  # what is asked, of whom, by when, how it is checked; the form filled in
COLUMNS = ("序号", "拟交办事项", "责任单位", "完成时限", "下周如何核验")


def section(request: BriefRequest) -> Section:
    """One row a signal that is no improvement, then the units with most overdue."""
    rows = [*_signals(request), *_overdue(request)]
    numbered = tuple((str(number), *words) for number, (words, _) in enumerate(rows, start=1))
    if not numbered:
        return Section("proposed", "拟交办", "本周没有需要交办的事项。")
    said = f"拟交办 {len(numbered)} 项，由会议决定。"
    return Section(
        "proposed", "拟交办", said, tables=(Table("", COLUMNS, numbered, "rllll", tuple(link for _, link in rows)),)
    )


def _signals(request: BriefRequest) -> list[Row]:
    from reports.brief import assignments, proposals

    rows: list[Row] = []
    for one in proposals.proposals(request.build, request.week, request.signals.items):
        check = assignments.check_words(request.build, outcomes.checked(one.check))
        rows.append(((one.task, one.responsible, _by(one.due), check), Link("actions", one.query)))
    return rows


def _overdue(request: BriefRequest) -> list[Row]:
    """One row a unit and kind of record: a machine check looks at one table."""
    kinds = overdue.shown(request.build)
    if not kinds:
        return []
    from reports.brief import assignments, proposals

    rows: list[Row] = []
    for row in (
        overdue.by_unit(request.build, request.week, request.only, request.scope).head(MOST_UNITS).to_dict("records")
    ):
        for key, noun in kinds.items():
            if row[noun]:
                said, table = f"了结逾期{noun} {row[noun]} {overdue.COUNTED[noun]}", catalogue.get(key).table
                one = proposals.clear_overdue(request.build, request.week, str(row["unit"]), table, said)
                check = assignments.check_words(request.build, outcomes.checked(one.check))
                rows.append(((one.task, one.responsible, _by(one.due), check), Link("actions", one.query)))
    return rows


def _by(due: date) -> str:
    return f"{due.month}月{due.day}日前"
