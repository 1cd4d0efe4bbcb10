"""Branches compared fairly: what each would have if the kinds of place it looks after did as those kinds do over the campus.

Indirect standardisation by kind of building. The distance of a branch from its expected share is taken on the arcsine scale,
where it depends on its size alone, and judged there by the funnel and by shrinkage; the posterior interval is put back on
the branch's own scale. A kind that one branch alone looks after cannot tell the place from the branch: its expected share is
the campus's, and where the kinds really differ (χ² at 2 %) a branch mostly of such kinds is compared with nobody.
"""

import numpy as np
import pandas as pd

from metrics import funnel, shrink, terms
from metrics.window import Window
from warehouse import Build

NOT_ALIKE, NOT_COMPARED = "没有同类可比", "没有同类可比，不排名"
FAMILY = 0.04  # of reviews in which anybody at all is placed though nobody differs, shared by the outcomes compared
AT_LEAST = 3  # branches, or there is nothing to compare
HALF = 0.5
LIVED_IN = ("教工公寓", "校门")  # open on every day of the year; other kinds on days of term outside public holidays


def judged(cells: pd.DataFrame, better: str, outcomes: int = 1) -> pd.DataFrame:
    """Standings of one rate. `cells`: branch, kind, part, whole; `outcomes`: how many rates are compared together.

    One row a branch, in the order given: part, whole, value, expected (a part), band, low, high (95 % posterior interval of the
    branch's own share), p_worst_third, rank (1 worst, or None), word. NaN where the whole is 0: 「—」, never 100 %.
    """
    expected, alone = expectation(cells)
    found = cells.groupby("branch", sort=False)[["part", "whole"]].sum()
    found = found.assign(expected=expected.reindex(found.index), alone=alone.reindex(found.index)).reset_index()
    with np.errstate(invalid="ignore"):
        found["value"] = found["part"] / found["whole"].where(found["whole"] > 0)
    blank = {"low": np.nan, "high": np.nan, "p_worst_third": np.nan}
    found = found.assign(**blank, band=funnel.TOO_FEW, rank=None, word=shrink.TOO_SMALL)
    odd = (found["whole"] > 0) & (found["alone"] > HALF) & _kinds_differ(cells)
    found.loc[odd, ["band", "word"]] = NOT_ALIKE, NOT_COMPARED
    here = found.index[(found["whole"] > 0) & ~odd]
    if len(here) >= AT_LEAST:
        _compared(found, here, better, FAMILY / max(outcomes, 1))
    return found.drop(columns="alone")


def expectation(cells: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """By branch: the part to be expected of it, and the share of its whole in kinds no other branch looks after."""
    used = cells[cells["whole"] > 0]
    kinds = used.groupby("kind")[["part", "whole"]].sum().assign(branches=used.groupby("kind")["branch"].nunique())
    common = used["part"].sum() / used["whole"].sum() if len(used) else np.nan
    rate = (kinds["part"] / kinds["whole"]).where(kinds["branches"] > 1, common)
    single = cells["kind"].map(kinds["branches"]).eq(1) & (cells["whole"] > 0)
    whole = cells.groupby("branch", sort=False)["whole"].sum()
    should = (cells["whole"] * cells["kind"].map(rate).fillna(0.0)).groupby(cells["branch"], sort=False).sum()
    return should, (cells["whole"].where(single, 0.0).groupby(cells["branch"], sort=False).sum() / whole.where(whole > 0)).fillna(0.0)


def _kinds_differ(cells: pd.DataFrame) -> bool:
    kinds = cells.groupby("kind")[["part", "whole"]].sum()
    return shrink.beta_binomial(kinds["part"], kinds["whole"]).differs


def _compared(found: pd.DataFrame, here: pd.Index, better: str, level: float) -> None:
    """Band, posterior and rank of the rows `here`, written into `found`."""
    part, whole, should = (found.loc[here, name].to_numpy(float) for name in ("part", "whole", "expected"))
    common = part.sum() / whole.sum()
    shift = _angle(should / whole) - _angle(common)
    alike = np.rint(_share(_angle(part / whole) - shift) * whole)
    found.loc[here, "band"] = funnel.funnel(pd.DataFrame({"part": alike, "whole": whole})).frame["band"].to_numpy()
    law = shrink.beta_binomial(alike, whole, "high" if better == "down" else "low", level)
    found.loc[here, "low"], found.loc[here, "high"] = (_share(_angle(bound) + shift) for bound in (law.low, law.high))
    found.loc[here, "p_worst_third"] = law.p_worst_third
    found["rank"] = found["rank"].astype(object)
    for at, row in enumerate(here):
        found.at[row, "rank"], found.at[row, "word"] = law.rank[at], law.word(at)


def _angle(share: np.ndarray | float) -> np.ndarray:
    return np.arcsin(np.sqrt(np.clip(share, 0, 1)))


def _share(angle: np.ndarray) -> np.ndarray:
    return np.sin(np.clip(angle, 0, np.pi / 2)) ** 2


def person_days(build: Build, window: Window) -> pd.DataFrame:
    """Residents × open days of every branch and kind of building, up to the data date: branch, kind, exposure."""
    weeks, until = _open_days(build, window), terms.last_whole_day(build)
    houses = build.query("SELECT branch_id AS branch, kind, sum(residents)::DOUBLE AS people FROM buildings WHERE branch_id IS NOT NULL GROUP BY ALL ORDER BY ALL")
    days = max((min(window.last_day, until) - window.start).days + 1, 0)
    return houses.assign(exposure=houses["people"].fillna(0) * np.where(houses["kind"].isin(LIVED_IN), days, weeks))


def _open_days(build: Build, window: Window) -> int:
    """Days of term outside public holidays, up to the data date; all days where the calendar says nothing."""
    until = min(window.end, build.data_date.date())
    found = build.query(
        """SELECT count(*) AS days, count(*) FILTER (term_id IS NOT NULL AND holiday IS NULL) AS open FROM calendar
           WHERE day >= $start AND day < $end""",
        {"start": window.start, "end": until},
    ).iloc[0]
    return int(found["open"] or found["days"])


def people_expected(counts: pd.DataFrame, exposure: pd.DataFrame) -> pd.Series:
    """By branch: the counted part spread over the branches by residents × open days; NaN where nobody lives or works."""
    size = exposure.groupby("branch")["exposure"].sum()
    part = counts.groupby("branch")["part"].sum()
    size = size.reindex(part.index).fillna(0.0)
    return (part.sum() * size / size.sum()).where(size > 0) if size.sum() > 0 else part * np.nan
