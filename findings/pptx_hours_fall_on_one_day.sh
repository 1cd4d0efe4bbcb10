#!/bin/sh
# python-pptx: a native chart over the hours of a day puts all hours on one day
#
# Expected: add_category() says in its documentation that a label may be a datetime.datetime as well as a date,
# so three hours of one morning should be three places on the axis.
# Instead: the chart's own XML gets the whole day only. 08:00, 09:00 and 10:00 become the same number three times under
# the format yyyy-mm-dd, on a date axis. The workbook behind the chart does get the hours, so chart and workbook disagree.
# Seen in: python-pptx 1.0.2.
# Why it matters: alarms by hour on a slide share one place on the axis, and whoever reads the numbers back from the chart
# gets one day three times; a brief for the head of security loses at which hour the alarms came.
# What to do: pass hours as text ("08:00") so that the axis is one of categories.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-pptx==1.0.2 openpyxl==3.1.5
venv/bin/pip freeze
venv/bin/python - <<'END'
import datetime
import io
import sys

import openpyxl
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

deck = Presentation()
slide = deck.slides.add_slide(deck.slide_layouts[6])


def chart_over(categories):
    data = CategoryChartData()
    data.categories = categories
    data.add_series("报警", (3, 1, 2))
    return slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(5), Inches(3), data).chart


chart = chart_over([datetime.datetime(2026, 9, 1, hour) for hour in (8, 9, 10)])
drawn = list(chart.plots[0].categories)
behind = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
hours = [behind.cell(row, 1).value for row in (2, 3, 4)]
axis = type(chart.category_axis).__name__
text = list(chart_over(["08:00", "09:00", "10:00"]).plots[0].categories)
print("in the chart       ", drawn, axis)
print("in its workbook    ", [str(h) for h in hours])
print("with text instead  ", text)
if drawn != ["46266.0"] * 3 or [h.hour for h in hours] != [8, 9, 10] or axis != "DateAxis" or len(set(text)) != 3:
    sys.exit("no longer as stated")
print("as stated")
END
