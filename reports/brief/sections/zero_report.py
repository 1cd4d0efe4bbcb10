"""零报告: days without an event of each kind at the week's end, and whether the zero is alive or only silent."""

from datetime import timedelta

from metrics.ask import arrivals, terms
from metrics.define import numbers
from metrics.duties import streaks
from metrics.duties.streaks import Streak
from reports.brief.request import BriefRequest
from reports.content.failures import Unknown
from reports.content.parts import Line, Link, Section, Table

COLUMNS = ("类型", "连续未发生（天）", "起算日", "以往最长（天）", "判断")
TONES = {streaks.RECENT: "bad", streaks.SILENT: "warn"}


def section(request: BriefRequest) -> Section:
    if "incidents" not in request.build.tables or arrivals.missing(request.build, "incidents"):
        raise Unknown(f"{arrivals.never(request.build, 'incidents')}，零报告天数无从算起")
    all_streaks = streaks.streaks(request.build, streaks.moment_of(request.week + timedelta(days=6)), request.scope)
    if not arrivals.begun(request.build, "incidents", request.week):
        raise Unknown("这一周之前还没有案事件记录，零报告天数无从算起")
    if not any(streak.days is not None for streak in all_streaks):
        raise Unknown(streaks.headline(all_streaks))
    lines = tuple(
        Line(streak.sentence, TONES[streak.alive], Link("zero_report")) for streak in all_streaks if streak.is_warning
    )
    table = Table(
        "",
        COLUMNS,
        tuple(_row(streak) for streak in all_streaks),
        "lrrrl",
        tuple(Link("zero_report") for _ in all_streaks),
    )
    return Section(
        "zero", "零报告", f"{_until(request)}{streaks.headline(all_streaks).rstrip('。')}。", lines, tables=(table,)
    )


def _until(request: BriefRequest) -> str:
    """「截至 11-15，」 where the days are not counted up to the data date, as the page 零报告 counts them; and
    that they are the whole school's where a filter narrows the rest."""
    words = terms.as_of_words(request.build, terms.as_of(request.build, request.week))
    whole = "" if request.only.is_empty else "按全校计，不随筛选变化："
    return f"{whole}{words}，" if words else whole


def _row(streak: Streak) -> tuple[str, ...]:
    since = f"{streak.since}" if streak.since else numbers.NONE
    record = "，创最长" if streak.is_record else ""
    return (
        streak.label,
        numbers.exact_number(streak.days),
        since,
        numbers.exact_number(streak.previous_best),
        f"{streak.alive}{record}",
    )
