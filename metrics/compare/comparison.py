"""Two measured rows told against one another: the change in its own unit, or the words for why there is none."""

from dataclasses import dataclass
from typing import Protocol

from metrics.ask.window import Window
from metrics.define import numbers
from metrics.define.catalogue import Metric
from metrics.define.small_numbers import CHANGE_FROM


class Row(Protocol):
    """part, whole and value of one side: a row of measure(), or a dict."""

    def __getitem__(self, name: str, /) -> float: ...


UNKNOWN: Row = {"value": float("nan"), "part": float("nan"), "whole": float("nan")}


@dataclass(frozen=True)
class Comparison:
    """Now against a base period. `change` is in `unit` (百分点 for rates, the metric's own for means and streaks, %
    otherwise), None when it is not computed.

    `comparable`: the two periods were alike and both held data. `good`: the change is for the better; None when there
    is no better side or no change. `short` fits a tile, `sentence` stands alone, `reason` says why not comparable.
    """

    name: str
    window: Window
    base_window: Window | None
    now: float
    base: float
    change: float | None
    unit: str
    sentence: str
    short: str
    comparable: bool
    good: bool | None = None
    now_part: float = float("nan")
    now_whole: float = float("nan")
    base_part: float = float("nan")
    base_whole: float = float("nan")
    reason: str = ""


@dataclass(frozen=True)
class Pair:
    """What is compared with what: 环比, 同比 or another `name`; `word`: what the base is called in a sentence (上周);
    `note`: how they were made comparable; `without`: what was left out of both, beside the change."""

    name: str
    metric: Metric
    window: Window
    base_window: Window | None
    here: Row
    there: Row
    word: str = ""
    note: str = ""
    without: str = ""

    def told(
        self,
        sentence: str,
        short: str,
        change: float | None = None,
        unit: str = "",
        good: bool | None = None,
        comparable: bool = True,
        reason: str = "",
    ) -> Comparison:
        return Comparison(
            self.name,
            self.window,
            self.base_window,
            self.here["value"],
            self.there["value"],
            change,
            unit,
            sentence,
            short + self.without,
            comparable,
            good,
            self.here["part"],
            self.here["whole"],
            self.there["part"],
            self.there["whole"],
            reason,
        )


def worded(pair: Pair) -> Comparison:
    """Two measured rows by the rules of reading."""
    metric, here, there = pair.metric, pair.here, pair.there
    if numbers.missing(here["value"]) or numbers.missing(there["value"]):
        lacking = "本期" if numbers.missing(here["value"]) else pair.word
        return refused(pair, f"{lacking}没有可算的记录，不作比较")
    kind = metric.kind
    if min(here[kind.sized_by], there[kind.sized_by]) < CHANGE_FROM:
        return _counts_only(pair)
    change, unit, digits = kind.change(here["value"], there["value"]), kind.change_unit(metric.unit), kind.change_digits
    moved = float(numbers.rounded(change, digits))
    text = (
        f"较{pair.word}持平"
        if moved == 0
        else f"较{pair.word}{kind.change_verbs[int(moved < 0)]} {numbers.fixed(abs(moved), digits)} {unit}"
    )
    sentence = f"{pair.note}{metric.label} {shown(metric, here)}，{text}（{pair.word} {shown(metric, there)}）。"
    return pair.told(
        sentence, f"{pair.name} {numbers.signed(change, digits)} {unit}", change, unit, _good(metric, moved)
    )


def _counts_only(pair: Pair) -> Comparison:
    """Fewer than 30 cases: the two counts and their difference, never a percentage."""
    metric, here, there, name, word = pair.metric, pair.here, pair.there, pair.name, pair.word
    if metric.kind.sized_by == "whole":
        counts = (
            f"本期 {metric.show_part_whole(here['part'], here['whole'])}，"
            f"{word} {metric.show_part_whole(there['part'], there['whole'])}"
        )
        sentence = f"{pair.note}{metric.label}{counts}；不足 {CHANGE_FROM}，只看数量，不算变化。"
        return pair.told(sentence, f"{name} 样本不足 {CHANGE_FROM}")
    if metric.kind.is_per_resident:
        return _per_people(pair)
    moved = here["part"] - there["part"]
    verb = "持平" if moved == 0 else f"{'增加' if moved > 0 else '减少'} {metric.show(abs(moved))}"
    zero = f"；{word if word != '上周' else '上期'}为 0，不计算百分比" if there["part"] == 0 else ""
    sentence = f"{pair.note}{metric.label} {metric.show(here['part'])}，较{word}{verb}{zero}。"
    sign = "+" if moved > 0 else "−" if moved < 0 else ""
    short = f"{name} 上期为 0，不计算" if there["part"] == 0 else f"{name} {sign}{metric.show(abs(moved))}"
    return pair.told(sentence, short)


def _per_people(pair: Pair) -> Comparison:
    """Few cases per so many people: both rates and their difference in that rate, never in cases."""
    metric, here, there, word = pair.metric, pair.here, pair.there, pair.word
    moved = float(numbers.rounded(here["value"] - there["value"], 1))
    verb = "持平" if moved == 0 else f"{'增加' if moved > 0 else '减少'} {metric.show(abs(moved))}"
    rests = f"{numbers.exact_number(here['part'])} 对 {numbers.exact_number(there['part'])}"
    sentence = (
        f"{pair.note}{metric.label} {metric.show(here['value'])}，较{word}{verb}"
        f"（{word} {metric.show(there['value'])}）；只有 {rests}，不足 {CHANGE_FROM}，不算百分比。"
    )
    return pair.told(sentence, f"{pair.name} {numbers.signed(moved)} {metric.unit}")


def refused(pair: Pair, reason: str, short: str = "") -> Comparison:
    """No change is computed; `reason` says why, after the number itself."""
    sentence = f"{pair.metric.label} {shown(pair.metric, pair.here)}；{reason}。"
    return pair.told(sentence, short or f"{pair.name} —", comparable=False, reason=reason)


def shown(metric: Metric, row: Row) -> str:
    """「80.6 %（806 / 1,000）」: the number, of a rate with what it is made of."""
    value = metric.show(row["value"])
    return (
        f"{value}（{metric.show_part_whole(row['part'], row['whole'])}）"
        if metric.is_rate and value != numbers.NONE
        else value
    )


def _good(metric: Metric, moved: float) -> bool | None:
    if moved == 0 or metric.better == "none":
        return None
    return bool(moved > 0) == (metric.better == "up")
