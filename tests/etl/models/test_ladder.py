"""At which level a ticket or dispute was raised and closed, and how long it lay at each."""

from datetime import datetime, timedelta

import pytest

from tests.etl.drawn_models import Models

AT = datetime(2026, 11, 2, 8)


def hours(count: float) -> datetime:
    return AT + timedelta(hours=count)


def ladder(tickets: list[dict] = (), transfers: list[dict] = (), disputes: list[dict] = ()) -> Models:
    models = Models()
    models.fill(
        "feed_tickets",
        *(
            {"record_id": f"T{n}", "opened_at": AT, "grid_id": "G01", "category": "水电", **row}
            for n, row in enumerate(tickets, 1)
        ),
    )
    models.fill(
        "feed_ticket_transfers",
        *({"record_id": f"R{n}", "ticket_id": "T1", **row} for n, row in enumerate(transfers, 1)),
    )
    models.fill("feed_disputes", *({"record_id": f"D{n}", "raised_at": AT, **row} for n, row in enumerate(disputes, 1)))
    for name in ("tickets", "disputes", "ladder_cases", "ladder_steps"):
        models.run(name)
    return models


def cases(**given) -> dict[str, dict]:
    return {row["case_id"]: row for row in ladder(**given).run("ladder_cases")}


def steps(**given) -> list[tuple]:
    keys = ("case_id", "level", "next_level", "entered_at", "left_at", "hours", "has_left")
    return [tuple(row[key] for key in keys) for row in ladder(**given).run("ladder_steps")]


def test_open_cases_stay_in_and_levels_decide():
    found = cases(
        tickets=[
            {"closed_at": hours(2), "closing_level": "网格"},
            {"closed_at": hours(2), "closing_level": "部门"}, {}, {"grid_id": None},
            {"closed_at": hours(2)}, {"status": "void"},
            {"closed_at": hours(2), "closing_level": "校外", "reopened_count": 1},
        ],
        disputes=[{"raised_level": "网格", "closing_level": "网格", "status": "closed"},
                  {"raised_level": "楼栋/学院", "status": "open", "closing_level": "部门"}],
    )  # fmt: skip
    assert "工单/T6" not in found and len(found) == 8
    resolved = {key for key, row in found.items() if row["is_resolved_in_grid"]}
    assert resolved == {"工单/T1", "纠纷/D1"}
    assert {key for key, row in found.items() if row["is_raised_in_grid"]} == {
        "工单/T1",
        "工单/T2",
        "工单/T3",
        "工单/T5",
        "工单/T7",
        "纠纷/D1",
    }
    assert {key for key, row in found.items() if row["is_open"]} == {"工单/T3", "工单/T4", "纠纷/D2"}
    assert {key for key, row in found.items() if row["is_closed_on_campus"]} == {"工单/T1", "工单/T2", "纠纷/D1"}
    assert {key for key, row in found.items() if row["is_reopened"]} == {"工单/T7"}
    assert found["纠纷/D2"]["level"] is None  # still open: the level it lies at closes nothing


def test_the_first_transfer_says_where_a_ticket_was_raised():
    found = cases(
        tickets=[{}], transfers=[{"level": "校级", "entered_at": hours(5)}, {"level": "部门", "entered_at": hours(1)}]
    )
    assert found["工单/T1"]["raised_level"] == "部门" and not found["工单/T1"]["is_raised_in_grid"]


def test_stays_follow_the_register_and_end_where_the_next_begins():
    found = steps(
        tickets=[{"closed_at": hours(10), "closing_level": "部门"}],
        transfers=[
            {"level": "网格", "entered_at": AT},
            {"level": "楼栋/学院", "entered_at": hours(2), "left_at": hours(5)},
            {"level": "部门", "entered_at": hours(5)},
        ],
    )
    assert found == [
        ("工单/T1", "网格", "楼栋/学院", AT, hours(2), 2.0, True),
        ("工单/T1", "楼栋/学院", "部门", hours(2), hours(5), 3.0, True),
        ("工单/T1", "部门", None, hours(5), hours(10), 5.0, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ticket", "known"),
    [
        ({"closed_at": hours(30), "closing_level": "网格"}, [("网格", hours(30), True)]),
        ({}, [("网格", None, False)]),
        ({"closed_at": hours(30), "closing_level": "校级"}, []),  # it moved, and nobody wrote down when
        ({"grid_id": None}, []),
        ({"opened_at": AT - timedelta(days=2)}, []),  # before the register
    ],
)
def test_a_ticket_the_register_never_mentions_stayed_in_its_grid(ticket, known):
    found = steps(tickets=[{}, ticket], transfers=[{"level": "网格", "entered_at": AT}])
    assert [(row[1], row[4], row[6]) for row in found if row[0] == "工单/T2"] == known


def test_without_a_register_no_stay_of_a_ticket_is_known():
    assert steps(tickets=[{"closed_at": hours(30), "closing_level": "网格"}]) == []


def test_disputes_stay_until_handed_over_and_then_until_settled():
    found = steps(
        disputes=[
            {"raised_level": "网格", "closing_level": "网格", "status": "closed", "closed_at": hours(4)},
            {
                "raised_level": "网格",
                "closing_level": "部门",
                "status": "closed",
                "escalated_at": hours(3),
                "closed_at": hours(9),
            },
            {
                "raised_level": "网格",
                "closing_level": "部门",
                "status": "closed",
                "closed_at": hours(9),
            },  # handed over nobody knows when
            {"raised_level": "楼栋/学院", "status": "open"},
        ]
    )
    assert [row[:2] + row[4:] for row in found] == [
        ("纠纷/D1", "网格", hours(4), 4.0, True),
        ("纠纷/D2", "网格", hours(3), 3.0, True), ("纠纷/D2", "部门", hours(9), 6.0, True),
        ("纠纷/D4", "楼栋/学院", None, None, False),
    ]  # fmt: skip


def test_a_dispute_that_flared_up_again_is_open():
    (found,) = ladder(disputes=[{"status": "open", "closed_at": hours(4), "relapses": 1, "raised_level": "网格"}]).run(
        "disputes"
    )
    assert (found["is_open"], found["is_closed"], found["closed_at"], found["is_relapsed"]) == (
        True,
        False,
        None,
        False,
    )


def test_times_that_cannot_be_and_unknown_tickets_are_told_once():
    models = ladder(
        tickets=[{}],
        transfers=[
            {"level": "网格", "entered_at": AT, "left_at": hours(-1)},
            {"level": "部门", "entered_at": AT, "ticket_id": "T9"},
        ],
        disputes=[{"status": "closed", "closed_at": AT - timedelta(days=1), "file_id": "g"}],
    )
    models.table("noted_files", {"file_id": "VARCHAR", "source": "VARCHAR", "name": "VARCHAR"})
    models.table("noted_sources", {"source": "VARCHAR", "title": "VARCHAR", "feeds": "VARCHAR"})
    models.fill(
        "noted_files",
        {"file_id": "f", "source": "ticket_transfers"},
        {"file_id": "f", "source": "tickets"},
        {"file_id": "g", "source": "disputes"},
    )
    models.fill(
        "noted_sources", *({"source": name, "feeds": name} for name in ("ticket_transfers", "tickets", "disputes"))
    )
    found = {
        (row["source"], row["code"]): (row["row_number"], row["occurrences"]) for row in models.health("ladder_times")
    }
    assert found == {
        ("ticket_transfers", "ended_before_begun"): (1, 1),
        ("ticket_transfers", "unknown_ticket"): (2, 1),
        ("disputes", "ended_before_begun"): (1, 1),
    }
