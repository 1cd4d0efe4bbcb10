"""The weekly brief: one frozen object in the meeting's order, from which page, Word, slides and PDF are drawn alike."""

from collections.abc import Callable
from datetime import date
from functools import partial

from metrics.ask import arrivals, terms
from metrics.ask.reading import young
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import monday
from metrics.define.errors import UnknownName
from reports.brief.request import BriefRequest, Given, Reviews, filter_words, week_words
from reports.brief.sections import ahead, headline, overdue, proposed, rates, reviewed, signals, zero_report
from reports.content.documents import Brief
from reports.content.failures import computed
from reports.content.parts import Line, Link, Section
from reports.content.wording import day, school
from warehouse import Build

TITLE = "校园安全稳定工作周简报"
QUALITY = Link("quality")

# key, heading, how it is computed; the meeting's own order
SECTIONS: tuple[tuple[str, str, Callable[[BriefRequest], Section]], ...] = (
    ("headline", "一句话结论", headline.section),
    ("reviewed", "上周交办复核", reviewed.section),
    ("signals", "本周信号", signals.section),
    ("rates", "三率与时效", rates.section),
    ("overdue", "逾期与红线", overdue.section),
    ("zero", "零报告", zero_report.section),
    ("ahead", "下周提示", ahead.section),
    ("proposed", "拟交办", proposed.section),
)


def weekly(
    build: Build,
    week_start: date | None = None,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
    reviewed: Reviews = (),
    given: Given = (),
) -> Brief:
    """The brief of the week `week_start` lies in (default: the last whole week before the data date).

    Every section is computed by itself: one that cannot be says why and leaves the others as they are. `reviewed`:
    last week's assignments (reports.brief.assignments.reviews), or a function that asks for them; `given`: all that was
    ever assigned (Ledger.assignments), likewise. Raises UnknownName
    for a week that begins after the data date.
    """
    week = monday(week_start) if week_start else last_week(build)
    if week > build.data_date.date():
        raise UnknownName(f"{day(week)}起的一周还没有数据，数据只到{day(build.data_date)}，请选更早的一周。")
    request = BriefRequest(build, week, only, scope, reviewed, given)
    sections = tuple(computed(key, title, partial(section, request), "section") for key, title, section in SECTIONS)
    about = school()
    return Brief(
        about.get("campus", "本校"),
        TITLE,
        week,
        week_words(request),
        build.data_date,
        build.name,
        filter_words(request),
        sections[0].sentence or sections[0].failure,
        sections,
        cautions(request),
        terms.as_of(build, week),
    )


def last_week(build: Build) -> date:
    """Monday of the week a brief is about unless told otherwise: the last whole one before the data date."""
    return young.meeting_week(build)


def cautions(request: BriefRequest) -> tuple[Line, ...]:
    """What the numbers may lack: a week not over, sources that stop before its end, sources overdue by then."""
    texts = []
    if not request.is_over:
        texts.append(
            f"这一周到数据截止时还没有过完（{day(request.build.data_date)} {request.build.data_date:%H:%M}）："
            "数字只到那时，只与上周、上年同一教学周的同样几天比，不用整周的界限判断。"
        )
    elif request.cut_short:
        texts.append(f"{'，'.join(request.cut_short)}：这一周的数字不全，先不要比较。")
    late = arrivals.late(request.build, request.week)
    if late:
        texts.append(f"{'，'.join(late)}：以上数字可能不全。")
    return tuple(Line(text, "warn", QUALITY) for text in texts)
