"""Tiles: one number each, with its parts, its recent weeks against their limits, and what that means in words."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from metrics import catalogue, spc, terms
from metrics.catalogue import Metric
from metrics.recent import Recent, assurance, target_met
from metrics.window import WEEK, Window
from ui import data, lacking, sparkline, states, theme
from ui.page import Page
from ui.words import escaped


@dataclass(frozen=True)
class Tile:
    """Everything a tile says, already measured; drawing adds nothing to it."""

    recent: Recent
    beside: str
    changes: tuple[str, ...]
    state: str = ""  # said instead of a verdict, where the export behind the number is missing or stops short

    @property
    def metric(self) -> Metric:
        return self.recent.metric

    @property
    def verdict(self) -> str:
        """正常波动, 异常上升 …; 试行 while the limits rest on few weeks; 未满一周 where nothing can be said yet."""
        limits = self.recent.limits
        if self.state:
            return self.state
        if not self.recent.whole_week:
            return "未满一周"
        return limits.verdict + ("（试行）" if limits.provisional and limits.verdict != spc.TOO_FEW else "")

    @property
    def colour(self) -> str:
        good = self.recent.good
        return theme.NEUTRAL if good is None or self.state else theme.GOOD if good else theme.BAD

    @property
    def target(self) -> str:
        """「目标 85.0 %：达标 · 时好时坏」: the week against the target, and whether the process can be relied on."""
        met = target_met(self.recent)
        if met is None:
            return ""
        said = f"目标 {self.metric.show(self.metric.target)}：{'达标' if met else '未达标'}"
        return " · ".join(part for part in (said, assurance(self.recent)) if part)


def ask(page: Page, metric_key: str, week: date) -> Tile:
    """The tile of one metric for the week that begins on `week`."""
    found, build = data.recent(page.build.name, metric_key, week, page.selection, page.scope), page.build.name
    table = found.metric.table
    if lacking.missing(build, table):
        return Tile(found, "", (f"还没有收到{lacking.title(build, table)}的导出，放进 data/inbox 再载入",), "没有数据")
    if not lacking.begun(build, table, week):
        return Tile(found, "", ("这一周之前还没有数据",))
    beside = _beside(page, found.metric, week)
    if lacking.stops(build, table, week):
        return Tile(found, beside, ("本周未满，不比较",), "未满一周")
    return Tile(found, beside, _changes(page, found.metric, week))


def _beside(page: Page, metric: Metric, week: date) -> str:
    """The metric this one may never be shown without, in the same week: 「本人评价率 54.8 %」."""
    if not metric.beside:
        return ""
    other = catalogue.get(metric.beside)
    row = page.measured(other.key, window=Window(week, week + WEEK)).iloc[0]
    return f"{other.label} {other.show(row['value'])}"


def _changes(page: Page, metric: Metric, week: date) -> tuple[str, ...]:
    """环比 and 同比 in a few words each; what they rest on is said on the trend page."""
    before, year = (each.short for each in data.compared(page.build.name, metric.key, week, week + WEEK, page.selection, page.scope))
    phase, other = (terms.week(page.build, day).phase for day in (week, week - WEEK))
    if metric.kind != "stock" and other and other != phase:  # a term's first week is no growth over the holiday
        before = f"环比 —（上周是{other}）"
    return before, year


def html(tile: Tile) -> str:
    """The tile's inside; every word that is not ours is escaped."""
    metric, found = tile.metric, tile.recent
    number, _, unit = metric.show(found.value).partition(" ")
    parts = "" if metric.kind == "count" or found.value != found.value else metric.show_part_whole(found.part, found.whole)
    lines = [" · ".join(part for part in (parts, tile.beside) if part), " · ".join(tile.changes), tile.target]
    below = "".join(f'<div class="tile-line">{escaped(line)}</div>' for line in lines if line)
    return (
        f'<div class="tile-top"><span class="tile-label">{escaped(metric.label)}</span>'
        f'<span class="tile-verdict" style="color:{tile.colour};border-color:{tile.colour}">{escaped(tile.verdict)}</span></div>'
        f'<div class="tile-middle"><span class="tile-number">{escaped(number)}<small> {escaped(unit)}</small></span>'
        f"{sparkline.image(found, tile.colour)}</div>{below}"
    )


def draw(page: Page, tile: Tile) -> None:
    """One tile; a click anywhere on it opens the trend with the same filters, the small word its definition."""
    key = tile.metric.key
    with st.container(border=True, key=f"tile_{key}", gap="xxsmall", height="stretch"):
        st.html(html(tile))
        with st.container(horizontal=True, gap="xsmall", key=f"tile_links_{key}"):
            page.link("看趋势", "trends", metric=key)
            page.link("怎么算", "glossary", metric=key)


def wall(page: Page, metric_keys: tuple[str, ...], week: date) -> None:
    """Tiles side by side, as many as fit; one that fails says so and does not take the others with it."""
    with st.grid(3, min_column_width=280, gap="small"):
        for key in metric_keys:
            try:
                tile = ask(page, key, week)
            except Exception as error:
                with st.container(border=True):
                    states.failed(error, f"「{catalogue.get(key).label}」没有算出来，其他数字不受影响。")
                continue
            draw(page, tile)
