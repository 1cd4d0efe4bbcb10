"""The catalogue × dimensions × filters on one build: every cell is answered or refused in words, and nothing is nought
that is only not known."""

from collections.abc import Iterator, Sequence

import pandas as pd

from metrics.ask import arrivals, members
from metrics.ask.measure import measure, total
from metrics.ask.reading import answerable
from metrics.ask.selection import DIMENSIONS, VIRTUAL, Selection
from metrics.ask.window import Window
from metrics.define import catalogue
from metrics.define.catalogue import Metric
from warehouse import Build

SIZES = ["part", "whole"]
TIMES = ("week", "month")
EACH = tuple((name,) for name in (*DIMENSIONS, *VIRTUAL))
TOGETHER = (  # few members each: one answer holds the sums of all of them
    ("building", "grid", "branch", "kind"),
    ("category", "level", "unit", "channel"),
    ("weekday", "hour", "month"),
)


def faults(build: Build, window: Window, groups: Sequence[tuple[str, ...]] = EACH) -> Iterator[str]:
    """What is wrong, one sentence a cell; nothing where all is well. Filters are of a table, whatever is counted."""
    seen: set[str] = set()
    for at, metric in enumerate(catalogue.all()):
        if metric.table not in build.tables or arrivals.missing(build, metric.table):
            continue
        whole = total(build, metric, window)
        if not build.rows(f"SELECT 1 FROM {metric.table} LIMIT 1"):
            yield from (f"{metric.key}: a nought of no record at all",) if whole["value"] == 0 else ()
            continue
        for group in groups:  # what stands at a moment has no week of its own
            asked = tuple(name for name in group if not (metric.is_standing and name in TIMES))
            yield from _cells(build, metric, window, asked, whole) if asked else ()
        for name in DIMENSIONS:
            yield from _nobody(build, metric, window, name)
        if metric.table not in seen:
            seen.add(metric.table)
            yield from _somebody(build, metric, window, [*DIMENSIONS][at % len(DIMENSIONS)])


def _cells(build: Build, metric: Metric, window: Window, group: tuple[str, ...], whole: pd.Series) -> Iterator[str]:
    """What can be told adds up to the whole, what cannot has no value."""
    why = {name: answerable.why_not(build, metric, (name,)) for name in group}
    adds_up = metric.kind.adds_up(over_time=bool(set(group) & set(TIMES)))
    if not adds_up and not any(why.values()):
        return
    answer = measure(build, metric, window, group)
    for name, words in why.items():
        named = answer if name in VIRTUAL else answer[~answer[name].isin(answerable.ABSENT)]
        if words and not (_is_reason(words) and named["value"].isna().all()):
            yield f"{metric.key} × {name} answers what it cannot, or says nothing: {words}"
    if not adds_up:
        return
    told = answer if any(why.values()) else answer[answer["value"].notna()]
    if (abs(told[SIZES].sum() - whole[SIZES].astype(float)) > 1e-6).any():
        yield f"{metric.key} × {group}: {told[SIZES].sum().tolist()} of {whole[SIZES].tolist()}"


def _nobody(build: Build, metric: Metric, window: Window, name: str) -> Iterator[str]:
    """A value that no record names is refused, or truly nought: a place of which every record says where."""
    named = answerable.named(build, metric.table, name)
    strange = next((one for one in members.names(build, name) if one not in named), "没有这个")
    why = answerable.why_not(build, metric, (), Selection().narrowed(**{name: strange}))
    if why and not _is_reason(why):
        yield f"{metric.key}, {name}={strange}: {why}"
    elif not why and not (DIMENSIONS[name].is_place and not answerable.is_partly_said(build, metric.table, name)):
        yield f"{metric.key}, {name}={strange}: a silent nought"


def _somebody(build: Build, metric: Metric, window: Window, name: str) -> Iterator[str]:
    """A value that records name finds what the group of it holds."""
    group = measure(build, metric, window, name).set_index(name)
    if named := sorted(set(group.index) & answerable.named(build, metric.table, name)):
        only = Selection().narrowed(**{name: named[0]})
        found = total(build, metric, window, only)
        if not answerable.why_not(build, metric, (), only) and (found[SIZES] != group.loc[named[0], SIZES]).any():
            yield f"{metric.key}, {name}={named[0]}: {found[SIZES].tolist()}, its group {group.loc[named[0]].tolist()}"
    nobody = Selection().narrowed(**{name: "没有这个"})
    if answerable.why_not(build, metric, (), nobody) and total(build, metric, window, nobody)["value"] == 0:
        yield f"{metric.key}, {name}: nought under a refusal"


def _is_reason(words: str) -> bool:
    return "不能" in words and not words.endswith("。")
