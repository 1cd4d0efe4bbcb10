"""上周交办复核: what was assigned, what its owner says, and what the records say whatever the owner says."""

from metrics.ask import terms
from metrics.duties import outcomes
from reports.brief.request import BriefRequest
from reports.content.parts import Line, Link, Section, Table

MOST = 6
TONES = {outcomes.EFFECTIVE: "good", outcomes.RELAPSED: "bad", outcomes.OVERDUE: "bad", outcomes.NO_EFFECT: "bad"}
COLUMNS = ("编号", "交办事项", "责任单位", "期限", "记录核验")


def section(request: BriefRequest) -> Section:
    """Those that need a question one by one with their evidence, all of them in a table below."""
    if not request.assignments:
        return Section("reviewed", "上周交办复核", _nothing(request))
    from reports.brief import assignments

    reviewed = request.assignments
    asking = [review for review in reviewed if review.outcome != outcomes.EFFECTIVE]
    more = f"另有 {len(asking) - MOST} 项，见下表。" if len(asking) > MOST else ""
    return Section(
        "reviewed",
        "上周交办复核",
        assignments.headline(reviewed),
        tuple(_line(review) for review in asking[:MOST]),
        tables=(
            Table(
                "全部交办事项",
                COLUMNS,
                tuple(_row(review) for review in reviewed),
                "lllll",
                tuple(_link(review) for review in reviewed),
            ),
        ),
        note=_until(request) + more,
    )


def _nothing(request: BriefRequest) -> str:
    """「还没有交办事项。」; that something was assigned since, where so."""
    since = sum(not one.is_withdrawn for one in request.given)
    return f"到这一周末还没有交办事项；之后交办了 {since} 项，见「督办」。" if since else "还没有交办事项。"


def _until(request: BriefRequest) -> str:
    """「截至 11-15 的核验；」 where the records were not asked at the data date, as the page 督办 asks them."""
    words = terms.as_of_words(request.build, terms.as_of(request.build, request.week))
    return f"{words} 的核验，之后的见「督办」。" if words else ""


def _line(review) -> Line:
    report = f"{review.report}：{review.report_said}" if review.report_said and review.report else review.report
    details = (review.sentence, f"核验方式：{review.check}", *(word for word in (report, review.verify) if word))
    return Line(
        f"【{review.outcome}】{review.task}（{review.unit}，{review.due.month}月{review.due.day}日前）",
        TONES.get(review.outcome, "warn"),
        _link(review),
        details,
    )


def _row(review) -> tuple[str, ...]:
    return (review.number, review.task, review.unit, f"{review.due:%Y-%m-%d}", review.outcome)


def _link(review) -> Link | None:
    return Link(review.page, tuple(review.query)) if review.page else None
