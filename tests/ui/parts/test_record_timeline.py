"""One record's life: its own moments and its exports in one order, each export with file, sheet and row."""

from datetime import datetime

import pandas as pd

from metrics.define import tables
from ui.parts.records.timeline import html, steps

NOW = datetime(2026, 11, 22, 8)
FIELDS = {
    "opened_at": pd.Timestamp("2026-11-20 09:00"),
    "due_at": pd.Timestamp("2026-11-23 09:00"),
    "closed_at": None,
    "is_open": True,
}


def states(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["seen_at", "status_text", "changes", "file_name", "sheet", "row_number"])


def test_moments_and_exports_stand_in_one_line_of_time():
    seen = states(
        (pd.Timestamp("2026-11-21 08:00"), "处理中", {}, "一.xlsx", "表1", 3),
        # fmt: skip
        (
            pd.Timestamp("2026-11-22 08:00"),
            "已派单",
            {"期限": [None, "2026-11-23 09:00:00"], "日期": ["2026-11-20 00:00:00", ""]},
            "二.xlsx",
            "",
            4,
        ),
    )
    found = steps(tables.get("tickets"), FIELDS, seen, "", NOW)
    assert [(step.kind, step.status) for step in found] == [
        ("moment", "报修时间"),
        ("export", "处理中"),
        ("export", "已派单"),
        ("ahead", "办结期限"),
    ]
    assert found[1].source == "一.xlsx · 工作表 表1 · 第 3 行" and found[2].source == "二.xlsx · 第 4 行"
    assert found[2].words == "期限：空 → 2026-11-23 09:00；日期：2026-11-20 → 空" and found[3].words == "还没有到"


def test_a_record_seen_once_keeps_its_source_and_words_are_never_markup():
    found = steps(tables.get("tickets"), FIELDS, states(), "<b>三.xlsx</b>", NOW)
    assert "只见过一种状态" in html(found) and "&lt;b&gt;三.xlsx" in html(found) and "<b>三" not in html(found)
