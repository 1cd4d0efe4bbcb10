"""A metric's meaning has versions: each build is told by which it was counted, and a wrong one is refused with its
place."""

from datetime import date

import pytest

from metrics.define import catalogue, docs, versions
from metrics.define.errors import BadCatalogue
from tests.metrics.define.test_catalogue import BLOCK

CHANGES = """
[[x.versions]]
since = 2026-03-01
changed = "代评不计"
[[x.versions]]
since = 2026-12-01
changed = "零点指当天"
"""


def test_a_build_keeps_the_version_it_was_published_under():
    counted = catalogue.parse(BLOCK + CHANGES)["x"].versions
    said = {
        date(2026, 2, 28): "第 1 版（这份数据发布在第 2 版之前）",
        date(2026, 3, 1): "第 2 版（这份数据发布在第 3 版之前）",
        date(2026, 11, 30): "第 2 版（这份数据发布在第 3 版之前）",
        date(2026, 12, 1): "第 3 版（2026-12-01 起）",
        None: "第 3 版（2026-12-01 起）",
    }
    assert {day: versions.counted_by(counted, day) for day in said} == said
    assert versions.history(counted) == (
        "第 3 版，2026-12-01 起：零点指当天；第 2 版，2026-03-01 起：代评不计；第 1 版：此前"
    )


def test_a_changed_formula_counts_older_builds_too():
    formula = CHANGES.replace('"代评不计"', '"代评不计"\nof_formula = true')
    counted = catalogue.parse(BLOCK + formula)["x"].versions
    assert versions.number(counted, date(2020, 1, 1)) == 2


def test_a_meaning_that_never_changed_says_nothing():
    metric = catalogue.parse(BLOCK)["x"]
    assert versions.history(metric.versions) == versions.counted_by(metric.versions, date(2026, 1, 1)) == ""


def test_what_cannot_be_a_version_is_refused_with_its_place():
    wrong = {
        "since = 2026-12-01": ("since = 2026-03-01", "第 2 次改口径的 since 2026-03-01 不晚于上一次"),
        'changed = "零点指当天"': ("", "第 2 次改口径缺少「changed」"),
        "since = 2026-03-01": ('since = "三月"', "第 1 次改口径的「since」要写成不带引号的日期"),
    }
    for old, (new, said) in wrong.items():
        with pytest.raises(BadCatalogue) as refused:
            catalogue.parse(BLOCK + CHANGES.replace(old, new))
        assert "[x]" in refused.value.sentence and said in refused.value.sentence


def test_the_document_tells_every_change():
    written = docs.render()
    changed = [metric for metric in catalogue.all() if metric.versions]
    assert changed and all(f"- 口径：{versions.history(metric.versions)}" in written for metric in changed)
