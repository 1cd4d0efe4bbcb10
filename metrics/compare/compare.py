"""环比 and 同比: like with like, whole periods only, and words for every case in which a change must not be
computed."""

from dataclasses import replace

from metrics.ask.measure import measure, total
from metrics.ask.reading import answerable
from metrics.ask.reading.newcomers import Newcomers, newcomers
from metrics.ask.selection import ALL, EVERYTHING, Scope, Selection
from metrics.ask.window import Window
from metrics.compare.comparison import UNKNOWN, Comparison, Pair, refused, worded
from metrics.compare.grounds import grounds, last_year, last_year_of_the_tail, previous_window, previous_word
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from warehouse import Build


def previous(
    build: Build, metric: str | Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING
) -> Comparison:
    """环比: against the previous equal period; an unfinished one is compared over the days that are whole, and says so.

    Refused, with the reason in `sentence` and comparable=False: where an export stops before the period does, where one
    of the two is term and the other holiday (not for what stands at a moment), where the base period has no data or
    nothing to divide by.
    """
    word = previous_word(window)
    return against(build, catalogue.get(metric), window, previous_window(window), "环比", word, only, scope)


def same_teaching_week(
    build: Build, metric: str | Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING
) -> Comparison:
    """同比: against the same teaching weeks of last year's same term. Whole weeks of one term only; holidays have
    none."""
    metric = catalogue.get(metric)
    base, reason = last_year(build, window)
    if base is None:
        here = total(build, metric, window, only, scope)
        return refused(Pair("同比", metric, window, None, here, UNKNOWN), reason)
    return against(build, metric, window, base, "同比", "上年同教学周", only, scope)


def offered(
    build: Build, metric: str | Metric, window: Window, only: Selection = ALL, scope: Scope = EVERYTHING
) -> tuple[Comparison, ...]:
    """环比 and 同比; where 环比 cannot be made, `short` of what can says so: 「上期是暑假，改与去年同期 9 周比：…」.

    The next best is the same teaching weeks a year ago, of the whole period or else of those it ends with.
    """
    metric = catalogue.get(metric)
    usual = previous(build, metric, window, only, scope), same_teaching_week(build, metric, window, only, scope)
    if usual[0].comparable:
        return usual
    kept, instead = (usual[:1], usual[1]) if usual[1].comparable else (usual, None)
    if instead is None and (tail := last_year_of_the_tail(build, metric, window)):
        instead = against(build, metric, *tail, "同比", "上年同教学周", only, scope)
    return (*kept, _instead(usual[0], instead)) if instead and instead.comparable else usual


def _instead(refused_one: Comparison, found: Comparison) -> Comparison:
    weeks = -(-found.window.days // 7)  # the last one may not be over yet
    span = f"同期 {weeks} 周" if weeks > 1 else "同一教学周"
    why = refused_one.reason.partition("，不作")[0]
    return replace(found, short=f"{why}，改与去年{span}比：{found.short.removeprefix('同比 ')}")


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
    """A comparison for every value of the dimension `by`, in one statement a period; see against()."""
    metric = catalogue.get(metric)
    alike = grounds(build, metric, window, base, name, word)
    span = alike.window or window
    cannot = answerable.why_not(build, metric, (), only) or alike.reason
    new = Newcomers((), only) if cannot else newcomers(build, metric, alike.base, only)
    here, there = (
        measure(build, metric, one, by, only=new.only, scope=scope).set_index(by)[["part", "whole", "value"]]
        for one in (span, alike.base)
    )
    nothing = {"fill_value": 0.0} if metric.kind.is_plain else {}  # in one period only: none in the other
    keys = [*here.index, *there.index.difference(here.index)]
    here, there = (one.reindex(keys, **nothing).fillna({"part": 0.0, "whole": 0.0}) for one in (here, there))
    reason = cannot or (new.words(name) if new.alone else "")
    if reason:
        return {
            key: refused(Pair(name, metric, span, alike.base, row, UNKNOWN), reason, alike.short)
            for key, row in here.iterrows()
        }
    each_says_so = by == "category" and not new.sources
    note, without = (alike.note, "") if each_says_so else _beside(new, name, alike.note)
    told = {
        key: worded(Pair(name, metric, span, alike.base, row, there.loc[key], word, note, without))
        for key, row in here.iterrows()
    }
    return {**told, **_only_new(build, metric, span, alike.base, name, by, scope, only, new, told)}


def against(
    build: Build,
    metric: Metric,
    window: Window,
    base: Window,
    name: str,
    word: str,
    only: Selection = ALL,
    scope: Scope = EVERYTHING,
) -> Comparison:
    """Any two periods, refused as `name` (环比, 同比 or another) is; `word`: what the base is called (上年同学期)."""
    alike = grounds(build, metric, window, base, name, word)
    span = alike.window or window
    here = total(build, metric, span, only, scope)
    cannot = answerable.why_not(build, metric, (), only) or alike.reason
    new = Newcomers((), only) if cannot else newcomers(build, metric, alike.base, only)
    if reason := cannot or (new.words(name) if new.alone else ""):
        return refused(Pair(name, metric, span, alike.base, here, UNKNOWN), reason, alike.short)
    if new.names:
        here = total(build, metric, span, new.only, scope)
    there = total(build, metric, alike.base, new.only, scope)
    return worded(Pair(name, metric, span, alike.base, here, there, word, *_beside(new, name, alike.note)))


def _beside(new: Newcomers, name: str, note: str) -> tuple[str, str]:
    """(what a sentence says first, what stands beside the change) where kinds or exports were left out."""
    return (f"{new.words(name)}，只比其余：{note}" if new.names else note), new.left_out(name)


def _only_new(
    build: Build,
    metric: Metric,
    span: Window,
    base: Window,
    name: str,
    by: str,
    scope: Scope,
    only: Selection,
    new: Newcomers,
    told: dict[str, Comparison],
) -> dict[str, Comparison]:
    """Rows of which nothing but newcomers is known: their number, and why it is not compared."""
    if not new.names:
        return {}
    every = measure(build, metric, span, by, only=only, scope=scope).set_index(by)
    return {
        key: refused(Pair(name, metric, span, base, row, UNKNOWN), new.words(name))
        for key, row in every.iterrows()
        if key not in told or (by == "category" and key in new.kinds)
    }
