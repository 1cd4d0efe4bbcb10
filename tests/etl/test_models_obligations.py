"""Who must hold a drill, when, and which drill met it."""

from datetime import date, datetime

import pytest

from etl.build_settings import Cadence, load_settings
from tests.etl.drawn_models import Models
from warehouse.errors import UserError

HALF = Cadence("half", "重点部位消防演练", (), True, 6, "消防演练")
YEAR = Cadence("year", "学生消防演练", ("宿舍",), False, 12, "消防演练")


def obligations(*drills: tuple[str, str, datetime], cadences=(HALF, YEAR), data_date=datetime(2026, 11, 22, 8)) -> list[dict]:
    models = Models(data_date=data_date, cadences=cadences).fill(
        "feed_buildings",
        {"building_id": "D01", "name": "1号楼", "kind": "宿舍", "is_key_site": True},
        {"building_id": "D02", "name": "2号楼", "kind": "宿舍", "is_key_site": False},
        {"building_id": "X01", "name": "车库", "kind": "其他"},
    )
    models.fill("feed_tickets", {"record_id": "T1", "opened_at": datetime(2025, 8, 1)})
    models.fill("feed_drills", *({"record_id": f"R{n}", "building_id": b, "category": c, "held_at": at} for n, (b, c, at) in enumerate(drills)))
    for name in ("grids", "buildings", "tickets", "hazards", "drills"):
        models.run(name)
    return models.run("drill_obligations")


def test_the_stricter_of_two_rules_stays_and_periods_begin_in_march_and_september():
    found = obligations(("D01", "消防演练", datetime(2025, 10, 1)))
    told = {(row["building_id"], row["rule_id"], row["period_start"]) for row in found}
    assert told == {
        ("D01", "half", date(2025, 9, 1)), ("D01", "half", date(2026, 3, 1)), ("D01", "half", date(2026, 9, 1)),
        ("D02", "year", date(2025, 9, 1)), ("D02", "year", date(2026, 9, 1)),
    }  # fmt: skip


def test_due_at_the_end_of_the_period_and_met_by_the_first_fitting_drill():
    found = obligations(
        ("D01", "防汛演练", datetime(2025, 9, 2)), ("D01", "消防演练", datetime(2026, 2, 28, 23)), ("D01", "消防演练", datetime(2025, 12, 1)),
        ("D02", "消防演练", datetime(2026, 9, 1)),
    )  # fmt: skip
    by_id = {row["obligation_id"]: row for row in found}
    first = by_id["half-D01-20250901"]
    assert (first["due_at"], first["is_due"], first["is_met"], first["drill_id"]) == (datetime(2026, 2, 28, 23, 59, 59), True, True, "R2")
    assert (by_id["half-D01-20260301"]["is_due"], by_id["half-D01-20260301"]["is_met"]) == (True, False)
    assert (by_id["year-D02-20260901"]["is_due"], by_id["year-D02-20260901"]["is_met"]) == (False, True)


def test_nothing_is_asked_before_there_are_records_of_drills():
    assert obligations() == []


def test_a_planned_drill_meets_nothing():
    found = obligations(("D01", "消防演练", datetime(2025, 10, 1)), ("D02", "消防演练", datetime(2026, 12, 1)))
    assert {row["is_met"] for row in found if row["building_id"] == "D02"} == {False}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[rule]]\nid="a"\nlabel="b"\nevery="week"\n', "every"),
        ('[[rule]]\nid="a"\nlabel="b"\n', "every"),
        ('[[rule]]\nid="a"\nlabel="b"\nevery="month"\nkinds=["宿舍"]\n', "kinds"),
        ('[[rule]]\nid="a"\nlabel="b"\nevery="month"\ndrill_category="x"\n' * 2, "id 相同"),
        ("[[rule]\n", "写法有误"),
    ],
)
def test_a_wrong_rule_is_refused_in_words(tmp_path, text, words):
    (tmp_path / "cadences.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as problem:
        load_settings(tmp_path)
    assert words in problem.value.sentence and "cadences.toml" in problem.value.sentence


def test_limits_from_the_school_over_the_defaults(tmp_path):
    (tmp_path / "limits.toml").write_text('[tickets.due_hours]\n"紧急" = 12\n', encoding="utf-8")
    limits = load_settings(tmp_path).limits
    assert (limits["tickets.due_hours.紧急"], limits["tickets.due_hours.一般"]) == (12.0, 72.0)
    (tmp_path / "limits.toml").write_text('[tickets]\nrepeat_days = "三十"\n', encoding="utf-8")
    with pytest.raises(UserError):
        load_settings(tmp_path)
