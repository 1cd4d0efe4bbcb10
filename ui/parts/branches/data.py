"""The committee's questions, cached as ui/frame/data.py does it: the build's name first, the viewer's scope last."""

from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import periods as branch_periods
from metrics.branches import portrait as branch_portrait
from metrics.branches import review as branch_review
from ui.frame.cache import cached
from warehouse import Build


@cached
def review(build: Build, period_key: str, scope: Scope = EVERYTHING) -> branch_review.Review:
    """metrics.branches.review: every branch's outcomes over one period."""
    return branch_review.review(build, branch_periods.period(build, period_key), scope)


@cached
def portrait(build: Build, branch: str, period_key: str, scope: Scope = EVERYTHING) -> branch_portrait.Portrait:
    """metrics.branches.portrait: one branch over one period."""
    return branch_portrait.portrait(build, branch, branch_periods.period(build, period_key), scope)
