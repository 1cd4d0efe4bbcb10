"""The book's numbers as numbers, one sheet a subject: a row under each other, so that anybody can filter, count and check."""

import math

from metrics.branches import scoring
from metrics.branches.review import Outcome, Standing
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from reports.chapters import Asked, band, campaign, change, received
from reports.parts import Cell, Sheet

LONG = (
    ("支部", "l"),
    ("指标", "l"),
    ("分子", "d"),
    ("分母", "d"),
    ("数值", "f"),
    ("单位", "l"),
    ("期望值", "f"),
    ("区间低", "f"),
    ("区间高", "f"),
    ("判断", "l"),
    ("名次", "l"),
    ("落在最差三分之一的把握", "%"),
    ("过去的时段", "l"),
    ("过去分子", "d"),
    ("过去分母", "d"),
    ("过去数值", "f"),
    ("变化", "l"),
    ("与过去比", "l"),
    ("必须同时看", "l"),
    ("说明", "l"),
)
HISTORY = (("支部", "l"), ("指标", "l"), ("时段", "l"), ("分子", "d"), ("分母", "d"), ("数值", "f"), ("单位", "l"))
TASKS = (
    ("支部", "l"),
    ("任务", "l"),
    ("年度", "l"),
    ("期限", "l"),
    ("完成", "l"),
    ("状态", "l"),
    ("计入本期", "l"),
    ("佐证", "l"),
    ("佐证指向的记录", "l"),
    ("说明", "l"),
)
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
CASES = (("支部", "l"), ("案例", "l"), ("经过", "l"), ("记录编号", "l"))
HONOURS = (("支部", "l"), ("荣誉", "l"), ("级别", "l"), ("授予单位", "l"), ("日期", "l"), ("佐证", "l"))
ASKED = (("支部", "l"), ("上次检查", "l"), ("党委意见", "l"), ("支部答复", "l"), ("记录", "l"), ("下次检查", "l"))
SCORES = (
    ("支部", "l"),
    ("项目", "l"),
    ("满分", "g"),
    ("得分", "g"),
    ("指标", "l"),
    ("分子", "d"),
    ("分母", "d"),
    ("数值", "f"),
    ("单位", "l"),
    ("依据", "l"),
)
DEFINITIONS = (("指标", "l"), ("公式", "l"), ("范围", "l"), ("单位", "l"), ("方向", "l"), ("来源", "l"))


def overview(asked: Asked) -> Sheet:
    """A row a branch: part, whole, number and band of every outcome side by side."""
    known = [one for one in asked.review.outcomes if one.standings]
    columns = [("支部", "l")]
    for one in known:
        label = one.metric.label
        columns += [
            (f"{label}：分子", "d"),
            (f"{label}：分母", "d"),
            (f"{label}（{unit(one.metric)}）", "f"),
            (f"{label}：判断", "l"),
        ]
    rows = [
        [name] + [cell for one in known for cell in _four(one, one.of(branch))]
        for branch, name in asked.branches.items()
    ]
    return _made("总览", columns, rows)


def _four(one: Outcome, standing: Standing) -> list[Cell]:
    return [number(standing.part), number(standing.whole), scaled(one.metric, standing.value), band(one, standing)]


def outcomes(asked: Asked) -> Sheet:
    """A row a branch and outcome: everything that is known of it."""
    rows = [_long(one, standing) for one in asked.review.outcomes for standing in one.standings]
    return _made("成果明细", LONG, rows)


def _long(one: Outcome, standing: Standing) -> list[Cell]:
    metric, past = one.metric, standing.earlier
    expected = (
        standing.expected if metric.is_amount else standing.expected_value * (1 if metric.is_rate else metric.per)
    )
    return [
        standing.name,
        metric.label,
        number(standing.part),
        number(standing.whole),
        scaled(metric, standing.value),
        unit(metric),
        scaled(metric, expected),
        scaled(metric, standing.low),
        scaled(metric, standing.high),
        band(one, standing),
        standing.word,
        number(standing.p_worst_third),
        past.period.label if past.period else None,
        number(past.part),
        number(past.whole),
        scaled(metric, past.value),
        change(standing),
        past.words,
        standing.beside,
        one.note,
    ]


def history(asked: Asked) -> Sheet:
    rows = [
        [
            one.name,
            past.metric.label,
            point.period.label,
            number(point.part),
            number(point.whole),
            scaled(past.metric, point.value),
            unit(past.metric),
        ]
        for one in _portraits(asked)
        for past in one.history
        for point in past.points
    ]
    return _made("历史", HISTORY, rows)


def tasks(asked: Asked) -> Sheet:
    received(asked.build, "brand_tasks")
    rows = [
        [
            one.name,
            task.title,
            task.year_text,
            day(task.due_at),
            day(task.done_at),
            task.state,
            "是" if task.is_of_period else "否",
            task.evidence,
            "、".join(record for _, record in task.links),
            task.words,
        ]
        for one in _portraits(asked)
        for task in one.tasks
    ]
    return _made("任务", TASKS, rows)


def campaigns(asked: Asked) -> Sheet:
    """A row a campaign and span; the change over that elsewhere stands in the row of the span it is told for."""
    received(asked.build, "campaigns")
    rows = []
    for one in _portraits(asked):
        for story in one.campaigns:
            found = story.evaluation
            told = {"期间": found.during, "之后": found.lasting}
            for phase in found.phases:
                effect = told.get(phase.name)
                rows.append(
                    [
                        one.name,
                        found.campaign.title,
                        found.campaign.category,
                        day(found.campaign.window.start),
                        day(found.campaign.window.last_day),
                        phase.name,
                        float(phase.days),
                        number(phase.here),
                        number(phase.elsewhere),
                        unit(catalogue.get(found.campaign.metric)),
                        *(
                            [number(effect.ratio), number(effect.low), number(effect.high), effect.verdict]
                            if effect
                            else [None] * 4
                        ),
                    ]
                )
    return _made("专项行动", CAMPAIGNS, rows)


def weeks(asked: Asked) -> Sheet:
    """Every week of the campaigns' charts, and of the places compared with."""
    received(asked.build, "campaigns")
    rows = []
    for one in _portraits(asked):
        for story in one.campaigns:
            elsewhere = dict(zip(story.elsewhere.weeks, story.elsewhere.values, strict=True)) if story.elsewhere else {}
            drawn = campaign.chart(story)
            limits = (
                [number(line[0]) for line in (drawn.centre, drawn.lower, drawn.upper)]
                if drawn and drawn.centre
                else [None] * 3
            )
            measured = unit(catalogue.get(story.evaluation.campaign.metric))
            rows += [
                [
                    one.name,
                    story.evaluation.campaign.title,
                    day(week),
                    number(count),
                    number(elsewhere.get(week, math.nan)),
                    *limits,
                    measured,
                ]
                for week, count in zip(story.here.weeks, story.here.values, strict=True)
            ]
    return _made("行动逐周", WEEKS, rows)


def cases(asked: Asked) -> Sheet:
    return _made(
        "案例",
        CASES,
        [[one.name, case.title, case.words, case.record_id] for one in _portraits(asked) for case in one.cases],
    )


def honours(asked: Asked) -> Sheet:
    received(asked.build, "honours")
    rows = [
        [one.name, found.title, found.level, found.issuer, day(found.awarded_on), found.evidence]
        for one in _portraits(asked)
        for found in one.honours
    ]
    return _made("荣誉", HONOURS, rows)


def requests(asked: Asked) -> Sheet:
    received(asked.build, "brand_plans")
    rows = [
        [
            one.name,
            day(one.checks.last),
            *(
                [one.request.opinion, one.request.response or "还没有答复", one.request.records]
                if one.request
                else [None] * 3
            ),
            day(one.checks.next),
        ]
        for one in _portraits(asked)
    ]
    return _made("上次要求", ASKED, rows)


def scores(asked: Asked) -> Sheet:
    found = scoring.sheet(asked.build, asked.period, asked.scope)
    rows = [_score(row.name, one) for row in found.rows for one in row.scores]
    return _made("评分表", SCORES, rows)


def _score(name: str, one) -> list[Cell]:
    metric = catalogue.get(one.criterion.metric)
    return [
        name,
        one.criterion.name,
        one.criterion.weight,
        one.points,
        metric.label,
        number(one.part),
        number(one.whole),
        scaled(metric, one.value),
        unit(metric),
        one.words,
    ]


def definitions(asked: Asked) -> Sheet:
    rows = [
        [one.label, one.formula, one.note, unit(one), one.better_words, one.source]
        for one in (outcome.metric for outcome in asked.review.outcomes)
    ]
    return _made("指标口径", DEFINITIONS, rows)


SHEETS = {
    "总览": overview,
    "成果明细": outcomes,
    "历史": history,
    "任务": tasks,
    "专项行动": campaigns,
    "行动逐周": weeks,
    "案例": cases,
    "荣誉": honours,
    "上次要求": requests,
    "评分表": scores,
    "指标口径": definitions,
}


def _portraits(asked: Asked):
    return [asked.portrait(branch) for branch in asked.branches]


def _made(title: str, columns, rows: list[list[Cell]]) -> Sheet:
    return Sheet(
        title, tuple(name for name, _ in columns), tuple(map(tuple, rows)), "".join(kind for _, kind in columns)
    )


def number(value: object) -> float | None:
    """A plain number; None for what is missing or has no end."""
    return float(value) if value is not None and math.isfinite(value) else None


def scaled(metric: Metric, value: object) -> float | None:
    """The number in the metric's unit: a share in per cent."""
    found = number(value)
    return found * 100 if found is not None and metric.is_rate else found


def unit(metric: Metric) -> str:
    return "%" if metric.is_rate else metric.unit


def day(moment) -> str | None:
    return f"{moment:%Y-%m-%d}" if moment else None
