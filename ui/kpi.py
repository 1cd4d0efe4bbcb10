"""Tiles: one number each, with its parts, its recent weeks against their limits, and what that means in words."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import streamlit as st

from metrics import catalogue, spc, terms
from metrics.catalogue import Metric
from metrics.window import WEEK, Window
from ui import data, sparkline, states, theme
from ui.page import Page
from ui.words import escaped

WEEKS_BACK = 26
RELIABLY, NEVER, SOMETIMES = "稳定达标", "现状达不到", "时好时坏"


@dataclass(frozen=True)
class Tile:
    """Everything a tile says, already measured; drawing adds nothing to it."""

    metric: Metric
    value: float
    part: float
    whole: float
    series: tuple[float, ...]
    limits: spc.Xmr
    beside: str
    changes: tuple[str, ...]
    target: str

    @property
    def colour(self) -> str:
        good = spc.is_good(self.limits.verdict, self.metric.better)
        return theme.NEUTRAL if good is None else theme.GOOD if good else theme.BAD


def ask(page: Page, metric_key: str, week: date) -> Tile:
    """The tile of one metric for the week that begins on `week`, against the weeks of the same phase before it."""
    metric = catalogue.get(metric_key)
    weeks = page.measured(metric_key, window=Window(week - (WEEKS_BACK - 1) * WEEK, week + WEEK), every="week")
    now = weeks.iloc[-1]
    series = _same_phase(page, weeks["value"].to_numpy(float), week)
    ceiling = 1.0 if metric.kind == "proportion" else None
    limits = spc.xmr(series, better=metric.better, floor=0.0, ceiling=ceiling)
    return Tile(
        metric,
        now["value"],
        now["part"],
        now["whole"],
        tuple(series),
        limits,
        _beside(page, metric, week),
        _changes(page, metric, week),
        assurance(metric, now["value"], limits),
    )


def _same_phase(page: Page, values: np.ndarray, week: date) -> np.ndarray:
    """Weeks of another phase (term against holiday) left out: an empty campus is not a better one."""
    span = Window(week - (WEEKS_BACK - 1) * WEEK, week + WEEK)
    phases = np.array([each.phase for each in terms.weeks(page.build, span)], dtype=object)
    return np.where(phases == phases[-1], values, np.nan)


def _beside(page: Page, metric: Metric, week: date) -> str:
    """The metric this one may never be shown without, in the same week: 「本人评价率 54.8 %」."""
    if not metric.beside:
        return ""
    other = catalogue.get(metric.beside)
    row = page.measured(other.key, window=Window(week, week + WEEK)).iloc[0]
    return f"{other.label} {other.show(row['value'])}"


def _changes(page: Page, metric: Metric, week: date) -> tuple[str, ...]:
    """环比 and 同比 in a few words each; what they rest on is said on the trend page."""
    found = data.compared(page.build.name, metric.key, week, week + WEEK, page.selection, page.scope)
    return tuple(each.short for each in found)


def assurance(metric: Metric, value: float, limits: spc.Xmr) -> str:
    """「目标 85.0 %：达标 · 稳定达标」: whether the week met the target, and whether the process can be relied on to."""
    if metric.target is None or np.isnan(value):
        return ""
    higher = metric.better != "down"
    met = value >= metric.target if higher else value <= metric.target
    said = f"目标 {metric.show(metric.target)}：{'达标' if met else '未达标'}"
    if limits.provisional or np.isnan(limits.lower):
        return said
    worst, best = (limits.lower, limits.upper) if higher else (-limits.upper, -limits.lower)
    goal = metric.target if higher else -metric.target
    return f"{said} · {RELIABLY if worst >= goal else NEVER if best < goal else SOMETIMES}"


def html(tile: Tile) -> str:
    """The tile's inside; every word that is not ours is escaped."""
    metric, shown = tile.metric, tile.metric.show(tile.value)
    number, _, unit = shown.partition(" ")
    parts = metric.show_part_whole(tile.part, tile.whole)
    verdict = tile.limits.verdict + ("（试行）" if tile.limits.provisional and tile.limits.verdict != spc.TOO_FEW else "")
    lines = [
        "" if metric.kind == "count" else f"{parts}{' · ' + tile.beside if tile.beside else ''}",
        " · ".join(tile.changes),
        tile.target,
    ]
    below = "".join(f'<div class="tile-line">{escaped(line)}</div>' for line in lines if line)
    return (
        f'<div class="tile-top"><span class="tile-label">{escaped(metric.label)}</span>'
        f'<span class="tile-verdict" style="color:{tile.colour};border-color:{tile.colour}">{escaped(verdict)}</span></div>'
        f'<div class="tile-middle"><span class="tile-number">{escaped(number)}<small> {escaped(unit)}</small></span>'
        f"{sparkline.image(tile.series, tile.limits, tile.colour)}</div>{below}"
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
