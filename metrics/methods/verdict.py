"""One judgement: every word the product has for how a number stands to what it is held against, and what it rests on.

Who measures finds the chance (or the limits) and hands it here; who draws, tabulates or writes receives the Verdict and
adds nothing. Degrees, weakest first: nothing there, too few to judge, ordinary, outside 95 % but inside the limit that
is corrected for how many were looked at, beyond that limit. Which law found the chance stands with the law.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

LEVEL = 0.05  # what lies outside 95 % of chance
UNKNOWN = (float("nan"), float("nan"))

# How far it goes
NOTHING, FEW, NORMAL, LEANING, CLEAR = "nothing", "few", "normal", "leaning", "clear"
WORDS = {NOTHING: "没有数据", FEW: "样本太小，不判断", NORMAL: "正常波动"}
BETTER, WORSE = "持续改善", "持续恶化"  # of a series that keeps to one side

# What more and less are called, by the kind of quantity: how many, how high, how slow
AMOUNT, HEIGHT, PACE = ("偏多", "偏少"), ("偏高", "偏低"), ("偏慢", "偏快")


@dataclass(frozen=True)
class Verdict:
    """How a number stands to what it is held against.

    `side`: 1 above it, −1 below, 0 neither; `sides`: what these are called (AMOUNT, HEIGHT, PACE). `against`: in words
    (自己过去一年的水平); `n`: cases it rests on; `looks`: how many are judged together. `inner`, `outer`: the 95 % and
    the corrected limits in the unit of the number, NaN where the law has none. `named`: a word of its own (持续改善 of
    a run, 没有同类可比).
    """

    degree: str
    side: int = 0
    sides: tuple[str, str] = HEIGHT
    against: str = ""
    n: float = float("nan")
    looks: int = 1
    inner: tuple[float, float] = UNKNOWN
    outer: tuple[float, float] = UNKNOWN
    named: str = ""

    @property
    def word(self) -> str:
        """「明显偏多」, 「偏低，尚不足以定论」, 「正常波动」, 「样本太小，不判断」, 「没有数据」."""
        if self.named or self.degree in WORDS:
            return self.named or WORDS[self.degree]
        name = self.sides[self.side < 0]
        return f"明显{name}" if self.degree == CLEAR else f"{name}，尚不足以定论"

    @property
    def told(self) -> str:
        """The word with what it is held against: 「比上年同期明显偏多」, 「与上年同期比，正常波动」."""
        if not self.against or self.degree in (NOTHING, FEW):
            return self.word
        return f"与{self.against}比，{self.word}" if self.is_normal or self.named else f"比{self.against}{self.word}"

    @property
    def is_clear(self) -> bool:
        """Beyond the corrected limit: the only one that has a colour, a mark, a name in a title."""
        return self.degree == CLEAR

    @property
    def is_leaning(self) -> bool:
        return self.degree == LEANING

    @property
    def is_normal(self) -> bool:
        return self.degree == NORMAL

    @property
    def is_judged(self) -> bool:
        """Whether anything could be said at all."""
        return self.degree in (NORMAL, LEANING, CLEAR)

    def good(self, better: str) -> bool | None:
        """True when it is good news, False when bad, None within the limits or without a better side."""
        if not self.is_clear or better not in ("up", "down"):
            return None
        return (self.side > 0) == (better == "up")


def sides(is_level: bool) -> tuple[str, str]:
    """What above and below are called: 高 and 低 of a level (rate, mean, duration), 多 and 少 of what is counted."""
    return HEIGHT if is_level else AMOUNT


def clear(side: int, names: tuple[str, str] = HEIGHT) -> str:
    """The word for what another test has already found beyond its limits."""
    return Verdict(CLEAR, side, names).word


def degrees(chance: np.ndarray, corrected: np.ndarray, few: np.ndarray | None = None) -> list[str]:
    """A degree for each look: `chance` two-sided, `corrected` for all looks together, NaN where it was not tested.
    `few`: those that may never be called unusual, be they as unlikely as they may."""
    p, q = (np.asarray(values, float) for values in (chance, corrected))
    small = np.zeros(len(p), dtype=bool) if few is None else np.asarray(few, bool)
    with np.errstate(invalid="ignore"):
        odd = p <= LEVEL
        found = np.select([np.isnan(p), odd & small, q <= LEVEL, odd], [FEW, FEW, CLEAR, LEANING], NORMAL)
    return [str(degree) for degree in found]


def within(value: float, inner: tuple[float, float], outer: tuple[float, float], blank: Verdict) -> Verdict:
    """The verdict on a number by the very limits that are drawn beside it; `blank` has the rest."""
    told = replace(blank, degree=NORMAL, inner=inner, outer=outer)
    for degree, (low, high) in ((CLEAR, outer), (LEANING, inner)):
        if value > high or value < low:
            return replace(told, degree=degree, side=1 if value > high else -1)
    return told


def summed(verdicts: Iterable[Verdict], unit: str) -> str:
    """How many stand out, for a title: 「2 格明显偏多，1 格明显偏少」; '' where none does."""
    words = [one.word for one in sorted((one for one in verdicts if one.is_clear), key=lambda one: -one.side)]
    return "，".join(f"{words.count(word):,} {unit}{word}" for word in dict.fromkeys(words))


def listed(names: Sequence[str], verdicts: Sequence[Verdict], unit: str) -> str:
    """Who stands out of so many, and how: 「8 个党支部中，甲明显偏低；乙偏低，尚不足以定论；其余正常波动」."""
    by_word: dict[str, list[str]] = {}
    judged = [(name, one) for name, one in zip(names, verdicts, strict=True) if one.is_judged]
    for name, one in sorted(judged, key=lambda pair: (not pair[1].is_clear, pair[1].side)):
        if not one.is_normal:
            by_word.setdefault(one.word, []).append(name)
    count = sum(one.is_judged for one in verdicts)
    if not by_word:
        return f"{count} {unit}都在正常波动内"
    parts = "；".join(f"{'、'.join(group)}{word}" for word, group in by_word.items())
    rest = f"；其余{WORDS[NORMAL]}" if any(one.is_normal for one in verdicts) else ""
    return f"{count} {unit}中，{parts}{rest}"
