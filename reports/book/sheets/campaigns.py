"""Campaigns of the branches: every span before and after, and every week that is drawn."""

import math

from metrics.define import catalogue
from reports.book.chapters import campaign
from reports.book.request import ReviewRequest, received
from reports.book.sheets.cells import day, made, number, portraits, unit
from reports.content.parts import Sheet

CAMPAIGNS = (
    ("支部", "l"),
    ("行动", "l"),
    ("类别", "l"),
    ("开始", "l"),
    ("结束", "l"),
    ("时段", "l"),
    ("天数", "d"),
    ("行动楼宇", "d"),
    ("同类楼宇", "d"),
    ("单位", "l"),
    ("倍数", "g"),
    ("倍数低", "g"),
    ("倍数高", "g"),
    ("结论", "l"),
)
WEEKS = (
    ("支部", "l"),
    ("行动", "l"),
    ("周一", "l"),
    ("行动楼宇", "d"),
    ("同类楼宇", "d"),
    ("均值", "f"),
    ("下限", "f"),
    ("上限", "f"),
    ("单位", "l"),
)


def campaigns(request: ReviewRequest) -> Sheet:
    """A row a campaign and span; the change over that elsewhere stands in the row of the span it is told for."""
    received(request.build, "campaigns")
    rows = []
    for portrait in portraits(request):
        for story in portrait.campaigns:
            evaluation = story.evaluation
            effects = {"期间": evaluation.during, "之后": evaluation.lasting}
            for phase in evaluation.phases:
                effect = effects.get(phase.name)
                rows.append(
                    [
                        portrait.name,
                        evaluation.campaign.title,
                        evaluation.campaign.category,
                        day(evaluation.campaign.window.start),
                        day(evaluation.campaign.window.last_day),
                        phase.name,
                        float(phase.days),
                        number(phase.here),
                        number(phase.elsewhere),
                        unit(catalogue.get(evaluation.campaign.metric)),
                        *(
                            [number(effect.ratio), number(effect.low), number(effect.high), effect.verdict]
                            if effect
                            else [None] * 4
                        ),
                    ]
                )
    return made("专项行动", CAMPAIGNS, rows)


def weeks(request: ReviewRequest) -> Sheet:
    """Every week of the campaigns' charts, and of the places compared with."""
    received(request.build, "campaigns")
    rows = []
    for portrait in portraits(request):
        for story in portrait.campaigns:
            elsewhere = dict(zip(story.elsewhere.weeks, story.elsewhere.values, strict=True)) if story.elsewhere else {}
            drawn = campaign.chart(story)
            lines = (drawn.centre, drawn.lower, drawn.upper) if drawn else (None,) * 3
            limits = [number(line[0]) if line else None for line in lines]
            measured = unit(catalogue.get(story.evaluation.campaign.metric))
            rows += [
                [
                    portrait.name,
                    story.evaluation.campaign.title,
                    day(week),
                    number(count),
                    number(elsewhere.get(week, math.nan)),
                    *limits,
                    measured,
                ]
                for week, count in zip(story.here.weeks, story.here.values, strict=True)
            ]
    return made("行动逐周", WEEKS, rows)
