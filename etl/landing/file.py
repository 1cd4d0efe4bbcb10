"""One file, start to finish, inside a child process: read, protect, type, write Parquet; only small facts go back.

Whole or not at all is the parent's affair: what is written here counts once the parent has written the file's record.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.form.export_time import find, undated
from etl.form.headers import Ambiguous, is_named, match_source, wanted_headers
from etl.form.model import Source
from etl.form.table import Note, Table
from etl.landing.account import account, newest_in
from etl.landing.export import NOBODY_SAID, reach_of
from etl.landing.jobs import Again, Job, unpack
from etl.landing.parquet import Stop, table_of, write, write_text
from etl.privacy.protect import protect
from etl.reading.read import Wanted, read
from etl.typing.conform import Conformed, SheetRefused, conform
from etl.typing.twins import settle_twins
from warehouse.errors import UserError

_KEYED = re.compile(r"[0-9a-f]{16}(?:、[0-9a-f]{16})*|匿名.*|[#＃=].*")


class Unknown(UserError):
    """No declared source fits any sheet of a file."""


class Undated(UserError):
    """Nothing says when a file of records was exported, and nobody may guess."""


@lru_cache(maxsize=4)
def _known_headers(packed: bytes) -> frozenset[str]:
    return wanted_headers(unpack(packed))


def land(job: Job) -> dict:
    """Read one file and write its protected text and typed rows. Returns its record, {"refused": sentence, "code": …}
    when the file cannot be taken in, or {"stop": sentence} when no file can."""
    try:
        return _land(job)
    except Stop as problem:
        return {"stop": str(problem)}
    except (Unknown, Ambiguous) as problem:
        return {"refused": problem.sentence, "code": "unknown_file"}
    except Undated as problem:
        return {"refused": problem.sentence, "code": "no_date"}
    except SheetRefused as problem:
        return {"refused": f"{job.name}：{problem.sentence}", "code": "incomplete_header"}
    except UserError as problem:
        return {"refused": problem.sentence, "code": "unreadable_file"}


def _land(job: Job) -> dict:
    sources = unpack(job.sources)
    tables = read(Path(job.path), _wanted(job, sources))
    chosen = [(table, match_source(job.name, table.header, sources, table.sheet)) for table in tables]
    matched = [(protect(table, source, job.key), source) for table, source in chosen if source is not None]
    if not matched:
        raise Unknown(_unknown(job.name, tables))
    for table, source in chosen:
        if source is None:
            matched[0][0].notes.append(_left_out(table))
    typed = _type(matched, job.typed, job.file_id)
    at, found_in = _dated(job, [table.title for table in tables], typed, sources)
    if job.text is not None:
        write_text([table for table, _ in matched], f"{job.text}.parquet")
    return {
        "sheets": [_sheet(table, source) for table, source in matched],
        "export_time": at.isoformat(),
        "found_in": found_in,
        "accounts": {name: account for name, (account, _) in typed.items()},
    }


def _dated(
    job: Job, titles: list[str], typed: dict[str, tuple[dict, pa.Table]], sources: Mapping[str, Source]
) -> tuple[datetime, str]:
    """Export time and where it was found. Raises Undated for records of which nothing says it."""
    accounts = [account for account, _ in typed.values()]
    reach = reach_of(accounts) or reach_of(accounts, "planned")
    found = find(job.name, titles, job.as_of, newest_in(typed, sources), reach, job.is_set)
    if found is None and any(sources[name].kind == "facts" and kept["rows_read"] for name, (kept, _) in typed.items()):
        raise Undated(undated(job.name))
    return found or (NOBODY_SAID, "nothing")


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
    matched = []
    for position, sheet in enumerate(job.sheets):
        source = unpack(job.sources).get(sheet["source"])
        if source is not None:
            matched.append((_protected_again(table_of(text, position, sheet), source, job.key), source))
    return {name: account for name, (account, _) in _type(matched, job.typed, job.file_id).items()}


def _wanted(job: Job, sources: Mapping[str, Source]) -> Wanted:
    """Known header words; a header row or sheet fixed by the declaration that the file's name calls for."""
    named = [source.dialect for source in sources.values() if is_named(job.name, source)]
    fixed = next((dialect for dialect in named if dialect.header_row or dialect.sheet), None)
    headers = _known_headers(job.sources)
    return Wanted(headers) if fixed is None else Wanted(headers, header_row=fixed.header_row, sheet=fixed.sheet)


def _type(matched: list[tuple[Table, Source]], stem: str, file_id: str) -> dict[str, tuple[dict, pa.Table]]:
    """Source → (account, typed rows), each written to `<stem>.<source>.parquet`."""
    by_source: dict[str, list[tuple[Table, Conformed]]] = {}
    for table, source in matched:
        by_source.setdefault(source.name, []).append((table, conform(table, source)))
    written = {}
    for name, sheets in by_source.items():
        source = next(source for _, source in matched if source.name == name)
        settled = settle_twins(sheets, source)
        sheets = [(table, conformed) for (table, _), conformed in zip(sheets, settled, strict=True)]
        rows = pa.concat_tables(conformed.columns for _, conformed in sheets)
        whole = rows.append_column("file_id", pa.repeat(pa.scalar(file_id), len(rows)))
        write(whole, f"{stem}.{name}.parquet", is_cache=True)
        written[name] = (account(sheets, rows, source), rows)
    return written


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
        "is_1904": table.is_1904,
    }


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
