"""The demonstration files through the whole product, against truth.toml: nothing lost, nothing twice, nothing accepted
that should not be. A twentieth of the campus, all four years, so that every layout and every bad row is met."""

import tomllib

import pytest

import warehouse
from warehouse import paths

COUNTS = {
    "tickets": "FROM tickets",
    "tickets_void": "FROM tickets WHERE NOT is_ticket",
    "tickets_open": "FROM tickets WHERE is_open",
    "tickets_closed": "FROM tickets WHERE is_closed",
    "tickets_due": "FROM tickets WHERE is_due",
    "tickets_on_time": "FROM tickets WHERE is_on_time",
    "tickets_closed_before_opened": "FROM tickets WHERE is_closed_before_opened",
    "tickets_reopened": "FROM tickets WHERE is_ticket AND reopened_count > 0",
    "tickets_unresolved": "FROM tickets WHERE building_id IS NULL",
    "hazards": "FROM hazards",
    "hazards_void": "FROM hazards WHERE NOT is_hazard",
    "hazards_closed": "FROM hazards WHERE is_closed",
    "hazards_open": "FROM hazards WHERE is_open",
    "hazards_without_deadline": "FROM hazards WHERE due_at IS NULL",
    "hazards_unresolved": "FROM hazards WHERE building_id IS NULL",
    "hazards_major": "FROM hazards WHERE is_major",
    "drills": "FROM drills",
    "drills_unresolved": "FROM drills WHERE building_id IS NULL",
    "drills_on_target": "FROM drills WHERE is_on_target",
    "drills_with_target": "FROM drills WHERE has_target",
    "rejected_rows": "FROM rejects WHERE is_whole_row",
    "rejected_cells": "FROM rejects WHERE NOT is_whole_row",
}
CODES = {"missing_id": "missing", "unreadable_date": "bad_date", "ragged": "broken_row"}


@pytest.fixture(scope="module")
def told(twentieth_home):
    """(the published build, truth.toml) of one small demonstration, built the way a user builds it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(twentieth_home))
        build = warehouse.current()
        yield build, tomllib.loads((paths.demo_exports() / "truth.toml").read_text(encoding="utf-8"))


def count(build, rest: str) -> int:
    return int(build.query(f"SELECT count(*) AS n {rest}")["n"].iloc[0])


def test_every_total_is_counted(told):
    families = (
        "tickets",
        "hazards",
        "drills",
        "rejected",
    )  # the totals of other sources are held to in tests/test_truth_*.py
    assert set(COUNTS) == {name for name in told[1]["totals"] if name.startswith(families)}


@pytest.mark.parametrize("name", COUNTS)
def test_totals_agree(told, name):
    build, truth = told
    assert count(build, COUNTS[name]) == truth["totals"][name]


@pytest.mark.parametrize("source", ["tickets", "hazards", "drills"])
def test_exactly_the_bad_rows_became_rejects(told, source):
    build, truth = told
    rows = build.query(
        "SELECT code, count(*) AS n FROM rejects WHERE is_whole_row AND source = $source GROUP BY code",
        {"source": source},
    )
    expected = {CODES[kind]: n for kind, n in truth["bad_rows"][source].items()}
    assert dict(zip(rows["code"], rows["n"].astype(int), strict=True)) == expected


def test_every_row_is_accounted_for(told):
    build, truth = told
    rows = build.query("SELECT source, count(*) AS files, sum(rows_read)::BIGINT AS rows FROM files GROUP BY source")
    found = {
        one.source: {"files": one.files, "rows": one.rows} for one in rows.itertuples() if one.source in truth["files"]
    }
    assert found == truth["files"]


def test_the_build_knows_its_moment_and_its_kind(told):
    build, truth = told
    assert (build.data_date, build.origin) == (truth["data_date"], "demo")


def test_planted_counts_arrive(told):
    build, truth = told
    for key, moment in (("ebike_cluster", "opened_at"), ("bicycle_campaign", "opened_at")):
        signal = truth["signal"][key]
        sql = (
            f"FROM tickets WHERE is_ticket AND category = '{signal['category']}' AND "
            f"list_contains({signal['where']}, building_id) "
        )
        sql += f"AND {moment}::DATE BETWEEN DATE '{signal['from_day']}' AND DATE '{signal['to_day']}'"
        assert count(build, sql) == signal["counts"]["tickets"]
    silent = truth["signal"]["silent_grid"]
    assert count(build, f"FROM tickets WHERE grid_id = 'G08' AND opened_at >= DATE '{silent['from_day']}'") == 0
    month = truth["signal"]["deadline_month"]["counts"]
    closed = "FROM hazards WHERE is_closed AND date_trunc('month', closed_at) = DATE '2025-12-01'"
    assert count(build, closed) == month["closed"] == count(build, f"{closed} AND is_on_deadline_day") > 0


def test_states_of_overlapping_exports_are_kept(told):
    build, _ = told
    changed = build.query("SELECT changes FROM record_states WHERE table_name = 'tickets' AND sequence > 1")["changes"]
    assert len(changed) > 50
    assert not changed.str.contains("报修时间|地点|报修人|联系电话").any()
