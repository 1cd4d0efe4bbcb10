#!/bin/sh
# python-calamine: an error cell and a formula without its stored result both read as an empty cell
#
# Expected: to_python() of python-calamine returns what stands in the cells; its types name text, numbers, truth values
# and times. A cell showing #N/A should come as that text, as None or as an exception, but not as what an empty cell gives.
# Instead: '' for the error, '' for a formula whose result the writing program did not store (openpyxl never does), and ''
# for the empty cell. Nothing tells the three apart. openpyxl gives '#N/A', '=1+1' and None.
# Seen in: python-calamine 0.9.1, openpyxl 3.1.5.
# Why it matters: in a spreadsheet kept by hand, a failed look-up of the handler or a deadline computed by formula is then
# counted as "left blank by the reporter": a fault of the file becomes a fault of a person, and a missing deadline is never
# overdue.
# What to do: where a column is unexpectedly blank, look into the sheet's XML (t="e", or f without v) or read that column
# once more with openpyxl, and report the cell as unreadable instead of as blank.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
venv/bin/pip freeze
venv/bin/python - <<'END'
import sys

import openpyxl
import python_calamine

book = openpyxl.Workbook()
sheet = book.active
sheet.append(["工单", "处理人", "期限", "备注"])
sheet.append(["T1", "#N/A", "=1+1", None])
sheet["B2"].data_type = "e"
sheet.append(["T2", "甲", 2, "无"])
book.save("tickets.xlsx")

calamine = python_calamine.CalamineWorkbook.from_path("tickets.xlsx").get_sheet_by_index(0).to_python()[1][1:]
other = [cell.value for cell in openpyxl.load_workbook("tickets.xlsx").active[2]][1:]
print("error, formula without result, empty")
print("python-calamine", calamine)
print("openpyxl       ", other)
if calamine != ["", "", ""] or other != ["#N/A", "=1+1", None]:
    sys.exit("no longer as stated")
print("as stated")
END
