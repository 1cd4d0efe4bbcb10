"""Deadlines by service hours, on drawn calendars, against a reference that walks minute by minute."""

from datetime import date, datetime, timedelta

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clocks import service
from etl.clocks.clock import ALWAYS, Clock, Clocks

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WORK = Clock("工作时间", True, ((8 * 3600, 18 * 3600),))
SPLIT = Clock("上下午", True, ((8 * 3600, 12 * 3600), (14 * 3600, 17 * 3600 + 1800)))
EVENING = Clock("晚间", False, ((18 * 3600, 24 * 3600),))
CLOCKS = (WORK, SPLIT, EVENING)
AUTUMN = {date(2026, 9, 14) + n * DAY: (date(2026, 9, 14) + n * DAY).weekday() < 5 for n in range(60)}
AUTUMN |= {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}


def dues(workdays: dict[date, bool], *cases: tuple, stops: tuple = ()) -> list[datetime | None]:
    """By when: cases are (clock, start, hours or None, own deadline or None), stops (case from 0, begin, end)."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE calendar (day DATE, is_workday BOOLEAN)")
    connection.execute("INSERT INTO calendar SELECT unnest($1), unnest($2)", [list(workdays), list(workdays.values())])
    service.keep(connection, Clocks(CLOCKS))
    connection.execute("""
        CREATE TABLE deadline_cases (
            case_id INT, clock VARCHAR, moment TIMESTAMP, allowed BIGINT, own_due_at TIMESTAMP);
        CREATE TABLE deadline_stops (case_id INT, begins_at TIMESTAMP, ends_at TIMESTAMP);
    """)
    for number, (clock, start, hours, own) in enumerate(cases):
        allowed = None if hours is None else round(hours * 3_600_000_000)
        connection.execute("INSERT INTO deadline_cases VALUES (?, ?, ?, ?, ?)", [number, clock, start, allowed, own])
    for stop in stops:
        connection.execute("INSERT INTO deadline_stops VALUES (?, ?, ?)", list(stop))
    found = connection.execute(f"SELECT case_id, due_at FROM ({service.DEADLINES}) ORDER BY case_id").fetchall()
    assert [number for number, _ in found] == list(range(len(cases)))
    return [due for _, due in found]


def due(start: datetime, hours: float, clock: Clock | None = WORK, stops: tuple = ()) -> datetime | None:
    return dues(
        AUTUMN, (clock.name if clock else ALWAYS, start, hours, None), stops=tuple((0, *stop) for stop in stops)
    )[0]


def counts(moment: datetime, clock: Clock | None, workdays: dict[date, bool]) -> bool:
    if clock is None:
        return True
    second = moment.hour * 3600 + moment.minute * 60
    works = not clock.on_workdays or workdays[moment.date()]
    return works and any(begin <= second < end for begin, end in clock.spans)


def walked(start: datetime, minutes: int, clock: Clock | None, workdays: dict, stops: tuple = ()) -> datetime | None:
    """The slow way: minute after minute, each counting or not."""
    moment = start
    while minutes:
        if moment.date() not in workdays:
            return None
        if counts(moment, clock, workdays) and not any(begin <= moment < end for begin, end in stops):
            minutes -= 1
        moment += MINUTE
    return moment


def test_nights_weekends_holidays_and_moved_workdays():
    assert due(datetime(2026, 9, 18, 19), 2) == datetime(2026, 9, 21, 10)  # a Friday evening
    assert due(datetime(2026, 9, 18, 17), 1) == datetime(2026, 9, 18, 18)  # used up on Friday, not on Monday morning
    assert due(datetime(2026, 9, 30, 17), 2) == datetime(2026, 10, 8, 9)  # 国庆
    assert due(datetime(2026, 10, 9, 17), 2) == datetime(2026, 10, 10, 9)  # a 调休 Saturday
    assert due(datetime(2026, 10, 10, 17), 2) == datetime(2026, 10, 12, 9)
    assert due(datetime(2026, 9, 21, 11, 30), 1, SPLIT) == datetime(2026, 9, 21, 14, 30)
    assert due(datetime(2026, 10, 3, 9), 8, EVENING) == datetime(2026, 10, 4, 20)
    assert due(datetime(2026, 9, 19, 9), 0) == datetime(2026, 9, 19, 9)
    assert due(datetime(2026, 11, 11), 500) is None  # the calendar ends before
    assert due(datetime(1998, 1, 1), 10) == datetime(2026, 9, 14, 18)  # before it begins nothing is used


def test_no_year_has_daylight_saving():
    """China changed its clocks from 1986 to 1991, on days around 10 April and 11 September; limits do not."""
    nights = [datetime(year, month, day) for year in range(1985, 1993) for month, day in ((4, 13), (5, 4), (9, 14))]
    every = {date(1985, 1, 1) + n * DAY: True for n in range(3000)}
    assert dues(every, *((ALWAYS, night, 72, None) for night in nights)) == [night + 72 * HOUR for night in nights]
    found = dues(every, *((WORK.name, night, 25, None) for night in nights))
    assert found == [night + 2 * DAY + 13 * HOUR for night in nights]


def test_a_stop_counts_by_the_clock_and_only_before_the_deadline():
    start, monday = datetime(2026, 9, 18, 9), datetime(2026, 9, 21)
    assert due(start, 8) == datetime(2026, 9, 18, 17)
    friday_to_monday = (datetime(2026, 9, 18, 16), monday + 10 * HOUR)
    assert due(start, 8, WORK, (friday_to_monday,)) == monday + 11 * HOUR  # two hours of Friday, two of Monday
    assert due(start, 8, WORK, ((datetime(2026, 9, 18, 17), monday),)) == datetime(2026, 9, 18, 17)  # too late
    assert due(start, 8, None, ((datetime(2026, 9, 18, 12), monday),)) == monday + 5 * HOUR
    assert due(start, 0, WORK, (friday_to_monday,)) == start


def test_without_a_limit_only_a_stop_moves_the_exports_own_deadline():
    own, start = datetime(2026, 9, 18, 23, 59, 59), datetime(2026, 9, 16, 9)
    stop = (datetime(2026, 9, 17, 9), datetime(2026, 9, 17, 12))
    work, always = (WORK.name, start, None, own), (ALWAYS, start, None, own)
    assert dues(AUTUMN, work, always, (WORK.name, start, None, None)) == [own, own, None]
    assert dues(AUTUMN, work, always, stops=((0, *stop), (1, *stop))) == [datetime(2026, 9, 21, 11), own + 3 * HOUR]
    late = (own + HOUR, own + 9 * HOUR)
    assert dues(AUTUMN, work, stops=((0, *late),)) == [own]


moments = st.integers(0, 20 * 1440)
clocks = st.sampled_from([*CLOCKS, None])


@st.composite
def drawn(draw) -> tuple[dict[date, bool], list[tuple], list[tuple]]:
    """A calendar in any year whose days work or not as they like, cases in it, and stops of the first case."""
    first = date(draw(st.integers(1985, 2035)), draw(st.integers(1, 12)), 1)
    workdays = {first + n * DAY: draw(st.booleans()) for n in range(40)}
    midnight = datetime.combine(first, datetime.min.time())
    cases = [
        (draw(clocks), midnight + draw(moments) * MINUTE, draw(st.integers(1, 2400)))
        for _ in range(draw(st.integers(1, 4)))
    ]
    edges = sorted(draw(st.lists(moments, max_size=6)))
    start = cases[0][1]
    stops = [
        (start + begin * MINUTE, start + end * MINUTE) for begin, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    return workdays, cases, stops


@settings(max_examples=40)
@given(drawn())
def test_it_is_what_walking_minute_by_minute_finds(example):
    workdays, cases, stops = example
    asked = [(clock.name if clock else ALWAYS, start, minutes / 60, None) for clock, start, minutes in cases]
    found = dues(workdays, *asked, stops=tuple((0, *stop) for stop in stops))
    for number, (clock, start, minutes) in enumerate(cases):
        slow = walked(start, minutes, clock, workdays, tuple(stops) if number == 0 else ())
        if clock is not None or slow is not None:
            assert found[number] == slow


@settings(max_examples=25)
@given(drawn(), st.integers(1, 600), st.integers(1, 600))
def test_monotone_and_a_stop_of_so_many_hours_moves_it_by_exactly_so_many(example, later, more):
    workdays, cases, _ = example
    clock, start, minutes = cases[0]
    name = clock.name if clock else ALWAYS
    base, after, longer = dues(
        workdays,
        (name, start, minutes / 60, None),
        (name, start + later * MINUTE, minutes / 60, None),
        (name, start, (minutes + more) / 60, None),
    )
    assert base is None or start < base
    assert after is None or base <= after
    assert longer is None or base < longer
    if clock is None:
        assert base == start + minutes * MINUTE
    if longer is not None:  # stopped at once until so many minutes have counted: as if they had been allowed
        stopped = dues(
            workdays, (name, start, minutes / 60, None), stops=((0, start, walked(start, more, clock, workdays)),)
        )
        assert stopped == [longer]
