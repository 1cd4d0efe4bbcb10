"""Is the review honest, and what does it find? Simulated terms of ten branches: anybody ranked though nobody differs;
a planted laggard and a planted improver found; campaigns of a known effect inside their interval.

`python -m benchmarks review`. Sizes are those of a term of the demonstration campus. Every number is drawn and judged
by the same functions the pages use (branches.adjusted, branches.own_past, campaigns); nothing is built.
"""

import argparse
from datetime import date

import numpy as np
import pandas as pd

from metrics.ask.window import Window
from metrics.branches import adjusted, own_past
from metrics.branches.own_past import FELL, ROSE, Earlier
from metrics.campaigns import effect, variation
from metrics.campaigns.effect import Phase

TERMS = 500
RANKED_AT_MOST, INSIDE_AT_LEAST = 0.05, 0.93
KINDS = ("宿舍", "教学楼", "实验楼")
# what falls due in a term at one branch of average size, and how often it is met: rates, then promises
RATES = {
    "按期整改率": (150, 0.85),
    "隐患复发率": (160, 0.08),
    "按时办结率": (600, 0.86),
    "满意率": (220, 0.88),
    "微心愿实现率": (25, 0.85),
    "品牌任务按期完成率": (3, 0.75),
    "演练法定覆盖率": (9, 0.93),
    "结对本学期有行动": (1, 0.75),
}
BRANCHES, SEED = 10, 20261122
WINDOW = Window(date(2026, 10, 12), date(2026, 11, 9))


def main(arguments: list[str]) -> int:
    """All simulations; the exit code says whether both promises were kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks review")
    parser.add_argument(
        "--terms", type=int, default=TERMS, help="simulated terms, and simulated campaigns, of each sort"
    )
    terms = parser.parse_args(arguments).terms
    random = np.random.default_rng(SEED)
    named = [quiet(random) for _ in range(terms)]
    ranked, banded = (sum(one[place] for one in named) / terms for place in (0, 1))
    print(f"Ten branches with the same true rate, {len(RATES)} outcomes at once, {terms} terms")
    print(f"  anybody ranked in any outcome     {ranked:6.1%} of terms (at most {RANKED_AT_MOST:.0%})")
    print(f"  anybody outside the 99.8 % band   {banded:6.1%} of terms (printed on the page as a caution)")
    _say_power(random, terms)
    honest = _say_campaigns(random, terms)
    return 0 if ranked <= RANKED_AT_MOST and honest else 1


def sizes(random: np.random.Generator, average: float) -> np.ndarray:
    """Wholes of ten branches: the largest about four times the smallest, as on the demonstration campus."""
    return np.maximum(random.poisson(average * np.linspace(0.35, 1.5, BRANCHES)), 1)


def cells(random: np.random.Generator, whole: np.ndarray, rate: np.ndarray, by_kind: float = 0.0) -> pd.DataFrame:
    """branch, kind, part, whole. Branches look after the kinds in different shares; `by_kind`: how far apart the
    kinds' own rates lie."""
    rows = []
    for branch, (size, share) in enumerate(zip(whole, rate, strict=True)):
        mix = random.multinomial(size, np.roll([0.7, 0.2, 0.1], branch % 3))
        for kind, away, many in zip(KINDS, (0, -1, 1), mix, strict=True):
            rows.append((f"B{branch}", kind, random.binomial(many, np.clip(share + away * by_kind, 0, 1)), many))
    return pd.DataFrame(rows, columns=["branch", "kind", "part", "whole"])


def quiet(random: np.random.Generator, by_kind: float = 0.06) -> tuple[bool, bool]:
    """(anybody ranked, anybody outside the band) in one term in which kinds of building differ and branches do not."""
    ranked = banded = False
    for average, rate in RATES.values():
        drawn = cells(random, sizes(random, average), np.full(BRANCHES, rate), by_kind)
        found = adjusted.judged(drawn, "up", len(RATES))
        ranked |= bool(found["rank"].notna().any())
        banded |= any(one.is_clear for one in found["verdict"])
    return ranked, banded


def laggard(
    random: np.random.Generator, average: float, low: float = 0.72, usual: float = 0.85
) -> tuple[bool, bool, bool]:
    """(the planted one ranked, outside the band, somebody else ranked) in one term of hazard_on_time_rate."""
    rate = np.full(BRANCHES, usual)
    rate[5] = low
    judged = adjusted.judged(cells(random, sizes(random, average), rate), "up", len(RATES)).set_index("branch")
    others = judged.drop("B5")
    return (
        judged.at["B5", "rank"] is not None,
        judged.at["B5", "verdict"].is_clear and judged.at["B5", "verdict"].side < 0,
        bool(others["rank"].notna().any()),
    )


def improver(
    random: np.random.Generator, average: float, before: float = 0.70, after: float = 0.93
) -> tuple[bool, bool]:
    """(its rise found, anybody else's change claimed) among all branches and outcomes of one review, against their own
    past."""
    flat, chances = [], []
    for outcome, (many, rate) in enumerate(RATES.values()):
        for branch, (now, past) in enumerate(zip(sizes(random, many), sizes(random, many), strict=True)):
            planted = outcome == 0 and branch == 3
            now, past = (int(average), int(average)) if planted else (now, past)
            part, base = (
                random.binomial(now, after if planted else rate),
                random.binomial(past, before if planted else rate),
            )
            flat.append(Earlier(None, base, past, base / past, "", ROSE if part / now > base / past else FELL))
            chances.append(own_past.fisher(part, now, base, past) if min(now, past) >= 30 else np.nan)
    told = own_past.judged(flat, chances, ["up"] * len(flat))
    others = told[:3] + told[4:]
    return told[3].verdict == ROSE, any(one.verdict in (ROSE, FELL) and one.good is not None for one in others)


def _say_power(random: np.random.Generator, terms: int) -> None:
    print("\nPower: a planted laggard among ten (0.72 against 0.85), in one outcome of eight")
    print(f"{'due at an average branch':>28}{'ranked':>9}{'low band':>10}{'another ranked':>16}")
    for average in (40, 80, 150, 300, 600):
        found = np.mean([laggard(random, average) for _ in range(terms)], axis=0)
        print(f"{average:>28}{found[0]:>9.1%}{found[1]:>10.1%}{found[2]:>16.1%}")
    print("Power: a planted improver against its own past (0.70 to 0.93), among eighty comparisons")
    print(f"{'due in each of the two terms':>28}{'found':>9}{'another claimed':>17}")
    for average in (40, 80, 150):
        found = np.mean([improver(random, average) for _ in range(terms // 5)], axis=0)
        print(f"{average:>28}{found[0]:>9.1%}{found[1]:>17.1%}")


def _say_campaigns(random: np.random.Generator, terms: int) -> bool:
    print("\nCampaigns: the true effect (45 % fewer) inside the interval, and found")
    print(f"{'places before':>15}{'others before':>15}{'between places':>16}{'inside':>9}{'found':>8}")
    honest = True
    for here, elsewhere, between in DESIGNS:
        inside, found = np.mean([campaign(random, here, elsewhere, between) for _ in range(terms)], axis=0)
        honest &= bool(inside >= INSIDE_AT_LEAST)
        print(f"{here:>15}{elsewhere:>15}{between:>16.0%}{inside:>9.1%}{found:>8.1%}")
    print(f"every design inside at least {INSIDE_AT_LEAST:.0%}: {'yes' if honest else 'NO'}")
    return honest


# cases in a span at three places and at 39 compared with, and how much a building's level moves from span to span
# (logarithmic)
DESIGNS = (
    (35, 60, 0.0),
    (35, 60, 0.1),
    (35, 60, 0.2),
    (35, 60, 0.3),
    (100, 400, 0.0),
    (100, 400, 0.2),
    (100, 400, 0.3),
    (12, 20, 0.2),
)
HERE, THERE, EFFECT, EARLIER = 3, 39, 0.55, 8


def campaign(random: np.random.Generator, here: float, elsewhere: float, between: float) -> tuple[bool, bool]:
    """(true ratio inside, called fewer): a campaign after eight earlier spans, while everything rises by a fifth
    elsewhere."""
    own = random.gamma(2.0, 1 / 2.0, HERE + THERE)
    own[:HERE] *= here / own[:HERE].sum()
    own[HERE:] *= elsewhere / own[HERE:].sum()
    level = own[:, None] * np.exp(random.normal(0, between, (HERE + THERE, EARLIER + 2)) - between**2 / 2)
    level[:, -1] *= 1.2
    level[:HERE, -1] *= EFFECT
    counts = random.poisson(level)
    past, now = counts[:, :EARLIER], counts[:, EARLIER:].astype(float)
    usual = past.sum(axis=1)
    variance = variation.of_change(variation.between_spans(past), usual[:HERE], usual[HERE:])
    before, during = (Phase("", WINDOW, now[:HERE, at].sum(), now[HERE:, at].sum(), 1.0) for at in (0, 1))
    compared = effect.compared(before, during, variance)
    return compared.low <= EFFECT <= compared.high, compared.verdict == effect.LESS
