"""The party committee's review of all branches over one period: a few outcomes each, against its own past, then against
the others.

A rate is compared fairly (branches.adjusted); a count is shown and never judged;
more hazards reported never lower a branch.
"""

from dataclasses import dataclass, replace

import pandas as pd

from metrics.ask import arrivals, members
from metrics.ask.measure import measure
from metrics.ask.selection import ALL, EVERYTHING, UNRECOGNISED, Scope
from metrics.branches import adjusted, own_past
from metrics.branches import words as branch_words
from metrics.branches.own_past import Earlier
from metrics.branches.periods import Period, earlier
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import BRANCHES_FROM
from metrics.methods.verdict import NOTHING, Verdict
from warehouse import Build

OUTCOMES = (
    "hazard_on_time_rate",
    "hazard_recurrence_rate",
    "ticket_on_time_rate",
    "ticket_satisfaction_rate",
    "wish_fulfilled_rate",
    "brand_task_on_time_rate",
    "drill_coverage_rate",
    "pairing_action_rate",
    "activity_people",
    "duty_person_times",
    "hazard_reporting_rate",
)
BY_PEOPLE = ("hazard_reporting_rate", "activity_people", "duty_person_times")


@dataclass(frozen=True)
class Standing:
    """One branch in one outcome. `value` is as measured; `expected` a part (see branches.adjusted); `verdict` how the
    two stand, with the limits of what chance allows round the expected; nothing where nothing is compared.

    `rank`: 1 is worst, None where it cannot be known, which `word` says. `beside`: the number this one may never be
    shown without (「本人评价率 41.3 %（52 / 126）」)."""

    branch: str
    name: str
    part: float
    whole: float
    value: float
    expected: float
    verdict: Verdict
    p_worst_third: float
    rank: int | None
    word: str
    earlier: Earlier
    beside: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether it differs from what was to be expected by more than chance."""
        return self.verdict.is_clear

    @property
    def is_judged(self) -> bool:
        return self.verdict.is_judged

    @property
    def told(self) -> str:
        """The word of its verdict."""
        return self.verdict.word

    @property
    def limits(self) -> tuple[float, float]:
        """What chance allows round the expected share: the limits that the word follows (99.8 %)."""
        return self.verdict.outer

    @property
    def inner(self) -> tuple[float, float]:
        """The narrower ones (95 %)."""
        return self.verdict.inner

    @property
    def expected_value(self) -> float:
        """The expected share; NaN without a whole."""
        return self.expected / self.whole if self.whole > 0 else float("nan")


@dataclass(frozen=True)
class JudgedRate:
    """One number of all branches. `common`: of all of them together; `sentence`: who really differs; `basis`: how it is
    made fair, in one sentence; `note`: why it is not compared, or what it may not be read without."""

    metric: Metric
    standings: tuple[Standing, ...]
    common: float
    sentence: str
    basis: str
    is_compared: bool
    note: str

    def of(self, branch: str) -> Standing:
        """The standing of one branch."""
        return next(one for one in self.standings if one.branch == branch)


@dataclass(frozen=True)
class Review:
    """Everything said of the branches over one period. `headline` answers first; `cautions` are sentences, most
    important first."""

    period: Period
    outcomes: tuple[JudgedRate, ...]
    headline: str
    cautions: tuple[str, ...]

    def outcome(self, key: str) -> JudgedRate:
        """One outcome by the key of its metric."""
        return next(one for one in self.outcomes if one.metric.key == key)


def review(build: Build, period: Period, scope: Scope = EVERYTHING) -> Review:
    """All outcomes of the branches the viewer may see."""
    names = branches(build, scope)
    outcome_keys = [key for key in OUTCOMES if not arrivals.missing(build, catalogue.get(key).table)]
    rates = sum(catalogue.get(key).is_rate for key in outcome_keys) if len(names) >= BRANCHES_FROM else 0
    drafts = [_outcome(build, catalogue.get(key), period, names, scope, rates) for key in OUTCOMES]
    outcomes = _against_own_past(build, period, drafts, scope)
    worded = tuple(replace(one, sentence=branch_words.outcome(one)) for one in outcomes)
    return Review(
        period, worded, branch_words.headline(period, worded), branch_words.cautions(build, period, worded, scope)
    )


def branches(build: Build, scope: Scope = EVERYTHING) -> dict[str, str]:
    """id → name of every branch the viewer may see, those that look after nothing included."""
    every = members.names(build, "branch")
    if scope.everything:
        return every
    seen = {*members.allowed(build, "branch", ALL, scope), *scope.branches}
    return {key: name for key, name in every.items() if key in seen}


def _outcome(
    build: Build, metric: Metric, period: Period, names: dict[str, str], scope: Scope, rates: int
) -> JudgedRate:
    if arrivals.missing(build, metric.table):
        return JudgedRate(
            metric, (), float("nan"), "", "", False, f"{arrivals.never(build, metric.table)}，这一项没有数据"
        )
    cells = measure(build, metric, period.counted, ("branch", "kind"), scope=scope)
    idle = pd.DataFrame(
        {"branch": [key for key in names if key not in set(cells["branch"])], "kind": "", "part": 0.0, "whole": 0.0}
    ).astype({"part": float, "whole": float})
    own = pd.concat([cells[cells["branch"].isin(names)], idle], ignore_index=True)
    compared = metric.is_rate and len(names) >= BRANCHES_FROM
    frame = adjusted.judged(own, metric.better, rates) if compared else _shown(build, metric, period, own, names, scope)
    beside = _beside(build, metric, period, scope)
    rows = frame.set_index("branch").reindex(list(names))
    standings = tuple(_standing(key, name, rows.loc[key], beside.get(key, "")) for key, name in names.items())
    whole = own["whole"].sum()
    common = float("nan") if not metric.is_rate or not whole else float(own["part"].sum() / whole)
    basis = branch_words.basis(metric, own, metric.key in BY_PEOPLE) if compared or not metric.is_rate else ""
    note = "" if compared or not metric.is_rate else f"看得到的支部不足 {BRANCHES_FROM} 个，不作比较"
    return JudgedRate(metric, standings, common, "", basis, compared, note or branch_words.note(metric))


def _shown(
    build: Build, metric: Metric, period: Period, own: pd.DataFrame, names: dict[str, str], scope: Scope
) -> pd.DataFrame:
    """Counts: value as measured, what the people and open days would give, no judgement."""
    rows = measure(build, metric, period.counted, "branch", scope=scope)
    rows = rows[rows["branch"].isin(names)].set_index("branch")
    expected: object = float("nan")  # a rate of too few branches: there is nothing to expect it from
    if metric.key in BY_PEOPLE:
        exposure = adjusted.person_days(build, period.counted)
        expected = adjusted.people_expected(own, exposure[exposure["branch"].isin(names)])
    return rows.assign(expected=expected).reset_index()


def _standing(key: str, name: str, row: pd.Series, beside: str) -> Standing:
    part, whole, value, expected, chance = (
        float(row.get(one, float("nan"))) for one in ("part", "whole", "value", "expected", "p_worst_third")
    )
    part, whole = (0.0 if pd.isna(one) else one for one in (part, whole))
    rank, told, word = row.get("rank"), row.get("verdict"), row.get("word", "")
    rank = None if pd.isna(rank) else int(rank)
    told, word = told if isinstance(told, Verdict) else Verdict(NOTHING), word if isinstance(word, str) else ""
    return Standing(
        key, name, part, whole, value, expected, told, chance, rank, word, own_past.nothing(None, ""), beside
    )


def _beside(build: Build, metric: Metric, period: Period, scope: Scope) -> dict[str, str]:
    """By branch, the number the metric may not be shown without, in words."""
    if not metric.beside:
        return {}
    other = catalogue.get(metric.beside)
    rows = measure(build, other, period.counted, "branch", scope=scope)
    return {
        row.branch: f"{other.label} {other.show(row.value)}（{other.show_part_whole(row.part, row.whole)}）"
        for row in rows.itertuples()
        if row.branch != UNRECOGNISED
    }


def _against_own_past(build: Build, period: Period, outcomes: list[JudgedRate], scope: Scope) -> list[JudgedRate]:
    """Every standing with its own past; the tests of all of them corrected together."""
    base = earlier(build, period)
    flat, chances, sides = [], [], []
    for outcome in outcomes:
        if not outcome.standings:
            continue
        pasts, chance, reason = own_past.of_branches(build, outcome.metric, period, scope)
        for standing in outcome.standings:
            nothing = own_past.nothing(base, reason or "没有可比的记录")
            flat.append(pasts.get(standing.branch) or nothing)
            chances.append(chance.get(standing.branch, float("nan")))
            sides.append(outcome.metric.better)
    told = iter(own_past.judged(flat, chances, sides))
    return [
        replace(outcome, standings=tuple(replace(standing, earlier=next(told)) for standing in outcome.standings))
        for outcome in outcomes
    ]
