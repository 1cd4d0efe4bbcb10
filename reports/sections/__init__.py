"""One module a section: `section(asked) -> Section`. What is missing raises Unknown with its sentence; brief.py turns it into words."""

from warehouse.errors import UserError


class Unknown(UserError):
    """A section that cannot be computed, and why, in one sentence without its full stop."""
