"""What lies deeper in a building: when and on which floor, what is owed, others of its kind; and its newest records."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.ask.reading import answerable
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.duties import cadences
from metrics.methods import funnel
from metrics.places import building
from ui.frame import choice, missing_exports, states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.heat import heat, hot_spots
from ui.parts.meeting import cadences as duties
from ui.widgets import board, tables

MEASURES = ("ticket_count", "hazard_count", "incident_count", "inspection_count")
COMPARED = ("ticket_count", "hazard_count", "ticket_on_time_rate", "hazard_on_time_rate", "hazard_recurrence_rate")
AHEAD = timedelta(days=28)
RECENT = [
    tables.Column("moment", "时间", "moment"),
    tables.Column("title", "记录"),
    tables.Column("category", "类别"),
    tables.Column("words", "状态或地点", width="large"),
]
DUE = [
    tables.Column("due_at", "最迟", "day"),
    tables.Column("duty", "职责"),
    tables.Column("every", "周期"),
    tables.Column("clause", "依据", width="large"),
]
_rooms, _recent = cached(building.rooms), cached(building.recent)
_lapsing, _alike = cached(cadences.lapsing), cached(building.alike)


def _measure() -> Metric:
    return catalogue.get(
        choice.select("看什么", "metric", {key: catalogue.get(key).label for key in MEASURES}, MEASURES[0], width=200)
    )


def _when(page: Page, facts: building.Facts) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="building_when"):
        metric = _measure()
        show = choice.switch("显示", "show", heat.SHOW, "value")
    if missing_exports.offered(page, metric.table):
        return
    with st.grid(2, min_column_width=420, gap="medium"):
        with st.container():
            heat.block(page, metric, "weekday", hot_spots.period(page), "building_calendar", show)
        with st.container():
            if why := answerable.why_not(page.build, metric, ("hour",)):
                states.empty(f"{why}。", remedy="")
            else:
                heat.block(page, metric, "weekday", "hour", "building_clock", show)
    st.caption("粗体带点的格子比预期明显偏多或偏少；预期按所在行和列的合计推算；点一格看记录。")


def _floors(page: Page, facts: building.Facts) -> None:
    """Where inside: floors, then rooms; a room opens its records."""
    metric = _measure()
    if missing_exports.offered(page, metric.table):
        return
    rows = _rooms(page.build, metric.key, page.window, page.selection, page.scope)
    if rows.empty:
        states.empty("这段时间没有记录。")
        return
    floors = rows.groupby("floor", as_index=False)["count"].sum()
    floors = floors.sort_values(
        "floor", key=lambda names: names.str.extract(r"^(\d+)", expand=False).astype("float64"), na_position="last"
    )
    unit = metric.unit.split("/")[0]
    with st.grid(2, min_column_width=320, gap="medium"):
        with st.container():
            st.markdown("**各层**")
            tables.draw(
                floors,
                [tables.Column("floor", "楼层"), tables.Column("count", f"{metric.label}（{unit}）", "bar")],
                key="floors",
                height="content",
            )
        with st.container():
            st.markdown("**最多的房间**")
            top = rows[rows["room"] != building.NO_ROOM].head(12).assign(open="看记录")
            columns = [
                tables.Column("room", "房间"),
                tables.Column("floor", "楼层"),
                tables.Column("count", f"{metric.label}（{unit}）", "bar"),
            ]
            tables.draw(
                top,
                [*columns, tables.Column("open", "记录", "button:open_room")],
                key="rooms",
                nothing="记录里没有写房间。",
                height="content",
            )
            if clicked := st.session_state.get("open_room"):
                page.open("records", metric=metric.key, q=top["room"].iloc[clicked["row"]])
    st.caption("楼层按房间号推算（302 为 3 层）。一间房报得多，可能是这间房的事，也可能是这间房的人肯报。")


def _owed(page: Page, facts: building.Facts) -> None:
    """Open hazards, statutory duties as they stand, what falls due next."""
    board.latest(
        page,
        "hazard_overdue_open",
        "没有整改的隐患（期限早的在前）",
        which="whole",
        order="due_at",
        nothing="没有未整改的隐患。",
    )
    rows = duties.obligations(page)
    st.markdown("**定期要求**（检查、巡查、演练、维保）")
    tables.draw(rows, duties.LEDGER[1:], key="building_duties", nothing="没有约束这栋楼的定期要求。", height="content")
    start = page.build.data_date
    due = _lapsing(page.build, start, start + AHEAD, page.selection, page.scope)
    st.markdown("**今后四周到期**")
    tables.draw(
        duties.worded(due) if len(due) else due,
        DUE,
        key="building_due",
        nothing="今后四周没有到期的要求（每日的除外）。",
        height="content",
    )
    board.latest(page, "drill_count", "做过的演练", limit=5, nothing="这段时间没有演练。")


def newest(page: Page) -> None:
    """Always there, so that from the map to one record is two clicks."""
    rows = _recent(page.build, page.window, page.selection, page.scope)
    st.markdown("**最近的记录**（各类合在一起，最新的在前；点任意一行看这条记录）")
    key = f"building_recent_{page.build.name}"
    tables.draw(
        rows,
        RECENT,
        key=key,
        height="content",
        nothing="这段时间没有记录。",
        on_select=lambda: _opened(page, key, rows),
        selection_mode="single-cell",
    )


def _opened(page: Page, key: str, rows: pd.DataFrame) -> None:
    if cells := st.session_state[key].selection.cells:
        row = rows.iloc[cells[0][0]]
        page.open("records", record=f"{row['table']}:{row['record_id']}")


def _kin(page: Page, facts: building.Facts) -> None:
    """Every building of the kind by one number; who really differs is said, the others are not ranked."""
    key = choice.select(
        "比什么", "compare", {each: catalogue.get(each).label for each in COMPARED}, COMPARED[0], width=200
    )
    metric = catalogue.get(key)
    if missing_exports.offered(page, metric.table):
        return
    judged = _alike(
        page.build,
        key,
        page.window,
        facts.kind,
        replace(page.selection, buildings=()),
        page.scope,
    )
    if judged is None:
        states.empty(f"{facts.kind}不到三栋可以比较。", "")
        return
    rows = judged.frame.assign(name=[members.name(page.build, "building", each) for each in judged.frame["building"]])
    st.markdown(
        plain(
            funnel.sentence(judged, list(rows["name"]), facts.kind).replace(f"个{facts.kind}", f"栋{facts.kind}", 1),
            300,
        )
    )
    rows["told"] = [one.word for one in rows["verdict"]]
    rows["pair"] = [_pair(metric, row) for row in rows.itertuples()]
    rows["shown"] = [_shown(metric, row) for row in rows.itertuples()]
    rows = rows.assign(here=["● 本楼" if each == facts.building_id else "" for each in rows["building"]], open="看画像")
    rows = rows.sort_values(["here", "value"], ascending=[False, False], kind="stable")
    columns = [
        tables.Column("name", "楼宇"),
        tables.Column("here", ""),
        tables.Column("shown", "数值", "right"),
        tables.Column("pair", "由来", "right"),
        tables.Column("told", "与同类相比"),
    ]
    tables.draw(
        rows,
        [*columns, tables.Column("open", "画像", "button:open_alike")],
        key=f"alike_{key}",
        height=420 if len(rows) > 11 else "content",
    )
    if clicked := st.session_state.get("open_alike"):
        page.open("building", building=rows["building"].iloc[clicked["row"]])
    st.caption(
        "计数按人数折算后与同类楼宇的共同水平比；出了 99.8 % 的偶然范围才写明显，只出了 95 % 的写尚不足以定论，不排名。"
    )


def _shown(metric: Metric, row) -> str:
    if metric.kind.peers == "proportion":
        return metric.show(row.part / row.whole if row.whole else float("nan"))
    return f"每千人 {row.part / row.whole * 1000:,.1f}" if row.whole else "—"


def _pair(metric: Metric, row) -> str:
    if metric.kind.peers == "proportion":
        return metric.show_part_whole(row.part, row.whole)
    return f"{row.part:,.0f} {metric.unit.split('/')[0]} / {row.whole:,.0f} 人"


PARTS = {
    "when": ("什么时候", _when),
    "rooms": ("楼层与房间", _floors),
    "owed": ("欠着什么", _owed),
    "alike": ("同类楼宇", _kin),
}
