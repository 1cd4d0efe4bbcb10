"""What is not a record: titles, totals, footnotes, repeated headers. Left out,
and every one of them told with its row."""

import pytest

from etl.form.limits import Limits
from etl.reading.read import Refused, Wanted, read
from tests.etl.drawn import book

HEADER = ["编号", "地点", "数量", "状态"]
RECORDS = [["1", "3号楼", "2", "已办结"], ["2", "四号楼", "5", "处理中"]]


def table_of(tmp_path, rows, kind="xlsx", merges=()):
    """The same rows as a workbook and as a text file: the layout must not depend on the format."""
    if kind == "xlsx":
        (table,) = read(book(tmp_path / "a.xlsx", {"S": rows}, {"S": list(merges)}))
    else:
        (tmp_path / "a.csv").write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
        (table,) = read(tmp_path / "a.csv")
    return table


def told(table) -> list[tuple[str, int, int]]:
    return [(note.code, note.row_number, note.occurrences) for note in table.notes if note.code != "padded_row"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["合计", "", "7", ""], "total_row"),
        (["合 计", "", "7", ""], "total_row"),
        (["总计：", "", "7", ""], "total_row"),
        (["", "小计", "7", ""], "total_row"),
        (["3号楼", "小计", "7", ""], "total_row"),
        (["本页合计", "2", "7", "1"], "total_row"),
        (["共计7件", "", "", ""], "total_row"),
        (["Grand Total", "2", "7", "1"], "total_row"),
        (["subtotal", "2", "7", "1"], "total_row"),
        (["备注：数据截至昨日", "", "", ""], "footnote"),
        (["注:仅供内部使用", "", "", ""], "footnote"),
        (["注1：仅供内部使用", "", "", ""], "footnote"),
        (["说明：", "不含暑假", "", ""], "footnote"),
        (["制表人：王某", "", "审核：李某", ""], "footnote"),
        (["", "审核：", "", ""], "footnote"),
        (["共 2 条记录", "", "", ""], "footnote"),
        (["第 1 页", "", "", ""], "footnote"),
        (["本表由系统自动生成", "", "", ""], "footnote"),
        (HEADER, "repeated_header"),
    ],
)
def test_rows_below_the_records_that_are_none(tmp_path, kind, row, code):
    table = table_of(tmp_path, [HEADER, *RECORDS, row], kind)
    assert table.row_numbers == [2, 3]
    assert told(table) == [(code, 4, 1)]
    assert table.unreadable == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize(
    "row",
    [
        ["小计算机房漏水", "3号楼", "1", "处理中"],
        ["合同纠纷", "3号楼", "1", "处理中"],
        ["总计算中心", "", "", ""],
        ["共享雨伞", "备注：无", "1", "处理中"],
        ["备注：急", "3号楼", "1", "处理中"],
        ["Totally broken", "3号楼", "1", "处理中"],
        ["3", "", "", ""],
        ["B-7", "", "", ""],
        ["第三食堂", "3号楼", "1", "处理中"],
    ],
)
def test_records_that_only_look_like_layout(tmp_path, kind, row):
    table = table_of(tmp_path, [HEADER, *RECORDS, row, ["9", "五号楼", "1", "已办结"]], kind)
    assert table.row_numbers == [2, 3, 4, 5]
    assert told(table) == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_title_rows_are_kept_as_the_title(tmp_path, kind):
    rows = [["隐患台账", "", "", ""], ["单位：保卫处", "", "导出时间：2026-11-22 08:00", ""], HEADER, *RECORDS]
    table = table_of(tmp_path, rows, kind, merges=["A1:D1"])
    assert table.title == "隐患台账\n单位：保卫处 导出时间：2026-11-22 08:00"
    assert (table.header, table.header_row, table.row_numbers) == (HEADER, 3, [4, 5])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_pages_one_below_the_other(tmp_path, kind):
    page = [["隐患台账", "", "", ""], HEADER]
    rows = [*page, RECORDS[0], ["小计", "", "2", ""], *page, RECORDS[1], ["小计", "", "5", ""], ["合计", "", "7", ""]]
    table = table_of(tmp_path, rows, kind)
    assert table.row_numbers == [3, 7]
    assert sorted(told(table)) == [("repeated_header", 5, 2), ("total_row", 4, 3)]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_all_rows_are_accounted_for(tmp_path, kind):
    rows = [
        ["标题", "", "", ""],
        HEADER,
        *RECORDS,
        [""] * 4,
        ["合计", "", "7", ""],
        ["备注：x", "", "", ""],
        ["制表：甲", "", "", ""],
    ]
    table = table_of(tmp_path, rows, kind)
    assert len(table) + sum(note.occurrences for note in table.notes if note.code != "padded_row") == 5
    message = next(note.message for note in table.notes if note.code == "footnote")
    assert "第 7 行「备注：x」等 2 行" in message


def test_repeated_and_missing_labels(tmp_path):
    rows = [["编号", "时间", "时间", "", ""], ["1", "a", "b", "", "c"]]
    table = table_of(tmp_path, rows)
    assert table.header == ["编号", "时间", "时间 (2)", "第5列"]
    assert [column[0] for column in table.columns] == ["1", "a", "b", "c"]


def test_a_nested_header_of_a_workbook(tmp_path):
    rows = [["编号", "地点", "处置", ""], ["", "", "部门", "时间"], ["1", "a", "b", "c"]]
    table = table_of(tmp_path, rows, merges=["A1:A2", "B1:B2", "C1:D1"])
    assert table.header == ["编号", "地点", "处置/部门", "处置/时间"]
    assert (table.header_row, table.row_numbers, table.notes) == (2, [3], [])


def test_a_header_without_records_is_a_table_of_no_rows(tmp_path):
    table = table_of(tmp_path, [HEADER])
    assert (table.header, table.columns, len(table)) == (HEADER, [[], [], [], []], 0)


def test_too_many_columns_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text(",".join(f"c{at}" for at in range(60)) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="有 60 列，超过上限 50 列"):
        read(tmp_path / "a.csv", Wanted(), Limits(columns=50))
