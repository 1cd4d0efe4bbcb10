"""What must hold for every metric of the catalogue, whatever the rows are."""

from datetime import date

import pytest

from metrics.ask import members
from metrics.ask.measure import measure, total
from metrics.ask.records import records
from metrics.ask.selection import ALL, DIMENSIONS, EVERYTHING, UNRECOGNISED, Scope, Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from tests.pages.sampled import DRAWN, METRICS

SUMMED = ("sum", "mean", "sum_per_residents")  # their part is a number of each row added up
BY_PEOPLE = ("per_residents", "sum_per_residents")
WINDOW = Window(date(2026, 6, 1), date(2026, 12, 1))
EVERY_METRIC = pytest.mark.parametrize("metric", catalogue.all(), ids=lambda one: one.key)
EVERY_KIND = pytest.mark.parametrize(
    "metric", METRICS, ids=lambda one: one.key
)  # what is asked with it depends on the kind alone
FILTERS = [
    (ALL, EVERYTHING),
    (Selection(buildings=("D03", UNRECOGNISED)), EVERYTHING),
    (Selection(kinds=("宿舍",), categories=("水电", "未填写")), EVERYTHING),
    (ALL, Scope(branches=("B2",), units=("保卫处",))),
    (Selection(grids=("G01",)), Scope(buildings=("D03", "T01"))),
]
# every filter for the first tables, one filter with a scope for all others: the same code asks them
EVERY_METRIC_AND_FILTER = pytest.mark.parametrize(
    ("metric", "only", "scope"),
    [(one, *asked) for one in catalogue.all() for asked in (FILTERS if one.table in DRAWN else FILTERS[-1:])],
    ids=lambda one: one.key if hasattr(one, "key") else "",
)
EVERY_KIND_AND_FILTER = pytest.mark.parametrize(
    ("metric", "only", "scope"),
    [(one, *asked) for one in METRICS for asked in (FILTERS if one.table in DRAWN else FILTERS[-1:])],
    ids=lambda one: one.key if hasattr(one, "key") else "",
)


@EVERY_KIND
def test_part_never_exceeds_whole(campus, metric):
    for by, every in ((None, "week"), (("building", "category"), None), ("unit", "month"), (("weekday", "hour"), None)):
        if (metric.kind.name == "streak" and every is None) or (
            metric.table not in DRAWN and by in ("unit", ("weekday", "hour"))
        ):
            continue
        answer = measure(campus, metric, WINDOW, by, every)
        assert (answer["part"] <= answer["whole"]).all() or metric.kind.name in (*SUMMED, *BY_PEOPLE)
        assert (answer["part"] >= 0).all()


@EVERY_KIND_AND_FILTER
def test_groups_add_up_to_the_total(campus, metric, only, scope):
    if metric.kind.name == "streak":
        pytest.skip("days since an event do not add up")
    whole = total(campus, metric, WINDOW, only, scope)
    names = DIMENSIONS if metric.table in DRAWN else ("building", "unit")
    for name in [*names, "hour", *([] if metric.is_standing else ["week", "month"])]:
        answer = measure(campus, metric, WINDOW, name, only=only, scope=scope)
        assert answer["part"].sum() == pytest.approx(whole["part"]), name
        if metric.kind.name not in BY_PEOPLE:
            assert answer["whole"].sum() == whole["whole"], name


@EVERY_METRIC_AND_FILTER
def test_the_records_behind_a_number_are_as_many_as_the_number(campus, metric, only, scope):
    number = total(campus, metric, WINDOW, only, scope)
    if metric.kind.name == "streak":
        pytest.skip("a streak counts days, not records")
    if metric.kind.name == "ratio":
        rows, _ = records(campus, metric, WINDOW, only, columns=(metric.part, metric.whole), scope=scope, limit=None)
        assert (rows[metric.part].sum(), rows[metric.whole].sum()) == (number["part"], number["whole"])
        return
    if metric.kind.name in SUMMED:
        rows, found = records(campus, metric, WINDOW, only, columns=(metric.part,), scope=scope, limit=None)
        assert rows[metric.part].sum() == pytest.approx(number["part"])
        assert metric.kind.name == "sum_per_residents" or found == number["whole"]
        return
    wanted = {"whole": number["whole"], "part": number["part"], "miss": number["whole"] - number["part"]}
    if metric.kind.name == "per_residents":
        wanted = {"whole": number["part"], "part": number["part"], "miss": 0}
    for which, count in wanted.items():
        rows, found = records(campus, metric, WINDOW, only, which, scope=scope, limit=None)
        assert found == count == len(rows), which


@EVERY_KIND
def test_every_cell_opens_as_many_records_as_it_shows(campus, metric):
    if metric.kind.name == "streak":
        pytest.skip("a streak counts days, not records")
    for by in (("building", "category"), ("weekday", "hour"), ("branch", "week"))[
        : None if metric.table in DRAWN else 1
    ]:
        cells = measure(campus, metric, WINDOW, by)
        for cell in cells[cells["part"] > 0].head(6).to_dict("records"):
            which = "whole" if metric.kind.name == "ratio" else "part"
            rows, found = records(
                campus,
                metric,
                WINDOW,
                ALL,
                which,
                {name: cell[name] for name in by},
                limit=None,
                columns=(metric.part,),
            )
            shown = rows[metric.part].sum() if metric.kind.name in ("ratio", *SUMMED) else found
            assert shown == pytest.approx(cell["part"])


@EVERY_KIND
def test_an_empty_cohort_shows_a_dash_and_never_a_hundred_per_cent(empty, metric):
    for by in (None, "building", ("weekday", "hour"))[: None if metric.table in DRAWN else 1]:
        answer = measure(empty, metric, WINDOW, by)
        if metric.kind.name in ("count", "sum", "stock"):
            assert (answer["value"] == 0).all()
            continue
        if metric.kind.name in BY_PEOPLE:
            answer = answer[answer["whole"] == 0]
        assert answer["value"].isna().all()
        assert {metric.show(value) for value in answer["value"]} <= {"—"}
        assert {metric.show_part_whole(row.part, row.whole) for row in answer.itertuples()} <= {"—"}


@EVERY_METRIC
def test_a_scope_hides_what_is_outside(campus, metric):
    scope = Scope(branches=("B2",))
    everything, seen = total(campus, metric, WINDOW), total(campus, metric, WINDOW, scope=scope)
    assert metric.kind.name == "streak" or (seen["part"] < everything["part"] and seen["part"] > 0)
    by_branch = measure(campus, metric, WINDOW, "branch", scope=scope)
    assert by_branch["branch"].tolist() == ["B2"]
    rows, _ = records(campus, metric, WINDOW, columns=("branch_id",), scope=scope, limit=None)
    assert set(rows["branch_id"]) == {"B2"}
    assert total(campus, metric, WINDOW, scope=Scope())["part"] == 0
    assert records(campus, metric, WINDOW, scope=Scope())[1] == 0


@EVERY_KIND
def test_missing_places_are_shown_under_their_name(campus, metric):
    shown = measure(campus, metric, WINDOW, "building")["building"].tolist()
    assert shown[:3] == ["D03", "D10", "T01"]
    assert shown[3:] == ([] if metric.table == "drill_obligations" else [UNRECOGNISED])


def test_every_metric_named_beside_another_exists():
    assert {one.beside for one in catalogue.all() if one.beside} <= {one.key for one in catalogue.all()}


def test_dimension_values_have_names(campus):
    assert members.name(campus, "building", "D10") == "10号楼"
    assert list(members.names(campus, "branch").values()) == ["第一党支部", "第二党支部"]
