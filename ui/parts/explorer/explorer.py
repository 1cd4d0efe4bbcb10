"""The explorer: one sentence, then the pivot as a table, heatmap, lines or bars; a cell opens its records."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from metrics.compare import pivot_words
from metrics.compare.pivot import MOST_COLUMNS, MOST_ROWS, NAMES, Pivot, pivot
from ui.charts.heat import heatmap
from ui.export import export
from ui.frame import missing_exports, states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.parts.explorer import answer as explorer_answer
from ui.parts.explorer import table as explorer_table
from ui.parts.explorer import two_sides
from ui.parts.explorer import words as explorer_words
from ui.parts.explorer.request import NONE, PivotRequest
from ui.parts.explorer.table import NOT_JUDGED, Judged
from ui.parts.explorer.words import TOTAL, Names
from ui.parts.heat import cells as heat_cells
from ui.parts.heat import hot_spots
from ui.parts.heat import table as heat_table
from ui.parts.heat.table import key_of
from ui.widgets import chart_show, tables

_pivot = cached(pivot)


def draw(page: Page, request: PivotRequest) -> None:
    """The answer to what the address asks."""
    if missing_exports.announced(page, request.metric):
        return
    if missing_exports.refused(page, request.metric, (request.row, request.column)):
        return
    if request.against != NONE:
        two_sides.draw(page, request)
        return
    window = page.window
    pivot = _pivot(
        page.build, request.metric.key, window, request.row, request.column, page.selection, page.scope, request.sort
    )
    names = explorer_words.names(page, {pivot.row: pivot.hidden_rows, pivot.column: pivot.hidden_columns})
    judged = _judged(page, request)
    page.headline(pivot_words.sentence(pivot, names.say, judged.odd))
    if not pivot.grand["whole"] and not pivot.grand["part"]:
        states.empty("这段时间、这个范围内没有可以计算的记录。")
        return
    ways: dict[str, Callable[[Page, PivotRequest, Pivot, Names], None]] = {
        "table": _table,
        "heat": partial(_heat, judged=judged),
        "line": explorer_answer.line,
        "bar": explorer_answer.bar,
    }
    ways[request.show](page, request, pivot, names)
    st.caption(_reading(pivot, judged if request.show == "heat" else NOT_JUDGED))
    subject = export.Subject(
        request.describe(), page.filters.sentence(page.names), len(pivot.rows) + 1, page.build, page.scope
    )
    export.offer(
        "explorer",
        request.describe().replace(" ", ""),
        subject,
        lambda most: explorer_table.exported(pivot, names).head(most),
    )


def _table(page: Page, request: PivotRequest, pivot: Pivot, names: Names) -> None:
    """A click on a cell opens its records; the row and column of totals open theirs."""
    frame, columns = explorer_table.wide(pivot, names)
    rows, heads = (
        explorer_table.line_keys(pivot),
        {words: key for key, words in explorer_table.headers(pivot, names).items()},
    )
    key = f"explorer_table_{request.metric.key}_{request.row}_{request.column}_{request.sort}"

    def touched() -> None:
        if cells := st.session_state[key].selection.cells:
            at, head = cells[0]
            cell = {pivot.row: key_of(rows[at])} | (
                {pivot.column: key_of(heads.get(head, TOTAL))} if pivot.column else {}
            )
            explorer_words.open_cell(page, pivot.metric, cell)

    st.caption(f"{request.describe()} · {page.window.describe()} · 点一格看记录")
    tables.draw(
        frame,
        columns,
        key,
        on_select=touched,
        selection_mode="single-cell",
        alt=request.describe(),
        height=33 * (len(frame) + 1) + 3,
    )


def _judged(page: Page, request: PivotRequest) -> Judged:
    """What its row and column make likely of every cell, hot spots, and both in words."""
    metric, row, column = request.metric, request.row, request.column
    if not heat_cells.can(metric, row, column):
        return NOT_JUDGED
    cells, spots = heat_cells.judged(page, metric, row, column)
    odd = heat_table.finding(cells, (row, column)) if cells["significant"].fillna(False).any() else ""
    told = hot_spots.sentence(page, metric, spots, heat_cells.place_of(page, metric, row, column)) if spots else odd
    return Judged(
        {
            (cell[row], cell[column]): cell
            for cell in cells[[row, column, "expected", "excess", "verdict", "significant"]].to_dict("records")
        },
        spots,
        told,
    )


def _heat(page: Page, request: PivotRequest, pivot: Pivot, names: Names, judged: Judged) -> None:
    excess = bool(judged.cells) and request.colour == "excess"
    figure = heatmap(
        explorer_table.matrix(pivot, names, judged, excess),
        title=f"{NAMES[pivot.row]} × {NAMES[pivot.column]}",
        subtitle=(f"{request.metric.label} · {heat_table.shown(request.metric, excess)} · {page.window.describe()}"),
    )
    chart_show.show(
        figure,
        "explorer_heat",
        lambda row, column: explorer_words.open_cell(page, pivot.metric, {pivot.row: row, pivot.column: column}),
        narrowest=170 + 40 * len(pivot.columns),
        hint="点一格看记录",
    )


def _reading(pivot: Pivot, judged: Judged) -> str:
    """What the totals are, what is empty, and what stands together."""
    word, parts = explorer_table.total_word(pivot), []
    if pivot.added:
        parts.append(f"{word}是各格相加" + ("再相除（分子之和 ÷ 分母之和）" if pivot.metric.is_rate else ""))
    else:
        parts.append(f"{word}是对全部记录另算的，不是各格相加")
    parts.append("— 和斜线是没有数据，不是 0")
    if judged.cells:
        parts.append(
            "粗体带点的格子比预期明显偏多或偏少（已按格子数校正），线框是热点；预期按所在行和列的合计推算，率按全部格子共同的比率推算"
        )
    for name, count, most in (
        (pivot.row, pivot.hidden_rows, MOST_ROWS),
        (pivot.column, pivot.hidden_columns, MOST_COLUMNS),
    ):
        if count:
            parts.append(f"{NAMES[name]}最多列 {most} 个，还有 {count} 个没有单列，合在一起算")
    return "；".join(parts) + "。"
