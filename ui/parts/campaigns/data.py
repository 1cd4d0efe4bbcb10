"""What a campaign's card asks, cached as ui/frame/data.py does it."""

from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import campaigns as branch_campaigns
from metrics.campaigns import effect
from metrics.campaigns.campaign import campaigns
from ui.frame.cache import cached
from warehouse import Build


@cached
def evaluations(build: Build, scope: Scope = EVERYTHING) -> list[effect.Evaluation]:
    """metrics.campaigns.effect: every campaign with what it changed, newest first."""
    return [effect.evaluate(build, campaign, scope) for campaign in campaigns(build, scope)]


@cached
def story(build: Build, campaign_id: str, scope: Scope = EVERYTHING) -> branch_campaigns.Story:
    """metrics.branches.campaigns: one campaign's evaluation and its weeks."""
    return branch_campaigns.story(
        build,
        next(campaign for campaign in campaigns(build, scope) if campaign.campaign_id == campaign_id),
        scope,
    )
