"""The catalogue refuses what it cannot use and shows values in words."""

import pytest

from metrics.define import catalogue, docs, tables
from metrics.define.errors import BadCatalogue, UnknownName
from tests.every import every

BLOCK = """[x]
label = "甲"
question = "乙？"
note = "丙"
formula = "丁"
table = "tickets"
kind = "proportion"
time = "due_at"
part = "is_on_time"
whole = "is_due"
unit = "%"
better = "up"
source = "戊"
"""


def test_a_block_becomes_a_metric():
    metric = catalogue.parse(BLOCK)["x"]
    assert (metric.key, metric.label, metric.target, metric.beside) == ("x", "甲", None, "")


@every(
    ("change", "said"),
    [
        (("better", "bettr"), "「bettr」不是可用的项"),
        (('label = "甲"\n', ""), "缺少「label」"),
        (('"proportion"', '"rate"'), "kind「rate」不可用"),
        (('"up"', '"high"'), "better「high」不可用"),
        (('"is_due"', '"is_dued"'), "「is_dued」不在 tables.toml"),
        (('"proportion"', '"stock"'), "缺少「end」"),
        (('source = "戊"', 'source = "戊"\nbeside = "y"'), "「y」不存在"),
    ],
)
def test_what_it_cannot_use_is_refused_with_the_place_and_the_remedy(change, said):
    with pytest.raises(BadCatalogue) as refused:
        catalogue.parse(BLOCK.replace(*change))
    assert said in refused.value.sentence and "[x]" in refused.value.sentence


def test_an_unknown_table_is_refused():
    with pytest.raises(UnknownName, match="没有数据表「ticket」，是不是想找 tickets 或 incidents？"):
        catalogue.parse(BLOCK.replace('"tickets"', '"ticket"'))


def test_a_wrong_key_is_answered_with_the_right_one():
    with pytest.raises(UnknownName, match="没有指标「ticket_ontime_rate」，是不是想找 ticket_on_time_rate"):
        catalogue.get("ticket_ontime_rate")


@every(
    ("key", "value", "shown"),
    [
        ("ticket_on_time_rate", 0.806, "80.6 %"),
        ("ticket_on_time_rate", 0.99996, "99.9 %"),
        ("ticket_on_time_rate", 0.0002, "0.1 %"),
        ("ticket_on_time_rate", 1.0, "100.0 %"),
        ("ticket_on_time_rate", 0.0, "0.0 %"),
        ("ticket_on_time_rate", float("nan"), "—"),
        ("ticket_on_time_rate", None, "—"),
        ("ticket_count", 1234, "1,234 单"),
        ("ticket_count", 46638, "4.66 万单"),
        ("time_to_close", 38.1775, "38.2 小时"),
        ("time_to_close", 0.5, "30 分钟"),
        ("time_to_close", 117.6, "4.9 天"),
        ("hazard_reporting_rate", 2.94, "2.9 条/千人"),
    ],
)
def test_values_in_words(key, value, shown):
    assert catalogue.get(key).show(value) == shown


@every(
    ("key", "part", "whole", "shown"),
    [
        ("ticket_on_time_rate", 806, 1000, "806 / 1,000"),
        ("ticket_on_time_rate", 0, 0, "—"),
        ("hazard_reporting_rate", 3, 0, "—"),
        ("ticket_count", 12345, 12345, "12,345"),
        ("hazard_overdue_open", 0, 0, "0 / 0"),
    ],
)
def test_part_and_whole_in_words(key, part, whole, shown):
    assert catalogue.get(key).show_part_whole(part, whole) == shown


def test_a_tooltip_holds_question_cohort_formula_and_source():
    metric = catalogue.get("ticket_on_time_rate")
    for text in (metric.question, metric.note, metric.formula, metric.source):
        assert text in metric.tooltip()


def test_the_documentation_is_what_the_catalogue_says():
    assert docs.FILE.read_text(encoding="utf-8") == docs.render(), "请运行 python -m metrics.define.docs"


def test_lists_and_searches_name_declared_columns():
    for table in tables.all().values():
        named = {table.id, table.time, *table.listed, *table.searched} | ({table.cohort} - {""})
        assert named <= set(table.columns)
        assert table.listed[0] == table.id or table.id not in table.listed  # a number made up by us is nothing to read
