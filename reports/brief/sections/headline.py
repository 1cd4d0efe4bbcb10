"""一句话结论: the week in one sentence, the same as on the page."""

from metrics.ask import terms
from metrics.ask.reading import narrowed
from reports.brief.request import BriefRequest
from reports.content.parts import Section
from reports.content.wording import as_of_day, day


def sentence(request: BriefRequest) -> str:
    """「本周 3 项异常，主要在 3号楼 电动车充电；逾期隐患 7 条，较上周减少 2 条。」"""
    return narrowed.beginning(request.build, request.only, request.signals.sentence)


def section(request: BriefRequest) -> Section:
    return Section("headline", "一句话结论", sentence(request), note=as_of(request))


def as_of(request: BriefRequest) -> str:
    """When the numbers of a past week stand; '' in the week that runs, whose numbers are the data date's."""
    moment, newest = terms.as_of(request.build, request.week), request.build.data_date
    if moment >= newest:
        return ""
    return (
        f"以下数字截至{as_of_day(moment)}这一周结束时，另有注明的除外；"
        f"数据已到{day(newest)} {newest:%H:%M}，之后的变化不算在内。"
    )
