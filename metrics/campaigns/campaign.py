"""The campaigns on record, each with its places and the places it is compared with."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import pandas as pd

from metrics.ask import members
from metrics.ask.selection import ALL, EVERYTHING, Scope
from metrics.ask.window import Window
from metrics.define import catalogue
from warehouse import Build

COUNTED = {"工单": "ticket_count", "隐患": "hazard_count"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Campaign:
    """One campaign and the places it is compared with: same kinds of building, in no campaign against the same category
    meanwhile. `unknown`: places of it that no building answers to."""

    campaign_id: str
    title: str
    category: str
    counted: str
    window: Window
    places: tuple[str, ...]
    others: tuple[str, ...]
    unknown: tuple[str, ...]
    unit: str

    @property
    def metric(self) -> str:
        return COUNTED[self.counted]

    @property
    def table(self) -> str:
        return catalogue.get(self.metric).table


def campaigns(build: Build, scope: Scope = EVERYTHING) -> list[Campaign]:
    """Every campaign begun by the data date with a place the viewer may see, newest first."""
    return list(_begun(build, scope)) if "campaigns" in build.tables else []


@lru_cache(maxsize=16)
def _begun(build: Build, scope: Scope) -> tuple[Campaign, ...]:
    listed, places = _listed(build)
    visible = set(members.allowed(build, "building", ALL, scope))
    kinds = _kinds(build)
    begun = []
    for row in listed.itertuples():
        own = places[places["campaign_id"] == row.campaign_id]
        here = tuple(own["building_id"].dropna().unique())
        if not set(here) <= visible or row.counted not in COUNTED:
            continue
        window = Window(row.starts_at.date(), row.ends_at.date() + DAY)
        busy = _busy(listed, places, row)
        like = {kinds[one] for one in here if one in kinds}
        others = tuple(
            one
            for one, kind in kinds.items()
            if kind in like and one not in here and one not in busy and one in visible
        )
        unknown = tuple(own.loc[own["building_id"].isna(), "place_text"])
        unit = row.unit if isinstance(row.unit, str) else ""
        begun.append(
            Campaign(row.campaign_id, row.title, row.category, row.counted, window, here, others, unknown, unit)
        )
    return tuple(begun)


@lru_cache(maxsize=8)
def _listed(build: Build) -> tuple[pd.DataFrame, pd.DataFrame]:
    listed = build.query(
        """SELECT campaign_id, title, category, counted, starts_at, ends_at, unit FROM campaigns
           WHERE is_campaign ORDER BY starts_at DESC, campaign_id"""
    )
    return listed, build.query("SELECT campaign_id, building_id, place_text FROM campaign_places ORDER BY ALL")


@lru_cache(maxsize=8)
def _kinds(build: Build) -> dict[str, str]:
    frame = build.query("SELECT building_id, kind FROM buildings ORDER BY sort_order, building_id")
    return dict(zip(frame["building_id"], frame["kind"], strict=True))


def _busy(listed: pd.DataFrame, places: pd.DataFrame, row) -> set[str]:
    """Buildings of other campaigns against the same category that touch this one's before, during or after."""
    length = row.ends_at - row.starts_at
    touching = listed[(listed["category"] == row.category) & (listed["campaign_id"] != row.campaign_id)]
    touching = touching[(touching["starts_at"] < row.ends_at + length) & (touching["ends_at"] > row.starts_at - length)]
    return set(places.loc[places["campaign_id"].isin(touching["campaign_id"]), "building_id"].dropna())
