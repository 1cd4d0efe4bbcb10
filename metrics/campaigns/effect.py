"""Did a campaign change what it wanted to change? Its places before, during and after, against places of the same kind.

Counts are Poisson. With the counts of two spans at two groups of places, conditional on the margins of their 2 × 2
table, the odds ratio of that table is the change at the campaign's places over the change at the others; its exact
conditional interval (Fisher's noncentral hypergeometric, Cornfield 1956) needs no large numbers. Without places to
compare with, the ratio of two Poisson rates is judged by the exact binomial interval (Clopper and Pearson 1934). Both
are widened by what the buildings' counts move of themselves (campaign_variation): chance alone is not all that is
ordinary.
"""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from scipy import stats

from metrics.ask import first_day, terms
from metrics.ask.measure import measure
from metrics.ask.reading.newcomers import Newcomers, newcomers
from metrics.ask.selection import EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.campaigns import variation
from metrics.campaigns.campaign import DAY, Campaign
from metrics.define import catalogue
from metrics.define.small_numbers import CAMPAIGN_FROM
from warehouse import Build

LESS, MORE, NO_EFFECT, TOO_FEW = "减少", "增加", "看不出效果", "数据不足"


@dataclass(frozen=True)
class Phase:
    """A span beside a campaign: cases at its places and at the others, and both for as many days as the campaign
    lasts."""

    name: str
    window: Window | None
    here: float
    elsewhere: float
    scale: float

    @property
    def days(self) -> int:
        return self.window.days if self.window else 0


@dataclass(frozen=True)
class Effect:
    """ratio: the change at the places over the change elsewhere, `low` to `high` its 95 % interval; NaN when not
    told."""

    ratio: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class Evaluation:
    """Everything said of one campaign. `lasting`: after against before. `variance`: of the logarithm of both ratios,
    from what the buildings' counts move of themselves. `left_out`: which exports began too late to be compared, in
    words."""

    campaign: Campaign
    phases: tuple[Phase, Phase, Phase]
    during: Effect
    lasting: Effect
    is_running: bool
    variance: float = 0.0
    left_out: str = ""


def evaluate(build: Build, campaign: Campaign, scope: Scope = EVERYTHING) -> Evaluation:
    """Before (as long as the campaign), during and after (as long again, as far as there are whole days) compared."""
    phases = spans(build, campaign)
    new = _newcomers(build, campaign, phases["之前"])
    before, during, after = (_phase(build, campaign, name, one, new.only, scope) for name, one in phases.items())
    running = campaign.window.end > terms.last_whole_day(build) + DAY
    variance = _variance(build, campaign, before.window, scope)
    return Evaluation(
        campaign,
        (before, during, after),
        compared(before, during, variance),
        compared(before, after, variance),
        running,
        variance,
        "" if new.alone or not new.names else new.words(""),
    )


def _newcomers(build: Build, campaign: Campaign, before: Window | None) -> Newcomers:
    """What came only after the span before had begun: it would be taken for the campaign's doing."""
    only = Selection(categories=(campaign.category,))
    return newcomers(build, catalogue.get(campaign.metric), before, only) if before else Newcomers((), only)


def _variance(build: Build, campaign: Campaign, before: Window | None, scope: Scope) -> float:
    if before is None:
        return 0.0
    past = variation.earlier(build, campaign, before.start, scope)
    usual = past.sum(axis=1)
    spread = variation.between_spans(past.to_numpy(float))
    return variation.of_change(spread, usual[list(campaign.places)].to_numpy(), usual[list(campaign.others)].to_numpy())


def spans(build: Build, campaign: Campaign) -> dict[str, Window | None]:
    """The three spans as far as there are records and whole days; None for one that has no day."""
    start, end, length = campaign.window.start, campaign.window.end, timedelta(days=campaign.window.days)
    first, until = first_day.first_day(build, catalogue.get(campaign.metric).table), terms.last_whole_day(build) + DAY
    wanted = {"之前": (start - length, start), "期间": (start, end), "之后": (end, end + length)}
    return {name: _window(max(begin, first), min(stop, until)) for name, (begin, stop) in wanted.items()}


def _window(start: date, end: date) -> Window | None:
    return Window(start, end) if start < end else None


def _phase(build: Build, campaign: Campaign, name: str, window: Window | None, only: Selection, scope: Scope) -> Phase:
    if window is None:
        return Phase(name, None, 0.0, 0.0, math.nan)
    counts = measure(build, campaign.metric, window, by="building", only=only, scope=scope).set_index("building")[
        "part"
    ]
    here, elsewhere = (float(counts.reindex(places).sum()) for places in (campaign.places, campaign.others))
    return Phase(name, window, here, elsewhere, campaign.window.days / window.days)


def compared(before: Phase, now: Phase, variance: float = 0.0) -> Effect:
    """The change from `before` to `now` at the campaign's places over that at the others; `variance` as in
    Evaluation."""
    if before.window is None or now.window is None or before.here + now.here < CAMPAIGN_FROM:
        return Effect(math.nan, math.nan, math.nan, TOO_FEW)
    if before.elsewhere + now.elsewhere:
        ratio, low, high = odds_ratio(now.here, before.here, now.elsewhere, before.elsewhere)
    else:
        ratio, low, high = rate_ratio(now.here, before.here, now.days, before.days)
    low, high = variation.widened(ratio, low, high, variance)
    verdict = LESS if high < 1 else MORE if low > 1 else NO_EFFECT
    return Effect(ratio, low, high, verdict)


def detectable(before: Phase, now: Phase, variance: float = 0.0) -> int | None:
    """The most cases at the campaign's places that would have shown as fewer, all other counts as they are; None if not
    even 0."""
    for here in range(int(now.here), -1, -1):
        if compared(before, replace(now, here=float(here)), variance).verdict == LESS:
            return here
    return None


def odds_ratio(
    here_now: float, here_before: float, there_now: float, there_before: float
) -> tuple[float, float, float]:
    """(ratio of the ratios, low, high): exact conditional 95 % interval of a 2 × 2 table's odds ratio."""
    table = np.array([[here_now, here_before], [there_now, there_before]], dtype=int)
    interval = stats.contingency.odds_ratio(table, kind="conditional").confidence_interval(0.95)
    straight, crossed = here_now * there_before, here_before * there_now
    ratio = straight / crossed if crossed else math.inf if straight else math.nan
    return ratio, float(interval.low), float(interval.high)


def rate_ratio(now: float, before: float, days_now: float, days_before: float) -> tuple[float, float, float]:
    """(ratio of two Poisson rates, low, high): exact conditional 95 % interval, the binomial's."""
    total, fair = now + before, days_before / days_now
    low = stats.beta.ppf(0.025, now, before + 1) if now else 0.0
    high = stats.beta.ppf(0.975, now + 1, before) if before else 1.0
    odds = [share / (1 - share) * fair if share < 1 else math.inf for share in (now / total, low, high)]
    return odds[0], float(odds[1]), float(odds[2])
