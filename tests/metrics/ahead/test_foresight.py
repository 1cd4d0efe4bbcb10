"""What next week brings: from the calendar, from deadlines, from past teaching weeks, and only from what was known
before it."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from metrics.ahead.expected import expected
from metrics.ahead.foresight import foresight
from metrics.ask.selection import Scope, Selection
from tests.metrics.conftest import hazard, obligation, ticket

WEEK = date(2026, 11, 9)
OLD = datetime(2025, 9, 1)


def event(name: str, kind: str, start: date, end: date | None = None, building: str | None = None) -> dict:
    return {"event_id": name, "name": name, "kind": kind, "from_day": start, "to_day": end, "building_id": building}


def test_a_plain_week_says_that_nothing_is_planned(draw):
    found = foresight(draw(tickets=[ticket(1, OLD, OLD)], hazards=[hazard(1, OLD, OLD)]), WEEK)
    assert found.week == date(2026, 11, 16) and found.label == "第12教学周"
    assert found.sentence == "下周是第12教学周：校历和大事记没有安排；没有到期的隐患和工单；工单量预计 0 单。"
    assert "下周没有到期的隐患和工单。" in found.lines


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (date(2026, 8, 24), ("2026-2027学年第一学期开始，师生返校。",)),
        (date(2026, 8, 17), ("暑假最后一周，下一周开学。",)),
        (date(2027, 1, 4), ("2026-2027学年第一学期最后一周，随后是寒假。",)),
        (date(2027, 1, 11), ("寒假开始。",)),
        (date(2026, 9, 21), ("国庆放假：周四（10-01）至周日（10-04）。",)),
        (date(2026, 11, 9), ()),
    ],
)
def test_the_calendar_speaks(draw, week, said):
    assert foresight(draw(tickets=[ticket(1, OLD)]), week).calendar == said


def test_events_begin_go_on_and_end(draw):
    build = draw(
        tickets=[ticket(1, OLD)],
        events=[
            event("期末考试", "考试", date(2026, 11, 18), date(2026, 11, 29)),
            event("消防宣传周", "宣教", date(2026, 11, 9), date(2026, 11, 20)),
            event("开学大排查", "排查", date(2026, 11, 2), date(2026, 11, 30)),
            event("冬季供暖", "季节", date(2026, 11, 1), date(2027, 3, 15)),
            event("停车落锁", "干预", date(2026, 11, 16), None, "D03"),
            event("停车落锁", "干预", date(2026, 11, 16), None, "D10"),
            event("早已结束", "宣教", date(2026, 10, 1), date(2026, 11, 15)),
        ],
    )
    assert foresight(build, WEEK).calendar == (
        "开学大排查继续，到 2026-11-30 结束。",
        "消防宣传周周五（11-20）结束。",
        "停车落锁（2 栋楼）周一（11-16）开始。",
        "期末考试周三（11-18）开始，到 2026-11-29 结束。",
    )


def test_deadlines_of_the_week_are_listed_by_unit_as_known_at_its_beginning(draw):
    next_week, found_at = datetime(2026, 11, 18, 9), datetime(2026, 11, 10)
    build = draw(
        hazards=[
            hazard(0, OLD, OLD),
            hazard(1, found_at, None, next_week, unit="保卫处"),
            hazard(2, found_at, datetime(2026, 11, 17), next_week, unit="保卫处"),  # closed later: nobody knew it then
            hazard(3, found_at, datetime(2026, 11, 12), next_week, unit="保卫处"),  # closed before
            hazard(4, datetime(2026, 11, 16), None, next_week, unit="保卫处"),  # not yet found
            hazard(5, found_at, None, datetime(2026, 11, 23), unit="后勤处"),  # a week later
        ],
        tickets=[
            ticket(1, found_at, None, next_week, unit="后勤处"),
            ticket(2, found_at, None, next_week, unit=None),
            ticket(3, found_at, None, datetime(2026, 11, 10, 9)),
        ],
    )
    found = foresight(build, WEEK)
    assert [(one.unit, one.hazards, one.tickets) for one in found.due] == [
        ("保卫处", 2, 0),
        ("后勤处", 0, 1),
        ("未填写", 0, 1),
    ]
    assert "下周到期 隐患 2 条、工单 2 单：保卫处 隐患 2 条，后勤处 工单 1 单，未填写 工单 1 单。" in found.lines
    assert foresight(build, WEEK, Selection(units=("后勤处",))).due[0].tickets == 1
    assert foresight(build, WEEK, scope=Scope()).due == ()


def test_drills_whose_period_ends_are_said_before_it_does(draw):
    build = draw(
        tickets=[ticket(1, OLD)],
        drill_obligations=[
            obligation(
                1,
                datetime(2026, 11, 20),
                False,
                category="消防演练",
                place_text="3号楼",
                building_id="D03",
                period_start=date(2026, 9, 1),
            ),
            obligation(
                2,
                datetime(2026, 12, 1),
                False,
                category="消防演练",
                place_text="10号楼",
                building_id="D10",
                period_start=date(2026, 9, 1),
            ),
            *(
                obligation(
                    number,
                    datetime(2026, 12, 1),
                    False,
                    category="新生教育",
                    place_text="文学院",
                    building_id=None,
                    period_start=date(2026, 9, 1),
                )
                for number in (5, 6)
            ),
            obligation(
                3,
                datetime(2027, 3, 1),
                False,
                category="消防演练",
                place_text="3号楼",
                building_id="D03",
                period_start=date(2026, 9, 1),
            ),
            obligation(
                4,
                datetime(2026, 11, 10),
                False,
                category="消防演练",
                place_text="3号楼",
                building_id="D03",
                period_start=date(2026, 9, 1),
            ),
        ],
    )
    found = foresight(build, WEEK)
    assert [(one.record_id, one.in_week) for one in found.lapsing] == [
        ("O001", True),
        ("O002", False),
        ("O005", False),
        ("O006", False),
    ]
    assert (
        "消防演练 1 项下周到期，还没有完成或续期（3号楼）。" in found.lines
        and "消防演练 1 项四周内到期，还没有完成或续期（10号楼）。" in found.lines
    )
    assert "新生教育 2 项四周内到期，还没有完成或续期（文学院 2 项）。" in found.lines


def season(random: np.random.Generator, a_week: float = 80) -> list[dict]:
    """Two autumns and the spring between, Poisson, with twice as many in every 12th teaching week."""
    rows, start = [], datetime(2024, 9, 2)
    while start < datetime(2026, 11, 16):
        in_term = not (
            datetime(2026, 7, 6) <= start < datetime(2026, 8, 31)
            or datetime(2025, 1, 20) <= start < datetime(2025, 9, 1)
        )
        twelfth = start.date() in (date(2024, 11, 18), date(2025, 11, 17))
        for _ in range(random.poisson(a_week if in_term else 8)):
            rows.append(ticket(len(rows), start + timedelta(minutes=int(random.integers(7 * 1440)))))
        for _ in range(random.poisson(12) + 25 if twelfth else random.poisson(6) if in_term else 0):
            rows.append(ticket(len(rows), start + timedelta(minutes=int(random.integers(7 * 1440))), category="诈骗"))
        start += timedelta(weeks=1)
    return rows


@pytest.fixture
def seasonal(draw):
    return draw(tickets=season(np.random.default_rng(5)), hazards=[hazard(1, OLD, OLD)])


def test_what_rose_in_the_same_week_of_every_year_is_foretold_with_its_numbers(seasonal):
    found = foresight(seasonal, WEEK)  # next is the 12th teaching week
    assert [one.category for one in found.rises] == ["诈骗"]
    assert [year for year, _ in found.rises[0].years] == ["2024", "2025"] and all(
        count > 30 for _, count in found.rises[0].years
    )
    assert (
        found.rises[0].sentence.startswith("诈骗（服务工单）：往年第12教学周 2024 年 ") and 4 < found.rises[0].usual < 9
    )
    assert "往年这一周诈骗偏多" in found.sentence


def test_another_week_foretells_no_rise(seasonal):
    found = foresight(seasonal, date(2026, 11, 2))
    assert found.rises == () and any(line.startswith("往年同一教学周没有明显偏多的类别") for line in found.lines)


def test_the_range_is_that_of_the_season_and_its_hits_are_counted(seasonal):
    found = expected(
        seasonal, "ticket_count", date(2026, 11, 16), date(2026, 11, 16), Selection(), Scope(everything=True)
    )
    assert 95 < found.middle < 135 and found.low < found.middle < found.high and found.years == 2
    assert found.tried == 26 and 16 <= found.hits <= 26
    assert f"过去 26 周有 {found.hits} 周落在这样的区间里" in found.sentence and "80 % 的把握" in found.sentence


def test_nothing_later_than_the_week_changes_its_forecast(draw):
    rows = season(np.random.default_rng(5))
    later = [ticket(50_000 + n, datetime(2026, 11, 17)) for n in range(500)]
    week, everything = date(2026, 11, 16), (Selection(), Scope(everything=True))
    one, other = (
        expected(build, "ticket_count", week, week, *everything)
        for build in (draw(tickets=rows), draw(tickets=rows + later))
    )
    assert (one.low, one.high, one.hits) == (other.low, other.high, other.hits)


def test_nine_in_ten_hits_would_be_too_easy_and_six_in_ten_a_lie(draw):
    """Over every week that can be forecast the interval holds about as often as it says."""
    from metrics.ahead.expected import _Series

    hits = tried = 0
    for seed in range(3):
        series = _Series(
            draw(tickets=season(np.random.default_rng(seed))),
            "ticket_count",
            date(2026, 11, 16),
            date(2026, 11, 16),
            Selection(),
            Scope(everything=True),
        )
        for week in series.weeks:
            middle, low, high, _ = series.interval(week)
            if np.isfinite(middle):
                hits, tried = hits + (low <= series.seen[week] <= high), tried + 1
    assert tried > 200 and 0.70 <= hits / tried <= 0.92


@pytest.mark.parametrize(
    ("rows", "said"),
    [({}, "还没有收到服务工单的导出"), ({"tickets": [ticket(1, datetime(2026, 11, 9))]}, "同类的历史周数太少")],
)
def test_without_a_past_nothing_is_foretold(draw, rows, said):
    found = foresight(draw(**rows), WEEK)
    assert f"下周工单量：{said}，不作预计。" in found.lines and found.rises == ()
