"""What became of a file's rows, in plain values that go back to the parent."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, time, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from etl.form.agreement import last_joined
from etl.form.export_time import Newest
from etl.form.headers import map_header
from etl.form.model import Column, Source
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
        **_reach(rows, source),
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


def _reach(rows: pa.Table, source: Source) -> dict:
    """newest: the newest date of a record, strays aside; dated: rows with one; strays: the cells that lie beyond,
    of the newest at most twenty; planned: the newest date that may be a plan. Nothing of a dimension."""
    dates = [column for column in source.columns if column.type in ("date", "datetime") and source.kind == "facts"]
    planned = [pc.max(rows[column.name].cast(pa.timestamp("us"))).as_py() for column in dates if column.ahead]
    plan = max(filter(None, planned), default=None)
    none: dict = {"newest": None, "dated": 0, "strays": [], "planned": plan and plan.isoformat()}
    return none | _happened(rows, [column for column in dates if not column.ahead])


def _happened(rows: pa.Table, columns: list[Column]) -> dict:
    if not columns:
        return {}
    times = [rows[column.name].cast(pa.timestamp("us")) for column in columns]
    latest = pc.max_element_wise(*times)
    counted = latest.drop_null().cast(pa.date32(), safe=False).value_counts().to_pylist()
    days = sorted((entry["values"], entry["counts"]) for entry in counted)
    last = last_joined(days)
    if last is None:
        return {}
    beyond = datetime.combine(last + timedelta(days=1), time())
    newest = pc.max(latest.filter(pc.less(latest, beyond))).as_py()
    strays = [
        _stray(rows, row, column.label, at)
        for column, cells in zip(columns, times, strict=True)
        for row, at in _late(cells, beyond)
    ]
    kept = sorted(strays, key=lambda stray: stray["at"], reverse=True)[:20]
    return {"newest": newest.isoformat(), "dated": sum(count for _, count in days), "strays": kept}


def _late(cells: pa.ChunkedArray, since: datetime) -> Iterator[tuple[int, datetime]]:
    late = pc.indices_nonzero(pc.fill_null(pc.greater_equal(cells, since), False)).to_pylist()
    return ((row, cells[row].as_py()) for row in late)


def _stray(rows: pa.Table, row: int, label: str, at: datetime) -> dict:
    place = {name: rows[name][row].as_py() for name in ("sheet", "row_number")}
    return place | {"column_label": label, "at": at.isoformat()}


def newest_in(typed: dict[str, tuple[dict, pa.Table]], sources: Mapping[str, Source]) -> Newest:
    """The newest record between two times over every date column that is no deadline."""

    def newest(since: datetime, until: datetime) -> datetime | None:
        best = []
        for name, (_, rows) in typed.items():
            for column in sources[name].columns:
                if column.type in ("date", "datetime"):
                    times = rows[column.name].cast(pa.timestamp("us"))
                    kept = pc.and_(pc.less_equal(times, until), pc.greater_equal(times, since))
                    best.append(pc.max(times.filter(kept)).as_py())
        return max(filter(None, best), default=None)

    return newest
