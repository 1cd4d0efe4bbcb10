"""What the data-health page says and shows: sentences and tables made from the build's own health tables."""

from datetime import datetime

import pandas as pd
import streamlit as st

from ui.frame import data
from ui.frame.words import thin
from ui.widgets.tables import Column
from warehouse import Build, tables

SOURCES = (
    Column("system_title", "业务系统", width=150),
    Column("title", "来源", width=165),
    Column("state", "状态", width=112),
    Column("last_export", "最近导出", "moment"),
    Column("expected_every_days", "应更新间隔（天）", "count"),
    Column("days_silent", "距上次（天）", "count"),
    Column("rows", "记录数", "count"),
    Column("rejects", "读不懂（处）", "count"),
    Column("warnings", "提示（条）", "count"),
)
FILES = (
    Column("name", "文件", width=260),
    Column("title", "来源"),
    Column("export_time", "导出时间", "moment"),
    Column("rows_read", "读到（行）", "count"),
    Column("rows_accepted", "收下（行）", "count"),
    Column("rows_rejected", "拒收（行）", "count"),
    Column("cells_rejected", "拒收（格）", "count"),
    Column("rows_superseded", "被取代（行）", "count", help="同一条记录后来又导出过，以较新的为准"),
    Column("warnings", "提示", "count"),
    Column("note", "说明"),
)
REJECTS = (
    Column("file_name", "文件", width=300),
    Column("sheet", "工作表"),
    Column("row_number", "行", "count", "small"),
    Column("column_label", "列"),
    Column("value_masked", "原来写的（已遮盖）"),
    Column("reason", "原因", width="medium"),
    Column("remedy", "怎么改", width="large"),
    Column("extent", "影响"),
)
WARNINGS = (
    Column("title", "来源"),
    Column("message", "提示", width="large"),
    Column("remedy", "怎么办", width="large"),
    Column("occurrences", "次数", "count"),
    Column("file_name", "文件", width="medium"),
    Column("sheet", "工作表"),
    Column("row_number", "行", "count", "small"),
    Column("column_label", "列"),
)
COLUMNS = (
    Column("label", "表头", width=160),
    Column("required", "必填", width=60),
    Column("kind", "类型", width="medium"),
    Column("allowed", "允许的取值", width="large"),
    Column("aliases", "也认这些写法", width="large"),
    Column("personal", "个人信息", width=90),
)
PLACES = (
    Column("place_text", "地点写法", width="medium"),
    Column("title", "来源"),
    Column("occurrences", "出现次数", "bar"),
    Column("suggestion", "建议", width="large"),
)


def titles(build: Build) -> dict[str, str]:
    """Chinese title by source name."""
    sources = data.health(build, "sources")
    return dict(zip(sources["source"], sources["title"], strict=True))


def sources(build: Build) -> pd.DataFrame:
    """One row a source, those with something wrong first, with its state in words."""
    frame = data.notes_by_source(build)
    frame["state"] = [state(row) for row in frame.itertuples()]
    frame["urgency"] = frame["is_missing"] * 2 + frame["is_stale"]
    return frame.sort_values(["urgency", "rejects", "warnings"], ascending=False, kind="stable")


def state(row) -> str:
    """「▲ 超期 20 天」, 「✔ 正常」 … of one row of data.notes_by_source; the mark is for those who cannot see
    colour."""
    if row.is_missing:
        return "✖ 从未收到"
    if row.is_stale:
        return f"▲ 超期 {int(row.days_silent - row.expected_every_days)} 天"
    return "● 有提示" if row.has_notes else "✔ 正常"


def offer_template(build: Build, source: str | None) -> None:
    """The empty workbook of the chosen source: headers, drop-downs and one example row."""
    workbook = tables.template(build, source) if source else None
    if source is None or workbook is None:
        st.caption("选一个来源，可以下载它的空表（表头、下拉选项和一行示例），按它填好就能载入。")
        return
    title = titles(build)[source]
    st.download_button(
        f"下载{title}空表",
        workbook,
        f"{title}.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="template",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def sentence(build: Build) -> str:
    """「3 个来源中 1 个超期未更新；共 52,503 行，拒收 15 行，另有 3 格读不懂。」"""
    sources, files = data.notes_by_source(build), data.health(build, "files")
    missing, stale = int(sources["is_missing"].sum()), int((sources["is_stale"] & ~sources["is_missing"]).sum())
    parts = [f"{stale} 个超期未更新"] if stale else []
    parts += [f"{missing} 个从未收到"] if missing else []
    freshness = f"{len(sources)} 个来源中 {'、'.join(parts)}" if parts else f"{len(sources)} 个来源都按时更新"
    rows, cells = int(files["rows_rejected"].sum()), int(files["cells_rejected"].sum())
    rejected = f"拒收 {thin(rows)} 行" if rows else "没有拒收"
    return (
        f"{freshness}；共 {thin(files['rows_read'].sum())} 行，"
        f"{rejected}{f'，另有 {thin(cells)} 格读不懂' if cells else ''}。"
    )


def files(build: Build, source: str | None) -> pd.DataFrame:
    return _of_source(build, "files", source).sort_values("export_time", ascending=False, kind="stable")


def rejects(build: Build, source: str | None) -> pd.DataFrame:
    frame = _of_source(build, "rejects", source)
    return frame.assign(extent=["整行没有收" if whole else "只空出这一格" for whole in frame["is_whole_row"]])


def warnings(build: Build, source: str | None) -> pd.DataFrame:
    return _of_source(build, "warnings", source).sort_values("occurrences", ascending=False, kind="stable")


def columns(build: Build, source: str | None) -> pd.DataFrame:
    """What a source may hold, column by column; nothing until one source is chosen."""
    declared = data.health(build, "source_columns")
    declared = declared[declared["source"] == source].sort_values("position")
    return declared.assign(required=["是" if needed else "" for needed in declared["is_required"]])


def unresolved(build: Build, source: str | None) -> pd.DataFrame:
    """Places no building was found for, the most frequent first."""
    frame = _of_source(build, "places", source)
    return frame[frame["building_id"].isna()].sort_values("occurrences", ascending=False, kind="stable")


def _of_source(build: Build, table: str, source: str | None) -> pd.DataFrame:
    frame = data.health(build, table)
    frame = frame if source is None else frame[frame["source"] == source]
    return frame.assign(title=frame["source"].map(titles(build)).fillna(frame["source"]))


def file_name(what: str, moment: datetime) -> str:
    return f"{what}_{moment:%Y%m%d_%H%M}"
