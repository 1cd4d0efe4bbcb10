"""Workbooks and HTML tables: everything is text, hidden and empty sheets are told,
merged cells belong to their rows."""

import datetime as dt

import pytest

from etl.reading.read import Refused, Wanted, read
from tests.etl.drawn import book, old_book, package

HEADER = ["工单编号", "地点", "报修时间"]


def codes(table) -> dict[str, int]:
    return {note.code: note.occurrences for note in table.notes}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("20260903000123456789", "20260903000123456789"),
        ("007", "007"),
        ("'13800000000", "13800000000"),
        ("\t3号楼 \u200b", "3号楼"),
        ("３号楼", "３号楼"),
        (13800000000, "13800000000"),
        (3, "3"),
        (3.5, "3.5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (45925, "45925"),
        (True, "TRUE"),
        (dt.datetime(2026, 9, 3, 8, 5, 7), "2026-09-03 08:05:07"),
        (dt.datetime(2026, 9, 3), "2026-09-03"),
        ("  ", None),
    ],
)
def test_a_cell_of_a_workbook_is_its_shortest_exact_text(tmp_path, cell, text):
    path = book(tmp_path / "a.xlsx", {"S": [["编号", "值"], ["1", cell], ["2", "末"]]})
    assert read(path)[0].columns[1] == [text, "末"]


def test_every_second_of_a_day_survives_excels_fractions(tmp_path):
    day = dt.datetime(2026, 9, 3)
    times = [day + dt.timedelta(seconds=second) for second in range(1, 86400, 97)]
    path = book(tmp_path / "a.xlsx", {"S": [["编号", "时间"], *(["x", time] for time in times)]})
    assert read(path)[0].columns[1] == [str(time) for time in times]


def test_digits_lost_by_excel_are_told(tmp_path):
    path = book(tmp_path / "a.xlsx", {"S": [["编号", "值"], [20260903000123456789, 1], [7, 2]]})
    (note,) = [note for note in read(path)[0].notes if note.code == "lost_digits"]
    assert (note.row_number, note.column_label, note.occurrences) == (2, "编号", 1)


def test_several_sheets_hidden_and_empty_ones(tmp_path):
    sheets = {
        "一月": [HEADER, ["1", "a", "x"]],
        "旧": [HEADER, ["9", "z", "x"]],
        "空": [],
        "二月": [HEADER, ["2", "b", "x"]],
    }
    tables = read(book(tmp_path / "a.xlsx", sheets, hidden=("旧",)))
    assert [(table.sheet, table.columns[0]) for table in tables] == [("一月", ["1"]), ("二月", ["2"])]
    assert codes(tables[0]) == {"hidden_sheet": 1, "empty_sheet": 1}
    assert "旧" in next(note.message for note in tables[0].notes if note.code == "hidden_sheet")


def test_a_declared_sheet_is_read_even_when_hidden_and_refused_when_missing(tmp_path):
    path = book(tmp_path / "a.xlsx", {"甲": [HEADER, ["1", "a", "x"]], "乙": [HEADER, ["2", "b", "x"]]}, hidden=("乙",))
    assert [table.columns[0] for table in read(path, Wanted(sheet="乙"))] == [["2"]]
    with pytest.raises(Refused, match="没有名为「丙」的工作表（有：甲、乙）"):
        read(path, Wanted(sheet="丙"))


def test_a_cover_sheet_is_not_a_table(tmp_path):
    tables = read(book(tmp_path / "a.xlsx", {"封面": [["安全工作台账"]], "数据": [HEADER, ["1", "a", "x"]]}))
    assert [table.sheet for table in tables] == ["数据"]
    assert tables[0].notes[0].code == "empty_sheet"


def test_vertically_merged_cells_belong_to_all_their_rows(tmp_path):
    rows = [["单号", "楼", "物品"], ["1", "3号楼", "灯"], ["", "", "锁"], ["", "", "窗"], ["2", "4号楼", "门"]]
    table = read(book(tmp_path / "a.xlsx", {"S": rows}, {"S": ["A2:A4", "B2:B4"]}))[0]
    assert table.columns == [["1", "1", "1", "2"], ["3号楼", "3号楼", "3号楼", "4号楼"], ["灯", "锁", "窗", "门"]]
    assert {note.column_label: note.occurrences for note in table.notes} == {"单号": 2, "楼": 2}


def test_the_last_detail_row_of_a_merged_record_is_no_footnote(tmp_path):
    rows = [["单号", "楼", "物品", "数"], ["1", "3号楼", "灯管和开关", "2"], ["", "", "走廊尽头的窗户", ""]]
    table = read(book(tmp_path / "a.xlsx", {"S": rows}, {"S": ["A2:A3", "B2:B3", "D2:D3"]}))[0]
    assert table.columns[2] == ["灯管和开关", "走廊尽头的窗户"]
    assert table.columns[0] == ["1", "1"]


def test_a_table_that_starts_far_from_the_corner(tmp_path):
    rows = [[], [], ["", "", *HEADER], ["", "", "1", "a", "x"], [], ["", "", "2", "b", "y"]]
    table = read(book(tmp_path / "a.xlsx", {"S": rows}))[0]
    assert (table.header, table.header_row, table.row_numbers) == (HEADER, 3, [4, 6])


def test_an_xlsx_named_xls_is_read_by_its_content(tmp_path):
    path = book(tmp_path / "a.xlsx", {"S": [HEADER, ["1", "a", "x"]]}).rename(tmp_path / "a.xls")
    assert read(path)[0].columns[0] == ["1"]


def test_an_old_xls(tmp_path):
    rows = [
        ["隐患台账", "", ""],
        ["编号", "地点", "数量"],
        ["20260903000123456789", "3号楼", 2.0],
        ["B", "四号楼", 2.5],
    ]
    table = read(old_book(tmp_path / "a.xls", rows, merges=[(0, 0, 0, 2)]))[0]
    assert (table.sheet, table.title, table.header) == ("旧表", "隐患台账", ["编号", "地点", "数量"])
    assert table.columns == [["20260903000123456789", "B"], ["3号楼", "四号楼"], ["2", "2.5"]]


def test_a_sheet_whose_declared_size_is_nonsense_is_read(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row>'
    )
    path = package(tmp_path / "a.xlsx", cells, before='<dimension ref="A1:XFD1048576"/>')
    assert read(path)[0].columns == [["3"], ["4"]]


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"><title>不要</title>
<style>td {color: red}</style></head><body><table border=1>
<tr><th colspan=4>报修记录&nbsp;导出时间：2026-11-22 08:00</th></tr>
<tr><th rowspan=2>编号</th><th rowspan=2>地点</th><th colspan=2>处置</th></tr>
<tr><th>时间</th><th>结果</th></tr>
<tr><td rowspan="2">20260903000123456789</td><td>3号楼<br>东侧</td><td>2026-09-03&nbsp;08:00</td><td>A &lt; B</td></tr>
<tr><td>4号楼</td><td></td><td>x
  y</td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_an_html_table_saved_as_xls(tmp_path, encoding):
    path = tmp_path / "a.xls"
    path.write_bytes(PAGE.encode(encoding))
    (table,) = read(path)
    assert table.header == ["编号", "地点", "处置/时间", "处置/结果"]
    assert table.columns == [
        ["20260903000123456789"] * 2,
        ["3号楼\n东侧", "4号楼"],
        ["2026-09-03 08:00", None],
        ["A < B", "x y"],
    ]
    assert table.title == "报修记录 导出时间：2026-11-22 08:00"
    assert table.row_numbers == [4, 5]


def test_an_html_page_without_a_table_is_refused(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text("<html><body>登录已过期</body></html>", encoding="utf-8")
    with pytest.raises(Refused, match="网页，里面没有表格"):
        read(path)


def test_an_html_cell_that_claims_a_thousand_columns_a_thousand_times(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text("<table>" + "<tr><td colspan=1000>x" * 30_000 + "</table>", encoding="utf-8")
    with pytest.raises(Refused, match="大得不正常"):
        read(path)
