"""Grids at work, counted by hand: what was not sent is not nought."""

import math
from datetime import date, datetime

import duckdb
import pandas as pd
import pytest

from metrics.ask.selection import Scope, Selection
from metrics.ask.window import Window
from metrics.duties import grid_work
from tests.metrics.conftest import PLACE, hazard, ticket

WEEKS = Window(date(2026, 11, 2), date(2026, 11, 23))
VISITS = f"visit_id TEXT, visited_at TIMESTAMP, people INT, worker_key TEXT, is_visit BOOL, is_duty BOOL, {PLACE}"


@pytest.fixture
def campus(draw):
    """Grid 1: two visits of one duty and one before the window, a ticket, a hazard; grid 2: a ticket long ago and no
    visit."""
    made = draw(
        tickets=[
            ticket(1, datetime(2026, 11, 10), building_id="D03"),
            ticket(2, datetime(2026, 9, 1), building_id="T01"),
        ],
        hazards=[hazard(1, datetime(2026, 11, 21), building_id="D10")],
    )
    visits = [
        ("1", datetime(2026, 11, 3, 9), "安全教育"),
        ("2", datetime(2026, 11, 9, 9), "安全教育"),
        ("3", datetime(2026, 10, 1, 9), "信息采集"),
        ("4", datetime(2026, 11, 30, 9), "政策宣传"),
    ]
    rows = pd.DataFrame(  # noqa: F841
        [
            {
                "visit_id": key,
                "visited_at": at,
                "category": duty,
                "people": 2,
                "grid_id": "G01",
                "branch_id": "B1",
                "is_visit": at < datetime(2026, 11, 22),
                "is_duty": True,
            }
            for key, at, duty in visits
        ]
    )
    with duckdb.connect(str(made.path)) as connection:
        connection.execute(f"CREATE TABLE IF NOT EXISTS grid_visits ({VISITS})")
        connection.execute("INSERT INTO grid_visits BY NAME SELECT * FROM rows")
    return made


def test_a_grid_that_sent_nothing_is_unknown_and_one_that_did_has_noughts(campus):
    cells = grid_work.duties(campus, WEEKS).set_index(["grid", "category"])["visits"]
    assert cells["G01", "安全教育"] == 2 and cells["G01", "信息采集"] == 0
    assert cells["G02"].isna().all() and len(cells) == 14


def test_load_and_silence(campus):
    rows = grid_work.grids(campus, WEEKS).set_index("grid")
    first, second = rows.loc["G01"], rows.loc["G02"]
    assert (first["done"], first["visits"], first["tickets"], first["hazards"], first["load"]) == (1, 2, 1, 1, 4)
    assert (first["residents_per_member"], first["silent_visits"], first["silent_days"]) == (1000, 13, 1)
    assert math.isnan(second["done"]) and math.isnan(second["silent_visits"]) and second["silent_days"] == 82
    assert second["residents_per_member"] == 0


def test_filters_and_scope_hold(campus):
    assert grid_work.grids(campus, WEEKS, Selection(branches=("B2",)))["grid"].tolist() == ["G02"]
    assert grid_work.grids(campus, WEEKS, scope=Scope(grids=("G01",)))["grid"].tolist() == ["G01"]
    assert (
        grid_work.duties(campus, WEEKS, Selection(categories=("信息采集",))).set_index(["grid", "category"])["visits"][
            "G01", "安全教育"
        ]
        == 2
    )


@pytest.mark.parametrize("only", [Selection(), Selection(kinds=("宿舍",)), Selection(categories=("信息采集",))])
def test_what_is_expected_is_of_the_very_visits_that_are_shown(campus, only):
    """One grid and one duty hold all visits: their totals make just these likely, whatever filter narrows no visit."""
    cells = grid_work.duties(campus, WEEKS, only).set_index(["grid", "category"]).loc["G01"]
    assert cells.loc["安全教育", ["visits", "expected", "excess"]].tolist() == [2, 2, 0]
    assert (cells["visits"] - cells["expected"] == cells["excess"]).all() and not cells["significant"].any()
