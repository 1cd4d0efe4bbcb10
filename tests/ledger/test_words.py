"""What people may write, and the sentence that says why not."""

from datetime import date

import pytest

from ledger import Refused
from ledger.checks import validated
from tests.ledger.conftest import agreed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"task": " "}, "「任务」还没有填写"),
        ({"task": "字" * 501}, "「任务」有 501 个字"),
        ({"unit": ""}, "「责任单位」还没有填写"),
        ({"post": ""}, "「责任岗位」还没有填写"),
        ({"due": "下周三"}, "「期限」不是日期"),
        ({"due": date(2026, 11, 15)}, "早于交办日期"),
        ({"given_on": date(1926, 11, 16)}, "核对年份"),
        ({"check": {}}, "还没有选择核验方式"),
        ({"check": {"kind": "no_new", "table": "hazards", "days": 0}}, "1 到 365"),
        ({"check": {"kind": "no_new", "days": 7}}, "「核验的记录」还没有填写"),
        ({"check": {"kind": "rate_within", "metric": ""}}, "「核验的指标」还没有填写"),
        ({"check": {"kind": "rate_within", "metric": "x", "goal": "?"}}, "恢复到什么程度"),
        ({"check": {"kind": "open_zero", "table": "x", "filters": ["D03"]}}, "筛选条件读不懂"),
        ({"signal": {"x": object()}}, "信号的说明读不懂"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(wrong, said):
    with pytest.raises(Refused, match=said) as caught:
        agreed(**wrong).validated()
    assert caught.value.sentence.endswith("。")


def test_control_characters_and_outer_spaces_are_left_out():
    assert agreed(task=" 清理\x00\r\n充电点\x0b ").validated().task == "清理\n充电点"


def test_a_check_has_exactly_its_own_keys():
    assert validated({"kind": "no_new", "table": "hazards", "days": "7", "metric": "x"}) == {
        "kind": "no_new", "table": "hazards", "filters": {}, "days": 7,
    }  # fmt: skip
    assert validated({"kind": "open_zero", "table": "hazards", "filters": {"building": "D03", "grid": []}}) == {
        "kind": "open_zero", "table": "hazards", "filters": {"building": ["D03"]}, "overdue": False,
    }  # fmt: skip
    assert validated({"kind": "document"}) == {"kind": "document", "title": ""}
