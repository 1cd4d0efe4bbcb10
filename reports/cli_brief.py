"""brief: one week → Word, slides, PDF and the archive they can be printed from again."""

import hashlib
import logging
import os
from datetime import date
from pathlib import Path

import warehouse
from reports import archive
from reports.parts import Brief
from warehouse import Build, paths
from warehouse.command import notice, output
from warehouse.errors import NoBuild, UserError

FINE, SOME_FAILED = 0, 3
FIRST, LAST = 2000, 2100
KINDS = {"Word": "docx", "PDF": "pdf", "幻灯片": "pptx"}  # what a reader calls it → ending


class BadWeek(UserError):
    """A week nobody can find in a calendar."""


def brief(week: str | None, build: str | None, kept: str | None, folder: str) -> int:
    """Write the four files and print path and digest of each. Returns an exit code."""
    logging.getLogger("campus").addHandler(logging.NullHandler())  # a person reads sentences, not tracebacks
    made = reprinted(kept, week, build) if kept else computed(week, build)
    written = write(made, Path(folder))
    output.print(f"{made.campus} {made.title}：{made.week_label}，{made.filters}。", markup=False)
    output.print(f"构建 {made.build}，内容指纹 {made.digest}。", markup=False)
    for path, digest in written:
        output.print(f"{path}  {digest}", markup=False, soft_wrap=True)
    for caution in made.cautions:
        notice.print(f"注意：{caution.text}", markup=False)
    failed = [section for section in made.sections if section.failure]
    for section in failed:
        notice.print(f"「{section.title}」没有内容：{section.failure}", markup=False)
    return SOME_FAILED if failed else FINE


def computed(week: str | None, build_name: str | None) -> Brief:
    """The brief of a week from a build. Raises NoBuild, BadWeek and UnknownName in words."""
    from reports import assignments, brief  # reading the records takes libraries that printing again does not

    build = found_build(build_name)
    day = day_of(week) if week else None
    return brief.weekly(build, day, reviewed=lambda: assignments.reviews(build, day or brief.last_week(build), assignments.here()))


def reprinted(kept: str, week: str | None, build_name: str | None) -> Brief:
    """The brief an archive holds, as it was. Raises Unreadable in words."""
    if week or build_name:
        raise BadWeek("--from 原样重印存档，不能再与 --week、--build 同时用。")
    path = Path(kept)
    if not path.is_file():
        raise archive.Unreadable(f"没有这个存档：{kept}，请核对路径。")
    return archive.thawed(path.read_bytes(), path.name)


def found_build(name: str | None) -> Build:
    build = warehouse.get(name) if name else warehouse.current()
    if build is None:
        raise NoBuild("还没有构建：先运行 python -m etl demo 看演示校园，或运行 python -m etl load 装载文件。")
    return build


def day_of(week: str) -> date:
    """The Monday of 「2026-W47」, or the day itself for 「2026-11-16」. Raises BadWeek."""
    try:
        year, _, number = week.upper().partition("-W")
        found = date.fromisocalendar(int(year), int(number), 1) if number else date.fromisoformat(week)
    except ValueError:
        found = None
    if found is None or not FIRST <= found.year <= LAST:
        raise BadWeek(f"看不懂「{week}」是哪一周，请写成 2026-W47，或那一周的任一天如 2026-11-16。")
    return found


def document(made: Brief, ending: str) -> bytes:
    """One file's content. Raises NoChineseFont. The libraries that write it are loaded only now."""
    if ending == "json":
        return archive.frozen(made)
    from reports import pdf, slides, word

    if ending == "docx":
        template = paths.school() / "brief.docx"
        return word.document(made, template if template.is_file() else None)
    return {"pptx": slides, "pdf": pdf}[ending].document(made)


def name_of(made: Brief) -> str:
    """「周简报_2026-W46_1a2b3c4d」, without the ending."""
    year, week, _ = made.week_start.isocalendar()
    return f"周简报_{year}-W{week:02d}_{made.digest[:8]}"


def write(made: Brief, folder: Path) -> list[tuple[Path, str]]:
    """All files or none, each whole; (path, first 16 hex digits of its SHA-256) of each."""
    contents = {ending: document(made, ending) for ending in (*KINDS.values(), "json")}
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for ending, content in contents.items():
        path = folder / f"{name_of(made)}.{ending}"
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(content)
        os.replace(beside, path)
        found.append((path, hashlib.sha256(content).hexdigest()[:16]))
    return found
