"""Expected counts of cells, and what a change is made of."""

from datetime import date, datetime, timedelta

import pytest

from metrics.ask.window import Window
from metrics.compare import excess, explain
from metrics.define.errors import UnknownName
from tests.metrics.conftest import ticket

WEEK = Window(date(2026, 11, 9), date(2026, 11, 16))


def many(first: int, count: int, start: datetime, **more) -> list[dict]:
    return [ticket(first + n, start + timedelta(minutes=30 * (n % 300)), **more) for n in range(count)]


def test_a_table_expects_row_times_column_over_total(draw):
    start = datetime(2026, 11, 9)
    rows = many(1, 30, start, building_id="D03", category="甲") + many(100, 10, start, building_id="D03", category="乙")
    rows += many(200, 30, start, building_id="D10", category="甲") + many(
        300, 30, start, building_id="D10", category="乙"
    )
    found = excess.expected(draw(tickets=rows), "ticket_count", WEEK, ("building", "category")).set_index(
        ["building", "category"]
    )
    assert found["expected"]["D03", "甲"] == pytest.approx(24) and found["excess"]["D03", "甲"] == pytest.approx(6)
    assert found["expected"].sum() == pytest.approx(found["observed"].sum())
    assert not found["significant"].any()


def test_a_cluster_is_significant_and_the_rest_is_not(draw):
    start = datetime(2026, 11, 9)
    rows = [
        row
        for b, place in enumerate(("D03", "D10", "T01"))
        for c, kind in enumerate("甲乙丙丁戊")
        for row in many(
            1000 * b + 100 * c, 80 if (place, kind) == ("T01", "丙") else 20, start, building_id=place, category=kind
        )
    ]
    found = excess.expected(draw(tickets=rows), "ticket_count", WEEK, ("building", "category"))
    marked = found[found["significant"]]
    assert marked[["building", "category"]].values.tolist() == [["T01", "丙"]]


def test_one_place_dimension_is_shared_by_residents(draw):
    rows = many(1, 60, datetime(2026, 11, 9), building_id="D03") + many(
        100, 40, datetime(2026, 11, 9), building_id="D10"
    )
    found = excess.expected(draw(tickets=rows), "ticket_count", WEEK, "building").set_index("building")
    assert found["expected"].to_dict() == pytest.approx({"D03": 40, "D10": 60, "T01": 0})
    assert found["significant"].to_dict() == {"D03": True, "D10": True, "T01": False}


def test_a_rate_expects_the_common_rate_everywhere(draw):
    day, end = datetime(2026, 11, 9), datetime(2026, 11, 10)
    rows = [ticket(n, day, day if n % 2 else None, end, building_id="D03") for n in range(40)]
    rows += [ticket(100 + n, day, day, end, building_id="D10") for n in range(40)]
    found = excess.expected(draw(tickets=rows), "ticket_on_time_rate", WEEK, "building").set_index("building")
    assert (found["observed"]["D03"], found["expected"]["D03"]) == (20, pytest.approx(30))


def test_the_own_past_foretells_and_an_empty_past_is_not_certain(draw):
    past = [
        row
        for week in range(1, 21)
        for row in many(week * 100, 10, datetime(2026, 11, 9) - timedelta(weeks=week), building_id="D03")
    ]
    build = draw(
        tickets=past
        + many(1, 30, datetime(2026, 11, 9), building_id="D03")
        + many(50, 2, datetime(2026, 11, 9), building_id="T01")
    )
    found = excess.expected(build, "ticket_count", WEEK, "building", basis="past").set_index("building")
    assert 9 < found["expected"]["D03"] < 11
    assert found["significant"].to_dict() == {"D03": True, "D10": False, "T01": False}


def test_an_unknown_basis_is_refused(draw):
    with pytest.raises(UnknownName, match="没有期望的算法"):
        excess.expected(draw(), "ticket_count", WEEK, "building", basis="guess")


def test_what_a_rise_is_made_of_is_named_with_three_examples(draw):
    before, start = datetime(2026, 11, 2), datetime(2026, 11, 9)
    rows = [
        row
        for week in (before, start)
        for place in ("D03", "D10")
        for row in many(week.day * 1000 + 100 * int(place[1:]), 12, week, building_id=place)
    ]
    build = draw(tickets=rows + many(1, 15, start, building_id="D03", category="电动车充电"))
    found = explain.main_contributors(build, "ticket_count", WEEK)
    assert found.concentrated and found.only.buildings == ("D03",) and found.only.categories == ("电动车充电",)
    assert found.sentence == "主要集中在 3号楼 电动车充电（15 单，往常约 0.0 单，占增加量的 100 %）。"
    assert len(found.examples) == 3 and set(found.examples) <= {f"T{n:04}" for n in range(1, 16)}


def test_a_rise_that_is_everywhere_says_so(draw):
    rows = [
        row
        for week, count in ((datetime(2026, 11, 2), 10), (datetime(2026, 11, 9), 20))
        for b, place in enumerate(("D03", "D10", "T01"))
        for c, kind in enumerate("甲乙丙丁戊己")
        for k, channel in enumerate(("电话", "微信", "现场"))
        for row in many(
            week.day * 10000 + b * 1000 + c * 100 + k * 30,
            count,
            week,
            building_id=place,
            category=kind,
            channel=channel,
        )
    ]
    found = explain.main_contributors(draw(tickets=rows), "ticket_count", WEEK)
    assert not found.concentrated and found.sentence == "普遍上升：6 类中有 6 类高于往常，没有集中在某一处。"


def test_no_change_is_said_and_a_duration_is_not_split(draw):
    rows = [
        row
        for week in (datetime(2026, 11, 2), datetime(2026, 11, 9))
        for row in many(week.day * 100, 20, week, building_id="D03")
    ]
    build = draw(tickets=rows)
    assert explain.main_contributors(build, "ticket_count", WEEK).sentence == "与往常相比没有明显变化。"
    assert "不按构成拆分" in explain.main_contributors(build, "time_to_close", WEEK).sentence
    assert explain.main_contributors(draw(), "ticket_count", WEEK).sentence == "本期和上期都没有记录。"


def test_a_falling_rate_is_explained_by_its_misses(draw):
    before, now = datetime(2026, 11, 3), datetime(2026, 11, 10)
    rows = [
        ticket(day.day * 100 + n, day, day, day + timedelta(hours=9), building_id=("D03", "D10")[n % 2])
        for day in (before, now)
        for n in range(40)
    ]
    rows += [
        ticket(9000 + n, now, None, now + timedelta(hours=9), building_id="T01", category="门锁") for n in range(10)
    ]
    rows += [ticket(9100, before, None, before + timedelta(hours=9))]
    found = explain.main_contributors(draw(tickets=rows), "ticket_on_time_rate", WEEK)
    assert found.sentence.startswith("主要集中在 教学楼A座 门锁（10 件")
