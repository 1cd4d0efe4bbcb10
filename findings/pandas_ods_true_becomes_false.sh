#!/bin/sh
# pandas: a TRUE of an .ods file that is shown as 是 is read as False
#
# Expected: in OpenDocument a cell of type boolean carries its value in the attribute office:boolean-value; the paragraph
# within is only how the value is shown. The documentation of read_excel lists .ods as supported, so true is True.
# Instead: with engine="odf" pandas compares the shown text with the English word TRUE and takes everything else for False.
# A cell true and shown as 是 becomes False; so does 真. The calamine engine of the same pandas reads True.
# Seen in: pandas 3.1.1 with odfpy 1.4.1, python-calamine 0.9.1.
# Why it matters: "put right: yes" arrives as "put right: no" for every row, and a column of truth values without one
# missing raises no suspicion. A branch that has done all its work is reported as having done none.
# What to do: pass engine="calamine" for .ods, and do not leave the choice to what is installed.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 numpy==2.4.6 odfpy==1.4.1 python-calamine==0.9.1
venv/bin/pip freeze
venv/bin/python - <<'END'
import sys

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

sheet = Table(name="整改")


def row(*cells):
    line = TableRow()
    for kind, value, shown in cells:
        given = {"booleanvalue": value} if kind == "boolean" else {}
        cell = TableCell(valuetype=kind, **given)
        cell.addElement(P(text=shown))
        line.addElement(cell)
    sheet.addElement(line)


row(("string", "", "楼栋"), ("string", "", "已整改"))
for building, shown in (("1号楼", "TRUE"), ("2号楼", "是"), ("3号楼", "真")):
    row(("string", "", building), ("boolean", "true", shown))
row(("string", "", "4号楼"), ("boolean", "false", "否"))
book = OpenDocumentSpreadsheet()
book.spreadsheet.addElement(sheet)
book.save("done.ods")

read = {engine: pandas.read_excel("done.ods", engine=engine)["已整改"].tolist() for engine in ("odf", "calamine")}
print("in the file ", [True, True, True, False], "shown as TRUE, 是, 真, 否")
for engine, values in read.items():
    print(f"{engine:12}", values)
if read != {"odf": [True, False, False, False], "calamine": [True, True, True, False]}:
    sys.exit("no longer as stated")
print("as stated")
END
