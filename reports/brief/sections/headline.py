"""一句话结论: the week in one sentence, the same as on the page."""

from reports.brief.request import BriefRequest
from reports.content.parts import Section


def sentence(request: BriefRequest) -> str:
    """「本周 3 项异常，主要在 3号楼 电动车充电；逾期隐患 7 条，较上周减少 2 条。」"""
    return request.signals.sentence


def section(request: BriefRequest) -> Section:
    return Section("headline", "一句话结论", sentence(request))
