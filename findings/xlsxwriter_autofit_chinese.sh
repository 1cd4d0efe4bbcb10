#!/bin/sh
# XlsxWriter: autofit() makes columns of Chinese half as wide as they need
#
# Expected: the documentation says that autofit() simulates what Excel does when a column is fitted, from the width of
# each character. A Chinese character is drawn about twice as wide as a Latin letter or a digit, so a column of eight of
# them should get about twice the width of a column of eight digits; a date should get the room its format takes.
# Instead: each Chinese character counts 8 pixels, against 7 for a digit (Excel draws it with about 15), and every date
# gets the room of "dd/mm/yyyy" whatever its format. Nothing is warned about.
# Seen in: XlsxWriter 3.3.1.
# Why it matters: in an export of hazards the descriptions look cut off, and a moment shown as 2026年12月31日 22:30 does
# not fit, which Excel shows as a row of # signs: the export seems to have lost its dates.
# What to do: set widths yourself with set_column(), two units for every East Asian wide character
# (unicodedata.east_asian_width gives W or F), and for a date the length of the text its format produces.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check XlsxWriter==3.3.1
venv/bin/pip freeze
venv/bin/python - <<'END'
import datetime
import re
import sys
import zipfile

import xlsxwriter

book = xlsxwriter.Workbook("hazards.xlsx")
sheet = book.add_worksheet()
moment = datetime.datetime(2026, 12, 31, 22, 30)
sheet.write(0, 0, "12345678")
sheet.write(0, 1, "三层配电间门未锁")
sheet.write_datetime(0, 2, moment, book.add_format({"num_format": "yyyy-mm-dd"}))
sheet.write_datetime(0, 3, moment, book.add_format({"num_format": 'yyyy"年"m"月"d"日" hh:mm'}))
sheet.autofit()
book.close()

xml = zipfile.ZipFile("hazards.xlsx").read("xl/worksheets/sheet1.xml").decode()
width = {}
for first, last, value in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml):
    for column in range(int(first), int(last) + 1):
        width[column] = float(value)
print("eight digits                ", width[1])
print("eight Chinese characters    ", width[2], "(about 17 are needed)")
print("date as 2026-12-31          ", width[3])
print("date as 2026年12月31日 22:30", width[4], "(about 20 are needed)")
if not (width[2] < 1.25 * width[1] and width[3] == width[4] < 12):
    sys.exit("no longer as stated")
print("as stated")
END
