"""红线: every crossing of the week and every one still open, by hand, each opening its record;
the brief's sentence leads here.
"""

import json
from datetime import date
from pathlib import Path

import pytest

import warehouse
from ledger import Agreed, open_ledger
from reports.brief import brief
from tests.etl.conftest import Home
from tests.pages.conftest import loaded, words

DOCUMENT = {"kind": "document", "title": "照片"}
HAZARDS = (
    "编号,隐患描述,风险等级,发现日期,地点,责任部门,整改期限,状态,销号时间",
    "R1,楼道内飞线充电,重大,2026-11-10,3号楼,保卫处,2026-11-20,整改中,",
    "R2,安全出口上锁,重大,2026-09-01,教学楼A座,教务处,2026-09-10,整改中,",
    "R3,未发现飞线充电,一般,2026-11-11,4号楼,保卫处,2026-11-20,已销号,2026-11-12 09:00",
    "R4,电动车上楼,重大,2026-11-12,3号楼,保卫处,2026-11-20,已销号,2026-11-13 09:00",
    "R6,防火门上锁,重大,2026-11-13,3号楼,保卫处,2026-11-20,已销号,2026-11-17 09:00",
    "R5,墙皮脱落,一般,2026-11-21,4号楼,后勤处,2026-12-20,整改中,",
)


def files(home: Home) -> None:
    home.load(home.write("隐患台账_20261122080000.csv", *HAZARDS))


@pytest.fixture(scope="module")
def red_home(tmp_path_factory) -> Path:
    return loaded(tmp_path_factory.mktemp("red"), files)


def rows(at) -> list[tuple]:
    """(place, days, state) of every rule's table, in the page's order."""
    tables = [one.value for one in at.dataframe]
    return [row for table in tables for row in zip(table["地点"], table["天数"], table["状态"], strict=True)]


def test_without_a_week_it_stands_at_the_data_date(open_at, red_home, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(red_home))
    at = open_at("red_lines")
    assert "本周（未满）没有新增红线问题；未销号 2 起，最久 82 天（教学楼A座）" in words(at)
    assert "截至 11-15" not in words(at) and at.button(key="week_after").disabled
    assert rows(at) == [("3号楼", 12, "未销号"), ("教学楼A座", 82, "未销号")]


def test_a_past_week_is_listed_by_rule_with_what_was_closed_since(open_at, red_home, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(red_home))
    at = open_at("red_lines", week="2026-11-09")
    assert "截至 11-15，本周新增红线问题 3 起" in words(at)
    assert "未销号 3 起（其中 1 起之后已销号），最久 76 天（教学楼A座）" in words(at)
    assert "堵塞、锁闭疏散通道：新增 1 起，未销号 2 起" in words(at) and "占用、堵塞、封闭疏散通道" in words(at)
    assert rows(at) == [
        ("3号楼", 6, "新增，未销号"), ("3号楼", 1, "新增，已销号"),
        ("教学楼A座", 76, "未销号"), ("3号楼", 3, "新增，未销号，已于 11-17 销号"),
    ]  # fmt: skip
    assert len(rows(open_at("red_lines", week="2026-11-09", which="未销号"))) == 3
    assert "没有新增红线问题" in words(open_at("red_lines", week="2026-10-12"))


def test_the_brief_s_sentence_leads_to_all_of_them(red_home, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(red_home))
    (section,) = [one for one in brief.weekly(warehouse.current(), date(2026, 11, 9)).sections if one.key == "overdue"]
    (red,) = [line for line in section.lines if "红线问题 3 起" in line.text]
    assert (red.link.page, red.link.query) == ("red_lines", (("week", "2026-11-09"),))


def test_the_meeting_is_asked_for_what_lies_open_longest(red_home, monkeypatch, tmp_path):
    """One of a rule's records closed since is not asked for again; each has one unit, a check and the rule's clause."""
    monkeypatch.setenv("CAMPUS_DATA", str(red_home))
    build, week = warehouse.current(), date(2026, 11, 9)
    ledger = open_ledger(f"sqlite:///{tmp_path / 'actions.sqlite'}")

    def parts():
        made = brief.weekly(build, week, given=ledger.assignments).sections
        return {one.key: one for one in made}

    table = parts()["proposed"].tables[0]
    assert [row[1:4] for row in table.rows[:2]] == [
        ("销号红线：教学楼A座 安全出口上锁（已 76 天）", "教务处", "11月23日前"),
        ("销号红线：3号楼 楼道内飞线充电（已 6 天）", "保卫处", "11月23日前"),
    ]
    query = dict(table.links[0].query)
    assert "占用、堵塞、封闭疏散通道" in query["why"] and "R2" in query["why"]
    signal = {"about": json.loads(query["signal"])["about"]}
    agreed = Agreed(query["task"], "教务处", "副处长", date(2026, 11, 16), date(2026, 11, 23), "", DOCUMENT, signal)
    number = ledger.create(agreed, "保卫处秘书").number
    assert parts()["proposed"].tables[0].rows[0][-1].startswith(f"已交办 {number}")
    assert [row[-1] for row in parts()["overdue"].tables[1].rows if row[1] == "教学楼A座"] == [
        f"未销号，已交办 {number}"
    ]
