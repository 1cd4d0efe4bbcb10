"""Warnings that only the whole shows."""

from datetime import datetime, timedelta

import pytest

from tests.etl.drawn_models import Models

NOW = datetime(2026, 11, 22, 8)


def noted(models: Models) -> Models:
    models.table("noted_files", {"file_id": "VARCHAR", "source": "VARCHAR", "name": "VARCHAR"})
    models.table("noted_sources",
                 {"source": "VARCHAR", "title": "VARCHAR", "feeds": "VARCHAR", "is_stale": "BOOLEAN",
                  "days_silent": "INTEGER", "expected_every_days": "INTEGER", "last_record": "TIMESTAMP"})  # fmt: skip
    models.fill("noted_files", {"file_id": "f", "source": "tickets"}, {"file_id": "g", "source": "hazards"})
    return models.fill(
        "noted_sources", {"source": "tickets", "feeds": "tickets"}, {"source": "hazards", "feeds": "hazards"}
    )


def test_closed_before_opened_counts_and_names_the_rows():
    models = noted(Models()).fill(
        "feed_tickets",
        *({"record_id": f"T{n}", "opened_at": NOW, "closed_at": NOW - timedelta(hours=n - 2)} for n in range(5)),
    )
    models.fill(
        "feed_hazards", {"record_id": "H1", "found_at": NOW, "closed_at": NOW - timedelta(days=1), "file_id": "g"}
    )
    models.run("tickets"), models.run("hazards")
    found = {
        row["source"]: (row["row_number"], row["occurrences"], row["column_label"])
        for row in models.health("closed_before_opened")
    }
    assert found == {"tickets": (4, 2, "办结时间"), "hazards": (1, 1, "销号时间")}


def test_dates_in_the_future_of_the_data_date():
    models = noted(Models()).fill("feed_tickets", {"record_id": "A", "opened_at": NOW + timedelta(days=2)},
                                  {"record_id": "B", "opened_at": NOW + timedelta(hours=3)},
                                  {"record_id": "C", "opened_at": NOW,
                                   "closed_at": NOW + timedelta(days=400)})  # fmt: skip
    models.run("tickets"), models.run("hazards")
    assert sorted((row["column_label"], row["row_number"]) for row in models.health("future_dates")) == [
        ("办结时间", 3),
        ("报修时间", 1),
    ]


@pytest.mark.parametrize(
    ("on_day", "others", "expected"), [(20, 0, 1), (16, 4, 1), (15, 5, 0), (19, 0, 0), (100, 26, 0)]
)
def test_most_hazards_of_a_month_on_their_deadline_day(on_day, others, expected):
    due = datetime(2026, 9, 10, 23, 59, 59)
    rows = [{"record_id": f"H{n}", "found_at": datetime(2026, 9, 1), "due_at": due, "file_id": "g", "status": "closed",
             "closed_at": datetime(2026, 9, 10 if n < on_day else 9)} for n in range(on_day + others)]  # fmt: skip
    models = noted(Models()).fill("feed_hazards", *rows)
    models.run("hazards")
    found = models.health("deadline_day")
    assert len(found) == expected
    assert all("2026年9月" in row["message"] and row["occurrences"] == on_day for row in found)


@pytest.mark.parametrize(
    ("silent_days", "a_week", "expected"), [(28, 4, 1), (27, 4, 0), (35, 1, 0), (56, 2, 1), (5, 20, 0)]
)
def test_a_grid_that_fell_silent_by_its_own_past(silent_days, a_week, expected):
    models = noted(Models())
    models.fill("feed_grids", {"grid_id": "G08", "name": "第8网格"}, {"grid_id": "G09", "name": "第9网格"})
    last = NOW - timedelta(days=silent_days)
    times = [last - timedelta(days=7 * week) for week in range(52) for _ in range(a_week)]
    models.fill(
        "feed_tickets",
        *({"record_id": f"T{n}", "opened_at": at, "grid_id": "G08"} for n, at in enumerate(times)),
        {"record_id": "x", "opened_at": NOW, "grid_id": "G09"},
    )
    models.connection.execute("CREATE OR REPLACE MACRO memory.main.first_day() AS DATE '2025-01-01'")
    for name in ("grids", "tickets", "hazards", "calendar"):
        models.run(name)
    found = models.health("silent_grids")
    assert len(found) == expected
    assert all("第8网格" in row["message"] and row["occurrences"] == silent_days for row in found)


def test_silent_sources():
    models = noted(Models()).fill("noted_sources",
                                  {"source": "late", "title": "迟", "is_stale": True,
                                   "days_silent": 9, "expected_every_days": 7, "last_record": NOW},
                                  {"source": "empty", "title": "空转", "is_stale": False,
                                   "expected_every_days": 7, "last_record": NOW - timedelta(days=29)},
                                  {"source": "fine", "title": "好", "is_stale": False, "expected_every_days": 7,
                                   "last_record": NOW - timedelta(days=28)})  # fmt: skip
    assert sorted(row["source"] for row in models.health("silent_sources")) == ["empty", "late"]


@pytest.mark.slow
def test_exactly_ten_thousand_rows_a_new_header_and_an_unseen_value(campus):
    rows = (f"T{n},2026-11-01 08:00,a,3号楼,{'外星状态' if n == 5 else '处理中'},x" for n in range(10_000))
    first = campus.write("工单_20261115080000.csv", "工单编号,报修时间,类别,地点,状态,星座", *rows)
    second = campus.write(
        "工单_20261122080000.csv",
        "工单编号,报修时间,类别,地点,状态,星座",
        "T1,2026-11-01 08:00,a,3号楼,外星状态,y",
        "T2,2026-11-01 08:00,a,3号楼,处理中,",
    )
    build = campus.load(first, second)
    told = build.rows(
        "SELECT code, file_name, column_label, occurrences FROM warnings WHERE file_id IS NOT NULL ORDER BY code"
    )
    assert told == [
        ("exactly_10000", "工单_20261115080000.csv", None, 1),
        ("new_header", "工单_20261115080000.csv", "星座", 1),
        ("unseen_value", "工单_20261115080000.csv", "状态", 2),
    ]


@pytest.mark.slow
def test_unknown_files_and_unresolved_places_are_on_the_list(campus):
    campus.land(campus.write("通讯录.csv", "甲,乙,丙", "1,2,3"))
    build = campus.load(
        campus.write(
            "工单_20261122080000.csv", "工单编号,报修时间,类别,地点,状态", "T1,2026-11-01 08:00,a,月球背面,处理中"
        )
    )
    told = {row[0]: row[1:] for row in build.rows("SELECT code, file_name, message, occurrences FROM warnings")}
    assert told["unknown_file"][0] == "通讯录.csv" and "认不出" in told["unknown_file"][1]
    assert told["unresolved_place"][1].startswith("地点「月球背面」") and told["unresolved_place"][2] == 1
