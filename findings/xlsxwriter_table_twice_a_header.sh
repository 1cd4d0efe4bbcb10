#!/bin/sh
# XlsxWriter: add_table() with two columns of one name writes nothing of the table, its data neither
#
# Expected: the documentation of add_table() says that headers must be unique, as Excel demands. One would expect an
# exception, or at least that the rows given as "data" are written and only the table's frame is left out.
# Instead: a UserWarning, the return value -2, and a sheet with no cell in it at all. The file closes and opens well.
# Seen in: XlsxWriter 3.3.1.
# Why it matters: safety systems often export two columns called 备注 (one of the reporter, one of the handler). An
# export that passes such headers on delivers an empty sheet, and a job whose warnings nobody reads calls it done.
# What to do: make headers unique before (备注, 备注2), and treat a return value other than 0 as an error.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check XlsxWriter==3.3.1 python-calamine==0.9.1
venv/bin/pip freeze
venv/bin/python - <<'END'
import sys
import warnings

import python_calamine
import xlsxwriter

rows = [["1号楼", "灯不亮", "已换"], ["2号楼", "门未锁", "已锁"]]


def written(headers):
    book = xlsxwriter.Workbook("export.xlsx")
    sheet = book.add_worksheet()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        answer = sheet.add_table(0, 0, 2, 2, {"data": rows, "columns": [{"header": h} for h in headers]})
    book.close()
    cells = python_calamine.CalamineWorkbook.from_path("export.xlsx").get_sheet_by_index(0).to_python()
    print(headers, "-> returned", answer, "| warned", [str(w.message) for w in said], "| rows in the file", len(cells))
    return answer, len(said), len(cells)


unique = written(["楼栋", "备注", "备注2"])
twice = written(["楼栋", "备注", "备注"])
if unique != (0, 0, 3) or twice != (-2, 1, 0):
    sys.exit("no longer as stated")
print("as stated")
END
