"""Zero reports by hand: six drawn incidents, the days between them, and whether anybody is still reporting."""

from datetime import date, datetime, timedelta

import pytest
from scipy import stats

from metrics.ask.selection import Scope
from metrics.duties import liveness, streaks
from tests.metrics.conftest import HOME, NOW, hazard, ticket
from warehouse import Build

FIRE, LAB, SPY = ("Z1", "火灾", None, 1), ("Z2", "实验室事故", date(2026, 9, 1), 2), ("Z3", "国安政治稳定事件", None, 3)
FIRES = (datetime(2026, 6, 11, 20), datetime(2026, 7, 1, 3), datetime(2026, 10, 13, 12))


def call(number: int, at: datetime, label: str = "", suspected: str = "", **more) -> tuple[dict, list[dict]]:
    """An incident and the zero events it makes."""
    grid, branch = HOME.get(more.get("building_id"), (None, None))
    row = {"incident_id": f"I{number}", "received_at": at, "category": label or "求助", "is_incident": True,
           "is_zero_type": bool(label), "grid_id": grid, "branch_id": branch, **more}  # fmt: skip
    place = {key: row.get(key) for key in ("building_id", "grid_id", "branch_id")}
    kinds = {"火灾": "Z1", "实验室事故": "Z2"}
    made = [
        {"zero_event_id": f"{kinds[name]}/I{number}", "type_id": kinds[name], "incident_id": f"I{number}",
         "happened_at": at, "category": name, "is_counted": name == label, "is_suspected": name != label, **place}
        for name in (label, suspected) if name
    ]  # fmt: skip
    return row, made


def weekly(per_week: int, quiet_from: date | None = None) -> list[dict]:
    """Tickets of 100 whole weeks up to the data date, so many a week (none from `quiet_from` on)."""
    starts = [datetime(2026, 11, 16) - timedelta(weeks=back) for back in range(100)]
    days = [start + timedelta(days=1, hours=number) for start in starts for number in range(per_week)]
    return [ticket(number, at) for number, at in enumerate(days) if quiet_from is None or at.date() < quiet_from]


@pytest.fixture
def drawn(draw):
    """drawn(calls, types=…, exported=…, tickets=…) → Build with zero_types beside the facts."""

    def build(calls=(), types=(FIRE, LAB, SPY), exported: datetime | None = NOW, **facts) -> Build:
        made = [call(0, datetime(2026, 6, 1, 9)), *calls]
        sources = [
            {
                "source": "incidents",
                "title": "校园110案事件",
                "feeds": "incidents",
                "expected_every_days": 31,
                "last_export": exported,
            }
        ]
        sources += [
            {"source": "tickets", "title": "工单", "feeds": "tickets", "expected_every_days": 7, "last_export": NOW}
        ]
        return draw(
            incidents=[row for row, _ in made], zero_events=[one for _, found in made for one in found],
            sources=sources,
            zero_types=[dict(zip(("type_id", "label", "since", "sort_order"), one, strict=True)) for one in types],
            **facts,
        )  # fmt: skip

    return build


def six() -> list[tuple]:
    lab = call(4, datetime(2026, 8, 20), "实验室事故")  # before the school kept it apart
    return [
        *(call(number, at, "火灾") for number, at in enumerate(FIRES, 1)),
        lab,
        call(5, datetime(2026, 9, 21, 8), "实验室事故"),
        call(6, datetime(2026, 11, 20)),
    ]


def test_days_since_and_previous_best_by_hand(drawn):
    fire, lab, spy = streaks.streaks(drawn(six()))
    # 1 June to 11 June: 10 days; to 1 July: 20; to 13 October: 104; since then to 22 November: 40
    assert (fire.days, fire.since, fire.previous_best, fire.previous_best_ended, fire.events) == (
        40,
        date(2026, 10, 13),
        104,
        date(2026, 10, 13),
        3,
    )
    # kept apart since 1 September: the August one does not count; 20 days to 21 September; 62 since
    assert (lab.days, lab.since, lab.previous_best, lab.previous_best_ended, lab.start) == (
        62,
        date(2026, 9, 21),
        20,
        date(2026, 9, 21),
        date(2026, 9, 1),
    )
    assert (spy.days, spy.since, spy.previous_best, spy.last) == (
        174,
        date(2026, 6, 1),
        None,
        None,
    )  # never: as old as the record
    assert lab.is_record and not fire.is_record and not spy.is_record
    assert "连续 40 天" in fire.sentence and "以往最长 104 天（到 2026-10-13 为止）" in fire.sentence
    assert "已超过以往最长的 20 天" in lab.sentence and "没有发生过" in spy.sentence


@pytest.mark.parametrize(
    ("at", "days", "best"),
    [
        (datetime(2026, 6, 10, 23), 9, None),
        (datetime(2026, 6, 11, 21), 0, 10),
        (datetime(2026, 7, 1, 2), 20, 10),
        (datetime(2026, 7, 1, 4), 0, 20),
    ],
)
def test_as_of_a_moment_in_the_past_nothing_later_is_known(drawn, at, days, best):
    fire = streaks.streaks(drawn(six(), (FIRE,)), at)[0]
    assert (fire.days, fire.previous_best, fire.as_of) == (days, best, at)


def test_without_incident_records_there_is_no_streak(draw):
    build = draw(zero_types=[{"type_id": "Z1", "label": "火灾", "sort_order": 1}], tickets=weekly(10))
    (fire,) = streaks.streaks(build)
    assert (fire.days, fire.previous_best, fire.alive) == (None, None, "没有数据") and not fire.is_record
    assert "没有数据" in fire.sentence and "没有数据" in streaks.headline((fire,))


def test_days_end_with_the_newest_export(drawn):
    spy = streaks.streaks(drawn(six(), (SPY,), exported=datetime(2026, 11, 1)))[0]
    assert (spy.days, spy.until) == (153, date(2026, 11, 1)) and "2026-11-01" in spy.sentence


def test_a_zero_is_alive_only_where_reports_come_in_as_usual(drawn):
    (spy,) = streaks.streaks(drawn(types=(SPY,), tickets=weekly(10)))
    reports = spy.evidence[0]
    assert (spy.alive, reports.observed, reports.expected, reports.state, reports.rests_on) == (
        "零发生、上报正常",
        40,
        40,
        "照常",
        1,
    )
    assert not spy.is_warning


def test_a_silent_zero_is_a_warning(drawn):
    (spy,) = streaks.streaks(drawn(types=(SPY,), tickets=weekly(10, quiet_from=date(2026, 10, 26))))
    reports = spy.evidence[0]
    assert (spy.alive, reports.observed, reports.expected, spy.is_warning) == (
        "零且沉默",
        10,
        40,
        True,
    )  # one of four weeks
    assert reports.p == pytest.approx(stats.poisson.cdf(10, 40)) and reports.p < 0.01
    assert "上报 10 / 预期 40" in spy.sentence and "沉默" in streaks.headline((spy,))


@pytest.mark.parametrize(
    ("usual", "now", "verdict"),
    [
        (1, 0, "无法判断"),
        (2, 0, "零且沉默"),
        (3, 6, "零发生、上报正常"),
        (3, 5, "零发生、上报正常"),
        (5, 9, "零且沉默"),
        (5, 10, "零发生、上报正常"),
    ],
)
def test_silence_is_beyond_chance_and_less_than_half(drawn, usual, now, verdict):
    """None of 4 comes by chance once in 55 times, of 8 once in 3,000; 5 of 12 is less than half, yet one in 50; 9 of 20
    one in 200."""
    before = weekly(usual, quiet_from=date(2026, 10, 19))
    recent = [ticket(9000 + number, datetime(2026, 10, 20) + timedelta(days=2 * number)) for number in range(now)]
    (spy,) = streaks.streaks(drawn(types=(SPY,), tickets=before + recent))
    assert (spy.evidence[0].observed, spy.alive) == (now, verdict)


def test_a_stream_that_grew_is_expected_to_keep_its_level_and_one_that_shrank_is_not_forgiven(drawn):
    """5 a week in past years, 20 a week this term up to the four weeks: 80 are expected of them; 1 a week this term:
    still 20."""

    def this_term(per_week: int, now: int) -> list[dict]:
        past = [one for one in weekly(5) if one["opened_at"] < datetime(2026, 8, 31)]
        weeks = [datetime(2026, 9, 1) + timedelta(weeks=number) for number in range(11)]
        fresh = [
            week + timedelta(hours=n)
            for number, week in enumerate(weeks)
            for n in range(now if number >= 7 else per_week)
        ]
        return past + [ticket(8000 + number, at) for number, at in enumerate(fresh)]

    grown, shrunk = (streaks.streaks(drawn(types=(SPY,), tickets=this_term(*rates)))[0] for rates in ((20, 4), (1, 1)))
    assert (grown.evidence[0].observed, grown.evidence[0].expected, grown.alive) == (16, 80, "零且沉默")
    assert (shrunk.evidence[0].observed, shrunk.evidence[0].expected, shrunk.alive) == (4, 20, "零且沉默")


def test_an_export_that_stopped_proves_nothing(drawn):
    build = drawn(types=(SPY,), exported=datetime(2026, 9, 1), tickets=weekly(10))
    (spy,) = streaks.streaks(build)
    assert spy.alive == "零且沉默" and "接警只导出到 2026-09-01" in spy.sentence


def test_a_stream_with_little_past_is_not_judged(drawn):
    young = [ticket(number, datetime(2026, 11, 16) - timedelta(weeks=number)) for number in range(6)]
    (spy,) = streaks.streaks(drawn(types=(SPY,), tickets=young))
    assert (spy.evidence[0].state, spy.alive) == ("无从比较", "无法判断")


def test_within_four_weeks_of_an_event_there_is_no_zero(drawn):
    fire = streaks.streaks(drawn([call(1, datetime(2026, 11, 1), "火灾")], (FIRE,), tickets=weekly(10)))[0]
    assert (fire.days, fire.alive) == (21, "近期发生")


def test_a_suspected_one_is_told_and_breaks_nothing(drawn):
    calls = [
        *six()[:3],
        call(7, datetime(2026, 11, 5), suspected="火灾"),
        call(8, datetime(2026, 6, 20), suspected="火灾"),
    ]
    fire = streaks.streaks(drawn(calls, (FIRE,)))[0]
    assert (fire.days, fire.suspected) == (
        40,
        1,
    ) and "1 起疑似待核对" in fire.sentence  # the one of June is behind a counted event


def test_a_viewer_counts_only_what_may_be_seen(drawn):
    calls = [call(1, FIRES[2], "火灾", building_id="D03"), call(2, FIRES[1], "火灾", building_id="T01")]
    build = drawn(calls, (FIRE,), tickets=weekly(10))
    assert [
        streaks.streaks(build, scope=scope)[0].days
        for scope in (Scope(everything=True), Scope(branches=("B2",)), Scope())
    ] == [40, 144, 174]


def test_evidence_adds_tickets_and_hazards(drawn):
    found = [hazard(number, one["opened_at"]) for number, one in enumerate(weekly(3))]
    build = drawn(types=(SPY,), tickets=weekly(10), hazards=found)
    assert liveness.evidence(build, NOW)[0].words == "上报 52 / 预期 52"
