"""Two periods or two places side by side: the sentence, two bars a row, and the table with the difference by the
rules."""

import pandas as pd
import streamlit as st

from metrics.compare import pivot_words
from metrics.compare.pivot import MOST_ROWS, NAMES
from metrics.compare.pivot_compare import Sides, change_words, two_periods, two_places
from metrics.define import numbers
from metrics.define.small_numbers import CHANGE_FROM
from ui.charts import pivot as charts_pivot
from ui.charts.style import plain_label
from ui.export import export
from ui.frame import states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.parts.explorer import table as explorer_table
from ui.parts.explorer import words as explorer_words
from ui.parts.explorer.request import AGAINST, PivotRequest, base_window
from ui.parts.explorer.words import TOTAL, Names
from ui.parts.heat.table import key_of
from ui.widgets import chart_show, tables
from ui.widgets.tables import Column

MOST_BARS = 12
_two_periods, _two_places = cached(two_periods), cached(two_places)


def draw(page: Page, request: PivotRequest) -> None:
    """The comparison the address asks for; why there is none where there is none."""
    window = page.window
    common = (page.selection, page.scope)
    if request.against == "place":
        both = _two_places(page.build, request.metric.key, window, request.of, request.pair, request.row, *common)
    else:
        base, name, word, reason = base_window(page, request)
        if base is None:
            page.headline(f"{request.metric.label}：{reason}")
            _refused(request, f"{reason}。")
            return
        both = _two_periods(page.build, request.metric.key, window, base, name, word, request.row, *common)
    names = explorer_words.names(page, {})
    page.headline(pivot_words.compared(both, names.say))
    if not (both.are_places or both.grand.comparable):
        _refused(request, "这两段时间不能并排比。")
        return
    frame = _frame(both, names)
    if frame.empty:
        states.empty("两边都没有可以比较的记录。")
        return
    _bars(page, request, both, frame)
    _table(page, request, both, frame)


def _refused(request: PivotRequest, why: str) -> None:
    """Why these two do not stand side by side, and what else may be compared, one click away."""
    states.empty(why, "可以换一个时段，或改成下面这样比。")
    with st.container(horizontal=True, gap="small", key="explorer_instead"):
        for key in ("year", "previous", "base", "place"):
            if key != request.against:
                st.button(AGAINST[key], on_click=st.query_params.update, kwargs={"against": key}, key=f"explorer_{key}")


def _frame(both: Sides, names: Names) -> pd.DataFrame:
    """A row a key, the whole last: name, both sides as number and words, the difference, the judgement."""
    rows: list[dict[str, object]] = []
    for key, comparison in [*both.rows.items(), (TOTAL, both.grand)]:
        sides: dict[str, tuple[float, float, float]] = {
            "left": (comparison.now, comparison.now_part, comparison.now_whole),
            "right": (comparison.base, comparison.base_part, comparison.base_whole),
        }
        told: dict[str, dict[str, float]] = {
            side: dict(zip(("value", "part", "whole"), numbers_of, strict=True)) for side, numbers_of in sides.items()
        }
        rows.append(
            {
                "key": key_of(key),
                "name": "合计"
                if key == TOTAL and both.metric.is_amount
                else "总体"
                if key == TOTAL
                else names.say(both.by, key),
                **{side: row["value"] for side, row in told.items()},
                **{
                    f"{side}_words": numbers.NONE
                    if numbers.missing(row["value"]) and not row["whole"] > 0
                    else explorer_table.cell_words(both.metric, row)
                    for side, row in told.items()
                },
                "change": change_words(both.metric, comparison),
                "judged": _judged(both, key),
            }
        )
    return pd.DataFrame(rows) if both.rows else pd.DataFrame()


def _judged(both: Sides, key: object) -> str:
    """The word of the row's verdict; why there is none where it has none."""
    comparison, told = (both.grand, both.whole) if key == TOTAL else (both.rows[key], both.verdicts[key])
    if not comparison.comparable:
        return "不作比较"
    return told.word if told else "没有检验"


def _open(page: Page, request: PivotRequest, key: str, side: str, both: Sides) -> None:
    """The records of one side, over the very days that were compared."""
    if both.are_places:
        explorer_words.open_cell(
            page, request.metric, {request.row: key, request.of: request.pair[0 if side == "left" else 1]}
        )
    else:
        explorer_words.open_cell(
            page, request.metric, {request.row: key}, both.grand.base_window if side == "right" else both.grand.window
        )


def _bars(page: Page, request: PivotRequest, both: Sides, frame: pd.DataFrame) -> None:
    rows = frame.iloc[:-1].head(MOST_BARS)
    rows = rows.assign(
        **{f"{side}_words": [plain_label(words, 30) for words in rows[f"{side}_words"]] for side in ("left", "right")}
    )
    sides = (both.left, both.right)
    span = (
        page.window.describe()
        if both.are_places or both.grand.base_window is None
        else f"{both.grand.window.describe()} 与 {both.grand.base_window.describe()}"
    )
    title = f"{both.left}与{both.right}：{request.metric.label}按{NAMES[request.row]}"
    figure = charts_pivot.paired(
        rows, sides, title=title, subtitle=f"{request.metric.label} · {request.metric.unit} · {span}"
    )
    chart_show.show(
        figure, "explorer_pair", lambda key, side: _open(page, request, key, side, both), hint="点一条看记录"
    )


def _table(page: Page, request: PivotRequest, both: Sides, frame: pd.DataFrame) -> None:
    columns = [
        Column("name", NAMES[request.row]),
        Column("left_words", both.left, "right"),
        Column("right_words", both.right, "right"),
        Column("change", "差", "right"),
        Column("judged", f"比{both.right}"),
    ]
    key = f"explorer_pair_{request.metric.key}_{request.row}_{request.against}"

    def touched() -> None:
        if cells := st.session_state[key].selection.cells:
            at, head = cells[0]
            _open(page, request, frame["key"].iloc[at], "right" if head == both.right else "left", both)

    tables.draw(
        frame,
        columns,
        key,
        on_select=touched,
        selection_mode="single-cell",
        alt="两边的数字",
        height=33 * (len(frame) + 1) + 3,
    )
    parts = [
        f"率的差是百分点，数量的差是 %；任何一边不足 {CHANGE_FROM} 只看数量",
        f"比{both.right}一列按{NAMES[request.row]}的个数校正过" if both.tested else "这类数字没有检验是否偶然",
    ]
    if both.hidden:
        parts.append(f"最多列 {MOST_ROWS} 个，还有 {both.hidden} 个{NAMES[request.row]}没有列出，都算在总数里")
    if len(both.rows) > MOST_BARS:
        parts.append(f"图上只画前 {MOST_BARS} 个")
    st.caption("；".join(parts) + "。")
    subject = export.Subject(
        f"{request.describe()}：{both.left}与{both.right}",
        page.filters.sentence(page.names),
        len(frame),
        page.build,
        page.scope,
    )
    export.offer(
        "explorer_pair", f"{request.metric.label}对比", subject, lambda most: _exported(both, frame, request).head(most)
    )


def _exported(compared: Sides, frame: pd.DataFrame, request: PivotRequest) -> pd.DataFrame:
    """Numbers rather than words, with part and whole of both sides."""
    both = [*compared.rows.values(), compared.grand]
    figures = {
        f"{side} {word}".strip(): [getattr(comparison, f"{name}{end}") for comparison in both]
        for side, name in ((compared.left, "now"), (compared.right, "base"))
        for word, end in (("", ""), ("分子", "_part"), ("分母", "_whole"))
    }
    return pd.DataFrame(
        {NAMES[request.row]: frame["name"], **figures, "差": frame["change"], f"比{compared.right}": frame["judged"]}
    )
