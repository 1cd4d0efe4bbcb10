"""A school with one kind of record and no list of its own: the build is made,
and the pages that show it say what is missing.

Every third source in turn, since each costs a build; the template's own example row is the record.
"""

from datetime import date

import pytest

from etl.declare.load import load_sources
from etl.declare.template import write_template
from metrics.ask.window import Window
from metrics.duties import grid_work
from tests.etl.conftest import Home
from tests.pages.conftest import words
from warehouse import paths

pytestmark = pytest.mark.slow

STANDARD = load_sources([paths.REPOSITORY / "etl" / "sources"])
SHOWN = {  # source → the pages that show it
    "activities": ("branches",), "assignments": ("commitments",), "brand_plans": ("branches", "branch"),
    "brand_tasks": ("branches", "branch"), "campaigns": ("campaigns",),
    "certificates": ("drills",), "contractors": ("drills",), "disputes": ("ladder",),
    "duty_shifts": ("duty",), "equipment_services": ("cadences",),
    "fraud_cases": ("incidents",), "fraud_outreach": ("incidents",), "grid_visits": ("grid_work",),
    "honours": ("branches", "branch"), "hotline_summaries": ("services",),
    "incidents": ("incidents", "zero_report"), "inspections": ("duty", "cadences"),
    "joint_actions": ("commitments",), "lessons": ("drills",),
    "pairings": ("commitments",), "pledges": ("commitments",), "points": ("branches",),
    "posts": ("drills",), "questions": ("services",), "services": ("services",),
    "survey_answers": ("surveys",), "surveys": ("surveys",), "ticket_transfers": ("ladder",),
    "trainings": ("drills",), "visits": ("drills",), "wishes": ("services",),
}  # fmt: skip
TRIED = sorted({*list(SHOWN)[::6], "grid_visits"})  # a build each: every sixth


def test_every_new_source_is_shown_somewhere():
    assert set(SHOWN) == {name for name, source in STANDARD.items() if source.kind == "facts"} - {
        "tickets",
        "hazards",
        "drills",
    }


@pytest.mark.parametrize("name", TRIED)
def test_one_source_alone_opens_its_pages(name, open_at, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    path = tmp_path / f"{STANDARD[name].title}.xlsx"
    write_template(STANDARD[name], path)
    build = Home(tmp_path).load(path)
    assert build.rows("SELECT rows_accepted FROM files WHERE source = ?", [name]) == [(1,)]
    for key in SHOWN[name]:
        at = open_at(key)
        assert not at.exception and [record.message for record in caplog.records if record.exc_info] == []
        said = words(at)
        assert ("还没有收到" in said or "data/school/" in said) and "nan" not in said


def test_visits_of_no_listed_grid_are_no_error(tmp_path, monkeypatch):
    """The page of grids, where no grid was ever listed: a column of no rows is a column of words to pandas."""
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    path = tmp_path / "网格走访记录.xlsx"
    write_template(STANDARD["grid_visits"], path)
    build = Home(tmp_path).load(path)
    assert len(grid_work.grids(build, Window(date(2026, 8, 1), date(2026, 10, 1)))) == 0
