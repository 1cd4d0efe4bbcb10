"""The hotline's summary by department: who is under the floor of satisfaction, and how many people that rests on."""

import streamlit as st

from metrics.ask.selection import NOT_FILLED
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import NAMED_FROM
from ui.frame import missing_exports, words
from ui.frame.page import Page
from ui.widgets import board

TILES = ("hotline_events", "hotline_on_time_rate", "hotline_satisfaction_rate")
UNITS = ("hotline_events", "hotline_on_time_rate", "hotline_satisfaction_rate", "hotline_reached_rate")


def under_floor(page: Page) -> list[str]:
    """「饮食服务中心 74.9 %（412 / 550）」 of every department under the floor, the lowest first."""
    metric = _satisfaction(page)
    frame = page.measured(metric.key, by="unit")
    named = frame[
        (frame["unit"] != NOT_FILLED) & (frame["whole"] >= NAMED_FROM) & (frame["value"] < (metric.target or 0.0))
    ].sort_values("value")
    return [
        f"{row.unit} {metric.show(row.value)}（{numbers.exact_number(row.part)} / {numbers.exact_number(row.whole)}）"
        for row in named.itertuples()
    ]


def _satisfaction(page: Page) -> Metric:
    """With the floor that holds at the end of the period shown."""
    return catalogue.get("hotline_satisfaction_rate").at(page.window.last_day)


def _no_floor(floor: float) -> str:
    return "" if floor else "这个时段没有设点名线"


def draw(page: Page) -> None:
    """Tiles, the departments named, all departments with part and whole."""
    floor = _satisfaction(page).target or 0.0
    named = under_floor(page) if floor else []
    waits = missing_exports.waits(page, catalogue.get("hotline_events"))
    sentence = (
        waits
        or _no_floor(floor)
        or (
            f"低于 {floor:.0%} 点名线的部门：{'；'.join(named)}".replace("%", " %")
            if named
            else f"没有部门低于 {floor:.0%} 的点名线".replace("%", " %")
        )
    )
    st.markdown(f"**{words.plain(sentence, 400)}**")
    board.tiles(page, TILES)
    board.by(
        page,
        UNITS,
        "unit",
        "各部门的热线办理",
        note=f"按统计周期的结束日期归入时段；合计行不是部门，不在其中。分母不足 {NAMED_FROM} 的写成灰色，也不点名。",
    )
    page.link("查看汇总的每一行", "records", table="hotline_summaries")
