"""上周交办复核: what was assigned, and what the records say of it."""

from reports.asked import Asked
from reports.parts import Section


def section(asked: Asked) -> Section:
    return Section("reviewed", "上周交办复核", "还没有交办事项。")
