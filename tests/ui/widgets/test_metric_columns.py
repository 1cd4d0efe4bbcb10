"""A metric's columns in a table: what is no part of a whole is not called one."""

import pandas as pd
import pytest

from metrics.define import catalogue
from ui.widgets import metric_columns

ROW = pd.DataFrame({"part": [1530.0], "whole": [364.0], "value": [4.2]})


@pytest.mark.parametrize(("key", "labels"), [
    ("ticket_count", ["工单量（单）"]), ("activity_people", ["活动参与人次（人次）", "记录（次）"]),
    ("survey_safety", ["总体安全感", "记录（份）"]),
    ("ticket_on_time_rate", ["按时办结率（%）", "分子", "分母"]), ("fraud_loss_rate", ["万人损失", "分子", "分母"]),
])  # fmt: skip
def test_headers(key, labels):
    metric = catalogue.get(key)
    assert [column.label for column in metric_columns.of(metric)] == labels


def test_a_mean_reads_in_its_unit():
    assert metric_columns.ready(ROW, catalogue.get("survey_safety"))["value"].tolist() == ["4.20 分"]
