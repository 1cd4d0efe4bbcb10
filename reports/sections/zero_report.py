"""零报告: days without an incident of each kind, and whether reporting is alive."""

from reports.asked import Asked
from reports.parts import Section
from reports.sections import Unknown


def section(asked: Asked) -> Section:
    raise Unknown("还没有收到案事件的导出")
