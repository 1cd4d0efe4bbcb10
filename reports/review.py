"""The review book of 一支部一品牌: one frozen object of a period, from which Word, PDF and Excel are drawn alike."""

from collections.abc import Callable
from datetime import date

from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches.periods import Period
from reports import sheets
from reports.asked import day, school
from reports.chapters import Asked, branch, overview, part, scoring
from reports.documents import Book
from reports.parts import Line, Section, Sheet
from reports.sections import reason
from warehouse import Build

TITLE = "一支部一品牌评议册"


def book(build: Build, period: Period, scope: Scope = EVERYTHING) -> Book:
    """Everything the committee reads of one period: overview, a page a branch, the school's own scoring if it has one, definitions.

    Every chapter and part is computed by itself: one that cannot be says why and leaves the others as they are.
    """
    asked = Asked(build, period, scope)
    first = part("overview", overview.TITLE, lambda: overview.chapter(asked))
    chapters = [
        first,
        *(part(key, name, lambda key=key: branch.chapter(asked, key)) for key, name in asked.branches.items()),
    ]
    chapters += _scored(asked)
    chapters.append(part("definitions", "指标口径", lambda: scoring.definitions(asked)))
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
        _sheets(asked),
        _cautions(asked),
    )


def _scored(asked: Asked) -> list[Section]:
    """The scoring chapter, none where the school has no sheet, its reason where the sheet cannot be read."""
    try:
        found = scoring.chapter(asked)
    except Exception as error:
        return [Section("scoring", scoring.TITLE, failure=reason(error, "scoring"))]
    return [found] if found else []


def _label(period: Period) -> str:
    """「2026-2027学年第一学期（2026年8月31日至2027年1月17日）」"""
    return f"{period.label}（{day(period.window.start)}至{_end(period.window.start, period.window.last_day)}）"


def _end(start: date, last: date) -> str:
    return day(last) if last.year != start.year else f"{last.month}月{last.day}日"


def _filters(scope: Scope) -> str:
    return "全部支部" if scope.everything else "仅限有权查看的支部"


def _cautions(asked: Asked) -> tuple[Line, ...]:
    """What the numbers may lack; where the review itself cannot be made, its chapter says so."""
    try:
        return tuple(Line(text, "warn") for text in asked.review.cautions)
    except Exception:
        return ()


def _sheets(asked: Asked) -> tuple[Sheet, ...]:
    """The workbook, sheet by sheet; one that cannot be filled says why in place of its rows."""
    return tuple(
        _sheet(asked, title, fill) for title, fill in sheets.SHEETS.items() if title != scoring.TITLE or _scored(asked)
    )


def _sheet(asked: Asked, title: str, fill: Callable[[Asked], Sheet]) -> Sheet:
    try:
        return fill(asked)
    except Exception as error:
        return Sheet(title, ("说明",), (), "l", reason(error, f"sheet {title}"))
