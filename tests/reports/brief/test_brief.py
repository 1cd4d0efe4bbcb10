"""What a brief says, counted by hand on the drawn build; every section by itself, and weeks of every kind."""

from dataclasses import replace
from datetime import date, datetime

import pytest

import warehouse
from ledger import Agreed, open_ledger
from metrics.ask import first_day
from metrics.ask.selection import Scope, Selection
from metrics.define.errors import UnknownName
from metrics.duties import overdue
from metrics.signals import signals
from reports.brief import brief, proposals
from reports.brief.sections import rates, red_lines
from reports.content import failures, wording
from reports.content.documents import Brief
from reports.content.parts import Section
from tests.pages import drawn as small

TITLES = ["一句话结论", "上周交办复核", "本周信号", "三率与时效", "逾期与红线", "零报告", "下周提示", "拟交办"]


@pytest.fixture
def build(campus) -> warehouse.Build:
    return warehouse.current()


def part(made: Brief, key: str) -> Section:
    return next(section for section in made.sections if section.key == key)


def everything(made: Brief) -> str:
    return repr(made)


def test_the_last_whole_week_in_the_meeting_s_order(build):
    made = brief.weekly(build)
    assert [section.title for section in made.sections] == TITLES
    assert (made.week_start, made.week_label) == (date(2026, 11, 9), "第11教学周（2026年11月9日至11月15日）")
    assert made.build == small.NAME and made.filters == "全部楼宇 · 全部类别"


def test_tiles_say_what_was_counted_by_hand(build):
    figures = {one.key: one for one in part(brief.weekly(build), "rates").figures}
    assert (figures["ticket_on_time_rate"].value, figures["ticket_on_time_rate"].parts) == ("80.0 %", "8 / 10")
    assert figures["ticket_satisfaction_rate"].beside == "本人评价率 44.4 %"  # 4 of 9 closed were rated by the person
    assert (
        figures["hazard_overdue_open"].value == "2 条" and figures["hazard_overdue_open"].target == "目标 0 条：未达标"
    )
    assert figures["ticket_count"].value == "10 单" and figures["ticket_count"].parts == ""


def test_a_brief_names_the_version_its_build_was_counted_by(build):
    changed = "及时响应率、按时办结率、按期整改率、逾期未整改隐患"
    assert part(brief.weekly(build), "rates").note.endswith(f"口径：{changed}第 1 版（这份数据发布在第 2 版之前）。")
    later = replace(build, published_on=date(2026, 12, 1))
    assert part(brief.weekly(later), "rates").note.endswith(f"口径：{changed}第 2 版（2026-12-01 起）。")


def test_rates_are_drawn_with_the_tile_s_limits(build):
    charts = part(brief.weekly(build), "rates").charts
    assert [chart.title.split("：")[0] for chart in charts] == ["及时响应率", "按时办结率", "满意率"]
    on_time = charts[1]
    assert set(on_time.series[0].values) == {0.8} and on_time.labels[-1] == "第11周" and set(on_time.centre) == {0.8}


def test_overdue_by_unit_is_counted_by_hand(build):
    table = part(brief.weekly(build), "overdue").tables[-1]
    assert [row[:3] for row in table.rows] == [("后勤处", "0", "30"), (small.UNIT, "2", "0")]
    assert table.rows[1][3] == "2026-10-05" and table.rows[1][4] == "—"
    assert part(brief.weekly(build), "overdue").sentence.startswith("逾期隐患 2 条、逾期工单 30 单，涉及 2 个责任部门")


def test_a_half_loaded_week_says_which_source_stops_and_compares_nothing(build):
    made = brief.weekly(build)
    assert [line.text for line in made.cautions] == ["隐患台账只导出到 2026-10-01：这一周的数字不全，先不要比较。"]
    figures = {one.key: one for one in part(made, "rates").figures}
    assert (
        figures["hazard_on_time_rate"].changes == ("还没有收到（隐患台账只导出到 2026-10-01）",)
        and figures["hazard_on_time_rate"].verdict == "还没有收到"
    )
    assert "较上周" not in made.headline and made.headline.endswith("逾期隐患 2 条（本周未满，不比较）。")
    assert brief.weekly(build, date(2026, 9, 21)).cautions == ()


def test_an_unfinished_week_says_so(build):
    made = brief.weekly(build, date(2026, 11, 16))
    assert made.cautions[0].text.startswith("这一周到数据截止时还没有过完（2026年11月16日 08:00）")
    assert len(made.sections) == 8 and part(made, "headline").note == ""


def test_a_past_week_says_when_its_numbers_stand(build):
    made = brief.weekly(build)
    assert part(made, "headline").note.startswith("以下数字截至2026年11月15日这一周结束时")
    assert "数据已到2026年11月16日 08:00" in part(made, "headline").note
    assert part(made, "overdue").note.startswith("逾期：截至2026年11月15日")
    assert made.as_of == signals.weekly(build).as_of == datetime(2026, 11, 16)
    assert brief.weekly(build, date(2026, 11, 16)).as_of == build.data_date
    assert overdue.standing(build, date(2026, 11, 9)).as_of == datetime(2026, 11, 16)
    assert overdue.standing(build, date(2026, 11, 16)).as_of == build.data_date


@pytest.mark.parametrize(("week", "label", "said"), [
    (date(2025, 3, 3), "第2教学周", "数据不足，还不能判断"),  # a year before the first record
    (date(2026, 4, 20), "第9教学周", "数据不足，还不能判断"),  # the first week there is
    (date(2026, 8, 3), "暑假", ""),
    (date(2026, 8, 31), "第1教学周", ""),
    (date(2024, 12, 30), "第1周", "数据不足"),  # not in the calendar at all
])  # fmt: skip
def test_weeks_of_every_kind_read_sensibly(build, week, label, said):
    made = brief.weekly(build, week)
    assert made.week_label.startswith(label) and said in made.headline
    assert [section.title for section in made.sections] == TITLES
    assert all(section.sentence or section.failure for section in made.sections)
    assert not {"nan", "None", "NaT", "inf"} & set(everything_shown(made))


def everything_shown(made: Brief) -> set[str]:
    """Words of all the strings a reader sees, as separate pieces."""
    from tests.reports.conftest import said_by

    return {
        word
        for section in made.sections
        for text in said_by(section)
        for word in text.replace("（", " ").replace("）", " ").split()
    }


def test_a_term_s_first_week_is_no_growth_over_the_holiday(build):
    figures = {one.key: one for one in part(brief.weekly(build, date(2026, 8, 31)), "rates").figures}
    assert not [one for one in figures["ticket_count"].changes if "环比" in one], (
        "last week was a holiday: no room for it"
    )


def test_before_any_record_nothing_is_called_zero(build):
    made = brief.weekly(build, date(2025, 3, 3))
    assert {figure.value for figure in part(made, "rates").figures} == {"—"}
    assert part(made, "overdue").sentence == "这一周之前还没有数据。" and not part(made, "rates").charts


def test_a_week_to_come_is_refused_in_words(build):
    with pytest.raises(UnknownName, match="还没有数据，数据只到2026年11月16日"):
        brief.weekly(build, date(2026, 11, 23))


def test_one_section_that_fails_leaves_the_others(build, monkeypatch):
    def breaks(asked):
        raise RuntimeError("secret detail")

    whole = brief.weekly(build)
    monkeypatch.setattr(
        brief,
        "SECTIONS",
        tuple((key, title, breaks if key == "rates" else compute) for key, title, compute in brief.SECTIONS),
    )
    made = brief.weekly(build)
    assert part(made, "rates").failure == failures.FAILED and part(made, "rates").title == "三率与时效"
    assert [one for one in made.sections if one.key != "rates"] == [one for one in whole.sections if one.key != "rates"]
    assert "secret" not in everything(made)


def test_red_lines_that_fail_leave_the_overdue_list(build, monkeypatch):
    monkeypatch.setattr(red_lines, "red_lines", lambda *_: 1 / 0)
    made = part(brief.weekly(build), "overdue")
    assert made.lines[0].text.startswith("红线：这一部分没有算出来") and len(made.tables) == 1 and not made.failure


def test_what_never_came_is_named(build, monkeypatch):
    monkeypatch.setattr(first_day, "first_day", lambda _build, table: date.max)
    made = brief.weekly(build)
    assert part(made, "rates").failure == "还没有收到校园守护码工单的导出；还没有收到隐患台账的导出。"
    assert part(made, "overdue").failure == "还没有收到隐患台账的导出；还没有收到校园守护码工单的导出。"


def test_one_source_missing_is_said_where_it_is_missing(build, monkeypatch):
    monkeypatch.setattr(
        first_day, "first_day", lambda _build, table: date.max if table == "hazards" else date(2026, 4, 21)
    )
    made = brief.weekly(build)
    assert "还没有收到隐患台账的导出，下表不含这一项。" in [line.text for line in part(made, "overdue").lines]
    assert part(made, "overdue").tables[-1].columns == ("责任部门", "逾期工单（单）", "工单最早期限")
    figures = {one.key: one for one in part(made, "rates").figures}
    assert figures["hazard_on_time_rate"].verdict == "没有数据" and "没有收到隐患的导出" in made.headline


def test_a_ledger_that_cannot_be_read_is_one_section_s_matter(build):
    def broken():
        raise UnknownName("督办台账打不开。")

    made = brief.weekly(build, reviewed=broken)
    assert part(made, "reviewed").failure == "督办台账打不开。" and not part(made, "rates").failure
    assert part(brief.weekly(build), "reviewed").sentence == "还没有交办事项。"


def test_filters_and_rights_narrow_the_numbers_and_are_printed(build):
    made = brief.weekly(build, only=Selection(categories=("门锁",)), scope=Scope(grids=("G01",)))
    assert made.filters == "全部楼宇 · 门锁 · 仅限有权查看的范围"
    assert {one.key: one for one in part(made, "rates").figures}["ticket_on_time_rate"].parts == "3 / 5"


def test_every_unit_with_something_overdue_is_proposed_by_the_next_meeting(build):
    rows = part(brief.weekly(build), "proposed").tables[0].rows
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("了结逾期工单 30 单", "后勤处", "11月23日前"),
        ("了结逾期隐患 2 条", small.UNIT, "11月23日前"),
    ]


def test_the_meeting_s_day_is_the_school_s_and_no_rest_day(build, monkeypatch):
    named = {"周一": date(2026, 11, 23), "周五": date(2026, 11, 27), "周日": date(2026, 11, 30)}
    for weekday, day in named.items():
        monkeypatch.setattr(wording, "school", lambda weekday=weekday: {"meeting": weekday})
        assert proposals.due(build, date(2026, 11, 9)) == day
    monkeypatch.setattr(wording, "school", lambda: {"meeting": "星期八"})
    assert part(brief.weekly(build), "proposed").failure.startswith("data/school/school.toml 里的 meeting")


def test_what_has_been_assigned_says_so_wherever_it_is_told(build, tmp_path):
    ledger = open_ledger(f"sqlite:///{tmp_path / 'actions.sqlite'}")
    one = proposals.clear_overdue(build, date(2026, 11, 9), "后勤处", "tickets", "了结逾期工单 30 单")
    agreed = Agreed(one.task, one.unit, "科长", date(2026, 11, 16), one.due, one.why, one.check, one.signal)
    number = ledger.create(agreed, "保卫处秘书").number
    made = brief.weekly(build, given=ledger.assignments)
    table = part(made, "proposed").tables[0]
    assert [row[-1] for row in table.rows] == [f"已交办 {number}，期限 2026-11-23", "还没有交办"]
    assert table.links[0].query == (("number", number),) and ("new", "1") in table.links[1].query
    assert part(made, "proposed").sentence == "拟交办 2 项，其中 1 项已交办，其余 1 项由会议决定。"
    assert part(made, "reviewed").sentence == "到这一周末还没有交办事项；之后交办了 1 项，见「督办」。"
    ledger.withdraw(number, "重复", "保卫处秘书", 1)
    assert "已交办" not in everything(brief.weekly(build, given=ledger.assignments))


def test_a_long_list_of_units_ends_with_the_rest(build, monkeypatch):
    import pandas as pd

    units = [f"第{number}部门" for number in range(20)]
    frame = pd.DataFrame(
        {
            "unit": units,
            "隐患": range(20, 0, -1),
            "工单": 1,
            "隐患最早期限": pd.NaT,
            "工单最早期限": pd.Timestamp("2026-11-01"),
        }
    )
    monkeypatch.setattr(overdue, "by_unit", lambda *_: frame)
    rows = part(brief.weekly(build), "overdue").tables[-1].rows
    assert len(rows) == 16 and rows[-1] == ("其余 5 个部门", "15", "5", "—", "—")  # 5 + 4 + 3 + 2 + 1


def test_the_digest_changes_with_any_word(build):
    from dataclasses import replace

    made = brief.weekly(build)
    assert made.digest == brief.weekly(build).digest != replace(made, headline=made.headline + " ").digest


def test_proposed_and_rates_know_the_same_metrics_as_the_page():
    from ui.parts.meeting import weekly

    assert getattr(weekly, "TILES", rates.TILES) == rates.TILES
