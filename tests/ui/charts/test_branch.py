"""Charts of the branches: nobody coloured within chance, school's order, gaps where weeks are missing, panels of few
hollow."""

from dataclasses import replace
from datetime import date

from metrics.ask.window import Window
from metrics.branches.own_past import nothing
from metrics.branches.periods import SCHOOL_YEAR, TERM, Period
from metrics.branches.portrait import Past, Point
from metrics.branches.review import Standing
from metrics.define import catalogue
from metrics.methods.verdict import CLEAR, NORMAL, NOTHING, Verdict
from ui.charts.branch import standings
from ui.charts.branch_past import past, short
from ui.charts.branch_weeks import Line, weeks
from ui.charts.colours import BAD, GOOD, PAPER, SERIES

RATE, COUNT = catalogue.get("hazard_on_time_rate"), catalogue.get("activity_people")
NAN = float("nan")


def standing(name: str, part: float, whole: float, side: int) -> Standing:
    value = part / whole if whole else NAN
    degree = CLEAR if side else NORMAL if whole else NOTHING
    told = Verdict(degree, side, inner=(0.7, 0.9), outer=(0.6, 0.94)) if whole else Verdict(degree)
    return Standing(name, name, part, whole, value, whole * 0.8, told, 0.3, None, "", nothing(None, ""))


def period(key: str, kind: str, first: date, end: date) -> Period:
    return Period(key, key, kind, Window(first, end), True)


def test_only_who_really_differs_is_coloured_and_the_order_is_the_school_s():
    found = [
        standing("乙支部", 9, 20, -1),
        standing("甲支部", 19, 20, 1),
        standing("丙支部", 15, 20, 0),
        standing("丁支部", 0, 0, 0),
    ]
    figure = standings(found, RATE, title="", subtitle="")
    dots = figure.data[-1]
    assert list(dots.marker.color)[:3] == [BAD, GOOD, SERIES[0]]
    assert list(figure.layout.yaxis.ticktext) == ["乙支部", "甲支部", "丙支部", "丁支部"]
    spans = [(list(line.x), line.line.width) for line in figure.data[:6]]
    assert spans == [([0.6, 0.94], 2), ([0.7, 0.9], 6)] * 3  # the limits that the word follows, and the 95 % ones
    assert "—" in [note.text for note in figure.layout.annotations] and dots.x[3] is None


def test_nothing_to_compare_is_said():
    assert (
        "没有可以比较" in standings([standing("甲", 0, 0, 0)], RATE, title="", subtitle="").layout.annotations[0].text
    )


def test_a_holiday_is_a_gap_and_the_campaign_s_days_are_shaded():
    mondays = (date(2026, 7, 6), date(2026, 7, 13), date(2026, 9, 7), date(2026, 9, 14))
    line = Line("行动楼宇", mondays, (3, 4, 5, 6), 4.5, 0.0, 9.0, frozenset({mondays[3]}))
    figure = weeks([line, line], date(2026, 9, 7), date(2026, 9, 20), "单", title="", subtitle="")
    assert list(figure.data[0].y) == [3, 4, None, 5, 6]
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"] == [
        ("2026-09-07", "2026-09-21")
    ] * 2
    assert (
        "画不出走势"
        in weeks([], date(2026, 9, 7), date(2026, 9, 8), "单", title="", subtitle="").layout.annotations[0].text
    )


def test_a_rate_of_few_cases_is_hollow_and_an_empty_outcome_has_no_panel():
    spring, autumn = (
        period("2025-2", TERM, date(2026, 2, 23), date(2026, 7, 6)),
        period("2026-1", TERM, date(2026, 8, 31), date(2027, 1, 18)),
    )
    found = [
        Past(RATE, (Point(spring, 3, 4, 0.75), Point(autumn, 80, 100, 0.8))),
        Past(COUNT, (Point(spring, 0, 0, NAN),)),
    ]
    figure = past(found, title="", subtitle="")
    assert list(figure.data[1].marker.color) == [PAPER, SERIES[0]] and len(figure.data) == 2
    assert list(figure.layout.xaxis.ticktext) == ["2026春", "2026秋"]


def test_periods_are_named_short():
    assert short(period("Y2025", SCHOOL_YEAR, date(2025, 9, 1), date(2026, 9, 1))) == "2025-26"


def test_names_are_never_markup():
    odd = replace(standing("x", 1, 2, 0), name="<b>x</b>")
    assert "<b>" not in standings([odd], RATE, title="", subtitle="").layout.yaxis.ticktext[0]
