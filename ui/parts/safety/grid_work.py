"""The grids page's parts: which of the seven duties each grid did, what its members carry, how long nothing has
come."""

import math
from dataclasses import replace

import pandas as pd
import streamlit as st

from metrics.define import catalogue, numbers
from metrics.duties import grid_work
from metrics.duties.grid_work import DUTIES
from ui.charts.heat import heatmap
from ui.frame import choice, missing_exports, open_records
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.parts.heat import heat
from ui.parts.heat import table as heat_table
from ui.widgets import board, chart_show, tables

TILES = ("grid_visit_count", "grid_visit_people", "grid_resolved_rate")
SILENT = 21  # days without a visit that are worth a name
COLUMNS = [
    tables.Column("name", "网格"),
    tables.Column("duties", "做到的职责"),
    tables.Column("visits", "走访（次）", "count"),
    tables.Column("reported", "工单与隐患（件）", "count"),
    tables.Column("load", "每个网格员承担（件）", "decimal"),
    tables.Column("residents", "每个网格员联系居民（人）", "count"),
    tables.Column("silence", "距最近走访（天）", "count"),
    tables.Column("quiet", "距最近任何记录（天）", "count"),
    tables.Column("open", "记录", "button:open_grid"),
]
_duties, _grids = cached(grid_work.duties), cached(grid_work.grids)


def draw(page: Page) -> None:
    """Sentence, tiles, the matrix, the table."""
    if missing_exports.announced(page, catalogue.get("grid_visit_count")):
        page.link("取空表", "quality", source="grid_visits")
        return
    question = (page.build, page.window, page.selection, page.scope)
    cells, rows = _duties(*question), _grids(*question)
    page.headline(sentence(rows, page.names))
    board.tiles(page, TILES)
    _matrix(page, cells, rows)
    _table(page, rows)


def sentence(rows: pd.DataFrame, names: dict[str, str]) -> str:
    """「有走访记录的 14 个网格做到 89 / 98 项职责（90.8 %）；第12网格没有发来走访记录；第8网格已 45 天没有走访」"""
    told = rows[rows["done"].notna()]
    done, whole = int(told["done"].sum()), len(told) * len(DUTIES)
    if not whole:
        return "这段时间没有一个网格发来走访记录"
    parts = [f"有走访记录的 {len(told)} 个网格做到 {done} / {whole} 项职责（{numbers.percent(done / whole)}）"]
    if unheard := [names.get(grid, grid) for grid in rows.loc[rows["done"].isna(), "grid"]]:
        parts.append(f"{_listed(unheard)}没有发来走访记录，不计入")
    quiet = told[told["silent_visits"] >= SILENT].sort_values("silent_visits", ascending=False)
    if len(quiet):
        parts.append(
            "，".join(
                f"{names.get(row.grid, row.grid)}已 {row.silent_visits:.0f} 天没有走访"
                for row in quiet.head(2).itertuples()
            )
        )
    return "；".join(parts)


def _listed(names: list[str]) -> str:
    return "、".join(names[:3]) + (f" 等 {len(names)} 个网格" if len(names) > 3 else "")


def _matrix(page: Page, cells: pd.DataFrame, rows: pd.DataFrame) -> None:
    show = choice.switch("显示", "show", heat.SHOW, "value")
    axes = heat_table.Axes(
        "grid",
        "category",
        {grid: page.names.get(grid, grid) for grid in rows["grid"]},
        {duty: duty for duty in DUTIES},
        {duty: duty for duty in DUTIES},
    )
    totals = {
        grid: "—" if math.isnan(done) else f"{done:.0f} / {len(DUTIES)}"
        for grid, done in zip(rows["grid"], rows["done"], strict=True)
    }
    measured = cells.assign(part=cells["visits"], whole=cells["visits"], value=cells["visits"])
    table = heat_table.matrix(
        measured,
        totals,
        axes,
        catalogue.get("grid_visit_count"),
        show == "excess",
        nothing="没有发来走访记录（不是 0）",
    )
    missing = int((cells["visits"] == 0).sum())
    title = f"还有 {missing} 格一次也没有做" if missing else "七项职责每个网格都做过"
    shown = "与预期之差（次，多＋，少−）" if show == "excess" else "走访次数"
    figure = heatmap(
        replace(table, totals_title="做到"),
        title=title,
        subtitle=f"网格 × 七项职责 · {shown} · {page.window.describe()}",
    )
    chart_show.show(
        figure,
        "duties",
        lambda grid, duty: open_records.open_records("grid_visit_count", {"grid": grid, "category": duty}),
        narrowest=150 + 60 * len(DUTIES),
        hint="点一格看记录",
    )
    st.caption(
        "0 是发来了走访记录而这一项一次也没有做；斜线是这段时间没有发来任何走访记录，不是 0，可能是没有走访，"
        "也可能是没有上报。"
        "粗体带点的格子比预期明显偏多或偏少（已按格子数校正），预期按网格和职责的合计推算。"
    )


def _table(page: Page, rows: pd.DataFrame) -> None:
    st.markdown("**每个网格的工作量与沉默天数**")
    frame = pd.DataFrame(
        {
            "name": [page.names.get(grid, grid) for grid in rows["grid"]],
            "duties": ["没有记录" if math.isnan(done) else f"{done:.0f} / {len(DUTIES)}" for done in rows["done"]],
            "visits": rows["visits"],
            "reported": rows["tickets"] + rows["hazards"],
            "load": rows["load"],
            "residents": rows["residents_per_member"],
            "silence": rows["silent_visits"],
            "quiet": rows["silent_days"],
            "open": "查看",
        }
    )
    tables.draw(frame, COLUMNS, key="grids_at_work", height="content")
    st.caption("每个网格员承担 =（工单 + 隐患 + 走访）÷ 网格员人数；件数多说明报得勤、走得勤，不作评价，也不排名。")
    if clicked := st.session_state.get("open_grid"):
        page.open("records", metric="grid_visit_count", cell=f"grid:{rows['grid'].iloc[clicked['row']]}")
    tables.downloads(
        frame.drop(columns="open"), COLUMNS[:-1], f"微网格_{page.build.data_date:%Y%m%d}", key="grids_file"
    )
