"""What came of every outcome and branch: side by side, in full, over the periods before, scored and defined."""

from metrics.branches import scoring
from metrics.branches.review import JudgedRate, Standing
from metrics.define import catalogue
from reports.book.request import ReviewRequest
from reports.book.sheets.cells import made, number, portraits, scaled, unit
from reports.book.wording import change, told
from reports.content.parts import Cell, Sheet

LONG = (
    ("支部", "l"),
    ("指标", "l"),
    ("分子", "d"),
    ("分母", "d"),
    ("数值", "f"),
    ("单位", "l"),
    ("期望值", "f"),
    ("95 % 下限", "f"),
    ("95 % 上限", "f"),
    ("99.8 % 下限", "f"),
    ("99.8 % 上限", "f"),
    ("与预期比", "l"),
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


def overview(request: ReviewRequest) -> Sheet:
    """A row a branch: part, whole, number and band of every outcome side by side."""
    outcomes_told = [outcome for outcome in request.review.outcomes if outcome.standings]
    columns = [("支部", "l")]
    for outcome in outcomes_told:
        label = outcome.metric.label
        columns += [
            (f"{label}：分子", "d"),
            (f"{label}：分母", "d"),
            (f"{label}（{unit(outcome.metric)}）", "f"),
            (f"{label}：判断", "l"),
        ]
    rows = [
        [name, *(cell for outcome in outcomes_told for cell in _four(outcome, outcome.of(branch)))]
        for branch, name in request.branches.items()
    ]
    return made("总览", columns, rows)


def _four(outcome: JudgedRate, standing: Standing) -> list[Cell]:
    return [
        number(standing.part),
        number(standing.whole),
        scaled(outcome.metric, standing.value),
        told(outcome, standing),
    ]


def outcomes(request: ReviewRequest) -> Sheet:
    """A row a branch and outcome: everything that is known of it."""
    rows = [_long(outcome, standing) for outcome in request.review.outcomes for standing in outcome.standings]
    return made("成果明细", LONG, rows)


def _long(outcome: JudgedRate, standing: Standing) -> list[Cell]:
    metric, past = outcome.metric, standing.earlier
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
        *(scaled(metric, bound) for bound in (*standing.inner, *standing.limits)),
        told(outcome, standing),
        standing.word,
        number(standing.p_worst_third),
        past.period.label if past.period else None,
        number(past.part),
        number(past.whole),
        scaled(metric, past.value),
        change(standing),
        past.words,
        standing.beside,
        outcome.note,
    ]


def history(request: ReviewRequest) -> Sheet:
    rows = [
        [
            portrait.name,
            past.metric.label,
            point.period.label,
            number(point.part),
            number(point.whole),
            scaled(past.metric, point.value),
            unit(past.metric),
        ]
        for portrait in portraits(request)
        for past in portrait.history
        for point in past.points
    ]
    return made("历史", HISTORY, rows)


def scores(request: ReviewRequest) -> Sheet:
    filled = scoring.sheet(request.build, request.period, request.scope)
    rows = [_score(row.name, score) for row in filled.rows for score in row.scores]
    return made("评分表", SCORES, rows)


def _score(name: str, score) -> list[Cell]:
    metric = catalogue.get(score.criterion.metric)
    return [
        name,
        score.criterion.name,
        score.criterion.weight,
        score.points,
        metric.label,
        number(score.part),
        number(score.whole),
        scaled(metric, score.value),
        unit(metric),
        score.words,
    ]


def definitions(request: ReviewRequest) -> Sheet:
    rows = [
        [metric.label, metric.formula, metric.note, unit(metric), metric.better_words, metric.source]
        for metric in (outcome.metric for outcome in request.review.outcomes)
    ]
    return made("指标口径", DEFINITIONS, rows)
