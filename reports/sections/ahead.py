"""下周提示: what the calendar and past years foretell."""

from reports.asked import Asked
from reports.parts import Section
from reports.sections import Unknown


def section(asked: Asked) -> Section:
    raise Unknown("还没有下周的校历")
