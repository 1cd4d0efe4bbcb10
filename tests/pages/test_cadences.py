"""法定频次: the ledger counted by hand, on the screen and on paper."""

from datetime import datetime
from pathlib import Path

import pytest

import warehouse
from metrics.ask.measure import measure
from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.duties import cadences
from tests.pages import duty_files
from tests.pages.conftest import loaded, words

NO_TIME = "NaT"


@pytest.fixture(scope="session")
def duty_home(tmp_path_factory) -> Path:
    """A home into which the files of tests/pages/duty_files.py were loaded."""
    return loaded(tmp_path_factory.mktemp("duty"), duty_files.load)


@pytest.fixture
def duty_build(duty_home, monkeypatch) -> warehouse.Build:
    monkeypatch.setenv("CAMPUS_DATA", str(duty_home))
    return warehouse.current()


@pytest.fixture
def open_duty(open_at, duty_home, monkeypatch):
    """open_at on these files."""
    monkeypatch.setenv("CAMPUS_DATA", str(duty_home))
    return open_at


def told(found) -> dict[tuple[str, str], tuple]:
    return {
        (row.place, row.duty): (
            row.state,
            str(row.last_done)[:10],
            str(row.next_due)[:10],
            row.streak,
            row.met,
            row.due,
        )
        for row in found.itertuples()
    }


def test_the_ledger_is_what_the_records_say(duty_build):
    found = cadences.obligations(duty_build)
    assert told(found) == {
        ("1号楼", "消防演练"): ("按期", "2026-10-12", "2027-08-31", 3, 2, 2),
        ("教学楼A座", "消防演练"): ("已逾期", "2025-11-01", "2027-02-28", 0, 1, 2),
        ("教工公寓1号", "消防演练"): ("本期未完成", "2025-10-01", "2027-08-31", 1, 1, 1),
        ("全校", "学校消防检查"): ("按期", "2026-10-20", "2027-03-31", 1, 0, 0),
        ("文学院", "单位防火检查"): ("按期", "2026-11-05", "2026-12-31", 3, 2, 2),
        ("保卫处", "单位防火检查"): ("已逾期", "2026-09-12", "2026-11-30", 0, 1, 2),
        ("1号楼", "每日防火巡查"): ("已逾期", "2026-11-20", "2026-11-22", 0, 2, 3),
        ("教学楼A座", "每日防火巡查"): ("已逾期", "2026-11-19", "2026-11-22", 0, 1, 3),
        ("1号楼", "夜间巡查"): ("未开始记录", NO_TIME, "2026-11-22", 0, 0, 0),
        ("教学楼A座", "夜间巡查"): ("未开始记录", NO_TIME, "2026-11-22", 0, 0, 0),
        ("1号楼", "消防设施维保"): ("按期", "2026-10-01", "2027-12-31", 1, 0, 0),
        ("教学楼A座", "消防设施维保"): ("本期未完成", NO_TIME, "2026-12-31", 0, 0, 0),
        ("教工公寓1号", "消防设施维保"): ("本期未完成", NO_TIME, "2026-12-31", 0, 0, 0),
        ("文学院", "新生安全教育"): ("未开始记录", NO_TIME, "2027-08-31", 0, 0, 0),
    }  # fmt: skip
    assert list(dict.fromkeys(found["state"])) == list(cadences.STATES)


def test_the_record_that_proves_it_and_since_when_it_is_overdue(duty_build):
    found = cadences.obligations(duty_build).set_index(["place", "duty"])
    assert tuple(found.loc[("1号楼", "消防演练"), ["evidence_table", "evidence_id"]]) == ("drills", "R3")
    assert str(found.loc[("教学楼A座", "消防演练"), "overdue_since"])[:10] == "2026-08-31"
    assert str(found.loc[("教学楼A座", "每日防火巡查"), "overdue_since"])[:10] == "2026-11-20"
    assert not found.loc[("教工公寓1号", "消防演练"), "verified"] and found.loc[("1号楼", "消防演练"), "verified"]


def test_the_ledger_of_an_earlier_day_knows_nothing_later(duty_build):
    found = told(cadences.obligations(duty_build, datetime(2026, 9, 15)))
    assert found["1号楼", "消防演练"][:2] == ("本期未完成", "2026-04-10")
    assert found["保卫处", "单位防火检查"][:2] == ("按期", "2026-09-12")


def test_what_falls_due_next_and_is_not_done(duty_build):
    found = cadences.lapsing(duty_build, datetime(2026, 11, 23), datetime(2026, 12, 7))
    assert [(row.place, row.duty, f"{row.due_at:%m-%d}") for row in found.itertuples()] == [
        ("保卫处", "单位防火检查", "11-30")
    ]
    december = cadences.lapsing(duty_build, datetime(2026, 12, 31), datetime(2027, 1, 1))
    assert {(row.place, row.duty) for row in december.itertuples()} == {
        ("文学院", "单位防火检查"), ("保卫处", "单位防火检查"),
        ("教学楼A座", "消防设施维保"), ("教工公寓1号", "消防设施维保")}  # fmt: skip


def test_a_rate_of_all_and_of_each_duty(duty_build):
    window = Window(datetime(2026, 8, 31).date(), datetime(2026, 11, 23).date())
    every = measure(duty_build, "cadence_coverage_rate", window).iloc[0]
    assert (every["part"], every["whole"]) == (2 + 3 + 3, 3 + 4 + 6)
    duties = cadences.by_duty(duty_build, window, cadences.obligations(duty_build)).set_index("duty")
    assert duties.loc["单位防火检查", ["part", "whole", "overdue"]].tolist() == [3, 4, 1]
    assert (duties.loc["夜间巡查", "note"], str(duties.loc["夜间巡查", "value"])) == ("没有数据", "nan")


def test_scope_and_filters_narrow_the_ledger(duty_build):
    assert {row.place for row in cadences.obligations(duty_build, scope=Scope(units=("文学院",))).itertuples()} == {
        "文学院"
    }
    assert {
        row.duty for row in cadences.obligations(duty_build, only=Selection(categories=("消防演练",))).itertuples()
    } == {"消防演练"}


def test_the_page_answers_in_one_sentence_and_lists_the_worst_first(open_duty):
    at = open_duty("cadences")
    said = words(at).replace("\\", "")
    assert "7 项定期要求到期，5 项按期；每日巡查做到 50.0 %；现在 4 项逾期，如教学楼A座消防演练" in said
    assert "夜间巡查、新生安全教育没有数据" in said
    ledger = at.dataframe[1].value
    assert len(ledger) == 14 and ledger["状态"].tolist()[:4] == ["已逾期"] * 4
    unsure = ledger[ledger["地点或单位"] == "教工公寓1号"]["依据"].iloc[0]
    assert unsure.startswith("【未核实】")


def test_the_ledger_narrows_by_state_and_duty(open_duty):
    assert open_duty("cadences", state="late", duty="每日防火巡查").dataframe[1].value["地点或单位"].tolist() == [
        "1号楼",
        "教学楼A座",
    ]


def test_the_sheet_to_print_gives_clause_source_and_check_and_marks_what_is_not_verified(open_duty):
    at = open_duty("cadences", print="1")
    said = words(at)
    assert not at.dataframe
    assert "第四十一条：消防安全重点单位至少每半年组织一次消防演练" in said and "核对日期 2026-11-20" in said
    assert "<h2>其他单位消防演练（每学年） <span class='unsure'>未核实</span></h2>" in said
    assert "应急演练 R3" in said and "共 14 项：已逾期 4，本期未完成 3，未开始记录 3，按期 4" in said
    assert "学生消防演练（每学年）" in said and "都由周期更短的规则管" in said


def test_without_rules_the_page_says_so(open_at):
    assert "没有法定频次要求" in words(open_at("cadences"))
