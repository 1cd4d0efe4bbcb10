"""A document, computed. As a program of its own (`python -m reports.command.compute brief WEEK BUILD`) it writes the
archive to its output.

Reading the records and drawing the documents need different libraries. The command line computes in a child process,
whose memory is gone before the first page is drawn.
"""

import json
import logging
import signal
import sys
from datetime import date

import warehouse
from reports.content import archive
from reports.content.documents import Book, Brief, Document
from warehouse import Build
from warehouse.errors import NoBuild, UserError

FIRST, LAST = 2000, 2100


class BadWeek(UserError):
    """A week nobody can find in a calendar."""


def computed(kind: type[Document], what: str | None, build_name: str | None) -> Document:
    """What a document says from a build, the current one by default; `what`: its week or period. Raises NoBuild,
    BadWeek, UnknownName in words."""
    return {Brief: brief_of, Book: _book}[kind](found_build(build_name), what)


def brief_of(build: Build, week: str | None) -> Brief:
    """The brief of a week, the last whole one by default."""
    from reports.brief import assignments, brief

    day = day_of(week) if week else brief.last_week(build)
    reviewed = lambda: assignments.reviews(build, day, assignments.here())  # noqa: E731
    return brief.weekly(build, day, reviewed=reviewed, given=lambda: assignments.here().assignments())


def _book(build: Build, key: str | None) -> Book:
    """The review book of a period, the current term by default."""
    from metrics.branches import periods as branch_periods
    from reports.book import review

    return review.book(build, branch_periods.period(build, key))


def found_build(name: str | None) -> Build:
    build = warehouse.get(name) if name else warehouse.current()
    if build is None:
        raise NoBuild("还没有构建：先运行 python -m etl demo 看演示校园，或运行 python -m etl load 装载文件。")
    return build


def day_of(week: str) -> date:
    """The Monday of 「2026-W47」, or the day itself for 「2026-11-16」. Raises BadWeek."""
    try:
        year, _, number = week.upper().partition("-W")
        day = date.fromisocalendar(int(year), int(number), 1) if number else date.fromisoformat(week)
    except ValueError:
        day = None
    if day is None or not FIRST <= day.year <= LAST:
        raise BadWeek(f"看不懂「{week}」是哪一周，请写成 2026-W47，或那一周的任一天如 2026-11-16。")
    return day


def main(name: str, what: str, build_name: str) -> int:
    """Write the archive, or what a person did wrong as {"sentence": …}; the exit code tells which."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says that it was interrupted, once
    logging.getLogger("campus").addHandler(logging.NullHandler())  # a person reads sentences, not tracebacks
    kind = next(one for one in archive.DOCUMENTS.values() if name == one.NAME)
    try:
        content, code = archive.frozen(computed(kind, what or None, build_name or None)), 0
    except UserError as problem:
        content, code = json.dumps({"sentence": problem.sentence}).encode("utf-8"), problem.exit_code
    sys.stdout.buffer.write(content)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
