"""A target has days: each is read as of the day it is asked for, and a wrong one is refused with its place."""

from datetime import date

import pytest

from metrics.define import catalogue, targets
from metrics.define.errors import BadCatalogue
from tests.metrics.define.test_catalogue import BLOCK

TERMS = """
[[x.targets]]
value = 0.8
from_day = 2026-02-23
to_day = 2026-08-30
decided_by = "安全工作例会"
source = "纪要 3 号"
[[x.targets]]
value = 0.85
from_day = 2026-08-31
decided_by = "安全工作例会"
source = "纪要 12 号"
"""


def test_a_target_holds_on_its_days_and_on_no_other():
    metric = catalogue.parse(BLOCK + TERMS)["x"]
    days = [date(2026, 2, 22), date(2026, 2, 23), date(2026, 8, 30), date(2026, 8, 31), date(2030, 1, 1)]
    assert [metric.at(day).target for day in days] == [None, 0.8, 0.8, 0.85, 0.85]
    assert [targets.since(metric.targets, day) for day in days[:4]] == [None, days[1], days[1], days[3]]
    assert metric.target == 0.85, "the last one decided"
    assert metric.target_words == (
        "2026-02-23 至 2026-08-30 80.0 %（安全工作例会定，纪要 3 号）；"
        "2026-08-31 起 85.0 %（安全工作例会定，纪要 12 号）"
    )


def test_a_target_said_again_is_no_step():
    metric = catalogue.parse(BLOCK + TERMS.replace("0.85", "0.8"))["x"]
    assert targets.since(metric.targets, date(2026, 11, 1)) == date(2026, 2, 23)


def test_the_plain_form_holds_always():
    metric = catalogue.parse(BLOCK + "target = 0.85\n")["x"]
    assert metric.at(date(2001, 1, 1)) is metric and metric.target_words == "85.0 %"


def test_what_cannot_be_a_target_is_refused_with_its_place():
    wrong = {
        "to_day = 2026-08-30\n": ("", "第 2 个目标从 2026-08-31 起，与上一个目标的日期重叠"),
        "to_day = 2026-08-30": ("to_day = 2026-01-30", "第 1 个目标的 to_day 2026-01-30 早于 from_day"),
        "value = 0.85": ("value = 85", "第 2 个目标 85 不是 0 到 1 之间的数，85 % 请写成 0.85"),
        'source = "纪要 12 号"': ("", "第 2 个目标缺少「source」"),
        "from_day = 2026-08-31": ('from_day = "秋季"', "第 2 个目标的「from_day」要写成不带引号的日期"),
    }
    for old, (new, said) in wrong.items():
        with pytest.raises(BadCatalogue) as refused:
            catalogue.parse(BLOCK + TERMS.replace(old, new))
        assert "[x]" in refused.value.sentence and said in refused.value.sentence
    with pytest.raises(BadCatalogue, match="同时写了 target 和 targets"):
        catalogue.parse(BLOCK + "target = 0.85\n" + TERMS)
