"""校园地图: the school's own map coloured by one number; who stands out and whether it is chance; a click opens the building."""

import json
from dataclasses import replace

import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.ask.selection import Selection
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from ui.charts import map as charts_map
from ui.charts.style import plain_label
from ui.frame import data, missing_exports, states
from ui.frame.page import Page
from ui.frame.words import plain as harmless
from ui.parts.heat import heat, hot_spots
from ui.widgets import chart_show, metric_choice, tables
from warehouse import Build

DEFAULT = "ticket_count"
NO_MAP = "还没有校园地图。"
REMEDY = (
    "把地图软件导出的 GeoJSON 存成 data/school/map.geojson，或在 data/school/map.csv 里一行写一个矩形，下一次构建就有。"
)
NARROWEST = charts_map.WIDE  # a phone moves the map sideways instead of squeezing it
MARKED = "白心圆点：这栋楼与预期相差超出偶然"


@data.cached
def shapes(build_name: str) -> pd.DataFrame:
    """The table map_shapes with rings and lines as lists of lists of points; empty for a build without a map."""
    frame = data.health(build_name, "map_shapes")
    return frame.assign(rings=frame["rings"].map(json.loads), lines=frame["lines"].map(json.loads))


def has_map(build: Build) -> bool:
    return "map_shapes" in build.tables and bool((shapes(build.name)["kind"] == "楼宇").any())


def elsewhere(page: Page) -> Selection:
    """The page's filters without its buildings: on a map a chosen building is outlined, the others stay to compare it with."""
    return replace(page.selection, buildings=())


def controls(page: Page) -> Metric:
    """Which number colours the map, in two steps; of those never received the first known one stands."""
    offered = [metric for metric in catalogue.all() if not metric.kind.counts_days]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="map_controls"):
        return metric_choice.draw(missing_exports.first_known(page.build.name, [DEFAULT, "hazard_count"]), offered)


def draw(page: Page, metric: Metric) -> None:
    """Headline, map, what could not be drawn, and every building's number in a table."""
    if missing_exports.said(page, metric):
        return
    only = elsewhere(page)
    found = page.measured(metric.key, by="building", selection=only)
    found = found[found["building"].isin(page.options.ids["buildings"][:-1])].set_index("building")
    if found.empty or found["part"].sum() + found["whole"].sum() == 0:
        page.headline(f"{metric.label}：这段时间、这个范围内没有记到楼的记录")
        states.empty("这段时间、这个范围内没有记到楼的记录。")
        return
    spots = hot_spots.found(page, metric, selection=only)
    odd = _odd(page, metric, only)
    page.headline(_headline(page, metric, found, odd, hot_spots.sentence(page, metric, spots, most=1)))
    marked = {*odd.index, *(one.place for one in spots)}
    if has_map(page.build):
        figure = charts_map.campus(
            _places(page, metric, found, marked),
            _scale(metric, found),
            title=_title(metric, found, odd, spots),
            subtitle=f"{metric.label} · {metric.unit} · {page.window.describe()}",
        )
        chart_show.show(
            figure,
            "campus_map",
            lambda building: page.open("building", building=building),
            narrowest=NARROWEST,
            hint="点一栋楼看它的画像",
        )
    else:
        states.empty(NO_MAP, REMEDY)
    _reading(page, metric, only)
    _table(page, metric, found, marked)


def _odd(page: Page, metric: Metric, only: Selection) -> pd.DataFrame:
    """Buildings that left what is likely: a count its own past year, a rate the common one. Index building; excess, expected, observed."""
    if metric.kind.counts_cases:
        found = heat.against_past(page, metric, "building", only)
    elif metric.is_rate:
        found = page.expected(metric.key, "building", selection=only)
        found = found[found["significant"].astype(bool)]
    else:
        found = pd.DataFrame({"building": [], "excess": []})
    found = found[found["building"].isin(page.options.ids["buildings"][:-1])]
    return found.sort_values("excess", key=abs, ascending=False).set_index("building")


def _headline(page: Page, metric: Metric, found: pd.DataFrame, odd: pd.DataFrame, hot: str) -> str:
    """「工单量：3号楼 92 单，自己过去一年的水平约 54，明显偏多；热点：…」, or that no building stands out."""
    told = [_stands_out(page, metric, found, building, row) for building, row in odd.head(2).iterrows()]
    told += [f"另有 {len(odd) - 2} 栋"] if len(odd) > 2 else []
    told += [hot] if hot else []
    if told:
        return f"{metric.label}：{'；'.join(told)}"
    whole = page.measured(metric.key, selection=elsewhere(page)).iloc[0]
    seen = metric.show(whole["value"]) + (
        f"（{metric.show_part_whole(whole['part'], whole['whole'])}）" if metric.is_rate else ""
    )
    return f"{metric.label}：{'合计 ' if metric.is_amount else ''}{seen}{'，各楼的差别都在偶然波动内' if _is_judged(metric) else ''}"


def _is_judged(metric: Metric) -> bool:
    return metric.is_rate or metric.kind.counts_cases


def _low_is_worse(metric: Metric) -> bool:
    return metric.is_rate and metric.better == "up"


def _stands_out(page: Page, metric: Metric, found: pd.DataFrame, building: str, row: pd.Series) -> str:
    side = "多" if row["excess"] > 0 else "少"
    if metric.is_rate:
        one = found.loc[building]
        return f"{_name(page, building)} {metric.show(one['value'])}（{metric.show_part_whole(one['part'], one['whole'])}），明显偏{'高' if row['excess'] > 0 else '低'}"
    unit = metric.unit.split("/")[0]
    return f"{_name(page, building)} {numbers.whole_number(row['observed'])} {unit}，自己过去一年的水平约 {numbers.whole_number(row['expected'])}，明显偏{side}"


def _name(page: Page, building: str) -> str:
    return members.name(page.build, "building", building)


def _title(metric: Metric, found: pd.DataFrame, odd: pd.DataFrame, spots: tuple) -> str:
    if metric.is_rate and (found["whole"] < GREYED_BELOW).all():
        return f"各楼的分母都不足 {GREYED_BELOW}，不着色，数字在下面的表里"
    parts = [f"{len(odd)} 栋楼与预期相差超出偶然"] if len(odd) else []
    parts += [f"{len(spots)} 处热点"] if spots else []
    return "，".join(parts) or "没有一栋楼超出偶然波动"


def _places(page: Page, metric: Metric, found: pd.DataFrame, marked: set[str]) -> list[charts_map.Place]:
    """Every shape with its colour's value and its words; a building out of sight has neither."""
    chosen, places = set(page.selection.buildings), []
    for row in shapes(page.build.name).itertuples():
        building = row.building_id if row.building_id in found.index else ""
        name = _name(page, building) if building else (row.name if isinstance(row.name, str) else "")
        value = float(found.at[building, "value"]) if building else float("nan")
        places.append(
            charts_map.Place(
                row.kind,
                row.rings,
                row.lines,
                (row.x, row.y),
                building,
                name,
                value,
                _hover(metric, found, building, name, marked),
                building in marked,
                bool(building) and building in chosen,
                metric.is_rate and bool(building) and found.at[building, "whole"] < GREYED_BELOW,
            )
        )
    return places


def _hover(metric: Metric, found: pd.DataFrame, building: str, name: str, marked: set[str]) -> str:
    if not building:
        return plain_label(name, 30)
    one = found.loc[building]
    lines = [f"<b>{plain_label(name, 30)}</b>", f"{metric.label} {plain_label(metric.show(one['value']), 40)}"]
    if metric.kind.has_parts and one["value"] == one["value"]:
        lines.append(plain_label(metric.show_part_whole(one["part"], one["whole"]), 60))
    return "<br>".join([*lines, *(["与预期相差超出偶然"] if building in marked else []), "点开看画像"])


def _scale(metric: Metric, found: pd.DataFrame) -> charts_map.Scale:
    known = found.loc[(found["whole"] >= GREYED_BELOW) | (not metric.is_rate), "value"].dropna()
    low = float(known.min()) if metric.is_rate and len(known) else 0.0
    high = float(known.max()) if len(known) else 1.0
    return charts_map.Scale(low, high, metric.show(low), metric.show(high), _low_is_worse(metric))


def _reading(page: Page, metric: Metric, only: Selection) -> None:
    """How to read the map, near-repeats, and what of the school's map could not be drawn or coloured."""
    said = [
        MARKED,
        "浅灰的图形不在楼宇表里或不在可见范围内",
        *([f"浅灰的楼分母不足 {GREYED_BELOW}"] if metric.is_rate else []),
        "斜线表示没有数据，不是 0",
    ]
    st.caption("；".join(said) + "。" + (f"{hot_spots.RULE}。" if metric.kind.counts_cases else ""))
    if told := hot_spots.repeats(page, metric, only):
        st.markdown(harmless(f"{told}。", 300))
    notes = data.health(page.build.name, "warnings")
    notes = notes[notes["source"] == "map"]
    if len(notes):
        st.caption(
            "地图上要说明的：\n"
            + "\n".join(
                f"- {harmless(note.message, 300)}。{harmless(note.remedy, 120)}。" for note in notes.itertuples()
            )
        )


def _table(page: Page, metric: Metric, found: pd.DataFrame, marked: set[str]) -> None:
    """The same numbers for who cannot see colours, and for buildings the map lacks."""
    st.subheader("各楼的数字", anchor=False)
    kinds = data.health(page.build.name, "buildings").set_index("building_id")["kind"]
    rows = found.reset_index().sort_values("value", ascending=_low_is_worse(metric), na_position="last", kind="stable")
    rows = rows.assign(
        name=[_name(page, one) for one in rows["building"]],
        kind=rows["building"].map(kinds),
        shown=[metric.show(one) for one in rows["value"]],
        pair=[metric.show_part_whole(part, whole) for part, whole in zip(rows["part"], rows["whole"], strict=True)],
        word=["超出偶然" if one in marked else "" for one in rows["building"]],
        open="看画像",
    )
    columns = [
        tables.Column("name", "楼宇"),
        tables.Column("kind", "类型"),
        tables.Column("shown", metric.label, "right"),
        *([tables.Column("pair", "分子 / 分母", "right")] if metric.kind.has_parts else []),
        tables.Column("word", "判断"),
    ]
    tables.draw(rows, [*columns, tables.Column("open", "画像", "button:open_building")], key="map_table", height=420)
    if clicked := st.session_state.get("open_building"):
        page.open("building", building=rows["building"].iloc[clicked["row"]])
    tables.downloads(rows, columns, f"{metric.label}_各楼_{page.build.data_date:%Y%m%d}", key="map_file")
