"""Red lines of a week on drawn records: which are new, which still stand, how old they are, and what the sentence
says."""

from datetime import date, datetime

import pytest

from etl.build.red_lines import checked
from metrics.ask.selection import Scope, Selection
from metrics.duties import red_lines, red_rules
from tests.metrics.conftest import hazard, ticket
from warehouse.errors import UserError

WEEK = date(2026, 11, 9)
OLD = datetime(2026, 9, 1)


def found(build, week=WEEK, **more):
    return red_lines.red_lines(build, week, **more)


@pytest.fixture
def build(draw):
    return draw(
        hazards=[
            hazard(
                1,
                datetime(2026, 11, 10),
                None,
                building_id="D03",
                category="电动车充电",
                place_text="3号楼302",
                unit="保卫处",
            ),
            hazard(
                2,
                datetime(2026, 11, 11),
                datetime(2026, 11, 13),
                building_id="T01",
                category="其他",
                description="安全出口上锁",
            ),
            hazard(
                3,
                datetime(2026, 10, 1),
                None,
                building_id="D10",
                category="消防设施失效",
                level="重大",
                place_text="10号楼",
            ),
            hazard(
                4,
                datetime(2026, 10, 1),
                datetime(2026, 11, 1),
                building_id="D10",
                category="消防设施失效",
                level="重大",
            ),
            hazard(5, datetime(2026, 11, 17), None, building_id="D10", category="消防设施失效", level="重大"),
            hazard(6, datetime(2026, 11, 12), None, building_id="D10", category="其他", description="未发现占用通道"),
            hazard(
                7,
                datetime(2026, 10, 8),
                datetime(2026, 11, 18),
                building_id="D03",
                category="疏散通道",
                level="重大",
                place_text="3号楼",
            ),
            hazard(8, datetime(2026, 11, 12), None, building_id="D03", category="疏散通道", is_hazard=False),
        ],
        tickets=[
            ticket(1, OLD, OLD),
            ticket(
                2,
                datetime(2026, 11, 12, 9),
                datetime(2026, 11, 12, 10),
                building_id=None,
                category="交通与停车",
                description="消防通道被机动车占用",
            ),
            ticket(3, datetime(2026, 11, 12, 9), building_id="D03", category="水电", description="楼道灯不亮"),
        ],
    )


def test_they_are_listed_by_rule_the_open_ones_first_oldest_first(build):
    listed = [(one.record_id, one.is_new, one.is_open, one.days) for one in found(build).items]
    assert listed == [
        ("H0001", True, True, 6),
        ("H0003", False, True, 46),
        ("H0007", False, True, 39), ("H0002", True, False, 2), ("T0002", True, False, 0),
    ]  # fmt: skip
    assert [one.record_id for one in found(build).of(found(build).totals[2].line)] == ["H0007", "H0002", "T0002"]


def test_a_past_week_says_when_it_stands_and_what_was_closed_since(build):
    assert found(build).as_of == datetime(2026, 11, 16) and found(build).sentence.startswith("截至 11-15，本周")
    said = {one.record_id: one.state for one in found(build).items}
    assert said == {
        "H0001": "新增，未销号",
        "H0003": "未销号",
        "H0007": "未销号，已于 11-18 销号",
        "H0002": "新增，已销号",
        "T0002": "新增，已销号",
    }
    blocked = found(build).totals[2]
    assert (blocked.closed_since, blocked.words) == (
        1,
        "堵塞、锁闭疏散通道：新增 2 起，未销号 1 起（其中 1 起之后已销号），最久 39 天",
    )


def test_the_week_that_runs_stands_at_the_data_date_and_says_it_is_not_over(build):
    now = found(build, date(2026, 11, 16))
    assert now.as_of == build.data_date and now.sentence == (
        "本周（未满）新增红线问题 1 起（消防设施失效 1 起）；未销号 3 起，最久 52 天（10号楼）。"
    )
    assert "H0007" not in {one.record_id for one in now.items}


def test_the_sentence_counts_them(build):
    assert found(build).sentence == (
        "截至 11-15，本周新增红线问题 3 起（堵塞、锁闭疏散通道 2 起，电动车或电池进楼、飞线充电 1 起）；"
        "未销号 3 起（其中 1 起之后已销号），最久 46 天（10号楼）。"
    )
    totals = {one.line.line_id: (one.new, one.open, one.oldest) for one in found(build).totals}
    assert totals == {
        "ebike": (1, 1, 6), "fire_equipment": (0, 1, 46), "blocked_exit": (2, 1, 39), "hot_work": (0, 0, None),
        "laboratory": (0, 0, None),
    }  # fmt: skip


def test_each_says_where_what_and_why(build):
    first = found(build).items[0]
    assert (first.place, first.building, first.unit, first.table, first.because) == (
        "3号楼302",
        "D03",
        "保卫处",
        "hazards",
        "类别「电动车充电」",
    )
    assert found(build).items[4].because == "描述「消防通道 … 占用」" and found(build).items[4].building is None


def test_the_building_with_many_is_named(draw):
    day = datetime(2026, 11, 10)
    many = [hazard(number, day, building_id="D03", category="电动车充电") for number in range(1, 6)]
    said = "截至 11-15，本周新增红线问题 {} 起（电动车或电池进楼、飞线充电 {} 起）{}；未销号"
    assert found(draw(hazards=many)).sentence.startswith(said.format(5, 5, "，3号楼最多（5 起）"))
    assert found(draw(hazards=many[1:])).sentence.startswith(said.format(4, 4, ""))


def test_a_worn_part_counts_by_its_grade_and_a_repair_ticket_never(draw):
    day = datetime(2026, 11, 10)
    worn = {"category": "消防设施失效", "description": "灭火器过期"}
    build = draw(
        hazards=[hazard(1, day, **worn), hazard(2, day, level="重大", **worn), hazard(3, day, level=None, **worn)],
        tickets=[
            ticket(1, day, category="消防设施", description="应急灯不亮"),
            ticket(2, day, category="消防设施", description="消火栓无水"),
        ],
    )
    assert {one.record_id for one in found(build).items} == {"H0002", "H0003", "T0002"}


def test_an_unfinished_week_stands_at_the_data_date(build):
    listed = [one.record_id for one in found(build, date(2026, 11, 16)).items]
    assert listed == ["H0001", "H0003", "H0005"]


def test_filters_and_rights_hold(build):
    assert [one.record_id for one in found(build, only=Selection(buildings=("D10",))).items] == ["H0003"]
    assert [one.record_id for one in found(build, scope=Scope(branches=("B2",))).items] == ["H0002"]
    assert found(build, scope=Scope()).items == ()


def test_nothing_is_said_to_be_nothing_only_where_there_are_records(draw):
    quiet = draw(hazards=[hazard(1, OLD, OLD)], tickets=[ticket(1, OLD, OLD)])
    assert found(quiet).sentence == "截至 11-15，本周没有新增红线问题，也没有未销号的。"
    assert found(quiet, date(2026, 8, 17)).sentence == "这一周之前还没有数据，不知道有没有红线问题。"
    assert (
        found(draw(tickets=[ticket(1, OLD, OLD)])).sentence
        == "截至 11-15，本周没有新增红线问题，也没有未销号的（安全隐患没有数据）。"
    )
    assert found(draw()).items == ()


def test_what_is_not_verified_says_so(build):
    assert found(build).note.endswith("未核实。") and "第二手来源" in found(build).note


def test_the_text_is_short(draw):
    build = draw(hazards=[hazard(1, datetime(2026, 11, 10), category="疏散通道", level="重大", description="堆" * 80)])
    assert len(found(build).items[0].text) == 40


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"lines": []}, "不认识，可用：line"),
        ({"excluded": "已劝离"}, "要写成一组词"),
        ({"line": [{"label": "甲"}]}, "缺少「id」"),
        ({"line": [{"id": "a", "label": "甲", "word": []}]}, "不认识的键「word」"),
        ({"line": [{"id": "a", "label": "甲", "words": "飞线"}]}, "words 要写成一组词"),
        ({"line": [{"id": "a", "label": "甲", "together": [["飞线"]]}]}, "together 要写成几组词"),
        ({"line": [{"id": "a", "label": "甲"}, {"id": "a", "label": "乙"}]}, "两条红线的 id 相同"),
    ],
)
def test_a_wrong_list_is_refused_in_words(content, said):
    with pytest.raises(UserError, match=said):
        checked(content, "school/red_lines.toml")


def test_without_a_list_nothing_is_called_clean(draw, monkeypatch):
    monkeypatch.setattr(red_lines, "rules", lambda build: red_rules.rules_from({}))
    assert found(draw(tickets=[ticket(1, OLD, OLD)])).sentence == "没有红线清单，无法逐条核对。"
