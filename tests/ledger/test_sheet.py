"""Excel there and back: exact, twice is once, no row lost, nothing becomes a formula."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from ledger import Ledger, Refused, open_ledger
from ledger.sheet import Vocabulary, load, rejected, to_xlsx
from ledger.sheet.wording import check_cells, day, read_check
from tests.ledger.conftest import agreed

KNOWN = Vocabulary(
    {"hazards": "安全隐患", "tickets": "服务工单"},
    {"ticket_on_time_rate": "按时办结率"},
    {"building": "楼宇", "category": "类别"},
    {"building": {"D03": "3号楼", "D10": "10号楼"}, "category": {"电动车充电": "电动车充电"}},
)
DAY = date(2026, 11, 16)


def book(rows: list[list], sheet: str = "表1") -> bytes:
    """A workbook of one sheet; dates are written as Excel dates."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        page = made.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
    return memory.getvalue()


def taken(ledger: Ledger, data: bytes, **other):
    return load(ledger, data, other.pop("name", "督办.xlsx"), "保卫处秘书", other.pop("given_on", DAY), KNOWN, **other)


def fresh(tmp_path, name: str = "other") -> Ledger:
    return Ledger(open_ledger(f"sqlite:///{tmp_path / name}.sqlite").engine, lambda: datetime(2027, 1, 1))


def plain(ledger: Ledger) -> list:
    """Everything but where it was loaded from."""
    return [replace(event, source="", position=0) for event in ledger.events()]


@pytest.fixture
def full(ledger) -> Ledger:
    """A ledger with every kind of event in it."""
    made = ledger.create(agreed(task="=1+1\n@危险 “引号” 'x'"), "保卫处秘书")
    made = ledger.report(made.number, True, "已清理", "后勤处维修科长", made.sequence)
    made = ledger.verify(made.number, False, "+不属实", "保卫处值班长", made.sequence)
    made = ledger.attach(made.number, "照片.jpg", "后勤处维修科长", data=b"picture")
    made = ledger.review(made.number, {"moment": "2026-11-16", "outcome": "逾期", "sentence": "…", "build": "x"}, DAY)
    made = ledger.comment(made.number, "-1", "秘书处")
    ledger.change(
        made.number,
        agreed(task="改过", check={"kind": "open_zero", "table": "hazards", "filters": {"building": ["D03", "D10"]}}),
        "秘书处",
        made.sequence,
    )
    other = ledger.create(
        agreed(check={"kind": "document", "title": "照片"}, why="", signal={}), "秘书处", number="例会-7"
    )
    ledger.withdraw(other.number, "重复", "秘书处", 1)
    ledger.create(agreed(check={"kind": "rate_within", "metric": "ticket_on_time_rate", "goal": "target"}), "秘书处")
    return ledger


def test_out_and_in_again_is_exactly_the_same(full, tmp_path):
    data = to_xlsx(full, KNOWN)
    other = fresh(tmp_path)
    loaded = taken(other, data)
    assert plain(other) == plain(full) and len(plain(full)) == 10
    assert (loaded.restored, loaded.rejects, loaded.added) == (10, (), ())
    assert {event.source for event in other.events()} == {"载入：督办.xlsx"}


def test_loading_twice_adds_nothing(full, tmp_path):
    data = to_xlsx(full, KNOWN)
    before = plain(full)
    assert taken(full, data).restored == 0 and plain(full) == before
    other = fresh(tmp_path)
    taken(other, data)
    again = taken(other, data)
    assert (again.restored, again.added, again.unchanged, again.rejects) == (0, (), 3, ())
    assert plain(other) == before


def test_the_readable_sheet_alone_brings_back_what_was_agreed(full, tmp_path):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(full, KNOWN, {"2026-001": ("复发", "还有 1 条。")})))
    rows = sheets.get_sheet_by_name("督办台账").to_python()
    assert rows[1][:7] == [
        "2026-001",
        "改过",
        "后勤处",
        "维修科长",
        "2026-11-16",
        "2026-11-20",
        "3号楼 电动车充电 12 条，平时 3 条。",
    ]
    assert rows[1][7:11] == ["未了结清零", "安全隐患", "楼宇=3号楼、10号楼", "全部"]
    assert rows[1][12:] == ["复发", "还有 1 条。", "报告：已完成", "核验人：不认可"]
    other = fresh(tmp_path)
    loaded = taken(other, book(rows))
    assert loaded.added == ("2026-001", "例会-7", "2026-002") and not loaded.rejects
    assert [one.agreed for one in other.assignments()] == [one.agreed for one in full.assignments()]


def test_rows_added_below_an_exported_list_are_taken_in(full, tmp_path):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(full, KNOWN))).get_sheet_by_name("督办台账").to_python()
    rows.append(["", "新任务", "学生处", "", "2026-11-17", "2026-11-30"] + [""] * 10)
    loaded = taken(full, book(rows))
    assert len(loaded.added) == 1 and loaded.unchanged == 3
    found = full.get(loaded.added[0])
    assert (found.agreed.task, found.agreed.post, found.agreed.check["kind"]) == ("新任务", "负责人", "document")
    assert taken(full, book(rows)).added == ()  # a row without a number of its own too


def test_a_school_s_own_list_with_a_title_and_other_headings(ledger):
    rows = [
        ["2026年第12次安全例会督办清单"],
        [],
        ["序号", "交办事项（必填）", "责任部门", "岗位", "会议日期", "完成时限", "事由"],
        [1, "整改配电间堆物", "后勤处", "电工班长", date(2026, 11, 16), date(2026, 11, 30), "巡查发现"],
        [2, "更换灭火器", "保卫处", "消防科长", "2026/11/16", "2026年12月1日", ""],
        [3, "清点钥匙", "公寓中心", "", 46342, "2026.12.5", ""],
    ]
    loaded = taken(ledger, book(rows))
    assert len(loaded.added) == 3 and loaded.rejects == ()
    found = {one.agreed.task: one.agreed for one in ledger.assignments()}
    assert (found["整改配电间堆物"].due, found["更换灭火器"].due) == (date(2026, 11, 30), date(2026, 12, 1))
    assert (found["清点钥匙"].given_on, found["清点钥匙"].due) == (
        date(2026, 11, 16),
        date(2026, 12, 5),
    )  # 46342: a serial number of Excel


def test_rows_that_make_no_sense_are_kept_word_for_word(ledger):
    rows = [
        ["编号", "任务", "责任单位", "期限", "核验方式", "核验对象", "核验要求"],
        ["甲1", "好的", "后勤处", "2026-11-30", "", "", ""],
        ["甲2", "", "后勤处", "2026-11-30", "", "", ""],
        ["甲3", "没有期限", "后勤处", "尽快", "", "", ""],
        ["甲4", "早于交办", "后勤处", "2026-11-01", "", "", ""],
        ["甲5", "核验读不懂", "后勤处", "2026-11-30", "看一看", "", ""],
        ["甲6", "表不存在", "后勤处", "2026-11-30", "连续无新增", "不存在的表", "7"],
        ["甲1", "同号不同事", "后勤处", "2026-11-30", "", "", ""],
        ["甲1", "好的", "后勤处", "2026-11-30", "", "", ""],
        ["合计", "", "", "", "", "", ""],
    ]

    def accepts(check: dict) -> None:
        if check["table"] not in KNOWN.tables:
            raise Refused(f"没有数据表「{check['table']}」。")

    data = book(rows)
    loaded = taken(ledger, data, accepts=accepts)
    assert (loaded.added, loaded.unchanged) == (("甲1",), 1)
    assert [(one.row_number, one.reason.split("，")[0]) for one in loaded.rejects] == [
        (3, "「任务」还没有填写"), (4, "「期限」里的「尽快」不是日期"), (5, "期限 2026-11-01 早于交办日期 2026-11-16"),
        (6, "「核验方式」里的「看一看」不是可用的一种"), (7, "没有数据表「不存在的表」。"),
        (8, "台账里已有编号 甲1"), (10, "「期限」还没有填写"),
    ]  # fmt: skip
    assert loaded.rejects[1].cells == ("甲3", "没有期限", "后勤处", "尽快", "", "", "")
    kept = rejected(ledger)
    assert [row[2] for row in kept] == ["3", "4", "5", "6", "7", "8", "10"] and "尽快" in kept[1][4]
    taken(ledger, data, accepts=accepts)
    assert len(rejected(ledger)) == 7  # the same file again adds none


def test_a_list_without_days_is_the_same_list_next_week(ledger):
    rows = [["任务", "责任单位", "期限"], ["清点钥匙", "公寓中心", "2026-12-30"]]
    first = taken(ledger, book(rows))
    assert taken(ledger, book(rows), given_on=date(2026, 11, 23)).unchanged == 1
    assert [one.number for one in ledger.assignments()] == list(first.added)


def test_nothing_in_the_export_is_a_formula_or_a_link(full):
    with zipfile.ZipFile(io.BytesIO(to_xlsx(full, KNOWN))) as inside:
        sheets = [inside.read(name).decode() for name in inside.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 3 and not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a workbook", "打不开"),
        (book([["别的"], [1]]), "没有找到督办列表"),
        (b"PK\x03\x04" + b"0" * 100, "打不开"),
        (b"0" * 10_000_001, "10 MB"),
    ],
)
def test_what_is_no_list_is_said(ledger, data, said):
    with pytest.raises(Refused, match=said):
        taken(ledger, data)
    assert ledger.events() == ()


def test_a_tampered_history_is_rejected_line_by_line(full, tmp_path):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(full, KNOWN)))
    rows = sheets.get_sheet_by_name("历史").to_python()
    rows[2][6] = rows[2][6].replace("已清理", "改过的报告")
    before = plain(full)
    loaded = taken(full, book(rows, "历史"))
    assert plain(full) == before and "与这里不同" in loaded.rejects[0].reason
    rows[2][6] = "{"
    loaded = taken(fresh(tmp_path), book(rows, "历史"))
    assert "被改动过" in loaded.rejects[0].reason and "缺少第 2 条" in loaded.rejects[1].reason


@pytest.mark.parametrize(
    "cell",
    ["2026-2-3", "2026/02/03", "2026年2月3日", "2026.2.3", 46056, 46056.0, date(2026, 2, 3), datetime(2026, 2, 3, 8)],
)
def test_days_as_people_write_them(cell):
    assert day(cell, "期限") == date(2026, 2, 3)  # 46056: DATE(2026,2,3) in a spreadsheet


TEXT = some.text(min_size=1, max_size=40).filter(lambda text: text.strip())


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(task=TEXT, why=some.text(max_size=60), value=TEXT, words=TEXT)
def test_any_text_comes_back_as_it_was(tmp_path_factory, task, why, value, words):
    folder = tmp_path_factory.mktemp("any")
    one, other = fresh(folder, "one"), fresh(folder)
    try:
        made = one.create(
            agreed(
                task=task,
                why=why,
                check={"kind": "no_new", "table": "hazards", "filters": {"building": [value]}, "days": 3},
            ),
            "秘书处",
        )
        one.comment(made.number, words, "秘书处")
    except Refused:
        return  # nothing but control characters
    data = to_xlsx(one, KNOWN)
    loaded = taken(other, data)
    assert not loaded.rejects and plain(other) == plain(one)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("督办台账").to_python()
    third = fresh(folder, "third")
    assert not taken(third, book_of_text(rows)).rejects
    assert third.assignments()[0].agreed == one.assignments()[0].agreed


def book_of_text(rows: list[list]) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as made:
        page = made.add_worksheet("台账")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write_string(number, place, str(cell))
    return memory.getvalue()


@pytest.mark.parametrize(
    "check",
    [
        {
            "kind": "open_zero",
            "table": "hazards",
            "filters": {"building": ["D03"], "category": ["门、锁；=x"]},
            "overdue": True,
        },
        {"kind": "rate_within", "metric": "ticket_on_time_rate", "filters": {}, "goal": "limits"},
        {"kind": "no_new", "table": "tickets", "filters": {"building": ["未识别"]}, "days": 30},
        {"kind": "document", "title": "整改照片"},
    ],
)
def test_a_check_in_words_is_the_check(check):
    cells = dict(zip(("kind", "object", "filters", "how"), check_cells(check, KNOWN), strict=True))
    assert read_check(cells, KNOWN) == check
