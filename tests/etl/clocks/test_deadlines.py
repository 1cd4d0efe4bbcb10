"""What the build makes of them: stops from the history of states, the export's own deadline first."""

from datetime import datetime, timedelta

from etl.clocks.clock import ALWAYS, Clock, Clocks
from tests.etl.drawn_models import Models

HOUR = timedelta(hours=1)
WORK = Clock("工作时间", True, ((8 * 3600, 18 * 3600),))
OPENED = datetime(2026, 11, 2, 9)  # a Monday
STOPS = {"tickets": ("挂起", "等待配件"), "hazards": ("等待配件",)}


def models(clock: str = WORK.name, **more) -> Models:
    of = {"tickets.due_clock.一般": clock, "hazards.due_clock.一般": clock}
    made = Models(limits={"tickets.due_hours.一般": 10.0} | more, clocks=Clocks((WORK,), of, STOPS))
    made.fill("latest_terms", {"term_id": "2026-1", "term_label": "秋", "first_day": OPENED.date(), "weeks": 18})
    return made.has("bare", "ticket_id", "opened_at", "closed_at", "status")


def history(*states: tuple, **more) -> list[dict]:
    """(hours after opening, status, updated hours or None) of one ticket, from export to export."""
    return [
        {
            "record_id": "T1", "opened_at": OPENED, "level": "一般", "sequence": number, "file_id": "bare",
            "export_time": OPENED + at * HOUR, "status_text": text,
            "status": "closed" if text == "已办结" else "open",
            "closed_at": OPENED + at * HOUR - 2 * HOUR if text == "已办结" else None,
            "updated_at": None if updated is None else OPENED + updated * HOUR, **more,
        }
        for number, (at, text, updated) in enumerate(states, 1)
    ]  # fmt: skip


def judged(*states: tuple, clock: str = WORK.name, **more) -> tuple:
    """(service deadline, on time by it, unknown) of the ticket."""
    rows = history(*states, **more)
    made = models(clock).fill("states_tickets", *rows).fill("feed_tickets", rows[-1])
    (row,) = made.run("tickets")
    return row["service_due_at"], row["is_service_on_time"], row["is_stop_unknown"]


def test_a_stop_lasts_from_its_first_sight_to_the_first_sight_of_another_state():
    seen = ((1, "处理中", None), (3, "挂起", None), (6, "处理中", None), (30, "已办结", None))
    assert judged(*seen) == (OPENED + 27 * HOUR, False, False)  # 10 + 3 of 10 hours a day: Tuesday 12:00
    assert judged(*seen, clock=ALWAYS) == (OPENED + 13 * HOUR, False, False)
    assert judged((1, "处理中", None), (3, "等待配件", None), (9, "已办结", None)) == (OPENED + 28 * HOUR, True, False)
    assert judged((1, "处理中", None), (3, "已办结", None)) == (OPENED + 24 * HOUR, True, False)


def test_what_the_record_says_of_its_change_counts_before_the_export():
    seen = ((1, "处理中", 0), (5, "挂起", 3), (9, "处理中", 8), (40, "处理中", 39))
    assert judged(*seen, clock=ALWAYS) == (OPENED + 15 * HOUR, False, False)


def test_a_case_that_stands_still_is_not_due():
    due, on_time, unknown = judged((1, "处理中", None), (3, "挂起", None), clock=ALWAYS)
    assert due > datetime(2026, 11, 22, 8) and not on_time and not unknown
    assert due == datetime(2026, 11, 22, 8) + 7 * HOUR  # seven of the ten hours are left


def test_who_was_seen_in_one_state_only_has_an_unknown_past_and_nothing_is_guessed():
    assert judged((30, "已办结", None)) == (OPENED + 24 * HOUR, False, True)
    assert judged((3, "挂起", None), (6, "处理中", None), (30, "已办结", None))[2] is True  # since when?
    assert judged((3, "挂起", 2), (6, "处理中", None), (30, "已办结", None))[2] is False


def test_the_exports_own_deadline_stays_the_first_and_ours_stands_beside_it():
    own = OPENED + 11 * HOUR
    rows = history((1, "处理中", None), (25, "已办结", None), due_at=own)
    made = models().fill("states_tickets", *rows).fill("feed_tickets", rows[-1])
    (row,) = made.run("tickets")
    assert (row["due_at"], row["service_due_at"]) == (own, OPENED + 24 * HOUR)
    assert (row["is_on_time"], row["is_service_on_time"]) == (False, True)
    (row,) = models().fill("feed_tickets", history((25, "已办结", None))[0]).run("tickets")
    assert row["due_at"] == row["service_due_at"] == OPENED + 24 * HOUR


def test_a_hazard_without_a_declared_limit_keeps_its_deadline_and_a_stop_moves_it():
    found, due = datetime(2026, 11, 2), datetime(2026, 11, 4, 23, 59, 59)
    states = [
        {"record_id": "H1", "found_at": found, "due_at": due, "sequence": number, "status": status,
         "status_text": text, "export_time": found + timedelta(days=at)}
        for number, (at, text, status) in enumerate(
            ((0.5, "整改中", "open"), (1, "等待配件", "open"), (2, "整改中", "open"), (4.5, "整改中", "open")), 1)
    ]  # fmt: skip
    for clock, expected in ((ALWAYS, due + timedelta(days=1)), (WORK.name, datetime(2026, 11, 5, 18))):
        made = models(clock).fill("states_hazards", *states).fill("feed_hazards", states[-1])
        (row,) = made.run("hazards")
        assert (row["due_at"], row["service_due_at"]) == (due, expected)
    (row,) = models().fill("feed_hazards", states[0]).run("hazards")
    assert (row["service_due_at"], row["is_service_due"], row["is_stop_unknown"]) == (due, True, True)


def test_years_without_a_registered_calendar_are_named():
    made = models().fill("feed_tickets", history((1, "处理中", None))[0])
    said = "SELECT unregistered_years FROM deadline_clocks WHERE table_name = 'tickets' AND limit_name = 'due'"
    made.run("tickets")
    assert made.connection.execute(said).fetchall() == [(None,), ("2026",)]  # 紧急 runs round the clock
    (warning,) = made.health("unregistered_years")
    assert "2026 年没有登记节假日" in warning["message"] and "holidays.csv" in warning["remedy"]
    holiday = {"name": "国庆节", "from_day": datetime(2026, 10, 1), "to_day": datetime(2026, 10, 7), "kind": "放假"}
    made = models().fill("feed_tickets", history((1, "处理中", None))[0]).fill("latest_holidays", holiday)
    made.run("tickets")
    assert made.connection.execute(said).fetchall() == [(None,), (None,)] and made.health("unregistered_years") == []


def test_promised_days_are_moved_by_stops_alone_and_judged_like_the_first_promise():
    due = datetime(2026, 11, 6, 23, 59, 59)
    for table, begins, own, ends, closed, judge in (
        ("wishes", "wished_at", "promised_at", "fulfilled_at", "fulfilled", "is_on_time"),
        ("questions", "raised_at", "due_at", "resolved_at", "resolved", "is_on_time"),
        ("assignments", "assigned_at", "due_at", "closed_at", "done", "is_on_time"),
    ):
        states = [
            {"record_id": "X", begins: OPENED, own: due, "sequence": number, "status": status, "status_text": text,
             "export_time": OPENED + timedelta(days=at), ends: None if status == "open" else due + timedelta(hours=30)}
            for number, (at, text, status) in enumerate(
                ((1, "在办", "open"), (2, "挂起", "open"), (4, "在办", "open"), (7, "已办", closed)), 1)
        ]  # fmt: skip
        for stops, expected in (({}, due), ({table: ("挂起",)}, due + timedelta(days=2))):
            made = Models(clocks=Clocks(stops=stops)).fill(f"states_{table}", *states).fill(f"feed_{table}", states[-1])
            (row,) = made.run(table)
            found = (row["service_due_at"], row["is_service_due"], row[judge], row["is_service_on_time"])
            assert found == (expected, True, False, bool(stops))


def test_from_files_to_both_rates(campus):
    """Three weekly exports with a deadline of the system's; the school counts working hours and stops while parts are
    awaited."""
    campus.write(
        "school/limits.toml",
        '[clocks."工作时间"]\ndays = "工作日"\nhours = ["08:00-18:00"]',
        '[tickets]\nstops = ["等待配件"]\n[tickets.due_hours]\n"一般" = 20\n[tickets.due_clock]\n"一般" = "工作时间"',
    )
    head = "工单编号,报修时间,地点,状态,办结时间,办结时限,更新时间"
    row = "{},2026-09-30 19:00,3号楼302,{},{},2026-10-03 19:00,{}".format
    files = [
        campus.write("inbox/工单_20261001080000.csv", head, row("T1", "处理中", "", ""), row("T2", "处理中", "", "")),
        campus.write("inbox/工单_20261010080000.csv", head, row("T1", "等待配件", "", "2026-10-08 10:00")),
        campus.write(
            "inbox/工单_20261015080000.csv",
            head,
            row("T1", "已办结", "2026-10-12 12:00", "2026-10-12 12:00"),
            row("T2", "已办结", "2026-10-09 17:00", "2026-10-09 17:00"),
            row("T3", "已办结", "2026-10-09 17:00", ""),
        ),
    ]
    found = campus.load(*files).rows(
        "SELECT ticket_id, service_due_at, is_on_time, is_service_on_time, is_stop_unknown FROM tickets ORDER BY ALL"
    )
    moved = datetime(2026, 10, 14, 10)  # two hours on the 8th, then it stood still until the 12th, 12:00
    assert found == [
        ("T1", moved, False, True, False),
        ("T2", datetime(2026, 10, 9, 18), False, True, False),
        ("T3", datetime(2026, 10, 9, 18), False, True, True),
    ]
