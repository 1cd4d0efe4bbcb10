"""下周提示: what the calendar, the deadlines and past years foretell, each with the page on which it can be looked into."""

from metrics.ahead import foresight
from metrics.define import catalogue
from reports import links
from reports.asked import Asked
from reports.parts import Line, Link, Section

PAGES = {
    "obligations": Link("cadences"),
    "drill_obligations": Link("cadences"),
    "certificate_duties": Link("drills", (("tab", "证书"),)),
}


def section(asked: Asked) -> Section:
    found = foresight.foresight(asked.build, asked.week, asked.only, asked.scope)
    return Section(
        "ahead", "下周提示", found.sentence, tuple(Line(said, link=_link(asked, topic)) for topic, said in found.told)
    )


def _link(asked: Asked, topic: str) -> Link | None:
    """What a sentence rests on; the school's calendar has no page of its own."""
    if topic == "rises":
        return links.trend("ticket_count", asked.only)
    if topic == "due":
        return links.records("hazard_overdue_open", asked.window, asked.only, "whole", order="old")
    if topic in {one.key for one in catalogue.all()}:
        return links.trend(topic, asked.only)
    return PAGES.get(topic)
