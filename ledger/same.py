"""Whether what is to be assigned has been assigned already: by what its signal is about, else by the same check."""

from collections.abc import Iterable, Mapping

from ledger import checks
from ledger.errors import Refused
from ledger.events import Assignment


def under_way(assignments: Iterable[Assignment], signal: Mapping, check: Mapping) -> tuple[Assignment, ...]:
    """Those about the same thing that are neither withdrawn nor accepted by a verifier, oldest first.

    `signal["about"]` says what a thing is from week to week; a check of records asks the same whoever gave it, a
    document handed in does not.
    """
    about, asked = signal.get("about"), _asked(check)
    return tuple(
        one
        for one in assignments
        if not one.is_withdrawn
        and not one.is_accepted
        and ((about and one.agreed.signal.get("about") == about) or (asked and _asked(one.agreed.check) == asked))
    )


def _asked(check: Mapping) -> dict | None:
    """A check of records in its one form; None for documents and for what is no check."""
    try:
        asked = checks.validated(check)
    except Refused:
        return None
    return None if asked["kind"] == checks.DOCUMENT else asked
