"""Numbers worked out by hand on a few drawn rows."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from metrics.ask.measure import measure, total
from metrics.ask.selection import ALL, Scope, Selection
from metrics.ask.window import Window, periods
from metrics.define.errors import UnknownName
from tests.metrics.conftest import drill, hazard, ticket

NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))


def on(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour)


def test_open_and_overdue_is_a_miss_and_not_yet_due_is_left_out(draw):
    build = draw(
        tickets=[
            ticket(1, on(2), on(3), due=on(5)),
            ticket(2, on(2), on(6), due=on(5)),
            ticket(3, on(2), None, due=on(5)),
            ticket(4, on(20), None, due=on(25)),
            ticket(5, on(2), on(3), due=on(5), void=True),
            ticket(6, on(2), on(3), due=None),
        ]
    )
    found = total(build, "ticket_on_time_rate", NOVEMBER)
    assert (found["part"], found["whole"], found["value"]) == (1, 3, pytest.approx(1 / 3))


def test_weeks_start_on_monday_and_empty_ones_are_there(draw):
    build = draw(tickets=[ticket(1, on(2)), ticket(2, on(8, 23)), ticket(3, on(17))])
    found = measure(build, "ticket_count", Window(date(2026, 11, 2), date(2026, 12, 7)), every="week")
    assert found["period"].dt.date.astype(str).tolist() == [
        "2026-11-02",
        "2026-11-09",
        "2026-11-16",
        "2026-11-23",
        "2026-11-30",
    ]
    assert found["part"].tolist() == [2, 0, 1, 0, 0]
    assert found["value"].tolist()[:3] == [2, 0, 1] and found["value"].isna().tolist() == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert found["complete"].tolist() == [True, True, False, False, False]


def test_a_week_cut_by_the_window_is_not_complete(draw):
    found = measure(draw(), "ticket_count", Window(date(2026, 11, 4), date(2026, 11, 16)), every="week")
    assert found["complete"].tolist() == [False, True]


def test_months_and_terms(draw):
    build = draw(tickets=[ticket(1, on(1, month=8)), ticket(2, on(31, month=8)), ticket(3, on(1, month=10))])
    window = Window(date(2026, 8, 1), date(2026, 11, 1))
    assert measure(build, "ticket_count", window, every="month")["part"].tolist() == [2, 0, 1]
    terms = measure(build, "ticket_count", window, every="term")
    assert terms["part"].tolist() == [1, 2]
    assert terms["period"].dt.date.tolist() == [date(2026, 7, 6), date(2026, 8, 31)]


def test_a_place_with_nothing_is_zero_and_not_absent(draw):
    build = draw(tickets=[ticket(1, on(2), building_id="D10")])
    found = measure(build, "ticket_count", NOVEMBER, "building").set_index("building")["value"]
    assert found.to_dict() == {"D03": 0, "D10": 1, "T01": 0}


def test_weekdays_and_hours(draw):
    build = draw(tickets=[ticket(1, on(2, 0)), ticket(2, on(8, 23)), ticket(3, on(16, 0))])
    found = measure(build, "ticket_count", NOVEMBER, ("weekday", "hour"))
    assert len(found) == 7 * 24
    busy = found[found["part"] > 0]
    assert busy[["weekday", "hour", "part"]].values.tolist() == [["周一", 0, 2], ["周日", 23, 1]]


def test_two_dimensions_and_every(draw):
    build = draw(tickets=[ticket(1, on(2), building_id="D03"), ticket(2, on(10), building_id="D03", category="火警")])
    window = Window(date(2026, 11, 2), date(2026, 11, 16))
    found = measure(build, "ticket_count", window, ("building", "category"), "week")
    assert list(found.columns[:3]) == ["period", "building", "category"]
    assert len(found) == 2 * 3 * 2 and found["part"].sum() == 2


def test_participation_is_a_ratio_of_sums(draw):
    build = draw(drills=[drill(1, on(2), 100, 50), drill(2, on(3), 10, 10), drill(3, on(4), None, 9)])
    found = total(build, "drill_participation_rate", NOVEMBER)
    assert (found["part"], found["whole"], found["value"]) == (60, 110, pytest.approx(60 / 110))


def test_a_rate_per_thousand_residents_of_the_places_chosen(draw):
    build = draw(hazards=[hazard(1, on(2), building_id="D03"), hazard(2, on(2), building_id="D10"), hazard(3, on(2))])
    assert total(build, "hazard_reporting_rate", NOVEMBER)["value"] == 3
    found = measure(build, "hazard_reporting_rate", NOVEMBER, "building").set_index("building")["value"]
    assert (
        found["D03"] == 2.5
        and found["D10"] == pytest.approx(1000 / 600)
        and np.isnan(found["T01"])
        and np.isnan(found["未识别"])
    )
    assert total(build, "hazard_reporting_rate", NOVEMBER, Selection(grids=("G01",)))["whole"] == 1000
    assert total(build, "hazard_reporting_rate", NOVEMBER, scope=Scope(buildings=("D10",)))["value"] == pytest.approx(
        1000 / 600
    )
    assert measure(build, "hazard_reporting_rate", NOVEMBER, "category")["whole"].tolist() == [1000]


def test_open_tickets_stay_in_the_time_to_close(draw):
    rows = [ticket(n, on(2), on(2 + n)) for n in range(1, 5)] + [ticket(9 + n, on(2)) for n in range(3)]
    found = total(draw(tickets=rows), "time_to_close", NOVEMBER)
    assert (found["part"], found["whole"], found["value"]) == (4, 7, 96)
    assert np.isnan(found["p90"])


def test_closed_before_opened_is_counted_but_says_nothing_about_speed(draw):
    rows = [ticket(1, on(5), on(4)), ticket(2, on(5), on(5, 11)), ticket(3, on(5), on(5, 13))]
    found = total(draw(tickets=rows), "time_to_close", NOVEMBER)
    assert (found["part"], found["whole"], found["value"]) == (3, 3, 2)


def test_durations_by_group_are_each_their_own(draw):
    rows = [ticket(1, on(2), on(2, 10), category="甲"), ticket(2, on(9), on(9, 14), category="乙"), ticket(3, on(9))]
    found = measure(draw(tickets=rows), "time_to_close", NOVEMBER, "category").set_index("category")
    assert found["value"].to_dict() == {"水电": pytest.approx(float("nan"), nan_ok=True), "甲": 1, "乙": 5}


def test_a_stock_is_what_stood_at_the_end_of_each_week(draw):
    build = draw(
        hazards=[
            hazard(1, on(2), on(18), due=on(5)),
            hazard(2, on(3), None, due=on(12)),
            hazard(3, on(3), None, due=on(30)),
        ]
    )
    found = measure(build, "hazard_overdue_open", Window(date(2026, 11, 2), date(2026, 11, 30)), every="week")
    assert found["part"].tolist() == [1, 2, 1, 0]
    assert found["whole"].tolist() == [3, 3, 2, 0]
    assert found["value"].isna().tolist() == [False, False, False, True]
    now = total(build, "hazard_overdue_open", Window(date(2026, 11, 16), date(2026, 11, 23)))
    assert now["part"] == 1
    by_week = measure(build, "hazard_overdue_open", Window(date(2026, 11, 2), date(2026, 11, 23)), ("building", "week"))
    assert by_week.groupby("week")["part"].sum().tolist() == [1, 2, 1]


def test_missing_values_can_be_chosen(draw):
    build = draw(tickets=[ticket(1, on(2), building_id="D03"), ticket(2, on(2)), ticket(3, on(2), category=None)])
    assert total(build, "ticket_count", NOVEMBER, Selection(buildings=("未识别",)))["part"] == 2
    assert total(build, "ticket_count", NOVEMBER, Selection(buildings=("未识别", "D03")))["part"] == 3
    assert total(build, "ticket_count", NOVEMBER, Selection(categories=("未填写",)))["part"] == 1


@pytest.mark.parametrize("value", ["D03' OR 1=1 --", "'; DROP TABLE tickets; --", "%"])
def test_values_are_bound_and_never_written_into_the_statement(draw, value):
    build = draw(tickets=[ticket(1, on(2), building_id="D03")])
    assert total(build, "ticket_count", NOVEMBER, Selection(buildings=(value,)))["part"] == 0
    assert total(build, "ticket_count", NOVEMBER)["part"] == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "buildings"}, "没有维度「buildings」，是不是想找 building？"),
        ({"by": ("building", "ticket_id; --")}, "没有维度"),
        ({"every": "weeks"}, "没有周期「weeks」，是不是想找 week？"),
    ],
)
def test_names_are_checked_and_answered_in_words(draw, asked, said):
    with pytest.raises(UnknownName) as refused:
        measure(draw(), "ticket_count", NOVEMBER, **asked)
    assert said in refused.value.sentence


def test_an_empty_window_is_refused():
    with pytest.raises(UnknownName, match="请让结束日期晚于开始日期"):
        Window(date(2026, 11, 2), date(2026, 11, 2))


def test_windows():
    now = datetime(2026, 11, 22, 8)
    assert Window.last_weeks(now, 2) == Window(date(2026, 11, 2), date(2026, 11, 16))
    assert Window.recent_weeks(now, 1) == Window(date(2026, 11, 16), date(2026, 11, 23))
    assert Window.month(date(2026, 12, 31)) == Window(date(2026, 12, 1), date(2027, 1, 1))
    assert [one.start.month for one in periods(Window(date(2026, 11, 15), date(2027, 2, 1)), "month")] == [11, 12, 1]
    assert Window.week(now).describe() == "2026-11-16 至 2026-11-22"


def test_the_same_question_gives_the_same_frame(campus):
    first, again = (measure(campus, "ticket_on_time_rate", NOVEMBER, "building", "week", ALL) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


def test_what_is_dated_the_day_after_a_period_is_not_in_its_stock(draw):
    """Ledgers write dates without a time: found or closed on Monday belongs to Monday, not to the Sunday before."""
    monday = datetime(2026, 11, 16)
    early = datetime(2026, 11, 2)
    build = draw(
        hazards=[hazard(1, monday), hazard(2, early, closed=monday), hazard(3, early, closed=datetime(2026, 11, 15))]
    )
    row = measure(build, "hazard_overdue_open", Window(date(2026, 11, 9), date(2026, 11, 16))).iloc[0]
    assert row["whole"] == 1
