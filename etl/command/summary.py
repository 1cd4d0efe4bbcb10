"""What a load did, in tables: every row of every file accounted for, rejects by reason, files not taken in."""

from collections.abc import Callable

from etl.command.words import show
from etl.landing.landing import LoadedFile
from warehouse.command import output

Query = Callable[[str, list], list[tuple]]
SINGLE_FILES = 20
COLUMNS = ("读入", "采用", "拒绝的行", "拒绝的格", "提醒", "被取代")
_COUNTED = ("rows_read", "rows_accepted", "rows_rejected", "cells_rejected", "warnings", "rows_superseded")
_SUMS = ", ".join(f"sum({column})::BIGINT" for column in _COUNTED)


def any_refused(outcomes: list[LoadedFile]) -> bool:
    return any(outcome.status == "refused" for outcome in outcomes)


def summary(query: Query, outcomes: list[LoadedFile]) -> None:
    """The files of this load against the build they ended in."""
    ids = sorted({outcome.file_id for outcome in outcomes if outcome.status != "refused"})
    titles = dict(query("SELECT source, title FROM sources", []))
    if ids:
        _files(query, ids, titles)
        _rejects(query, ids, titles)
        _doubted(query)
    refusals(outcomes)
    loaded_before = sum(outcome.status == "known" for outcome in outcomes)
    if loaded_before:
        output.print(f"其中 {loaded_before} 个文件的内容以前装载过，没有重复计入。", markup=False)


def _files(query: Query, ids: list[str], titles: dict[str, str]) -> None:
    if len(ids) <= SINGLE_FILES:
        rows = query(
            f"SELECT name, source, {_SUMS} FROM files WHERE list_contains($1, file_id) "
            "GROUP BY ALL ORDER BY name, source",
            [ids],
        )
        show(
            "装载结果",
            ("文件", "来源", *COLUMNS),
            [(name, titles.get(source, source), *counts) for name, source, *counts in rows],
            6,
        )
        return
    rows = query(
        f"SELECT source, count(*), {_SUMS} FROM files WHERE list_contains($1, file_id) GROUP BY source ORDER BY source",
        [ids],
    )
    show(
        "装载结果", ("来源", "文件数", *COLUMNS), [(titles.get(source, source), *counts) for source, *counts in rows], 7
    )


def _rejects(query: Query, ids: list[str], titles: dict[str, str]) -> None:
    rows = query(
        """SELECT source, coalesce(column_label, '整行'), reason,
                  min_by(file_name || ' 第 ' || row_number || ' 行', (file_name, row_number)),
                  count(*) FILTER (is_whole_row), count(*) FILTER (NOT is_whole_row)
           FROM rejects WHERE list_contains($1, file_id) GROUP BY ALL ORDER BY count(*) DESC, source LIMIT 20""",
        [ids],
    )
    if rows:
        named = [(titles.get(source, source), *rest) for source, *rest in rows]
        show("拒绝的内容（按原因；怎么改见「数据体检」页）", ("来源", "列", "原因", "例如", "行", "格"), named, 2)


def _doubted(query: Query) -> None:
    """Dates that did not set the data date, whichever load brought them: each until it is confirmed or mended."""
    rows = query(
        "SELECT file_name, row_number, column_label, message, remedy FROM warnings "
        "WHERE code IN ('stray_time', 'far_export_time') ORDER BY ALL LIMIT 20",
        [],
    )
    if rows:
        show("没有采用的时间", ("文件", "行", "列", "原因", "办法"), rows)


def clocks(query: Query) -> None:
    """By which clock every limit runs, as limits.toml declares it."""
    limits = {"due": "期限", "response": "响应", "arrival": "到场"}
    rows = query(
        """SELECT title, limit_name, string_agg(class, '、' ORDER BY clocks.rowid), allowed_hours, clock_words, stops,
               unregistered_years
           FROM deadline_clocks AS clocks JOIN sources ON source = table_name
           GROUP BY ALL ORDER BY min(clocks.rowid)""",
        [],
    )
    shown = [
        (title, limits[limit], of, "以导出的为准" if hours is None else _hours(hours), clock, stops, years)
        for title, limit, of, hours, clock, stops, years in rows
    ]
    heads = ("来源", "时限", "类别", "多少", "时钟", "停走的状态", "节假日未登记，按周一至周五")
    show("时限与时钟（data/school/limits.toml）", heads, shown)


def _hours(hours: float) -> str:
    return f"{hours:g} 小时" if hours >= 1 else f"{hours * 60:g} 分钟"


def refusals(outcomes: list[LoadedFile]) -> None:
    """Files not taken in, each with its sentence."""
    refused = [outcome for outcome in outcomes if outcome.status == "refused"]
    if refused:
        show("没有装载的文件", ("文件", "原因与办法"), [(outcome.name, outcome.sentence) for outcome in refused])
