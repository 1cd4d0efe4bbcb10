"""Real files by strangers, loaded unedited by a declaration alone;
every expected number was counted without the product."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import warehouse
from metrics.ask.window import Window
from tests.etl.conftest import Home
from tests.metrics.ask.walk import faults

DECLARED = Path(__file__).parents[1] / "real_sources"


@pytest.fixture(scope="module")
def loaded(real, tmp_path_factory):
    """A function: name of a real folder, as-of → its build, made once."""
    made: dict[str, warehouse.Build] = {}
    patch = pytest.MonkeyPatch()

    def load(name: str, as_of: str | None = None) -> warehouse.Build:
        folder = tmp_path_factory.getbasetemp() / name
        patch.setenv("CAMPUS_DATA", str(folder))
        if name not in made:
            patch.setenv("CAMPUS_KEY_FILE", str(tmp_path_factory.getbasetemp() / "key"))
            (folder / "school" / "sources").mkdir(parents=True)
            shutil.copy(DECLARED / f"{name}.toml", folder / "school" / "sources")
            files = [path for path in sorted((real / name).iterdir()) if path.suffix in (".csv", ".parquet")]
            made[name] = Home(folder).load(*files, as_of=as_of)
        return made[name]

    yield load
    patch.undo()


def one(build: warehouse.Build, query: str) -> tuple:
    return build.rows(query)[0]


def assert_every_row_has_a_place(build: warehouse.Build, read: int, accepted: int) -> None:
    sums = one(build, "SELECT sum(rows_read), sum(rows_accepted), sum(rows_rejected), sum(rows_superseded) FROM files")
    assert sums[0] == read == sums[1] + sums[2] + sums[3]
    assert sums[1] == accepted


def test_boston_every_ticket_and_every_file(loaded):
    build = loaded("boston311", "2022-09-16")
    assert_every_row_has_a_place(build, 46638, 46638)
    assert [row[0] for row in build.rows("SELECT rows_read FROM files ORDER BY name")] == [
        3095,
        5268,
        6221,
        7494,
        7760,
        7872,
        8928,
    ]
    counts = one(
        build,
        "SELECT count(*), count(*) FILTER (is_open), count(*) FILTER (is_closed_before_opened), "
        "count(*) FILTER (due_at IS NULL) FROM tickets",
    )
    assert counts == (46638, 17020, 10, 18825)
    assert build.data_date.date() == date(2022, 9, 16)
    assert one(build, "SELECT count(*) FROM rejects") == (0,)


def test_boston_the_extra_column_of_2019_is_noted_once(loaded):
    build = loaded("boston311", "2022-09-16")
    noted = build.rows("SELECT file_name, column_label, occurrences FROM warnings WHERE code = 'new_header'")
    assert noted == [("filtered_2019.csv", "_id", 1)]
    assert one(build, "SELECT sum(occurrences) FROM warnings WHERE code = 'closed_before_opened'") == (10,)


def test_boston_our_on_time_is_the_citys_own(loaded):
    build = loaded("boston311", "2022-09-16")
    found = build.rows("""
        SELECT said.on_time, is_on_time, tickets.closed_at IS NULL AS is_without_end, count(*) FROM tickets
        JOIN typed.boston311 AS said ON said.ticket_id = tickets.ticket_id
        WHERE tickets.due_at IS NOT NULL GROUP BY ALL ORDER BY ALL""")
    assert found == [("ONTIME", True, False, 23441), ("OVERDUE", False, False, 1056), ("OVERDUE", False, True, 3316)]
    assert one(build, "SELECT count(*) FROM tickets WHERE is_due AND NOT is_on_time") == (4372,)
    assert one(build, "SELECT count(*) FROM tickets WHERE is_due IS DISTINCT FROM (due_at IS NOT NULL)") == (0,)


def test_boston_answers_or_refuses_every_cell_of_the_catalogue(loaded):
    """A city has other buildings, no grids and no branches: nothing of them is nought."""
    build = loaded("boston311", "2022-09-16")
    assert list(faults(build, Window(date(2019, 1, 1), date(2020, 1, 1)))) == []


def test_boston_time_to_close_counts_the_open_ones(loaded):
    from metrics.ask.measure import measure
    from metrics.ask.window import Window
    from metrics.define import catalogue

    build = loaded("boston311", "2022-09-16")
    found = measure(build, catalogue.get("time_to_close"), Window(date(2013, 1, 1), date(2022, 9, 17)))
    assert found["value"].iloc[0] == pytest.approx(38.1775, abs=5e-5)
    assert (found["part"].iloc[0], found["whole"].iloc[0]) == (46638 - 17020, 46638)
    closed_only = one(
        build, "SELECT median(date_diff('second', opened_at, closed_at) / 3600) FROM tickets WHERE is_closed"
    )[0]
    assert closed_only == pytest.approx(1.96, abs=0.01)


def test_it_incidents_many_rows_a_ticket_are_its_states(loaded):
    build = loaded("it_incidents")
    assert_every_row_has_a_place(build, 5998, 890)
    assert one(build, "SELECT count(*), count(*) FILTER (is_closed) FROM tickets") == (890, 890)
    told = build.rows("SELECT status_text FROM record_states WHERE record_id = 'INC0000047' ORDER BY sequence")
    words = [row[0] for row in told]
    assert words[0] == "New" and words[-2:] == ["Resolved", "Closed"] and "Awaiting User Info" in words
    assert one(build, "SELECT opened_at::VARCHAR, closed_at::VARCHAR FROM tickets WHERE ticket_id = 'INC0000045'") == (
        "2016-02-29 01:16:00",
        "2016-03-05 12:00:00",
    )


def test_it_incidents_question_marks_are_missing_and_people_are_keyed(loaded):
    build = loaded("it_incidents")
    assert one(build, "SELECT count(*) FROM typed.it_incidents WHERE resolved_at IS NULL") == (59,)
    assert one(build, "SELECT count(*) FROM typed.it_incidents WHERE handler = '?' OR reporter LIKE 'Caller%'") == (0,)
    assert one(build, "SELECT count(DISTINCT reporter_key) > 100 FROM tickets") == (True,)
    assert one(build, "SELECT count(*) FROM rejects") == (0,)


def test_toronto_identical_rows_are_all_real(loaded):
    build = loaded("toronto_fire")
    assert_every_row_has_a_place(build, 13193, 13193)
    assert one(build, "SELECT count(*), count(DISTINCT hazard_id) FROM hazards") == (13193, 13193)
    days, share = one(build, "SELECT median(days), avg(violation) FROM typed.toronto_fire")
    assert days == 91
    assert share == pytest.approx(0.745016, abs=5e-7)


def test_nyc_months_first(loaded):
    build = loaded("nyc311")
    assert_every_row_has_a_place(build, 924, 924)
    assert one(build, "SELECT count(*), count(*) FILTER (is_open) FROM tickets") == (924, 444)
    assert one(build, "SELECT min(opened_at)::DATE::VARCHAR, max(opened_at)::DATE::VARCHAR FROM tickets") == (
        "2022-05-01",
        "2022-05-01",
    )


def test_the_same_file_again_changes_nothing(loaded, real):
    build = loaded("nyc311")
    home = Home(build.path.parent.parent)
    outcomes = home.land(*(real / "nyc311").iterdir())
    assert [outcome.status for outcome in outcomes] == ["known"]
    assert home.build() is None
    assert warehouse.current().name == build.name
