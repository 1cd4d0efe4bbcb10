"""The review book of 一支部一品牌: one frozen object of a period, from which Word, PDF and Excel are drawn alike."""

from collections.abc import Callable
from functools import partial

from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches.periods import Period
from reports.book import sheets
from reports.book.chapters import branch, overview, scoring
from reports.book.request import ReviewRequest
from reports.content.documents import Book
from reports.content.failures import computed, reason
from reports.content.parts import Line, Section, Sheet
from reports.content.wording import day, last_day, school
from warehouse import Build

TITLE = "一支部一品牌评议册"


def book(build: Build, period: Period, scope: Scope = EVERYTHING) -> Book:
    """Everything the committee reads of one period: overview, a page a branch, the school's own scoring if it has one,
    definitions.

    Every chapter and part is computed by itself: one that cannot be says why and leaves the others as they are.
    """
    request = ReviewRequest(build, period, scope)
    first = computed("overview", overview.TITLE, lambda: overview.chapter(request))
    chapters = [
        first,
        *(computed(key, name, partial(branch.chapter, request, key)) for key, name in request.branches.items()),
    ]
    chapters += _scored(request)
    chapters.append(computed("definitions", "指标口径", lambda: scoring.definitions(request)))
    return Book(
        school().get("campus", "本校"),
        TITLE,
        period.key,
        _label(period),
        build.data_date,
        build.name,
        _filters(scope),
        first.sentence or first.failure,
        tuple(chapters),
        _sheets(request),
        _cautions(request),
    )


def _scored(request: ReviewRequest) -> list[Section]:
    """The scoring chapter, none where the school has no sheet, its reason where the sheet cannot be read."""
    try:
        chapter = scoring.chapter(request)
    except Exception as error:
        return [Section("scoring", scoring.TITLE, failure=reason(error, "scoring"))]
    return [chapter] if chapter else []


def _label(period: Period) -> str:
    """「2026-2027学年第一学期（2026年8月31日至2027年1月17日）」"""
    return f"{period.label}（{day(period.window.start)}至{last_day(period.window.start, period.window.last_day)}）"


def _filters(scope: Scope) -> str:
    return "全部支部" if scope.everything else "仅限有权查看的支部"


def _cautions(request: ReviewRequest) -> tuple[Line, ...]:
    """What the numbers may lack; where the review itself cannot be made, its chapter says so."""
    try:
        return tuple(Line(text, "warn") for text in request.review.cautions)
    except Exception:
        return ()


def _sheets(request: ReviewRequest) -> tuple[Sheet, ...]:
    """The workbook, sheet by sheet; one that cannot be filled says why in place of its rows."""
    return tuple(
        _sheet(request, title, fill)
        for title, fill in sheets.SHEETS.items()
        if title != scoring.TITLE or _scored(request)
    )


def _sheet(request: ReviewRequest, title: str, fill: Callable[[ReviewRequest], Sheet]) -> Sheet:
    try:
        return fill(request)
    except Exception as error:
        return Sheet(title, ("说明",), (), "l", reason(error, f"sheet {title}"))
