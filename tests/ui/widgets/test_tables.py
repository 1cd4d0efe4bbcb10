"""Files taken away: no cell of them is run by a spreadsheet, and Chinese opens as Chinese."""

import csv
import io
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from ui.export.table_files import guarded, to_csv, to_xlsx
from ui.widgets.tables import Column, readable

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\u3000=1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_guards_what_a_spreadsheet_would_run(text: str):
    content = to_csv(pd.DataFrame({text: [text]})).decode("utf-8-sig")
    for cell in [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]:
        assert cell == "'" + text


@pytest.mark.parametrize("value", ["3号楼", "2026-09-01", "", None, 3, -3, -1.5, "a=b"])
def test_harmless_cells_stay_as_they_are(value: object):
    assert guarded(value) is value


def test_csv_carries_its_mark_so_that_excel_reads_chinese():
    assert to_csv(pd.DataFrame({"楼宇": ["3号楼"]})) == b"\xef\xbb\xbf" + "楼宇\r\n3号楼\r\n".encode()


def test_excel_holds_text_and_neither_formula_nor_link():
    frame = pd.DataFrame(
        {"内容": [*DANGEROUS, "https://evil.example", None], "数": [float(n) for n in range(len(DANGEROUS) + 2)]}
    )
    content = to_xlsx(frame, "拒收/原因*很长很长很长很长很长很长很长很长很长很长")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "hyperlink" not in sheet
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["内容", "数"]
    assert rows[1] == ["=1+1", 0.0]
    assert rows[15] == ["https://evil.example", 14.0]


def test_percentages_are_shown_times_a_hundred():
    shown = readable(
        pd.DataFrame({"value": [0.806], "n": [3]}), [Column("value", "率", "percent"), Column("n", "数", "count")]
    )
    assert shown.to_dict("list") == {"率": [pytest.approx(80.6)], "数": [3]}
