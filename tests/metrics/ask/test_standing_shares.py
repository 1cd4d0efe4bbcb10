"""Shares that stand at a moment, at past days too, against counts made by hand from tests/pages/written_training.py."""

from datetime import date, timedelta

import pytest

import warehouse
from metrics.ask.measure import measure, total
from metrics.ask.records import records
from metrics.ask.window import Window
from tests.pages import written_training

TODAY = date(2026, 11, 22)
TWELVE_WEEKS = Window(date(2026, 8, 31), date(2026, 11, 23))


@pytest.fixture(scope="module")
def build(tmp_path_factory) -> warehouse.Build:
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("trained")
        patch.setenv("CAMPUS_DATA", str(home))
        patch.setenv("CAMPUS_KEY_FILE", str(home / "key"))
        (home / "key").write_bytes(b"a key for tests only, thirty-two bytes at least")
        (home / "key").chmod(0o600)
        written_training.load(home)
        return warehouse.current()


def on(day: date) -> Window:
    return Window(day, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "part", "whole"),
    [
        (date(2024, 1, 9), 0, 0),  # nobody in post yet
        (date(2024, 1, 20), 0, 1),  # W1 without a certificate
        (date(2024, 3, 1), 1, 1),
        (date(2025, 1, 31), 2, 2),  # W1's last day with the first certificate; W2
        (date(2025, 2, 15), 2, 3),  # W1 between two certificates; W2, W3
        (date(2025, 3, 1), 3, 3),
        (date(2026, 3, 31), 4, 4),  # W2's last day in post
        (date(2026, 4, 1), 3, 3),
        (date(2026, 8, 1), 3, 4),  # W4 expired the day before; W5 came
        (TODAY, 3, 5),  # W4 and W6 have none
    ],
)
def test_certified_on_any_past_day_with_the_rows_behind_it(build, day, part, whole):
    answer = total(build, "certified_rate", on(day))
    assert (answer["part"], answer["whole"]) == (part, whole)
    for which, count in (("whole", whole), ("part", part), ("miss", whole - part)):
        assert records(build, "certified_rate", on(day), which=which, limit=None)[1] == count


def test_nobody_in_post_is_a_dash_and_no_hundred_per_cent(build):
    assert (
        total(build, "certified_rate", on(date(2024, 1, 9)))["value"]
        != total(build, "certified_rate", on(date(2024, 1, 9)))["value"]
    )


def test_who_lacks_a_certificate_today(build):
    rows, _ = records(
        build,
        "certificate_lacking",
        on(TODAY),
        which="part",
        order="days_left",
        columns=("category", "situation", "days_left"),
        limit=None,
    )
    assert rows[["category", "situation"]].values.tolist() == [["厨师", "已过期"], ["救护员", "没有办证"]]
    assert rows["days_left"].iloc[0] == -114


@pytest.mark.parametrize(
    ("key", "day", "part", "whole"),
    [
        ("certificate_expiring_30", TODAY, 1, 3),  # W5, on 12-10
        ("certificate_expiring_30", date(2026, 7, 5), 1, 4),  # W4, on 07-31; seen from then
        ("certificate_expiring_60", date(2026, 7, 5), 1, 4),
        ("certificate_expiring_90", date(2026, 5, 1), 0, 4),  # W4 in 91 days
        ("certificate_expiring_90", date(2026, 5, 2), 1, 4),  # in 90
        ("certificate_lacking", date(2025, 2, 15), 1, 3),
    ],
)
def test_expiring_seen_from_any_day(build, key, day, part, whole):
    answer = total(build, key, on(day))
    assert (answer["part"], answer["whole"]) == (part, whole)


def test_examined_within_a_year_over_everybody_who_should_be(build):
    answer = measure(build, "training_coverage_rate", on(TODAY), by="category").set_index("category")
    assert {key: (row["part"], row["whole"]) for key, row in answer.iterrows()} == {
        "急救": (0, 1),
        "消火栓": (0, 1),
        "灭火器": (4, 4),
    }
    assert tuple(total(build, "training_coverage_rate", on(date(2026, 4, 7)))[["part", "whole"]]) == (0, 5)


def test_first_time_passes_keep_resits_apart(build):
    spring = Window(date(2026, 4, 1), date(2026, 5, 1))
    assert tuple(total(build, "training_pass_rate", spring)[["part", "whole"]]) == (1, 2)
    assert tuple(total(build, "training_resit_pass_rate", spring)[["part", "whole"]]) == (1, 1)
    assert tuple(total(build, "training_pass_rate", TWELVE_WEEKS)[["part", "whole"]]) == (1, 2)
    assert total(build, "training_count", TWELVE_WEEKS)["part"] == 2


def test_guards(build):
    for key, pair in {
        "contractor_in_post": (2, 2),
        "contractor_trained_rate": (1, 2),
        "contractor_certified_rate": (1, 2),
        "contractor_left": (1, 1),
    }.items():
        assert tuple(total(build, key, TWELVE_WEEKS)[["part", "whole"]]) == pair, key
    turnover = total(build, "contractor_turnover_rate", TWELVE_WEEKS)
    assert turnover["part"] == 1 and turnover["whole"] == pytest.approx(
        (23 + 23 + 1) / 365.25
    )  # from 10-31, the first day anybody is known to have left


def test_lessons_and_visits(build):
    assert tuple(total(build, "freshmen_taught_rate", on(TODAY))[["part", "whole"]]) == (1, 10)
    assert total(build, "freshmen_taught_rate", on(date(2026, 9, 9)))["part"] == 0
    hours = measure(build, "freshmen_hours", Window(date(2026, 8, 1), date(2026, 11, 23)), by="unit").set_index("unit")[
        "value"
    ]
    assert (len(hours), hours["信息工程学院"], hours["文学院"], hours["艺术学院"]) == (10, 4.0, 2.0, 0.0)
    assert (total(build, "visit_people", TWELVE_WEEKS)["part"], total(build, "visit_count", TWELVE_WEEKS)["part"]) == (
        40,
        1,
    )


def test_no_name_and_no_number_of_a_person_is_kept(build):
    kept = "".join(
        str(build.query(f"SELECT * FROM typed.{name}").to_dict())
        for name in ("posts", "certificates", "trainings", "contractors")
    )
    assert not [word for word in ("示例甲", "示例癸", "13800000001", "示例证件", "'A1'", "'c1'") if word in kept]
