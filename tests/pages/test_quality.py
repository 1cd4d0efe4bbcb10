"""数据体检: every rejected row with its remedy, stale and missing sources named, nothing of it read as markup."""

import pytest

from tests.pages.conftest import words


def test_headline_counts_what_the_tables_hold(open_at):
    at = open_at("quality")
    assert not at.exception
    assert "3 个来源中 1 个超期未更新、1 个从未收到；共 325 行，拒收 3 行，另有 1 格读不懂。" in words(at)


def test_sources_say_their_state_worst_first(open_at):
    table = open_at("quality").dataframe[0].value
    assert table["来源"].tolist() == ["演练记录", "隐患台账", "校园守护码工单"]
    assert table["状态"].tolist() == ["✖ 从未收到", "▲ 超期 39 天", "● 有提示"]


@pytest.mark.parametrize(("source", "rows"), [("", [7, 5]), ("hazards", [5]), ("drills", None), ("没有这个", [7, 5])])
def test_rejects_are_filtered_by_source(open_at, source, rows):
    at = open_at("quality", source=source)
    assert not at.exception
    if rows is None:
        assert "没有拒收，所有行都收下了。" in words(at)
    else:
        assert at.dataframe[1].value["行"].tolist() == rows


def test_unresolved_places_come_with_a_suggestion(open_at):
    at = open_at("quality", tab="未识别地点")
    table = at.dataframe[1].value
    assert table["地点写法"].tolist() == ["北区小树林"]
    assert table["建议"].tolist() == ["最像「北门」"]
