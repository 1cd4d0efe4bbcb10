"""The book's numbers as numbers, one sheet a subject: a row under each other, so that anybody can filter, count and
check."""

from collections.abc import Callable

from reports.book.request import ReviewRequest
from reports.book.sheets import campaigns, outcomes, records
from reports.content.parts import Sheet

SHEETS: dict[str, Callable[[ReviewRequest], Sheet]] = {
    "总览": outcomes.overview,
    "成果明细": outcomes.outcomes,
    "历史": outcomes.history,
    "任务": records.tasks,
    "专项行动": campaigns.campaigns,
    "行动逐周": campaigns.weeks,
    "案例": records.cases,
    "荣誉": records.honours,
    "上次要求": records.requests,
    "评分表": outcomes.scores,
    "指标口径": outcomes.definitions,
}
