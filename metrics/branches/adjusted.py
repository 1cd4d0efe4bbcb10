"""Branches compared fairly: what each would have if the kinds of place it looks after did as those kinds do over the
campus.

Indirect standardisation by kind of building. The distance of a branch from its expected share is taken on the arcsine
scale, where it depends on its size alone, and judged there by the funnel's limits and by shrinkage; the limits are put
back on the branch's own scale, so that those printed are those that judge. The funnel makes no allowance for ordinary
differences between branches: of so few, one real laggard would widen the limits until it hides itself. A kind that one
branch alone looks after cannot tell the place from the branch: its expected share is the campus's, and where the kinds
really differ a branch mostly of such kinds is compared with nobody.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from metrics.ask import terms
from metrics.ask.window import Window
from metrics.define.small_numbers import BRANCHES_FROM
from metrics.methods import funnel, shrink
from metrics.methods.verdict import FEW, HEIGHT, NOTHING, Verdict
from warehouse import Build

NOT_ALIKE, NOT_COMPARED = "没有同类可比", "没有同类可比，不排名"
AGAINST = "预期"
LIMITS = ("low95", "high95", "low998", "high998")
# of reviews, at most, in which anybody at all is placed though nobody differs; shared by the outcomes compared
FAMILY = 0.05
HALF = 0.5
LEAST_SCALE = 0.5  # of the variance: beyond it a branch is compared with little but itself
LIVED_IN = ("教工公寓", "校门")  # open on every day of the year; other kinds on days of term outside public holidays


def judged(cells: pd.DataFrame, better: str, outcomes: int = 1) -> pd.DataFrame:
    """Standings of one rate. `cells`: branch, kind, part, whole; `outcomes`: how many rates are compared together.

    One row a branch, in the order given: part, whole, value, expected (a part), verdict with the limits it is judged by
    (what chance allows round the expected), p_worst_third, rank (1 worst, or None), word. NaN where the whole is 0:
    「—」, never 100 %.
    """
    branches, part, whole = _tables(cells)
    should, alone, own = _expected(part, whole)
    size = whole.sum(axis=1)
    odd = (size > 0) & (alone > HALF) & shrink.beta_binomial(part.sum(axis=0), whole.sum(axis=0)).differs
    here = np.flatnonzero((size > 0) & ~odd)
    chance, rank = np.full(len(branches), np.nan), np.full(len(branches), None)
    told = np.array(
        [
            Verdict(FEW if cases > 0 else NOTHING, against=AGAINST, n=float(cases), named=NOT_ALIKE if alone else "")
            for cases, alone in zip(size, odd, strict=True)
        ],
        dtype=object,
    )
    word = np.where(odd, NOT_COMPARED, shrink.TOO_SMALL).astype(object)
    if len(here) >= BRANCHES_FROM:
        compared = _compared(
            part.sum(axis=1)[here], size[here], should[here], own[here], better, FAMILY / max(outcomes, 1), outcomes
        )
        for column, values in zip((told, chance, rank, word), compared, strict=True):
            column[here] = values
    with np.errstate(invalid="ignore"):
        value = part.sum(axis=1) / np.where(size > 0, size, np.nan)
    return pd.DataFrame(
        {
            "branch": branches,
            "part": part.sum(axis=1),
            "whole": size,
            "value": value,
            "expected": should,
            "verdict": told,
            "p_worst_third": chance,
            "rank": rank,
            "word": word,
        }
    )


def _tables(cells: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Branches in the order given; part and whole as tables of branches × kinds."""
    rows, branches = pd.factorize(cells["branch"])
    columns, kinds = pd.factorize(cells["kind"])
    part, whole = np.zeros((2, len(branches), len(kinds)))
    np.add.at(part, (rows, columns), cells["part"].to_numpy(float))
    np.add.at(whole, (rows, columns), cells["whole"].to_numpy(float))
    return list(branches), part, whole


def _expected(part: np.ndarray, whole: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per branch: the part to be expected; the share of its whole in kinds no other branch looks after; how much of
    what it is measured by is itself (0 to 1): the share of its own cases in each kind, weighted by them."""
    single = (whole > 0).sum(axis=0) == 1
    size = whole.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        common = part.sum() / whole.sum()
        rate = np.where(single, common, part.sum(axis=0) / whole.sum(axis=0))
        alone = np.nan_to_num(whole[:, single].sum(axis=1) / size)
        among = np.where(single, whole.sum(), whole.sum(axis=0))
        own = np.nan_to_num((whole * np.nan_to_num(whole / among)).sum(axis=1) / size)
    return np.where(size > 0, whole @ np.nan_to_num(rate), np.nan), alone, own


def _compared(
    part: np.ndarray,
    whole: np.ndarray,
    should: np.ndarray,
    own: np.ndarray,
    better: str,
    level: float,
    outcomes: int,
) -> tuple[np.ndarray, np.ndarray, list[int | None], list[str]]:
    """Verdict, chance of the worst third, rank and its word of branches that can be compared, all with cases.

    A branch is part of what it is measured by, which draws the expected towards it: the variance of its distance is
    smaller by 1 − own, so the distance is taken in units of √(1 − own); otherwise a laggard with a third of all
    laboratories hides itself.
    """
    common, scale = _angle(part.sum() / whole.sum()), np.sqrt(np.maximum(1 - own, LEAST_SCALE))
    alike = np.rint(_share(common + (_angle(part / whole) - _angle(should / whole)) / scale) * whole)
    law = shrink.beta_binomial(alike, whole, "high" if better == "down" else "low", level)
    limits = funnel.funnel(pd.DataFrame({"part": alike, "whole": whole}), over=False).frame
    bounds = {name: _own(limits[name].to_numpy(), common, _angle(should / whole), scale) for name in LIMITS}
    told = funnel.judged(part / whole, bounds, against=AGAINST, sides=HEIGHT, n=whole)
    told = [replace(one, looks=one.looks * max(outcomes, 1)) for one in told]
    verdicts = np.empty(len(part), dtype=object)
    verdicts[:] = told
    return verdicts, law.p_worst_third, law.rank, [law.word(at) for at in range(len(part))]


def _own(limit: np.ndarray, common: np.ndarray, should: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """A limit round the common share, put round the branch's own; what allows all or none of the cases still does."""
    own = _share(should + (_angle(limit) - common) * scale)
    return np.where((limit <= 0) | (limit >= 1), limit, own)


def _angle(share: np.ndarray | float) -> np.ndarray:
    return np.arcsin(np.sqrt(np.clip(share, 0, 1)))


def _share(angle: np.ndarray) -> np.ndarray:
    return np.sin(np.clip(angle, 0, np.pi / 2)) ** 2


def person_days(build: Build, window: Window) -> pd.DataFrame:
    """Residents × open days of every branch and kind of building, up to the data date: branch, kind, exposure."""
    weeks, until = _open_days(build, window), terms.last_whole_day(build)
    houses = build.query(
        "SELECT branch_id AS branch, kind, sum(residents)::DOUBLE AS people FROM buildings WHERE branch_id IS NOT NULL "
        "GROUP BY ALL ORDER BY ALL"
    )
    days = max((min(window.last_day, until) - window.start).days + 1, 0)
    return houses.assign(exposure=houses["people"].fillna(0) * np.where(houses["kind"].isin(LIVED_IN), days, weeks))


def _open_days(build: Build, window: Window) -> int:
    """Days of term outside public holidays, up to the data date; all days where the calendar says nothing."""
    until = min(window.end, build.data_date.date())
    days = build.query(
        """SELECT count(*) AS days, count(*) FILTER (term_id IS NOT NULL AND holiday IS NULL) AS open FROM calendar
           WHERE day >= $start AND day < $end""",
        {"start": window.start, "end": until},
    ).iloc[0]
    return int(days["open"] or days["days"])


def people_expected(counts: pd.DataFrame, exposure: pd.DataFrame) -> pd.Series:
    """By branch: the counted part spread over the branches by residents × open days; NaN where nobody lives or
    works."""
    size = exposure.groupby("branch")["exposure"].sum()
    part = counts.groupby("branch")["part"].sum()
    size = size.reindex(part.index).fillna(0.0)
    return (part.sum() * size / size.sum()).where(size > 0) if size.sum() > 0 else part * np.nan
