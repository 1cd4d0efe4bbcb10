"""Pivots agree with pandas on random tables: every cell, every total, the grand total, and what stands together under
其他."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.ask.selection import DIMENSIONS, UNRECOGNISED, WEEKDAYS, Scope, Selection
from metrics.ask.window import Window
from metrics.compare import pivot_words
from metrics.compare.pivot import NAMES, OTHER, pivot
from metrics.compare.pivot_compare import change_words, two_periods, two_places
from metrics.define import catalogue
from metrics.define.errors import UnknownName
from tests.metrics.conftest import HOME, NOW, random_rows, ticket

WINDOW = Window(date(2026, 6, 20), date(2026, 12, 1))
METRICS = (
    "ticket_count",
    "ticket_on_time_rate",
    "hazard_on_time_rate",
    "time_to_close",
    "drill_participation_rate",
    "lesson_people",
    "survey_item_score",
)
PAIRS = [
    ("building", "category"),
    ("term", "branch"),
    ("kind", "week"),
    ("hour", "weekday"),
    ("unit", "month"),
    ("channel", "level"),
    ("grid", ""),
    ("week", "category"),
]


def keyed(rows: pd.DataFrame, name: str, time: str, calendar: pd.DataFrame) -> pd.Series:
    """The key of every row, worked out by pandas alone."""
    if name in DIMENSIONS:
        return rows[DIMENSIONS[name].column].where(rows[DIMENSIONS[name].column].notna(), DIMENSIONS[name].missing)
    days = rows[time].dt.normalize()
    return {
        "weekday": lambda: days.dt.day_of_week.map(dict(enumerate(WEEKDAYS))),
        "hour": lambda: rows[time].dt.hour,
        "week": lambda: days - pd.to_timedelta(days.dt.day_of_week, unit="D"),
        "month": lambda: days - pd.to_timedelta(days.dt.day - 1, unit="D"),
        "term": lambda: days.map(calendar),
    }[name]()


def spans(build) -> pd.Series:
    """Day → first day of the term or holiday it lies in."""
    days = build.query("SELECT day, coalesce(term_id, phase) AS name FROM calendar ORDER BY day")
    days["day"] = pd.to_datetime(days["day"])
    run = (days["name"] != days["name"].shift()).cumsum()
    return days.groupby(run)["day"].transform("first").set_axis(days["day"])


def cohort(build, metric) -> pd.DataFrame:
    """The rows of the window that count."""
    rows = build.query(
        f"SELECT fact.*, house.kind FROM {metric.table} fact LEFT JOIN buildings house USING (building_id)"
    )
    inside = (rows[metric.time] >= pd.Timestamp(WINDOW.start)) & (rows[metric.time] < pd.Timestamp(WINDOW.end))
    return rows[inside & rows[metric.cohort].astype(bool)] if metric.cohort else rows[inside]


def told(metric, rows: pd.DataFrame) -> tuple[float, float, float]:
    """(part, whole, value) of some rows, from the catalogue's own words."""
    if metric.kind.name == "ratio":
        part, whole = rows[metric.part].sum(), rows[metric.whole].sum()
    elif metric.kind.name in ("sum", "mean"):
        counted = rows[rows[metric.whole].astype(bool) & rows[metric.part].notna()]
        part, whole = counted[metric.part].sum(), len(counted)
    else:
        counted = rows[rows[metric.whole].astype(bool)]
        part, whole = counted[metric.part].astype(bool).sum(), len(counted)
        if metric.kind.name == "duration":
            return part, whole, median(metric, counted)
    return part, whole, part if metric.is_amount else part / whole if whole else np.nan


def median(metric, rows: pd.DataFrame) -> float:
    """Kaplan–Meier by statsmodels; what closed before it opened was never watched."""
    ended = rows[metric.part].astype(bool) & (rows[metric.end] >= rows[metric.time])
    hours = (rows[metric.end].fillna(NOW).clip(upper=NOW) - rows[metric.time]).dt.total_seconds() / 3600
    hours = hours.where(ended | ~rows[metric.part].astype(bool), 0).clip(lower=0)
    watched = ended | (hours > 0)
    if not ended.any():
        return np.nan
    curve = SurvfuncRight(hours[watched].to_numpy(), ended[watched].astype(int).to_numpy())
    below = np.flatnonzero(curve.surv_prob <= 0.5 + 1e-9)
    return curve.surv_times[below[0]] if len(below) else np.nan


def agree(metric, shown: pd.DataFrame, rows: pd.DataFrame, keys: list[str]) -> None:
    groups = dict(list(rows.groupby(keys))) if len(rows) else {}
    seen = 0
    for one in shown.to_dict("records"):
        mine = groups.get(tuple(one[key] for key in keys), rows.iloc[:0])
        part, whole, value = told(metric, mine)
        seen += len(mine)
        assert (one["part"], one["whole"]) == pytest.approx((part, whole)), one
        if not np.isnan(one["value"]) or whole:
            assert one["value"] == pytest.approx(value, nan_ok=True), one
    assert seen == len(rows), "every row stands somewhere"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_cells_and_every_total_agree_with_pandas(draw, campus, seed):
    """Drawn and random tables, three sizes of table, small limits so that 其他 is nearly always there."""
    random, drawn = np.random.default_rng(seed), draw(**random_rows(seed, 120))
    for key in METRICS:
        metric = catalogue.get(key)
        build = drawn if metric.table in ("tickets", "hazards", "drills") else campus
        records, calendar = cohort(build, metric), spans(build)
        for at in random.choice(len(PAIRS), 2, replace=False):
            row, column = PAIRS[at]
            most = tuple(int(number) for number in random.integers(3, 9, 2))
            most = tuple(
                max(size, {"weekday": 7, "hour": 24}.get(name, 0))
                for size, name in zip(most, (row, column), strict=True)
            )
            found = pivot(build, metric, WINDOW, row, column, order=str(random.choice(["size", "name"])), most=most)
            rows = records.assign(
                row=keyed(records, row, metric.time, calendar),
                **({"column": keyed(records, column, metric.time, calendar)} if column else {}),
            )
            for side, totals in (("row", found.rows), ("column", found.columns))[: 2 if column else 1]:
                assert len(totals) <= most[0 if side == "row" else 1] and totals[side].is_unique
                rows[side] = rows[side].astype(object).where(rows[side].isin(set(totals[side])), OTHER)
                assert (OTHER in set(totals[side])) == bool(getattr(found, f"hidden_{side}s"))
                agree(metric, totals, rows, [side])
            if column:
                assert len(found.cells) == len(found.rows) * len(found.columns)
                agree(metric, found.cells, rows, ["row", "column"])
            assert (found.grand["part"], found.grand["whole"], found.grand["value"]) == pytest.approx(
                told(metric, rows), nan_ok=True
            )


def test_filters_and_rights_narrow_every_cell_and_total(campus):
    only, scope = Selection(categories=("水电", "未填写")), Scope(branches=("B1",))
    found = pivot(campus, "ticket_count", WINDOW, "building", "category", only, scope)
    rows = cohort(campus, catalogue.get("ticket_count"))
    rows = rows[
        rows["is_ticket"] & rows["branch_id"].eq("B1") & (rows["category"].isna() | rows["category"].eq("水电"))
    ]
    assert found.grand["value"] == len(rows) == found.cells["part"].sum()
    assert set(found.rows["row"]) == {building for building, (_, branch) in HOME.items() if branch == "B1"}


def test_every_dimension_goes_with_every_kind(campus):
    """What stands at a moment is not added over weeks; a streak is never added."""
    kinds = {metric.kind: metric for metric in reversed(catalogue.all())}
    for metric in kinds.values():
        for row, column in (("building", "week"), ("term", "unit")):
            found = pivot(campus, metric, WINDOW, row, column, most=(24, 24))
            assert list(found.cells.columns[:2]) == ["row", "column"] and len(found.cells) == len(found.rows) * len(
                found.columns
            )
    open_now = pivot(campus, "hazard_overdue_open", WINDOW, "building", "week")
    last = open_now.columns[open_now.columns["value"].notna()].iloc[-1]
    assert open_now.grand["part"] == last["part"] == open_now.rows["part"].sum() < open_now.cells["part"].sum()


def test_empty_is_not_zero_and_the_unknown_is_never_hidden(draw):
    build = draw(
        tickets=[
            ticket(1, datetime(2026, 11, 2), building_id="D03"),
            ticket(2, datetime(2026, 11, 3), building_id=None, grid_id=None, branch_id=None),
        ]
    )
    found = pivot(build, "ticket_count", Window(date(2026, 11, 2), date(2026, 11, 30)), "building", "week", most=(3, 3))
    assert found.rows["row"].tolist() == ["D03", UNRECOGNISED, OTHER] and found.rows["value"].tolist() == [1, 1, 0]
    assert found.columns["column"].tolist()[0] == OTHER and found.hidden_columns == 2
    week = found.cells[(found.cells["row"] == "D03")].set_index("column")["value"]
    assert week.isna().tolist() == [False, False, True], "a week that has not begun is empty"


@pytest.mark.parametrize(
    ("row", "column"), [("building", "building"), ("week", "term"), ("nobody", ""), ("", ""), ("building", "day; DROP")]
)
def test_names_are_checked_against_a_list(campus, row, column):
    with pytest.raises(UnknownName):
        pivot(campus, "ticket_count", WINDOW, row, column)


def test_every_dimension_has_a_name():
    assert set(NAMES) == {*DIMENSIONS, "weekday", "hour", "week", "month", "term"}


def say(_name: str, key: object) -> str:
    return str(key)


def many(first: int, count: int, day: datetime, good: int, **place) -> list[dict]:
    """Tickets due on one day, `good` of them closed in time."""
    return [
        ticket(
            first + n, day, day + pd.Timedelta(hours=1) if n < good else None, due=day + pd.Timedelta(hours=9), **place
        )
        for n in range(count)
    ]


def test_two_places_differ_in_points_and_small_ones_are_only_counted(draw):
    """60 / 80 against 30 / 60 by hand: 25.0 百分点; of 火警 there are too few to compare."""
    day = datetime(2026, 11, 3, 9)
    build = draw(
        tickets=[
            *many(0, 80, day, 60, building_id="D03", category="水电"),
            *many(100, 60, day, 30, building_id="D10", category="水电"),
            *many(200, 4, day, 1, building_id="D03", category="火警"),
        ]
    )
    found = two_places(
        build,
        "ticket_on_time_rate",
        Window(date(2026, 11, 2), date(2026, 11, 9)),
        "building",
        ("D03", "D10"),
        "category",
    )
    assert change_words(found.metric, found.rows["水电"]) == "+25.0 百分点" and found.differing == ["水电"]
    assert (found.rows["火警"].now_part, found.rows["火警"].now_whole, found.rows["火警"].base_whole) == (1, 4, 0)
    assert change_words(found.metric, found.rows["火警"]) == "—"
    assert (
        pivot_words.compared(found, say)
        == "按时办结率：3号楼 72.6 %（61 / 84），10号楼 50.0 %（30 / 60）（前者高 22.6 百分点），比10号楼明显偏高；"
        "逐个类别看，水电（+25.0 百分点）明显偏高"
    )


def test_two_periods_keep_what_only_one_of_them_has_and_say_when_nothing_differs(draw):
    now, before = datetime(2026, 11, 10, 9), datetime(2026, 11, 3, 9)
    build = draw(
        tickets=[
            *many(0, 40, now, 40, building_id="D03", category="水电"),
            *many(100, 44, before, 44, building_id="D03", category="水电"),
            *many(200, 3, before, 3, building_id="D03", category="门锁"),
            ticket(300, datetime(2026, 10, 20)),
        ]
    )
    week = Window(date(2026, 11, 9), date(2026, 11, 16))
    found = two_periods(
        build, "ticket_count", week, Window(date(2026, 11, 2), date(2026, 11, 9)), "环比", "上周", "category"
    )
    assert found.grand.sentence == "工单量 40 单，较上周减少 14.9 %（上周 47 单）。"
    assert (found.rows["门锁"].now, found.rows["门锁"].base) == (0, 3) and change_words(
        found.metric, found.rows["门锁"]
    ) == "不足 30，只看数量"
    assert pivot_words.compared(found, say).endswith("，与上周比，正常波动；逐个看，各类别都在正常波动内")


def test_a_pivot_says_its_largest_cell_and_its_share_or_that_nothing_differs(draw):
    day = datetime(2026, 11, 3, 9)
    build = draw(
        tickets=[
            *many(0, 60, day, 50, building_id="D03", category="水电"),
            *many(100, 40, day, 34, building_id="D10", category="门锁"),
        ]
    )
    window = Window(date(2026, 11, 2), date(2026, 11, 9))
    said = pivot_words.sentence(pivot(build, "ticket_count", window, "building", "category"), say)
    assert said == "工单量 100 单：最大的一格是 D03 · 水电，60 单，占 60.0 %；各楼宇在类别上的分布不一样"
    rates = pivot(build, "ticket_on_time_rate", window, "building", "category")
    assert pivot_words.sentence(rates, say) == "按时办结率 84.0 %（84 / 100）：各楼宇都在正常波动内"
    odd = "1 格明显偏多"
    assert pivot_words.sentence(rates, say, odd) == f"按时办结率 84.0 %（84 / 100）：各楼宇都在正常波动内；{odd}"
    assert pivot_words.sentence(pivot(build, "ticket_count", window, "building", "category"), say, odd).endswith(
        f"占 60.0 %；{odd}"
    )
