"""A Chart as a native one that can be edited in PowerPoint: its numbers are in the workbook behind it, limits are thin
grey series."""

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reports.content.parts import Chart
from reports.print import flat
from reports.print.slides_page import GREY, MARGIN, ROOM, SMALLEST, chinese, describe
from ui.charts.colours import BAD, PRINT_GRID, PRINT_LIMIT, SERIES, bare

LIMIT = bare(PRINT_LIMIT)
KINDS = {"line": XL_CHART_TYPE.LINE_MARKERS, "bar": XL_CHART_TYPE.COLUMN_CLUSTERED}
LIMITS = (("lower", "下限"), ("centre", "均值"), ("upper", "上限"))
MOST_LABELS = 9


def add(slide, chart: Chart, top: float, bottom: float) -> None:
    """The chart over the slide's width."""
    data = CategoryChartData(number_format="0.0%" if chart.unit == "%" else "#,##0.##")
    data.categories = [_harmless(label) for label in chart.labels]
    for one in chart.series:
        data.add_series(_harmless(one.name), one.values)
    shown = [(field, name) for field, name in LIMITS if getattr(chart, field) is not None and chart.kind == "line"]
    for field, name in shown:
        data.add_series(name, getattr(chart, field))
    frame = slide.shapes.add_chart(KINDS[chart.kind], Pt(MARGIN), Pt(top), Pt(ROOM), Pt(bottom - top), data)
    describe(frame, flat.described(chart))
    made = frame.chart
    made.has_legend, made.has_title = len(chart.series) > 1, False
    made.font.size, made.font.color.rgb = Pt(SMALLEST), RGBColor.from_string(GREY)
    chinese(made.font)
    _axes(made, chart)
    drawn = list(made.plots[0].series)
    for number, series in enumerate(drawn[: len(chart.series)]):
        _series(series, chart, number)
    for series, (field, name) in zip(drawn[len(chart.series) :], shown, strict=True):
        _limit(series, name, getattr(chart, field))
    _inside(made, 0.78 if shown else 0.9)


def _harmless(text: str) -> str:
    """A name that Excel cannot take for a formula."""
    return f"＇{text}" if text[:1] in "=+-@＝＋－＠\t\r" and text[:1] else text


def _series(series, chart: Chart, number: int) -> None:
    colour = RGBColor.from_string(SERIES[number % len(SERIES)][1:])
    with_value = [at for at, value in enumerate(chart.series[number].values) if value is not None]
    if chart.kind == "bar":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        labelled = with_value if len(with_value) <= MOST_LABELS else with_value[-1:]
    else:
        series.smooth, series.format.line.width, series.format.line.color.rgb = False, Pt(2.5), colour
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
        _filled(series.marker.format, colour)
        labelled = with_value[-1:]
        for at in chart.special if number == 0 else ():
            marker = series.points[at].marker
            marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 13
            _filled(marker.format, RGBColor.from_string(BAD[1:]))
    values = chart.series[number].values
    for at in labelled:
        label = series.points[at].data_label
        value, centre = values[at], chart.centre[at] if chart.centre else None
        low = value is not None and centre is not None and value < centre  # away from the words of the mean
        label.position = (
            XL_LABEL_POSITION.OUTSIDE_END
            if chart.kind == "bar"
            else XL_LABEL_POSITION.BELOW
            if low
            else XL_LABEL_POSITION.ABOVE
        )
        label.font.size, label.font.bold, label.font.color.rgb = Pt(SMALLEST), True, colour
        chinese(label.font)


def _filled(format, colour) -> None:
    format.fill.solid()
    format.fill.fore_color.rgb = colour
    format.line.color.rgb = colour


def _limit(series, name: str, values) -> None:
    """A thin grey line, its name and value at its end."""
    line = series.format.line
    series.smooth, series.marker.style = False, XL_MARKER_STYLE.NONE
    line.width, line.color.rgb = Pt(1.25), RGBColor.from_string(LIMIT)
    line.dash_style = MSO_LINE.SOLID if name == "均值" else MSO_LINE.DASH
    with_value = [at for at, value in enumerate(values) if value is not None]
    if not with_value:
        return
    label = series.points[with_value[-1]].data_label
    label.position = XL_LABEL_POSITION.RIGHT
    label.font.size, label.font.color.rgb = Pt(SMALLEST), RGBColor.from_string(GREY)
    chinese(label.font)
    element = label._get_or_add_dLbl()
    element.find(qn("c:showSerName")).set("val", "1")
    separator = parse_xml(f"<c:separator {nsdecls('c')}> </c:separator>")
    element.find(qn("c:showBubbleSize")).addnext(separator)


def _axes(made, chart: Chart) -> None:
    values, names = made.value_axis, made.category_axis
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(bare(PRINT_GRID))
    values.format.line.fill.background()
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = (
        ("0%" if chart.unit == "%" else "#,##0"),
        False,
    )
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(SMALLEST)
    names._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set(
        "rot", "1"
    )  # not quite upright: labels are left out rather than broken
    names.format.line.color.rgb = RGBColor.from_string(LIMIT)
    if chart.kind == "line":
        values.minimum_scale, values.maximum_scale, values.major_unit = _range(chart)
    skip = -(-len(chart.labels) // MOST_LABELS)
    element = names._element
    before = element.find(qn("c:noMultiLvlLbl"))
    mark = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{skip}"/>')
    before.addprevious(mark) if before is not None else element.append(mark)


def _range(chart: Chart) -> tuple[float, float, float]:
    """(lowest, highest, step) with a little room around everything drawn; a share stays between 0 and 1."""
    drawn = [
        *(value for one in chart.series for value in one.values),
        *(value for field, _ in LIMITS for value in getattr(chart, field) or ()),
    ]
    values = [value for value in drawn if value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    steps = (
        (0.01, 0.02, 0.05, 0.1, 0.2)
        if chart.unit == "%"
        else [digit * 10**power for power in range(7) for digit in (1, 2, 5)]
    )
    step = next((one for one in steps if (high - low) / one <= 5), steps[-1])
    bottom, top = round(low // step * step, 4), round((high // step + 1) * step, 4)
    return max(bottom, 0.0) if low >= 0 else bottom, min(top, 1.0) if chart.unit == "%" and high <= 1 else top, step


def _inside(made, width: float) -> None:
    """The plot's own place, so that the words at the lines' ends have room."""
    area = made._chartSpace.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
    former = area.find(qn("c:layout"))
    if former is not None:
        area.remove(former)
    places = {"x": 0.08, "y": 0.04, "w": width, "h": 0.8}
    spots = "".join(f'<c:{name} val="{value}"/>' for name, value in places.items())
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{spots}</c:manualLayout></c:layout>"))
