"""One branch in one sentence, and what there would have been without a campaign: from facts drawn by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from metrics.ask.window import Window
from metrics.branches.committee_request import Checks
from metrics.branches.own_past import nothing
from metrics.branches.periods import TERM, Period
from metrics.branches.portrait import Portrait, Task
from metrics.branches.review import JudgedRate, Review, Standing
from metrics.branches.sentence import sentence
from metrics.campaigns import effect as campaigns
from metrics.campaigns import words as campaign_words
from metrics.define import catalogue
from metrics.define.small_numbers import CAMPAIGN_FROM
from metrics.methods.verdict import FEW, LEANING, NORMAL, Verdict

RATE = catalogue.get("hazard_on_time_rate")
AUTUMN = Period("2026-1", "秋学期", TERM, Window(date(2026, 9, 1), date(2027, 1, 18)), False)
NAN = float("nan")


def task(state: str, inside: bool = True) -> Task:
    return Task("t", "任务", "2026", datetime(2026, 10, 1), None, "", state, "", (), inside)


def told(tasks: tuple[Task, ...], verdict: Verdict, good: bool | None) -> str:
    past = replace(nothing(None, ""), value=0.646, good=good)
    standing = Standing("B1", "第一党支部", 90, 100, 0.903, 85, verdict, 0.1, None, "", past)
    review = Review(AUTUMN, (JudgedRate(RATE, (standing,), 0.85, "", "", True, ""),), "", ())
    return sentence(
        Portrait("B1", "第一党支部", *[""] * 5, tasks, (), (), (), (), None, Checks(None, None, "")), review
    )


@pytest.mark.parametrize(
    ("tasks", "verdict", "good", "said"),
    [
        ((), Verdict(NORMAL), None,
         "第一党支部：本期没有到期的品牌任务；与自己的过去比，正常波动；与预期比，正常波动"),
        ((task("按期完成"), task("缺佐证"), task("未到期"), task("取消"), task("逾期未完成", inside=False)),
         Verdict(LEANING, -1), True, "第一党支部：本期到期任务 2 项，按期完成 1 项，缺佐证 1 项；"
         "与自己的过去比，按期整改率好转（64.6 % → 90.3 %）；与预期比，按期整改率偏低，尚不足以定论"),
        ((task("逾期完成"),), Verdict(FEW, named="没有同类可比"), False,
         "第一党支部：本期到期任务 1 项，按期完成 0 项，逾期完成 1 项；"
         "与自己的过去比，按期整改率变差（64.6 % → 90.3 %）；没有可以与预期比的比率"),
    ],
)  # fmt: skip
def test_promises_first_then_own_past_then_the_expected(tasks, verdict, good, said):
    assert told(tasks, verdict, good) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((40, 18, 50, 56), "照同类楼宇的变化，这里本来约有 45 单，实际 18 单，约少 27 单"),
        ((40, 50, 50, 50), "照同类楼宇的变化，这里本来约有 40 单，实际 50 单，约多 10 单"),
        ((10, 0, 50, 50), "照同类楼宇的变化，这里本来约有 10 单，实际 0 单，约少 10 单"),
        ((10, 5, 0, 0), "照行动前的水平，这里本来约有 10 单，实际 5 单，约少 5 单"),
        ((1, 1, 50, 50), ""),
    ],
)
def test_what_there_would_have_been(counts, said):
    before, during, other_before, other_during = counts
    days = Window(date(2026, 9, 1), date(2026, 9, 29))
    phases = [
        campaigns.Phase(name, days, here, there, 1)
        for name, here, there in (("之前", before, other_before), ("期间", during, other_during), ("之后", 0, 0))
    ]
    campaign = campaigns.Campaign("X", "行动", "类别", "工单", days, ("D01",), ("D02",), (), "")
    effect = campaigns.Effect(0.5, 0.25, 0.8, campaigns.LESS if before + during >= CAMPAIGN_FROM else campaigns.TOO_FEW)
    found = campaign_words.instead(campaigns.Evaluation(campaign, tuple(phases), effect, effect, False))
    assert found.partition("（")[0] == said
