"""反复与快慢's parts: rooms where the same comes again, hazards closed and found again, equipment failing twice, and
how fast units close."""

import pandas as pd
import streamlit as st

from metrics.compare import pace
from metrics.define import tables as known_tables
from metrics.define.small_numbers import CURVE_FROM, REPEATED_FROM
from metrics.places import repeats
from ui.charts import survival as charts_survival
from ui.frame import choice, missing_exports, open_records, states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.widgets import chart_show, tables

PACES = {"time_to_close": "工单办结", "hazard_time_to_close": "隐患销号"}
AGAIN = [
    tables.Column("place", "地点"),
    tables.Column("room", "房间"),
    tables.Column("category", "类别"),
    tables.Column("count", "次数", "bar"),
    tables.Column("open", "还没办结", "count"),
    tables.Column("first", "最早", "day"),
    tables.Column("last", "最近", "day"),
    tables.Column("unit", "多归"),
    tables.Column("see", "记录", "button:open_again"),
]
CHAINS = [
    tables.Column("place", "地点"),
    tables.Column("category", "类别"),
    tables.Column("links", "次数", "bar"),
    tables.Column("first", "第一次发现", "day"),
    tables.Column("last", "最近一次发现", "day"),
    tables.Column("state", "现在"),
    tables.Column("numbers", "编号", width=260),
    tables.Column("see", "记录", "button:open_chain"),
]
FAULTY = [
    tables.Column("place", "楼宇"),
    tables.Column("category", "设施"),
    tables.Column("faulty", "不合格的维保", "count"),
    tables.Column("services", "维保次数", "count"),
    tables.Column("devices", "不合格台数", "count"),
    tables.Column("last", "最近", "day"),
    tables.Column("see", "记录", "button:open_faulty"),
]
UNITS = [
    tables.Column("name", "责任部门"),
    tables.Column("word", "快慢"),
    tables.Column("cases", "件数", "count"),
    tables.Column("closed", "已办结", "count"),
    tables.Column("median", "一半办结", "right"),
    tables.Column("p90", "九成办结", "right"),
    tables.Column("see", "记录", "button:open_pace"),
]
_rooms, _returning = cached(repeats.repeated_places), cached(repeats.chains)
_equipment, _closing = cached(repeats.faulty), cached(pace.paces)


def draw(page: Page) -> None:
    """The sentence, then a tab each, computed when opened."""
    by_table = {name: _rooms(page.build, name, page.window, page.selection, page.scope) for name in repeats.TABLES}
    page.headline(_sentence(page, by_table))
    tabs = {"反复地点": _again, "销号后复发": _chains, "设施反复不合格": _faulty, "办结快慢": _pace}
    for name, tab in zip(tabs, st.tabs(list(tabs), key="repeats", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                tabs[name](page, by_table)


def _sentence(page: Page, by_table: dict[str, repeats.RepeatedPlaces]) -> str:
    """「3号楼 302 水电报修 9 次最多；同一房间同类 3 次以上的有 41 处，（123 / 2,930 单）；销号后又出现的隐患 3 处」"""
    parts = []
    for name, rooms in by_table.items():
        if missing_exports.missing(page.build, name) or not rooms.places:
            continue
        top, declared = rooms.frame.iloc[0], known_tables.get(name)
        parts.append(
            f"{declared.title}：{page.names.get(top['building_id'], top['building_id'])} {top['room']} "
            f"{top['category']} {top['count']} {declared.noun}最多，"
            f"同一房间同类 {REPEATED_FROM} {declared.noun}以上的 {rooms.places:,} 处（{rooms.records:,} / "
            f"{rooms.total:,} {declared.noun}）"
        )
    parts = parts or [f"没有同一房间同类 {REPEATED_FROM} 次以上的反复"]
    if not missing_exports.missing(page.build, "hazards"):
        chains = _returning(page.build, page.window, page.selection, page.scope)
        parts.append(f"销号后又出现的隐患 {len(chains):,} 处" if len(chains) else "没有销号后又出现的隐患")
    return "；".join(parts)


def _again(page: Page, by_table: dict[str, repeats.RepeatedPlaces]) -> None:
    table = choice.switch(
        "看哪种记录", "table", {name: known_tables.get(name).title for name in by_table}, next(iter(by_table))
    )
    if missing_exports.missing(page.build, table):
        states.empty(missing_exports.sentence(page.build, table), remedy="")
        return
    rooms = by_table[table]
    rows = rooms.frame.assign(place=_named(page, rooms.frame["building_id"]), see="查看")
    _listed(
        page,
        rows,
        AGAIN,
        f"反复地点_{known_tables.get(table).title}",
        "没有同一房间同类三次以上的记录。",
        lambda row: {
            "table": table,
            "same": [f"building_id:{row['building_id']}", f"room:{row['room']}", f"category:{row['category']}"],
        },
        "open_again",
    )
    if rooms.places > len(rows):
        st.caption(f"共 {rooms.places:,} 处，这里只列前 {len(rows):,} 处。")


def _chains(page: Page, _by_table: dict) -> None:
    if missing_exports.missing(page.build, "hazards"):
        states.empty(missing_exports.sentence(page.build, "hazards"), remedy="")
        return
    chains = _returning(page.build, page.window, page.selection, page.scope)
    rows = chains.assign(
        state=chains["open"].map({True: "又未销号", False: "已销号"}),
        numbers=chains["ids"].map(lambda ids: "、".join(ids)),
        see="查看",
    )
    st.caption("同一地点、同一类别的隐患，销号后在复发期限内又被发现，一次接一次连成一条；最近一次在本期内的列在这里。")
    _listed(
        page,
        rows,
        CHAINS,
        "销号后复发的隐患",
        "这段时间没有销号后又出现的隐患。",
        lambda row: {"record": f"hazards:{row['ids'][-1]}"},
        "open_chain",
    )


def _faulty(page: Page, _by_table: dict) -> None:
    if missing_exports.missing(page.build, "equipment_services"):
        states.empty(missing_exports.sentence(page.build, "equipment_services"), remedy="")
        page.link("取空表", "quality", source=missing_exports.source(page.build, "equipment_services"))
        return
    frame = _equipment(page.build, page.window, page.selection, page.scope)
    rows = frame.assign(place=_named(page, frame["building_id"]), see="查看")
    _listed(
        page,
        rows,
        FAULTY,
        "反复不合格的设施",
        "这段时间没有两次维保都不合格的设施，可以把时段放宽。",
        lambda row: {
            "table": "equipment_services",
            "same": [f"building_id:{row['building_id']}", f"category:{row['category']}"],
        },
        "open_faulty",
    )


def _pace(page: Page, _by_table: dict) -> None:
    key = choice.switch("看什么", "pace", PACES, "time_to_close")
    paces = _closing(page.build, key, page.window, "unit", page.selection, page.scope)
    if not paces.everyone.n:
        states.empty("这段时间没有可以画的用时。")
        return
    subtitle = f"还没有办结的比例 · 按责任部门 · {page.window.describe()} · 没办结的算到数据截止"
    chart_show.show(
        charts_survival.curves(paces, title=pace.sentence(paces), subtitle=subtitle),
        "paces",
        lambda unit: open_records.open_records(key, {"unit": unit}),
        narrowest=520,
        hint="红=明显偏慢，绿虚线=明显偏快，灰=都不明显；点一条线看记录",
    )
    show = paces.metric.show
    rows = pd.DataFrame(
        [
            {
                "key": unit.key,
                "name": unit.name,
                "word": unit.verdict.word,
                "cases": unit.curve.n,
                "closed": unit.curve.closed,
                "median": show(unit.curve.median),
                "p90": show(unit.curve.p90),
                "see": "查看",
            }
            for unit in paces.units
        ]
    )
    _listed(
        page,
        rows,
        UNITS,
        "办结快慢",
        "没有可以比较的部门。",
        lambda row: {"metric": key, "cell": f"unit:{row['key']}"},
        "open_pace",
    )
    st.caption(
        f"每家与其他各家合起来比，按家数校正；不到 {CURVE_FROM} 件的不判断。没有办结的不会因为还没办完就被算快。"
    )


def _named(page: Page, ids: pd.Series) -> list[str]:
    return [page.names.get(key, key) for key in ids]


def _listed(
    page: Page, rows: pd.DataFrame, columns: list[tables.Column], name: str, nothing: str, query, key: str
) -> None:
    """A table of which every row opens what `query` says, and which can be taken away."""
    tables.draw(rows, columns, key=f"table_{key}", nothing=nothing, height="content" if len(rows) <= 15 else 560)
    if rows.empty:
        return
    if clicked := st.session_state.get(key):
        page.open(
            "records", **{"since": page.window.start, "until": page.window.last_day, **query(rows.iloc[clicked["row"]])}
        )
    tables.downloads(rows.drop(columns="see"), columns[:-1], name, key=f"{key}_file")
