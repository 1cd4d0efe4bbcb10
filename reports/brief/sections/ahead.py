"""下周提示: what the calendar, the deadlines and past years foretell, each with the page on which it can be looked
into."""

from metrics.ahead import foresight
from metrics.define import catalogue
from reports.brief import links
from reports.brief.request import BriefRequest
from reports.content.parts import Line, Link, Section

PAGES = {
    "obligations": Link("cadences"),
    "drill_obligations": Link("cadences"),
    "certificate_duties": Link("drills", (("tab", "证书"),)),
}


def section(request: BriefRequest) -> Section:
    outlook = foresight.foresight(request.build, request.week, request.only, request.scope)
    return Section(
        "ahead",
        "下周提示",
        outlook.sentence,
        tuple(Line(sentence, link=_link(request, topic)) for topic, sentence in outlook.told),
    )


def _link(request: BriefRequest, topic: str) -> Link | None:
    """What a sentence rests on; the school's calendar has no page of its own."""
    if topic == "rises":
        return links.trend("ticket_count", request.only)
    if topic == "due":
        return links.records("hazard_overdue_open", request.window, request.only, "whole", order="old")
    if topic in {one.key for one in catalogue.all()}:
        return links.trend(topic, request.only)
    return PAGES.get(topic)
