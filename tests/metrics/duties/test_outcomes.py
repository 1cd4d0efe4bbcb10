"""What the records say of an assignment: every outcome from a handful of drawn records, counted by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from metrics.ask.records import records
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.define.errors import UnknownName
from metrics.duties import outcomes
from metrics.duties.outcomes import Task, checked, review
from tests.metrics import conftest
from tests.metrics.conftest import NOW, hazard, ticket

GIVEN, DUE = date(2026, 11, 2), date(2026, 11, 6)  # a Monday and its Friday
FIRST, SECOND = date(2026, 11, 2), date(2026, 11, 9)  # the weeks reviewed
CLEAR = {"kind": "open_zero", "table": "hazards", "filters": {"building": ["D03"], "category": ["电动车充电"]}}
QUIET = {"kind": "no_new", "table": "hazards", "filters": {"building": ["D03"], "category": ["电动车充电"]}, "days": 7}
ON_TIME = {"kind": "rate_within", "metric": "ticket_on_time_rate", "filters": {"building": ["D03"]}}


@pytest.fixture
def campus_of(draw, monkeypatch):
    """campus_of(hazards=[…], exported=…) → a build whose hazards and tickets were exported then (None: never)."""
    columns = "source TEXT, title TEXT, feeds TEXT, last_export TIMESTAMP, expected_every_days INT, is_missing BOOL"
    monkeypatch.setitem(conftest.SCHEMA, "sources", columns)

    def drawn(exported=NOW, rhythm=7, **rows):
        sources = [
            {
                "source": name,
                "title": title,
                "feeds": name,
                "last_export": exported,
                "expected_every_days": rhythm,
                "is_missing": False,
            }
            for name, title in (("hazards", "隐患台账"), ("tickets", "工单导出"))
        ]
        return draw(sources=sources, **rows)

    return drawn


def charging(number: int, found: datetime, closed: datetime | None = None, **more) -> dict:
    return hazard(number, found, closed, found + timedelta(days=3), building_id="D03", category="电动车充电", **more)


OTHERS = [  # same building or same category, never both: they must not count
    hazard(90, datetime(2026, 11, 3), None, building_id="D10", category="电动车充电"),
    hazard(91, datetime(2026, 11, 4), None, building_id="D03", category="水电"),
]
OPEN = charging(1, datetime(2026, 10, 30, 9))
CLOSED = charging(1, datetime(2026, 10, 30, 9), datetime(2026, 11, 5, 15))
AGAIN = charging(2, datetime(2026, 11, 11, 9))


def task(check: dict = CLEAR, **other) -> Task:
    return Task(other.pop("given_on", GIVEN), other.pop("due", DUE), checked(check), **other)


@pytest.mark.parametrize(
    ("rows", "about", "week", "outcome", "part", "whole"),
    [
        pytest.param([CLOSED], {}, FIRST, "已见效", 0, 1, id="effective though nobody reported it"),
        pytest.param([CLOSED], {"reported_on": date(2026, 11, 5)}, FIRST, "已见效", 0, 1, id="reported and effective"),
        pytest.param(
            [OPEN], {"reported_on": date(2026, 11, 5)}, FIRST, "已办未见效", 1, 1, id="reported, the records disagree"
        ),
        pytest.param([OPEN], {}, FIRST, "逾期", 1, 1, id="past due, nothing reported"),
        pytest.param([OPEN], {"due": date(2026, 11, 20)}, FIRST, "进行中", 1, 1, id="not yet due"),
        pytest.param([OPEN], {"due": date(2026, 11, 9)}, FIRST, "进行中", 1, 1, id="the due day itself is not past"),
        pytest.param([CLOSED, AGAIN], {}, SECOND, "复发", 1, 2, id="effective a week ago, a new one open"),
        pytest.param([CLOSED, AGAIN], {}, FIRST, "已见效", 0, 1, id="the same records, a week earlier"),
        pytest.param(
            [OPEN, AGAIN], {"effective_on": (date(2026, 11, 9),)}, SECOND, "复发", 2, 2, id="an earlier review said so"
        ),
    ],
)
def test_the_outcomes_of_clearing_what_is_open(campus_of, rows, about, week, outcome, part, whole):
    found = review(campus_of(hazards=rows + OTHERS), task(**about), week)
    assert (found.outcome, found.part, found.whole) == (outcome, part, whole)


def test_a_relapse_between_the_report_and_the_review(campus_of):
    rows = [charging(1, datetime(2026, 10, 30, 9), datetime(2026, 11, 10, 15)), charging(2, datetime(2026, 11, 12, 9))]
    build = campus_of(hazards=rows + OTHERS)
    assert review(build, task(reported_on=date(2026, 11, 10)), SECOND).outcome == "复发"
    assert review(build, task(), SECOND).outcome == "逾期"  # nobody had said it was done: no week ended with none open


def test_the_sentence_carries_its_numbers_and_the_link_opens_them(campus_of):
    build = campus_of(hazards=[CLOSED, AGAIN, *OTHERS])
    found = review(build, task(), SECOND)
    assert found.sentence == (
        "曾在 2026-11-08 见效，又不符合了：未了结的安全隐患（3号楼、电动车充电）还有 1 条"
        "（交办时 1 条，之后新增 1 条）。"
    )
    assert found.page == "records"
    assert dict(found.query) == {
        "since": "2026-11-02", "until": "2026-11-15", "building": "D03", "category": "电动车充电",
        "metric": "hazard_overdue_open", "which": "whole",
    }  # fmt: skip
    rows, count = records(build, "hazard_overdue_open", Window(GIVEN, date(2026, 11, 16)), task().check.only, "whole")
    assert (count, rows["hazard_id"].tolist()) == (1, ["H0002"])


def test_only_the_overdue_ones_may_be_meant(campus_of):
    rows = [charging(1, datetime(2026, 11, 7, 9))]  # due on the 10th
    check = CLEAR | {"overdue": True}
    assert review(campus_of(hazards=rows), task(check), FIRST).outcome == "已见效"
    found = review(campus_of(hazards=rows), task(check, effective_on=()), SECOND)
    assert (found.outcome, found.part) == ("复发", 1)  # open and within time a week ago, overdue now
    assert dict(found.query)["which"] == "part"


@pytest.mark.parametrize(
    ("cases", "about", "week", "outcome", "quiet"),
    [
        pytest.param([datetime(2026, 10, 30, 9)], {}, FIRST, "已见效", 7, id="seven whole days from the assignment on"),
        pytest.param(
            [datetime(2026, 11, 3, 9)],
            {"due": date(2026, 11, 20)},
            FIRST,
            "进行中",
            5,
            id="a case on Tuesday: five days quiet",
        ),
        pytest.param([datetime(2026, 11, 3, 9)], {}, FIRST, "逾期", 5, id="the same, past due"),
        pytest.param(
            [datetime(2026, 11, 3, 9)],
            {"reported_on": date(2026, 11, 4)},
            FIRST,
            "进行中",
            5,
            id="done, too early to tell",
        ),
        pytest.param(
            [datetime(2026, 11, 5, 9)],
            {"reported_on": date(2026, 11, 4)},
            FIRST,
            "已办未见效",
            3,
            id="a case after the report",
        ),
        pytest.param(
            [datetime(2026, 10, 30, 9), datetime(2026, 11, 12)],
            {},
            SECOND,
            "复发",
            3,
            id="quiet for a week, then a case",
        ),
    ],
)
def test_the_outcomes_of_no_new_case_for_seven_days(campus_of, cases, about, week, outcome, quiet):
    rows = [charging(number, found, found + timedelta(hours=2)) for number, found in enumerate(cases, start=1)]
    found = review(campus_of(hazards=rows + OTHERS), task(QUIET, **about), week)
    assert (found.outcome, found.part, found.whole) == (outcome, quiet, 7)


def test_days_before_the_assignment_do_not_count_as_quiet(campus_of):
    rows = [charging(1, datetime(2026, 10, 1, 9), datetime(2026, 10, 2))]
    late = task(QUIET, given_on=date(2026, 11, 5), due=date(2026, 11, 30))
    assert (
        review(campus_of(hazards=rows), late, FIRST).outcome,
        review(campus_of(hazards=rows), late, FIRST).part,
    ) == ("进行中", 4)
    assert review(campus_of(hazards=rows), late, SECOND).outcome == "已见效"


def weekly_tickets(on_time: dict[date, int], weeks: int = 14) -> list[dict]:
    """Ten tickets a week due on its Wednesday in D03, eight or nine of them on time by turns; `on_time` says
    otherwise."""
    rows = []
    for back in range(weeks):
        monday = SECOND - timedelta(weeks=back)
        good = on_time.get(monday, 8 + back % 2)
        due = datetime.combine(monday + timedelta(days=2), datetime.min.time())
        for number in range(10):
            closed = due - timedelta(hours=1) if number < good else due + timedelta(days=1)
            rows.append(ticket(100 * back + number, due - timedelta(days=1), closed, due, building_id="D03"))
    return rows


@pytest.mark.parametrize(
    ("on_time", "about", "week", "outcome", "part"),
    [
        pytest.param({}, {}, FIRST, "已见效", 9, id="within its limits"),
        pytest.param({FIRST: 2}, {"reported_on": date(2026, 11, 5)}, FIRST, "已办未见效", 2, id="far below"),
        pytest.param({FIRST: 2}, {}, FIRST, "逾期", 2, id="far below and nothing reported"),
        pytest.param({SECOND: 2}, {}, SECOND, "复发", 2, id="within them a week ago, below now"),
    ],
)
def test_the_outcomes_of_a_rate_back_within_its_limits(campus_of, on_time, about, week, outcome, part):
    found = review(campus_of(tickets=weekly_tickets(on_time)), task(ON_TIME, **about), week)
    assert (found.outcome, found.part, found.whole) == (outcome, part, 10)
    assert f"（{part} / 10）" in found.sentence and "平常" in found.sentence


def test_a_rate_may_be_asked_to_meet_its_target(campus_of, monkeypatch):
    monkeypatch.setitem(
        catalogue._catalogue(), "ticket_on_time_rate", replace(catalogue.get("ticket_on_time_rate"), target=0.85)
    )
    build = campus_of(tickets=weekly_tickets({}))
    found = review(build, task(ON_TIME | {"goal": "target"}), FIRST)
    assert (found.outcome, found.sentence[-22:]) == ("已见效", "（9 / 10），目标 85.0 %，达到。")
    assert review(build, task(ON_TIME | {"goal": "target"}), SECOND).outcome == "复发"  # 8 of 10


def test_a_week_mostly_before_the_assignment_says_nothing_of_it(campus_of):
    build = campus_of(tickets=weekly_tickets({}))
    found = review(build, task(ON_TIME, given_on=date(2026, 11, 6), due=date(2026, 11, 30)), FIRST)
    assert (found.outcome, found.sentence) == ("进行中", "交办之后还没有满一周的按时办结率。")
    assert review(build, task(ON_TIME, given_on=date(2026, 11, 5), due=date(2026, 11, 30)), FIRST).outcome == "已见效"


def test_a_week_not_over_is_not_judged_by_a_rate_but_the_one_before_it(campus_of):
    found = review(campus_of(tickets=weekly_tickets({})), task(ON_TIME), date(2026, 11, 16))
    assert (found.outcome, found.part, dict(found.query)["since"]) == ("已见效", 8, "2026-11-09")


def test_a_document_needs_no_export(empty):
    check = {"kind": "document", "title": "整改照片"}
    found = review(empty, task(check, documents=2), FIRST)
    assert (found.outcome, found.sentence, found.page) == ("已见效", "已交来整改照片 2 份。", "")
    assert review(empty, task(check), FIRST).outcome == "逾期"
    assert review(empty, task(check, reported_on=date(2026, 11, 4)), FIRST).outcome == "已办未见效"


@pytest.mark.parametrize(
    ("exported", "rhythm", "week", "said"),
    [
        (datetime(2026, 11, 12, 8), 7, SECOND, "隐患台账只导出到 2026-11-12"),
        (datetime(2026, 11, 16, 0), 7, SECOND, None),
        (datetime(2026, 11, 12, 8), 31, SECOND, None),  # a monthly export is not late yet
        (datetime(2026, 10, 12, 8), 31, SECOND, "隐患台账只导出到 2026-10-12"),
        (datetime(2026, 11, 17, 8), 7, date(2026, 11, 16), None),  # a week not over, the export within its rhythm
        (datetime(2026, 11, 12, 8), 7, date(2026, 11, 16), "隐患台账只导出到 2026-11-12"),
    ],
)
def test_a_half_loaded_source_cannot_verify(campus_of, exported, rhythm, week, said):
    found = review(campus_of(exported=exported, rhythm=rhythm, hazards=[OPEN]), task(), week)
    assert (found.outcome == "无法核验") == (said is not None)
    assert said is None or found.sentence == f"无法核验：{said}。"


def test_a_source_that_never_came_cannot_verify(campus_of):
    assert review(campus_of(), task(), FIRST).sentence == "无法核验：还没有收到隐患台账的导出。"


def test_filters_that_match_nothing_are_no_success(campus_of):
    build = campus_of(hazards=OTHERS)
    assert (
        review(build, task(), FIRST).sentence
        == "无法核验：安全隐患（3号楼、电动车充电）从来没有过记录，请核对核验条件。"
    )
    gone = CLEAR | {"filters": {"building": ["D99"]}}
    assert "D99" in review(build, task(gone), FIRST).sentence and review(build, task(gone), FIRST).outcome == "无法核验"


def test_nothing_to_divide_by_cannot_verify(campus_of):
    build = campus_of(tickets=weekly_tickets({}, weeks=14), hazards=[OPEN])
    found = review(build, task(ON_TIME | {"filters": {"building": ["D10"]}}), FIRST)
    assert found.outcome == "无法核验" and "没有可以计算的记录" in found.sentence


def test_before_the_week_is_over_the_data_date_is_the_moment(campus_of):
    build = campus_of(hazards=[CLOSED, charging(2, datetime(2026, 11, 22, 7))])
    found = review(build, task(), date(2026, 11, 16))
    assert found.as_of == NOW and found.outcome == "复发" and found.part == 1


def test_what_the_records_cannot_show_yet_is_not_judged(campus_of):
    build = campus_of(hazards=[OPEN])
    assert review(build, task(reported_on=date(2026, 11, 8)), FIRST).outcome == "已办未见效"  # reported on its Sunday
    assert review(build, task(reported_on=date(2026, 11, 9)), FIRST).outcome == "进行中"  # on the Monday after it
    assert (
        review(
            campus_of(hazards=[CLOSED]), task(given_on=date(2026, 11, 22), due=date(2026, 11, 30)), date(2026, 11, 16)
        ).outcome
        == "进行中"
    )


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ({"kind": "magic"}, "没有核验方式「magic」"),
        (CLEAR | {"table": "nothing"}, "没有数据表「nothing」"),
        (CLEAR | {"table": "drills"}, "不能用清零来核验"),
        (ON_TIME | {"metric": "ticket_on_time"}, "是不是想找 ticket_on_time_rate"),
        (ON_TIME | {"metric": "ticket_count", "goal": "target"}, "没有设目标"),
        (CLEAR | {"filters": {"house": ["D03"]}}, "没有维度「house」"),
        (CLEAR | {"filters": {"unit": ["后勤处", "保卫处"]}}, "只能选一个"),
    ],
)
def test_a_check_that_makes_no_sense_is_said(check, said):
    with pytest.raises(UnknownName, match=said):
        checked(check)


def test_every_outcome_has_its_place_in_the_order():
    assert set(outcomes.WORST_FIRST) == {"已见效", "已办未见效", "逾期", "复发", "进行中", "无法核验"}
