"""The statistics against published answers, to the printed digits. The numbers stand here so that the tests run
anywhere; where the folder of real files exists, they are read from it as well."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from metrics.methods import funnel, many_tests, spc, survival, time_between

NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141
]  # fmt: skip
OUTLIER = [10.0 if position == 14 else value for position, value in enumerate(NORMAL)]
COST = [
    310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304, 305, 282,
    305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328
]  # fmt: skip
FAILURES = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


@pytest.fixture
def answers(real):
    return json.loads((real / "statistics" / "known_answers.json").read_text(encoding="utf-8"))


def table(real, name: str) -> pd.DataFrame:
    return pd.read_csv(real / "statistics" / f"{name}.csv")


@pytest.mark.parametrize(
    ("values", "screen", "expected"),
    [
        (NORMAL, True, (0.1416238, -3.01138, 3.294627)),
        (OUTLIER, True, (0.6694159, -2.383666, 3.722497)),
        (OUTLIER, False, (0.6694159, -4.596625, 5.935457)),
    ],
)
def test_xmr_limits_as_nhs_prints_them(values, screen, expected):
    found = spc.xmr(values, screen=screen)
    assert (found.mean, found.lower, found.upper) == pytest.approx(expected, rel=2e-6)


def test_xmr_limits_agree_with_the_file(answers):
    for name, values, screen in (
        ("r1", NORMAL, True),
        ("r2 (y[15]=10, screened)", OUTLIER, True),
        ("r3 (y[15]=10, unscreened)", OUTLIER, False),
    ):
        printed, found = answers["NHSR_XmR"][name], spc.xmr(values, screen=screen)
        assert (found.mean, found.lower, found.upper) == pytest.approx(
            (printed["mean"], printed["lpl"], printed["upl"]), rel=2e-6
        )


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        (spc.one_side, [1] * 8 + [-1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        (spc.trend, [1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1]),
        (spc.trend, [1, 2, 3, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0, 0]),
        (spc.trend, [2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        (spc.trend, [7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, -1]),
    ],
)
def test_runs_of_seven_as_nhs_prints_them(rule, values, expected):
    assert rule(values).tolist() == expected


def test_individuals_chart_of_montgomery_frozen_at_twenty():
    found = spc.xmr(COST, baseline=20, screen=False, scale=3 / 1.128)
    assert (found.mean, found.lower, found.upper) == pytest.approx((300.5, 279.78331, 321.21669), abs=5e-6)
    assert [at + 1 for at, rule in enumerate(found.special) if rule == spc.BEYOND] == [39, 40]


def test_control_limits_agree_with_every_point_of_the_reference_table(real):
    found, reference = (
        spc.xmr(table(real, "sys_tbl_06.07")["cost"], baseline=20, screen=False, scale=3 / 1.128),
        table(real, "ref_ex_6.5_3"),
    )
    assert [found.lower] * 40 == pytest.approx(reference["lcl"].tolist()) and [found.upper] * 40 == pytest.approx(
        reference["ucl"].tolist()
    )


def test_t_chart_of_montgomery_for_rare_events():
    found = time_between.t_chart(FAILURES)
    assert (found.centre, found.upper, found.lower) == pytest.approx((430.04095, 6937.93349, 0.0), abs=5e-6)


def test_poisson_funnel_limits_as_printed():
    low, high = funnel.poisson_limits(np.array([15, 20, 30]))
    assert low == pytest.approx([0.5596924, 0.610826, 0.6746958], abs=5e-8)
    assert high == pytest.approx([1.649348, 1.544419, 1.427562], abs=5e-7)
    low, high = funnel.poisson_limits(np.array([15, 20, 30]), 0.998)
    assert low == pytest.approx([0.386265, 0.4479107, 0.5289724], abs=5e-8)
    assert high == pytest.approx([2.082907, 1.902094, 1.702771], abs=5e-7)


def test_survival_of_the_lung_patients(real, answers):
    rows, printed = table(real, "survival_lung"), answers["Survival"]
    ended = (rows["status"] == 2).to_numpy()
    found = survival.kaplan_meier(rows["time"], ended)
    assert (found.n, found.closed, found.median) == (228, 165, printed["median"])
    assert [found.median_low, found.median_high] == printed["median_ci_loglog"]
    by_sex = {
        str(sex): survival.kaplan_meier(rows["time"][rows["sex"] == sex], ended[rows["sex"] == sex]).median
        for sex in (1, 2)
    }
    assert by_sex == printed["median_by_sex"]
    statistic, p = survival.logrank(rows["time"], ended, rows["sex"])
    assert (round(statistic, 4), round(p, 6)) == (printed["logrank_chisq"], printed["p"])


def test_kaplan_meier_agrees_with_statsmodels_on_tied_times(real):
    from statsmodels.duration.survfunc import SurvfuncRight

    rows = table(real, "survival_lung")
    ended = (rows["status"] == 2).to_numpy()
    found, other = survival.kaplan_meier(rows["time"], ended), SurvfuncRight(rows["time"], ended)
    at = np.searchsorted(found.times, other.surv_times)
    assert found.open_share[at] == pytest.approx(other.surv_prob)
    assert found.p90 == other.quantile(0.9)


def test_half_a_city_is_not_closed_in_two_hours(real):
    import duckdb

    rows = duckdb.sql(
        f"""SELECT date_diff('second', open_dt::TIMESTAMP,
                             coalesce(closed_dt::TIMESTAMP, TIMESTAMP '2022-09-16')) / 3600.0 AS hours,
                   closed_dt IS NOT NULL AS closed
            FROM read_csv('{real}/boston311/*.csv', all_varchar = true, union_by_name = true)"""
    ).df()
    closed, known = rows["closed"].to_numpy(bool), (rows["closed"] & (rows["hours"] >= 0)).to_numpy(bool)
    hours = np.maximum(rows["hours"].to_numpy(), 0)
    assert (len(rows), int((~closed).sum()), int((closed & ~known).sum())) == (46638, 17020, 10)
    assert round(survival.kaplan_meier(hours, known).median, 4) == 38.1775
    assert round(float(survival.quantiles(hours, known, np.zeros(len(rows), int))["value"].iloc[0]), 4) == 38.1775
    assert np.median(hours[known]) == pytest.approx(1.9594, abs=5e-5)


def test_corrected_p_values_agree_with_statsmodels():
    from statsmodels.stats.multitest import multipletests

    p = np.random.default_rng(5).uniform(size=200) ** 2
    assert many_tests.adjusted(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
    with_gap = many_tests.adjusted(np.array([0.01, np.nan, 0.5]))
    assert with_gap[[0, 2]] == pytest.approx([0.02, 0.5]) and np.isnan(with_gap[1])


def test_tails_agree_with_scipy():
    seen, mean, shape = np.array([0, 3, 10]), np.array([2.0, 2.0, 4.0]), np.array([3.0, 4.0, 50.0])
    chance = shape / (shape + mean)
    assert many_tests.poisson_more(seen, mean) == pytest.approx(stats.poisson.sf(seen - 1, mean))
    assert many_tests.poisson_fewer(seen, mean) == pytest.approx(stats.poisson.cdf(seen, mean))
    assert many_tests.negative_binomial_more(seen, mean, shape) == pytest.approx(
        stats.nbinom.sf(seen - 1, shape, chance)
    )
    assert many_tests.negative_binomial_fewer(seen, mean, shape) == pytest.approx(stats.nbinom.cdf(seen, shape, chance))
