"""One file, start to finish, inside a child process: read, protect, type, write Parquet; only small facts go back.

Whole or not at all is the parent's affair: what is written here counts once the parent has written the file's record.
"""

import errno
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.form.export_time import find
from etl.form.headers import Ambiguous, is_named, map_header, match_source, wanted_headers
from etl.form.model import Source
from etl.form.table import Note, Table
from etl.landing.jobs import Again, Job, unpack
from etl.privacy.protect import protect
from etl.reading.read import Wanted, read
from etl.typing.conform import Conformed, SheetRefused, conform
from warehouse.errors import UserError

ROW, SHEET = "#row", "#sheet"  # beside the labels of a header, which nobody calls so
CAP = 10_000
_KEYED = re.compile(r"[0-9a-f]{16}(?:、[0-9a-f]{16})*|匿名.*")


class Unknown(UserError):
    """No declared source fits any sheet of a file."""


@lru_cache(maxsize=4)
def _known_headers(packed: bytes) -> frozenset[str]:
    return wanted_headers(unpack(packed))


class Stop(Exception):
    """Not the file's fault: nothing can be landed at all."""


def land(job: Job) -> dict:
    """Read one file and write its protected text and typed rows. Returns its record, {"refused": sentence, "code": …}
    when the file cannot be taken in, or {"stop": sentence} when no file can."""
    try:
        return _land(job)
    except Stop as problem:
        return {"stop": str(problem)}
    except (Unknown, Ambiguous) as problem:
        return {"refused": problem.sentence, "code": "unknown_file"}
    except SheetRefused as problem:
        return {"refused": f"{job.name}：{problem.sentence}", "code": "incomplete_header"}
    except UserError as problem:
        return {"refused": problem.sentence, "code": "unreadable_file"}


def _land(job: Job) -> dict:
    sources = unpack(job.sources)
    tables = read(Path(job.path), _wanted(job, sources))
    chosen = [(table, match_source(job.name, table.header, sources, table.sheet)) for table in tables]
    known = [(protect(table, source, job.key), source) for table, source in chosen if source is not None]
    if not known:
        raise Unknown(_unknown(job.name, tables))
    for table, source in chosen:
        if source is None:
            known[0][0].notes.append(_left_out(table))
    typed = _type(known, job.typed, job.file_id)
    if job.text is not None:
        _write_text([table for table, _ in known], f"{job.text}.parquet")
    at, found_in = find(job.name, [table.title for table in tables], job.as_of, _newest(typed, sources), job.clock)
    return {
        "sheets": [_sheet(table, source) for table, source in known],
        "export_time": at.isoformat(),
        "found_in": found_in,
        "accounts": {name: account for name, (account, _) in typed.items()},
    }


def again(job: Again) -> dict:
    """Typed rows anew from landed text; returns the accounts by source, or as land() says."""
    try:
        return {"accounts": _again(job)}
    except Stop as problem:
        return {"stop": str(problem)}
    except SheetRefused as problem:
        return {"refused": problem.sentence, "code": "incomplete_header"}


def _again(job: Again) -> dict:
    text = pq.ParquetFile(f"{job.text}.parquet").read()
    known = []
    for position, sheet in enumerate(job.sheets):
        source = unpack(job.sources).get(sheet["source"])
        if source is not None:
            known.append((_protected_again(_table(text, position, sheet), source, job.key), source))
    return {name: account for name, (account, _) in _type(known, job.typed, job.file_id).items()}


def _wanted(job: Job, sources: Mapping[str, Source]) -> Wanted:
    """Known header words; a header row or sheet fixed by the declaration that the file's name calls for."""
    named = [source.dialect for source in sources.values() if is_named(job.name, source)]
    fixed = next((dialect for dialect in named if dialect.header_row or dialect.sheet), None)
    headers = _known_headers(job.sources)
    return Wanted(headers) if fixed is None else Wanted(headers, header_row=fixed.header_row, sheet=fixed.sheet)


def _type(known: list[tuple[Table, Source]], stem: str, file_id: str) -> dict[str, tuple[dict, pa.Table]]:
    """Source → (account, typed rows), each written to `<stem>.<source>.parquet`."""
    by_source: dict[str, list[tuple[Table, Conformed]]] = {}
    for table, source in known:
        by_source.setdefault(source.name, []).append((table, conform(table, source)))
    written = {}
    for name, sheets in by_source.items():
        rows = pa.concat_tables(conformed.columns for _, conformed in sheets)
        whole = rows.append_column("file_id", pa.repeat(pa.scalar(file_id), len(rows)))
        _write(whole, f"{stem}.{name}.parquet", is_cache=True)
        source = next(source for _, source in known if source.name == name)
        written[name] = (account(sheets, rows, source), rows)
    return written


def account(sheets: list[tuple[Table, Conformed]], rows: pa.Table, source: Source) -> dict:
    """What became of a file's rows: counts, first and last record, rejects and warnings as plain values."""
    rejects = [asdict(reject) for _, conformed in sheets for reject in conformed.rejects]
    warnings = [asdict(warned) for _, conformed in sheets for warned in conformed.warnings]
    for table, _ in sheets:
        warnings += [{"sheet": table.sheet, **asdict(note)} for note in (*table.notes, *_cap(table))]
    first, last = _span(rows, source)
    return {
        "rows_read": sum(conformed.rows_read for _, conformed in sheets),
        "rows_rejected": sum(reject["is_whole_row"] for reject in rejects),
        "columns": _given(sheets, source),
        "first_record": first and first.isoformat(),
        "last_record": last and last.isoformat(),
        "rejects": rejects,
        "warnings": warnings,
    }


def _given(sheets: list[tuple[Table, Conformed]], source: Source) -> list[str]:
    """Declared columns that the file has, or that are filled in for it: an empty column is not a missing one."""
    found = {name for table, _ in sheets for name in map_header(table.header, source).found}
    return [column.name for column in source.columns if column.name in found or column.is_filled]


def _cap(table: Table) -> Iterator[Note]:
    if len(table) == CAP:
        yield Note(
            "exactly_10000",
            f"正好 {CAP} 行，可能是系统导出的上限，后面的记录没有导出来",
            "请按时间分段导出后一并放进来。",
        )


def _span(rows: pa.Table, source: Source) -> tuple[datetime | None, datetime | None]:
    """First and last value of the column that dates a record."""
    dated = sorted(
        (c for c in source.columns if c.type in ("date", "datetime")), key=lambda column: not column.required
    )
    if not dated:
        return None, None
    ends = pc.min_max(rows[dated[0].name].cast(pa.timestamp("us")))
    return ends["min"].as_py(), ends["max"].as_py()


def _newest(typed: dict[str, tuple[dict, pa.Table]], sources: Mapping[str, Source]):
    """The newest record between two times over every date column that is no deadline."""

    def newest(since: datetime | None, until: datetime) -> datetime | None:
        best = []
        for name, (_, rows) in typed.items():
            for column in sources[name].columns:
                if column.type in ("date", "datetime"):
                    times = rows[column.name].cast(pa.timestamp("us"))
                    kept = (
                        pc.less_equal(times, until)
                        if since is None
                        else pc.and_(pc.less_equal(times, until), pc.greater_equal(times, since))
                    )
                    best.append(pc.max(times.filter(kept)).as_py())
        return max(filter(None, best), default=None)

    return newest


def _sheet(table: Table, source: Source) -> dict:
    return {
        "sheet": table.sheet,
        "source": source.name,
        "header": table.header,
        "header_row": table.header_row,
        "title": table.title,
        "rows": len(table),
        "notes": [asdict(note) for note in table.notes],
        "unreadable": [list(entry) for entry in table.unreadable],
    }


def _write_text(tables: list[Table], path: str) -> None:
    """Every sheet's rows as text, in order; '#sheet' is the position of the sheet in the file's record."""
    parts = []
    for position, table in enumerate(tables):
        fields = {
            SHEET: pa.repeat(pa.scalar(position, pa.int32()), len(table)),
            ROW: pa.array(table.row_numbers, pa.int64()),
        }
        fields |= {
            label: pa.array(column, pa.string()) for label, column in zip(table.header, table.columns, strict=True)
        }
        parts.append(pa.table(fields))
    _write(pa.concat_tables(parts, promote_options="default"), path)


def _write(rows: pa.Table, path: str, is_cache: bool = False) -> None:
    """Landed text goes onto the disk itself before the parent's record says that it is there; typed rows can be made again.

    Raises Stop when the disk will not take them.
    """
    try:
        with open(path, "wb") as file:
            pq.write_table(rows, file, compression="lz4", write_statistics=False, use_dictionary=is_cache)
            file.flush()
            if not is_cache:
                os.fsync(file.fileno())
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise Stop("磁盘空间不够，请腾出空间后重试。" if full else "数据文件夹写不进去，请检查磁盘和权限。") from None


def _table(text: pa.Table, position: int, sheet: dict) -> Table:
    rows = text.filter(pc.equal(text[SHEET], position))
    return Table(
        sheet=sheet["sheet"],
        header=list(sheet["header"]),
        columns=[rows[label].to_pylist() for label in sheet["header"]],
        row_numbers=rows[ROW].to_pylist(),
        header_row=sheet["header_row"],
        title=sheet["title"],
        notes=[Note(**note) for note in sheet["notes"]],
        unreadable=[tuple(entry) for entry in sheet["unreadable"]],
    )


def _protected_again(table: Table, source: Source, key: bytes) -> Table:
    """What a newer declaration calls personal is protected now; what was keyed at landing stays as it is."""
    again = protect(table, source, key)
    before = dict(zip(table.header, table.columns, strict=True))
    for at, label in enumerate(again.header):
        cells = before[label]
        if cells is not again.columns[at] and all(text is None or _KEYED.fullmatch(text) for text in cells):
            again.columns[at] = cells
    return again


def _left_out(table: Table) -> Note:
    message = f"工作表「{table.sheet}」不属于任何声明的来源，{len(table)} 行没有装载"
    return Note("unknown_sheet", message, "需要时为它写一份来源声明。", occurrences=max(len(table), 1))


def _unknown(name: str, tables: list[Table]) -> str:
    seen = "、".join((tables[0].header if tables else [])[:12])
    return f"{name}：认不出是哪个来源，看到的表头：{seen}。请核对文件，或在 data/school/sources 里声明这个来源。"
