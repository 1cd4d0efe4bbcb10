"""Two periods or two places side by side: the sentence, two bars a row, and the table with the difference by the rules."""

import pandas as pd
import streamlit as st

from metrics.compare import pivot_words
from metrics.compare.pivot import MOST_ROWS, NAMES
from metrics.compare.pivot_compare import LEVEL, Sides, change_words
from metrics.define import numbers
from metrics.define.small_numbers import CHANGE_FROM
from ui.charts import pivot as charts_pivot
from ui.charts.style import plain_label
from ui.export import export
from ui.frame import states
from ui.frame.page import Page
from ui.parts.explorer import data as explorer_data
from ui.parts.explorer import table as explorer_table
from ui.parts.explorer import words as explorer_words
from ui.parts.explorer.request import AGAINST, Asked, base_window
from ui.parts.explorer.words import TOTAL, Names
from ui.parts.heat.table import key_of
from ui.widgets import chart_show, tables
from ui.widgets.tables import Column

MOST_BARS = 12


def draw(page: Page, asked: Asked) -> None:
    """The comparison the address asks for; why there is none where there is none."""
    window = page.window
    common = (page.selection, page.scope)
    if asked.against == "place":
        found = explorer_data.two_places(
            page.build.name, asked.metric.key, window.start, window.end, asked.of, asked.pair, asked.row, *common
        )
    else:
        base, name, word, reason = base_window(page, asked)
        if base is None:
            page.headline(f"{asked.metric.label}：{reason}")
            _refused(asked, f"{reason}。")
            return
        span = (base.start, base.end)
        found = explorer_data.two_periods(
            page.build.name, asked.metric.key, window.start, window.end, span, name, word, asked.row, *common
        )
    names = explorer_words.names(page, {})
    page.headline(pivot_words.compared(found, names.say))
    if not (found.are_places or found.grand.comparable):
        _refused(asked, "这两段时间不能并排比。")
        return
    frame = _frame(found, names)
    if frame.empty:
        states.empty("两边都没有可以比较的记录。")
        return
    _bars(page, asked, found, frame)
    _table(page, asked, found, frame)


def _refused(asked: Asked, why: str) -> None:
    """Why these two do not stand side by side, and what else may be compared, one click away."""
    states.empty(why, "可以换一个时段，或改成下面这样比。")
    with st.container(horizontal=True, gap="small", key="explorer_instead"):
        for key in ("previous", "year", "base", "place"):
            if key != asked.against:
                st.button(AGAINST[key], on_click=st.query_params.update, kwargs={"against": key}, key=f"explorer_{key}")


def _frame(found: Sides, names: Names) -> pd.DataFrame:
    """A row a key, the whole last: name, both sides as number and words, the difference, the judgement."""
    rows = []
    for key, one in [*found.rows.items(), (TOTAL, found.grand)]:
        sides = {"left": (one.now, one.now_part, one.now_whole), "right": (one.base, one.base_part, one.base_whole)}
        told = {
            side: dict(zip(("value", "part", "whole"), numbers_of, strict=True)) for side, numbers_of in sides.items()
        }
        rows.append(
            {
                "key": key_of(key),
                "name": "合计"
                if key == TOTAL and found.metric.is_amount
                else "总体"
                if key == TOTAL
                else names.say(found.by, key),
                **{side: row["value"] for side, row in told.items()},
                **{
                    f"{side}_words": numbers.NONE
                    if numbers.missing(row["value"]) and not row["whole"] > 0
                    else explorer_table.cell_words(found.metric, row)
                    for side, row in told.items()
                },
                "change": change_words(found.metric, one),
                "judged": "" if key == TOTAL else _judged(found, key),
            }
        )
    return pd.DataFrame(rows) if found.rows else pd.DataFrame()


def _judged(found: Sides, key: object) -> str:
    one, p = found.rows[key], found.p.get(key, float("nan"))
    if not one.comparable:
        return "不作比较"
    if one.change is None or p != p:
        return "只看数量" if one.change is None else "没有检验"
    if p > LEVEL:
        return pivot_words.NOTHING
    if found.are_places or one.good is None:
        return "差别明显"
    return "明显变好" if one.good else "明显变差"


def _open(page: Page, asked: Asked, key: str, side: str, found: Sides) -> None:
    """The records of one side, over the very days that were compared."""
    if found.are_places:
        explorer_words.open_cell(page, asked.metric, {asked.row: key, asked.of: asked.pair[0 if side == "left" else 1]})
    else:
        explorer_words.open_cell(
            page, asked.metric, {asked.row: key}, found.grand.base_window if side == "right" else found.grand.window
        )


def _bars(page: Page, asked: Asked, found: Sides, frame: pd.DataFrame) -> None:
    rows = frame.iloc[:-1].head(MOST_BARS)
    rows = rows.assign(
        **{f"{side}_words": [plain_label(words, 30) for words in rows[f"{side}_words"]] for side in ("left", "right")}
    )
    sides = (found.left, found.right)
    span = (
        page.window.describe()
        if found.are_places
        else f"{found.grand.window.describe()} 与 {found.grand.base_window.describe()}"
    )
    title = f"{found.left}与{found.right}：{asked.metric.label}按{NAMES[asked.row]}"
    figure = charts_pivot.paired(
        rows, sides, title=title, subtitle=f"{asked.metric.label} · {asked.metric.unit} · {span}"
    )
    chart_show.show(
        figure, "explorer_pair", lambda key, side: _open(page, asked, key, side, found), hint="点一条看记录"
    )


def _table(page: Page, asked: Asked, found: Sides, frame: pd.DataFrame) -> None:
    columns = [
        Column("name", NAMES[asked.row]),
        Column("left_words", found.left, "right"),
        Column("right_words", found.right, "right"),
        Column("change", "差", "right"),
        Column("judged", "判断"),
    ]
    key = f"explorer_pair_{asked.metric.key}_{asked.row}_{asked.against}"

    def touched() -> None:
        if cells := st.session_state[key].selection.cells:
            at, head = cells[0]
            _open(page, asked, frame["key"].iloc[at], "right" if head == found.right else "left", found)

    tables.draw(
        frame,
        columns,
        key,
        on_select=touched,
        selection_mode="single-cell",
        alt="两边的数字",
        height=33 * (len(frame) + 1) + 3,
    )
    said = [
        f"率的差是百分点，数量的差是 %；任何一边不足 {CHANGE_FROM} 只看数量",
        f"判断按{NAMES[asked.row]}的个数校正过" if found.tested else "这类数字没有检验是否偶然",
    ]
    if found.hidden:
        said.append(f"最多列 {MOST_ROWS} 个，还有 {found.hidden} 个{NAMES[asked.row]}没有列出，都算在总数里")
    if len(found.rows) > MOST_BARS:
        said.append(f"图上只画前 {MOST_BARS} 个")
    st.caption("；".join(said) + "。")
    subject = export.Subject(
        f"{asked.describe()}：{found.left}与{found.right}",
        page.filters.sentence(page.names),
        len(frame),
        page.build,
        page.scope,
    )
    export.offer(
        "explorer_pair", f"{asked.metric.label}对比", subject, lambda most: _exported(found, frame, asked).head(most)
    )


def _exported(found: Sides, frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Numbers rather than words, with part and whole of both sides."""
    both = [*found.rows.values(), found.grand]
    figures = {
        f"{side} {word}".strip(): [getattr(one, f"{name}{end}") for one in both]
        for side, name in ((found.left, "now"), (found.right, "base"))
        for word, end in (("", ""), ("分子", "_part"), ("分母", "_whole"))
    }
    return pd.DataFrame({NAMES[asked.row]: frame["name"], **figures, "差": frame["change"], "判断": frame["judged"]})
