"""Before and after a branch's campaigns: the evaluation, and weekly series with limits at its places and at those
compared with."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from metrics.ask import members, terms
from metrics.ask.first_day import first_whole_week
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday
from metrics.branches.periods import Period
from metrics.campaigns import campaign, effect
from metrics.campaigns import words as campaign_words
from metrics.campaigns.campaign import Campaign
from metrics.campaigns.effect import Evaluation
from metrics.define import catalogue, numbers
from metrics.methods import spc
from metrics.methods.verdict import AMOUNT
from warehouse import Build

WEEKS_BEFORE = 20  # of the same phase; the limits are taken from these alone


@dataclass(frozen=True)
class Series:
    """Cases a week: Mondays, counts, and limits from the weeks before the campaign."""

    weeks: tuple[date, ...]
    values: tuple[float, ...]
    limits: spc.Xmr


@dataclass(frozen=True)
class Story:
    """One campaign: its evaluation, its sentence, the weeks at its places and elsewhere (None without places to compare
    with)."""

    evaluation: Evaluation
    sentence: str
    here: Series
    elsewhere: Series | None

    @property
    def weeks_sentence(self) -> str:
        """「行动楼宇每周平均 9.0 → 5.0 单；同类楼宇 12.4 → 14.0 单」, whole weeks before and during; '' without
        them."""
        unit = catalogue.get(self.evaluation.campaign.metric).unit
        means = [
            (name, _means(one, self.evaluation.campaign.window))
            for name, one in (("行动楼宇", self.here), ("同类楼宇", self.elsewhere))
            if one
        ]
        return "；".join(
            f"{name}每周平均 {numbers.decimal(before)} → {numbers.decimal(during)} {unit}"
            for name, (before, during) in means
            if during == during
        )


def of_branch(build: Build, branch: str, period: Period, scope: Scope = EVERYTHING) -> tuple[Story, ...]:
    """Campaigns with a place the branch looks after that touch the period, newest first."""
    own = set(members.allowed(build, "building", Selection(branches=(branch,))))
    window = period.window
    touching = [
        one
        for one in campaign.campaigns(build, scope)
        if own & set(one.places) and one.window.start < window.end and one.window.end > window.start
    ]
    return tuple(story(build, one, scope) for one in touching)


@lru_cache(maxsize=64)
def story(build: Build, campaign: Campaign, scope: Scope = EVERYTHING) -> Story:
    """One campaign with its evaluation and its weeks; kept, since several branches look after its places."""
    evaluation = effect.evaluate(build, campaign, scope)
    weeks = _weeks(build, campaign)
    here = _series(build, campaign, campaign.places, weeks, scope)
    elsewhere = _series(build, campaign, campaign.others, weeks, scope) if campaign.others else None
    return Story(evaluation, campaign_words.sentence(evaluation), here, elsewhere)


def _means(series: Series, window: Window) -> tuple[float, float]:
    """Cases a week in the weeks before the campaign, and in those that begin while it runs; NaN without weeks."""
    before = [value for week, value in zip(series.weeks, series.values, strict=True) if week < monday(window.start)]
    during = [
        value
        for week, value in zip(series.weeks, series.values, strict=True)
        if monday(window.start) <= week < window.end
    ]
    return _mean(before), _mean(during)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _weeks(build: Build, campaign: Campaign) -> list[date]:
    """Whole weeks of the campaign's own phase: twenty before it, its own, and as long again after it."""
    start, last = monday(campaign.window.start), terms.last_whole_week(build).start
    end = monday(campaign.window.end) + (campaign.window.end - campaign.window.start)
    phase, first = terms.week(build, start).phase, first_whole_week(build, campaign.table)
    weeks: list[date] = []
    week = min(end, last)
    while week >= first and sum(earlier < start for earlier in weeks) < WEEKS_BEFORE:
        if terms.week(build, week).phase == phase:
            weeks.append(week)
        week -= WEEK
    return weeks[::-1]


def _series(build: Build, campaign: Campaign, places: tuple[str, ...], weeks: list[date], scope: Scope) -> Series:
    if not weeks or not places:
        return Series((), (), spc.xmr([]))
    only = Selection(buildings=places, categories=(campaign.category,))
    rows = measure(
        build, campaign.metric, Window(weeks[0], weeks[-1] + WEEK), every="week", only=only or ALL, scope=scope
    ).set_index("period")["part"]
    values = tuple(float(rows[pd.Timestamp(week)]) for week in weeks)
    before = sum(week < monday(campaign.window.start) for week in weeks)
    return Series(tuple(weeks), values, spc.xmr(values, "down", before, 0.0, sides=AMOUNT))
