"""指标说明: the whole catalogue, the current value with its parts, a link that opens one metric."""

from metrics.define import catalogue
from tests.pages.conftest import words
from ui.parts.explore import glossary


def test_every_metric_is_listed_once(open_at):
    at = open_at("glossary")
    assert not at.exception
    assert at.dataframe[0].value["指标"].tolist() == [metric.label for metric in catalogue.all()]


def test_a_link_opens_one_metric_with_today_s_value_and_its_parts(open_at):
    said = words(open_at("glossary", metric="ticket_on_time_rate"))
    metric = catalogue.get("ticket_on_time_rate")
    assert metric.note in said and metric.formula in said
    assert "80.0 %（88 / 110）" in said.replace("\\", "")  # 11 whole weeks of 8 in 10; nothing opened this week


def test_a_metric_tells_how_often_its_meaning_changed_and_which_this_build_has(open_at):
    said = words(open_at("glossary", metric="ticket_on_time_rate"))  # drawn as published on 2026-11-16
    assert "第 1 版（这份数据发布在第 2 版之前）" in said
    assert "第 2 版，2026-12-01 起：期限恰为零点的指当天，当天做完算按时；第 1 版：此前" in said


def test_an_unknown_metric_in_the_link_opens_the_first(open_at):
    at = open_at("glossary", metric="<img src=x>")
    assert not at.exception
    assert catalogue.all()[0].question in words(at)


def test_the_first_line_is_one_breath_and_counts_the_catalogue(open_at):
    said = glossary.sentence()
    assert len(said) < 60 and f"共 {len(catalogue.all())} 个指标" in said
    assert said in words(open_at("glossary")).replace("\\", "")
