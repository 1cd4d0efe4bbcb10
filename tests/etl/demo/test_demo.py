"""The demonstration campus as drawn: the same bytes every time, the promised sizes, every planted
truth, nothing else."""

import hashlib
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest, chi2_contingency, kstest

from etl import demo
from etl.demo.form import truth
from warehouse.errors import UserError
from warehouse.paths import REPOSITORY

SCHOOL = REPOSITORY / "data" / "school"


@pytest.fixture(autouse=True)
def own_school(monkeypatch):
    """The school in the repository, whatever CAMPUS_DATA says on this machine."""
    monkeypatch.setenv("CAMPUS_DATA", str(REPOSITORY / "data"))


@pytest.fixture(scope="module")
def full():
    """(frames, planted, autumns) of the full campus, nothing written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPUS_DATA", str(REPOSITORY / "data"))
        return demo.draw(years=4.0, scale=1.0, seed=20260901, data_date=truth.DATA_DATE)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.slow
def test_two_runs_are_the_same_bytes(tmp_path):
    seen = []
    demo.generate(tmp_path / "a", years=1, scale=0.05)
    demo.generate(tmp_path / "b", years=1, scale=0.05, progress=lambda done, total, name: seen.append((done, total)))
    first = digests(tmp_path / "a")
    assert first == digests(tmp_path / "b")
    assert seen == [(done, len(first) - 1) for done in range(1, len(first))]
    demo.generate(tmp_path / "b", years=1, scale=0.05, seed=7)
    assert first != digests(tmp_path / "b")


def test_a_former_run_leaves_nothing_behind(tmp_path):
    (tmp_path / "守护码工单_19990101000000.xlsx").write_bytes(b"old")
    demo.generate(tmp_path, years=1, scale=0.02)
    assert not list(tmp_path.glob("*1999*"))


@pytest.mark.parametrize(
    ("frame", "moment", "low", "high"),
    [("tickets", "opened", 10_000, 12_500), ("hazards", "found", 2_500, 3_500), ("drills", "held", 120, 180)],
)
def test_a_school_year_has_the_promised_size(full, frame, moment, low, high):
    frames, _, autumns = full
    days = frames[frame][moment].astype("datetime64[D]")
    for first, following in zip(autumns, autumns[1:], strict=False):
        assert low <= ((days >= np.datetime64(first)) & (days < np.datetime64(following))).sum() <= high
    assert days.max() < np.datetime64(truth.DATA_DATE.date()) + 1


def test_evenings_are_busy_and_holidays_nearly_empty(full):
    opened = full[0]["tickets"]["opened"]
    hours = np.bincount((opened - opened.astype("datetime64[D]")).astype(int) // 3600, minlength=24)
    assert hours[19:22].sum() > 3 * hours[3:6].sum() * 4
    days = np.bincount((opened.astype("datetime64[D]") - np.datetime64("2022-08-29")).astype(int))
    at = lambda day: (date.fromisoformat(day) - date(2022, 8, 29)).days  # noqa: E731
    assert days[at("2026-02-01") : at("2026-02-28")].mean() < 0.2 * days[at("2026-04-13") : at("2026-05-01")].mean()


def test_ten_units_share_one_on_time_rate(full):
    rows = full[0]["tickets"]
    counted = np.isnat(rows["voided"]) & (rows["due"] <= np.datetime64(truth.DATA_DATE))
    on_time = rows["closed"] <= rows["due"]
    assert set(rows["unit"]) == set(truth.UNITS)
    for column in ("unit", "building", "category", "level"):
        table = [
            [np.sum(on_time & counted & (rows[column] == one)), np.sum(~on_time & counted & (rows[column] == one))]
            for one in sorted(set(rows[column]))
        ]
        assert chi2_contingency(table).pvalue > 0.001, column


def test_branches_differ_only_where_planted(full):
    rows, planted = full[0]["hazards"], full[1]
    known = np.isnat(rows["voided"]) & (rows["due"] < np.datetime64(truth.DATA_DATE.date())) & ~rows["undated"]
    known &= rows["due"].astype("datetime64[M]") != np.datetime64("2025-12")
    after = rows["due"] >= np.datetime64("2026-03-01")
    on_time = rows["closed"] <= rows["due"]
    for branch in sorted(set(rows["branch"]) - {""}):
        for later in (False, True):
            expected = {"B5": 0.72, "B3": 0.93 if later else 0.70}.get(branch, 0.85)
            mask = known & (rows["branch"] == branch) & (after == later)
            assert binomtest(int((on_time & mask).sum()), int(mask.sum()), expected).pvalue > 0.002, (branch, later)
    assert planted["improving_branch"].from_day == date(2026, 3, 1)


def test_the_e_bike_cluster_is_strong_in_every_one_of_its_weeks(full):
    frames, planted, _ = full
    signal = planted["ebike_cluster"]
    assert (signal.from_day, signal.to_day) == (date(2026, 10, 26), date(2026, 11, 21))
    for frame, moment, least in (("tickets", "opened", 10), ("hazards", "found", 6)):
        rows = frames[frame]
        here = (rows["building"] == "D03") & (rows["category"] == "电动车充电")
        weeks = (rows[moment][here].astype("datetime64[D]") - np.datetime64("2026-10-26")).astype(int) // 7
        counts = Counter(weeks.tolist())
        assert all(counts[week] >= least for week in range(4)), counts
        assert max(counts[week] for week in range(-100, 0)) <= 3


def test_fraud_is_about_three_times_as_common_in_the_first_four_weeks(full):
    rows = full[0]["tickets"]
    fraud = rows["opened"][rows["category"] == "诈骗"].astype("datetime64[D]")
    wave = ((fraud >= np.datetime64("2026-08-31")) & (fraud < np.datetime64("2026-09-28"))).sum()
    same_weeks = [
        ((fraud >= np.datetime64(first)) & (fraud < np.datetime64(first) + 28)).sum()
        for first in ("2022-08-29", "2023-09-04", "2024-09-02", "2025-09-01")
    ]
    assert 2.3 < wave / np.mean(same_weeks) < 3.8


def test_the_silent_grid_is_silent_and_was_not_before(full):
    for frame, moment in (("tickets", "opened"), ("hazards", "found")):
        rows = full[0][frame]
        days = rows[moment][rows["grid"] == "G08"].astype("datetime64[D]")
        assert days.max() < np.datetime64("2026-10-12")
        assert (days >= np.datetime64("2026-09-28")).sum() > 0


def test_the_deadline_month_closes_on_deadlines_only(full):
    rows = full[0]["hazards"]
    due = rows["due"][np.isnat(rows["voided"]) & (rows["due"].astype("datetime64[M]") == np.datetime64("2025-12"))]
    month = rows["closed"].astype("datetime64[M]") == np.datetime64("2025-12")
    assert month.sum() == len(due) > 150
    assert (rows["closed"][month] == rows["due"][month]).all()
    other = rows["closed"].astype("datetime64[M]") == np.datetime64("2025-11")
    assert (rows["closed"][other] == rows["due"][other]).mean() < 0.35


def test_the_bicycle_campaign_takes_its_share(full):
    rows, planted = full[0]["tickets"], full[1]
    signal = planted["bicycle_campaign"]
    assert (signal.from_day, signal.to_day) == (date(2026, 10, 12), date(2026, 11, 8))
    mine = (rows["category"] == "自行车被盗") & np.isin(rows["building"], ["D08", "D25", "D36"])
    days = rows["opened"][mine].astype("datetime64[D]")
    inside = signal.holds(days).sum()
    usual = [signal.holds(days + 364 * years).sum() for years in (1, 2, 3)]
    assert 0.3 < inside / np.mean(usual) < 0.85


def test_the_rest_is_plain_chance(full):
    """Weeks of an untouched building scatter like Poisson around the campus's rhythm: their p-values are even."""
    rows = full[0]["tickets"]
    week = (rows["opened"].astype("datetime64[D]") - np.datetime64("2022-08-29")).astype(int) // 7
    quiet = sorted(set(rows["building"]) - {"", "D03", "C02", "D08", "D25", "D36"})
    quiet = [one for one in quiet if one not in {"D31", "D32", "D33", "D34"}]
    table = np.array([np.bincount(week[rows["building"] == one], minlength=220)[:214] for one in quiet])
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    scaled = ((table - expected) ** 2 / np.maximum(expected, 1e-9)).sum(axis=1) / table.shape[1]
    assert 0.9 < scaled.mean() < 1.15
    assert kstest((scaled - 1) * np.sqrt(table.shape[1] / 2), "norm", args=(0, 1.3)).pvalue > 1e-4


def test_an_earlier_data_date_ends_there(tmp_path):
    at = datetime(2025, 5, 11, 8)
    frames, planted, _ = demo.draw(years=1, scale=0.1, seed=1, data_date=at)
    assert frames["tickets"]["opened"].max() < np.datetime64(at)
    assert "improving_branch" not in planted and planted["fraud_wave"].from_day == date(2024, 9, 2)


def test_another_schools_buildings_are_refused_in_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "school").mkdir()
    lines = (SCHOOL / "buildings.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "school" / "buildings.csv").write_text("\n".join(lines[:3]), encoding="utf-8")
    monkeypatch.setenv("CAMPUS_DATA", str(tmp_path))
    with pytest.raises(UserError, match="楼宇清单"):
        demo.generate(tmp_path / "out", years=1, scale=0.02)
