"""The committee's questions, cached as ui/data.py does it: the build's name first, the viewer's scope last."""

import warehouse
from metrics import branch_campaigns, branch_periods, branch_portrait, branch_review, campaigns
from metrics.selection import EVERYTHING, Scope
from ui.data import cached


@cached
def review(build_name: str, period_key: str, scope: Scope = EVERYTHING) -> branch_review.Review:
    """metrics.branch_review: every branch's outcomes over one period."""
    build = warehouse.get(build_name)
    return branch_review.review(build, branch_periods.period(build, period_key), scope)


@cached
def portrait(build_name: str, branch: str, period_key: str, scope: Scope = EVERYTHING) -> branch_portrait.Portrait:
    """metrics.branch_portrait: one branch over one period."""
    build = warehouse.get(build_name)
    return branch_portrait.portrait(build, branch, branch_periods.period(build, period_key), scope)


@cached
def story(build_name: str, campaign_id: str, scope: Scope = EVERYTHING) -> branch_campaigns.Story:
    """metrics.branch_campaigns: one campaign's evaluation and its weeks."""
    build = warehouse.get(build_name)
    return branch_campaigns.story(build, next(one for one in campaigns.campaigns(build, scope) if one.campaign_id == campaign_id), scope)
