"""What a campaign's card asks, cached as ui/frame/data.py does it."""

import warehouse
from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import campaigns as branch_campaigns
from metrics.campaigns import campaign
from ui.frame.data import cached


@cached
def story(build_name: str, campaign_id: str, scope: Scope = EVERYTHING) -> branch_campaigns.Story:
    """metrics.branches.campaigns: one campaign's evaluation and its weeks."""
    build = warehouse.get(build_name)
    return branch_campaigns.story(
        build, next(one for one in campaign.campaigns(build, scope) if one.campaign_id == campaign_id), scope
    )
