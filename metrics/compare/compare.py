"""环比 and 同比: like with like, whole periods only, and words for every case in which a change must not be computed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pandas as pd

from metrics.ask import arrivals, terms
from metrics.ask.first_day import first_day
from metrics.ask.measure import measure, total
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import WEEK, Window, monday, month_start
from metrics.define import catalogue, numbers
from metrics.define.catalogue import Metric
from warehouse import Build

OWN_UNIT = {"mean": 2, "streak": 0}  # kinds whose change is told in their own unit, with so many digits
ENOUGH = 30  # below this many cases a change is noise: counts are shown instead


@dataclass(frozen=True)
class Comparison:
    """Now against a base period. `change` is in `unit` (百分点 for rates, the metric's own for means and streaks, % otherwise),
    None when it is not computed.

    `comparable`: the two periods were alike and both held data. `good`: the change is for the better; None when there
    is no better side or no change. `short` fits a tile, `sentence` stands alone.
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


def previous_window(window: Window) -> Window:
    """The equal period just before: whole months for whole months, otherwise as many days."""
    if window.start.day == 1 and window.end.day == 1:
        months = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month
        start = window.start
        for _ in range(months):
            start = month_start(start - timedelta(days=1))
        return Window(start, window.start)
    return window.shifted(-window.days)


def _previous_word(window: Window) -> str:
    if window.days == 7 and window.start == monday(window.start):
        return "上周"
    if window == Window.month(window.start):
        return "上月"
    return "前一天" if window.days == 1 else "上期"


def previous(
    build: Build, metric: str | Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING
) -> Comparison:
    """环比: against the previous equal period; an unfinished one is compared over the days that are whole, and says so.

    Refused, with the reason in `sentence` and comparable=False: where an export stops before the period does, where one of the two
    is term and the other holiday (not for what stands at a moment), where the base period has no data or nothing to divide by.
    """
    word = _previous_word(window)
    return against(build, catalogue.get(metric), window, previous_window(window), "环比", word, only, scope)


def same_teaching_week(
    build: Build, metric: str | Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING
) -> Comparison:
    """同比: against the same teaching weeks of last year's same term. Whole weeks of one term only; holidays have none."""
    metric = catalogue.get(metric)
    base, reason = last_year(build, window)
    if base is None:
        here = total(build, metric, window, only, scope)
        return _refused("同比", metric, window, None, here, None, reason)
    return against(build, metric, window, base, "同比", "上年同教学周", only, scope)


def last_year(build: Build, window: Window) -> tuple[Window | None, str]:
    """(the same teaching weeks a year earlier, '') or (None, why there are none)."""
    if window.start != monday(window.start) or window.days % 7:
        return None, "只有整周才能按教学周同比"
    starts = [window.start + WEEK * number for number in range(window.days // 7)]
    bases = [terms.same_teaching_week(build, start) for start in starts]
    if bases[0] is None or bases[-1] is None:
        label = next(terms.week(build, start) for start, base in zip(starts, bases, strict=True) if base is None)
        place = f"{label.label}不在教学周内" if label.number is None else "校历中没有上年的同一教学周"
        return None, f"{place}，不作同比"
    if bases[-1] - bases[0] != starts[-1] - starts[0]:
        return None, "本期跨学期，没有对应的教学周，不作同比"
    return Window(bases[0], bases[-1] + WEEK), ""


def each(
    build: Build,
    metric: str | Metric,
    window: Window,
    base: Window,
    name: str,
    word: str,
    by: str,
    scope: Scope = EVERYTHING,
    only: Selection = ALL,
) -> dict[str, Comparison]:
    """A comparison for every value of the dimension `by`, in one statement a period, with the same words and refusals; see against()."""
    metric = catalogue.get(metric)
    cut, base, note, reason, short = _grounds(build, metric, window, base, name, word)
    window = cut or window
    here, there = (
        measure(build, metric, one, by, only=only, scope=scope).set_index(by)[["part", "whole", "value"]]
        for one in (window, base)
    )
    fill = (
        {"fill_value": 0.0} if metric.is_amount or metric.kind == "stock" else {}
    )  # in one period only: none in the other
    keys = [*here.index, *there.index.difference(here.index)]
    here, there = (one.reindex(keys, **fill).fillna({"part": 0.0, "whole": 0.0}) for one in (here, there))
    if reason:
        return {key: _refused(name, metric, window, base, row, None, reason, short) for key, row in here.iterrows()}
    return {key: worded(name, metric, window, base, row, there.loc[key], word, note) for key, row in here.iterrows()}


def against(build, metric, window, base, name, word, only, scope) -> Comparison:
    """Any two periods, refused as `name` (环比, 同比 or another) is; `word`: what the base is called in the sentence (上年同学期)."""
    cut, base, note, reason, short = _grounds(build, metric, window, base, name, word)
    here = total(build, metric, cut or window, only, scope)
    if reason:
        return _refused(name, metric, cut or window, base, here, None, reason, short)
    return worded(name, metric, cut, base, here, total(build, metric, base, only, scope), word, note)


def _grounds(build, metric, window, base, name, word) -> tuple[Window | None, Window, str, str, str]:
    """(the span compared, its base, a note on how; why it must not be compared and the same for a tile, both '' where it may)."""
    if short := half_loaded(build, metric, window) or half_loaded(build, metric, base):
        return None, base, "", f"{short}，不作比较", ""
    cut, base, note = _alike(build, metric, window, base, name, word)
    if cut is None:
        return None, base, "", note, ""
    if name == "环比" and not metric.is_standing and (other := _other_phase(build, cut, base)):
        return cut, base, "", f"{word}是{other}，不作比较", f"{name} —（{word}是{other}）"
    if base.start < first_day(build, metric.table):
        return cut, base, "", f"{word}还没有数据，不作比较", ""
    return cut, base, note, "", ""


def half_loaded(build: Build, metric: Metric, window: Window) -> str:
    """「隐患台账只导出到 2026-11-12」 where a weekly export behind the metric stops before the period's days are over; '' where none does.

    The days of an unfinished period are over up to the data date.
    """
    end = min(window.end, terms.last_whole_day(build) + timedelta(days=1))
    return (
        arrivals.stopped_before(build, arrivals.fact(metric.table), datetime.combine(end, time.min))
        if end > window.start
        else ""
    )


def _other_phase(build: Build, window: Window, base: Window) -> str:
    """The phase of the base period (暑假, 学期 …) where one of the two is mostly term and the other mostly holiday; '' where both
    are alike or the calendar says nothing: a term's first week is no growth over the holiday."""
    shares, phases = [], []
    for span in (window, base):
        weeks = terms.weeks(build, span)
        if not all(week.phase for week in weeks):
            return ""
        shares.append(sum(week.number is not None for week in weeks) / len(weeks))
        phases.append(max((week.phase for week in weeks), key=[week.phase for week in weeks].count))
    return phases[1] if abs(shares[0] - shares[1]) > 0.5 else ""


def _alike(build, metric, window, base, name, word) -> tuple[Window | None, Window, str]:
    """The two spans really to be compared, and what to say about them. What stands at a moment is compared with the base period's end."""
    whole_until = terms.last_whole_day(build) + timedelta(days=1)
    if metric.is_standing and name == "环比":
        begun = datetime.combine(window.start, datetime.min.time()) <= build.data_date
        return (window if begun else None), base, "" if begun else "本期还没有开始，不作比较"
    if window.end <= whole_until:
        return window, base, ""
    days = (whole_until - window.start).days
    if days <= 0:
        return None, base, "本期还没有过完一整天，不作比较"
    cut = Window(window.start, whole_until)
    until = f"周{'一二三四五六日'[cut.last_day.weekday()]}" if window.days == 7 else str(cut.last_day)
    return (
        cut,
        Window(base.start, min(base.start + timedelta(days=days), base.end)),
        f"本期未满，只到{until}，与{word}同样 {days} 天相比：",
    )


def _size(metric: Metric, row: pd.Series) -> float:
    return row["whole"] if metric.is_rate or metric.kind in ("duration", "mean") else row["part"]


def worded(name, metric, window, base, here, there, word, note) -> Comparison:
    """Two measured rows by the rules of reading; `word` names the one compared with."""
    if numbers.missing(here["value"]) or numbers.missing(there["value"]):
        lacking = "本期" if numbers.missing(here["value"]) else word
        return _refused(name, metric, window, base, here, there, f"{lacking}没有可算的记录，不作比较")
    if min(_size(metric, here), _size(metric, there)) < ENOUGH:
        return _small(name, metric, window, base, here, there, word, note)
    if metric.is_rate:
        change, unit, verb, digits = (here["value"] - there["value"]) * 100, "百分点", ("上升", "下降"), 1
    elif metric.kind in OWN_UNIT:  # a score of 4.2 against 4.0 has risen by 0.2 分, not by 5 %
        change, unit, verb, digits = (
            here["value"] - there["value"],
            metric.unit,
            ("上升", "下降"),
            OWN_UNIT[metric.kind],
        )
    else:
        change, unit = (here["value"] / there["value"] - 1) * 100, "%"
        verb, digits = ("延长", "缩短") if metric.kind == "duration" else ("增加", "减少"), 1
    moved = round(change, digits)
    text = f"较{word}持平" if moved == 0 else f"较{word}{verb[int(moved < 0)]} {abs(moved):,.{digits}f} {unit}"
    sentence = f"{note}{metric.label} {_shown(metric, here)}，{text}（{word} {_shown(metric, there)}）。"
    short = f"{name} {numbers.signed(change, digits)} {unit}"
    return Comparison(
        name,
        window,
        base,
        here["value"],
        there["value"],
        change,
        unit,
        sentence,
        short,
        True,
        _good(metric, moved),
        here["part"],
        here["whole"],
        there["part"],
        there["whole"],
    )


def _small(name, metric, window, base, here, there, word, note) -> Comparison:
    """Fewer than 30 cases: the two counts and their difference, never a percentage."""
    if metric.is_rate or metric.kind in ("duration", "mean"):
        counts = f"本期 {metric.show_part_whole(here['part'], here['whole'])}，{word} {metric.show_part_whole(there['part'], there['whole'])}"
        sentence = f"{note}{metric.label}{counts}；不足 {ENOUGH}，只看数量，不算变化。"
        short = f"{name} 样本不足 {ENOUGH}"
    else:
        moved = here["part"] - there["part"]
        verb = "持平" if moved == 0 else f"{'增加' if moved > 0 else '减少'} {abs(moved):,.0f} {_noun(metric)}"
        zero = f"；{word if word != '上周' else '上期'}为 0，不计算百分比" if there["part"] == 0 else ""
        sentence = f"{note}{metric.label} {here['part']:,.0f} {_noun(metric)}，较{word}{verb}{zero}。"
        short = (
            f"{name} 上期为 0，不计算" if there["part"] == 0 else f"{name} {numbers.signed(moved, 0)} {_noun(metric)}"
        )
    return Comparison(
        name,
        window,
        base,
        here["value"],
        there["value"],
        None,
        "",
        sentence,
        short,
        True,
        None,
        here["part"],
        here["whole"],
        there["part"],
        there["whole"],
    )


def _refused(name, metric, window, base, here, there, reason, short="") -> Comparison:
    there = {"value": float("nan"), "part": float("nan"), "whole": float("nan")} if there is None else there
    sentence = f"{metric.label} {_shown(metric, here)}；{reason}。"
    return Comparison(
        name,
        window,
        base,
        here["value"],
        there["value"],
        None,
        "",
        sentence,
        short or f"{name} —",
        False,
        None,
        here["part"],
        here["whole"],
        there["part"],
        there["whole"],
    )


def _noun(metric: Metric) -> str:
    return metric.unit.split("/")[0]


def _shown(metric: Metric, row) -> str:
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
