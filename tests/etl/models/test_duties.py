"""Pieces of time: at every moment each duty stands in exactly one,
and whether it is proven then is what a person would say.
"""

from datetime import date, datetime, timedelta

import pytest

from tests.etl.drawn_models import Models

NOW = datetime(2026, 11, 22, 8)
ORDER = (
    "person_numbers",
    "posts",
    "certificates",
    "trainings",
    "contractors",
    "duty_pieces",
    "certificate_duties",
    "training_duties",
    "contractor_duties",
)


def post(
    number: int,
    begin: date,
    end: date | None = None,
    certificate: str | None = "保安员证",
    items: str | None = None,
    **more,
) -> dict:
    return {"record_id": f"P{number}", "person": f"n{number}",
            "person_number": f"k{number}", "category": "值班员", "certificate": certificate,
            "items": items, "unit": "保卫处", "begin_on": begin, "end_on": end, **more}  # fmt: skip


def held(number: int, owner: int, first: date, last: date | None, kind: str = "保安员证", **more) -> dict:
    return {"record_id": f"C{number}", "person": f"n{owner}",
            "person_number": f"k{owner}", "category": kind, "valid_from": first,
            "valid_until": last, "number": f"no{number}", **more}  # fmt: skip


def sat(number: int, owner: int, at: datetime, result: str | None = "合格", item: str = "灭火器", **more) -> dict:
    return {"record_id": f"E{number}", "person": f"n{owner}",
            "person_number": f"k{owner}", "category": item, "examined_at": at,
            "result": result, **more}  # fmt: skip


def guard(number: int, joined: date, **more) -> dict:
    return {
        "record_id": f"G{number}",
        "person": f"g{number}",
        "category": "门岗",
        "unit": "示例保安公司",
        "joined_on": joined,
        **more,
    }


def built(posts=(), certificates=(), exams=(), guards=(), now: datetime = NOW) -> Models:
    models = Models(data_date=now)
    for feed, rows in (("posts", posts), ("certificates", certificates), ("trainings", exams), ("contractors", guards)):
        models.fill(f"feed_{feed}", *rows)
        states = [{key: value for key, value in row.items() if key != "seen"} for row in rows]
        models.fill(f"states_{feed}", *states)
    for name in ORDER:
        models.run(name)
    return models


def rows(models: Models, table: str) -> list[dict]:
    found = models.connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def stands(pieces: list[dict], at: datetime) -> list[dict]:
    return [one for one in pieces if one["begin_at"] <= at and (one["end_at"] is None or one["end_at"] > at)]


def valid(piece: dict, at: datetime) -> bool:
    return piece["expires_at"] is None or piece["expires_at"] > at


# In post from 2024-01-10; two certificates with a gap of a month; left on 2026-03-31, the last day.
LIFE = {
    "posts": [post(1, date(2024, 1, 10), date(2026, 3, 31))],
    "certificates": [held(1, 1, date(2024, 2, 1), date(2025, 1, 31)), held(2, 1, date(2025, 3, 1), date(2028, 2, 29))],
}


@pytest.mark.parametrize(
    ("at", "standing", "is_valid"),
    [
        (datetime(2024, 1, 9, 23), 0, None),  # not yet in post
        (datetime(2024, 1, 10), 1, False),  # in post, nothing in hand
        (datetime(2024, 2, 1), 1, True),
        (datetime(2025, 1, 31, 23, 59, 59, 999999), 1, True),  # the last day counts whole
        (datetime(2025, 2, 1), 1, False),
        (datetime(2025, 3, 1), 1, True),
        (datetime(2026, 3, 31, 23, 59), 1, True),  # the last day in post
        (datetime(2026, 4, 1), 0, None),
    ],
)
def test_one_post_through_its_life(at, standing, is_valid):
    now = stands(rows(built(**LIFE), "certificate_duties"), at)
    assert len(now) == standing
    assert [valid(one, at) for one in now] == ([is_valid] if standing else [])


def test_every_duty_stands_in_exactly_one_piece_at_every_moment():
    """Ninety duties with up to four overlapping certificates against what counting by hand, day by day, says."""
    posts, certificates, number = [], [], 0
    for owner in range(90):
        begin = date(2023, 1, 1) + timedelta(days=owner * 7 % 400)
        posts.append(post(owner, begin, begin + timedelta(days=300 + owner * 13 % 700) if owner % 3 else None))
        for turn in range(owner % 5):
            number += 1
            first = date(2022, 6, 1) + timedelta(days=owner * 31 % 500 + turn * 211)
            certificates.append(
                held(
                    number,
                    owner,
                    first,
                    None if (owner + turn) % 11 == 0 else first + timedelta(days=100 + owner * 17 % 400),
                )
            )
    pieces = rows(built(posts, certificates), "certificate_duties")
    by_owner = {one["record_id"]: one for one in posts}
    for step in range(0, 1400, 23):
        at = datetime(2022, 12, 1, 15) + timedelta(days=step)
        if at > NOW:
            break
        now = {}
        for one in stands(pieces, at):
            key = one["duty_id"].split("-")[0]
            assert key not in now, (key, at)
            now[key] = valid(one, at)
        day = at.date()
        wanted = {
            key: any(c["person_number"] == p["person_number"] and c["valid_from"] <= day
                     and c["valid_until"] and day <= c["valid_until"] for c in certificates)
            for key, p in by_owner.items() if p["begin_on"] <= day and (p["end_on"] is None or day <= p["end_on"])
        }  # fmt: skip
        assert now == wanted, at


def test_a_longer_certificate_outlives_a_newer_short_one():
    found = rows(
        built(
            [post(1, date(2024, 1, 1))],
            [held(1, 1, date(2024, 1, 1), date(2027, 1, 1)), held(2, 1, date(2025, 1, 1), date(2025, 6, 1))],
        ),
        "certificate_duties",
    )
    assert [(one["certificate_id"], one["expires_at"], one["is_valid"]) for one in found] == [
        ("C1", datetime(2027, 1, 2), False), ("C1", datetime(2027, 1, 2), True),
    ]  # fmt: skip


def test_what_is_expired_lacking_and_expiring_today():
    day = NOW.date()
    ends = {
        1: day,
        2: day + timedelta(days=30),
        3: day + timedelta(days=31),
        4: day + timedelta(days=90),
        5: day + timedelta(days=200),
        6: day - timedelta(days=1),
        7: None,
    }
    posts = [
        post(number, date(2024, 1, 1), certificate="消防设施操作员证" if number == 7 else "保安员证")
        for number in range(1, 9)
    ]
    kinds = {7: "消防设施操作员证"}
    found = {
        one["duty_id"].split("-")[0]: one
        for one in rows(
            built(posts, [held(n, n, date(2024, 1, 1), last, kinds.get(n, "保安员证")) for n, last in ends.items()]),
            "certificate_duties",
        )
        if one["is_current"]
    }
    told = {
        key: (
            one["is_valid"],
            one["is_expired"],
            one["is_expiring_30"],
            one["is_expiring_60"],
            one["is_expiring_90"],
            one["days_left"],
        )
        for key, one in found.items()
    }
    assert told == {
        "P1": (True, False, True, True, True, 0), "P2": (True, False, True, True, True, 30),
        "P3": (True, False, False, True, True, 31),
        "P4": (True, False, False, False, True, 90), "P5": (True, False, False, False, False, 200),
        "P6": (False, True, False, False, False, -1),
        "P7": (True, False, False, False, False, None), "P8": (False, False, False, False, False, None),
    }  # fmt: skip
    assert [key for key, one in found.items() if one["is_lacking"]] == ["P6", "P8"]


@pytest.mark.parametrize(
    ("more", "until"),
    [
        ({"status": "void", "revoked_on": date(2026, 5, 4)}, datetime(2026, 5, 4)),
        ({"status": "void", "export_time": datetime(2026, 6, 1, 8)}, datetime(2026, 6, 1, 8)),
        ({"status": "expired", "export_time": datetime(2026, 6, 1, 8)}, datetime(2026, 6, 1, 8)),
        ({"status": "valid"}, datetime(2027, 1, 2)),
    ],
)
def test_a_revoked_certificate_ends_when_it_was_revoked(more, until):
    (found,) = rows(
        built([post(1, date(2024, 1, 1))], [held(1, 1, date(2024, 1, 1), date(2027, 1, 1), **more)]), "certificates"
    )
    assert (
        found["expires_at"] == until and found["is_valid"] == (until > NOW) and found["is_expired"] != found["is_valid"]
    )


def test_without_an_end_a_certificate_proves_something_only_where_its_kind_is_for_life():
    posts = [post(number, date(2024, 1, 1)) for number in (1, 2, 3)]
    mixed = [
        held(1, 1, date(2024, 1, 1), date(2027, 1, 1)),
        held(2, 2, date(2024, 1, 1), date(2027, 1, 1)),
        held(3, 3, date(2024, 1, 1), None),
    ]
    models = built(posts, mixed)
    assert [(one["certificate_id"], one["is_valid"]) for one in rows(models, "certificates")] == [
        ("C1", True),
        ("C2", True),
        ("C3", False),
    ]
    assert [
        (one["is_lacking"], one["days_left"])
        for one in rows(models, "certificate_duties")
        if one["is_current"] and one["certificate_id"] == "C3"
    ] == [(True, None)]
    for_life = [held(number, number, date(2024, 1, 1), None) for number in (1, 2)] + [
        held(3, 3, date(2024, 1, 1), date(2025, 1, 1))
    ]
    assert [one["is_valid"] for one in rows(built(posts, for_life), "certificates")] == [True, True, False]


def test_people_are_found_by_name_where_a_list_has_no_numbers():
    found = rows(
        built(
            [post(1, date(2024, 1, 1)), post(2, date(2024, 1, 1))],
            [{**held(1, 1, date(2024, 1, 1), None), "person_number": None}],
        ),
        "certificate_duties",
    )
    assert {one["duty_id"].split("-")[0]: one["is_valid"] for one in found} == {"P1": True, "P2": False}


def test_a_name_two_people_share_proves_nothing():
    posts = [post(1, date(2024, 1, 1), person="same"), post(2, date(2024, 1, 1), person="same")]
    found = rows(
        built(posts, [{**held(1, 1, date(2024, 1, 1), None), "person": "same", "person_number": None}]),
        "certificate_duties",
    )
    assert not any(one["is_valid"] for one in found)


def test_a_certificate_of_another_kind_and_one_to_come_prove_nothing():
    certificates = [held(1, 1, date(2024, 1, 1), None, "健康证"), held(2, 1, date(2026, 11, 23), None)]
    found = rows(built([post(1, date(2024, 1, 1))], certificates), "certificate_duties")
    assert [(one["is_valid"], one["certificate_id"]) for one in found] == [(False, None)]


def test_nothing_is_asked_where_no_proof_was_ever_exported():
    assert rows(built([post(1, date(2024, 1, 1), items="灭火器")]), "certificate_duties") == []
    models = built([post(1, date(2024, 1, 1), items="灭火器")], [held(1, 1, date(2024, 1, 1), None)])
    assert len(rows(models, "certificate_duties")) == 1 and rows(models, "training_duties") == []


def test_those_never_examined_stay_in_the_denominator_per_item():
    posts = [
        post(1, date(2026, 1, 5), items="灭火器、消火栓", certificate=None),
        post(2, date(2026, 1, 5), items="灭火器使用", certificate=None),
        post(3, date(2026, 1, 5), certificate=None),
    ]
    exams = [sat(1, 1, datetime(2026, 3, 1, 9)), sat(2, 1, datetime(2026, 3, 1, 9), "缺考", "消火栓")]
    models = built(posts, exams=exams)
    now = [one for one in rows(models, "training_duties") if one["is_current"]]
    assert {
        (one["duty_id"].split("-")[0], one["category"]): (one["is_covered"], one["is_never_examined"]) for one in now
    } == {
        ("P1·灭火器", "灭火器"): (True, False),
        ("P1·消火栓", "消火栓"): (False, True),
        ("P2·灭火器", "灭火器"): (False, True),
    }


def test_an_examination_counts_for_a_year():
    found = rows(
        built(
            [post(1, date(2024, 1, 1), items="灭火器", certificate=None)], exams=[sat(1, 1, datetime(2025, 3, 1, 9))]
        ),
        "training_duties",
    )
    assert [(one["begin_at"], one["expires_at"], one["is_covered"]) for one in found] == [
        (datetime(2024, 1, 1), datetime(2024, 1, 1), False), (datetime(2025, 3, 1, 9), datetime(2026, 3, 1, 9), False),
    ]  # fmt: skip


def test_who_has_no_beginning_began_when_the_roster_named_him():
    (found,) = rows(
        built([post(1, None, export_time=datetime(2025, 9, 1, 8, 30))], [held(9, 9, date(2024, 1, 1), None)]), "posts"
    )
    assert found["begin_on"] == datetime(2025, 9, 1) and found["is_in_post"]


def test_a_planned_post_is_none_yet():
    (found,) = rows(built([post(1, date(2026, 12, 1))]), "posts")
    assert not found["is_post"] and not found["is_in_post"]


def test_guards_trained_and_certified_from_the_day_they_were():
    guards = [
        guard(1, date(2026, 1, 1), trained_on=date(2026, 1, 20), certificate_number="c1"),
        guard(2, date(2026, 1, 1), left_on=date(2026, 6, 30), trained_on=date(2025, 12, 20)),
        guard(3, date(2026, 9, 1), certified_on=date(2026, 10, 1)),
    ]
    models = built(guards=guards)
    told = {
        (one["contractor_id"], one["level"]): one["is_met"]
        for one in rows(models, "contractor_duties")
        if one["is_current"]
    }
    assert told == {
        ("G1", "岗前培训"): True,
        ("G1", "保安员证"): True,
        ("G3", "岗前培训"): False,
        ("G3", "保安员证"): True,
    }
    assert {one["contractor_id"]: (one["is_in_post"], one["is_left"]) for one in rows(models, "contractors")} == {
        "G1": (True, False),
        "G2": (False, True),
        "G3": (True, False),
    }


def test_turnover_counts_days_in_post_and_leavers_by_week():
    guards = [
        guard(1, date(2026, 11, 2), export_time=datetime(2026, 11, 9)),
        guard(2, date(2026, 11, 2), left_on=date(2026, 11, 11), export_time=datetime(2026, 11, 9)),
    ]
    models = built(guards=guards, now=datetime(2026, 11, 15, 12))
    assert [(one["week_at"], one["person_days"], one["people_left"]) for one in models.run("contractor_weeks")] == [
        (datetime(2026, 11, 9), 7 + 3, 1)
    ]


def test_said_gone_without_a_day_is_gone_from_the_export_that_said_so():
    (found,) = rows(
        built(guards=[guard(1, date(2026, 1, 1), status="out", export_time=datetime(2026, 10, 3, 9))]), "contractors"
    )
    assert (found["left_on"], found["is_in_post"], found["is_left"]) == (datetime(2026, 10, 3), False, True)
