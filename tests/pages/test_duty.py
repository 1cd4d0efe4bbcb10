"""值守与检查: people on duty, posts not covered, what checks found and who never finds anything."""

from metrics.ask.records import record, records
from metrics.ask.selection import Scope
from metrics.duties import duty_shifts
from tests.pages.conftest import words
from tests.pages.test_cadences import duty_build, duty_home, open_duty  # noqa: F401


def test_the_sentence_counts_shifts_and_checks(open_duty):  # noqa: F811
    said = words(open_duty("duty")).replace("\\", "")
    assert "值守 9 人次，2 / 5 班人没有到齐（40.0 %）；检查 55 次，平均每次发现 0.38 处" in said  # (15 + 4 + 2) ÷ 55
    assert "1 个检查人或单位从来查不出问题" in said
    assert "已排班（2026-11-25 至 2026-11-25，不计入上面的数字）：支部值守 1 班，共需 3 人次" in said


def test_a_check_that_never_finds_anything_with_its_chance(duty_build):  # noqa: F811
    found = duty_shifts.idle(duty_build)
    row = found.iloc[0]
    assert (len(found), row["who_kind"], row["checks"], row["other_findings"], row["other_checks"]) == (
        1,
        "检查人",
        20,
        15,
        30,
    )
    assert abs(row["chance"] - 0.5**20) < 1e-12 and duty_shifts.chance_words(row["chance"]) == "不到百万分之一"
    assert duty_build.rows("SELECT count(*) FROM warnings WHERE code = 'idle_checks'") == [(1,)]
    assert duty_shifts.idle(duty_build, Scope(units=("文学院",))).empty


def test_a_check_is_linked_to_the_hazard_it_names(duty_build):  # noqa: F811
    found = record(duty_build, "inspections", "J3")
    assert (found["hazard_id"], found["linked_hazards"], found["has_students"], found["unit"]) == (
        "YH1",
        1,
        True,
        "文学院",
    )


def test_a_roster_is_a_plan_and_no_shift(duty_build):  # noqa: F811
    rows, count = records(duty_build, "duty_shifts", None)
    assert count == 5 and "Z2" not in set(rows["shift_id"])


def test_without_exports_the_page_says_which_to_provide(open_at):
    said = words(open_at("duty"))
    assert "还没有收到值守巡逻" in said and "还没有收到安全检查" in said


def test_a_cut_the_rosters_cannot_answer_is_refused_in_words(open_duty):  # noqa: F811
    """No shift of these says its level: none of them would be untrue."""
    said = words(open_duty("explorer", metric="duty_person_times", rows="level"))
    assert "值守人次：值守巡逻没有登记等级，不能这样分" in said
