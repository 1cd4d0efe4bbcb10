"""楼宇画像's parts: the answer in one sentence, numbers, when and on which floor, what is owed, the newest records,
others of its kind."""

from dataclasses import replace

import streamlit as st

from metrics.ask.reading import narrowed
from metrics.define import catalogue, numbers
from metrics.duties import cadences
from metrics.places import building
from ui.frame import choice, missing_exports
from ui.frame.page import Page
from ui.frame.words import plain
from ui.parts.heat import heat, hot_spots
from ui.parts.meeting import cadences as duties
from ui.parts.safety import building_parts, campus_map
from ui.widgets import board
from warehouse.errors import UserError

TILES = (
    "ticket_count",
    "ticket_on_time_rate",
    "hazard_count",
    "hazard_on_time_rate",
    "incident_count",
    "cadence_coverage_rate",
)
MOST_OF = ("ticket_count", "hazard_count")  # by what the building to look at first is found


def chosen(page: Page) -> building.Facts | None:
    """The building the address asks for, with a list to choose another; where it names none or several, the one to look
    at first, for this page alone: the filters of the other tabs stay as they are. Says why there is none."""
    names = {
        building_id: page.names.get(building_id, building_id) for building_id in page.options.ids["buildings"][:-1]
    }
    wanted = page.filters.buildings
    first, why = (wanted[0], "") if len(wanted) == 1 else _first(page, wanted or tuple(names))
    with page.bar:
        st.session_state["building_choice"] = first if first in names else None
        st.selectbox(
            "楼宇",
            list(names),
            key="building_choice",
            format_func=lambda building_id: names.get(building_id, ""),
            placeholder="选一栋楼",
            width=220,
            label_visibility="collapsed",
            on_change=_touched,
        )
    if not first:
        page.headline(f"请选一栋楼：共 {len(names)} 栋，可以从列表里选，也可以在校园地图上点", of_all=True)
        page.link("打开校园地图", "campus_map")
        return None
    page.filters = page.filters.chosen("buildings", (first,))
    st.session_state["conditions"] = page.filters.sentence(page.names)  # what an export of this page prints
    try:
        facts = building.facts(page.build, first, page.scope)
    except UserError as error:
        page.headline("没有这栋楼可看", of_all=True)
        st.info(plain(error.sentence, 200))
        return None
    if why:
        st.caption(f"没有指定一栋楼，先看{why}的一栋；要看别的，在上面的列表里选，或在地图上点。")
    return facts


def _first(page: Page, among: tuple[str, ...]) -> tuple[str, str]:
    """(building, why) to look at first: what rose most above its own past year, or else has most.

    ('', '') where nothing was recorded.
    """
    for metric in (catalogue.get(key) for key in MOST_OF):
        if missing_exports.missing(page.build, metric.table):
            continue
        rows = page.measured(metric.key, by="building")
        rows = rows[rows["building"].isin(among) & (rows["part"] > 0)].sort_values("part", kind="stable")
        judged = heat.by_past(page, metric, "building")
        rose = judged[[one.is_clear for one in judged["verdict"]]] if len(judged) else judged
        rose = rose[rose["building"].isin(among) & (rose["excess"] > 0)].sort_values("excess", kind="stable")
        if len(rose):
            return rose["building"].iloc[-1], f"{metric.label}比自己过去一年多得最明显"
        if len(rows):
            return rows["building"].iloc[-1], f"{metric.label}最多"
    return "", ""


def _touched() -> None:
    if value := st.session_state["building_choice"]:
        st.query_params["building"] = value


def draw_portrait(page: Page, facts: building.Facts) -> None:
    """Everything about one building, what lies deeper behind a switch."""
    beside = replace(page.selection, buildings=())  # the building is what the page is about
    page.headline(narrowed.beginning(page.build, beside, sentence(page, facts)), of_all=True)
    told = [
        facts.kind,
        facts.grid,
        facts.branch,
        f"{facts.residents:,} 人" if facts.residents else None,
        f"{facts.floors} 层" if facts.floors else None,
        "消防重点部位" if facts.is_key_site else None,
    ]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="building_facts"):
        st.markdown(plain(" · ".join(part for part in told if part), 120), width="content")
        page.link("在地图上看", "campus_map")
        page.link("全部记录", "records")
    board.tiles(page, TILES)
    options = {key: label for key, (label, _) in building_parts.PARTS.items()}
    building_parts.PARTS[choice.switch("看哪一部分", "part", options, "when")][1](page, facts)
    building_parts.newest(page)


def sentence(page: Page, facts: building.Facts) -> str:
    """「3号楼工单 93 单，自己过去一年的水平约 52，明显偏多；未整改隐患 8 条，逾期 2 条；1 项定期要求逾期；热点：…」"""
    told = [_tickets(page), _hazards(page), _overdue(page)]
    for key in ("ticket_count", "hazard_count"):
        metric = catalogue.get(key)
        spots = tuple(
            part
            for part in hot_spots.of_page(page, metric, selection=campus_map.elsewhere(page))
            if part.place == facts.building_id
        )
        told += (
            [hot_spots.sentence(page, metric, spots, most=1)]
            if spots and not any(part.startswith("热点") for part in told)
            else []
        )
    return f"{facts.name}：{'；'.join(part for part in told if part) or '这段时间没有记录'}"


def _tickets(page: Page) -> str:
    row, metric = board.value(page, "ticket_count"), catalogue.get("ticket_count")
    if row is None:
        return ""
    judged = heat.by_past(page, metric, "building")
    seen = f"工单 {numbers.exact_number(row['part'])} 单"
    if judged.empty:
        return seen
    told = judged["verdict"].iloc[0]
    if not told.is_clear and not told.is_leaning:
        return f"{seen}，{told.told}"
    return f"{seen}，{told.against}约 {numbers.whole_number(judged['expected'].iloc[0])}，{told.word}"


def _hazards(page: Page) -> str:
    row = board.value(page, "hazard_overdue_open")
    if row is None:
        return ""
    if not row["whole"]:
        return "没有未整改的隐患"
    return f"未整改隐患 {numbers.exact_number(row['whole'])} 条，逾期 {numbers.exact_number(row['part'])} 条"


def _overdue(page: Page) -> str:
    rows = duties.obligations(page)
    late = rows[rows["state"] == cadences.OVERDUE] if len(rows) else rows
    return (
        f"{len(late)} 项定期要求逾期（{'、'.join(late['duty'].head(3))}）"
        if len(late)
        else "定期要求没有逾期"
        if len(rows)
        else ""
    )
