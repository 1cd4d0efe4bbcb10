#!/bin/sh
# Excel files: dates in the Chinese built-in formats are dates to one reader and bare numbers to two others
#
# Expected: ISO/IEC 29500 (18.8.30, numFmt) lists for Chinese the built-in format numbers 27 to 36 and 50 to 58, all of
# them dates or times such as yyyy"年"m"月". A file only names the number; the format itself is not in it. Readers that know
# number 14 as a date should know these. polars' "calamine" engine moreover is named after the same library.
# Instead: python-calamine reads them as dates; openpyxl, and polars through fastexcel, read 46266.5, without a warning.
# The weekday format aaaa of Chinese Excel is a number to all three.
# Seen in: python-calamine 0.9.1, openpyxl 3.1.5, polars 2.1.0 with fastexcel 0.21.0.
# Why it matters: 2026年9月 is what a date picked from the format list of a Chinese Excel looks like. Two programs over
# one export of tickets disagree on whether it has any dates, and a column of numbers is easily taken for IDs or minutes.
# What to do: read with python-calamine, or turn numbers of a declared date column into days since 1899-12-30 yourself.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1
venv/bin/pip freeze
venv/bin/python - <<'END'
import datetime
import sys

import openpyxl
import polars
import python_calamine
import xlsxwriter

chinese = [27, 31, 36, 50, 57, 58]
known = 22
moment, number = datetime.datetime(2026, 9, 1, 12), 46266.5

book = xlsxwriter.Workbook("tickets.xlsx")
sheet = book.add_worksheet()
for column, built_in in enumerate([*chinese, known]):
    sheet.write(0, column, f"format {built_in}")
    sheet.write_number(1, column, number, book.add_format({"num_format": built_in}))
sheet.write(0, len(chinese) + 1, "weekday")
sheet.write_number(1, len(chinese) + 1, number, book.add_format({"num_format": "aaaa"}))
book.close()

rows = {
    "python-calamine": python_calamine.CalamineWorkbook.from_path("tickets.xlsx").get_sheet_by_index(0).to_python()[1],
    "openpyxl": [cell.value for cell in openpyxl.load_workbook("tickets.xlsx").active[2]],
    "polars": list(polars.read_excel("tickets.xlsx", engine="calamine").row(0)),
}
wrong = False
for reader, row in rows.items():
    stated = [moment if reader == "python-calamine" else number] * len(chinese) + [moment, number]
    print(f"{reader:16}", [str(value) for value in row])
    wrong |= row != stated
if wrong:
    sys.exit("no longer as stated")
print("as stated")
END
