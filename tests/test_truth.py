"""The demonstration campus from exported files to answers: what was planted is found, what was not is not invented.

Reads only what the product publishes: measures, signals, funnels and the warnings of 数据体检. The truth is truth.toml.
"""

from datetime import date, timedelta

import pytest

from metrics.ask.measure import measure
from metrics.ask.selection import Selection
from metrics.ask.window import Window
from metrics.methods import funnel, shrink
from metrics.signals import signals

EVERYTHING = Window(date(2020, 1, 1), date(2027, 1, 1))


def total(campus, metric: str, window: Window = EVERYTHING, **only) -> tuple[int, int]:
    row = measure(campus, metric, window, only=Selection(**only)).iloc[0]
    return int(row["part"]), int(row["whole"])


def span(planted: dict) -> Window:
    return Window(planted["from_day"], planted["to_day"] + timedelta(days=1))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def counted(campus, planted: dict) -> int:
    """Tickets of the planted places, category and days."""
    return total(
        campus, "ticket_count", span(planted), buildings=tuple(planted["where"]), categories=(planted["category"],)
    )[0]


def nearly_all(found: int, planted: int) -> bool:
    """A few of the planted were written with a place nobody knows, or were declared void afterwards."""
    return 0.9 * planted - 1 <= found <= planted


def last_week(truth: dict) -> date:
    return monday(truth["data_date"].date()) - timedelta(days=7)


@pytest.mark.parametrize(
    ("metric", "part", "whole"),
    [
        ("ticket_on_time_rate", "tickets_on_time", "tickets_due"),
        ("hazard_rectified_rate", "hazards_closed", None),
        ("evacuation_on_target_rate", "drills_on_target", "drills_with_target"),
    ],
)
def test_parts_and_wholes_are_those_written_down(campus, truth, metric, part, whole):
    found = total(campus, metric)
    assert found[0] == truth["totals"][part]
    assert whole is None or found[1] == truth["totals"][whole]


def test_every_record_arrives_once(campus, truth):
    """Exports overlap and correct each other; 作废 records are kept but are in no number."""
    totals = truth["totals"]
    counts = {name: len(campus.query(f"SELECT 1 FROM {name}")) for name in ("tickets", "hazards", "drills")}
    assert counts == {name: totals[name] for name in counts}
    assert total(campus, "ticket_count")[0] == totals["tickets"] - totals["tickets_void"]
    assert total(campus, "hazard_count")[0] == totals["hazards"] - totals["hazards_void"]
    assert total(campus, "drill_count")[0] == totals["drills"]


def test_open_cases_are_in(campus, truth):
    still_open = campus.query("SELECT count(*) FILTER (is_open) AS tickets FROM tickets").tickets[0]
    assert still_open == truth["totals"]["tickets_open"]
    assert total(campus, "time_to_close") == (
        truth["totals"]["tickets_closed"],
        truth["totals"]["tickets"] - truth["totals"]["tickets_void"],
    )


def test_exactly_the_bad_rows_are_rejected(campus, truth):
    found = campus.query(
        "SELECT source, is_whole_row, count(DISTINCT (file_id, sheet, row_number)) AS n FROM rejects GROUP BY ALL"
    )
    whole = {row.source: row.n for row in found.itertuples() if row.is_whole_row}
    expected = {}
    for key, count in truth["bad_rows"].items():
        for kind, number in count.items() if isinstance(count, dict) else [(key, count)]:
            source = key if isinstance(count, dict) else kind.split(".")[0]
            expected[source] = expected.get(source, 0) + number
    assert whole == expected
    assert found[~found.is_whole_row].n.sum() == truth["totals"]["rejected_cells"]


def test_unresolved_places_stay_visible(campus, truth):
    for table in ("tickets", "hazards", "drills"):
        lost = campus.query(f"SELECT count(*) AS n FROM {table} WHERE building_id IS NULL").n[0]
        assert lost == truth["totals"][f"{table}_unresolved"]


def test_the_electric_bicycle_cluster_is_this_weeks_first_signal(campus, truth):
    planted = truth["signal"]["ebike_cluster"]
    found = signals.weekly(campus, last_week(truth))
    assert found.items[0].where == {"building": planted["where"][0], "category": planted["category"]}
    assert sum(one.where.get("building") == planted["where"][0] for one in found.items) == 1, (
        "tickets and hazards are one signal"
    )
    assert "服务工单" in found.items[0].sentence and "安全隐患" in found.items[0].sentence
    assert planted["category"] in found.sentence
    assert nearly_all(counted(campus, planted), planted["counts"]["tickets"])


def test_the_fraud_wave_is_a_signal_while_it_lasts(campus, truth):
    planted = truth["signal"]["fraud_wave"]
    weeks = [planted["from_day"] + timedelta(days=7 * number) for number in range(4)]
    named = [
        any(one.where.get("category") == planted["category"] for one in signals.weekly(campus, week).items)
        for week in weeks
    ]
    assert sum(named) >= 2
    quiet = weeks[0] - timedelta(days=7 * 15)
    assert not any(one.where.get("category") == planted["category"] for one in signals.weekly(campus, quiet).items)


def test_branches_that_differ_are_named_and_no_other(campus, truth):
    improver, laggard = truth["signal"]["improving_branch"], truth["signal"]["laggard_branch"]
    after = measure(campus, "hazard_on_time_rate", span(improver), by="branch")
    judged = funnel.funnel(after[after.whole > 0], over=False).frame.set_index("branch")["verdict"]
    assert judged[laggard["where"][0]].word == "明显偏低"
    assert judged[improver["where"][0]].word == "明显偏高"
    assert not any(one.is_clear for one in judged.drop([laggard["where"][0], improver["where"][0]]))


def test_the_improving_branch_was_below_before_its_campaign(campus, truth):
    planted = truth["signal"]["improving_branch"]
    branch, counts = tuple(planted["where"]), planted["counts"]
    before = total(campus, "hazard_on_time_rate", Window(truth["from_day"], planted["from_day"]), branches=branch)
    filled_in = truth["signal"]["deadline_month"]  # everybody was in time that month; the generator counts without it
    odd = total(campus, "hazard_on_time_rate", span(filled_in), branches=branch)
    assert (before[0] - odd[0], before[1] - odd[1]) == (counts["on_time_before"], counts["due_before"])
    assert total(campus, "hazard_on_time_rate", span(planted), branches=branch) == (counts["on_time"], counts["due"])


def test_the_silent_grid_is_noticed(campus, truth):
    grid = truth["signal"]["silent_grid"]["where"][0]
    assert any(
        one.kind == "silent" and one.where == {"grid": grid} for one in signals.weekly(campus, last_week(truth)).items
    )
    name = campus.query("SELECT name FROM grids WHERE grid_id = ?", [grid]).name[0]
    assert (
        campus.query(
            "SELECT count(*) AS n FROM warnings WHERE code = 'silent_grid' AND contains(message, ?)", [name]
        ).n[0]
        == 1
    )


def test_the_month_closed_on_its_deadline_days_is_warned_of(campus, truth):
    month = truth["signal"]["deadline_month"]["from_day"]
    found = campus.query("SELECT message FROM warnings WHERE code = 'deadline_day'").message
    assert len(found) == 1
    assert f"{month.year}年{month.month}月" in found[0] or f"{month:%Y-%m}" in found[0]


# planted, its kind among the signals, weeks it may take from its beginning, or None where no blind look can find it
SHOWN = [
    ("ebike_cluster", "cell", 0),
    ("fraud_wave", "wave", 0),
    ("silent_grid", "silent", 0),
    ("deadline_month", "deadline", 0),
    ("improving_branch", "branch", 2),
    ("laggard_branch", "lasting", 7),  # eight weeks must be on record before a difference is called lasting
    ("hot_spot", "busy", 7),
]


@pytest.mark.parametrize(("key", "kind", "weeks"), SHOWN)
def test_each_planted_signal_is_on_the_page_in_the_week_it_becomes_detectable(campus, truth, key, kind, weeks):
    planted = truth["signal"][key]
    begun = monday(planted["from_day"])
    looked = [begun + timedelta(days=7 * number) for number in range(weeks + 1)]
    shown = [
        week
        for week in looked
        if any(one.kind == kind and planted_here(one, planted) for one in signals.weekly(campus, week).items)
    ]
    assert shown, f"{key} is not on the page within {weeks} weeks of {begun}"
    if begun > truth["from_day"]:
        before = begun - timedelta(days=7)
        assert not any(one.kind == kind and planted_here(one, planted) for one in signals.weekly(campus, before).items)


def planted_here(one, planted: dict) -> bool:
    """The signal's place and category are the planted ones."""
    places = [value for name, value in one.where.items() if name != "category"]
    return (not places or places[0] in planted["where"]) and one.where.get("category", planted["category"]) == planted[
        "category"
    ]


@pytest.mark.parametrize("key", ["ebike_cluster", "fraud_wave", "silent_grid"])
def test_its_examples_are_its_records(campus, truth, key):
    planted = truth["signal"][key]
    week = monday(planted["from_day"])
    found = next(one for one in signals.weekly(campus, week).items if planted_here(one, planted) and one.where)
    assert len(found.examples) == 3 and found.made_of
    if planted["category"]:
        assert {example.category for example in found.examples} == {planted["category"]}


def test_a_campaign_too_small_for_a_blind_look_is_no_signal(campus, truth):
    """Nineteen stolen bicycles where 34 were to be expected: about one in a hundred by chance, among two thousand
    looks."""
    planted = truth["signal"]["bicycle_campaign"]
    for week in (last_week(truth) - timedelta(days=7 * back) for back in range(4)):
        assert not any(
            planted_here(one, planted) and one.where.get("category") for one in signals.weekly(campus, week).items
        )


def test_ten_identical_units_are_not_told_apart(campus, truth):
    units = measure(campus, "ticket_on_time_rate", EVERYTHING, by="unit")
    units = units[units.unit.isin(truth["signal"]["identical_units"]["where"])]
    assert len(units) == 10
    assert not any(one.is_clear for one in funnel.funnel(units).frame["verdict"])
    assert shrink.beta_binomial(units["part"], units["whole"]).rank == [None] * 10


def test_the_hot_spot_is_the_busiest_place_for_its_people(campus, truth):
    planted = truth["signal"]["hot_spot"]
    rates = measure(campus, "ticket_rate_per_1000", EVERYTHING, by="building")
    rates = rates[rates.whole > 0].sort_values("value", ascending=False)
    kinds = campus.query("SELECT building_id, kind FROM buildings").set_index("building_id").kind
    alike = rates[rates.building.map(kinds) == kinds[planted["where"][0]]]
    assert alike.iloc[0]["building"] == planted["where"][0]


def test_the_bicycle_campaign_counts_arrive(campus, truth):
    planted = truth["signal"]["bicycle_campaign"]
    assert nearly_all(counted(campus, planted), planted["counts"]["tickets"])
    before = planted | {
        "from_day": planted["from_day"] - timedelta(days=28),
        "to_day": planted["from_day"] - timedelta(days=1),
    }
    assert nearly_all(counted(campus, before), planted["counts"]["tickets_same_span_before"])
