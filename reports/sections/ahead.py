"""下周提示: what the calendar, the deadlines and past years foretell."""

from metrics import foresight
from reports.asked import Asked
from reports.parts import Line, Section


def section(asked: Asked) -> Section:
    found = foresight.foresight(asked.build, asked.week, asked.only, asked.scope)
    return Section("ahead", "下周提示", found.sentence, tuple(Line(one) for one in found.lines))
