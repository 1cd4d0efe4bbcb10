"""A question that a table cannot answer is refused in words; nowhere does it read 0."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.measure import measure, total
from metrics.ask.reading import answerable
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.define.kinds.sum import Sum
from tests.metrics.compare.test_newcomers import shifts
from tests.metrics.conftest import hazard, ticket

WINDOW = Window(date(2026, 9, 7), date(2026, 11, 16))


@pytest.fixture
def build(draw):
    def incident(number: int, kind: str, at: datetime) -> dict:
        return {"incident_id": f"i{number}", "category": kind, "received_at": at, "is_incident": True,
                "is_zero_type": kind == "火灾"}  # fmt: skip

    return draw(
        tickets=[ticket(n, datetime(2026, 9, 7, 8) + timedelta(hours=5 * n)) for n in range(60)],
        hazards=[hazard(n, datetime(2026, 9, 7) + timedelta(days=n), None, datetime(2026, 12, 1)) for n in range(60)],
        duty_shifts=shifts("校门值守", datetime(2026, 9, 7, 7), 60),
        incidents=[
            incident(1, "火灾", datetime(2025, 1, 6, 10)),
            *(incident(n, "盗窃", datetime(2026, 9, 7, 9) + timedelta(days=n)) for n in range(2, 60)),
        ],
    )


def test_dates_without_a_clock_have_no_hour(build):
    hazards = catalogue.get("hazard_count")
    assert answerable.why_not(build, hazards, ("weekday", "hour")) == "安全隐患只有日期，没有时刻，不能按时段看"
    assert answerable.why_not(build, hazards, ("weekday",)) == ""
    assert answerable.why_not(build, catalogue.get("ticket_count"), ("weekday", "hour")) == ""
    cells = measure(build, hazards, WINDOW, ("weekday", "hour"))
    assert cells["value"].isna().all(), "neither all at midnight nor none at any other hour"


def test_what_no_record_says_is_no_filter(build):
    duty, only = catalogue.get("duty_person_times"), Selection(buildings=("D03",))
    assert answerable.why_not(build, duty, (), only) == "值守巡逻没有登记楼宇，不能这样分"
    row = total(build, duty, WINDOW, only)
    assert row["value"] != row["value"]
    assert total(build, duty, WINDOW)["value"] == 120
    by = measure(build, duty, WINDOW, "building").set_index("building")["value"]
    assert by["未识别"] == 120 and by.drop("未识别").isna().all()
    assert total(build, duty, WINDOW, Selection(buildings=("未识别",)))["value"] == 120


def test_a_streak_knows_only_the_categories_it_counts(build):
    zero = catalogue.get("zero_streak")
    stolen, fire = Selection(categories=("盗窃",)), Selection(categories=("火灾",))
    assert answerable.why_not(build, zero, (), stolen) == "零报告天数不包括「盗窃」这一类，不能这样筛选"
    assert total(build, zero, WINDOW, stolen)["value"] != total(build, zero, WINDOW, stolen)["value"]
    assert answerable.why_not(build, zero, (), fire) == "" and total(build, zero, WINDOW, fire)["value"] > 600
    kinds = measure(build, zero, WINDOW, "category").set_index("category")["value"]
    assert kinds["火灾"] > 600 and kinds["盗窃"] != kinds["盗窃"]


def test_half_an_hour_is_said():
    assert [Sum().show(value, "小时") for value in (46.5, 46.0, 12_345.5)] == ["46.5 小时", "46 小时", "1.23 万小时"]
