"""楼宇画像's parts: the answer in one sentence, numbers, when and on which floor, what is owed, the newest records, others of its kind."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

import warehouse
from metrics.ask import members
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.duties import cadences
from metrics.methods import funnel
from metrics.places import building
from ui.frame import choice, data, missing_exports, states
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.heat import heat, hot_spots
from ui.parts.meeting import cadences as duties
from ui.parts.safety import campus_map
from ui.widgets import board, tables
from warehouse.errors import UserError

TILES = (
    "ticket_count",
    "ticket_on_time_rate",
    "hazard_count",
    "hazard_on_time_rate",
    "incident_count",
    "cadence_coverage_rate",
)
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


@data.cached
def _rooms(build_name: str, metric_key: str, start, end, selection: Selection, scope: Scope) -> pd.DataFrame:
    return building.rooms(warehouse.get(build_name), metric_key, Window(start, end), selection, scope)


@data.cached
def _recent(build_name: str, start, end, selection: Selection, scope: Scope) -> pd.DataFrame:
    return building.recent(warehouse.get(build_name), Window(start, end), selection, scope)


@data.cached
def _lapsing(build_name: str, start: datetime, end: datetime, selection: Selection, scope: Scope) -> pd.DataFrame:
    return cadences.lapsing(warehouse.get(build_name), start, end, selection, scope)


@data.cached
def _alike(
    build_name: str, metric_key: str, start, end, kind: str, selection: Selection, scope: Scope
) -> funnel.Funnel | None:
    return building.alike(warehouse.get(build_name), metric_key, Window(start, end), kind, selection, scope)


def chosen(page: Page) -> building.Facts | None:
    """The building the address asks for, with a list to choose another; says why there is none."""
    known = {one: page.names.get(one, one) for one in page.options.ids["buildings"][:-1]}
    asked = page.filters.buildings
    with page.bar:
        st.session_state["building_choice"] = asked[0] if len(asked) == 1 and asked[0] in known else None
        st.selectbox(
            "楼宇",
            list(known),
            key="building_choice",
            format_func=lambda one: known.get(one, ""),
            placeholder="选一栋楼",
            width=220,
            label_visibility="collapsed",
            on_change=_touched,
        )
    if len(asked) != 1:
        page.headline(f"请选一栋楼：共 {len(known)} 栋，可以从列表里选，也可以在校园地图上点")
        page.link("打开校园地图", "campus_map")
        return None
    try:
        return building.facts(page.build, asked[0], page.scope)
    except UserError as error:
        page.headline("没有这栋楼可看")
        st.info(plain(error.sentence, 200))
        return None


def _touched() -> None:
    if value := st.session_state["building_choice"]:
        st.query_params["building"] = value


def draw(page: Page, facts: building.Facts) -> None:
    """Everything about one building, what lies deeper behind a switch."""
    page.headline(sentence(page, facts))
    told = [
        facts.kind,
        facts.grid,
        facts.branch,
        f"{facts.residents:,} 人" if facts.residents else None,
        f"{facts.floors} 层" if facts.floors else None,
        "消防重点部位" if facts.is_key_site else None,
    ]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="building_facts"):
        st.markdown(plain(" · ".join(one for one in told if one), 120), width="content")
        page.link("在地图上看", "campus_map")
        page.link("全部记录", "records")
    board.tiles(page, TILES)
    options = {key: label for key, (label, _) in PARTS.items()}
    PARTS[choice.switch("看哪一部分", "part", options, "when")][1](page, facts)
    _newest(page)


def sentence(page: Page, facts: building.Facts) -> str:
    """「3号楼工单 93 单，自己过去一年的水平约 52，明显偏多；未整改隐患 8 条，逾期 2 条；1 项定期要求逾期；热点：…」"""
    told = [_tickets(page), _hazards(page), _overdue(page)]
    for key in ("ticket_count", "hazard_count"):
        metric = catalogue.get(key)
        spots = tuple(
            one
            for one in hot_spots.found(page, metric, selection=campus_map.elsewhere(page))
            if one.place == facts.building_id
        )
        told += (
            [hot_spots.sentence(page, metric, spots, most=1)]
            if spots and not any(one.startswith("热点") for one in told)
            else []
        )
    return f"{facts.name}：{'；'.join(one for one in told if one) or '这段时间没有记录'}"


def _tickets(page: Page) -> str:
    row, metric = board.value(page, "ticket_count"), catalogue.get("ticket_count")
    if row is None:
        return ""
    odd = heat.against_past(page, metric, "building")
    seen = f"工单 {numbers.exact_number(row['part'])} 单"
    if odd.empty:
        return f"{seen}，与自己过去一年相比无明显变化"
    side = "多" if odd["excess"].iloc[0] > 0 else "少"
    return f"{seen}，自己过去一年的水平约 {numbers.whole_number(odd['expected'].iloc[0])}，明显偏{side}"


def _hazards(page: Page) -> str:
    row = board.value(page, "hazard_overdue_open")
    if row is None:
        return ""
    if not row["whole"]:
        return "没有未整改的隐患"
    return f"未整改隐患 {numbers.exact_number(row['whole'])} 条，逾期 {numbers.exact_number(row['part'])} 条"


def _overdue(page: Page) -> str:
    found = duties.ledger(page)
    late = found[found["state"] == cadences.OVERDUE] if len(found) else found
    return (
        f"{len(late)} 项定期要求逾期（{'、'.join(late['duty'].head(3))}）"
        if len(late)
        else "定期要求没有逾期"
        if len(found)
        else ""
    )


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
            heat.block(page, metric, "weekday", "hour", "building_clock", show)
    st.caption("粗体带点的格子与预期相差超出偶然；预期按所在行和列的合计推算；点一格看记录。")


def _floors(page: Page, facts: building.Facts) -> None:
    """Where inside: floors, then rooms; a room opens its records."""
    metric = _measure()
    if missing_exports.offered(page, metric.table):
        return
    rows = _rooms(page.build.name, metric.key, page.window.start, page.window.end, page.selection, page.scope)
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
    found = duties.ledger(page)
    st.markdown("**定期要求**（检查、巡查、演练、维保）")
    tables.draw(found, duties.LEDGER[1:], key="building_duties", nothing="没有约束这栋楼的定期要求。", height="content")
    start = page.build.data_date
    due = _lapsing(page.build.name, start, start + AHEAD, page.selection, page.scope)
    st.markdown("**今后四周到期**")
    tables.draw(
        duties.worded(due) if len(due) else due,
        DUE,
        key="building_due",
        nothing="今后四周没有到期的要求（每日的除外）。",
        height="content",
    )
    board.latest(page, "drill_count", "做过的演练", limit=5, nothing="这段时间没有演练。")


def _newest(page: Page) -> None:
    """Always there, so that from the map to one record is two clicks."""
    rows = _recent(page.build.name, page.window.start, page.window.end, page.selection, page.scope)
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
        "比什么", "compare", {one: catalogue.get(one).label for one in COMPARED}, COMPARED[0], width=200
    )
    metric = catalogue.get(key)
    if missing_exports.offered(page, metric.table):
        return
    judged = _alike(
        page.build.name,
        key,
        page.window.start,
        page.window.end,
        facts.kind,
        replace(page.selection, buildings=()),
        page.scope,
    )
    if judged is None:
        states.empty(f"{facts.kind}不到三栋可以比较。", "")
        return
    rows = judged.frame.assign(name=[members.name(page.build, "building", one) for one in judged.frame["building"]])
    st.markdown(
        plain(
            funnel.sentence(judged, list(rows["name"]), facts.kind).replace(f"个{facts.kind}", f"栋{facts.kind}", 1),
            300,
        )
    )
    rows["pair"] = [_pair(metric, row) for row in rows.itertuples()]
    rows["shown"] = [_shown(metric, row) for row in rows.itertuples()]
    rows = rows.assign(here=["● 本楼" if one == facts.building_id else "" for one in rows["building"]], open="看画像")
    rows = rows.sort_values(["here", "value"], ascending=[False, False], kind="stable")
    columns = [
        tables.Column("name", "楼宇"),
        tables.Column("here", ""),
        tables.Column("shown", "数值", "right"),
        tables.Column("pair", "由来", "right"),
        tables.Column("band", "与同类相比"),
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
        "计数按人数折算后与同类楼宇的共同水平比；“低于预期”“高于预期”只在超出 99.8% 的偶然范围时才写，其余不排名。"
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
