"""What has been assigned already: whatever was written down, of whichever day, so that nothing is assigned twice
unawares."""

from collections.abc import Sequence

from ledger import Assignment, under_way
from metrics.duties.red_records import RedLine
from reports.brief.proposals import Proposal, red_about, red_check
from reports.brief.request import BriefRequest

NOT_YET = "还没有交办"


def already(request: BriefRequest, one: Proposal) -> tuple[Assignment, ...]:
    return under_way(request.given, one.signal, one.check)


def words(found: Sequence[Assignment]) -> str:
    """「已交办 2026-017，期限 2026-11-30」, 「还没有交办」."""
    if not found:
        return NOT_YET
    return f"已交办 {'、'.join(one.number for one in found)}，期限 {found[0].agreed.due}"


def of_red_line(everything: Sequence[Assignment], one: RedLine) -> str:
    """「，已交办 2026-017」 after a red line's state where somebody has it; else ''."""
    found = under_way(everything, {"about": red_about(one)}, red_check(one))
    return f"，已交办 {'、'.join(each.number for each in found)}" if found else ""
