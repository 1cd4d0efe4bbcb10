"""逾期与红线: what is past its deadline and whose it is; what may never be counted against an average."""

from metrics.ask import arrivals
from metrics.ask.reading import answerable
from metrics.define import catalogue
from metrics.duties import overdue
from reports.brief import links
from reports.brief.request import BriefRequest
from reports.brief.sections import red_lines
from reports.content.failures import Unknown
from reports.content.parts import Line, Section, Table
from reports.content.wording import as_of_day

MOST_UNITS = 15


def section(request: BriefRequest) -> Section:
    kinds = overdue.shown(request.build)
    if not kinds:
        tables = [catalogue.get(key).table for key in overdue.NOUNS]
        raise Unknown("；".join(arrivals.never(request.build, table) for table in tables))
    cannot = [why for key in kinds if (why := answerable.why_not(request.build, catalogue.get(key), (), request.only))]
    if len(cannot) == len(kinds):
        raise Unknown("；".join(cannot))
    standing = overdue.standing(request.build, request.week, request.only, request.scope)
    frame, until = standing.units, as_of_day(standing.as_of)
    lacking = [arrivals.never(request.build, catalogue.get(key).table) for key in overdue.NOUNS if key not in kinds]
    red, crossed, rests_on = red_lines.part(request)
    lines = (red, *(Line(f"{sentence}，下表不含这一项。", "warn") for sentence in (*lacking, *cannot)))
    return Section(
        "overdue",
        "逾期与红线",
        _sentence(request, frame, kinds),
        lines,
        tables=(*crossed, _table(request, frame, kinds)),
        note=f"逾期：截至{until}仍未了结、已过期限的。{rests_on}",
    )


def _sentence(request: BriefRequest, frame, kinds: dict[str, str]) -> str:
    """「逾期隐患 7 条、逾期工单 12 单，涉及 5 个部门，后勤处最多。」"""
    if frame.empty:
        return overdue.nothing(request.build, request.week)
    totals = "、".join(f"逾期{noun} {frame[noun].sum():,} {overdue.COUNTED[noun]}" for noun in kinds.values())
    return f"{totals}，涉及 {len(frame)} 个责任部门，{frame['unit'].iloc[0]}最多。"


def _table(request: BriefRequest, frame, kinds: dict[str, str]) -> Table:
    nouns = list(kinds.values())
    columns = (
        "责任部门",
        *(f"逾期{noun}（{overdue.COUNTED[noun]}）" for noun in nouns),
        *(f"{noun}最早期限" for noun in nouns),
    )
    shown = frame.head(MOST_UNITS)
    rows = tuple(
        (str(row["unit"]), *(f"{row[noun]:,}" for noun in nouns), *(_date(row[f"{noun}最早期限"]) for noun in nouns))
        for row in shown.to_dict("records")
    )
    if len(frame) > MOST_UNITS:
        rest = frame.iloc[MOST_UNITS:]
        rows += ((f"其余 {len(rest)} 个部门", *(f"{rest[noun].sum():,}" for noun in nouns), *("—" for _ in nouns)),)
    row_links = tuple(_link(request, kinds, row) for row in shown.to_dict("records"))
    row_links += (None,) * (len(rows) - len(row_links))
    title = f"逾期在谁那里：{frame['unit'].iloc[0]}最多" if len(frame) else "逾期在谁那里"
    return Table(
        title, columns, rows, "l" + "r" * (2 * len(nouns)), row_links, overdue.nothing(request.build, request.week)
    )


def _link(request: BriefRequest, kinds: dict[str, str], row: dict):
    key = next(key for key, noun in kinds.items() if row[noun])
    return links.records(key, request.window, request.only, "part", unit=str(row["unit"]), order="old")


def _date(moment) -> str:
    return "—" if moment is None or moment != moment else f"{moment:%Y-%m-%d}"
