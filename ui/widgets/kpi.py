"""Tiles: one number each, with its parts, its recent weeks against their limits, and what that means in words."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from metrics.compare.tiles import Tile
from metrics.define import catalogue
from ui.charts import colours, sparkline
from ui.frame import data, links, missing_exports, states
from ui.frame.filters import Filters
from ui.frame.page import Page
from ui.frame.words import escaped, unbroken


def ask(page: Page, metric_key: str, week: date) -> Tile:
    """The tile of one metric for the week that begins on `week`."""
    return data.tile(page.build, metric_key, week, page.selection, page.scope)


def colour(tile: Tile) -> str:
    """Colour of a tile's verdict."""
    return {"good": colours.GOOD, "bad": colours.BAD}.get(tile.tone, colours.NEUTRAL)


def html(tile: Tile) -> str:
    """The tile's inside; every word that is not ours is escaped."""
    shade = colour(tile)
    number, _, unit = tile.value.partition(" ")
    parts = " · ".join(part for part in (tile.parts, tile.beside) if part)
    lines = [parts, tile.by_clock, " · ".join(tile.changes), tile.target]
    below = "".join(f'<div class="tile-line">{unbroken(line)}</div>' for line in lines if line)
    return (
        f'<div class="tile-top" title="{escaped(tile.uncompared)}">'
        f'<span class="tile-label">{escaped(tile.metric.label)}</span>'
        f'<span class="tile-verdict" style="color:{shade};border-color:{shade}">{escaped(tile.verdict)}</span></div>'
        f'<div class="tile-middle"><span class="tile-number">{escaped(number)}<small> {escaped(unit)}</small></span>'
        f"{sparkline.image(tile.recent, shade)}</div>{below}"
    )


def draw_tile(page: Page, tile: Tile) -> None:
    """One tile; a click anywhere on it opens the trend with the same filters, the small word its definition."""
    key = tile.metric.key
    with st.container(border=True, key=f"tile_{key}", gap="xxsmall", height="stretch"):
        st.html(html(tile))
        with st.container(horizontal=True, gap="xsmall", key=f"tile_links_{key}"):
            if missing_exports.missing(page.build, tile.metric.table):
                page.link("取空表", "quality", source=missing_exports.source(page.build, tile.metric.table))
            else:
                page.link("看趋势", "trends", metric=key)
                links.link("看记录", "records", _in_week(page, tile), metric=key)
            page.link("怎么算", "glossary", metric=key)


def _in_week(page: Page, tile: Tile) -> Filters:
    """The page's filters narrowed to the tile's seven days."""
    week = tile.recent.weeks[-1]
    return replace(page.filters, first_day=week, last_day=week + timedelta(days=6))


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
            draw_tile(page, tile)
