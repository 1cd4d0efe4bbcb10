"""What a book is about: one build, one period, one viewer's rights. Chapters and sheets are computed from this and
from nothing else."""

from dataclasses import dataclass
from functools import cached_property

from metrics.ask import arrivals
from metrics.ask.selection import EVERYTHING, Scope
from metrics.branches import portrait as branch_portrait
from metrics.branches import review as branch_review
from metrics.branches.periods import Period
from metrics.branches.portrait import Portrait
from metrics.branches.review import Review
from reports.content.failures import Unknown
from warehouse import Build


@dataclass(frozen=True)
class ReviewRequest:
    """What a book is about: a build, a period and the viewer's rights. What several chapters need is asked for once."""

    build: Build
    period: Period
    scope: Scope = EVERYTHING

    @cached_property
    def review(self) -> Review:
        return branch_review.review(self.build, self.period, self.scope)

    @cached_property
    def branches(self) -> dict[str, str]:
        """id → name, in the school's own order."""
        return branch_review.branches(self.build, self.scope)

    def portrait(self, branch: str) -> Portrait:
        """One branch, computed once."""
        portraits = self._portraits
        if branch not in portraits:
            portraits[branch] = branch_portrait.portrait(self.build, branch, self.period, self.scope)
        return portraits[branch]

    @cached_property
    def _portraits(self) -> dict[str, Portrait]:
        return {}


def received(build: Build, table: str) -> None:
    """Raises Unknown where not one record of the table ever came."""
    if arrivals.missing(build, table):
        raise Unknown(arrivals.never(build, table))
