"""校园地图: the school's own map coloured by one number; who stands out and whether it is chance; a click opens the
building."""

import json
from dataclasses import replace

import pandas as pd
import streamlit as st

from metrics.ask import members
from metrics.ask.selection import Selection
from metrics.compare import excess
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import GREYED_BELOW
from metrics.methods import verdict as verdicts
from ui.charts.campus import map as charts_map
from ui.charts.campus import shapes as charts_shapes
from ui.charts.style import plain_label
from ui.frame import data, missing_exports, states
from ui.frame.cache import cached
from ui.frame.page import Page
from ui.frame.words import plain as harmless
from ui.parts.heat import heat, hot_spots
from ui.parts.heat import table as heat_table
from ui.widgets import chart_show, metric_choice, tables
from warehouse import Build

DEFAULT = "ticket_count"
NO_MAP = "还没有校园地图。"
REMEDY = (
    "把地图软件导出的 GeoJSON 存成 data/school/map.geojson，或在 data/school/map.csv 里一行写一个矩形，下一次构建就有。"
)
NARROWEST = charts_map.WIDE  # a phone moves the map sideways instead of squeezing it
MARKED = "白心圆点：这栋楼比{}{}或{}；白心菱形：这栋楼有热点"


@cached
def shapes(build: Build) -> pd.DataFrame:
    """The table map_shapes with rings and lines as lists of lists of points; empty for a build without a map."""
    frame = data.health(build, "map_shapes")
    return frame.assign(rings=frame["rings"].map(json.loads), lines=frame["lines"].map(json.loads))


def has_map(build: Build) -> bool:
    return "map_shapes" in build.tables and bool((shapes(build)["kind"] == "楼宇").any())


def elsewhere(page: Page) -> Selection:
    """The page's filters without its buildings: on a map a chosen building is outlined, the others stay to compare it
    with."""
    return replace(page.selection, buildings=())


def controls(page: Page) -> Metric:
    """Which number colours the map, in two steps; of those never received the first known one stands."""
    offered = [metric for metric in catalogue.all() if not metric.kind.counts_days]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="map_controls"):
        return metric_choice.choose(missing_exports.first_known(page.build, [DEFAULT, "hazard_count"]), offered)


def draw(page: Page, metric: Metric) -> None:
    """Headline, map, what could not be drawn, and every building's number in a table."""
    if missing_exports.announced(page, metric):
        return
    only = elsewhere(page)
    measured = page.measured(metric.key, by="building", selection=only)
    measured = measured[measured["building"].isin(page.options.ids["buildings"][:-1])].set_index("building")
    if measured.empty or measured["part"].sum() + measured["whole"].sum() == 0:
        page.headline(f"{metric.label}：这段时间、这个范围内没有记到楼的记录")
        states.empty("这段时间、这个范围内没有记到楼的记录。")
        return
    spots = hot_spots.of_page(page, metric, selection=only)
    judged = _judged(page, metric, only)
    odd, calm = _odd(page, judged), f"各楼{heat_table.calm(judged, ('building',))}" if len(judged) else ""
    page.headline(_headline(page, metric, measured, odd, calm, hot_spots.sentence(page, metric, spots, most=1)))
    hot = {spot.place for spot in spots}
    if has_map(page.build):
        figure = charts_map.campus(
            _places(page, metric, measured, odd, hot),
            _scale(metric, measured),
            title=_title(metric, measured, odd, calm, spots),
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
    _table(page, metric, measured, odd, hot)


def _judged(page: Page, metric: Metric, only: Selection) -> pd.DataFrame:
    """Every building: a count against its own past year, a rate against the common one; empty where neither is."""
    if metric.kind.counts_cases:
        return heat.by_past(page, metric, "building", only)
    if metric.is_rate:
        return page.expected(metric.key, "building", selection=only)
    return pd.DataFrame({"building": [], "excess": [], "verdict": []})


def _odd(page: Page, judged: pd.DataFrame) -> pd.DataFrame:
    """Those that left what is likely. Index building; excess, expected, observed, verdict."""
    judged = judged[judged["verdict"].map(lambda one: one.is_clear).astype(bool)]
    judged = judged[judged["building"].isin(page.options.ids["buildings"][:-1])]
    return judged.sort_values("excess", key=abs, ascending=False).set_index("building")


def _headline(page: Page, metric: Metric, measured: pd.DataFrame, odd: pd.DataFrame, calm: str, hot: str) -> str:
    """「工单量：3号楼 92 单，自己过去一年的水平约 54，明显偏多；热点：…」, or that no building stands out."""
    told = [_stands_out(page, metric, measured, building, row) for building, row in odd.head(2).iterrows()]
    told += [f"另有 {len(odd) - 2} 栋"] if len(odd) > 2 else []
    told += [hot] if hot else []
    if told:
        return f"{metric.label}：{'；'.join(told)}"
    whole = page.measured(metric.key, selection=elsewhere(page)).iloc[0]
    seen = metric.show(whole["value"]) + (
        f"（{metric.show_part_whole(whole['part'], whole['whole'])}）" if metric.is_rate else ""
    )
    return f"{metric.label}：{'合计 ' if metric.is_amount else ''}{seen}{f'，{calm}' if calm else ''}"


def _low_is_worse(metric: Metric) -> bool:
    return metric.is_rate and metric.better == "up"


def _stands_out(page: Page, metric: Metric, measured: pd.DataFrame, building: str, row: pd.Series) -> str:
    told = row["verdict"]
    if metric.is_rate:
        here = measured.loc[building]
        return (
            f"{_name(page, building)} {metric.show(here['value'])}（"
            f"{metric.show_part_whole(here['part'], here['whole'])}），{told.told}"
        )
    unit = metric.unit.split("/")[0]
    return (
        f"{_name(page, building)} {numbers.whole_number(row['observed'])} {unit}，"
        f"{told.against}约 {numbers.whole_number(row['expected'])}，{told.word}"
    )


def _name(page: Page, building: str) -> str:
    return members.name(page.build, "building", building)


def _title(metric: Metric, measured: pd.DataFrame, odd: pd.DataFrame, calm: str, spots: tuple) -> str:
    if metric.is_rate and (measured["whole"] < GREYED_BELOW).all():
        return f"各楼的分母都不足 {GREYED_BELOW}，不着色，数字在下面的表里"
    parts = [verdicts.summed(odd["verdict"], "栋楼")] if len(odd) else []
    parts += [f"{len({spot.place for spot in spots})} 栋楼有热点"] if spots else []
    return "，".join(parts) or calm or "各楼的数字"


def _places(
    page: Page, metric: Metric, measured: pd.DataFrame, odd: pd.DataFrame, hot: set[str]
) -> list[charts_shapes.Place]:
    """Every shape with its colour's value and its words; a building out of sight has neither."""
    chosen, places = set(page.selection.buildings), []
    for row in shapes(page.build).itertuples():
        building = row.building_id if row.building_id in measured.index else ""
        name = _name(page, building) if building else (row.name if isinstance(row.name, str) else "")
        value = float(measured.at[building, "value"]) if building else float("nan")
        places.append(
            charts_shapes.Place(
                row.kind,
                row.rings,
                row.lines,
                (row.x, row.y),
                building,
                name,
                value,
                _hover(metric, measured, building, name, _word(building, odd, hot)),
                building in odd.index,
                building in hot,
                bool(building) and building in chosen,
                metric.is_rate and bool(building) and measured.at[building, "whole"] < GREYED_BELOW,
            )
        )
    return places


def _word(building: str, odd: pd.DataFrame, hot: set[str]) -> str:
    """「比自己过去一年的水平明显偏多，有热点」; '' where nothing stands out."""
    told = odd.at[building, "verdict"].told if building in odd.index else ""
    return "，".join(part for part in (told, "有热点" if building in hot else "") if part)


def _hover(metric: Metric, measured: pd.DataFrame, building: str, name: str, word: str) -> str:
    if not building:
        return plain_label(name, 30)
    here = measured.loc[building]
    lines = [f"<b>{plain_label(name, 30)}</b>", f"{metric.label} {plain_label(metric.show(here['value']), 40)}"]
    if metric.kind.has_parts and here["value"] == here["value"]:
        lines.append(plain_label(metric.show_part_whole(here["part"], here["whole"]), 60))
    return "<br>".join([*lines, *([word] if word else []), "点开看画像"])


def _scale(metric: Metric, measured: pd.DataFrame) -> charts_map.Scale:
    values = measured.loc[(measured["whole"] >= GREYED_BELOW) | (not metric.is_rate), "value"].dropna()
    low = float(values.min()) if metric.is_rate and len(values) else 0.0
    high = float(values.max()) if len(values) else 1.0
    return charts_map.Scale(low, high, metric.show(low), metric.show(high), _low_is_worse(metric))


def _reading(page: Page, metric: Metric, only: Selection) -> None:
    """How to read the map, near-repeats, and what of the school's map could not be drawn or coloured."""
    sides = verdicts.sides(metric.kind.is_level)
    held = excess.COMMON if metric.is_rate else excess.OWN_PAST
    parts = [
        MARKED.format(held, verdicts.clear(1, sides), verdicts.clear(-1, sides)),
        "浅灰的图形不在楼宇表里或不在可见范围内",
        *([f"浅灰的楼分母不足 {GREYED_BELOW}"] if metric.is_rate else []),
        "斜线表示没有数据，不是 0",
    ]
    st.caption("；".join(parts) + "。" + (f"{hot_spots.RULE}。" if metric.kind.counts_cases else ""))
    if told := hot_spots.repeats(page, metric, only):
        st.markdown(harmless(f"{told}。", 300))
    notes = data.health(page.build, "warnings")
    notes = notes[notes["source"] == "map"]
    if len(notes):
        st.caption(
            "地图上要说明的：\n"
            + "\n".join(
                f"- {harmless(note.message, 300)}。{harmless(note.remedy, 120)}。" for note in notes.itertuples()
            )
        )


def _table(page: Page, metric: Metric, measured: pd.DataFrame, odd: pd.DataFrame, hot: set[str]) -> None:
    """The same numbers for who cannot see colours, and for buildings the map lacks."""
    st.subheader("各楼的数字", anchor=False)
    kinds = data.health(page.build, "buildings").set_index("building_id")["kind"]
    rows = measured.reset_index().sort_values(
        "value", ascending=_low_is_worse(metric), na_position="last", kind="stable"
    )
    rows = rows.assign(
        name=[_name(page, each) for each in rows["building"]],
        kind=rows["building"].map(kinds),
        shown=[metric.show(each) for each in rows["value"]],
        pair=[metric.show_part_whole(part, whole) for part, whole in zip(rows["part"], rows["whole"], strict=True)],
        word=[_word(each, odd, hot) for each in rows["building"]],
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
