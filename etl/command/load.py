"""load, check and demo: files → landing → build, with a bar, a summary and an exit code."""

from __future__ import annotations

import glob
import importlib
import os
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import warehouse
from etl.command import summary
from etl.command.words import progress
from etl.declare.load import load_sources
from etl.form.export_time import Moment, moment_in
from etl.form.text import readable
from etl.landing.landing import Landing, LoadedFile
from etl.privacy.protect import load_key
from warehouse import paths
from warehouse.builds import open_read_only
from warehouse.command import notice, output
from warehouse.errors import NoBuild, UserError
from warehouse.publishing import close, create, exclusive

if TYPE_CHECKING:
    from etl.build.inputs import Inputs

FINE, SOME_REFUSED, NOTHING_TO_DO = 0, 3, 4
ENDINGS = {
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".json",
    ".parquet",
    ".htm",
    ".html",
    ".xlsb",
    ".et",
    ".ods",
}


def load(patterns: list[str], as_of: str | None, again: bool = False) -> int:
    """Land what is new and publish. Returns an exit code."""
    moment = moment_of(as_of)
    files = find_files(patterns)
    is_set = _is_about_one_file(patterns, moment)
    with exclusive():
        landing = Landing(paths.landing(), sources=load_sources(), key=load_key())
        outcomes = _land(landing, files, moment, is_set, again)
        return _publish(landing, "school", None if is_set else moment, outcomes)


def check(patterns: list[str], as_of: str | None, again: bool = False) -> int:
    """What load would do, tried in a temporary folder; nothing is written elsewhere."""
    moment = moment_of(as_of)
    files = find_files(patterns)
    is_set = _is_about_one_file(patterns, moment)
    with tempfile.TemporaryDirectory(prefix="campus-check-") as folder:
        landing = Landing(paths.landing(), Path(folder), sources=load_sources(), key=load_key())
        outcomes = _land(landing, files, moment, is_set, again)
        try:
            inputs = _build().gather(landing, "school", None if is_set else moment)
        except NoBuild as problem:
            summary.refusals(outcomes)
            output.print(problem.sentence if not summary.any_refused(outcomes) else "没有可以装载的文件。")
            return SOME_REFUSED if summary.any_refused(outcomes) else NOTHING_TO_DO
        _try(inputs, Path(folder) / "check.duckdb", outcomes)
    output.print("以上是试算：没有写入任何东西。要装载请运行 python -m etl load。")
    return _code(outcomes)


def demo(years: float, scale: float, seed: int | None, if_none: bool) -> int:
    """Write the demonstration campus's exports and build from them, apart from real records."""
    if if_none and warehouse.current() is not None:
        output.print("已有构建，不再生成演示数据。")
        return FINE
    from etl.demo import generate

    with exclusive():
        folder = paths.demo_exports()
        folder.mkdir(parents=True, exist_ok=True)
        with progress() as bar:
            task = bar.add_task("写出演示文件", total=None, rows="")
            generate(
                folder,
                years=years,
                scale=scale,
                progress=lambda done, total, name: bar.update(task, completed=done, total=total),
                seed=seed,
            )
        landing = Landing(paths.landing("demo"), sources=load_sources(), key=load_key())
        files = find_files([str(folder)])
        outcomes = _land(landing, files, None)
        landing.forget_all_but({outcome.file_id for outcome in outcomes})
        code = _publish(landing, "demo", None, outcomes)
    return FINE if code == SOME_REFUSED else code


def find_files(patterns: list[str]) -> list[Path]:
    """Files, folders (everything below) and globs; the inbox when nothing is named.
    Raises UserError for what is not there.
    """
    if not patterns:
        paths.inbox().mkdir(parents=True, exist_ok=True)
    found: dict[Path, None] = {}
    for pattern in patterns or [str(paths.inbox())]:
        matches = [pattern] if os.path.exists(pattern) else sorted(glob.glob(pattern, recursive=True))
        if not matches:
            raise UserError(f"找不到「{pattern}」，请检查路径。")
        for match in matches:
            found |= dict.fromkeys(_below(Path(match)))
    return list(found)


def _below(path: Path) -> Iterable[Path]:
    """A file as named; of a folder what looks like an export, hidden and half-downloaded files and links to somewhere
    else left out."""
    if not path.is_dir():
        return [path]
    inside = sorted(p for p in path.rglob("*") if not p.is_dir() and p.suffix.lower() in ENDINGS)
    named = [p for p in inside if not p.name.startswith((".", "~$"))]
    outside = [p for p in named if p.is_symlink() and not p.resolve().is_relative_to(path.resolve())]
    for link in outside:
        output.print(f"{readable(link.name)}：是指向文件夹外面的链接，没有读取；请把文件本身放进来。", markup=False)
    return [p for p in named if p not in outside]


def moment_of(as_of: str | None) -> Moment | None:
    """--as-of as a moment. Raises UserError."""
    if as_of is None:
        return None
    moment = moment_in(as_of)
    if moment is None:
        raise UserError(f"--as-of「{as_of}」不是日期，请写成 2026-11-22 或 2026-11-22T08:00。")
    return moment


def _is_about_one_file(patterns: list[str], moment: Moment | None) -> bool:
    """--as-of with one file named says when this very file was exported; else as of when the campus is shown."""
    return moment is not None and len(patterns) == 1 and os.path.isfile(patterns[0])


def _build():
    """etl.build.make, imported late: DuckDB and Arrow load while the children are reading."""
    return importlib.import_module("etl.build.make")


def _land(
    landing: Landing, files: list[Path], as_of: Moment | None, is_set: bool = False, again: bool = False
) -> list[LoadedFile]:
    threading.Thread(target=_build, daemon=True).start()
    rows = 0
    with progress() as bar:
        task = bar.add_task("读取文件", total=len(files), rows="")

        def done(outcome: LoadedFile) -> None:
            nonlocal rows
            rows += outcome.rows_read
            bar.update(task, advance=1, rows=f"{rows:,} 行")

        return landing.land(files, as_of=as_of, is_set=is_set, again=again, done=done)


def _publish(landing: Landing, origin: str, as_of: Moment | None, outcomes: list[LoadedFile]) -> int:
    try:
        inputs = _build().gather(landing, origin, as_of)
    except NoBuild as problem:
        summary.refusals(outcomes)
        if summary.any_refused(outcomes):
            return SOME_REFUSED
        raise problem
    with notice.status("构建中") as status:
        made = _build().build(inputs, status.update)
    if made is None:
        summary.refusals(outcomes)
        output.print("没有变化：这些文件都装载过，当前构建就是由它们得出的。", markup=False)
        return _code(outcomes)
    summary.summary(made.rows, outcomes)
    output.print(f"已发布构建 {made.name}，数据日期 {made.data_date:%Y-%m-%d %H:%M}。", markup=False)
    return _code(outcomes)


def _try(inputs: Inputs, path: Path, outcomes: list[LoadedFile]) -> None:
    connection = create(path)
    _build().make(connection, inputs)
    close(connection)
    finished = open_read_only(path)

    def rows(query: str, values: list | None = None) -> list[tuple]:
        return finished.execute(query, values or []).fetchall()

    try:
        _build().gate(finished, inputs.checks)
        summary.summary(rows, outcomes)
        summary.clocks(rows)
    finally:
        finished.close()


def _code(outcomes: list[LoadedFile]) -> int:
    return SOME_REFUSED if summary.any_refused(outcomes) else FINE
