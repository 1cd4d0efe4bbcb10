"""Filters: one frozen object that survives its own URL, a hostile URL, and says itself in words."""

from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.ask import terms
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from ui.frame.filters import PERIODS, PLACES, Filters, asked
from warehouse import Build

BUILD = Build("b", Path("none.duckdb"), 1, datetime(2026, 11, 22, 8), "demo", "0")  # a Sunday
KNOWN = {"buildings": frozenset({"D03", "D04", "未识别"}), "grids": frozenset({"G01"})}

texts = st.text(max_size=30).filter(lambda text: text.strip() == text and text)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
some_filters = st.builds(
    lambda period, pair, places: Filters(period, *(sorted(pair) if pair else (None, None)), **places),
    st.sampled_from(PERIODS),
    st.none() | st.tuples(days, days),
    st.fixed_dictionaries({name: st.lists(texts, max_size=4, unique=True).map(tuple) for name in PLACES}),
)


def through_a_url(filters: Filters) -> Filters:
    return Filters.from_query(parse_qs(urlencode(filters.to_query(), doseq=True)))


@given(some_filters)
def test_the_url_gives_back_the_same_filters(filters: Filters):
    again = through_a_url(filters)
    assert again.to_query() == filters.to_query()
    assert again.notes == ()


@given(
    st.dictionaries(
        st.sampled_from(["period", "since", "until", "from", "to", "building", "grid", "branch", "category", "x"]),
        st.lists(st.text()),
    )
)
def test_no_query_string_breaks_them(params: dict):
    filters = Filters.from_query(params, KNOWN)
    assert filters.period in PERIODS
    assert set(filters.buildings) <= KNOWN["buildings"]
    assert filters.window(BUILD).days > 0 if filters.period not in ("本学期", "上学期") else True
    assert filters.sentence()


def test_the_default_leaves_the_url_empty():
    assert Filters().to_query() == {}
    assert Filters.from_query({}) == Filters()


@pytest.mark.parametrize(
    ("params", "note"),
    [
        ({"building": ["D03", "D99"]}, "有 1 处楼宇在当前数据里找不到，已忽略"),
        ({"period": "昨天"}, "没有这个时段，已改为本学期"),
        ({"since": "2026-13-01", "until": "2026-09-01"}, "起止日期读不懂（应为 2026-09-01 这样的写法），已忽略"),
        ({"from": "2026-13-01", "to": "2026-09-01"}, "起止日期读不懂（应为 2026-09-01 这样的写法），已忽略"),
        ({"from": "2026-09-01"}, "起止日期读不懂（应为 2026-09-01 这样的写法），已忽略"),
        ({"from": "2026-09-02", "to": "2026-09-01"}, "起止日期前后颠倒或超出范围，已忽略"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_noted(params: dict, note: str):
    filters = Filters.from_query(params, KNOWN)
    assert filters.notes == (note,)
    assert filters == Filters(buildings=("D03",) if "building" in params else ())


SEPTEMBER = Filters(first_day=date(2026, 9, 1), last_day=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("since=2026-09-01&until=2026-09-30&from=singlemessage&isappinstalled=0", SEPTEMBER),
        ("since=2026-09-01&until=2026-09-30&from=2026-01-01&to=2026-01-02", SEPTEMBER),
        ("from=2026-09-01&to=2026-09-30", SEPTEMBER),  # as links said it once
        ("from=2026-09-01&to=2026-09-30&from=singlemessage", SEPTEMBER),
        ("from=timeline", Filters()),
        ("period=近4周&from=groupmessage", Filters("近4周")),
    ],
)
def test_a_chat_programs_own_word_leaves_the_period_alone(query: str, filters: Filters):
    read = Filters.from_query(parse_qs(query))
    assert (read, read.notes) == (filters, ())
    assert asked(parse_qs(query)) == (filters != Filters())


@pytest.mark.parametrize(
    ("filters", "window"),
    [
        (Filters("近12周"), Window(date(2026, 8, 31), date(2026, 11, 23))),  # this unfinished week is the twelfth
        (Filters("近4周"), Window(date(2026, 10, 26), date(2026, 11, 23))),
        (Filters(first_day=date(2026, 9, 1), last_day=date(2026, 9, 1)), Window(date(2026, 9, 1), date(2026, 9, 2))),
    ],
)
def test_window_is_half_open_and_in_whole_weeks(filters: Filters, window: Window):
    assert filters.window(BUILD) == window


def test_the_default_is_this_term_so_far_and_an_old_link_means_what_it_said(monkeypatch):
    """The term's weeks have last year's same teaching weeks to stand against; without a calendar it is twelve weeks."""
    spring, autumn = Window(date(2026, 2, 23), date(2026, 7, 6)), Window(date(2026, 9, 28), date(2027, 2, 1))
    monkeypatch.setattr(terms, "terms", lambda build: [("2025-2", "", spring), ("2026-1", "", autumn)])
    assert Filters().window(BUILD) == Window(date(2026, 9, 28), date(2026, 11, 23))
    assert Filters("上学期").window(BUILD) == spring
    assert Filters.from_query({"period": "近12周"}).window(BUILD) == Window(date(2026, 8, 31), date(2026, 11, 23))
    monkeypatch.setattr(terms, "terms", lambda build: [])
    assert Filters().window(BUILD) == Filters("近12周").window(BUILD)


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(), "全部楼宇 · 本学期 · 全部类别"),
        (Filters(buildings=("D03",), categories=("火警", "水电")), "3号楼 · 本学期 · 火警、水电"),
        (Filters(grids=("G01", "G02", "G03")), "第1网格、G02 等 3 个网格 · 本学期 · 全部类别"),
        (
            Filters(first_day=date(2026, 9, 1), last_day=date(2026, 9, 30)),
            "全部楼宇 · 2026-09-01 至 2026-09-30 · 全部类别",
        ),
    ],
)
def test_they_say_themselves(filters: Filters, sentence: str):
    assert filters.sentence({"D03": "3号楼", "G01": "第1网格"}) == sentence


def test_selection_is_what_metrics_takes():
    assert Filters(buildings=("D03",), categories=("火警",)).selection() == Selection(
        buildings=("D03",), categories=("火警",)
    )


def test_a_long_hostile_list_is_cut():
    assert len(Filters.from_query({"building": [f"D{number}" for number in range(5000)]}).buildings) <= 60
    assert Filters.from_query({"building": "x" * 10_000}).buildings == ()
