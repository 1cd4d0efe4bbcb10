#!/bin/sh
# .ods files: a duration of more than a day is three different things to three readers
#
# Expected: OpenDocument stores a duration in office:time-value as PT50H30M00S, whatever its length, and LibreOffice shows
# 50:30:00 under the format [HH]:MM:SS. A reader should give a duration; python-calamine does so for the same cell of .xlsx.
# Instead: python-calamine gives the text 'PT50H30M00S', polars (fastexcel) gives null for the cell, and pandas with the
# odf engine, taking it for a time of the day, refuses the whole file with a DateParseError.
# Seen in: python-calamine 0.9.1, polars 2.1.0 with fastexcel 0.21.0, pandas 3.1.1 with odfpy 1.4.1.
# Why it matters: time until a hazard is put right is just the column that exceeds a day. With null the slowest cases
# drop out of the average by themselves, which flatters it.
# What to do: take calamine's text and parse the ISO 8601 duration, counting what does not parse as unreadable; or have the
# file sent as .xlsx.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 numpy==2.4.6 odfpy==1.4.1 python-calamine==0.9.1 polars==2.1.0 fastexcel==0.21.0
venv/bin/pip freeze
venv/bin/python - <<'END'
import sys

import pandas
import polars
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def save(name, value, shown):
    sheet = Table(name="整改")
    time = TableCell(valuetype="time", timevalue=value)
    for first, cell, text in (("工单", TableCell(valuetype="string"), "用时"), ("T1", time, shown)):
        line = TableRow()
        name_cell = TableCell(valuetype="string")
        name_cell.addElement(P(text=first))
        cell.addElement(P(text=text))
        line.addElement(name_cell)
        line.addElement(cell)
        sheet.addElement(line)
    book = OpenDocumentSpreadsheet()
    book.spreadsheet.addElement(sheet)
    book.save(name)


def with_calamine(name):
    return python_calamine.CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[1][1]


def with_polars(name):
    return polars.read_excel(name, engine="calamine").item(0, 1)


def with_pandas(name):
    try:
        return pandas.read_excel(name, engine="odf").iloc[0, 1]
    except ValueError as error:
        return f"{type(error).__name__}: {error}"


save("short.ods", "PT02H30M00S", "02:30:00")
save("long.ods", "PT50H30M00S", "50:30:00")
for name in ("short.ods", "long.ods"):
    print(name, "| python-calamine", repr(with_calamine(name)), "| polars", repr(with_polars(name)), "| pandas odf", repr(with_pandas(name)))
if (
    with_calamine("long.ods") != "PT50H30M00S"
    or with_polars("long.ods") is not None
    or not str(with_pandas("long.ods")).startswith("DateParseError")
):
    sys.exit("no longer as stated")
print("as stated")
END
