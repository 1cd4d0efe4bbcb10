"""What became of a file's rows, in plain values that go back to the parent."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from etl.form.headers import map_header
from etl.form.model import Source
from etl.form.table import Note, Table
from etl.typing.conform import Conformed

CAP = 10_000


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
    given = {name for table, _ in sheets for name in map_header(table.header, source).positions}
    return [column.name for column in source.columns if column.name in given or column.is_filled]


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


def newest_in(typed: dict[str, tuple[dict, pa.Table]], sources: Mapping[str, Source]):
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
