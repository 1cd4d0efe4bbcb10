"""评分表: the committee's own sheet filled from the metrics, only where the school has written one; every point
traceable."""

from metrics.branches import cases as branch_cases
from metrics.branches import scoring
from metrics.branches.review import OUTCOMES
from metrics.define import catalogue, numbers
from reports.book.request import ReviewRequest
from reports.content.parts import Section, Table

TITLE = "评分表"


def chapter(request: ReviewRequest) -> Section | None:
    """Points a branch, then how each came about; None where no sheet was written. Raises UserError for one that cannot
    be read."""
    filled = scoring.sheet(request.build, request.period, request.scope)
    if not filled.criteria:
        return None
    columns = (
        "支部",
        *(f"{criterion.name}（{criterion.weight:g}）" for criterion in filled.criteria),
        "合计",
        "没有打分",
    )
    rows = tuple(
        (row.name, *(points(score.points) for score in row.scores), f"{row.total:g} / {row.full:g}", f"{row.untold} 项")
        for row in filled.rows
    )
    how = tuple((row.name, score.criterion.name, score.words) for row in filled.rows for score in row.scores)
    rules = tuple(
        (criterion.name, catalogue.get(criterion.metric).label, f"{criterion.weight:g}", criterion.rule)
        for criterion in filled.criteria
    )
    parts = (
        Section("rules", "评分办法", tables=(Table("", ("项目", "指标", "满分", "档次"), rules, "llrl"),)),
        Section("traced", "每一分的来历", tables=(Table("", ("支部", "项目", "依据"), how, "lll"),)),
    )
    return Section(
        "scoring", TITLE, filled.words, tables=(Table("", columns, rows, "l" + "r" * (len(columns) - 1)),), parts=parts
    )


def points(score: float | None) -> str:
    return numbers.NONE if score is None else f"{score:g}"


def definitions(request: ReviewRequest) -> Section:
    """Every number the book uses, from the catalogue, and how cases are chosen."""
    rows = tuple(
        (metric.label, f"{metric.formula}\n来源：{metric.source}", metric.note)
        for metric in (catalogue.get(key) for key in OUTCOMES)
    )
    table = Table("", ("指标", "公式", "范围"), rows, "lll")
    return Section(
        "definitions",
        "指标口径",
        "每个数都是「分子 ÷ 分母」，两个数总是一起给出；分母为空时写「—」，不写 100 %。",
        tables=(table,),
        note=branch_cases.RULE,
    )
