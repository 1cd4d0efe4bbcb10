"""拟交办: the worst first — red lines left open longest, the week's findings, everything overdue — each with the check
that will tell whether it worked, and whether it has been assigned already; the meeting decides."""

from collections.abc import Iterator

from metrics.define import catalogue
from metrics.duties import outcomes, overdue
from metrics.duties.red_lines import red_lines
from reports.brief import assignments, given, proposals
from reports.brief.proposals import Proposal
from reports.brief.request import BriefRequest
from reports.content.parts import Link, Section, Table

MOST_RED = 3  # of a rule
COLUMNS = ("序号", "拟交办事项", "责任单位", "完成时限", "下周如何核验", "交办情况")


def section(request: BriefRequest) -> Section:
    """One row a proposal, no two with the same check."""
    proposed = [*_red(request), *proposals.proposals(request.build, request.week, request.signals.items)]
    rows = [_row(request, number, one) for number, one in enumerate([*proposed, *_overdue(request)], start=1)]
    if not rows:
        return Section("proposed", "拟交办", "本周没有需要交办的事项。")
    words, links = zip(*rows, strict=True)
    done = sum(row[-1] != given.NOT_YET for row in words)
    already = f"，其中 {done} 项已交办，其余 {len(rows) - done} 项" if done else "，"
    said = f"拟交办 {len(rows)} 项{already}由会议决定。" if done < len(rows) else f"拟交办 {done} 项，都已交办。"
    return Section("proposed", "拟交办", said, tables=(Table("", COLUMNS, words, "rlllll", links),))


def _row(request: BriefRequest, number: int, one: Proposal) -> tuple[tuple[str, ...], Link]:
    """(cells, the form filled in, or the assignment where there is one)."""
    check = assignments.check_words(request.build, outcomes.checked(one.check))
    by = f"{one.due.month}月{one.due.day}日前"
    found = given.already(request, one)
    link = Link("actions", (("number", found[0].number),)) if found else Link("actions", one.query)
    return (str(number), one.task, one.responsible, by, check, given.words(found)), link


def _red(request: BriefRequest) -> Iterator[Proposal]:
    """Of each rule the few open longest that nobody has closed since, the oldest of all first."""
    answer = red_lines(request.build, request.week, request.only, request.scope)
    standing = [
        (total.line, one)
        for total in answer.totals
        for one in [one for one in answer.of(total.line) if one.is_open and not one.closed_on][:MOST_RED]
    ]
    asked: list[dict] = []
    for rule, one in sorted(standing, key=lambda each: -each[1].days):
        made = proposals.close_red_line(request.build, request.week, rule, one)
        if made.check["kind"] == "document" or made.check not in asked:
            asked.append(made.check)
            yield made


def _overdue(request: BriefRequest) -> Iterator[Proposal]:
    """One a unit and kind of record, the unit with most first: a machine check looks at one table."""
    kinds = overdue.shown(request.build)
    if not kinds:
        return
    for row in overdue.by_unit(request.build, request.week, request.only, request.scope).to_dict("records"):
        for key, noun in kinds.items():
            if row[noun]:
                said, table = f"了结逾期{noun} {row[noun]} {overdue.COUNTED[noun]}", catalogue.get(key).table
                yield proposals.clear_overdue(request.build, request.week, str(row["unit"]), table, said)
