"""How far the records reach: the data date of a build, and exports whose time nothing else bears out.

A time that a name, a title or the content says counts where a sign agrees (etl.form.agreement, docs/decisions/0012);
what a person said with --as-of counts as it is. The clock is never asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from etl.form.agreement import Sign, agrees
from etl.form.model import Source
from etl.landing.export import Export, reach_of

REMEDY = "确认无误或要改正：python -m etl load 这个文件 --as-of 日期，文件不用动。"


@dataclass(frozen=True)
class _File:
    """The exports of one file: of every source in it that brings facts."""

    exports: tuple[Export, ...]
    sign: Sign | None

    @property
    def first(self) -> Export:
        return self.exports[0]

    @property
    def is_plan(self) -> bool:
        """Whether only dates that may lie ahead say when it was exported."""
        return self.first.is_guessed and self.sign is None

    def times(self, signs: list[Sign]) -> tuple[datetime, ...]:
        """Those that may set the data date: else how far the file's own records reach, if that may."""
        first = self.first
        said = tuple(
            at
            for at in first.times
            if at in first.confirmed or agrees(at, first.file_id, signs, is_stated=not first.is_guessed)
        )
        if said or self.sign is None or not agrees(self.sign.newest, first.file_id, signs, is_stated=False):
            return said
        return (self.sign.newest,)


def dated(exports: list[Export], sources: Mapping[str, Source]) -> tuple[list[Export], datetime | None]:
    """(exports, each with the times that count and a warning where one does not; the data date). None: no facts.

    Plans move nothing while any other file speaks."""
    files = _files(exports, sources)
    speaking = {file_id: file for file_id, file in files.items() if not file.is_plan} or files
    signs = [file.sign for file in speaking.values() if file.sign is not None]
    times = {file_id: file.times(signs) if file_id in speaking else () for file_id, file in files.items()}
    counted = [at for known in times.values() for at in known] or [sign.newest for sign in signs]
    now = max(counted, default=None)
    if now is None:
        return exports, None
    return [_settled(export, files, times, now) for export in exports], now


def _files(exports: list[Export], sources: Mapping[str, Source]) -> dict[str, _File]:
    """File id → its exports that are facts; an empty file of unknown date decides nothing."""
    together: dict[str, list[Export]] = {}
    for export in exports:
        if sources[export.source].kind == "facts" and export.exported_at is not None:
            together.setdefault(export.file_id, []).append(export)
    return {file_id: _File(tuple(parts), _sign(file_id, parts)) for file_id, parts in together.items()}


def _sign(file_id: str, exports: list[Export]) -> Sign | None:
    """Records later than what is said of their file are no sign of it."""
    newest, first = reach_of(export.account for export in exports), exports[0]
    if newest is None:
        return None
    rows = sum(export.account["dated"] for export in exports)
    farthest = max([newest, *(datetime.fromisoformat(stray["at"]) for e in exports for stray in e.account["strays"])])
    if first.is_guessed:
        return Sign(file_id, newest, rows, farthest)
    return Sign(file_id, min(newest, first.times[-1]), rows, min(farthest, first.times[-1]))


def _settled(
    export: Export, files: Mapping[str, _File], times: Mapping[str, tuple[datetime, ...]], now: datetime
) -> Export:
    """The export as it counts: nothing of it lies beyond the data date but what was said of the file itself."""
    if export.file_id not in files:
        return export
    notes = _strays(export)
    file, known = files[export.file_id], times[export.file_id]
    if doubted := [at for at in export.times if at not in known]:
        own = export.times[-1] if file.sign is None else file.sign.newest
        known = known or (min(own, now),)
        if export is file.first and not file.is_plan:
            notes.append(_far(export, max(doubted), known[-1]))
    account = export.account | {"warnings": [*export.account["warnings"], *notes]} if notes else export.account
    return replace(export, times=known, account=account)


def _strays(export: Export) -> list[dict]:
    """Cells far beyond the rest of the file, where the file's content says when it was exported."""
    if not export.is_guessed:
        return []
    return [_stray(stray, export.account["newest"]) for stray in export.account["strays"]]


def _stray(stray: dict, newest: str) -> dict:
    days = (datetime.fromisoformat(stray["at"]) - datetime.fromisoformat(newest)).days
    message = f"{_said(stray['at'])} 比文件里其余记录都晚 {days} 天以上，没有当作导出时间"
    place = {name: stray[name] for name in ("sheet", "row_number", "column_label")}
    remedy = f"请核对这一格；{REMEDY}"
    return place | {"code": "stray_time", "message": message, "remedy": remedy, "occurrences": 1}


def _far(export: Export, at: datetime, instead: datetime) -> dict:
    where = "文件里最晚的时间" if export.is_guessed else "文件名或标题写的导出时间"
    message = f"{where} {_said(at.isoformat())} 比已有的记录晚得太多，没有采用，按 {_said(instead.isoformat())} 计"
    return {
        "sheet": None,
        "row_number": None,
        "column_label": None,
        "code": "far_export_time",
        "message": message,
        "remedy": REMEDY,
        "occurrences": 1,
    }


def _said(at: str) -> str:
    return at[:16].replace("T", " ")
