"""督办: an empty ledger says what to do, forms write, a conflict shows both sides,
nothing from people is read as markup.
"""

import io
from datetime import date

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

import warehouse
from ledger import Agreed, Ledger, audit, open_ledger
from metrics.ask.selection import EVERYTHING
from reports.brief import assignments
from tests.pages.conftest import words
from ui.export import export

DOCUMENT = {"kind": "document", "title": "照片"}
BAD = "<img src=x onerror=alert(1)> [点](http://evil.example) **粗**"


@pytest.fixture
def ledger(tmp_path, monkeypatch) -> Ledger:
    """An empty ledger of this test's own, found by the one setting."""
    monkeypatch.setenv("CAMPUS_LEDGER_URL", f"sqlite:///{tmp_path / 'actions.sqlite'}")
    return open_ledger()


def give(ledger: Ledger, **other) -> str:
    values = {
        "task": "清理充电点",
        "unit": "后勤处",
        "post": "维修科长",
        "given_on": date(2026, 11, 2),
        "due": date(2026, 11, 6),
        "check": DOCUMENT,
    }
    return ledger.create(Agreed(**values | other), "保卫处秘书").number


def fill(at: AppTest, label: str, value) -> None:
    """Type into the field called so."""
    for kind in (at.text_input, at.text_area, at.selectbox, at.date_input, at.number_input):
        for element in kind:
            if element.label == label:
                element.set_value(value)
                return
    raise AssertionError(f"no field {label}")


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_an_empty_ledger_says_what_to_do_first(open_at, ledger):
    at = open_at("actions")
    assert not at.exception
    said = words(at)
    assert "还没有交办事项" in said and "新交办" in said and "载入已有的督办表" in said


def test_the_first_sentence_counts_part_and_whole(open_at, ledger):
    give(ledger)
    done = give(ledger, task="交照片")
    ledger.attach(done, "照片.jpg", "后勤处维修科长", data=b"x", day=date(2026, 11, 4))
    reported = give(ledger, task="说办了")
    ledger.report(reported, True, "办了", "后勤处维修科长", 1, day=date(2026, 11, 5))
    at = open_at("actions")
    said = words(at)
    assert "督办 3 项：逾期 1 项、已办未见效 1 项，已见效 1 项（1 / 3）。" in said.replace("\\", "")
    order = [said.index(word) for word in ("清理充电点", "说办了", "交照片")]
    assert order == sorted(order)  # worst first
    assert "报告：已完成 · 记录核验：已办未见效 · 待核验" in said


def test_a_document_is_written_down_before_it_is_taken_away(open_at, ledger):
    number = give(ledger)
    ledger.attach(number, "照片.jpg", "后勤处维修科长", data=b"x", day=date(2026, 11, 4))
    (button,) = open_at("actions", number=number).get("download_button")
    assert (
        button.proto.label.startswith("照片") and button.proto.deferred_file_id and not button.proto.url
    )  # nothing lies ready before the click
    build = warehouse.current()
    assert export.recorded("督办附件「照片.jpg」", number, build, EVERYTHING, lambda: b"x")() == b"x"
    assert [(one.kind, one.what, one.filters) for one in audit.entries()] == [
        (audit.EXPORT, "督办附件「照片.jpg」", number)
    ]


def test_the_link_opens_exactly_the_records_that_were_counted(open_at, ledger):
    give(ledger, check={"kind": "open_zero", "table": "tickets", "filters": {"building": ["D01"]}})
    at = open_at("actions")
    assert "未了结的服务工单（1号楼）还有 30 单（交办时 28 单，之后新增 20 单）" in words(
        at
    )  # one of ten a week stays open, 30 weeks
    (found,) = assignments.live(warehouse.current(), ledger)
    query = {}
    for name, value in found.query:
        query.setdefault(f"{name}_", []).append(value)
    assert "共 30 单" in words(open_at("records", **query))


def test_only_one_outcome_may_be_listed(open_at, ledger):
    give(ledger)
    give(ledger, task="没到期", due=date(2026, 12, 30))
    said = words(open_at("actions", outcome="逾期"))
    assert "清理充电点" in said and "没到期" not in said


def test_what_people_wrote_is_never_markup(open_at, ledger):
    number = give(ledger, task=BAD, why=BAD, unit="<b>后勤</b>")
    ledger.comment(number, BAD, "<i>岗位</i>")
    for at in (open_at("actions"), open_at("actions", number=number)):
        assert not at.exception
        bodies = "".join(element.proto.body for element in at.get("html"))
        assert "&lt;img" in bodies and "<img" not in bodies and "<b>后勤" not in bodies and "<i>岗位" not in bodies
        assert not any("](http://evil" in element.value for element in at.markdown)


def test_a_new_assignment_is_filled_in_by_a_link_and_saved(open_at, ledger):
    at = open_at(
        "actions", new="1", task="处置1号楼的水电", unit="后勤处",
        why="本周 10 单", due="2026-11-22", kind="rate_within",
        check_metric="ticket_count", only=["building:D01", "category:水电"],
        signal='{"metric": "ticket_count", "week": "2026-11-09"}',
    )  # fmt: skip
    assert not at.exception
    fill(at, "责任岗位", "维修科长")
    fill(at, "填写人", "保卫处秘书")
    at = press(at, "交办")
    (made,) = ledger.assignments()
    assert (made.agreed.task, made.agreed.unit, made.agreed.post, made.agreed.due) == (
        "处置1号楼的水电",
        "后勤处",
        "维修科长",
        date(2026, 11, 23),  # the link's day is a Sunday
    )
    assert made.agreed.check == {
        "kind": "rate_within",
        "metric": "ticket_count",
        "goal": "limits",
        "filters": {"building": ["D01"], "category": ["水电"]},
    }
    assert made.agreed.signal == {"metric": "ticket_count", "week": "2026-11-09"} and made.agreed.why == "本周 10 单"
    assert made.agreed.given_on == date(2026, 11, 16)  # the demonstration's own day
    assert at.query_params["number"] == [made.number] or at.query_params["number"] == made.number
    assert f"已交办，编号 {made.number}" in "".join(element.value for element in at.success).replace("\\", "")


def test_assigning_twice_takes_a_deliberate_step(open_at, ledger):
    check = {"kind": "no_new", "table": "hazards", "filters": {"building": ["D01"]}, "days": 7}
    number = give(ledger, check=check)
    query = {
        "new": "1", "task": "再来一次", "unit": "后勤处", "due": "2026-11-22",
        "kind": "no_new", "check_table": "hazards", "check_days": "7", "only": "building:D01",
    }  # fmt: skip
    at = open_at("actions", **query)
    assert not at.exception and f"这件事已经交办：{number}" in words(at).replace("\\", "")
    assert next(one for one in at.date_input if one.label == "期限").value == date(2026, 11, 23)  # 11-22 is a Sunday
    fill(at, "责任岗位", "维修科长")
    fill(at, "填写人", "保卫处秘书")
    at = press(at, "交办")
    assert "没有再记一次" in at.error[0].value.replace("\\", "") and len(ledger.assignments()) == 1
    at = press(at.checkbox[0].check().run(), "再次交办")
    assert not at.exception and len(ledger.assignments()) == 2


def test_what_is_missing_is_said_and_nothing_is_stored(open_at, ledger):
    at = open_at("actions", new="1", kind="no_new", check_table="nothing", due="not a day", signal="{", only="house:x")
    assert not at.exception
    at = press(at, "交办")
    assert "还没有填写" in at.error[0].value and ledger.assignments() == ()


@pytest.mark.parametrize(
    ("reporter", "verifier", "stored"),
    [("后勤处维修科长", "保卫处值班长", 3), ("后勤处维修科长", "后勤处 维修科长", 2)],
)
def test_report_and_verification_by_different_posts(open_at, ledger, reporter, verifier, stored):
    number = give(ledger)
    at = open_at("actions", number=number)
    fill(at, "内容", "已清理")
    fill(at, "填写人", reporter)
    at = press(at, "提交报告")
    assert ledger.get(number).is_reported_done and "记录核验：进行中" not in words(at)
    at = open_at("actions", number=number, do="verify")
    fill(at, "内容", "属实")
    fill(at, "填写人", verifier)
    at = press(at, "提交核验")
    assert len(ledger.get(number).events) == stored
    if stored == 2:
        assert "不能是同一个岗位" in at.error[0].value
    else:
        assert "报告：已完成 · 记录核验：已办未见效 · 核验人：认可" in words(at)


def test_a_conflict_shows_both_sides_and_can_be_submitted_again(open_at, ledger):
    number = give(ledger)
    at = open_at("actions", number=number)
    fill(at, "内容", "我写的内容")
    fill(at, "填写人", "后勤处维修科长")
    ledger.change(
        number,
        Agreed("改过的任务", "后勤处", "维修科长", date(2026, 11, 2), date(2026, 11, 20), check=DOCUMENT),
        "保卫处秘书",
        1,
    )  # meanwhile
    at = press(at, "提交报告")
    said = words(at)
    assert "刚刚被保卫处秘书更新过" in said and "改过的任务" in said and "我写的内容" in said
    assert ledger.get(number).sequence == 2  # nothing stored yet
    at = press(at, "看过了，仍提交我写的")
    found = ledger.get(number)
    assert (found.sequence, found.report.content["words"], found.agreed.task) == (3, "我写的内容", "改过的任务")
    assert "刚刚被" not in words(at)


def test_comment_change_and_withdraw(open_at, ledger):
    number = give(ledger)
    at = open_at("actions", number=number, do="comment")
    fill(at, "内容", "请抓紧")
    fill(at, "填写人", "保卫处秘书")
    press(at, "提交留言")
    at = open_at("actions", number=number, do="change")
    fill(at, "期限", date(2026, 11, 27))
    at = press(at, "保存修改")
    assert "填写人" in at.error[0].value  # asked for, not guessed
    fill(at, "填写人", "保卫处秘书")
    at = press(at, "保存修改")
    assert "期限：2026-11-06 → 2026-11-27" in words(at)
    at = open_at("actions", number=number, do="withdraw")
    fill(at, "内容", "重复")
    fill(at, "填写人", "保卫处秘书")
    at = press(at, "撤销这一项")
    found = ledger.get(number)
    assert found.is_withdrawn and found.agreed.due == date(2026, 11, 27) and len(found.events) == 4
    assert f"{number} 已撤销" in words(at).replace("\\", "")
    assert "还没有交办事项" in words(open_at("actions"))


def test_the_conclusions_of_a_meeting_are_kept_once(open_at, ledger):
    number = give(ledger)
    at = press(open_at("actions"), "记下这次复核")
    assert "已记下 1 项的结论" in at.success[0].value
    assert ledger.get(number).last("reviewed").content["outcome"] == "逾期"
    at = press(at, "记下这次复核")
    assert "已经记过" in at.success[0].value


def test_a_number_that_is_none_is_said(open_at, ledger):
    at = open_at("actions", number="<script>x</script>")
    assert not at.exception and "没有找到这一项" in words(at)


def test_a_ledger_out_of_reach_is_said_without_the_password(open_at, monkeypatch):
    monkeypatch.setenv("CAMPUS_LEDGER_URL", "postgresql://campus:geheim@127.0.0.1:9/actions")
    at = open_at("actions")
    assert not at.exception and "连不上督办台账的数据库" in at.error[0].value and "geheim" not in words(at)


def test_many_assignments_come_in_pages(open_at, ledger):
    for number in range(21):
        give(ledger, task=f"第{number}件")
    at = open_at("actions")
    assert "第 1 / 2 页，共 21 项" in words(at) and words(at).count('class="action-head"') == 20
    assert words(press(at, "下一页")).count('class="action-head"') == 1


def test_a_list_from_excel_is_loaded_by_the_page(open_at, ledger):
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([["任务", "责任单位", "期限", "核验方式", "核验对象", "核验条件", "核验要求"],
                                      ["清零", "保卫处", "2026-11-30", "未了结清零", "安全隐患", "楼宇=2号楼", ""],
                                      ["写错", "保卫处", "2026-11-30", "未了结清零",
                                       "安全隐患", "楼宇=99号楼", ""]]):  # fmt: skip
            page.write_row(number, 0, row)
    at = open_at("actions")
    at.file_uploader[0].set_value(("督办.xlsx", memory.getvalue(), "application/octet-stream"))
    fill(at, "载入人", "保卫处秘书")
    at = press(at, "载入")
    said = "".join(element.value for element in at.warning).replace("\\", "")
    assert "新增 1 项，已有 0 项未变，拒收 1 行" in said
    (made,) = ledger.assignments()
    assert made.agreed.check == {
        "kind": "open_zero",
        "table": "hazards",
        "filters": {"building": ["D02"]},
        "overdue": False,
    }
    assert any("99号楼" in frame.value.to_json(force_ascii=False) for frame in at.dataframe)
